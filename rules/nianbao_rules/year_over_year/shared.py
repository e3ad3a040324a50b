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
    """A figure that a sentence gives, and those behind it that are of the year before, or changes since then."""

    saying: Saying
    earlier: tuple[Quantity, ...]
    changes: tuple[Comparison, ...]


@lru_cache(maxsize=1)  # two of the rules ask
def told(report: Report) -> tuple[Told, ...]:
    """Return the figures that *report* gives for its organ and one subject of its tables, in order."""
    behind = {span: figures for piece in report.paragraphs for span, figures in _behind(piece, report.year)}
    found = []
    for saying in (saying for paragraph in paragraphs(report) for saying in paragraph.sayings):
        if len(saying.subjects) == 1 and saying.actor.whose is Whose.OWN:
            figures = behind.get(saying.quantity.span, ()) if saying.quantity is not None else ()
            earlier = tuple(figure for figure in figures if isinstance(figure, Quantity))
            found.append(
                Told(saying, earlier, tuple(each for each in figures if isinstance(each, Comparison)))
            )
    return tuple(found)


def _behind(piece: Piece, year: int | None) -> Iterator[tuple[Span, tuple[Quantity | Comparison, ...]]]:
    """Yield each count of *piece* with the figures in its unit, and the changes, that are behind it and of no other.

    A count that stands behind one of the year before is left out: NUM006 compares the two.
    """
    if "年" not in piece.text and "同比" not in piece.text:
        return
    changes = {change.quantity.span: change for change in comparisons(piece.text, piece.span.start)}
    for run in _segments(piece):
        count: Quantity | None = None
        figures: list[Quantity | Comparison] = []
        for figure in run:
            change, lead = changes.get(figure.span), figure.lead.strip()
            quoted = re.fullmatch(_LAST_YEAR, lead)
            if count is not None and change is not None:
                known = change.measure != "difference" or figure.unit == count.unit
                figures += [change] if known and re.fullmatch(_SINCE, lead) else []
            elif count is not None and quoted is not None and figure.unit == count.unit:
                figures += [figure] if _is_of(quoted["year"], year) else []
            elif re.match(_YEAR_BEFORE, lead.lstrip("与较比")) and not lead.startswith(str(year)):
                break
            elif figure.counted:
                if count is not None and figures:
                    yield count.span, tuple(figures)
                count, figures = (figure if "其中" not in figure.scope else None), []
        if count is not None and figures:
            yield count.span, tuple(figures)


def _segments(piece: Piece) -> Iterator[list[Quantity]]:
    """Yield the figures of *piece* in runs that no full stop or semicolon parts."""
    run: list[Quantity] = []
    for figure in quantities(piece.text, piece.span.start):
        start = run[-1].whole.end - piece.span.start if run else 0
        if run and any(stop in piece.text[start : figure.span.start - piece.span.start] for stop in _STOPS):
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def _is_of(named: str | None, year: int | None) -> bool:
    """Return whether the year *named*, None for 去年, is that before *year*."""
    return named is None or int(named) + 1 == year


_STOPS = "。！？\n；;"
_YEAR_BEFORE = r"(?:去年|上年|上一年|20\d\d年)(?:度|同期)*"
_LAST_YEAR = r"(?:而|[较比])?(?:去年|上年|上一年|(?P<year>20\d\d)年)(?:度|同期)*(?:的|为|是|共|有)*"
_SINCE = (
    rf"(?:申请)?(?:总|件)?[数量]*(?:同比|[较比]{_YEAR_BEFORE}(?:相比)?|与{_YEAR_BEFORE}相比)?,?"
    r"(?:有所|大幅|略有|明显)?(?:增长|增加|提高|上升|上涨|增|升|多|降低|减少|下降|回落|下滑|减|降|少)了?"
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
