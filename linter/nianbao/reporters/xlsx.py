"""A workbook for the reviewer of a county's reports: overview, findings, by rule and region, who is wanting."""

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.reporters.by_rule import ByRule, found
from nianbao.reporters.csv_ import (
    BASIS,
    COLUMN,
    COLUMNS,
    EXCUSED,
    FILE,
    FINDING,
    FINGERPRINT,
    HELP,
    LINE,
    NAME,
    PLACE,
    REASON,
    RULE,
    SECTION,
    SEVERITY,
    WORDS,
    row,
)
from nianbao.reporters.display import Display
from nianbao.reporters.entry import entries, gaps
from nianbao.reporters.overview import (
    ABSENT,
    NOT_STATED,
    STANDINGS,
    WITHOUT_VERDICT,
    Line,
    Region,
    absent,
    line_of,
    regions,
    why_not,
)
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.terminal_width import Ruler
from nianbao.reporters.workbook import LONGEST_CELL, library, workbook
from nianbao.text.language import Text, same

_OVERVIEW, _FINDINGS, _BY_RULE, _BY_REGION, _GAPS = (
    Text("总览", "overview"),
    Text("问题", "findings"),
    Text("按规则", "by rule"),
    Text("按地区", "by region"),
    Text("无法判断", "not judged"),
)
_ORGAN, _PARENT, _LEVEL, _YEAR = (
    Text("机关", "organ"),
    Text("上级", "above"),
    Text("级别", "level"),
    Text("年度", "year"),
)
_STANDING, _STATUS, _FILE = Text("结论", "standing"), Text("整改状态", "status"), Text("文件", "file")
_STATUSES = (
    Text("未整改", "open"),
    Text("整改中", "under way"),
    Text("已整改", "put right"),
    Text("不改", "to stay"),
)
_SUPPRESSED, _TOTAL = Text("已说明", "suppressed"), Text("合计", "total")
_RULE, _NAME, _SEVERITY = Text("规则", "rule"), Text("名称", "name"), Text("程度", "severity")
_REGION, _REPORTS, _NUMBER = Text("地区", "region"), Text("报告", "reports"), Text("问题", "findings")
_OUTCOME, _REASON, _SITUATION = Text("结果", "outcome"), Text("原因", "reason"), Text("情况", "situation")
_NO_VERDICT = Text("没有结论", "no verdict")
_EACH = Text("错误/份", "errors each")
_MOST_OFTEN, _BY_REGION_CHART = (
    Text("问题最多的规则", "rules with the most findings"),
    Text("各地区的问题", "findings by region"),
)
_NO_ROSTER = Text(
    "没有名册，看不出谁没有报送、谁是谁的上级：用 nianbao roster 起一份，检查时加 --roster",
    "without a roster it is not known who has not handed in and who is above whom: begin one with nianbao roster, and check with --roster",
)
_NOBODY = Text("都已报送、读成", "all are here and read")
PAGE = Text("第 &P 页，共 &N 页", "page &P of &N")
_LINE, _HIGHEST = 14, 409  # points of a line, and of the highest row
_MOST = 1_048_000  # rows of a sheet, its head and a line of sums left out
_CHARTED = 12  # bars of a chart
# The columns of `COLUMNS` in their order in the sheet, each with its width in characters. The first are printed;
# organ and above, which are not among them, come first.
_PRINTED = ((SEVERITY, 9), (PLACE, 20), (WORDS, 22), (FINDING, 42), (HELP, 32), (BASIS, 26))
_IF_EXCUSED = ((EXCUSED, 12), (REASON, 20))
_UNPRINTED = ((RULE, 9), (NAME, 36), (SECTION, 30), (FILE, 56), (LINE, 6), (COLUMN, 6), (FINGERPRINT, 20))
COLOURS = {
    **dict.fromkeys(("error", "unread", "partial"), "#b3261e"),
    "warning": "#8a5300",
    "info": "#1f5f99",
    "differs": "#8a5300",
    "clean": "#2e6b34",
}
_BARS = {Severity.ERROR: "#c9463d", Severity.WARNING: "#e0a43a", Severity.INFO: "#6f9fce"}
_FONT = "Microsoft YaHei"  # one for both scripts: two fonts have two heights
_SCORES = Text("评分", "score")
_SCORED = (
    *((_ORGAN, 36), (_YEAR, 7), (Text("指标", "indicator"), 26)),
    *((Text("分值", "worth"), 9), (Text("扣分", "lost"), 9), (Text("得分", "points"), 9)),
    *((Text("失分原因", "why"), 60), (Text("整改情况", "correction"), 30)),
)
_POINTS = (3, 4, 5)  # the indices of those that are points
_BLANK_ZERO = '0;-0;""'

