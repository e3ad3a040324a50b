"""The report of the same organ on the year before: its tables, and its cells beside those of this year."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from nianbao.api import (
    Cell,
    Comparison,
    Elsewhere,
    Finding,
    Piece,
    Quantity,
    Related,
    Report,
    Span,
    Table,
    Text,
    comparisons,
    number,
    quantities,
    same,
)
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.counts import Count, counts
from nianbao_rules.shared.organs import Whose
from nianbao_rules.shared.statements import Saying, paragraphs
from nianbao_rules.shared.subjects import SUBJECTS

if TYPE_CHECKING:  # most runs read one report and know no other
    from nianbao.api import Neighbour, Rebuilt

NO_TABLE = Text(
    "上年报告没有可以对照的{place}", "the report on the year before has no {place} to compare with"
)
NO_FIGURES = Text(
    "本年或者上年报告的{place}有空白或读不出的格，无法对照",
    "{place} of this year's report or of the one before has blank or unreadable cells",
)
OTHER_FORM = Text(
    "上年报告用的是另一种格式，没有相同的数",
    "the report on the year before is on another form, without such figures",
)


class Pair(NamedTuple):
    """A cell that does not follow from *cells* of the report on the year before: what to call it, and the sum."""

    cell: Cell
    label: str  # 自然人
    sum: str  # 3 ≠ 5
    cells: tuple[Cell, ...]


def last_year(report: Report) -> "Neighbour":
    """Return the report on the year before; a rule beside it runs only if it is known."""
    return cast("Neighbour", report.previous)


@lru_cache(maxsize=1)  # most of the rules ask
def tables_of_last_year(report: Report) -> "Rebuilt | None":
    """Return the tables of the report on the year before, None if it is on no form that is known."""
    from nianbao.api import Rebuilt

    last = last_year(report)
    form = next((form for form in report.forms if form.name == last.form), None)
    return Rebuilt(last, form) if form is not None else None


def table_of_last_year(report: Report, key: str) -> Table | None:
    """Return table *key* of the report on the year before, None if it has none."""
    tables = tables_of_last_year(report)
    return tables.table(key) if tables is not None else None


def same_form(report: Report) -> bool:
    """Return whether both reports are on one form, whose rows and columns mean the same."""
    return report.form is not None and report.form.name == last_year(report).form


def possible(cell: Cell, sums: "Report | Rebuilt") -> frozenset[Decimal]:
    """Return the figure of *cell* and those that failing sums of its table require of it; none if it has no figure.

    If it is the cell that is wrong in such a sum, the rule about that sum reports it.
    """
    if cell.value is None:
        return frozenset()
    values = {cell.value}
    for equation in sums.equations(cell.table.key):
        if equation.holds is False:
            values |= {
                cell.value - equation.difference for each in equation.left if each.address == cell.address
            }
            values |= {
                cell.value + equation.difference for each in equation.right if each.address == cell.address
            }
    return frozenset(values)


def in_last_year(report: Report, cells: Iterable[Cell]) -> tuple[Elsewhere, ...]:
    """Return *cells* of the report on the year before as places in it."""
    path = last_year(report).path
    return tuple(Elsewhere(path, cell.place, f"{number(cell.value)}{cell.unit}") for cell in cells)


def one_finding(
    report: Report, pairs: Sequence[Pair], message: Text, advice: Text, place: str, **values: object
) -> Finding:
    """Return the finding on all *pairs*, which have one cause, at the first of them; `{sums}` of *message* are theirs."""
    first, *others = pairs
    sums = [f"{pair.label} {pair.sum}" for pair in pairs]
    listed = Text("；".join(sums), "; ".join(sums))
    related = tuple(
        Related(pair.cell.span, same(f"{pair.cell.place} {pair.cell.text}"), pair.cell) for pair in others
    )
    cells = [cell for pair in pairs for cell in pair.cells]
    return Finding(
        first.cell.span,
        message.fill(sums=listed, **values),
        advice,
        first.cell,
        related,
        data={"sums": listed.zh},
        place=place,
        elsewhere=in_last_year(report, cells),
    )


# -- figures in sentences -------------------------------------------------------------------------------------


class Told(NamedTuple):
    """A figure of this year that a sentence gives, and those behind it that are of the year before or since then."""

    saying: Saying
    earlier: tuple[Quantity, ...]
    changes: tuple[Comparison, ...]


@lru_cache(maxsize=1)  # two of the rules ask
def told(report: Report) -> tuple[Told, ...]:
    """Return the figures that *report* gives for its organ and one subject of its tables, in order."""
    sayings = [saying for paragraph in paragraphs(report) for saying in paragraph.sayings]
    behind = {
        span: figures
        for piece in report.paragraphs
        if "年" in piece.text or "同比" in piece.text
        for span, figures in _behind(piece)
    }
    changes = {
        change.quantity.span: change
        for piece in report.paragraphs
        for change in comparisons(piece.text, piece.span.start)
    }
    found = []
    for saying in sayings:
        if len(saying.subjects) > 1 or saying.actor.whose is not Whose.OWN:
            continue
        figures = behind.get(saying.quantity.span, ()) if saying.quantity else ()
        earlier = tuple(
            figure for figure in figures if figure.role == "earlier" and _quotes(figure, report.year)
        )
        since = tuple(
            changes[figure.span]
            for figure in figures
            if figure.span in changes and re.fullmatch(_SINCE, figure.lead.strip())
        )
        found.append(Told(saying, earlier, since))
    return tuple(found)


def _behind(piece: Piece) -> Iterator[tuple[Span, tuple[Quantity, ...]]]:
    """Yield each count of *piece* with the figures of another time behind it, up to the next count or full stop."""
    count: Quantity | None = None
    figures: list[Quantity] = []
    end = 0
    for figure in quantities(piece.text, piece.span.start):
        between = piece.text[end : figure.span.start - piece.span.start]
        if figure.counted or any(stop in between for stop in _STOPS):
            if count is not None and figures:
                yield count.span, tuple(figures)
            count, figures = (figure if figure.counted and "其中" not in figure.scope else None), []
        elif figure.role in ("earlier", "change"):
            figures.append(figure)
        end = figure.whole.end - piece.span.start
    if count is not None and figures:
        yield count.span, tuple(figures)


def _quotes(figure: Quantity, year: int | None) -> bool:
    match = re.fullmatch(_LAST_YEAR, figure.lead.strip())
    return match is not None and (match["year"] is None or int(match["year"]) + 1 == year)


_STOPS = "。！？\n；;"
_LAST_YEAR = r"(?:而|[较比])?(?:去年|上年|上一年|(?P<year>20\d\d)年)(?:度|同期)*(?:的|为|是|共|有)*"
_SINCE = (
    r"(?:(?:申请)?(?:总|件)?[数量]+)?(?:同比|[较比](?:去年|上年|上一年|20\d\d年)(?:度|同期)*(?:相比)?|与(?:去年|上年|上一年|20\d\d年)(?:度|同期)*相比)?"
    r"(?:有所|大幅|略有|明显)?(?:增长|增加|上升|提高|减少|下降|降低|增|减|降|多|少)了?"
)


def counts_of_last_year(report: Report, key: str) -> tuple[Count, ...]:
    """Return the sums that the subject *key* may mean in the report on the year before, () if it counts no such thing.

    On another form only applications and cases are counted alike.
    """
    table, tables = SUBJECTS[key].table, tables_of_last_year(report)
    bound = tables.table(table) if tables is not None else None
    if tables is None or bound is None or not (same_form(report) or table in _ON_EVERY_FORM):
        return ()
    return counts(tables, bound, key)


_ON_EVERY_FORM = ("applications", "review")
