"""Which report is that of the same organ on the year before, and which are those of the organs below.

By organ and year, never by the names of files. What is not certain is not taken for certain: two organs with one short
name, two reports of one organ and year that differ.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from nianbao_grammar.records import NamedTuple

from nianbao.report.issuer import LEVELS, Level, infer
from nianbao.report.neighbour import Neighbour, Neighbours, Siblings, Unread, siblings_of
from nianbao.report.organ_names import organ_names
from nianbao.run.units import Roster, Unit
from nianbao.text.language import Text

Seen = Neighbour | Unread

_NOT_REPORTED = Text("没有它的报告", "there is no report of it")
UNFILLED = Text("报告起了稿，没有填写", "its report was begun, and not filled in")
_ONLY_ON = Text(
    "没有它这一年度的报告，只有 {year} 年度的", "there is no report of it on this year, only on {year}"
)
_OTHER_YEAR = Text("报送的是 {year} 年度的报告", "its report is on {year}")
_NO_YEAR = Text("看不出是哪一年度的报告", "the year that it reports on is not stated")
_DIFFER = Text(
    "同一机关、同一年度的报告有 {count} 份，内容不同：{paths}；留一份",
    "{count} reports of this organ and year, which differ: {paths}; keep one",
)
_AMBIGUOUS = Text(
    "这个名称可能是几个机关的，分不清：{names}；标题写全称，或者在名册中写明简称",
    "several organs may have this name: {names}; write the full name in the title, or the short names in the roster",
)
_OTHER = Text(
    "给出的是{organ}的报告（{year} 年度），不是本机关 {before} 年度的",
    "what is given is the report of {organ} on {year}, not this organ's on {before}",
)
_NAMELESS = Text("看不出名称的机关", "an organ that is not named")
_NOT_KNOWN = Text("不明", "an unknown year")
_NO_ORGAN = Text("看不出是哪个机关的报告", "its organ is not named")
_NOT_BEFORE = Text("原来的报告中没有它的", "there is none of it among the reports before")
_NOT_NOW = Text("现在的报告中没有它的", "there is none of it among the reports now")
_BUT_ON = Text(
    "{said}这一年度的，只有 {year} 年度的（{path}）", "{said} on this year, only on {year} ({path})"
)
_MOST_NAMED = 3


class Party(NamedTuple):
    """A report of the run, and what it is to be compared with beside the run: *previous*, *members*, the *roster*."""

    seen: Seen
    previous: tuple[Seen, ...] = ()
    members: tuple[Seen, ...] = ()
    roster: Roster | None = None
    group: object = None  # the same for the reports that one file of settings is about


class Pool:
    """Reports among which that of an organ and a year is looked for."""

    def __init__(self, reports: Iterable[Neighbour]) -> None:
        self.reports = tuple(each.report for each in dict.fromkeys(map(_Same, reports)))
        self._by_organ: dict[tuple[str, int | None], list[Neighbour]] = {}
        self._by_name: dict[tuple[str, int | None], set[str]] = {}  # the organs that are known by a name
        for report in self.reports:
            self._by_organ.setdefault((_plain(report.organ), report.year), []).append(report)
            for name in {_plain(report.organ), *report.names}:
                self._by_name.setdefault((name, report.year), set()).add(_plain(report.organ))

    def of(self, organ: str, names: Iterable[str], year: int | None) -> list[Neighbour]:
        """Return the reports on *year* of the one organ that is *organ*, by its full name or else by a short one.

        Raises AmbiguousError.
        """
        if not organ:
            return []
        exact = self._by_organ.get((organ, year), [])
        if exact:
            return exact
        organs = set(self._by_name.get((organ, year), ()))
        organs.update(name for name in names if (name, year) in self._by_organ)
        if len(organs) > 1:
            raise AmbiguousError(organs)
        return [each for name in organs for each in self._by_organ[name, year]]

    def known_as(self, name: str, year: int | None) -> set[str]:
        """Return the organs with a report on *year* that are known by *name*."""
        return self._by_name.get((name, year), set())


class AmbiguousError(Exception):
    """More than one organ has the name."""

    def __init__(self, organs: Iterable[str]) -> None:
        names = sorted(organs)
        super().__init__(", ".join(names))
        more = len(names) > _MOST_NAMED
        self.reason = _AMBIGUOUS.fill(names="、".join(names[:_MOST_NAMED]) + ("等" if more else ""))


class _Same:
    """A report, equal to another of the same content in another file."""

    def __init__(self, report: Neighbour) -> None:
        self.report = report
        self._content = (
            report.organ,
            report.year,
            report.packed,
            report.masked,
            *map(tuple, report.tables.items()),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._content == other._content

    def __hash__(self) -> int:
        return hash((self.report.organ, self.report.year, self.report.masked))


def _plain(organ: str) -> str:
    return "".join(organ.split())


def _is_of(own: str, organ: str) -> bool:
    """Return whether *organ* is the government *own* itself, or what reports for it alone: 本级, its office."""
    place = own.removesuffix("政府").removesuffix("人民")
    named = _plain(organ)
    return named == own or (named.startswith(place) and ("政府办公" in named or "本级" in named))


def acquainted(parties: Sequence[Party], *, siblings: bool = True) -> dict[str, Neighbours]:
    """Return what each report of *parties* knows of the others, by its path; *siblings* only if asked for.

    One that could not be read knows of none.
    """
    whole = _Whole(parties)
    beside = whole.siblings if siblings else {}
    known = {}
    for party in parties:
        report = party.seen
        if isinstance(report, Neighbour):
            known[report.path] = Neighbours(
                report, whole.previous(party), whole.members(party), beside.get(report.path)
            )
    return known


class _Whole:
    """All reports of a run."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self.reports = [party.seen for party in parties if isinstance(party.seen, Neighbour)]
        self._pools: dict[int, Pool] = {}  # by what was given as last year's, which many have in common
        self._inside: dict[int, frozenset[str]] = {}  # the paths of members that settings name
        self._units: dict[str, Units] = {}

    # -- the year before ---------------------------------------------------------------------------------------

    def previous(self, party: Party) -> Seen | None:
        """Return the report of the same organ on the year before, None if there is none."""
        report, given = party.seen, party.previous
        if isinstance(report, Unread) or report.year is None:
            return None
        pool, before = self._pool(given), report.year - 1
        units = self._units_of(party)
        unit = units.unit(report) if units is not None else None
        try:
            found = units.reports(unit, before, pool) if units and unit else _before(report, before, pool)
        except AmbiguousError as error:
            return Unread("", error.reason, report.organ, before)
        found = _same_level(report, found)
        if found:
            return _filled(found)
        return _instead(report, given, alone=len(self.parties) == 1)

    def _pool(self, given: tuple[Seen, ...]) -> Pool:
        if id(given) not in self._pools:
            self._pools[id(given)] = Pool([*self.reports, *_read(given)])
        return self._pools[id(given)]

    # -- the organs below --------------------------------------------------------------------------------------

    def members(self, party: Party) -> tuple[Seen, ...] | None:
        """Return the reports of the organs below, None if nothing says which these are.

        They are those that the settings name, if it is clear that it is this report that sums them up, else those of
        the units below it in the roster.
        """
        report = party.seen
        if isinstance(report, Unread):
            return None
        if party.members:
            return self._named(party, report) if self._sums_up(party, report) else None
        units = self._units_of(party)
        unit = units.unit(report) if units is not None else None
        if units is None or unit is None or not (below := units.below(unit)):
            return None
        pool = self._pool(party.previous)
        found = tuple(_reported(each, units, report.year, pool) for each in below)
        return found if any(_read(found)) else None  # else none of them was handed in with it

    def _named(self, party: Party, report: Neighbour) -> tuple[Seen, ...]:
        """Return the reports that the settings name, without those of the organ itself, each organ once."""
        own = _plain(report.organ)
        others = [
            each for each in party.members if not isinstance(each, Neighbour) or _plain(each.organ) != own
        ]
        by_organ: dict[object, list[Neighbour]] = {}
        found: list[Seen] = []
        for each in others:
            if isinstance(each, Unread):
                found.append(each)
            elif each.year != report.year:
                year = _NO_YEAR if each.year is None else _OTHER_YEAR.fill(year=each.year)
                found.append(Unread(each.path, year, each.organ, each.year, each.level))
            else:
                by_organ.setdefault(_plain(each.organ) or each.path, []).append(each)
        return (*map(_filled, by_organ.values()), *found)

    def _sums_up(self, party: Party, report: Neighbour) -> bool:
        """Return whether *report* is the one that sums up the members which its settings name.

        It is that of the one government above all of them: a department beside it counts for itself alone, and its own
        office, which stands on its level, is not above it.
        """
        if id(party.members) not in self._inside:
            self._inside[id(party.members)] = frozenset(each.path for each in party.members)
        if report.path in self._inside[id(party.members)]:
            return False
        own = _plain(report.organ)
        top = max(
            (_rank(each.level) for each in _read(party.members) if not _is_of(own, each.organ)), default=0
        )
        governments = self._governments[party.group, report.year]
        above = {organ for organ, level in governments if _rank(level) > top}
        return own in above and all(_is_of(own, organ) for organ in above)

    @cached_property
    def _governments(self) -> dict[tuple[object, int | None], set[tuple[str, Level | None]]]:
        """The governments, each with its level, that the reports by one file of settings are of, by year."""
        found: dict[tuple[object, int | None], set[tuple[str, Level | None]]] = {}
        for party in self.parties:
            report = party.seen
            if isinstance(report, Neighbour):
                group = found.setdefault((party.group, report.year), set())
                if infer(report.organ).government:
                    group.add((_plain(report.organ), report.level))
        return found

    def _units_of(self, party: Party) -> "Units | None":
        if party.roster is None:
            return None
        if party.roster.path not in self._units:
            self._units[party.roster.path] = Units(party.roster)
        return self._units[party.roster.path]

    # -- beside it -----------------------------------------------------------------------------------------------

    @cached_property
    def siblings(self) -> dict[str, Siblings]:
        """The reports of the same parent by the roster, else of the same level, each on the same year; by path."""
        groups: dict[object, list[Neighbour]] = {}
        for party in self.parties:
            report = party.seen
            if not isinstance(report, Neighbour) or report.year is None or report.unfilled:
                continue
            units = self._units_of(party)
            unit = units.unit(report) if units is not None else None
            if unit is not None and unit.parent:
                groups.setdefault((party.roster and party.roster.path, unit.parent, report.year), []).append(
                    report
                )
            elif report.level is not None:
                groups.setdefault((report.level, report.year), []).append(report)
        found: dict[str, Siblings] = {}
        for group in groups.values():
            if len(group) > 1:
                made = siblings_of(group, partial(_organ_in, _fullest(group)))
                found.update((report.path, made) for report in group)
        return found