Value = str | int | float | Decimal

# The line of a file and the reason for there being no verdict, the rows of its findings, those of rules that could
# not judge, how often each rule has found something, and the rows of its score.
Rows = tuple[
    tuple[Any, ...], str, list[list[str]], list[list[str]], dict[tuple[str, str, str], int], list[list[str]]
]


class Xlsx:
    """A sheet for each question of a reviewer; a text stays a text, even one that begins like a formula."""

    def __init__(self, display: Display) -> None:
        library()  # no report is judged for a workbook that cannot be written
        self.display = display
        self.lines: list[Line] = []
        self.reasons: dict[str, str] = {}
        self.findings: list[tuple[int, list[str]]] = []
        self.gaps: list[tuple[int, list[str]]] = []
        self.rules = ByRule()
        self.scores: list[list[str]] = []

    def part(self, checked: Checked) -> Rows:
        """Return the rows of one file: in the overview, of its findings, of rules that could not judge."""
        unjudged = [
            [code, self.display.say(gap.state), gap.reason]
            for gap in gaps(checked, self.display)
            for code in gap.codes
        ]
        return (
            tuple(line_of(checked, self.display)),
            self.display.say(why_not(checked)),
            [row(entry, self.display) for entry in entries(checked, self.display)],
            unjudged,
            found(checked.verdict.open) if checked.verdict is not None else {},
            self._scored(checked),
        )

    def _scored(self, checked: Checked) -> list[list[str]]:
        if not checked.points:
            return []
        from nianbao.reporters.scoring import rows  # few runs have a sheet

        return [
            [
                *(row.organ or row.path, str(row.year or ""), row.indicator),
                *("" if points is None else str(points) for points in (row.worth, row.lost, row.points)),
                *("\n".join(row.why), "\n".join(row.since)),
            ]
            for row in rows(checked, self.display)
        ]

    def put(self, part: Rows) -> str:
        """Keep *part*: a workbook is written at the end."""
        line, reason, findings, unjudged, rules, scores = part
        number = len(self.lines)
        self.lines.append(Line(*line))
        if reason:
            self.reasons[self.lines[-1].path] = reason
        self.findings += ((number, texts) for texts in findings)
        self.gaps += ((number, texts) for texts in unjudged)
        self.rules.put(rules)
        self.scores += scores
        return ""

    def end(self, summary: Summary) -> Iterator[bytes]:
        """Yield the workbook."""
        data = io.BytesIO()
        book = workbook(data)
        writing = Writing(book, self.display.say(PAGE))
        self._overview(writing, summary)
        if self.scores:
            self._by_score(writing)
        self._findings(writing, summary)
        self._by_rule(writing, summary)
        self._by_region(writing, summary)
        self._absent(writing, summary)
        self._gaps(writing, summary)
        book.close()
        yield data.getvalue()

    def _overview(self, writing: "Writing", summary: Summary) -> None:
        say, excused = self.display.say, any(line.suppressed for line in self.lines)
        columns = [
            *((_ORGAN, 36), (_PARENT, 26), (_LEVEL, 18), (_YEAR, 7), (_STANDING, 13)),
            *((severity.text, 9) for severity in Severity),
            (_GAPS, 11),
            *(((_SUPPRESSED, 12),) if excused else ()),
            *((_STATUS, 11), (_FILE, 56)),
        ]
        head, widths = [say(words) for words, _ in columns], [width for _, width in columns]
        status = head.index(say(_STATUS))
        rows = [self._cells(line, summary, excused=excused) for line in self.lines]
        pages = writing.sheets(say(_OVERVIEW), head, rows, widths)
        statuses = [say(words) for words in _STATUSES]
        for page in pages:
            for standing, words in STANDINGS.items():
                writing.mark(page, head.index(say(_STANDING)), say(words), COLOURS[standing])
            if rows:
                page.data_validation(1, status, len(rows), status, {"validate": "list", "source": statuses})
            writing.mark(page, status, statuses[2], COLOURS["clean"])
        last, figures = len(rows) % _MOST + 1, range(head.index(say(_STANDING)) + 1, status)
        if len(rows) > 1:  # in no row of the filter
            sums = {at: _sum([values[at] for values in rows]) for at in figures}
            values = [say(_TOTAL), *(sums.get(at, "") for at in range(1, len(head)))]
            writing.put(pages[-1], last, values, sums=True)
        for words in not_whole(summary):
            pages[-1].write_string(last + 1, 0, say(words), writing.note)

    def _cells(self, line: Line, summary: Summary, *, excused: bool) -> list[Value]:
        figures: list[Value] = [line.findings.get(severity.value, 0) for severity in Severity]
        figures += [line.unjudged, *((line.suppressed,) if excused else ())]
        if line.standing == "unread":  # zero would say that nothing was found
            figures = [""] * len(figures)
        clean = line.standing == "clean"
        return [
            *(line.name, line.parent(summary.roll), line.level, line.year or ""),
            self.display.say(STANDINGS[line.standing]),
            *figures,
            "" if clean else self.display.say(_STATUSES[0]),
            line.shown,
        ]

    def _by_score(self, writing: "Writing") -> None:
        rows: list[list[Value]] = [
            [Decimal(text) if text and at in _POINTS else text for at, text in enumerate(texts)]
            for texts in self.scores
        ]
        head = [self.display.say(words) for words, _ in _SCORED]
        writing.sheets(self.display.say(_SCORES), head, rows, [width for _, width in _SCORED])

    def _findings(self, writing: "Writing", summary: Summary) -> None:
        say = self.display.say
        excused = any(texts[EXCUSED] for _, texts in self.findings)
        printed = (*_PRINTED, *(_IF_EXCUSED if excused else ()))
        order = [column for column, _ in (*printed, *_UNPRINTED)]
        head = [say(_ORGAN), *(say(COLUMNS[column]) for column in order), say(_PARENT)]
        rows: list[list[Value]] = []
        for number, texts in self.findings:  # only now are all rules known
            line = self.lines[number]
            title = summary.title(texts[RULE], self.display.language)
            texts[NAME] = self.display.shown(title or texts[NAME])
            values = [int(texts[at]) if at in (LINE, COLUMN) and texts[at] else texts[at] for at in order]
            rows.append([line.name, *values, line.parent(summary.roll)])
        widths = [24, *(width for _, width in (*printed, *_UNPRINTED)), 26]
        for page in writing.sheets(say(_FINDINGS), head, rows, widths, printed=1 + len(printed)):
            for severity in Severity:
                writing.mark(page, head.index(say(_SEVERITY)), say(severity.text), COLOURS[severity.value])

    def _by_rule(self, writing: "Writing", summary: Summary) -> None:
        say, counted = self.display.say, self.rules.rows(summary, self.display)
        head = [say(words) for words in (_NAME, _RULE, _SEVERITY, _NUMBER, _REPORTS)]
        rows: list[list[Value]] = [
            [each.name, each.code, say(each.severity.text), each.findings, each.files] for each in counted
        ]
        (page,) = writing.sheets(say(_BY_RULE), head, rows, (52, 9, 9, 10, 9))
        for severity in Severity:
            writing.mark(page, 2, say(severity.text), COLOURS[severity.value])
        colours = [_BARS[each.severity] for each in counted]
        writing.chart(page, say(_MOST_OFTEN), len(rows), {3: colours}, len(head) + 1)

    def _by_region(self, writing: "Writing", summary: Summary) -> None:
        say, found = self.display.say, regions(self.lines, summary.roll)
        standings = [say(STANDINGS["clean"]), say(_NO_VERDICT)]
        severities = [say(severity.text) for severity in Severity]
        head = [say(_REGION), say(_REPORTS), *standings, *severities, say(_EACH)]
        rows: list[list[Value]] = [
            [
                each.name or say(NOT_STATED),
                *(each.reports, each.standings["clean"]),
                sum(each.standings[standing] for standing in WITHOUT_VERDICT),
                *(each.findings[severity.value] for severity in Severity),
                _mean(each),
            ]
            for each in found
        ]
        (page,) = writing.sheets(say(_BY_REGION), head, rows, (28, 9, 14, 12, 8, 9, 8, 13))
        series = {
            4 + at: [_BARS[severity]] * len(rows)
            for at, severity in enumerate(Severity)
            if summary.findings[severity]
        }
        writing.chart(page, say(_BY_REGION_CHART), len(rows), series, len(head) + 1)
        if summary.roll is None and len(self.lines) > 1:
            page.write_string(len(rows) + 2, 0, say(_NO_ROSTER), writing.note)

    def _absent(self, writing: "Writing", summary: Summary) -> None:
        say = self.display.say
        reasons = {path: same(reason) for path, reason in self.reasons.items()}
        rows: list[list[Value]] = [
            [
                each.name,
                each.parent,
                say(each.what),
                say(each.reason),
                "\n".join(self.display.shown(self.display.relative(path)) for path in each.paths),
            ]
            for each in absent(self.lines, reasons, summary)
        ]
        head = [say(words) for words in (_ORGAN, _PARENT, _SITUATION, _REASON, _FILE)]
        pages = writing.sheets(say(ABSENT), head, rows, (36, 26, 20, 40, 56))
        if not rows and summary.roll is not None:
            pages[-1].write_string(1, 0, say(_NOBODY), writing.note)
        if summary.roll is None and len(self.lines) > 1:
            pages[-1].write_string(len(rows) % _MOST + 2, 0, say(_NO_ROSTER), writing.note)

    def _gaps(self, writing: "Writing", summary: Summary) -> None:
        say, language = self.display.say, self.display.language
        head = [say(words) for words in (_ORGAN, _RULE, _NAME, _OUTCOME, _REASON, _FILE)]
        rows = [
            [
                self.lines[number].name,
                code,
                self.display.shown(summary.title(code, language) or ""),
                state,
                reason,
                self.lines[number].shown,
            ]
            for number, (code, state, reason) in self.gaps
        ]
        writing.sheets(say(_GAPS), head, rows, (36, 9, 40, 14, 44, 56))


