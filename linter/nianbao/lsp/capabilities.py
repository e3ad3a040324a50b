"""The capabilities that an editor has announced."""

from lsprotocol import types
from nianbao_grammar.records import NamedTuple


class Capabilities(NamedTuple):
    """The capabilities that the server uses; it asks nothing else of the editor."""

    pull: bool = False  # it asks for diagnostics, so none are pushed
    refresh: bool = False  # and asks again when asked to
    related: bool = False
    pages: bool = False
    unnecessary: bool = False
    data: bool = False
    versions: bool = False  # of the texts that an edit is for
    creates: bool = False  # an edit may make a file
    shows: bool = False  # it puts the cursor at a position that is sent
    watches: bool = False
    settings: bool = False  # it can be asked for its settings
    markdown: bool = False
    tree: bool = False  # symbols within symbols
    literals: bool = False  # code actions with their edits in them

    @classmethod
    def of(cls, said: types.ClientCapabilities) -> "Capabilities":
        """Return the capabilities that *said* announces; the editor lacks those that it does not mention."""
        text = said.text_document or types.TextDocumentClientCapabilities()
        workspace = said.workspace or types.WorkspaceClientCapabilities()
        window = said.window or types.WindowClientCapabilities()
        # The parts of a diagnostic are announced for both ways of sending them, by old editors for one.
        ways = [way for way in (text.publish_diagnostics, text.diagnostic) if way is not None]
        tags = [tag for way in ways if way.tag_support is not None for tag in way.tag_support.value_set]
        edit = workspace.workspace_edit
        watched = workspace.did_change_watched_files
        formats = text.hover.content_format if text.hover is not None else None
        symbols = text.document_symbol
        actions = text.code_action
        return cls(
            pull=text.diagnostic is not None,
            refresh=workspace.diagnostics is not None and bool(workspace.diagnostics.refresh_support),
            related=any(way.related_information for way in ways),
            pages=any(way.code_description_support for way in ways),
            unnecessary=types.DiagnosticTag.Unnecessary in tags,
            data=any(way.data_support for way in ways),
            versions=edit is not None and bool(edit.document_changes),
            creates=edit is not None
            and types.ResourceOperationKind.Create in (edit.resource_operations or ()),
            shows=window.show_document is not None and window.show_document.support,
            watches=watched is not None and bool(watched.dynamic_registration),
            settings=bool(workspace.configuration),
            markdown=types.MarkupKind.Markdown in (formats or ()),
            tree=symbols is not None and bool(symbols.hierarchical_document_symbol_support),
            literals=actions is not None and actions.code_action_literal_support is not None,
        )
