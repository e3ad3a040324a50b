"""A baseline: the findings that were there when somebody began to check, one a line, so that new ones stand out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, NoReturn

from nianbao.engine.finding import Diagnostic, OutcomeState, Suppression
from nianbao.engine.notices import NOTICES
from nianbao.engine.verdict import Verdict
from nianbao.files.replace import replace
from nianbao.files.system_errors import reason_of
from nianbao.suppression.names import report_name
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_LONGEST = 60  # characters of a report's words: enough to know them again

_NOT_READ = Text("读不出来（{why}）；核对路径和权限", "cannot be read ({why}): check path and permissions")
_NOT_A_LINE = Text(
    "这一行不是基线的记录（每行一个 JSON 对象，五个键 report、code、address、text、fingerprint，值都是文本）；删去这一行，再用 nianbao baseline update 重新记下",
    "this line is no entry of a baseline (a JSON object of the texts report, code, address, text and fingerprint): delete it, then record anew with nianbao baseline update",
)
# What ends a rule for a baseline: where it does not apply, its finding is gone.
_ENDED = (OutcomeState.PASSED, OutcomeState.FAILED, OutcomeState.NOT_APPLICABLE)


class BaselineEntry(NamedTuple):
    """One finding of the baseline, in the order of its keys in the file."""

    report: str
    code: str
    address: str
    text: str
    fingerprint: str

    def __str__(self) -> str:
        return json.dumps(self._asdict(), ensure_ascii=False)


class BaselineDiff(NamedTuple):
    """How a report stands to its baseline: findings that are *new*, lines that are *fixed*, findings *kept*.

    *open* are lines on rules that have not come to an end this time, by choice or because they could not judge.
    """

    new: tuple[Diagnostic, ...]
    fixed: tuple[BaselineEntry, ...]
    kept: tuple[Diagnostic, ...]
    open: tuple[BaselineEntry, ...]


class Baseline(NamedTuple):
    """A file of findings; *reports* holds those of each report by its name, with the number of their line."""

    path: str
    reports: Mapping[str, Mapping[BaselineEntry, int]]

    @property
    def lines(self) -> tuple[BaselineEntry, ...]:
        """All lines, sorted."""
        return tuple(sorted(line for lines in self.reports.values() for line in lines))

    def suppress(self, verdict: Verdict, path: str) -> Verdict:
        """Return *verdict* on the report at *path* with the findings marked that the baseline has."""
        places = self._places(path)
        if not places:
            return verdict
        return verdict._replace(diagnostics=tuple(self._suppressed(d, places) for d in verdict.diagnostics))

    def compare(self, verdict: Verdict, path: str) -> BaselineDiff:
        """Return how the report at *path*, judged with or without this baseline, stands to it."""
        lines = self.reports.get(report_name(path, self.path), {})
        known = {line.fingerprint for line in lines}
        counted = [d for d in verdict.diagnostics if _counts(d)]
        found = {d.fingerprint for d in counted}
        gone = [line for line in lines if line.fingerprint not in found]
        ended = {outcome.code for outcome in verdict.outcomes if outcome.state in _ENDED}
        return BaselineDiff(
            tuple(d for d in counted if d.fingerprint not in known),
            tuple(line for line in gone if line.code in ended),
            tuple(d for d in counted if d.fingerprint in known),
            tuple(line for line in gone if line.code not in ended),
        )

    def updated(self, compared: Iterable[tuple[str, BaselineDiff]]) -> "Baseline":
        """Return the baseline with the findings as they are now in the reports *compared*, given by path.

        Lines of other reports stay, and lines on rules that have not come to an end.
        """
        now: dict[str, dict[BaselineEntry, int]] = {}
        for path, comparison in compared:
            report = report_name(path, self.path)
            lines = [_entry(report, d) for d in (*comparison.new, *comparison.kept)]
            # Two formats of one report have one name: what either has found is there.
            now.setdefault(report, {}).update(dict.fromkeys((*lines, *comparison.open), 0))
        reports = {**self.reports, **now}
        return Baseline(self.path, {report: lines for report, lines in reports.items() if lines})

    def content(self) -> str:
        """Return what the file says."""
        return "".join(f"{line}\n" for line in self.lines)

    def save(self) -> None:
        """Write the file, all at once. Raises OSError."""
        replace(self.path, self.content().encode())

    def _places(self, path: str) -> Mapping[str, int]:
        lines = self.reports.get(report_name(path, self.path), {})
        return {line.fingerprint: number for line, number in lines.items()}

    def _suppressed(self, diagnostic: Diagnostic, places: Mapping[str, int]) -> Diagnostic:
        if diagnostic.suppressed is not None or not _counts(diagnostic):
            return diagnostic
        number = places.get(diagnostic.fingerprint)
        if number is None:
            return diagnostic
        return diagnostic._replace(suppressed=Suppression("baseline", "", f"{self.path}:{number}"))


def read_baseline(path: str) -> Baseline:
    """Return the baseline in the file at *path*. Raises FileError for what is no baseline."""
    try:
        with open(path, "rb") as file:
            source = Source.decode(file.read(), path)
    except (OSError, ValueError) as error:
        _refuse(Source("", path), 0, _NOT_READ.fill(why=reason_of(error)))
    except UnreadableError as error:
        _refuse(Source("", path), 0, error.reason)
    lines: dict[BaselineEntry, int] = {}
    offset = 0
    for number, words in enumerate(source.text.split("\n"), 1):
        if words.strip():
            lines.setdefault(_read(words, source, offset), number)
        offset += len(words) + 1
    return Baseline(path, _by_report(sorted(lines.items())))


def _by_report(lines: Sequence[tuple[BaselineEntry, int]]) -> dict[str, dict[BaselineEntry, int]]:
    return {report: dict(group) for report, group in groupby(lines, lambda pair: pair[0].report)}


def _read(words: str, source: Source, offset: int) -> BaselineEntry:
    try:
        record = json.loads(words)
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
    from nianbao.files.yaml_file import FaultError, FileError  # yaml is not needed where nothing is wrong

    raise FileError(source, FaultError(offset, reason)) from None


def _counts(diagnostic: Diagnostic) -> bool:
    """Return whether *diagnostic* is the matter of a baseline: of a rule, and nobody has answered for it."""
    answered = diagnostic.suppressed is not None and diagnostic.suppressed.by != "baseline"
    return not answered and diagnostic.code not in NOTICES


def _entry(report: str, diagnostic: Diagnostic) -> BaselineEntry:
    words = "".join(diagnostic.text.split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return BaselineEntry(report, diagnostic.code, diagnostic.address, words, diagnostic.fingerprint)
