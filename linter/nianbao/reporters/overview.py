"""The reports of a run as lines of an overview: whose, on which year, and how each stands."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, Roll, Summary
from nianbao.engine.finding import OutcomeState, Severity
from nianbao.report.issuer import LEVEL_NAMES, Issuer
from nianbao.report.organ_names import parted
from nianbao.reporters.display import Display
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.language import Text

# What is concluded on a report, by a word for its style; the first that is true of it.
STANDINGS = {
    "unread": Text("没有读成", "not read"),
    "partial": Text("结论不全", "no full verdict"),
    "error": Text("有错误", "errors"),
    "warning": Text("有警告", "warnings"),
    "info": Text("有提示", "notes"),
    "differs": Text("报送了不同的几份", "several that differ"),
    "clean": Text("未发现问题", "nothing found"),
}
WITHOUT_VERDICT = ("unread", "partial")
ABSENT = Text("未报送与未读", "not handed in or read")
NOT_STATED = Text("未写明", "not stated")
_GOVERNMENT = ("人民政府", "政府")
_MISSING = Text("没有报送", "not handed in")
_OTHER_YEAR = Text("报送的是别的年度", "on another year")
_UNFILLED = Text("起了稿没有填写", "begun and not filled in")
_TWICE = Text("报送了内容不同的几份", "several that differ")
_STRANGER = Text("不是名册中的机关", "not in the roster")
_LEFT_OUT = Text("没有列为报告", "left out")
_ON_YEAR = Text("{year} 年度", "on {year}")
_NO_YEAR = Text("年度不明", "the year is not stated")
_STOPPED = Text("没有检查完", "not whole")


class Line(NamedTuple):
    """A report in the overview: its findings by severity, those suppressed, and how many rules could not judge.

    *path* is that of its file, *shown* the same for people. *place* is the place whose government is above the
    organ, or is the organ, as far as its name says.
    """

    path: str
    shown: str
    organ: str  # "" if the report does not name it
    above: str
    place: str
    level: str
    year: int | None
    standing: str
    findings: dict[str, int]
    suppressed: int
    unjudged: int
    report: bool  # not so for a file of waivers

    @property
    def name(self) -> str:
        """What to call it: its organ, else its file."""
        return self.organ or os.path.basename(self.shown)

    def parent(self, roll: Roll | None) -> str:
        """Return the organ above it, by the roster if it is there, "" if it is not known."""
        unit = roll.unit_of.get(self.path) if roll is not None else None
        return roll.above.get(unit, "") if roll is not None and unit is not None else self.above

    def region(self, roll: Roll | None) -> str:
        """Return the place of the government above it, or of itself if there is none, "" if it is not known."""
        parent = self.parent(roll)
        return parent.removesuffix("人民政府") if parent else self.place


class Region(NamedTuple):
    """The reports of a region: how many stand how, and their findings by severity."""

    name: str  # "" for those of whom it is not known
    standings: Counter[str]
    findings: Counter[str]

    @property
    def reports(self) -> int:
        """How many there are."""
        return self.standings.total()


class Absent(NamedTuple):
    """A report that is wanting or was not read, or a file that is none, and why."""

    name: str
    parent: str
    what: Text
    paths: tuple[str, ...] = ()
    reason: Text = Text("", "")


def line_of(checked: Checked, display: Display) -> Line:
    """Return the line of one file."""
    shown, verdict = display.shown(display.relative(checked.path)), checked.verdict
    if verdict is None:
        return Line(checked.path, shown, "", "", "", "", None, "unread", {}, 0, 0, not checked.on_waivers)
    report, found = verdict.report, Counter(each.severity.value for each in verdict.open)
    open_ = (OutcomeState.UNDETERMINED, OutcomeState.CRASHED)
    if not checked.on_waivers and not verdict.judged:
        standing = "partial"
    else:
        otherwise = "differs" if checked.differing else "clean"
        standing = next((each.value for each in Severity if found[each.value]), otherwise)
    issuer = Issuer("", None, None) if checked.on_waivers else report.issuer
    level = issuer.level and (issuer.level if display.language == "en" else LEVEL_NAMES[issuer.level])
    above, place = _place(issuer)
    return Line(
        checked.path,
        shown,
        display.shown(issuer.name),
        display.shown(above),
        display.shown(place),
        level or "",
        None if checked.on_waivers else report.year,
        standing,
        dict(found),
        len(verdict.diagnostics) - found.total(),
        sum(outcome.state in open_ for outcome in verdict.outcomes),
        not checked.on_waivers,
    )


def _place(issuer: Issuer) -> tuple[str, str]:
    """Return the place whose government is above the organ, and the one that it belongs to or governs."""
    places, rest = parted(issuer.name.replace(" ", ""))
    if rest.startswith(_GOVERNMENT):
        return "".join(places[:-1]), "".join(places)
    own = "".join(places)
    return own, own or (issuer.name if issuer.level in ("county", "city", "province") else "")


def regions(lines: Iterable[Line], roll: Roll | None) -> list[Region]:
    """Return the regions of *lines*, those with the most errors first, then those with the most warnings."""
    found: dict[str, Region] = {}
    for line in lines:
        if line.report:
            name = line.region(roll)
            region = found.setdefault(name, Region(name, Counter(), Counter()))
            region.standings[line.standing] += 1
            region.findings.update(line.findings)
    return sorted(found.values(), key=_worst)


def _worst(region: Region) -> tuple[object, ...]:
    return (not region.name, *(-region.findings[each.value] for each in Severity), region.name)


def by_roster(lines: Iterable[Line], roll: Roll | None) -> Iterator[Absent]:
    """Yield who has not reported, on another year or several times, and whose reports nobody in the roster is."""
    if roll is None:
        return
    for name in roll.missing:
        yield Absent(name, roll.above.get(name, ""), _MISSING)
    for name, path, year in roll.other_year:
        reason = _ON_YEAR.fill(year=year) if year else _NO_YEAR
        yield Absent(name, roll.above.get(name, ""), _OTHER_YEAR, (path,), reason)
    for name, path in roll.unfilled:
        yield Absent(name, roll.above.get(name, ""), _UNFILLED, (path,))
    for name, paths in roll.twice:
        yield Absent(name, roll.above.get(name, ""), _TWICE, paths)
    strangers = frozenset(roll.strangers)
    for line in lines:
        if line.path in strangers:
            yield Absent(line.name, line.parent(roll), _STRANGER, (line.path,))


def why_not(checked: Checked) -> Text:
    """Return why *checked* has no verdict, or none in full; no words if it has one."""
    lack = checked.verdict.lack if checked.verdict is not None and not checked.on_waivers else None
    return checked.error or (lack.text if lack is not None else Text("", ""))


def absent(lines: Sequence[Line], reasons: Mapping[str, Text], summary: Summary) -> Iterator[Absent]:
    """Yield who is wanting by the roster, what was not read, each with its reason by its path, and what was left out."""
    for words in not_whole(summary):
        yield Absent("", "", _STOPPED, (), words)
    yield from by_roster(lines, summary.roll)
    for line in lines:
        if line.standing in WITHOUT_VERDICT:
            reason = reasons[line.path]
            yield Absent(line.name, line.parent(summary.roll), STANDINGS[line.standing], (line.path,), reason)
    for file in summary.left_out:
        yield Absent("", "", _LEFT_OUT, (file.name,), file.reason.text)
