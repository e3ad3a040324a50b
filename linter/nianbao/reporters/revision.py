"""A report and its correction side by side: the findings corrected, left and new, and what else has changed."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked
from nianbao.engine.finding import Diagnostic, OutcomeState
from nianbao.engine.notices import NOTICES
from nianbao.engine.verdict import Lack
from nianbao.report.equations import number
from nianbao.report.neighbour import Neighbour, Unread
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.report.table import Cell, Figure, State
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry, entries
from nianbao.text.language import Text

if TYPE_CHECKING:
    from nianbao.text.source import Span

# The outcomes after which a finding that is gone is corrected; one on other reports needs a verdict on them.
_ENDED = (OutcomeState.PASSED, OutcomeState.FAILED, OutcomeState.NOT_APPLICABLE)
_NO_REPORT = Text("看不出是年度报告", "it is not recognised as an annual report")
_EMPTY = Text("空", "empty")


class Told(NamedTuple):
    """A finding as a row, the cell that it is on, "" for none, and all cells that it speaks of, by address."""

    entry: Entry
    cell: str
    cells: frozenset[str]


class Side(NamedTuple):
    """A report as it stands on one side, in plain values.

    *lack* is what there is no full verdict for; *ended* are the rules that came to an end, *applied* those that passed
    or failed. *places* are the places of its cells in words, by address, and *sums* has for each cell with a sum the
    cells that this is made of, in one way or several.
    """

    seen: Neighbour | Unread
    told: tuple[Told, ...] = ()
    lack: Lack | None = None
    ended: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    places: Mapping[str, str] = {}
    sums: Mapping[str, tuple[tuple[str, ...], ...]] = {}


class Sides:
    """The part of a reporter on one side: nothing is written before both sides are known."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def part(self, checked: Checked) -> Side | None:
        """Return what is compared of *checked*, None for a file of waivers."""
        if checked.on_waivers:
            return None
        verdict = checked.verdict
        if verdict is None:
            assert checked.error is not None
            return Side(Unread(checked.path, checked.error))
        report = verdict.report
        seen: Neighbour | Unread = neighbour_of(report, checked.path)
        if not report.recognised:
            seen = Unread(checked.path, _NO_REPORT)
        asked = _Asked(report)
        rows = zip(verdict.diagnostics, entries(checked, self.display), strict=True)
        states = [(outcome.code, outcome.state) for outcome in verdict.outcomes]
        return Side(
            seen,
            tuple(Told(entry, asked.on(found), frozenset(asked.cells(found))) for found, entry in rows),
            verdict.lack,
            frozenset(code for code, state in states if state in _ENDED),
            frozenset(code for code, state in states if state in _ENDED[:2]),
            {cell.address: self.display.shown(cell.place) for cell in asked.all},
            _sums(report),
        )


class _Asked:
    """The cells of a report, and which of them a finding speaks of."""

    def __init__(self, report: Report) -> None:
        cells = (cell for table in report.tables.values() for cell in table.cells)
        self.all = sorted(cells, key=lambda cell: cell.span)
        self._ends = [cell.span.end for cell in self.all]

    @staticmethod
    def on(diagnostic: Diagnostic) -> str:
        """Return the address of the cell that the finding is on, "" for none."""
        return diagnostic.finding.cell.address if diagnostic.finding.cell is not None else ""

    def cells(self, diagnostic: Diagnostic) -> Iterator[str]:
        """Yield the addresses of the cells that it names, and of those in the places that it names."""
        finding = diagnostic.finding
        places: list[tuple[Span, Cell | None]] = [(finding.span, finding.cell)]
        places += [(related.span, related.cell) for related in finding.related]
        for span, cell in places:
            if cell is not None:
                yield cell.address
                continue
            for at in range(bisect_left(self._ends, span.start + 1), len(self.all)):
                if self.all[at].span.start >= span.end:
                    break
                yield self.all[at].address


def _sums(report: Report) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return for each cell with a sum the cells that it is made of, in one way or several."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for key in report.tables:
        for equation in report.equations(key):
            for one, others in ((equation.left, equation.right), (equation.right, equation.left)):
                if len(one) == 1 < len(others):
                    found.setdefault(one[0].address, []).append(tuple(other.address for other in others))
    return {address: tuple(ways) for address, ways in found.items()}


class Change(NamedTuple):
    """A figure that is another now: the place of its cell in words, and what it was and is."""

    place: str
    before: str
    after: str


class Left(NamedTuple):
    """A finding that is still there; *before* are the words that it was on if they are others now, else ""."""

    entry: Entry
    before: str = ""


