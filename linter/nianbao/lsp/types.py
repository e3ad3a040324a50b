"""The structures of the protocol that the server reads and writes, with the names of its specification."""

from nianbao_grammar.records import NamedTuple

METHOD_NOT_FOUND = -32601
INVALID_REQUEST = -32600
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
PARSE_ERROR = -32700
NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800
CONTENT_MODIFIED = -32801
SERVER_CANCELLED = -32802

ERROR, WARNING, INFORMATION = 1, 2, 3
UNNECESSARY = 1
NAMESPACE, ARRAY = 3, 18
QUICK_FIX, FIX_ALL = "quickfix", "source.fixAll.nianbao"
SHOW = "nianbao.show"  # our own command
MARKDOWN, PLAIN = "markdown", "plaintext"


# -- texts and places ----------------------------------------------------------------------------------------


class Position(NamedTuple):
    """A line, and a character in it in the unit agreed on, both from 0."""

    line: int
    character: int


class Range(NamedTuple):
    """From *start* to before *end*."""

    start: Position
    end: Position


class Location(NamedTuple):
    """A range in a file."""

    uri: str
    range: Range


class TextDocumentIdentifier(NamedTuple):
    """A text that is open."""

    uri: str


class VersionedTextDocumentIdentifier(NamedTuple):
    """A version of a text that is open."""

    uri: str
    version: int


class TextDocumentItem(NamedTuple):
    """A text as it is opened."""

    uri: str
    language_id: str
    version: int
    text: str


class TextDocumentContentChangeEvent(NamedTuple):
    """A change: *text* in the place of *range*, or of the whole text."""

    text: str
    range: Range | None = None


# -- params --------------------------------------------------------------------------------------------------


class InitializeParams(NamedTuple):
    """What an editor says of itself."""

    capabilities: dict[str, object]
    initialization_options: object = None


class DidOpenTextDocumentParams(NamedTuple):
    """The text that was opened."""

    text_document: TextDocumentItem


class DidChangeTextDocumentParams(NamedTuple):
    """The version that has come, and the changes that make it, in order."""

    text_document: VersionedTextDocumentIdentifier
    content_changes: list[TextDocumentContentChangeEvent]


class TextDocumentParams(NamedTuple):
    """The text that a message is about: it was closed or saved, or its symbols are asked for."""

    text_document: TextDocumentIdentifier


class DidChangeConfigurationParams(NamedTuple):
    """The settings of the editor."""

    settings: object = None


class DocumentDiagnosticParams(NamedTuple):
    """The text whose diagnostics are asked for, and the result that the editor has."""

    text_document: TextDocumentIdentifier
    previous_result_id: str | None = None


class HoverParams(NamedTuple):
    """A place in a text."""

    text_document: TextDocumentIdentifier
    position: Position


class CodeActionContext(NamedTuple):
    """The diagnostics that an editor shows at a range, as it sends them, and the kinds of action that it asks for."""

    diagnostics: list[dict[str, object]]
    only: list[str] | None = None


class CodeActionParams(NamedTuple):
    """A range of a text."""

    text_document: TextDocumentIdentifier
    range: Range
    context: CodeActionContext


class ExecuteCommandParams(NamedTuple):
    """A command with its arguments."""

    command: str
    arguments: list[object] | None = None


# -- results -------------------------------------------------------------------------------------------------


class CodeDescription(NamedTuple):
    """The page about a code."""

    href: str


class DiagnosticRelatedInformation(NamedTuple):
    """A place that a diagnostic has to do with."""

    location: Location
    message: str


class Diagnostic(NamedTuple):
    """A finding or a fault as an editor shows it."""

    range: Range
    message: str
    severity: int
    code: str
    source: str
    code_description: CodeDescription | None = None
    tags: list[int] | None = None
    related_information: list[DiagnosticRelatedInformation] | None = None
    data: dict[str, str] | None = None


class PublishDiagnosticsParams(NamedTuple):
    """The diagnostics of a text, of one version if it is open."""

    uri: str
    diagnostics: list[Diagnostic]
    version: int | None = None


class RelatedFullDocumentDiagnosticReport(NamedTuple):
    """The diagnostics that were asked for."""

    items: list[Diagnostic]
    result_id: str | None = None
    kind: str = "full"


class RelatedUnchangedDocumentDiagnosticReport(NamedTuple):
    """The editor has them already."""

    result_id: str
    kind: str = "unchanged"


class TextEdit(NamedTuple):
    """A text in the place of a range."""

    range: Range
    new_text: str


class TextDocumentEdit(NamedTuple):
    """The changes of one text: its `uri`, and its `version`, null for a file that is not open."""

    text_document: dict[str, object]
    edits: list[TextEdit]


class CreateFileOptions(NamedTuple):
    """What to do with a file that is there."""

    ignore_if_exists: bool


class CreateFile(NamedTuple):
    """A file is made."""

    uri: str
    options: CreateFileOptions
    kind: str = "create"


class WorkspaceEdit(NamedTuple):
    """The changes of several texts, in one way or the other."""

    changes: dict[str, list[TextEdit]] | None = None
    document_changes: list[CreateFile | TextDocumentEdit] | None = None


class Command(NamedTuple):
    """A command that an editor sends when it is chosen."""

    title: str
    command: str
    arguments: list[object]


class CodeAction(NamedTuple):
    """An action that an editor offers; its *diagnostics* are the editor's own if it has sent them."""

    title: str
    kind: str
    edit: WorkspaceEdit
    diagnostics: list[object] | None = None
    is_preferred: bool | None = None
    command: Command | None = None


class MarkupContent(NamedTuple):
    """A text with or without mark-up."""

    kind: str
    value: str


class Hover(NamedTuple):
    """The text at a place."""

    contents: MarkupContent
    range: Range


class SymbolInformation(NamedTuple):
    """A part of a text, one of a list."""

    location: Location
    name: str
    kind: int
    container_name: str | None = None


class DocumentSymbol(NamedTuple):
    """A part of a text with the parts in it."""

    name: str
    kind: int
    range: Range
    selection_range: Range
    children: "list[DocumentSymbol]"


class ShowDocumentParams(NamedTuple):
    """A place that an editor is to show."""

    uri: str
    take_focus: bool
    selection: Range
