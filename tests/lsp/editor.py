"""An editor without a window: it keeps texts, applies edits by its own reckoning, and speaks through pytest-lsp."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Union
from urllib.parse import unquote, urlparse

from cattrs import Converter
from cli.running import PATIENCE, environment
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def capabilities(
    *,
    pull: bool = False,
    refresh: bool = False,
    encodings: Sequence[str] | None = None,
    versions: bool = True,
    creates: bool = True,
    shows: bool = True,
    watches: bool = False,
    tree: bool = True,
    settings: bool = False,
    markdown: bool = True,
    rich: bool = True,
) -> types.ClientCapabilities:
    """Return what an editor announces."""
    create = [types.ResourceOperationKind.Create] if creates else None
    tags = types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary])
    publish = types.PublishDiagnosticsClientCapabilities(
        version_support=True,
        related_information=rich,
        tag_support=tags if rich else None,
        code_description_support=rich,
        data_support=rich,
    )
    kinds = types.ClientCodeActionKindOptions([""])
    formats = [types.MarkupKind.Markdown] if markdown else [types.MarkupKind.PlainText]
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(one) for one in encodings] if encodings else None
        ),
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if pull else None,
            publish_diagnostics=publish,
            code_action=types.CodeActionClientCapabilities(
                code_action_literal_support=types.ClientCodeActionLiteralOptions(kinds),
                is_preferred_support=True,
            ),
            hover=types.HoverClientCapabilities(content_format=formats),
            document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=tree),
        ),
        workspace=types.WorkspaceClientCapabilities(
            configuration=settings,
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=refresh),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=watches
            ),
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=versions, resource_operations=create
            ),
        ),
        window=types.WindowClientCapabilities(
            show_document=types.ShowDocumentClientCapabilities(support=shows)
        ),
    )


class Text(NamedTuple):
    """A text that is open, and its version."""

    words: str
    version: int


class Published(NamedTuple):
    """Diagnostics as the server has sent them."""

    version: int | None
    diagnostics: list[types.Diagnostic]


class Pulled(NamedTuple):
    """What the server answers when it is asked for diagnostics."""

    kind: str
    result_id: str | None
    items: list[types.Diagnostic]


class Editor:
    """One session with a server of its own."""

    def __init__(self, client: LanguageClient, encoding: str) -> None:
        self.client = client
        self.encoding = encoding
        self.texts: dict[str, Text] = {}
        self.published: dict[str, list[Published]] = {}
        self.registered: list[types.Registration] = []
        self.news = asyncio.Event()

    # -- texts ---------------------------------------------------------------------------------------------

    def open(self, path: Path, text: str | None = None, language: str = "plaintext") -> str:
        """Open the file *path*, or *text* as what it will be, and return its URI."""
        uri, words = path.as_uri(), path.read_bytes().decode() if text is None else text
        self.texts[uri] = Text(words, 1)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, words))
        )
        return uri

    def type(self, uri: str, old: str, new: str) -> None:
        """Put *new* in the place of the first *old*, as someone who types would."""
        start = self.texts[uri].words.index(old)
        self.change(uri, start, start + len(old), new)

    def change(self, uri: str, start: int, end: int, new: str) -> None:
        """Put *new* in the place of the characters from *start* to *end*."""
        words, version = self.texts[uri]
        around = types.Range(self.position(words, start), self.position(words, end))
        self.texts[uri] = Text(words[:start] + new + words[end:], version + 1)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version=version + 1, uri=uri),
                [types.TextDocumentContentChangePartial(range=around, text=new)],
            )
        )

    def close(self, uri: str) -> None:
        del self.texts[uri]
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    def save(self, uri: str) -> None:
        path_of(uri).write_bytes(self.texts[uri].words.encode())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def changed_outside(self, path: Path, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
        event = types.FileEvent(path.as_uri(), kind)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    # -- places, reckoned here and not by the server ---------------------------------------------------------

    def position(self, text: str, offset: int) -> types.Position:
        """Return where the character *offset* of *text* is, in the units agreed on."""
        lines = lines_of(text[:offset])
        units = len(lines[-1].encode(CODECS[self.encoding])) // WIDTHS[self.encoding]
        return types.Position(len(lines) - 1, units)

    def words_at(self, text: str, around: types.Range) -> str:
        """Return the words of *text* in the range *around*."""
        return text[self.offset(text, around.start) : self.offset(text, around.end)]

    def offset(self, text: str, place: types.Position) -> int:
        ends = [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
        start = [0, *ends][place.line]
        width = WIDTHS[self.encoding]
        line = text[start:].encode(CODECS[self.encoding])[: place.character * width]
        return start + len(line.decode(CODECS[self.encoding]))

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Make the changes of *edit* in the texts, and files where it makes them, and tell the server."""
        for uri, edits in (edit.changes or {}).items():
            self._apply(uri, edits)
        for change in edit.document_changes or ():
            if isinstance(change, types.CreateFile):
                path_of(change.uri).touch(exist_ok=True)
            elif isinstance(change, types.TextDocumentEdit):
                uri, version = change.text_document.uri, change.text_document.version
                assert version is None or version == self.texts[uri].version
                self._apply(uri, [one for one in change.edits if isinstance(one, types.TextEdit)])

    def _apply(self, uri: str, edits: Sequence[types.TextEdit]) -> None:
        if uri not in self.texts:
            path = path_of(uri)
            self.open(path, None if path.exists() else "", "yaml" if path.suffix == ".yaml" else "plaintext")
        words = self.texts[uri].words
        placed = [
            (self.offset(words, one.range.start), self.offset(words, one.range.end), one.new_text)
            for one in edits
        ]
        placed.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(placed))
        for start, end, new in reversed(placed):
            self.change(uri, start, end, new)

    # -- what the server says --------------------------------------------------------------------------------

    async def shown(self, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics that the server sends for the text as it is now."""
        version = self.texts[uri].version
        while True:
            for sent in reversed(self.published.get(uri, [])):
                if sent.version == version:
                    return sent.diagnostics
            await self.wait()

    async def shown_in(self, path: Path, count: int) -> list[types.Diagnostic]:
        """Return the diagnostics that the server sends for a file that is not open, once there are *count*."""
        while True:
            sent = self.published.get(path.as_uri(), [])
            if sent and len(sent[-1].diagnostics) == count:
                return sent[-1].diagnostics
            await self.wait()

    async def again(self, uri: str, before: int) -> list[types.Diagnostic]:
        """Return the diagnostics for a text that have come after the first *before* lots of them."""
        while len(self.published.get(uri, [])) <= before:
            await self.wait()
        return self.published[uri][-1].diagnostics

    async def wait(self) -> None:
        """Wait until something is sent."""
        self.news.clear()
        await asyncio.wait_for(self.news.wait(), PATIENCE)

    async def pulled(self, uri: str, before: str | None = None) -> Pulled:
        """Ask for the diagnostics of a text."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=before)
        said: Any = await self.client.text_document_diagnostic_async(params)
        return Pulled(said.kind, said.result_id, list(getattr(said, "items", ())))

    async def actions(
        self, uri: str, around: types.Range, *only: str, diagnostics: Sequence[types.Diagnostic] = ()
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics, only=list(only) or None)
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), around, context)
        )
        return [one for one in found or () if isinstance(one, types.CodeAction)]

    async def hover(self, uri: str, words: str, nth: int = 0) -> str:
        """Return what is shown over the *nth* occurrence of *words*, "" for nothing."""
        text = self.texts[uri].words
        offset = -1
        for _ in range(nth + 1):
            offset = text.index(words, offset + 1)
        found = await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), self.position(text, offset))
        )
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value