def _mean(region: Region) -> Value:
    """Return how many errors a report has that was read, "" if none was."""
    read = region.reports - region.standings["unread"]
    return round(region.findings["error"] / read, 1) if read else ""


def _sum(values: Sequence[Value]) -> int:
    return sum(value for value in values if isinstance(value, int))


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """Return the height in points of a row with wrapped texts, which not every program computes itself."""
    ruler = Ruler(2)
    lines = (
        sum(max(1, -(-ruler.columns(line) // (width - 1))) for line in str(value).split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    return float(min(_LINE * max(1, *lines) + 3, _HIGHEST))


class Writing:
    """A workbook being written, with the formats of its cells."""

    def __init__(self, book: Any, page: str) -> None:
        self.book = book
        self.page = page  # what stands at the foot of each page
        font = {"font_name": _FONT, "font_size": 10}
        look = {**font, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#d0d0d0"}
        self.plain = book.add_format(look)
        figure = {**look, "num_format": _BLANK_ZERO, "align": "right", "indent": 1, "text_wrap": False}
        self.number = book.add_format(figure)
        self.mean = book.add_format({**figure, "num_format": '0.0;-0.0;""'})
        self.points = book.add_format({**figure, "num_format": "0.##"})  # none left is a result
        self.bold = book.add_format({**look, "bold": True, "top": 2})
        self.sum = book.add_format({**figure, "bold": True, "top": 2})
        head = {"bold": True, "bg_color": "#e8eef4", "valign": "vcenter"}
        self.head = book.add_format({**look, **head})
        self.head_of_figures = book.add_format({**figure, **head})
        self.note = book.add_format({**font, "font_color": "#5a626d"})

    def mark(self, page: Any, column: int, word: str, colour: str) -> None:
        """Show the cells of *column* that say *word* in *colour*."""
        look = self.book.add_format({"font_color": colour, "bold": True})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        page.conditional_format(1, column, _MOST, column, rule)

    def sheets(
        self,
        name: str,
        head: Sequence[str],
        rows: Sequence[Sequence[Value]],
        widths: Sequence[int],
        printed: int | None = None,
    ) -> list[Any]:
        """Return a sheet of *rows*, several if they are more than a sheet holds; the first *printed* columns on paper."""
        parts = range(0, len(rows) or 1, _MOST)
        names = [name if not start else f"{name} {start // _MOST + 1}" for start in parts]
        return [
            self._sheet(name, head, rows[start : start + _MOST], widths, printed)
            for name, start in zip(names, parts, strict=True)
        ]

    def _sheet(
        self,
        name: str,
        head: Sequence[str],
        rows: Sequence[Sequence[Value]],
        widths: Sequence[int],
        printed: int | None,
    ) -> Any:
        """Return a sheet of *rows* under a *head* that stays visible, on paper too, and has filters."""
        page = self.book.add_worksheet(name)
        figures = {
            column for values in rows for column, value in enumerate(values) if not isinstance(value, str)
        }
        for column, words in enumerate(head):
            look = self.head_of_figures if column in figures else self.head
            page.write_string(0, column, words, look)
        page.set_row(0, _LINE + 6)
        for number, values in enumerate(rows, 1):
            self.put(page, number, values)
            page.set_row(number, _height(values, widths))
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(rows), len(head) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)  # inches
        page.set_header("&L&A", {"margin": 0.25})
        page.set_footer(f"&R{self.page}", {"margin": 0.25})
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        if printed is not None:
            page.print_area(0, 0, max(1, len(rows)), printed - 1)
        return page

    def put(self, page: Any, number: int, values: Sequence[Value], *, sums: bool = False) -> None:
        """Write *values* into row *number*, texts as texts and numbers as numbers, a nought as nothing."""
        text, figure = (self.bold, self.sum) if sums else (self.plain, self.number)
        for column, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(number, column, value[:LONGEST_CELL], text)
            elif isinstance(value, Decimal):
                page.write_number(number, column, float(value), self.points)
            elif isinstance(value, float):
                page.write_number(number, column, value, self.mean)
            else:
                page.write_number(number, column, value, figure)

    def chart(
        self, page: Any, title: str, rows: int, series: Mapping[int, Sequence[str]], column: int
    ) -> None:
        """Show the first *rows* of *page* as bars in *column*: figures of the columns of *series*, each with its colours.

        A column has one colour, or one for each row.
        """
        if not (rows and series):
            return
        shown = min(rows, _CHARTED)
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        name, font = page.get_name(), {"name": _FONT, "size": 9}
        for at, colours in series.items():
            chart.add_series(
                {
                    "name": [name, 0, at],
                    "categories": [name, 1, 0, shown, 0],
                    "values": [name, 1, at, shown, at],
                    "fill": {"color": colours[0]},
                    "points": [{"fill": {"color": colour}} for colour in colours[:shown]],
                    "gap": 45,
                    "data_labels": {"value": True, "num_format": _BLANK_ZERO, "font": font},
                }
            )
        chart.set_title({"name": title, "name_font": {**font, "size": 11}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none"})
        chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
        chart.set_legend({"position": "bottom", "font": font} if len(series) > 1 else {"none": True})
        chart.set_size({"width": 560, "height": 100 + 30 * shown})
        page.insert_chart(0, column, chart, {"x_offset": 4, "y_offset": 4})
