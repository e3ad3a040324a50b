"""The server: the requests of the protocol and their answers."""

import logging
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

import nianbao
from nianbao.lsp.actions import KINDS, SHOW, Actions, wants_all
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.hover import hover
from nianbao.lsp.open_texts import OpenTexts, StaleError
from nianbao.lsp.protocol import Protocol
from nianbao.lsp.symbols import flat, symbols
from nianbao.run.resolve import Requested
from nianbao.text.language import Language

SECTION = "nianbao"
WATCHED = (
    "**/nianbao.yaml",
    "**/nianbao.waivers.yaml",
    "**/nianbao.baseline.jsonl",
    "**/*.rules.yaml",
    "**/pyproject.toml",
)


def serve(language: Language, requested: Requested) -> None:
    """Answer an editor on standard input and output until it exits; messages are in *language*.

    *requested* are the settings that the command line asks for.
    """
    # A library would log requests, and requests hold the text of reports.
    log = logging.getLogger("pygls")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    out = sys.stdout.buffer
    with redirect_stdout(sys.stderr):  # words that a rule prints must not come between the messages
        server(language, requested).start_io(sys.stdin.buffer, out)


def server(language: Language, requested: Requested) -> LanguageServer:
    """Return a server with messages in *language* that judges as *requested*, not yet started."""
    made = LanguageServer(SECTION, nianbao.__version__, protocol_cls=Protocol)
    answers = Answers(made, OpenTexts(made, language, requested))
    # pygls keeps texts too, but counts lines that editors do not, so it is not asked to.
    own = made.protocol.fm.add_builtin_feature
    own(types.TEXT_DOCUMENT_DID_OPEN, answers.did_open)
    own(types.TEXT_DOCUMENT_DID_CHANGE, answers.did_change)
    own(types.TEXT_DOCUMENT_DID_CLOSE, answers.did_close)

    def feature(method: str, answer: Callable[..., object], options: object = None) -> None:
        # pygls sets attributes on the function that it is given, which a method does not allow.
        made.feature(method, options)(partial(answer))

    feature(types.INITIALIZE, answers.initialize)
    feature(types.INITIALIZED, answers.initialized)
    feature(types.SHUTDOWN, answers.shutdown)
    feature(types.TEXT_DOCUMENT_DID_SAVE, answers.did_save)
    feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, answers.files_changed)
    feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, answers.settings_changed)
    asked = types.DiagnosticOptions(False, False, SECTION)
    feature(types.TEXT_DOCUMENT_DIAGNOSTIC, answers.diagnostic, asked)
    feature(types.TEXT_DOCUMENT_HOVER, answers.hover)
    feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, answers.symbols)
    feature(types.TEXT_DOCUMENT_CODE_ACTION, answers.actions, types.CodeActionOptions(list(KINDS)))
    made.command(SHOW)(partial(answers.show))
    return made


class Answers:
    """The answers of the server to each message of an editor."""

    def __init__(self, client: LanguageServer, texts: OpenTexts) -> None:
        self.client = client
        self.texts = texts

    # -- beginning and end ---------------------------------------------------------------------------------

    def initialize(self, params: types.InitializeParams) -> None:
        """Take the capabilities and settings of the editor."""
        texts = self.texts
        texts.capabilities = Capabilities.of(params.capabilities)
        encoding = self.client.workspace.position_encoding or types.PositionEncodingKind.Utf16
        texts.unit = encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding
        texts.set(texts.preferences.updated(params.initialization_options))

    async def initialized(self, params: types.InitializedParams) -> None:
        """Ask for notice of changes in files of settings, and for the editor's settings."""
        if self.texts.capabilities.watches:
            watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration(f"{SECTION}.files", method, options)
            await self.client.client_register_capability_async(types.RegistrationParams([registration]))
        await self._ask_settings()

    def shutdown(self, params: None) -> None:
        """Stop judging."""
        self.texts.stop()

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

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget it."""
        self.texts.close(params.text_document.uri)

    def did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        """Judge every text again after a file of settings, if the editor watches no files."""
        if not self.texts.capabilities.watches and self.texts.rests_on(params.text_document.uri):
            self.texts.refresh()

    # -- files and settings --------------------------------------------------------------------------------

    def files_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
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
        item = types.ConfigurationItem(section=SECTION)
        try:
            (said,) = await self.client.workspace_configuration_async(types.ConfigurationParams([item]))
        except (JsonRpcException, ValueError):  # it has announced a capability that it lacks
            return
        self._set(said)

    def _set(self, said: object) -> None:
        preferences = self.texts.preferences.updated(said)
        if preferences != self.texts.preferences:
            self.texts.set(preferences)

    # -- questions -----------------------------------------------------------------------------------------

    async def diagnostic(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a text; if it has changed meanwhile, the editor is to ask again."""
        uri = params.text_document.uri
        try:
            review = await self.texts.review(uri)
        except StaleError as error:
            code = types.LSPErrorCodes.ServerCancelled.value
            again = types.DiagnosticServerCancellationData(retrigger_request=True)
            raise JsonRpcException(error.message, code, again) from None
        number = self.texts.number(uri)
        if review is not None and params.previous_result_id == number:
            return types.RelatedUnchangedDocumentDiagnosticReport(number)
        shown = self.texts.shown(review) if review is not None else []
        return types.RelatedFullDocumentDiagnosticReport(shown, result_id=number or None)

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return the text to show at a position."""
        review = await self.texts.review(params.text_document.uri)
        return hover(review, params.position, self.texts.writer) if review is not None else None

    async def symbols(
        self, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        """Return the sections and tables of a report."""
        uri = params.text_document.uri
        review = await self.texts.review(uri)
        tree = symbols(review) if review is not None else []
        return tree if self.texts.capabilities.tree else list(flat(tree, uri))

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the actions on the findings in a range."""
        review = await self.texts.review(params.text_document.uri)
        if review is None or review.verdict is None or not self.texts.capabilities.literals:
            return []
        actions = Actions(review, self.texts.writer, self.texts.typed)
        listed = await self.texts.work(partial(_listed, actions, params))
        if self.texts.buffers.get(params.text_document.uri) is not review.buffer:
            raise StaleError
        return listed

    def show(self, uri: str, line: int, character: int) -> None:
        """Ask the editor to put the cursor at a position in a file; whether it does is no concern of ours."""
        try:
            at = types.Position(line, character)
        except ValueError:  # below nought
            raise JsonRpcInvalidParams from None
        params = types.ShowDocumentParams(uri, take_focus=True, selection=types.Range(at, at))
        self.client.window_show_document(params)


def _listed(actions: Actions, params: types.CodeActionParams) -> list[types.CodeAction]:
    listed = list(actions.at(params))
    if wants_all(params.context.only):
        listed.extend(actions.all(actions.review.fixed_text()))
    return listed
