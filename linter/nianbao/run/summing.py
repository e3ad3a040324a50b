"""Which reports of a round are summed up, each organ once, and why the others are not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from nianbao.report.form import Form
from nianbao.report.issuer import LEVELS
from nianbao.report.neighbour import Neighbour, Unread
from nianbao.report.organ_names import parted
from nianbao.report.total import Left, Total, sums_of
from nianbao.run.pairing import UNFILLED, Seen, Units, each_once, units_in
from nianbao.run.units import Roster, Unit
from nianbao.text.language import Text

_NAMELESS = Text("看不出是哪个机关的报告；标题写上机关的名称", "its organ is not named: name it in the title")
_NO_YEAR = Text("看不出是哪一年度的报告；标题写上年度", "its year is not stated: state it in the title")
_OTHER_YEAR = Text("是 {year} 年度的报告", "it is on {year}")
_OTHER_FORM = Text(
    "填的是 {form} 年的格式，别的多数是 {main} 年的，各格不同，不能相加",
    "it is on the form of {form} and most others on that of {main}, whose cells differ",
)
_NO_FORM = Text("看不出填的是哪一种格式", "which form it is on cannot be told")
_COPY = Text("与 {path} 内容相同，只计一次", "the same as {path}: counted once")
_STRANGER = Text("名册里没有它的机关", "its organ is not in the roster")
_ABOVE = Text("是上级机关自己的报告，不是各单位的", "the report of the organ above itself, not of one below")
_WITHIN = Text(
    "已经计在 {parent} 的报告里，不再计一次", "within the report of {parent}, not counted once more"
)
_ELSEWHERE = Text("不是 {organ} 的下级", "not below {organ}")
_MAYBE_ELSEWHERE = Text(
    "看不出是不是 {organ} 的下级；用 --roster 给出名册",
    "whether it is below {organ} cannot be told: give a roster by --roster",
)
_SEEMS_ABOVE = Text(
    "像是上级机关自己的报告；是的话加上 --of {organ}，不是的话用 --roster 给出名册",
    "it seems to be that of the organ above: if so give --of {organ}, if not a roster by --roster",
)
_NOT_REPORTED = Text("没有报送", "has not reported")
_MAYBE_UNREAD = Text(
    "没有报送，或者是没有读出来的那几份之一",
    "has not reported, unless it is one of those that could not be read",
)
_AMBIGUOUS = Text(
    "这个名称可能是几个机关的，分不清；标题写全称",
    "several organs may have this name: write the full name in the title",
)


class NothingToSumError(Exception):
    """None of the reports can be summed up; *left* says why."""

    def __init__(self, left: Sequence[Left]) -> None:
        super().__init__("nothing to sum up")
        self.left = tuple(left)


class UnknownOrganError(Exception):
    """The organ that is to be summed up for is no unit of the round."""


def total_of(
    seen: Iterable[Seen],
    forms: Sequence[Form],
    *,
    year: int | None = None,
    roster: Roster | None = None,
    organ: str = "",
) -> Total:
    """Return the sums of the reports *seen* on *year*, by default the year of most of them.

    Summed up are the units right below *organ*: by the *roster*, or else as their names and levels tell. By default it
    is the one unit that is above all others, and if there is none, the highest units are. Raises NothingToSumError,
    and UnknownOrganError for an *organ* that the roster has not.
    """
    return _Summing(seen, year, roster, organ).total(forms)


class _Summing:
    """The reports of a round, and those left out of their sum so far."""

    def __init__(self, seen: Iterable[Seen], year: int | None, roster: Roster | None, organ: str) -> None:
        self.left: list[Left] = []
        reports = []
        for each in seen:
            if isinstance(each, Unread):
                self._leave(each, each.reason)
            elif not each.organ:
                self._leave(each, _NAMELESS)
            else:
                reports.append(each)
        self.unread = bool(self.left)
        years = Counter(each.year for each in reports if each.year)
        self.year = year or max(years, key=lambda each: (years[each], each), default=None)
        self.roster = roster
        known = roster or Roster("", {unit.name: unit for unit in units_in(reports)})
        self.units = Units(known)
        self.by_unit: dict[str, list[Neighbour]] = {}
        self.tardy: set[str] = set()  # units with a report on another year, or one that is not filled in
        for each in reports:
            unit = self.units.unit(each)
            if unit is None:
                self._leave(each, _AMBIGUOUS if roster is None else _STRANGER)
            elif each.year != self.year:
                self._leave(each, _NO_YEAR if each.year is None else _OTHER_YEAR.fill(year=each.year))
                self.tardy.add(unit.name)
            elif each.unfilled:
                self._leave(each, UNFILLED)
                self.tardy.add(unit.name)
            else:
                self.by_unit.setdefault(unit.name, []).append(each)
        self.organ = self._named(organ) if organ else ""
        self.outside = organ  # one that has no report and is in no roster

    def _leave(self, report: Seen, reason: Text, *, harmless: bool = False) -> None:
        name = report.name if isinstance(report, Unread) else report.organ or report.path
        self.left.append(Left(name, report.path, reason, harmless))

    def _named(self, organ: str) -> str:
        """Return the unit called *organ*, "" if there is none. Raises UnknownOrganError for one not in the roster."""
        plain = "".join(organ.split())
        meant = [unit.name for unit in self.known.values() if plain == unit.name or plain in unit.short]
        if len(meant) != 1 and self.roster is not None:
            raise UnknownOrganError(organ)
        return meant[0] if len(meant) == 1 else ""

    @property
    def known(self) -> Mapping[str, Unit]:
        """All units by their names."""
        return self.units.roster.units

    @cached_property
    def tops(self) -> tuple[Unit, ...]:
        """The units that none is above."""
        return tuple(unit for unit in self.known.values() if unit.parent not in self.known)

    def root(self) -> Unit | None:
        """Return the unit that is summed up for: the one that is asked for, or that is above all others."""
        if self.outside:
            return self.known.get(self.organ)
        ranked = sorted(((self._rank(unit), unit.name) for unit in self.tops), reverse=True)
        if not ranked:
            return None
        alone = len(ranked) == 1 or ranked[0][0] > max(ranked[1][0], 0)
        first = self.known[ranked[0][1]]
        return first if alone and (len(ranked) > 1 or self.units.below(first)) else None

    def _rank(self, unit: Unit) -> int:
        """Return how high *unit* is; a department is not above a township. Its report tells if the roster does not."""
        level = unit.level or next((each.level for each in self.by_unit.get(unit.name, ())), None)
        return max(LEVELS.index(level) - 1, 0) if level is not None else -1

    def summed(self, root: Unit | None) -> dict[str, Unit]:
        """Return the units that are summed up, by their names."""
        if root is None:
            chosen = self.tops
        elif self.outside and self.roster is not None:
            chosen = tuple(self.units.below(root))
        else:
            beside = (unit for unit in self.tops if self._may_be_below(unit, root))
            chosen = (*self.units.below(root), *beside)
        return {unit.name: unit for unit in chosen}

    def _may_be_below(self, unit: Unit, root: Unit) -> bool:
        """Return whether *unit*, which nothing is said of, is below *root*: lower, and no department of another place."""
        if self._rank(unit) >= self._rank(root):
            return False
        return self.roster is not None or self._rank(unit) > 0 or not parted(unit.name)[0]

    def total(self, forms: Sequence[Form]) -> Total:
        """Return the sums. Raises NothingToSumError."""
        root = self.root()
        summed = self.summed(root)
        reports = [report for name in summed for report in self._of(name)]
        for name, found in self.by_unit.items():
            if name not in summed:
                self._leave_outside(name, found, root, summed)
        form = self._form(reports, forms)
        if form is None or self.year is None:
            raise NothingToSumError(self.left)
        units = tuple(report for report in reports if self._is_on(report, form))
        if not units:
            raise NothingToSumError(self.left)
        organ = root.name if root is not None else self.outside
        return Total(form, self.year, organ, units, sums_of(form, units), tuple(self.left))

    def _of(self, name: str) -> list[Neighbour]:
        """Return the report of the unit *name*, if there is one that can be counted."""
        found = self.by_unit.get(name, [])
        if not found:
            if self.roster is not None and name not in self.tardy:
                self.left.append(Left(name, "", _MAYBE_UNREAD if self.unread else _NOT_REPORTED))
            return []
        one = each_once(found)
        if isinstance(one, Unread):
            self._leave(one, one.reason)
            return []
        for copy in found:
            if copy is not one:
                self._leave(copy, _COPY.fill(path=one.path), harmless=True)
        return [one]

    def _leave_outside(
        self, name: str, found: Sequence[Neighbour], root: Unit | None, summed: Mapping[str, Unit]
    ) -> None:
        """Leave out the reports *found* of a unit that is not summed up."""
        above = self.known[name]
        while above.parent in self.known and above.name not in summed:
            above = self.known[above.parent]
        harmless = True
        if root is not None and name == root.name:
            harmless = bool(self.roster is not None or self.outside or self.units.below(root))
            reason = _ABOVE if harmless else _SEEMS_ABOVE.fill(organ=root.name)
        elif above.name in summed:
            reason = _WITHIN.fill(parent=above.name)
        else:
            harmless = self.roster is not None
            reason = (_ELSEWHERE if harmless else _MAYBE_ELSEWHERE).fill(
                organ=root.name if root else self.outside
            )
        for report in found:
            self._leave(report, reason, harmless=harmless)

    @staticmethod
    def _form(reports: Sequence[Neighbour], forms: Sequence[Form]) -> Form | None:
        """Return the form that most of *reports* are on, in doubt the latest; None if none of them is on any."""
        counts = Counter(report.form for report in reports)
        usable = [form for form in forms if form.tables and counts[form.name]]
        return max(usable, key=lambda form: (counts[form.name], form.first_year), default=None)

    def _is_on(self, report: Neighbour, form: Form) -> bool:
        if report.form == form.name:
            return True
        words = _OTHER_FORM.fill(form=report.form, main=form.name) if report.form else _NO_FORM
        self._leave(report, words)
        return False
