"""The result of one file, and of a whole run in figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import OutcomeState, Severity
from nianbao.engine.rule import Rule, Target
from nianbao.engine.score import Indicator, Score, score
from nianbao.engine.verdict import Lack, Verdict
from nianbao.files.folder import LeftOut
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text
from nianbao.writers.writer import WRITABLE

_OTHER_YEAR = Text(
    "报送的是{year}年度的报告，应当是{expected}年度的",
    "the report is on {year}, and one on {expected} is expected",
)
_DIFFERENT = Text(
    "同一年度报送了内容不同的几份，还没有确认以哪一份为准",
    "several that differ were handed in on one year, and which of them holds is open",
)


class Checked(NamedTuple):
    """The result of one file: a verdict, or the *error* for which there is none; *fault* if the error is ours.

    *on_waivers* marks the findings on a file of waivers, which is no report. *differing* are the paths of the other reports
    of its unit and year by the roll, whose content is not the same. *archived* is whether it is in an archive, which no
    fix is written into.
    """

    path: str
    verdict: Verdict | None
    error: Text | None = None
    fault: bool = False
    fail_on: Severity | None = Severity.ERROR  # the least severe finding that makes the run fail
    on_waivers: bool = False
    points: tuple[Indicator, ...] = ()  # the sheet that it is scored by
    differing: tuple[str, ...] = ()
    archived: bool = False
    docs_url: str = ""  # the address of the site with the pages on rules

    @property
    def score(self) -> Score | None:
        """The score by its sheet; None without a verdict in full, and for what may not be the report that was asked for."""
        return score(self.verdict, self.points) if self.verdict is not None and self.doubt is None else None

    @property
    def doubt(self) -> Text | None:
        """Why this may not be the report that was asked for, None if nothing says so: another year, or another version."""
        report = self.verdict.report if self.verdict is not None else None
        if report is not None and report.expected_year not in (None, report.year):
            return _OTHER_YEAR.fill(year=report.year, expected=report.expected_year)
        return _DIFFERENT if self.differing else None

    def reason(self, language: Language) -> str:
        """Return the reason for there being no verdict, "" if there is one."""
        return self.error.of(language) if self.error is not None else ""

    def complaint(self, language: Language) -> str:
        """Return the path and that reason, in one line."""
        return f"{inert(self.path)}: {' '.join(self.reason(language).split())}"


class Repairs(NamedTuple):
    """The work of `--fix`: how many findings it has put right and how many it could not; *unsafe* if asked for those."""

    made: int = 0
    refused: int = 0
    unsafe: bool = False

    def plus(self, made: int, refused: int) -> "Repairs":
        """Return these figures with those of one file more."""
        return self._replace(made=self.made + made, refused=self.refused + refused)


class Roll(NamedTuple):
    """Who of the *units* of the roster at *path* has reported on *year*, and who has not.

    *above* is the unit above each, by its name, and *unit_of* whose report it is, by the path of its file.
    """

    path: str
    year: int | None
    units: int
    missing: tuple[str, ...] = ()
    twice: tuple[tuple[str, tuple[str, ...]], ...] = ()  # with the paths of reports that differ
    other_year: tuple[
        tuple[str, str, int | None], ...
    ] = ()  # with the path and the year of the report there is
    unfilled: tuple[
        tuple[str, str], ...
    ] = ()  # with the path of a report that was begun, and nothing written
    strangers: tuple[str, ...] = ()  # the paths of reports of nobody in the roster
    above: Mapping[str, str] = {}
    unit_of: Mapping[str, str] = {}

    @property
    def owing(self) -> int:
        """How many units have no report on the year that is filled in."""
        return len(self.missing) + len({name for name, *_ in (*self.other_year, *self.unfilled)})

    def differing(self, path: str) -> tuple[str, ...]:
        """Return the paths of the reports that differ from the one at *path*, of the same unit and year."""
        of_unit = next((paths for _, paths in self.twice if path in paths), ())
        return tuple(other for other in of_unit if other != path)


class Tally(NamedTuple):
    """The result of one file in figures and plain values, by the words of severities, states and suppressions."""

    reports: int  # 0 for a file of waivers
    faults: int
    unread: int
    lack: str  # what a report has no full verdict for, "" if it has one
    failed: bool  # whether there is a finding at or above the severity that counts
    findings: dict[str, int]
    suppressed: dict[str, int]
    fixable: dict[bool, int]  # by whether the fix is safe
    outcomes: dict[str, list[str]]  # the codes of the rules that ended so


def tally(checked: Checked) -> Tally:
    """Return the figures of *checked*."""
    verdict, least = checked.verdict, checked.fail_on
    report = not checked.on_waivers
    if verdict is None:
        return Tally(report, checked.fault, 1, "", False, {}, {}, {}, {})
    writable = verdict.report.source.kind in WRITABLE and not checked.archived
    fixes = [d.finding.fix.safe for d in verdict.diagnostics if d.finding.fix is not None and d.fixable]
    outcomes: dict[str, list[str]] = {}
    for outcome in verdict.outcomes:
        outcomes.setdefault(outcome.state.value, []).append(outcome.code)
    return Tally(
        reports=report,
        faults=checked.fault,
        unread=0,
        lack=verdict.lack.value if report and verdict.lack else "",
        failed=least is not None and any(d.severity.rank >= least.rank for d in verdict.open),
        findings=dict(Counter(d.severity.value for d in verdict.open)),
        suppressed=dict(Counter(d.suppressed.by for d in verdict.diagnostics if d.suppressed is not None)),
        fixable=dict(Counter(fixes if writable else ())),
        outcomes=outcomes,
    )


class Summary:
    """The whole run in figures."""

    def __init__(
        self, rules: Iterable[Rule] = (), left_out: Sequence[LeftOut] = (), asked: int | None = None
    ) -> None:
        """Count from zero; *rules* are those of the run, *left_out* the files of its folders left out.

        *asked* is how many files the run is about, None for those that it will have counted.
        """
        self._asked = asked
        self.stopped = 0  # the number of the signal that has ended the run before it was done
        self.left_out = tuple(left_out)
        self.catalogue = {rule.code: rule for rule in rules}
        self.targets = {code: rule.target for code, rule in self.catalogue.items() if rule.target is not None}
        self._ended: dict[str, set[OutcomeState]] = {}
        self.suppressed = {"waiver": 0, "comment": 0, "baseline": 0}
        self.repairs: Repairs | None = (
            None  # what was put right before the run, None if that was not asked for
        )
        self.fixable = {
            True: 0,
            False: 0,
        }  # findings that can be put right in the file, by whether it is safe
        self.failed = False  # whether there is a finding at or above the severity that counts
        self.files = 0
        self.findings = dict.fromkeys(Severity, 0)
        self.outcomes = dict.fromkeys(OutcomeState, 0)
        self.rules = 0  # how many ran on each file
        self.unread = 0  # files that could not be read
        self.lacks = dict.fromkeys(Lack, 0)  # reports without a full verdict, by what they lack
        self.faults = 0
        self.roll: Roll | None = None  # of the round, if there is a roster

    def add(self, checked: Checked) -> None:
        """Count *checked* in."""
        self.count(tally(checked))

    def count(self, one: Tally) -> None:
        """Count one file in."""
        self.files += one.reports
        self.faults += one.faults
        self.unread += one.unread
        if one.lack:
            self.lacks[Lack(one.lack)] += 1
        self.failed |= one.failed
        for severity, number in one.findings.items():
            self.findings[Severity(severity)] += number
        for by, number in one.suppressed.items():
            self.suppressed[by] += number
        for safe, number in one.fixable.items():
            self.fixable[safe] += number
        for word, codes in one.outcomes.items():
            state = OutcomeState(word)
            self.outcomes[state] += len(codes)
            for code in self.targets.keys() & codes:
                self._ended.setdefault(code, set()).add(state)
        self.rules = max(self.rules, sum(map(len, one.outcomes.values())))

    def title(self, code: str, language: Language) -> str | None:
        """Return the name of the rule or notice *code* for people, in Chinese its summary, None if it is unknown."""
        from nianbao.engine.notices import NOTICES  # few outputs ask for it

        known = self.catalogue.get(code) or NOTICES.get(code)
        if known is None:
            return None
        return known.name if language == "en" else known.summary.zh

    @property
    def idle(self) -> tuple[tuple[str, Text], ...]:
        """The rules whose target occurred in no report of the run: code and target."""
        return tuple(
            (code, target.words)
            for code, target in self.targets.items()
            if not self._ended.get(code, {OutcomeState.FAILED}) & {OutcomeState.FAILED, *_met(target)}
        )

    @property
    def unjudged(self) -> int:
        """How many reports there are without a full verdict."""
        return sum(self.lacks.values())

    @property
    def asked(self) -> int:
        """How many files the run is about, judged or not."""
        return self.files if self._asked is None else self._asked

    @property
    def exit_code(self) -> int:
        """2 for a fault of a rule or of ours, 1 for findings that count, 3 if a verdict or a report is missing or not full, else 0.

        128 and its number if a signal has ended the run.
        """
        if self.stopped:
            return 128 + self.stopped
        if self.faults or self.outcomes[OutcomeState.CRASHED]:
            return 2
        if self.failed:
            return 1
        owing = self.roll is not None and self.roll.owing
        return 3 if self.unread or self.unjudged or owing or not self.files else 0


def _met(target: Target) -> tuple[OutcomeState, ...]:
    """Return the outcomes, other than failed, of a rule that has met its *target*."""
    return () if target.fault else (OutcomeState.PASSED,)
