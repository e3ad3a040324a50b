"""A row for each finding, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence

from nianbao.engine.checked import Checked, Summary
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SUPPRESSED, Entry, entries
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.inert import in_sheet
from nianbao.text.language import Text

COLUMNS = (
    Text("文件", "file"),
    Text("行", "line"),
    Text("列", "column"),
    Text("部分", "section"),
    Text("位置", "place"),
    Text("程度", "severity"),
    Text("规则", "rule"),
    Text("名称", "name"),
    Text("原文", "words"),
    Text("问题", "finding"),
    Text("依据", "basis"),
    Text("怎样改", "help"),
    Text("已说明", "suppressed"),
    Text("理由", "reason"),
    Text("指纹", "fingerprint"),
)
# The indices of these columns.
FILE, LINE, COLUMN, SECTION, PLACE, SEVERITY, RULE, NAME = range(8)
WORDS, FINDING, BASIS, HELP, EXCUSED, REASON, FINGERPRINT = range(8, 15)
_NO_VERDICT = Text("没有结论", "no verdict")


class Csv:
    """UTF-8 with its byte order mark, without which Excel assumes the code page of the system; lines end in CRLF.

    Columns of the text are code points. An apostrophe precedes a text that would be a formula.
    """

    def __init__(self, display: Display) -> None:
        self.display = display
        self.begun = False

    def part(self, checked: Checked) -> str:
        """Return the rows of one file; one that could not be read has a row that says so."""
        rows = [row(entry, self.display) for entry in entries(checked, self.display)]
        if checked.error is not None:
            rows.append(
                self._unjudged(self.display.shown(self.display.relative(checked.path)), checked.error)
            )
        return _lines(rows)

    def put(self, part: str) -> str:
        """Return *part*, after the head of the table if it is the first."""
        return self._head() + part

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the head of the table if there was no file, and a row that says so if the run is not whole."""
        yield self._head() + _lines([self._unjudged("", words) for words in not_whole(summary)])

    def _unjudged(self, path: str, reason: Text) -> list[str]:
        said = {FILE: path, SEVERITY: self.display.say(_NO_VERDICT), FINDING: self.display.say(reason)}
        return [said.get(column, "") for column in range(len(COLUMNS))]

    def _head(self) -> str:
        if self.begun:
            return ""
        self.begun = True
        return "\ufeff" + _lines([[self.display.say(column) for column in COLUMNS]])


def row(entry: Entry, display: Display) -> list[str]:
    """Return the texts of *entry*, one for each of `COLUMNS`."""
    suppression = entry.suppressed
    return [
        entry.path,
        str(entry.line or ""),
        str(entry.column or ""),
        entry.section,
        entry.address,
        display.say(entry.severity.text),
        entry.code,
        entry.name,
        entry.words,
        entry.message,
        entry.basis,
        entry.help,
        display.say(SUPPRESSED[suppression.by]) if suppression is not None else "",
        display.shown(suppression.reason) if suppression is not None else "",
        entry.fingerprint,
    ]


def _lines(rows: Sequence[Sequence[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows(map(in_sheet, row) for row in rows)
    return lines.getvalue()
