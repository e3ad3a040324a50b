"""The cells of a report beside the sums of those of the organs below, and how the differences hang together."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from nianbao.api import (
    Cell,
    Figure,
    Finding,
    Identity,
    Related,
    Report,
    Severity,
    Text,
    Undetermined,
    number,
)
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import Results

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.api import Neighbour

_ZERO = Decimal(0)
_TELLING = 2  # different figures that are not by chance those of a member
_MOST_PARTS = 5  # figures of a sum that are written out with the organs that they are of
# 规章 are made by a government, or a ministry, and so counted once, not summed up.
_NOT_SUMMED = {("regulations", "rules")}
_PART = Text("{organ} {value}", "{organ} {value}")
_REST = Text("其余{count}家合计 {value}", "{count} others {value} together")
_NOTHING = Text("各家都是 0", "all of them 0")


class Sum(NamedTuple):
    """A cell of the report, and the figures that the *members* have in it, one for each, with their *total*."""

    cell: Cell
    members: Sequence["Neighbour"]
    parts: Sequence[Decimal]
    total: Decimal
    tolerance: Decimal  # by which the figures may be apart as each is rounded

    @property
    def difference(self) -> Decimal:
        """What the report has more than the members have together; less than nought if it has less."""
        assert self.cell.value is not None
        return self.cell.value - self.total

    @property
    def holds(self) -> bool:
        """Whether the figure of the report is the sum, as far as rounding lets it be told."""
        return abs(self.difference) <= self.tolerance

    def written(self) -> Text:
        """Return the parts that are not nought, the largest with the organs they are of, the others together."""
        order = sorted(range(len(self.parts)), key=lambda at: -abs(self.parts[at]))
        order = [at for at in order if self.parts[at]]
        if not order:
            return _NOTHING
        shown = order if len(order) <= _MOST_PARTS + 1 else order[:_MOST_PARTS]
        terms = [_PART.fill(organ=name_of(self.members[at]), value=number(self.parts[at])) for at in shown]
        if rest := order[len(shown) :]:
            value = sum((self.parts[at] for at in rest), _ZERO)
            terms.append(_REST.fill(count=len(rest), value=number(value)))
        return Text("＋".join(term.zh for term in terms), " + ".join(term.en for term in terms))


class Summed(NamedTuple):
    """One table: the sums of its cells, and the *lacking*, cells that a member has no figure in, with its name."""

    sums: tuple[Sum, ...]
    lacking: tuple[tuple[Cell, str], ...]

    @property
    def off(self) -> tuple[Sum, ...]:
        """The sums that the report does not have."""
        return tuple(each for each in self.sums if not each.holds)


def name_of(member: "Neighbour") -> str:
    """Return what to call *member*: its organ, else its path."""
    return member.organ or member.path


def summed(report: Report, key: str) -> Summed | None:
    """Return the cells of table *key* with a figure beside those of the members, None if the report has no such table."""
    from nianbao.api import Neighbour  # a report that is checked alone has no others

    table = report.table(key)
    if table is None:
        return None
    cells = [
        cell
        for cell in table.cells
        # Of an amount without a printed unit it is not known what it counts.
        if cell.value is not None and (key, cell.row.key) not in _NOT_SUMMED and cell.column.unit != ""
    ]
    members = [each for each in report.members or () if isinstance(each, Neighbour)]
    parts: list[list[Decimal]] = [[] for _ in cells]
    lacking: dict[int, list[Neighbour]] = {}
    places: dict[tuple[tuple[str, ...], ...], list[int | None]] = {}  # of the cells, by the lines of a form
    for member in members:
        lines = member.tables.get(key)
        shape = (lines.rows, lines.columns) if lines is not None else ((), ())
        if shape not in places:
            order = {place: at for at, place in enumerate(product(*shape))}
            places[shape] = [order.get((cell.row.key, cell.column.key)) for cell in cells]
        contents = member.contents(key)
        for number_of, at in enumerate(places[shape]):
            part = None if at is None else _value(contents[at], cells[number_of])
            if part is None:
                lacking.setdefault(number_of, []).append(member)
            else:
                parts[number_of].append(part)
    sums = tuple(
        Sum(cell, members, parts[at], sum(parts[at], _ZERO), _tolerance(cell, parts[at]))
        for at, cell in enumerate(cells)
        if at not in lacking
    )
    return Summed(sums, tuple((cells[at], name_of(member)) for at in lacking for member in lacking[at]))


def _value(figure: Figure, cell: Cell) -> Decimal | None:
    """Return what *figure* counts in the unit of *cell*, None if it is none."""
    return figure.value if not cell.column.unit or figure.amount is None else figure.amount


def _tolerance(cell: Cell, parts: Iterable[Decimal]) -> Decimal:
    """Return how far sums of amounts may be apart: half a unit of its last place for each; counts are exact."""
    if not cell.column.unit or cell.value is None:
        return _ZERO
    rounded = [cell.value, *(part for part in parts if part)]
    return sum((Decimal(5).scaleb(_exponent(each) - 1) for each in rounded), _ZERO)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


# -- how differences hang together ------------------------------------------------------------------------------


def together(off: Sequence[Sum]) -> list[list[Sum]]:
    """Return *off* in groups that one cause may explain: those of one row or column are in one."""
    groups: dict[int, list[Sum]] = {}
    group_of: dict[tuple[str, str], int] = {}  # by line
    for number_of, each in enumerate(off):
        lines = [("row", each.cell.row.key), ("column", each.cell.column.key)]
        joined = [each]
        for old in {group_of[line] for line in lines if line in group_of}:
            joined = groups.pop(old) + joined
        groups[number_of] = joined
        for other in joined:
            group_of["row", other.cell.row.key] = group_of["column", other.cell.column.key] = number_of
    return list(groups.values())


def counted_amiss(tables: Iterable[Summed]) -> tuple[int, tuple[str, ...]]:
    """Return -1 and the members of which each would explain all differences if it was left out, 1 if counted twice.

    0 if none does.
    """
    every = [each for table in tables for each in table.sums]
    off = [each for each in every if not each.holds]
    sign, found = _having(off)
    elsewhere = [each for each in every if each.holds and not each.tolerance]
    whole = tuple(at for at in found if not any(each.parts[at] for each in elsewhere))
    return (sign, tuple(name_of(off[0].members[at]) for at in whole)) if whole else (0, ())


def explaining(tables: Iterable[Summed]) -> tuple[str, ...]:
    """Return the members of which each may be left out, or counted twice, in the cells that are off.

    If other cells have its figures once, it is only by several different figures that it is known.
    """
    tables = tuple(tables)
    _, whole = counted_amiss(tables)
    off = [each for table in tables for each in table.off]
    if whole or len({abs(each.difference) for each in off}) < _TELLING:
        return whole
    _, found = _having(off)
    return tuple(name_of(off[0].members[at]) for at in found) if len(found) == 1 else ()


def _having(off: Sequence[Sum]) -> tuple[int, tuple[int, ...]]:
    """Return which members have the differences of *off* as their figures, after -1 if they are less, 1 if more."""
    if not off:
        return 0, ()
    sign = -1 if off[0].difference < 0 else 1
    return sign, tuple(
        at
        for at in range(len(off[0].members))
        if all(abs(each.difference - sign * each.parts[at]) <= each.tolerance for each in off)
    )


def contradicting(group: Iterable[Sum], identities: Sequence[Identity]) -> list[str]:
    """Return the members whose own figures do not add up in an identity that a cell of *group* takes part in."""
    sums: dict[tuple[str, str], tuple[Identity, str]] = {}  # identities with their lines, by name and line
    members: Sequence[Neighbour] = ()
    for each in group:
        members, cell = each.members, each.cell
        for identity in identities:
            along, across = cell.row.key, cell.column.key
            if identity.along == "rows":
                along, across = across, along
            if identity.table == cell.table.key and along in (*identity.left, *identity.right):
                sums[identity.name, across] = identity, across
    tables = {identity.table for identity, _ in sums.values()}
    found = []
    for member in members if sums else ():
        figures = {key: member.table(key) for key in tables}
        if any(_differ(figures[identity.table], identity, across) for identity, across in sums.values()):
            found.append(name_of(member))
    return found


def _differ(figures: Mapping[tuple[str, str], Figure], identity: Identity, across: str) -> bool:
    """Return whether *identity* is known to fail in the column, or the row, *across*."""

    def side(keys: Iterable[str]) -> list[Decimal | None]:
        places = ((key, across) if identity.along == "columns" else (across, key) for key in keys)
        return [figure.value if (figure := figures.get(place)) is not None else None for place in places]

    left, right = side(identity.left), side(identity.right)
    known = [[value for value in values if value is not None] for values in (left, right)]
    whole = len(known[0]) == len(left) and len(known[1]) == len(right)
    return whole and sum(known[0], _ZERO) != sum(known[1], _ZERO)


def named(things: Sequence[str], most: int = 3, measure: str = "家") -> Text:
    """Return the first of *things* in a list, and if not all are in it how many there are, with their *measure*."""
    zh, en = "、".join(things[:most]), ", ".join(things[:most])
    more = len(things) - most
    return Text(f"{zh}等{len(things)}{measure}", f"{en} and {more} more") if more > 0 else Text(zh, en)


def one_of(organs: Sequence[str]) -> Text:
    """Return that it is one of *organs*, each of which would explain it alone."""
    *first, last = organs
    if not first:
        return Text(last, last)
    if len(organs) <= _MOST_SHOWN:
        return Text(f"{'、'.join(first)}或{last}", f"{', '.join(first)} or {last}")
    return _ONE_OF.fill(names=named(organs))


# -- findings -----------------------------------------------------------------------------------------------------

_ONE = Text(
    "{place}填的是{value}，{count}家下级机关的报告合计{total}（{parts}），{apart}",
    "{place} says {value}, the reports of the {count} organs below have {total} together ({parts}): {apart}",
)
_SEVERAL = Text(
    "{table}有{cells}格与{count}家下级机关的报告合计不符：{places}；{place}的合计是{parts}",
    "{table}: {cells} cells are not the sums of the reports of the {count} organs below: {places}; {place} sums up {parts}",
)
_PLACE = Text(
    "{place}填的是{value}，合计{total}，{apart}", "{place} says {value}, the sum is {total}, {apart}"
)
_AND_MORE = Text("{places}等", "{places} and more")
_MORE = Text("多{difference}", "{difference} more")
_LESS = Text("少{difference}", "{difference} less")
_BY_MEMBER = Text(
    "{message}。{names}的这一格在它自己的报告里也对不上",
    "{message}. That of {names} does not add up in its own report either",
)
_BY_WHOLE = Text(
    "{message}。差数正好是{names}的数", "{message}. The differences are just the figures of {names}"
)
_ONE_OF = Text("{names}之一", "one of {names}")
_LESS_HELP = Text(
    "逐家核对这一格：本报告漏计、错计的改本报告，下级机关填错的请它改正后再汇总；不由本机关汇总的机关，不要在名册里列在本机关之下",
    "check it with each organ: correct this report, or have the organ correct its own; an organ that is not summed up here is not below this one in the roster",
)
_MORE_HELP = Text(
    "多出的如果是本级机关自己的，就是对的；不是的，看是不是重复计了一家，或者名册漏列了一家",
    "that is right if it is the government's own; if not, an organ is counted twice, or is missing in the roster",
)
_ONCE_HELP = Text(
    "逐家核对。几个机关联合制发的文件、几个机关同为被告的案件，汇总时可能只计了一次：是这样就不必改",
    "check it with each organ; a document that several issued, or a case against several, may rightly be counted once",
)
_MEMBER_HELP = Text(
    "先请{names}核对、更正它的报告，再看合计",
    "have {names} check and correct its report first, then look at the sum",
)
_LACKING = Text(
    "{organ}的报告里{place}没有可以相加的数，这类格共{count}格，无法核对合计",
    "{place} of the report of {organ} has no figure to be added, as have {count} such cells in all, so the sums cannot be checked",
)
_OWN = Text(
    "{place}在本报告里自己就对不上，先改正它，再核对合计",
    "{place} does not add up in this report itself: correct it first",
)
_ONE_CAUSE = Text(
    "差数正好是{names}的数，看它是不是漏计或者重复计了",
    "the differences are just the figures of {names}, left out or counted twice",
)
_MEMBER_COUNTED = "AGG006"
_OWN_OFFICE = re.compile(r"政府办公[室厅]|本级")
_MOST_SHOWN = 3
_MOST_CAUSES = 3  # more groups than this are one: the whole is another


def unequal(report: Report, keys: Sequence[str]) -> Results:
    """Yield a finding for each cause of cells in the tables *keys* that are not the sums of the members."""
    tables = [table for key in keys if (table := summed(report, key)) is not None]
    if any(table.off for table in tables):
        _, organs = counted_amiss(all_summed(report))
        if organs:
            yield Undetermined(_ONE_CAUSE.fill(names=one_of(organs)), told_by=_MEMBER_COUNTED)
            return
    own: list[Sum] = []
    groups: list[list[Sum]] = []
    for table in tables:
        known: list[Sum] = []
        for each in table.off:
            (own if _fails_itself(report, each) else known).append(each)
        groups += together(known)
    every = [each for group in groups for each in group]
    of_its_own = all(each.difference > 0 for each in every)
    whole = explaining(tables)
    several = len(groups) <= _MOST_CAUSES and not of_its_own and not whole
    for group in groups if several else filter(None, [every]):
        yield _finding(report, group, () if own else whole)
    if own:
        yield Undetermined(_OWN.fill(place=own[0].cell.place))
    lacking = [each for table in tables for each in table.lacking]
    if lacking:
        cell, organ = lacking[0]
        yield Undetermined(_LACKING.fill(organ=organ, place=cell.place, count=len(lacking)))


def all_summed(report: Report) -> list[Summed]:
    """Return all tables of the form beside the sums of the members."""
    forms = report.form.tables if report.form else ()
    return [table for form in forms if (table := summed(report, form.key)) is not None]


def _fails_itself(report: Report, each: Sum) -> bool:
    """Return whether the cell of *each* takes part in a sum of the report that fails: another finding says so."""
    failing = (equation for equation in report.equations(each.cell.table.key) if equation.holds is False)
    return any(cell.address == each.cell.address for equation in failing for cell in equation.cells)


def _finding(report: Report, group: Sequence[Sum], whole: Sequence[str]) -> Finding:
    first, *others = group
    message = _said(group)
    identities = report.form.identities if report.form else ()
    suspects = contradicting(group, identities)
    if suspects:
        message = _BY_MEMBER.fill(message=message, names=named(suspects))
    elif whole:
        message = _BY_WHOLE.fill(message=message, names=one_of(whole))
    surplus = all(each.difference > 0 for each in group)
    once = all(
        each.cell.table.key == "regulations" or each.cell.column.key.startswith("after_") for each in group
    )
    own_office = any(_OWN_OFFICE.search(member.organ) for member in first.members)
    help_text = _MORE_HELP if surplus else _ONCE_HELP if once else _LESS_HELP
    if suspects:
        help_text = _MEMBER_HELP.fill(names=named(suspects))
    hint = suspects or once or (surplus and not own_office)
    return Finding(
        first.cell.span,
        message,
        help_text,
        first.cell,
        tuple(Related(each.cell.span, _place(each), each.cell) for each in others),
        {"total": number(first.total)},
        at_most=Severity.INFO if hint else None,
    )


def _said(group: Sequence[Sum]) -> Text:
    first = group[0]
    values = {"place": first.cell.place, "count": len(first.members), "parts": first.written()}
    if len(group) == 1:
        return _ONE.fill(value=first.cell.text, total=number(first.total), apart=_apart(first), **values)
    shown = [_place(each) for each in group[:_MOST_SHOWN]]
    places = Text("；".join(each.zh for each in shown), "; ".join(each.en for each in shown))
    if len(group) > len(shown):
        places = _AND_MORE.fill(places=places)
    return _SEVERAL.fill(
        table=first.cell.table.place.partition(" ")[0], cells=len(group), places=places, **values
    )


def _place(each: Sum) -> Text:
    return _PLACE.fill(
        place=each.cell.place, value=each.cell.text, total=number(each.total), apart=_apart(each)
    )


def _apart(each: Sum) -> Text:
    template = _MORE if each.difference > 0 else _LESS
    return template.fill(difference=number(abs(each.difference)))
