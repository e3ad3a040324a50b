"""The server: the requests of the protocol and their answers."""

import asyncio
import sys
from contextlib import redirect_stdout
from functools import partial
from typing import TYPE_CHECKING

import nianbao
from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities, unit_of
from nianbao.lsp.connection import Connection, RefusedError, Write
from nianbao.lsp.json_values import ShapeError, read
from nianbao.lsp.open_texts import OpenTexts, StaleError
from nianbao.text.language import Language

if TYPE_CHECKING:  # what answers questions about a text is imported with the first of them
    from collections.abc import Callable

    from nianbao.lsp.actions import Actions
    from nianbao.run.resolve import Requested

SECTION = "nianbao"
WATCHED = (
    "**/nianbao.yaml",
    "**/nianbao.waivers.yaml",
    "**/nianbao.baseline.jsonl",
    "**/*.rules.yaml",
    "**/pyproject.toml",
)


KINDS = (types.QUICK_FIX, types.FIX_ALL)
TURN = 0.001  # seconds: for no longer does the thread that judges hold up the one that answers, if it can


def serve(language: Language, requested: "Callable[[], Requested]") -> int:
    """Answer an editor on standard input and output until it exits, and return the exit code.

    Messages are in *language*; *requested* are the settings that the command line asks for.
    """
    out = sys.stdout.buffer

    def write(data: bytes) -> None:
        out.write(data)
        out.flush()

    async def session() -> int:
        made = server(language, write, requested)
        try:
            await made.serve(sys.stdin.buffer)
        finally:
            made.stop()
        return made.ended or 0

    sys.setswitchinterval(TURN)
    with redirect_stdout(sys.stderr):  # words that a rule prints must not come between the messages
        return asyncio.run(session())


def server(
    language: Language, write: Write, requested: "Callable[[], Requested] | None" = None
) -> Connection:
    """Return a server that sends by *write*, with messages in *language*; no message has come yet.

    It judges by what is *requested*, by default as a command line without options.
    """
    made = Connection(write)
    answers = Answers(made, OpenTexts(made, language, requested))
    made.on("initialize", answers.initialize, types.InitializeParams)
    made.on("initialized", answers.initialized)
    made.on("shutdown", answers.shutdown)
    made.on("textDocument/didOpen", answers.did_open, types.DidOpenTextDocumentParams)
    made.on("textDocument/didChange", answers.did_change, types.DidChangeTextDocumentParams)
    made.on("textDocument/didClose", answers.did_close, types.TextDocumentParams)
    made.on("textDocument/didSave", answers.did_save, types.TextDocumentParams)
    made.on("workspace/didChangeWatchedFiles", answers.files_changed)
    made.on("workspace/didChangeConfiguration", answers.settings_changed, types.DidChangeConfigurationParams)
    made.on("textDocument/diagnostic", answers.diagnostic, types.DocumentDiagnosticParams)
    made.on("textDocument/hover", answers.hover, types.HoverParams)
    made.on("textDocument/documentSymbol", answers.symbols, types.TextDocumentParams)
    made.on("textDocument/codeAction", answers.actions, types.CodeActionParams)
    made.on("workspace/executeCommand", answers.execute, types.ExecuteCommandParams)
    return made