@asynccontextmanager
async def editing(
    root: Path,
    announced: types.ClientCapabilities | None = None,
    options: Mapping[str, object] | None = None,
    settings: Mapping[str, object] | None = None,
    *arguments: str,
) -> AsyncIterator[Editor]:
    """Start a server in the folder *root* and say hello; afterwards say goodbye."""
    client = LanguageClient(converter_factory=_converter)
    told = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
    usual = {method: does for method, does in DEFAULT_CLIENT_FEATURES.items() if method != told}
    register_lsp_features(client, usual)
    if settings is not None:
        client.set_configuration({"nianbao": dict(settings)})
    editor = Editor(client, "utf-16")

    @client.feature(told)
    def publish(params: types.PublishDiagnosticsParams) -> None:
        sent = Published(params.version, list(params.diagnostics))
        editor.published.setdefault(params.uri, []).append(sent)
        editor.news.set()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        editor.registered.extend(params.registrations)
        editor.news.set()

    start = "import os, sys; os.chdir(sys.argv.pop()); from nianbao.cli import main; sys.exit(main())"
    await client.start_io(sys.executable, "-c", start, "lsp", *arguments, str(root), env=environment())
    said = await client.initialize_session(
        types.InitializeParams(
            announced or capabilities(),
            root_uri=root.as_uri(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
            initialization_options=dict(options) if options is not None else None,
        )
    )
    encoding = said.capabilities.position_encoding
    editor.encoding = encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding or ""
    try:
        yield editor
    finally:
        await client.shutdown_session()
        await client.stop()


def _converter() -> Converter:
    """Return what reads messages; lsprotocol takes an action that has a command for a command."""

    def action(said: Any, kind: object) -> types.Command | types.CodeAction:
        bare = isinstance(said.get("command"), str)
        return made.structure(said, types.Command if bare else types.CodeAction)

    made = default_converter()
    # Looked up by identity of the kind of union, so it has to be written as lsprotocol writes it.
    made.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007
    return made


def lines_of(text: str) -> list[str]:
    """Return the lines of *text* as editors count them."""
    return re.split(r"\r\n|\r|\n", text)


def path_of(uri: str) -> Path:
    return Path(unquote(urlparse(uri).path))
