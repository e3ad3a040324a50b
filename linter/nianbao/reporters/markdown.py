"""A comment on a merge request: the run in a line, then a table for each report."""

from collections.abc import Iterator

from nianbao_grammar import patterns as re

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry, entries, gaps
from nianbao.reporters.summary_lines import FOUND, left_out, roll_call, without_verdict
from nianbao.text.language import Text

_LONGEST = 60_000  # characters: the services take 65,536 at most
_TITLE = Text("政府信息公开年报检查", "Annual report check")
_COLUMNS = (
    Text("程度", "severity"),
    Text("位置", "place"),
    Text("问题", "finding"),
    Text("怎样改", "help"),
)
_SUPPRESSED = Text("已说明理由 {count}", "suppressed {count}")
_LEFT_OUT = Text(
    "这里放不下，另有 {count} 条没有列出，见完整的结果。",
    "{count} more do not fit in here: see the whole output.",
)
_GAP = Text("**{state}** {codes}：{reason}", "**{state}** {codes}: {reason}")
_SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.INFO: "🔵"}
# CommonMark lets every sign of ASCII be escaped. A sign that a service would take for a link to a person or an
# issue is parted from the word after it by a comment, which shows nothing.
_SPECIAL = r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"
_REFERENCE = r"(\\[@#!~%$&^])(?=\w)"


# The path of a file, the rows of its findings, and the lines on rules without a verdict.
Block = tuple[str, list[str], list[str]]


class Markdown:
    """Markdown that GitHub and GitLab show alike."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.blocks: list[str] = []
        self.room = _LONGEST
        self.left_out = 0

    def part(self, checked: Checked) -> Block | None:
        """Return the table of one file, None for a file with nothing to say of."""
        display = self.display
        rows = [self._row(entry) for entry in entries(checked, display) if entry.suppressed is None]
        unjudged = [
            _GAP.fill(state=gap.state, codes=" ".join(gap.codes), reason=escaped(gap.reason))
            for gap in gaps(checked, display)
        ]
        if not rows and not unjudged:
            return None
        path = escaped(display.shown(display.relative(checked.path)))
        return path, rows, [text.of(display.language) for text in unjudged]

    def put(self, part: Block | None) -> str:
        """Keep as much of *part* as there is room for."""
        if part is not None:
            self._keep(*part)
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the comment."""
        say = self.display.say
        counts = {severity.value: count for severity, count in summary.findings.items()}
        totals = [*map(say, without_verdict(summary)), say(FOUND.fill(files=summary.files, **counts))]
        suppressed = sum(summary.suppressed.values())
        if suppressed:
            totals.append(say(_SUPPRESSED.fill(count=suppressed)))
        if summary.roll is not None:
            totals.append(say(roll_call(summary.roll)))
        if summary.left_out:
            totals.append(say(left_out(summary)))
        head = f"### {say(_TITLE)}\n\n{'；'.join(totals)}\n\n"
        rest = f"{say(_LEFT_OUT.fill(count=self.left_out))}\n" if self.left_out else ""
        yield head + "".join(self.blocks) + rest

    def _keep(self, path: str, rows: list[str], unjudged: list[str]) -> None:
        """Keep as many lines of a block as there is room for; those without room are counted."""
        block = f"#### {path}\n\n{self._head() if rows else ''}"
        lines = [*rows, *(f"\n{line}\n" for line in unjudged)]
        kept = 0
        while kept < len(lines) and len(block) + len(lines[kept]) < self.room:
            block += lines[kept]
            kept += 1
        self.left_out += len(lines) - kept
        if kept:
            self.blocks.append(f"{block}\n")
            self.room -= len(block) + 1

    def _head(self) -> str:
        names = " | ".join(map(self.display.say, _COLUMNS))
        return f"| {names} |\n|{' --- |' * len(_COLUMNS)}\n"

    def _row(self, entry: Entry) -> str:
        severity = f"{_SIGNS[entry.severity]} {self.display.say(entry.severity.text)}"
        place = escaped(entry.address) + (f"<br>{entry.where}" if entry.where else "")
        message = f"{escaped(entry.message)}<br>`{entry.code}` {escaped(entry.basis)}"
        return f"| {severity} | {place} | {message} | {escaped(entry.help)} |\n"


def escaped(text: str) -> str:
    """Return *text* escaped, so that nothing in it is markup, a cell, or a link to a person or an issue."""
    text = re.sub(_SPECIAL, r"\\\g<0>", " ".join(text.split()))
    return re.sub(_REFERENCE, r"\1<!-- -->", text)