class Answers:
    """The answers of the server to each message of an editor."""

    def __init__(self, client: Connection, texts: OpenTexts) -> None:
        self.client = client
        self.texts = texts

    # -- beginning and end ---------------------------------------------------------------------------------

    def initialize(self, params: types.InitializeParams) -> dict[str, object]:
        """Take the capabilities and settings of the editor, and return those of the server."""
        texts = self.texts
        texts.capabilities = Capabilities.of(params.capabilities)
        texts.unit = unit_of(params.capabilities)
        texts.set(texts.preferences.updated(params.initialization_options))
        able = {
            "positionEncoding": texts.unit,
            "textDocumentSync": {"openClose": True, "change": 2, "save": True},
            "hoverProvider": True,
            "documentSymbolProvider": True,
            "codeActionProvider": {"codeActionKinds": list(KINDS)},
            "executeCommandProvider": {"commands": [types.SHOW]},
            "diagnosticProvider": {
                "identifier": SECTION,
                "interFileDependencies": False,
                "workspaceDiagnostics": False,
            },
        }
        return {"capabilities": able, "serverInfo": {"name": SECTION, "version": nianbao.__version__}}

    async def initialized(self) -> None:
        """Ask for notice of changes in files of settings, and for the editor's settings."""
        if self.texts.capabilities.watches:
            registration = {
                "id": f"{SECTION}.files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": [{"globPattern": pattern} for pattern in WATCHED]},
            }
            self.client.ask("client/registerCapability", {"registrations": [registration]})
        await self._ask_settings()

    def shutdown(self) -> None:
        """Stop judging, and give up what is not answered."""
        self.texts.stop()
        self.client.stop()

    # -- texts ---------------------------------------------------------------------------------------------

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a text."""
        self.texts.open(Buffer.opened(params.text_document, self.texts.unit))

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take its next version."""
        document = params.text_document
        there = self.texts.buffers.get(document.uri)
        if there is not None:
            self.texts.change(there.changed(document.version, params.content_changes))

    def did_close(self, params: types.TextDocumentParams) -> None:
        """Forget it."""
        self.texts.close(params.text_document.uri)

    def did_save(self, params: types.TextDocumentParams) -> None:
        """Judge every text again after a file of settings, if the editor watches no files."""
        if not self.texts.capabilities.watches and self.texts.rests_on(params.text_document.uri):
            self.texts.refresh()

    # -- files and settings --------------------------------------------------------------------------------

    def files_changed(self) -> None:
        """Judge every text again."""
        self.texts.refresh()

    async def settings_changed(self, params: types.DidChangeConfigurationParams) -> None:
        """Take the settings that were sent; an editor that sends none is asked."""
        said = params.settings.get(SECTION) if isinstance(params.settings, dict) else None
        if said is not None:
            self._set(said)
        else:
            await self._ask_settings()

    async def _ask_settings(self) -> None:
        if not self.texts.capabilities.settings:
            return
        try:
            said = await self.client.ask("workspace/configuration", {"items": [{"section": SECTION}]})
        except RefusedError:  # it has announced a capability that it lacks
            return
        if isinstance(said, list) and len(said) == 1:
            self._set(said[0])

    def _set(self, said: object) -> None:
        preferences = self.texts.preferences.updated(said)
        if preferences != self.texts.preferences:
            self.texts.set(preferences)

    # -- questions -----------------------------------------------------------------------------------------

    async def diagnostic(
        self, params: types.DocumentDiagnosticParams
    ) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
        """Return the diagnostics of a text; if it has changed meanwhile, the editor is to ask again."""
        uri = params.text_document.uri
        try:
            judged = await self.texts.judged(uri)
        except StaleError as error:
            again = {"retriggerRequest": True}
            raise RefusedError(types.SERVER_CANCELLED, error.message, again) from None
        number = self.texts.number(uri)
        if judged is not None and params.previous_result_id == number:
            return types.RelatedUnchangedDocumentDiagnosticReport(number)
        shown = judged.shown if judged is not None else []
        return types.RelatedFullDocumentDiagnosticReport(shown, number or None)

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return the text to show at a position."""
        review = await self.texts.review(params.text_document.uri)
        if review is None:
            return None
        from nianbao.lsp.hover import hover

        return hover(review, params.position, self.texts.writer)

    async def symbols(
        self, params: types.TextDocumentParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        """Return the sections and tables of a report."""
        uri = params.text_document.uri
        review = await self.texts.review(uri)
        if review is None:
            return []
        from nianbao.lsp.symbols import flat, symbols

        tree = symbols(review)
        return tree if self.texts.capabilities.tree else list(flat(tree, uri))

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the actions on the findings in a range."""
        review = await self.texts.review(params.text_document.uri)
        if review is None or review.verdict is None or not self.texts.capabilities.literals:
            return []
        from nianbao.lsp.actions import Actions

        actions = Actions(review, self.texts.writer, self.texts.typed)
        listed = await self.texts.work(partial(_listed, actions, params))
        if self.texts.buffers.get(params.text_document.uri) is not review.buffer:
            raise StaleError
        return listed

    def execute(self, params: types.ExecuteCommandParams) -> None:
        """Ask the editor to put the cursor at a position in a file; whether it does is no concern of ours."""
        try:
            uri, line, character = read(list[object], params.arguments)
            at = read(types.Position, {"line": line, "character": character})
            place = types.ShowDocumentParams(read(str, uri), True, types.Range(at, at))
        except (ShapeError, ValueError):
            raise RefusedError(types.INVALID_PARAMS, "invalid params") from None
        if params.command != types.SHOW or min(at) < 0:
            raise RefusedError(types.INVALID_PARAMS, "invalid params")
        self.client.ask("window/showDocument", place)


def _listed(actions: "Actions", params: types.CodeActionParams) -> list[types.CodeAction]:
    from nianbao.lsp.actions import wants_all

    listed = list(actions.at(params))
    if wants_all(params.context.only):
        listed.extend(actions.all(actions.review.fixed_text()))
    return listed
