"""A workbook for the reviewer of a county's reports: overview, findings, and rules that could not judge."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.reporters.csv_ import COLUMNS, NAME, RULE, SEVERITY, row
from nianbao.reporters.display import Display
from nianbao.reporters.entry import entries, gaps
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.terminal_width import Ruler
from nianbao.reporters.workbook import LONGEST_CELL, library, workbook
from nianbao.text.language import Text

_OVERVIEW, _FINDINGS, _GAPS = (
    Text("总览", "overview"),
    Text("问题", "findings"),
    Text("无法判断", "not judged"),
)
_REPORT, _ALL = Text("报告", "report"), Text("合计", "total")
_SUPPRESSED, _UNJUDGED = Text("已说明", "suppressed"), Text("无法判断的规则", "rules not judged")
_NOT_READ = Text("没有读成", "not read")
_LEFT_OUT = Text("没有列为报告", "left out")
_GAP_COLUMNS = (
    Text("文件", "file"),
    Text("结果", "outcome"),
    Text("规则", "rules"),
    Text("原因", "reason"),
)
_LINE, _HIGHEST = 14, 409  # points of a line, and of the highest row
_MOST = 1_048_000  # rows of a sheet, its head and a line of sums left out
# The width of each of `COLUMNS`, in characters.
_WIDTHS = (22, 6, 6, 16, 20, 7, 9, 20, 18, 44, 26, 32, 10, 14, 18)
_NUMBERS = (1, 2)  # the indices of those that are numbers
COLOURS = {Severity.ERROR: "#b3261e", Severity.WARNING: "#8a5300", Severity.INFO: "#1f5f99"}
_ZERO = "#b0b7c0"
_FONT = "Microsoft YaHei"  # one for both scripts: two fonts have two heights

Value = str | int


class OverviewRow(NamedTuple):
    """A report in the overview: its findings by family and by severity, those suppressed, and rules not judged."""

    path: str
    families: dict[str, int]
    severities: dict[str, int]
    suppressed: int
    unjudged: int
    unread: bool


# The values of an OverviewRow, the rows of the findings, and those of rules that could not judge.
Rows = tuple[tuple[Any, ...], list[list[str]], list[list[str]]]


class Xlsx:
    """Three sheets, and one more if files of a folder were left out; a text stays a text, even one that begins like a formula."""

    def __init__(self, display: Display) -> None:
        library()  # no report is judged for a workbook that cannot be written
        self.display = display
        self.lines: list[OverviewRow] = []
        self.findings: list[list[str]] = []
        self.gaps: list[list[str]] = []

    def part(self, checked: Checked) -> Rows:
        """Return the rows of one file: in the overview, of its findings, of rules that could not judge."""
        found = list(entries(checked, self.display))
        unjudged = list(gaps(checked, self.display))
        counting = [entry for entry in found if entry.suppressed is None]
        line = OverviewRow(
            self.display.shown(self.display.relative(checked.path)),
            dict(Counter(entry.code.rstrip("0123456789") for entry in counting)),
            dict(Counter(entry.severity.value for entry in counting)),
            len(found) - len(counting),
            sum(len(gap.codes) for gap in unjudged),
            checked.verdict is None,
        )
        rows = [
            [gap.path, self.display.say(gap.state), code, gap.reason]
            for gap in unjudged
            for code in gap.codes or ("",)
        ]
        return tuple(line), [row(entry, self.display) for entry in found], rows

    def put(self, part: Rows) -> str:
        """Keep *part*: a workbook is written at the end."""
        line, found, unjudged = part
        self.lines.append(OverviewRow(*line))
        self.findings += found
        self.gaps += unjudged
        return ""

    def end(self, summary: Summary) -> Iterator[bytes]:
        """Yield the workbook."""
        data = io.BytesIO()
        book = workbook(data)
        writing = Writing(book)
        self._overview(writing, summary)
        self._findings(writing, summary)
        self._gaps(writing)
        self._left_out(writing, summary)
        book.close()
        yield data.getvalue()

    def _overview(self, writing: "Writing", summary: Summary) -> None:
        say = self.display.say
        families = sorted({family for line in self.lines for family in line.families})
        severities = [say(severity.text) for severity in Severity]
        head = [say(_REPORT), *families, *severities, say(_SUPPRESSED), say(_UNJUDGED)]
        rows: list[list[Value]] = [list(self._counts(line, families)) for line in self.lines]
        pages = writing.sheets(say(_OVERVIEW), head, rows, (40, *[7] * len(families), 7, 7, 7, 9, 16))
        for page in pages:
            writing.fade(page, len(head) - 1)
        sums = [_sum(column) for column in zip(*rows, strict=True)][1:]
        if rows:  # in no row of the filter
            writing.put(pages[-1], len(rows) % _MOST + 1, [say(_ALL), *sums], writing.bold)
        for words in not_whole(summary):
            writing.put(pages[-1], len(rows) % _MOST + 2, [say(words)], writing.bold)

    def _counts(self, line: OverviewRow, families: Sequence[str]) -> Iterator[Value]:
        yield line.path
        if line.unread:  # zero would say that nothing was found
            yield from [""] * (len(families) + len(Severity) + 1)
            yield self.display.say(_NOT_READ)
            return
        yield from (line.families.get(family, 0) for family in families)
        yield from (line.severities.get(severity.value, 0) for severity in Severity)
        yield line.suppressed
        yield line.unjudged

    def _findings(self, writing: "Writing", summary: Summary) -> None:
        say = self.display.say
        for texts in self.findings:  # only now are all rules known
            title = summary.title(texts[RULE], self.display.language)
            texts[NAME] = self.display.shown(title or texts[NAME])
        rows: list[list[Value]] = [
            [int(text) if column in _NUMBERS and text else text for column, text in enumerate(texts)]
            for texts in self.findings
        ]
        for page in writing.sheets(say(_FINDINGS), [say(column) for column in COLUMNS], rows, _WIDTHS):
            for severity in Severity:
                writing.mark(page, SEVERITY, say(severity.text), COLOURS[severity])

    def _gaps(self, writing: "Writing") -> None:
        say = self.display.say
        head = [say(column) for column in _GAP_COLUMNS]
        writing.sheets(say(_GAPS), head, self.gaps, (40, 14, 12, 80))

    def _left_out(self, writing: "Writing", summary: Summary) -> None:
        say = self.display.say
        rows: list[list[Value]] = [
            [self.display.shown(self.display.relative(file.name)), say(file.reason.text)]
            for file in summary.left_out
        ]
        if rows:
            head = [say(_GAP_COLUMNS[0]), say(_GAP_COLUMNS[-1])]
            writing.sheets(say(_LEFT_OUT), head, rows, (60, 30))


def _sum(values: Sequence[Value]) -> int:
    return sum(value for value in values if isinstance(value, int))


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """Return the height in points of a row with wrapped texts, which not every program computes itself."""
    ruler = Ruler(2)
    lines = (
        -(-ruler.columns(str(value)) // (width - 2)) for value, width in zip(values, widths, strict=True)
    )
    return float(min(_LINE * max(1, *lines) + 3, _HIGHEST))


class Writing:
    """A workbook being written, with the formats of its cells."""

    def __init__(self, book: Any) -> None:
        self.book = book
        look = {
            "font_name": _FONT,
            "font_size": 10,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
            "border_color": "#d0d0d0",
        }
        self.plain = book.add_format(look)
        self.bold = book.add_format({**look, "bold": True})
        self.head = book.add_format({**look, "bold": True, "bg_color": "#e8eef4"})

    def mark(self, page: Any, column: int, word: str, colour: str) -> None:
        """Show the cells of *column* that say *word* in *colour*."""
        look = self.book.add_format({"font_color": colour, "bold": True})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        page.conditional_format(1, column, _MOST, column, rule)

    def fade(self, page: Any, last: int) -> None:
        """Show zeros in grey from the second column to *last*, so that the other figures are easy to see."""
        look = self.book.add_format({"font_color": _ZERO})
        rule = {"type": "formula", "criteria": '=B2&""="0"', "format": look}  # an empty cell equals zero
        page.conditional_format(1, 1, _MOST, last, rule)

    def sheets(
        self, name: str, head: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]
    ) -> list[Any]:
        """Return a sheet of *rows*, several if they are more than a sheet holds."""
        parts = range(0, len(rows) or 1, _MOST)
        names = [name if not start else f"{name} {start // _MOST + 1}" for start in parts]
        return [
            self._sheet(name, head, rows[start : start + _MOST], widths)
            for name, start in zip(names, parts, strict=True)
        ]

    def _sheet(
        self, name: str, head: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]
    ) -> Any:
        """Return a sheet of *rows* under a *head* that stays visible, on paper too, and has filters."""
        page = self.book.add_worksheet(name)
        self.put(page, 0, head, self.head)
        for number, values in enumerate(rows, 1):
            self.put(page, number, values, self.plain)
            page.set_row(number, _height(values, widths))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(rows), len(head) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page

    @staticmethod
    def put(page: Any, number: int, values: Sequence[Value], look: Any) -> None:
        """Write *values* into row *number*, texts as texts and numbers as numbers."""
        for column, value in enumerate(values):
            if isinstance(value, int):
                page.write_number(number, column, value, look)
            else:
                page.write_string(number, column, value[:LONGEST_CELL], look)