def _before(report: Neighbour, before: int | None, pool: Pool) -> Sequence[Neighbour]:
    """Return the reports of the organ of *report* on the year *before*, found by its names. Raises AmbiguousError."""
    found = pool.of(_plain(report.organ), report.names, before)
    for other in {_plain(each.organ) for each in found} - {_plain(report.organ)}:
        rivals = pool.known_as(other, report.year)
        if len(rivals) > 1:
            raise AmbiguousError(rivals)
    return found


class Units:
    """The units of a *roster*, found by what a report calls its organ."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._names: dict[str, set[str]] = {}
        self._below: dict[str, list[Unit]] = {}
        self._reports: dict[int, dict[str, dict[int | None, list[Neighbour]]]] = {}  # by pool, unit and year
        for unit in roster.units.values():
            self._below.setdefault(unit.parent, []).append(unit)
            for name in {*unit.short, *organ_names(unit.name).proper}:
                self._names.setdefault(name, set()).add(unit.name)

    def below(self, unit: Unit) -> Sequence[Unit]:
        """Return the units whose parent is *unit*."""
        return self._below.get(unit.name, ())

    def unit(self, report: Neighbour) -> Unit | None:
        """Return the unit that *report* is of, None if there is none or several may be meant."""
        organ = _plain(report.organ)
        if organ in self.roster.units:
            return self.roster.units[organ]
        meant = set(self._names.get(organ, ()))
        meant.update(name for name in report.names if name in self.roster.units)
        units = [self.roster.units[name] for name in meant]
        units = [unit for unit in units if None in (unit.level, report.level) or unit.level == report.level]
        return units[0] if len(units) == 1 else None

    def reports(self, unit: Unit, year: int | None, pool: Pool) -> Sequence[Neighbour]:
        """Return the reports of *unit* on *year* in *pool*."""
        return self._by_year(unit, pool).get(year, ())

    def years(self, unit: Unit, pool: Pool) -> Iterable[int | None]:
        """Return the years that *unit* has reports on in *pool*."""
        return self._by_year(unit, pool)

    def _by_year(self, unit: Unit, pool: Pool) -> Mapping[int | None, Sequence[Neighbour]]:
        if id(pool) not in self._reports:
            found = self._reports[id(pool)] = {}
            for report in pool.reports:
                of = self.unit(report)
                if of is not None:
                    found.setdefault(of.name, {}).setdefault(report.year, []).append(report)
        return self._reports[id(pool)].get(unit.name, {})


def _reported(unit: Unit, units: Units, year: int | None, pool: Pool) -> Seen:
    """Return the report of *unit* on *year*, or that there is none."""
    found = units.reports(unit, year, pool)
    if found:
        return _filled(found)
    others = sorted(each for each in units.years(unit, pool) if each is not None)
    reason = _ONLY_ON.fill(year=others[-1]) if others else _NOT_REPORTED
    return Unread("", reason, unit.name, year, unit.level)


def _read(reports: Iterable[Seen]) -> Iterator[Neighbour]:
    return (each for each in reports if isinstance(each, Neighbour))


def _rank(level: Level | None) -> int:
    """Return how high *level* is, -1 if it is not known; a department is not above a township."""
    return max(LEVELS.index(level) - 1, 0) if level is not None else -1


def _one(found: Sequence[Neighbour]) -> Seen:
    """Return the one report that all of *found* are, or that they differ."""
    first = found[0]
    if len({_Same(each) for each in found}) == 1:
        return first
    paths = [each.path for each in found]
    shown = "、".join(paths[:_MOST_NAMED]) + ("等" if len(paths) > _MOST_NAMED else "")
    reason = _DIFFER.fill(count=len(paths), paths=shown)
    return Unread(first.path, reason, first.organ, first.year, first.level)


def _filled(found: Sequence[Neighbour]) -> Seen:
    """Return the one report that those of *found* are which are filled in, or why it cannot be said what is in it."""
    filled = [each for each in found if not each.unfilled]
    first = found[0]
    return _one(filled) if filled else Unread(first.path, UNFILLED, first.organ, first.year, first.level)


def _instead(report: Neighbour, given: Sequence[Seen], *, alone: bool) -> Unread | None:
    """Return why none of the reports that were *given* as last year's is that of *report*, if that can be said.

    One that was given for a report *alone* was meant to be.
    """
    assert report.year is not None
    unread = [each for each in given if isinstance(each, Unread)]
    if unread:
        first = unread[0]
        return Unread(first.path, first.reason, report.organ, report.year - 1)
    if not alone or len(given) != 1 or not isinstance(given[0], Neighbour):
        return None
    other = given[0]
    words = _OTHER.fill(organ=other.organ or _NAMELESS, year=other.year or _NOT_KNOWN, before=report.year - 1)
    return Unread(other.path, words, report.organ, report.year - 1)


# -- before and now ------------------------------------------------------------------------------------------


def paired(old: Sequence[Seen], new: Sequence[Seen]) -> list[tuple[Seen, Seen]]:
    """Return each report of *new* with that of the same organ and year in *old*, then those of *old* that are left.

    Where there is no counterpart, or it is not clear which it is, the reason stands in its place. One that names no
    organ is known by its sentences; if there is one report on each side and of one organ, whatever its year.
    """
    before, now = Pool(_read(old)), Pool(_read(new))
    groups = list(_by_organ_and_year(now.reports))
    earlier = [_counterpart(same[0], before, now, _NOT_BEFORE) for same in groups]
    taken = {(_plain(was.organ), was.year) for was in earlier if was.organ}
    rest = [
        each
        for each in _by_organ_and_year(before.reports)
        if (_plain(each[0].organ), each[0].year) not in taken
    ]
    alike = _alike(
        [same[0] for same in rest if len(same) == 1],
        [
            same[0]
            for same, was in zip(groups, earlier, strict=True)
            if isinstance(was, Unread) and len(same) == 1
        ],
    )
    if len(old) == len(new) == len(before.reports) == len(now.reports) == 1:
        was, report = before.reports[0], now.reports[0]
        if not isinstance(earlier[0], Neighbour) and _may_be_one(was, report):
            alike = {report.path: was}
    found: list[tuple[Seen, Seen]] = [
        (alike.get(same[0].path, was), _one(same)) for same, was in zip(groups, earlier, strict=True)
    ]
    found += [(Unread("", each.reason), each) for each in new if isinstance(each, Unread)]
    known = {was.path for was in alike.values()}
    found += [
        (_one(same), _counterpart(same[0], now, before, _NOT_NOW))
        for same in rest
        if same[0].path not in known
    ]
    found += [(each, Unread("", each.reason)) for each in old if isinstance(each, Unread)]
    return found


def _alike(old: Sequence[Neighbour], new: Sequence[Neighbour]) -> dict[str, Neighbour]:
    """Return for reports of *new*, by path, the one of *old* that has most of its sentences, word for word.

    One of the two names no organ, for else they are of two; what several may be is none.
    """
    having: dict[str, list[int]] = {}
    for at, report in enumerate(old):
        for text in {sentence.text for sentence in report.sentences}:
            having.setdefault(text, []).append(at)
    found: dict[str, Neighbour] = {}
    for report in new:
        texts = {sentence.text for sentence in report.sentences}
        places = (having.get(text, ()) for text in texts)
        counts = Counter(at for each in places if len(each) <= _MOST_NAMED for at in each)
        (best, most), (_, second) = (*counts.most_common(2), (0, 0), (0, 0))[:2]
        if 2 * most < len(texts) or 2 * second >= most:
            continue
        was = old[best]
        if not (report.organ and was.organ) and (None in (report.year, was.year) or report.year == was.year):
            found[report.path] = was
    times = Counter(was.path for was in found.values())
    return {path: was for path, was in found.items() if times[was.path] == 1}


def _by_organ_and_year(reports: Iterable[Neighbour]) -> Iterable[list[Neighbour]]:
    """Return *reports*, those of one organ and year together; one that names no organ stands alone."""
    groups: dict[tuple[str, object], list[Neighbour]] = {}
    for report in reports:
        groups.setdefault((_plain(report.organ), report.year if report.organ else report.path), []).append(
            report
        )
    return groups.values()


def _counterpart(report: Neighbour, others: Pool, own: Pool, none: Text) -> Seen:
    """Return the report of the organ and year of *report* in *others*, or why there is *none*.

    *own* is the pool that it is from.
    """
    if not report.organ:
        return Unread("", _NO_ORGAN, "", report.year)
    try:
        found = _same_level(report, _before(report, report.year, others))
        for other in {_plain(each.organ) for each in found} - {_plain(report.organ)}:
            rivals = own.known_as(other, report.year)
            if len(rivals) > 1:
                raise AmbiguousError(rivals)
    except AmbiguousError as error:
        return Unread("", error.reason, report.organ, report.year)
    return _one(found) if found else _none(report, others, none)


def _none(report: Neighbour, others: Pool, said: Text) -> Unread:
    """Return that there is no counterpart of *report* in *others*, and on which year there is one."""
    near = [
        each
        for each in others.reports
        if _plain(each.organ) == _plain(report.organ) and each.year != report.year
    ]
    if near:
        said = _BUT_ON.fill(said=said, year=near[0].year or _NOT_KNOWN, path=near[0].path)
    return Unread("", said, report.organ, report.year)


def _may_be_one(one: Neighbour, other: Neighbour) -> bool:
    """Return whether two reports may be of one organ: one is not named, or they have a name in common."""
    names = ({_plain(each.organ), *each.names} for each in (one, other))
    return not one.organ or not other.organ or not set.isdisjoint(*names)


def _same_level(report: Neighbour, found: Sequence[Neighbour]) -> list[Neighbour]:
    return [each for each in found if None in (each.level, report.level) or each.level == report.level]


# -- the units that there are ------------------------------------------------------------------------------------


def units_in(reports: Iterable[Neighbour]) -> tuple[Unit, ...]:
    """Return the organs of *reports* as units, each once by its fullest name, with its shorter ones.

    The parent of a unit is given if its name begins with the place of one government among them.
    """
    by_organ: dict[str, Neighbour] = {}
    for report in reports:
        by_organ.setdefault(_plain(report.organ), report)
    short: dict[str, list[str]] = {}
    for organ, fullest in _fullest(by_organ.values()).items():
        short.setdefault(fullest, []).extend([organ] if organ != fullest else [])
    governments = {
        name: organ
        for organ in short
        if by_organ[organ].level in ("county", "city", "province")
        for name in by_organ[organ].names
        if name != organ
    }
    return tuple(
        Unit(organ, by_organ[organ].level, _above(organ, governments), tuple(short[organ]))
        for organ in by_organ
        if organ in short
    )


def _fullest(reports: Iterable[Neighbour]) -> dict[str, str]:
    """Return for each organ of *reports* the fullest name that it goes by in one of them.

    Of two organs that it may be it is neither.
    """
    by_organ = {_plain(report.organ): report for report in reports}
    known_as: dict[str, set[str]] = {}
    for organ, report in by_organ.items():
        for name in report.names:
            known_as.setdefault(name, set()).add(organ)
    fullest: dict[str, str] = {}
    for organ in sorted(by_organ, key=len, reverse=True):
        fuller = {fullest[other] for other in known_as.get(organ, ()) if len(other) > len(organ)}
        fullest[organ] = fuller.pop() if len(fuller) == 1 else organ
    return {organ: fullest[organ] for organ in by_organ}


def _organ_in(fullest: Mapping[str, str], report: Neighbour) -> str:
    return fullest[_plain(report.organ)] or report.path


def _above(organ: str, governments: Mapping[str, str]) -> str:
    """Return the government by the longest name of whose place *organ* begins, "" for none."""
    heads = (organ[:length] for length in range(len(organ) - 1, 1, -1))
    return next((governments[head] for head in heads if governments.get(head, organ) != organ), "")


def each_once(reports: Iterable[Neighbour]) -> Seen:
    """Return the one report that *reports*, which are of one organ and year, all are, or that they differ."""
    return _one(tuple(reports))
