"""A baseline: the findings there were when it was recorded, one a line, so that only new ones count."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NoReturn

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, OutcomeState, Suppression
from nianbao.engine.notices import NOTICES
from nianbao.engine.verdict import Verdict
from nianbao.files.regular import BASELINE_BYTES, contents
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.suppression.names import report_name
from nianbao.text.inert import in_json
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_LONGEST = 60  # characters of a report's words: enough to know them again

_NOT_READ = Text("读不出来（{why}）；核对路径和权限", "cannot be read ({why}): check path and permissions")
_NOT_A_LINE = Text(
    "这一行不是基线的记录（每行一个 JSON 对象，五个键 report、code、address、text、fingerprint，值都是文本）；删去这一行，再用 nianbao baseline update 重新记下",
    "this line is no entry of a baseline (a JSON object of the texts report, code, address, text and fingerprint): delete it, then record it again with nianbao baseline update",
)
# The outcomes that settle a rule for a baseline: if it does not apply, its finding is gone.
_ENDED = (OutcomeState.PASSED, OutcomeState.FAILED, OutcomeState.NOT_APPLICABLE)


class BaselineEntry(NamedTuple):
    """One finding of the baseline, in the order of its keys in the file."""

    report: str
    code: str
    address: str
    text: str
    fingerprint: str

    def __str__(self) -> str:
        return in_json(json.dumps(self._asdict(), ensure_ascii=False))


class BaselineDiff(NamedTuple):
    """A report compared with its baseline: findings that are *new*, entries that are *fixed*, findings *kept*.

    *unsettled* are entries on rules without a verdict this time, because they did not run or could not judge.
    """

    new: tuple[Diagnostic, ...]
    fixed: tuple[BaselineEntry, ...]
    kept: tuple[Diagnostic, ...]
    unsettled: tuple[BaselineEntry, ...]


class Baseline(NamedTuple):
    """A file of findings; *reports* holds the entries of each report by its name, with the number of their line."""

    path: str
    reports: Mapping[str, Mapping[BaselineEntry, int]]

    @property
    def entries(self) -> tuple[BaselineEntry, ...]:
        """All entries, sorted."""
        return tuple(sorted(entry for entries in self.reports.values() for entry in entries))

    def about(self, path: str) -> "Baseline":
        """Return what the baseline has on the report at *path*."""
        name = report_name(path, self.path)
        return Baseline(self.path, {name: self.reports[name]} if name in self.reports else {})

    def suppress(self, verdict: Verdict, path: str, here: str = "") -> Verdict:
        """Return *verdict* on the report at *path* with the findings suppressed that the baseline has.

        Paths are from the folder *here*, "" for the current one.
        """
        lines = self._lines(path, here)
        if not lines:
            return verdict
        return verdict._replace(diagnostics=tuple(self._suppressed(d, lines) for d in verdict.diagnostics))

    def compare(self, verdict: Verdict, path: str) -> BaselineDiff:
        """Return the difference of the report at *path*, judged with or without this baseline, from it."""
        entries = self.reports.get(report_name(path, self.path), {})
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
        )

    def updated(self, compared: Iterable[tuple[str, BaselineDiff]]) -> "Baseline":
        """Return the baseline with the findings as they are now in the reports *compared*, given by path.

        Entries of other reports stay, and unsettled entries.
        """
        now: dict[str, dict[BaselineEntry, int]] = {}
        for path, diff in compared:
            report = report_name(path, self.path)
            entries = [_entry(report, d) for d in (*diff.new, *diff.kept)]
            # Two formats of one report have one name: the findings in either are recorded.
            now.setdefault(report, {}).update(dict.fromkeys((*entries, *diff.unsettled), 0))
        reports = {**self.reports, **now}
        return Baseline(self.path, {report: entries for report, entries in reports.items() if entries})

    def content(self) -> str:
        """Return the text of the file."""
        return "".join(f"{entry}\n" for entry in self.entries)

    def save(self) -> None:
        """Write the file, all at once. Raises OSError."""
        replace(self.path, self.content().encode())

    def _lines(self, path: str, here: str) -> Mapping[str, int]:
        """Return the lines of the file that the report at *path* has, by fingerprint."""
        entries = self.reports.get(report_name(path, self.path, here), {})
        return {entry.fingerprint: number for entry, number in entries.items()}

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
    return Baseline(path, _by_report(sorted(entries.items())))


def _by_report(entries: Sequence[tuple[BaselineEntry, int]]) -> dict[str, dict[BaselineEntry, int]]:
    return {report: dict(group) for report, group in groupby(entries, lambda pair: pair[0].report)}


def _read(line: str, source: Source, offset: int) -> BaselineEntry:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if (
        not isinstance(record, dict)
        or set(record) != set(BaselineEntry._fields)
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


def _entry(report: str, diagnostic: Diagnostic) -> BaselineEntry:
    words = "".join(diagnostic.text.split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return BaselineEntry(report, diagnostic.code, diagnostic.address, words, diagnostic.fingerprint)
