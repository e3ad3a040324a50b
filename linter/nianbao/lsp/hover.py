"""The text shown at the cursor: the sum and the clause of a finding, the name and the sums of a cell."""

from collections.abc import Iterator

from nianbao_grammar import patterns as re

from nianbao.engine.redaction import redaction_of
from nianbao.engine.verdict import Verdict
from nianbao.lsp import types
from nianbao.lsp.diagnostics import DiagnosticWriter, Found
from nianbao.lsp.positions import within
from nianbao.lsp.review import Review
from nianbao.report.equations import Equation, written
from nianbao.report.table import Cell, State
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

# What would be mark-up, a character by its number, or an address that becomes a link by itself.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&]|(?<=:)/(?=/)|(?<=www)\.|(?<=[^\s@])@(?=[^\s@]))", re.IGNORECASE)
_BASIS = Text("依据：{basis}", "basis: {basis}")
_HELP = Text("怎样改：{help}", "what to do: {help}")
_PAGE = Text("规则说明", "about the rule")
_CELL = Text("{place}：{value}", "{place}: {value}")
_STATES = {
    State.BLANK: Text("空白", "blank"),
    State.MARK: Text("“{text}”，不是数", "“{text}”, no figure"),
    State.TEXT: Text("“{text}”，不是数", "“{text}”, no figure"),
}
_NONE = Text("不参加勾稽关系", "takes part in no identity")
_HOLDS = Text("√ 成立", "√ holds")
_FAILS = Text("× 不成立", "× fails")
_UNDETERMINED = Text("？有空白或读不出的格，无法核算", "? blank or unreadable cells, cannot be added up")
_COLUMN, _ROW = Text("“{place}”列", "column “{place}”"), Text("“{place}”行", "row “{place}”")


def hover(review: Review, position: types.Position, writer: DiagnosticWriter) -> types.Hover | None:
    """Return the text for *position*: on the findings there, then on the cell; None if there is neither."""
    verdict = review.verdict
    if verdict is None:
        return None
    measure, source = review.buffer.measure, verdict.report.source
    paragraphs: list[str] = []
    around: types.Range | None = None
    mark = _marked if writer.capabilities.markdown else _plain
    for found in writer.findings(review):
        if within(position, found.shown.range):
            around = around or found.shown.range
            brief = writer.preferences.hover == "brief"
            paragraphs.extend(mark(*line) for line in _finding(found, writer.language, brief=brief))
    for cell in _cells(verdict):
        cell_range = measure.range(source, cell.span)
        if within(position, cell_range):
            around = cell_range
            paragraphs.extend(mark(*line) for line in _cell(cell, verdict, writer.language))
            break
    if around is None:
        return None
    kind = types.MARKDOWN if writer.capabilities.markdown else types.PLAIN
    return types.Hover(types.MarkupContent(kind, "\n\n".join(paragraphs)), around)


Line = tuple[str, str, str]  # words set in bold, the words behind them, the address of a link


def _marked(head: str, words: str, address: str) -> str:
    """Return a paragraph of Markdown; signs in the words of a report are no mark-up."""
    head, plain = (_SPECIAL.sub(r"\\\1", inert(text, "\n")) for text in (head, words))
    bold = f"**{head}** " if head else ""
    return bold + (f"[{plain}](<{address}>)" if address else plain)


def _plain(head: str, words: str, address: str) -> str:
    return inert(" ".join(filter(None, (head, words, address))), "\n")


def _finding(found: Found, language: Language, *, brief: bool) -> Iterator[Line]:
    diagnostic = found.diagnostic
    finding = diagnostic.finding
    severity = diagnostic.severity.text.of(language)
    yield f"{diagnostic.code} {diagnostic.name}", f"{severity} · {diagnostic.address}", ""
    if not brief:
        yield "", finding.message.of(language), ""
    for basis in diagnostic.basis:
        yield "", _BASIS.fill(basis=basis).of(language), ""
    if not brief:
        yield "", _HELP.fill(help=finding.help).of(language), ""
    if found.shown.code_description is not None:
        yield "", _PAGE.of(language), found.shown.code_description.href


def _cells(verdict: Verdict) -> Iterator[Cell]:
    for table in verdict.report.tables.values():
        yield from table.cells


def _cell(cell: Cell, verdict: Verdict, language: Language) -> Iterator[Line]:
    text = verdict.source[cell.span]  # its redacted parts are stars
    value = _STATES[cell.state].fill(text=text).of(language) if cell.state in _STATES else text
    yield "", _CELL.fill(place=cell.place, value=value).of(language), ""
    taking_part = [
        equation
        for equation in verdict.report.equations(cell.table.key)
        if any(other.address == cell.address for other in equation.cells)
    ]
    if not taking_part and verdict.report.equations(cell.table.key):
        yield "", _NONE.of(language), ""
    redaction = redaction_of(verdict)
    for equation in taking_part:
        yield "", redaction.masked(_equation(equation, language)), ""


def _equation(equation: Equation, language: Language) -> str:
    """Return the line on *equation*: whether it holds, the sum written out, its basis."""
    along = _COLUMN if equation.identity.along == "columns" else _ROW
    place = along.fill(place=equation.place).of(language)
    if equation.holds is None:
        return f"{_UNDETERMINED.of(language)} · {place} · {equation.identity.basis}"
    verdict = _HOLDS if equation.holds else _FAILS
    return f"{verdict.of(language)} · {place} {written(equation)} · {equation.identity.basis}"
