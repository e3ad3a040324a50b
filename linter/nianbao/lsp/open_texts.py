"""The texts that are open in an editor, and when each is judged.

All judging is done by one thread apart from the one that answers, so that an answer never waits for a text
that was not asked about, and rules never run at the same time.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lsprotocol import types
from nianbao_grammar.records import NamedTuple
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.diagnostics import DiagnosticWriter, uri_of
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.review import Review, Reviewer
from nianbao.run.resolve import Requested
from nianbao.text.language import Language, Text

T = TypeVar("T")


class Judging(NamedTuple):
    """A text that is being judged, or has been."""

    buffer: Buffer
    task: "asyncio.Task[Review]"
    number: int  # distinguishes one result from another


class OpenTexts:
    """Keeps the open texts, judges each version once, and sends the findings to editors that do not ask."""

    def __init__(self, client: LanguageServer, language: Language, requested: Requested) -> None:
        self.client = client
        self.capabilities = Capabilities()
        self.unit = "utf-16"
        self.preferences = Preferences(language)
        self.buffers: dict[str, Buffer] = {}
        self._reviewer = Reviewer(requested)
        self._noticed: set[Text] = set()
        self._worker = ThreadPoolExecutor(1, "nianbao")
        self._judged: dict[str, Judging] = {}
        self._pauses: dict[str, asyncio.TimerHandle] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._elsewhere: dict[str, tuple[str, list[types.Diagnostic]]] = {}  # by the report that led to them
        self._count = 0

    @property
    def writer(self) -> DiagnosticWriter:
        """The writer of diagnostics for this editor."""
        return DiagnosticWriter(self.capabilities, self.preferences)

    # -- open texts ----------------------------------------------------------------------------------------

    def open(self, buffer: Buffer) -> None:
        """Take a text that an editor has opened, or opened again."""
        self.buffers[buffer.uri] = buffer
        self._drop(buffer.uri)
        self._send_elsewhere(uri_of(buffer.path))  # its own faults are shown from now on
        self._judge_soon(buffer.uri, 0)

    def change(self, buffer: Buffer) -> None:
        """Take the next version of a text; it is judged when its writer pauses."""
        self.buffers[buffer.uri] = buffer
        self._drop(buffer.uri)
        self._judge_soon(buffer.uri, self.preferences.delay / 1000)

    def close(self, uri: str) -> None:
        """Forget a text; nothing is shown for it any more."""
        closed = self.buffers.pop(uri, None)
        self._drop(uri)
        if not self.capabilities.pull:
            self._publish(uri, None, [])
        self._note_elsewhere(uri, None)
        if closed is not None:
            self._send_elsewhere(uri_of(closed.path))

    def typed(self, path: str) -> Buffer | None:
        """Return the file at *path* as it is in the editor, None if it is not open."""
        return next((buffer for buffer in self.buffers.values() if uri_of(buffer.path) == uri_of(path)), None)

    # -- judging -------------------------------------------------------------------------------------------

    async def review(self, uri: str) -> Review | None:
        """Return the review of the newest version of the text *uri*, None for one that is not open.

        Raises StaleError if another version has come meanwhile.
        """
        judging = self._judging(uri)
        if judging is None:
            return None
        try:
            review = await asyncio.shield(judging.task)
        except asyncio.CancelledError:
            if judging.task.cancelled():
                raise StaleError from None
            raise
        if self._judged.get(uri) is not judging:
            raise StaleError
        return review

    def number(self, uri: str) -> str:
        """Return the number of the newest result for the text *uri*, "" for none."""
        judging = self._judged.get(uri)
        return str(judging.number) if judging is not None else ""

    async def work(self, call: Callable[[], T]) -> T:
        """Return the result of *call*, run by the thread that judges."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, call)

    def _judging(self, uri: str) -> Judging | None:
        buffer = self.buffers.get(uri)
        if buffer is None:
            return None
        if uri not in self._judged:
            self._count += 1
            task = asyncio.get_running_loop().create_task(self.work(lambda: self._reviewer.review(buffer)))
            self._judged[uri] = Judging(buffer, task, self._count)
        return self._judged[uri]

    def _drop(self, uri: str) -> None:
        """Drop the review of a text; one that is not yet begun is never made."""
        pause = self._pauses.pop(uri, None)
        if pause is not None:
            pause.cancel()
        judging = self._judged.pop(uri, None)
        if judging is not None:
            judging.task.cancel()

    def refresh(self) -> None:
        """Judge every open text again, because a file of settings has changed."""
        self._worker.submit(self._reviewer.forget)
        self._judge_all()

    def set(self, preferences: Preferences) -> None:
        """Take the settings of the editor."""
        self.preferences = preferences
        check_all, config = preferences.check == "all", preferences.config
        self._worker.submit(lambda: self._reviewer.set(check_all=check_all, config=config))
        self._judge_all()

    def rests_on(self, uri: str) -> bool:
        """Return whether the text *uri* is a file that settings are read from."""
        buffer = self.buffers.get(uri)
        return buffer is not None and self._reviewer.rests_on(buffer.path)

    def stop(self) -> None:
        """Judge nothing more."""
        for uri in list(self.buffers):
            self._drop(uri)
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _judge_all(self) -> None:
        for uri in self.buffers:
            self._drop(uri)
            self._judge_soon(uri, 0)
        if self.buffers and self.capabilities.pull and self.capabilities.refresh:
            self.client.workspace_diagnostic_refresh(None)

    # -- sending -------------------------------------------------------------------------------------------

    def _judge_soon(self, uri: str, seconds: float) -> None:
        """Judge the text *uri* after *seconds* and send the findings, unless the editor asks for them."""
        if self.capabilities.pull:
            return
        loop = asyncio.get_running_loop()
        self._pauses[uri] = loop.call_later(seconds, self._begin, uri)

    def _begin(self, uri: str) -> None:
        self._pauses.pop(uri, None)
        task = asyncio.get_running_loop().create_task(self._send(uri))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, uri: str) -> None:
        try:
            review = await self.review(uri)
        except (StaleError, asyncio.CancelledError):
            return
        if review is not None:
            self._publish(uri, review.buffer.version, self.shown(review))

    def shown(self, review: Review) -> list[types.Diagnostic]:
        """Return the diagnostics of *review*, and show its faults in another file if that is not open."""
        self._note_elsewhere(review.buffer.uri, review)
        for notice in review.notices:
            if notice not in self._noticed:  # once: a message is in the way of whoever writes
                self._noticed.add(notice)
                said = types.ShowMessageParams(
                    types.MessageType.Warning, notice.of(self.preferences.language)
                )
                self.client.window_show_message(said)
        return self.writer.all(review)

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.client.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, version)
        )

    def _note_elsewhere(self, uri: str, review: Review | None) -> None:
        """Keep the faults in another file that judging the text *uri* has met, and show them there."""
        before = self._elsewhere.pop(uri, None)
        now = None
        if review is not None and review.elsewhere is not None:
            shown = self.writer.elsewhere(review.elsewhere, self.unit)
            now = self._elsewhere[uri] = uri_of(review.elsewhere.source.path), shown
        if now != before:
            for file in {fault[0] for fault in (before, now) if fault is not None}:
                self._send_elsewhere(file, always=True)

    def _send_elsewhere(self, uri: str, *, always: bool = False) -> None:
        """Show the faults that were met in the file *uri*; if the file is open, its own faults are shown."""
        found = [shown for file, shown in self._elsewhere.values() if file == uri]
        if any(uri_of(buffer.path) == uri for buffer in self.buffers.values()):
            if found and self.capabilities.pull:
                self._publish(uri, None, [])
        elif found or always:
            self._publish(uri, None, found[0] if found else [])


class StaleError(JsonRpcException):
    """Another version of the text has come before the answer was found."""

    CODE = types.LSPErrorCodes.ContentModified.value
    MESSAGE = "the text has changed"
