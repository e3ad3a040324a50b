"""The texts that are open in an editor, and when each is judged.

All judging is done by one thread apart from the one that answers, so that an answer never waits for a text
that was not asked about, and rules never run at the same time.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from nianbao_grammar.records import NamedTuple

from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.connection import Connection, RefusedError
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.uris import uri_of
from nianbao.text.language import Language, Text

if TYPE_CHECKING:  # all that judges is imported with the first text
    from nianbao.lsp.diagnostics import DiagnosticWriter
    from nianbao.lsp.review import Review, Reviewer
    from nianbao.run.resolve import Requested

T = TypeVar("T")


class Judged(NamedTuple):
    """What one version of a text was found to have, and the diagnostics that an editor shows for it."""

    review: "Review"
    shown: list[types.Diagnostic]


class Judging(NamedTuple):
    """A text that is being judged, or has been."""

    buffer: Buffer
    task: "asyncio.Task[Judged]"
    number: int  # distinguishes one result from another
    overtaken: Event  # set when the result is not wanted any more


class OpenTexts:
    """Keeps the open texts, judges each version once, and sends the findings to editors that do not ask."""

    def __init__(
        self, client: Connection, language: Language, requested: "Callable[[], Requested] | None" = None
    ) -> None:
        """Judge by what is *requested*, which is asked once there is a text."""
        self.client = client
        self.capabilities = Capabilities()
        self.unit = "utf-16"
        self.preferences = Preferences(language)
        self.buffers: dict[str, Buffer] = {}
        self._requested = requested
        self._noticed: set[Text] = set()
        self._worker = ThreadPoolExecutor(1, "nianbao")
        self._judged: dict[str, Judging] = {}
        self._pauses: dict[str, asyncio.TimerHandle] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._elsewhere: dict[str, tuple[str, list[types.Diagnostic]]] = {}  # by the report that led to them
        self._count = 0

    @cached_property
    def _reviewer(self) -> "Reviewer":
        """The one that judges; only the thread that judges may ask it for anything that takes time."""
        from nianbao.lsp.review import Reviewer

        return Reviewer(self._requested() if self._requested is not None else None)

    @property
    def writer(self) -> "DiagnosticWriter":
        """The writer of diagnostics for this editor."""
        from nianbao.lsp.diagnostics import DiagnosticWriter

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

    async def judged(self, uri: str) -> Judged | None:
        """Return what the newest version of the text *uri* was found to have, None for one that is not open.

        Raises StaleError if another version has come meanwhile.
        """
        judging = self._judging(uri)
        if judging is None:
            return None
        try:
            judged = await asyncio.shield(judging.task)
        except asyncio.CancelledError:
            if judging.task.cancelled():
                raise StaleError from None
            raise
        if self._judged.get(uri) is not judging:
            raise StaleError
        self._note_elsewhere(uri, judged.review)
        for notice in judged.review.notices:
            if notice not in self._noticed:  # once: a message is in the way of whoever writes
                self._noticed.add(notice)
                said = {"type": types.WARNING, "message": notice.of(self.preferences.language)}
                self.client.tell("window/showMessage", said)
        return judged

    async def review(self, uri: str) -> "Review | None":
        """Return the review of the newest version of the text *uri*, None for one that is not open.

        Raises StaleError if another version has come meanwhile.
        """
        judged = await self.judged(uri)
        return judged.review if judged is not None else None

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
            overtaken = Event()
            work = partial(self._judge, buffer, self.capabilities, self.preferences, overtaken)
            task = asyncio.get_running_loop().create_task(self.work(work))
            self._judged[uri] = Judging(buffer, task, self._count, overtaken)
        return self._judged[uri]

    def _judge(
        self, buffer: Buffer, capabilities: Capabilities, preferences: Preferences, overtaken: Event
    ) -> Judged:
        """Return what *buffer* was found to have. Raises OvertakenError once no one wants to know.

        It runs in the thread that judges.
        """
        from nianbao.lsp.diagnostics import DiagnosticWriter

        reviewer = self._reviewer
        reviewer.set(check_all=preferences.check == "all", config=preferences.config)
        review = reviewer.review(buffer, overtaken.is_set)
        return Judged(review, DiagnosticWriter(capabilities, preferences).all(review))

    def _drop(self, uri: str) -> None:
        """Drop the review of a text; one that is not yet begun is never made."""
        pause = self._pauses.pop(uri, None)
        if pause is not None:
            pause.cancel()
        judging = self._judged.pop(uri, None)
        if judging is not None:
            judging.overtaken.set()
            judging.task.cancel()

    def refresh(self) -> None:
        """Judge every open text again, because a file of settings has changed."""
        self._worker.submit(lambda: self._reviewer.forget())
        self._judge_all()

    def set(self, preferences: Preferences) -> None:
        """Take the settings of the editor."""
        self.preferences = preferences
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
            self.client.ask("workspace/diagnostic/refresh")

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
            judged = await self.judged(uri)
        except (StaleError, asyncio.CancelledError):
            return
        if judged is not None:
            self._publish(uri, judged.review.buffer.version, judged.shown)

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(uri, diagnostics, version)
        self.client.tell("textDocument/publishDiagnostics", params)

    def _note_elsewhere(self, uri: str, review: "Review | None") -> None:
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


class StaleError(RefusedError):
    """Another version of the text has come before the answer was found."""

    def __init__(self) -> None:
        super().__init__(types.CONTENT_MODIFIED, "the text has changed")
