"""A baseline: the findings there were when it was recorded, one a line, so that only new ones count."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NoReturn

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Finding, OutcomeState, Suppression
from nianbao.engine.notices import AMBIGUOUS, NOTICES, Raised, signed
from nianbao.engine.verdict import Verdict
from nianbao.files.regular import BASELINE_BYTES, contents
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.suppression.names import Subject, report_name, subject_of
from nianbao.text.inert import in_json
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_LONGEST = 60  # characters of a report's words: enough to know them again

_NOT_READ = Text("读不出来（{why}）；核对路径和权限", "cannot be read ({why}): check path and permissions")
_NOT_A_LINE = Text(
    "这一行不是基线的记录（每行一个 JSON 对象，键为 report、code、address、text、fingerprint，可有 organ、year，值都是文本）；删去这一行，再用 nianbao baseline update 重新记下",
    "this line is no entry of a baseline (a JSON object of the texts report, code, address, text and fingerprint, with or without organ and year): delete it, then record it again with nianbao baseline update",
)
_AMBIGUOUS = Text(
    "基线中有 {count} 份报告都是{organ} {year} 年度的（{names}），分不清是哪一份，没有用",
    "the baseline has {count} reports of {organ} on {year} ({names}): which of them this is cannot be told, so none is used",
)
_RECORD_AGAIN = Text(
    "用 nianbao baseline update 重新记录其中的一份，删去另一份的记录",
    "record one of them again with nianbao baseline update, and delete the lines of the other",
)
_MOST_NAMED = 3
# The outcomes that settle a rule for a baseline: if it does not apply, its finding is gone.
_ENDED = (OutcomeState.PASSED, OutcomeState.FAILED, OutcomeState.NOT_APPLICABLE)


class BaselineEntry(NamedTuple):
    """One finding of the baseline, in the order of its keys in the file."""

    report: str
    code: str
    address: str
    text: str
    fingerprint: str
    organ: str = ""
    year: str = ""

    def __str__(self) -> str:
        known = {key: text for key, text in self._asdict().items() if text or key not in Subject._fields}
        return in_json(json.dumps(known, ensure_ascii=False))

    @property
    def subject(self) -> Subject:
        """The organ and the year of the report."""
        return Subject(self.organ, self.year)


class BaselineDiff(NamedTuple):
    """A report compared with its baseline: findings that are *new*, entries that are *fixed*, findings *kept*.

    *unsettled* are entries on rules without a verdict this time, because they did not run or could not judge.
    """

    new: tuple[Diagnostic, ...]
    fixed: tuple[BaselineEntry, ...]
    kept: tuple[Diagnostic, ...]
    unsettled: tuple[BaselineEntry, ...]
    subject: Subject = Subject()
    recorded: str = ""  # the name by which the baseline has the report


class Baseline(NamedTuple):
    """A file of findings; *reports* holds the entries of each report by its name, with the number of their line.

    *names* are those of the reports of an organ and year: a report that is not there by its own name is there by that.
    """

    path: str
    reports: Mapping[str, Mapping[BaselineEntry, int]]
    names: Mapping[Subject, tuple[str, ...]] = {}

    @property
    def entries(self) -> tuple[BaselineEntry, ...]:
        """All entries, sorted."""
        return tuple(sorted(entry for entries in self.reports.values() for entry in entries))

    def about(self, path: str) -> "Baseline":
        """Return what the baseline has on the report at *path*; if it has none by that name, all of it."""
        name = report_name(path, self.path)
        return Baseline(self.path, {name: self.reports[name]}) if name in self.reports else self

    def suppress(self, verdict: Verdict, path: str, here: str = "") -> Verdict:
        """Return *verdict* on the report at *path* with the findings suppressed that the baseline has.

        Paths are from the folder *here*, "" for the current one.
        """
        subject = subject_of(verdict.report)
        names = self._recorded(path, subject, here)
        lines = {e.fingerprint: number for name in names for e, number in self.reports[name].items()}
        marked = tuple(self._suppressed(d, lines) for d in verdict.diagnostics) if lines else ()
        if marked in ((), verdict.diagnostics):
            return verdict
        if len(names) > 1:
            return _with_notice(verdict, subject, names)
        return verdict._replace(diagnostics=marked)

    def compare(self, verdict: Verdict, path: str) -> BaselineDiff:
        """Return the difference of the report at *path*, judged with or without this baseline, from it."""
        subject = subject_of(verdict.report)
        names = self._recorded(path, subject)
        recorded = names[0] if len(names) == 1 else report_name(path, self.path)
        entries = self.reports.get(recorded, {})
        known = {entry.fingerprint for entry in entries}
        counted = [d for d in verdict.diagnostics if _counts(d)]
        present = {d.fingerprint for d in counted}
        gone = [entry for entry in entries if entry.fingerprint not in present]
        ended = {outcome.code for outcome in verdict.outcomes if outcome.state in _ENDED}
        return BaselineDiff(
            tuple(d for d in counted if d.fingerprint not in known),
            tuple(entry for entry in gone if entry.code in ended),
            tuple(d for d in counted if d.fingerprint in known),
            tuple(entry for entry in gone if entry.code not in ended),
            subject,
            recorded,
        )

    def updated(self, compared: Iterable[tuple[str, BaselineDiff]]) -> "Baseline":
        """Return the baseline with the findings as they are now in the reports *compared*, given by path.

        Entries of other reports stay, and unsettled entries.
        """
        now: dict[str, dict[BaselineEntry, int]] = {}
        renamed = set()
        for path, diff in compared:
            report = report_name(path, self.path)
            renamed.add(diff.recorded)
            entries = [_entry(report, d, diff.subject) for d in (*diff.new, *diff.kept)]
            entries += [entry._replace(report=report) for entry in diff.unsettled]
            # Two formats of one report have one name: the findings in either are recorded.
            now.setdefault(report, {}).update(dict.fromkeys(entries, 0))
        reports = {name: entries for name, entries in self.reports.items() if name not in renamed} | now
        return _baseline(self.path, {name: entries for name, entries in reports.items() if entries})

    def content(self) -> str:
        """Return the text of the file."""
        return "".join(f"{entry}\n" for entry in self.entries)

    def save(self) -> None:
        """Write the file, all at once. Raises OSError."""
        replace(self.path, self.content().encode())

    def _recorded(self, path: str, subject: Subject, here: str = "") -> tuple[str, ...]:
        """Return the names by which the baseline may have the report at *path*, of *subject*: its own, else of that."""
        name = report_name(path, self.path, here)
        return (name,) if name in self.reports else self.names.get(subject, ())

    def _suppressed(self, diagnostic: Diagnostic, lines: Mapping[str, int]) -> Diagnostic:
        if diagnostic.suppressed is not None or not _counts(diagnostic):
            return diagnostic
        number = lines.get(diagnostic.fingerprint)
        if number is None:
            return diagnostic
        return diagnostic._replace(suppressed=Suppression("baseline", "", f"{self.path}:{number}"))


def read_baseline(path: str) -> Baseline:
    """Return the baseline in the file at *path*. Raises FileError if it is none."""
    try:
        source = Source.decode(contents(path, BASELINE_BYTES), path)
    except (OSError, ValueError) as error:
        _refuse(Source("", path), 0, _NOT_READ.fill(why=reason_of(error)))
    except UnreadableError as error:
        _refuse(Source("", path), 0, error.reason)
    entries: dict[BaselineEntry, int] = {}
    offset = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            entries.setdefault(_read(line, source, offset), number)
        offset += len(line) + 1
    return _baseline(path, _by_report(sorted(entries.items())))


def _baseline(path: str, reports: Mapping[str, Mapping[BaselineEntry, int]]) -> Baseline:
    """Return the baseline of *reports*, with their names by organ and year."""
    names: dict[Subject, dict[str, None]] = {}
    for name, entries in reports.items():
        for entry in entries:
            if entry.subject.known:
                names.setdefault(entry.subject, {})[name] = None
    return Baseline(path, reports, {subject: tuple(known) for subject, known in names.items()})


def _with_notice(verdict: Verdict, subject: Subject, names: Sequence[str]) -> Verdict:
    """Return *verdict* with the notice that each of *names* may be the report, which is of *subject*."""
    more = len(names) > _MOST_NAMED
    listed = Text("、".join(names[:_MOST_NAMED]) + "等" * more, ", ".join(names[:_MOST_NAMED]) + " …" * more)
    words = _AMBIGUOUS.fill(count=len(names), names=listed, **subject._asdict())
    raised = Raised(AMBIGUOUS, Finding(verdict.report.anchor, words, _RECORD_AGAIN, place="全文"))
    whole = sorted(
        [*verdict.diagnostics, *signed([raised], verdict.report.source)],
        key=lambda each: (each.finding.span, each.code),
    )
    return verdict._replace(diagnostics=tuple(whole))


def _by_report(entries: Sequence[tuple[BaselineEntry, int]]) -> dict[str, dict[BaselineEntry, int]]:
    return {report: dict(group) for report, group in groupby(entries, lambda pair: pair[0].report)}


def _read(line: str, source: Source, offset: int) -> BaselineEntry:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if (
        not isinstance(record, dict)
        or set(record) - set(Subject._fields) != set(BaselineEntry._fields) - set(Subject._fields)
        or not all(isinstance(text, str) for text in record.values())
    ):
        _refuse(source, offset, _NOT_A_LINE)
    return BaselineEntry(**record)


def _refuse(source: Source, offset: int, reason: Text) -> NoReturn:
    from nianbao.files.yaml_file import FaultError, FileError  # yaml is not needed if nothing is wrong

    raise FileError(source, FaultError(offset, reason)) from None


def _counts(diagnostic: Diagnostic) -> bool:
    """Return whether a baseline records *diagnostic*: it is a rule's, and no waiver or comment suppresses it."""
    explained = diagnostic.suppressed is not None and diagnostic.suppressed.by != "baseline"
    return not explained and diagnostic.code not in NOTICES


def _entry(report: str, diagnostic: Diagnostic, subject: Subject) -> BaselineEntry:
    words = "".join(diagnostic.text.split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    known = subject if subject.known else Subject()
    return BaselineEntry(report, diagnostic.code, diagnostic.address, words, diagnostic.fingerprint, *known)
