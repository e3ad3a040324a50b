"""The capabilities that an editor has announced."""

from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.lsp import types

UNITS = ("utf-16", "utf-8", "utf-32")  # the first is that of editors which name none


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
    def of(cls, said: dict[str, object]) -> "Capabilities":
        """Return the capabilities that *said* announces; the editor lacks those that it does not mention."""
        # The parts of a diagnostic are announced for both ways of sending them, by old editors for one.
        push, pull = _at(said, "textDocument", "publishDiagnostics"), _at(said, "textDocument", "diagnostic")
        edit = _at(said, "workspace", "workspaceEdit")

        def either(name: str) -> bool:
            return any(_at(way, name) is True for way in (push, pull))

        return cls(
            pull=pull is not None,
            refresh=_at(said, "workspace", "diagnostics", "refreshSupport") is True,
            related=either("relatedInformation"),
            pages=either("codeDescriptionSupport"),
            unnecessary=any(_has(way, types.UNNECESSARY, "tagSupport", "valueSet") for way in (push, pull)),
            data=either("dataSupport"),
            versions=_at(edit, "documentChanges") is True,
            creates=_has(edit, "create", "resourceOperations"),
            shows=_at(said, "window", "showDocument", "support") is True,
            watches=_at(said, "workspace", "didChangeWatchedFiles", "dynamicRegistration") is True,
            settings=_at(said, "workspace", "configuration") is True,
            markdown=_has(said, types.MARKDOWN, "textDocument", "hover", "contentFormat"),
            tree=_at(said, "textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport") is True,
            literals=_at(said, "textDocument", "codeAction", "codeActionLiteralSupport") is not None,
        )


def unit_of(said: dict[str, object]) -> str:
    """Return the unit of positions: the first that the editor prefers among those that are known."""
    preferred = _at(said, "general", "positionEncodings")
    known = [unit for unit in preferred if unit in UNITS] if isinstance(preferred, list) else []
    return known[0] if known else UNITS[0]


def _at(said: object, *keys: str) -> Any:
    """Return the value in *said* that *keys* lead to, None if there is none."""
    for key in keys:
        said = said.get(key) if isinstance(said, dict) else None
    return said


def _has(said: object, value: object, *keys: str) -> bool:
    """Return whether the list in *said* that *keys* lead to has *value*."""
    listed = _at(said, *keys)
    return isinstance(listed, list) and value in listed
