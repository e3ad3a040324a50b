"""The parts of a report as an editor lists them: sections, their subsections, tables."""

from collections.abc import Iterator, Sequence

from nianbao.lsp import types
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.review import Review
from nianbao.report.report import Report
from nianbao.report.syntax import Part
from nianbao.report.table import Table
from nianbao.text.inert import inert
from nianbao.text.source import Source, Span


def symbols(review: Review) -> list[types.DocumentSymbol]:
    """Return the sections of a report with their subsections and tables, in the order of the text."""
    if review.verdict is None:
        return []
    return list(_Writer(review.buffer, review.verdict.report, review.verdict.source).whole())


def flat(
    tree: Sequence[types.DocumentSymbol], uri: str, container: str | None = None
) -> Iterator[types.SymbolInformation]:
    """Yield the symbols of *tree* one after the other, for an editor that knows no symbols within symbols."""
    for symbol in tree:
        location = types.Location(uri, symbol.selection_range)
        yield types.SymbolInformation(location, symbol.name, symbol.kind, container)
        yield from flat(symbol.children or (), uri, symbol.name)


class _Writer:
    """Writes the symbols of one report."""

    def __init__(self, buffer: Buffer, report: Report, shown: Source) -> None:
        self.measure = buffer.measure
        self.report = report
        self.shown = shown  # its redacted parts are stars

    def whole(self) -> Iterator[types.DocumentSymbol]:
        """Yield the sections, and before them the tables that are in none."""
        parts = [section.part for section in self.report.sections]
        end = len(self.report.source.text)
        first = parts[0].heading.span.start if parts and parts[0].heading is not None else end
        yield from self._tables(Span(0, first), ())
        yield from self._parts(parts, end)

    def _parts(self, parts: Sequence[Part], end: int) -> Iterator[types.DocumentSymbol]:
        heads = [part.heading for part in parts if part.heading is not None]
        ends = [head.span.start for head in heads[1:]] + [end] * bool(heads)
        for part, head, until in zip(parts, heads, ends, strict=True):
            within = Span(head.span.start, until)
            children = [*self._parts(part.parts, until), *self._tables(within, part.parts)]
            children.sort(key=lambda symbol: (symbol.range.start.line, symbol.range.start.character))
            name = self.shown[head.span].strip("#* 。：") or self.shown[head.span].strip()
            if name:
                yield self._symbol(name, types.NAMESPACE, within, head.span, children)

    def _tables(self, within: Span, parts: Sequence[Part]) -> Iterator[types.DocumentSymbol]:
        """Yield the tables in the text *within*, but for those that are in one of *parts*."""
        starts = [part.heading.span.start for part in parts if part.heading is not None]
        end = min(starts, default=within.end)
        for table in self._by_place():
            if within.start <= table.span.start < end:
                span = Span(table.span.start, max(table.span.end, table.span.start))
                yield self._symbol(table.form.place, types.ARRAY, span, span, [])

    def _by_place(self) -> Sequence[Table]:
        return sorted(self.report.tables.values(), key=lambda table: table.span)

    def _symbol(
        self,
        name: str,
        kind: int,
        span: Span,
        selected: Span,
        children: list[types.DocumentSymbol],
    ) -> types.DocumentSymbol:
        around = self.measure.range(self.report.source, span)
        chosen = self.measure.range(self.report.source, selected)
        return types.DocumentSymbol(inert(name), kind, around, chosen, children=children)
