"""The actions on findings: fix one, fix all that are certain, waive one with a reason."""

from collections.abc import Callable, Iterator, Sequence

from nianbao.engine.notices import NOTICES
from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.diagnostics import DiagnosticWriter, Found
from nianbao.lsp.edits import edited, text_edits, workspace_edit
from nianbao.lsp.json_values import written
from nianbao.lsp.positions import meets
from nianbao.lsp.review import Review
from nianbao.lsp.uris import uri_of
from nianbao.lsp.waiver_actions import entry
from nianbao.text.inert import inert
from nianbao.text.language import Text

_CONFIRM = Text("{title}（需确认）", "{title} (to be confirmed)")
_ALL = Text("年报：改正全部确定的问题", "nianbao: fix all that is certain")
_WAIVE = Text("豁免 {code}，写明理由", "waive {code}, with a reason")
_WRITE = Text("写明理由", "write the reason")

Typed = Callable[[str], Buffer | None]


class Actions:
    """The actions on one reviewed text; *typed* returns another file as it is in the editor."""

    def __init__(self, review: Review, writer: DiagnosticWriter, typed: Typed) -> None:
        self.review = review
        self.writer = writer
        self.typed = typed

    def at(self, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
        """Yield the actions on the findings that *params* are about, fixes first."""
        here = [
            found for found in self.writer.findings(self.review) if meets(params.range, found.shown.range)
        ]
        sent = params.context.diagnostics
        if _wanted(types.QUICK_FIX, params.context.only):
            yield from (action for found in here if (action := self._fix(found, sent)) is not None)
            yield from (action for found in here if (action := self._waive(found, sent)) is not None)

    def all(self, new: str | None) -> Iterator[types.CodeAction]:
        """Yield the action that makes the text *new*, in which every safe fix is made."""
        edits = text_edits(self.review.buffer, new) if new is not None else []
        if edits:
            edit = self._edit(edits)
            yield types.CodeAction(_ALL.of(self.writer.language), kind=types.FIX_ALL, edit=edit)

    def _fix(self, found: Found, sent: Sequence[dict[str, object]]) -> types.CodeAction | None:
        diagnostic, verdict = found.diagnostic, self.review.verdict
        fix = diagnostic.finding.fix
        if fix is None or verdict is None or not diagnostic.fixable:
            return None
        new = edited(self.review.buffer, verdict.report.source, fix.edits)
        edits = text_edits(self.review.buffer, new) if new is not None else []
        if not edits:
            return None
        title = fix.title if fix.safe else _CONFIRM.fill(title=fix.title)
        return types.CodeAction(
            inert(title.of(self.writer.language)),
            kind=types.QUICK_FIX,
            diagnostics=[_as_sent(found.shown, sent)],
            is_preferred=True if fix.safe else None,
            edit=self._edit(edits),
        )

    def _waive(self, found: Found, sent: Sequence[dict[str, object]]) -> types.CodeAction | None:
        buffer, diagnostic, verdict = self.review.buffer, found.diagnostic, self.review.verdict
        if verdict is None or diagnostic.code in NOTICES or not buffer.uri.startswith("file:"):
            return None

        made = entry(verdict.report, buffer.path, diagnostic, self.typed, buffer.unit)
        if made is None:
            return None
        waivers, uri = self.typed(made.path), uri_of(made.path)
        version = waivers.version if waivers is not None else None
        capabilities, language = self.writer.capabilities, self.writer.language
        show = types.Command(
            _WRITE.of(language), types.SHOW, [uri, made.place.start.line, made.place.start.character]
        )
        return types.CodeAction(
            _WAIVE.fill(code=diagnostic.code).of(language),
            kind=types.QUICK_FIX,
            diagnostics=[_as_sent(found.shown, sent)],
            edit=workspace_edit(capabilities, uri, version, [made.edit], creates=made.creates),
            command=show if capabilities.shows else None,
        )

    def _edit(self, edits: Sequence[types.TextEdit]) -> types.WorkspaceEdit:
        buffer = self.review.buffer
        return workspace_edit(self.writer.capabilities, buffer.uri, buffer.version, edits)


def wants_all(only: Sequence[str] | None) -> bool:
    """Return whether the action that fixes all is asked for."""
    return _wanted(types.FIX_ALL, only)


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Return whether *kind*, or a wider kind, is among those asked for."""
    return not only or any(name == "" or kind == name or kind.startswith(f"{name}.") for name in only)


def _as_sent(shown: types.Diagnostic, sent: Sequence[dict[str, object]]) -> object:
    """Return the editor's own copy of *shown* if it has sent one."""
    there = written(shown.range)
    copies = (copy for copy in sent if copy.get("code") == shown.code and copy.get("range") == there)
    return next(copies, shown)