class Revision(NamedTuple):
    """The report of an organ on a year, before and now: *old* and *new* are the paths, "" for none.

    *reason* says why the two could not be compared. *unsettled* are findings of which it is not known whether they are
    corrected, for their rule came to no conclusion; *explained* are those that a waiver or a comment answers for.
    *silent* are changed figures that no finding spoke of, *following* counts the sums that had to follow these, and
    *changed* counts all. *sentences* counts those of the prose that are others now. *lack* is what there is no full
    verdict on the new report for.
    """

    organ: str
    year: int | None
    old: str = ""
    new: str = ""
    reason: Text | None = None
    note: Text | None = None
    corrected: tuple[Entry, ...] = ()
    left: tuple[Left, ...] = ()
    fresh: tuple[Entry, ...] = ()
    explained: tuple[Entry, ...] = ()
    unsettled: tuple[Entry, ...] = ()
    changed: int = 0
    silent: tuple[Change, ...] = ()
    following: int = 0
    sentences: int = 0
    lack: Lack | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left and nothing new."""
        return not self.left and not self.fresh

    @property
    def known(self) -> bool:
        """Whether all could be judged."""
        return self.reason is None and self.lack is None and not self.unsettled


class Totals(NamedTuple):
    """All units of a comparison in figures."""

    units: int
    compared: int
    done: int  # those with nothing left, nothing new and all judged
    corrected: int
    left: int
    fresh: int
    explained: int
    unsettled: int
    silent: int
    known: bool


def totals(revisions: Sequence[Revision]) -> Totals:
    """Return the figures of *revisions*."""
    return Totals(
        len(revisions),
        sum(each.reason is None for each in revisions),
        sum(each.done and each.known for each in revisions),
        sum(len(each.corrected) for each in revisions),
        sum(len(each.left) for each in revisions),
        sum(len(each.fresh) for each in revisions),
        sum(len(each.explained) for each in revisions),
        sum(len(each.unsettled) for each in revisions),
        sum(len(each.silent) for each in revisions),
        bool(revisions) and all(each.known for each in revisions),
    )


class Comparing(NamedTuple):
    """What the rules that compare reports look beside, by code; *complete* if all reports of the round are there."""

    beside: Mapping[str, Sequence[str]]
    complete: bool

    def settled(self, code: str, side: Side) -> bool:
        """Return whether a finding of rule *code* that is not in *side* is gone because it was corrected.

        A rule that compares with reports that are no longer there says nothing.
        """
        if code in NOTICES:
            return True
        others = self.beside.get(code, ())
        if not others:
            return code in side.ended
        return code in side.applied and (self.complete or not {"siblings", "members"} & set(others))


def revision(
    old: Side, new: Side, comparing: Comparing, display: Display, note: Text | None = None
) -> Revision:
    """Return the comparison of two reports that were read."""
    was, now = old.seen, new.seen
    assert isinstance(was, Neighbour)
    assert isinstance(now, Neighbour)
    before = {told.entry.fingerprint: told for told in old.told}
    present = {told.entry.fingerprint for told in new.told}
    gone = [told for key, told in before.items() if key not in present and told.entry.suppressed is None]
    left: dict[str, Left] = {}
    fresh = []
    # A figure that was changed and is still wrong has other words: its finding is the same.
    on_cell = {(told.entry.code, told.cell): told for told in reversed(gone) if told.cell}
    for told in new.told:
        entry = told.entry
        if entry.suppressed is not None:
            continue
        same = on_cell.pop((entry.code, told.cell), None) if entry.fingerprint not in before else None
        if entry.fingerprint in before:
            left[entry.fingerprint] = Left(entry)
        elif same is not None:
            left[entry.fingerprint] = Left(entry, same.entry.words)
            gone.remove(same)
        else:
            fresh.append(entry)
    changed = dict(_changed(was, now))
    asked = _with_sums({cell for told in old.told for cell in told.cells} & set(changed), changed, new.sums)
    following = _following(changed, new.sums) - asked
    silent = [
        Change(
            new.places.get(address) or old.places.get(address, address),
            *(_shown(each, display) for each in figures),
        )
        for address, figures in changed.items()
        if address not in asked | following
    ]
    return Revision(
        display.shown(now.organ),
        now.year,
        was.path,
        now.path,
        None,
        note,
        tuple(told.entry for told in gone if comparing.settled(told.entry.code, new)),
        tuple(left.values()),
        tuple(fresh),
        tuple(told.entry for told in new.told if told.entry.suppressed is not None),
        tuple(told.entry for told in gone if not comparing.settled(told.entry.code, new)),
        len(changed),
        tuple(silent),
        len(following),
        _sentences(was, now),
        new.lack,
    )


def _changed(old: Neighbour, new: Neighbour) -> Iterator[tuple[str, tuple[Figure, Figure]]]:
    """Yield the cells, by address, that have another figure in *new* than in *old*, with both.

    What could not be read is not compared: that is told by a finding, or by a rule that could not judge.
    """
    for address in new.addresses():
        was, now = old.figure(address), new.figure(address)
        if was is None or now is None or (was.state, was.value) == (now.state, now.value):
            continue
        if {was.state, now.state} <= {State.NUMBER, State.BLANK}:
            yield address, (was, now)


def _shown(figure: Figure, display: Display) -> str:
    return display.say(_EMPTY) if figure.value is None else number(figure.value) + figure.unit


_Sums = Mapping[str, tuple[tuple[str, ...], ...]]
_Changed = Mapping[str, tuple[Figure, Figure]]


def _with_sums(asked: set[str], changed: _Changed, sums: _Sums) -> set[str]:
    """Return the changed cells that were *asked* for, and the *changed* sums that one of them is in."""
    further = {
        address
        for address, ways in sums.items()
        if address in changed and address not in asked and any(not asked.isdisjoint(way) for way in ways)
    }
    return _with_sums(asked | further, changed, sums) if further else asked


def _following(changed: _Changed, sums: _Sums) -> set[str]:
    """Return the *changed* sums that differ by as much as their parts together."""
    by = {address: (now.value or 0) - (was.value or 0) for address, (was, now) in changed.items()}
    return {
        address
        for address, ways in sums.items()
        if address in by and any(by[address] == sum(by.get(part, Decimal(0)) for part in way) for way in ways)
    }


def _sentences(old: Neighbour, new: Neighbour) -> int:
    """Return how many sentences are others: changed, added or left out."""
    was, now = (Counter(sentence.text for sentence in side.sentences) for side in (old, new))
    return max((was - now).total(), (now - was).total())
