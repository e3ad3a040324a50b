"""The scoring sheets of a run as one table, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.engine.checked import Checked, Summary
from nianbao.report.equations import number
from nianbao.reporters.display import Display
from nianbao.reporters.scoring import Row, rows
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.inert import in_sheet
from nianbao.text.language import Text

COLUMNS = (
    Text("文件", "file"),
    Text("机关", "organ"),
    Text("年度", "year"),
    Text("指标", "indicator"),
    Text("分值", "worth"),
    Text("扣分", "lost"),
    Text("得分", "points"),
    Text("失分原因", "why"),
    Text("整改情况", "correction"),
)
_WHY = 7  # the index of 失分原因
_NO_SHEET = Text(
    "没有评分表；在 nianbao.yaml 里写 points", "there is no scoring sheet: write points in nianbao.yaml"
)


class ScoreSheet:
    """A row for each indicator of each report, in the way of `csv`: reasons one below the other in their cell."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.begun = False
        self.scored = False

    def part(self, checked: Checked) -> str:
        """Return the rows of one file."""
        return _lines([_cells(row) for row in rows(checked, self.display)])

    def put(self, part: str) -> str:
        """Return *part*, after the head of the table if it is the first."""
        self.scored |= bool(part)
        return self._head() + part

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the head of the table if there was no file, and rows that say so if nothing was scored or not all."""
        said = [*not_whole(summary), *(() if self.scored else (_NO_SHEET,))]
        empty = [""] * len(COLUMNS)
        yield self._head() + _lines(
            [[*empty[:_WHY], self.display.say(words), *empty[_WHY + 1 :]] for words in said]
        )

    def _head(self) -> str:
        if self.begun:
            return ""
        self.begun = True
        return "\ufeff" + _lines([[self.display.say(column) for column in COLUMNS]])


def _cells(row: Row) -> list[str]:
    return [
        row.path,
        row.organ,
        str(row.year or ""),
        row.indicator,
        *map(_points, (row.worth, row.lost, row.points)),
        "\n".join(row.why),
        "\n".join(row.since),
    ]


def _points(points: Decimal | None) -> str:
    return "" if points is None else number(points)


def _lines(table: Sequence[Sequence[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows(map(in_sheet, row) for row in table)
    return lines.getvalue()
