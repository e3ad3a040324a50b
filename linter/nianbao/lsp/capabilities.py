"""What the editor can do, as it has announced."""

from typing import NamedTuple

from lsprotocol import types


class Abilities(NamedTuple):
    """What is asked of an editor only where it has said that it can."""

    pull: bool = False  # it asks for diagnostics, so none are pushed
    refresh: bool = False  # and asks again when told to
    related: bool = False
    pages: bool = False
    unnecessary: bool = False
    data: bool = False
    versions: bool = False  # of the texts that an edit is for
    creates: bool = False  # an edit may make a file
    shows: bool = False  # it puts the cursor where it is told
    watches: bool = False
    settings: bool = False  # it can be asked for its settings
    markdown: bool = False
    tree: bool = False  # symbols within symbols
    literals: bool = False  # code actions with their edits in them

    @classmethod
    def of(cls, said: types.ClientCapabilities) -> "Abilities":
        """Return what *said* announces; what it does not speak of it cannot do."""
        text = said.text_document or types.TextDocumentClientCapabilities()
        workspace = said.workspace or types.WorkspaceClientCapabilities()
        window = said.window or types.WindowClientCapabilities()
        # What a diagnostic may have is announced with either way of sending them, in old editors with one.
        told = [way for way in (text.publish_diagnostics, text.diagnostic) if way is not None]
        tags = [tag for way in told if way.tag_support is not None for tag in way.tag_support.value_set]
        edit = workspace.workspace_edit
        watched = workspace.did_change_watched_files
        formats = text.hover.content_format if text.hover is not None else None
        symbols = text.document_symbol
        actions = text.code_action
        return cls(
            pull=text.diagnostic is not None,
            refresh=workspace.diagnostics is not None and bool(workspace.diagnostics.refresh_support),
            related=any(way.related_information for way in told),
            pages=any(way.code_description_support for way in told),
            unnecessary=types.DiagnosticTag.Unnecessary in tags,
            data=any(way.data_support for way in told),
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
