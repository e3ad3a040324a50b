"""A total as a workbook: a sheet for each official table, which a sheet of the parts is added up in by formulas."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from nianbao.report.printed import Slots, expanded, printed_sections, widths
from nianbao.report.total import Sum, Total
from nianbao.reporters.reporter import UnavailableError
from nianbao.reporters.terminal_width import Ruler
from nianbao.reporters.total.words import MARK, NUMERALS, counted, remarks, title
from nianbao.reporters.workbook import LONGEST_CELL, workbook
from nianbao.text.inert import inert
from nianbao.text.language import Language, Text

_PARTS, _LEFT = Text("构成", "parts"), Text("没有计入", "left out")
_PLACE, _SUM = Text("格", "cell"), Text("合计", "sum")
_NAME, _PATH, _REASON = Text("机关", "organ"), Text("文件", "file"), Text("原因", "reason")
_STATE, _COUNTS = Text("对合计的影响", "effect"), Text("合计缺这一份", "the sums lack it")
_HARMLESS = Text("不影响", "none")
_TOO_MANY = Text(
    "{count} 份报告超过了一张工作表的列数；用 -o 汇总.md，或者分开汇总",
    "{count} reports are more than the columns of a sheet: use -o total.md, or several totals",
)
_MORE = Text("另有 {count} 条，见“{left}”和“{parts}”", "{count} more: see the sheets {left} and {parts}")
_MOST_REMARKS = 12  # below a table that is to stay on one page
_FIRST = 4  # the row of the first cell in the sheet of the parts, from 0
_MOST = 16000  # columns of a sheet, those of the labels left out
_TABLE_WIDTH = 96  # characters, for A4
_PORTRAIT_COLUMNS = 10
_FONT, _LABEL_FONT = "宋体", "黑体"
_RED = "#b3261e"


def xlsx(total: Total, language: Language) -> bytes:
    """Return *total* as a workbook, its remarks in *language*. Raises UnavailableError if it cannot be written."""
    if len(total.units) > _MOST:
        raise UnavailableError(_TOO_MANY.fill(count=len(total.units)))
    data = io.BytesIO()
    book = workbook(data)
    writing = _Writing(book, total, language)
    for number, section, slots in printed_sections(total.form):
        writing.table(f"{NUMERALS[number - 1]}、{section.title}", slots)
    writing.parts()
    if total.left:
        writing.left()
    book.close()
    return data.getvalue()


class _Writing:
    """A workbook being written, with the formats of its cells."""

    def __init__(self, book: Any, total: Total, language: Language) -> None:
        self.book = book
        self.total = total
        self.language = language
        self.rows = {
            address: number for number, address in enumerate(total.sums, _FIRST + 1)
        }  # as a formula has them
        look = {"font_name": _FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True, "border": 1}
        self.heading = book.add_format(
            {"font_name": _LABEL_FONT, "font_size": 14, "align": "center", "valign": "vcenter"}
        )
        self.label = book.add_format({**look, "align": "center"})
        self.left_label = book.add_format({**look, "align": "left"})
        self.head = book.add_format({**look, "align": "center", "bold": True, "bg_color": "#e8eef4"})
        self.figure = book.add_format({**look, "align": "center"})
        self.lacking = book.add_format(
            {
                **look,
                "align": "center",
                "font_color": _RED,
                "bg_color": "#fbe9e7",
                "num_format": f'General"{MARK}"',
            }
        )
        self.refused = book.add_format({**look, "align": "center", "font_color": _RED, "bg_color": "#fbe9e7"})
        self.note = book.add_format({"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"})
        self.warning = book.add_format(
            {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top", "font_color": _RED}
        )

    def say(self, text: Text) -> str:
        return inert(text.of(self.language))[:LONGEST_CELL]

    # -- an official table ---------------------------------------------------------------------------------------

    def table(self, heading: str, slots: Slots) -> None:
        """Write a sheet with *slots* as they are printed, their figures the sums."""
        page = self.book.add_worksheet(heading[:31].replace("、", " "))
        shares = widths(slots)
        wide = [_TABLE_WIDTH * share / sum(shares) for share in shares]
        for column, width in enumerate(wide):
            page.set_column(column, column, width)
        last = len(wide) - 1
        page.merge_range(0, 0, 0, last, "", self.heading)
        page.write_string(0, 0, inert(title(self.total)), self.heading)
        page.merge_range(1, 0, 1, last, "", self.heading)
        page.write_string(1, 0, heading, self.heading)
        page.set_row(0, 28)
        page.set_row(1, 24)
        for number, row in enumerate(expanded(slots), 2):
            for column, (slot, down, right) in enumerate(row):
                if not (down or right):
                    look = self.left_label if slot.leading else self.label
                    if slot.rows > 1 or slot.columns > 1:
                        page.merge_range(
                            number, column, number + slot.rows - 1, column + slot.columns - 1, "", look
                        )
                    if slot.figure:
                        self._sum(page, number, column, self.total.sums[slot.address])
                    else:
                        page.write_string(number, column, slot.text, look)
            page.set_row(number, _height(row, wide))
        self._under(page, len(slots) + 3, last)
        page.set_paper(9)  # A4
        page.set_margins(0.5, 0.5, 0.6, 0.6)
        page.fit_to_pages(1, 1)
        page.center_horizontally()
        if len(wide) > _PORTRAIT_COLUMNS:
            page.set_landscape()

    def _sum(self, page: Any, row: int, column: int, each: Sum) -> None:
        """Write the formula of a sum; where no one has a figure, no figure."""
        look = self.figure if each.whole else self.lacking
        if each.value is None:
            page.write_string(row, column, MARK, self.refused)
        else:
            formula = f"='{_PARTS.of(self.language)}'!$B${self.rows[each.address]}"
            page.write_formula(row, column, formula, look, float(each.value))
        if not each.whole:
            page.write_comment(row, column, self.say(self._lacking(each)), {"author": "", "x_scale": 2})

    def _lacking(self, each: Sum) -> Text:
        names = [
            f"{unit.organ}（{part.refused.of(self.language)}）"
            for unit, part in zip(self.total.units, each.parts, strict=True)
            if part.refused is not None
        ]
        shown = "、".join(names[:20]) + (f"… {len(names)}" if len(names) > 20 else "")
        return Text(f"不含 {shown}", f"without {shown}")

    def _under(self, page: Any, row: int, last: int) -> None:
        """Write below the table what it lacks, a line each."""
        lines = [(counted(self.total), self.note), *((words, self.warning) for words in remarks(self.total))]
        if len(lines) > _MOST_REMARKS:
            left = len(lines) - _MOST_REMARKS
            lines[_MOST_REMARKS:] = [(_MORE.fill(count=left, parts=_PARTS, left=_LEFT), self.warning)]
        for number, (words, look) in enumerate(lines, row):
            text = self.say(words)
            page.merge_range(number, 0, number, last, "", look)
            page.write_string(number, 0, text, look)
            page.set_row(number, 15 * _lines(text, _TABLE_WIDTH))

    # -- the parts -----------------------------------------------------------------------------------------------

    def parts(self) -> None:
        """Write the sheet of the parts: a row for each cell, a column for each organ, and their sum as a formula."""
        page = self.book.add_worksheet(_PARTS.of(self.language))
        units = self.total.units
        page.write_string(0, 0, inert(title(self.total)), self.note)
        page.write_string(1, 0, self.say(counted(self.total)), self.note)
        head = _FIRST - 1
        for column, words in enumerate((_PLACE, _SUM)):
            page.write_string(head, column, self.say(words), self.head)
            page.write_string(head - 1, column, "", self.head)
        page.write_string(head - 1, 0, self.say(_PATH), self.head)
        for column, unit in enumerate(units, 2):
            page.write_string(head, column, inert(unit.organ)[:LONGEST_CELL], self.head)
            page.write_string(head - 1, column, inert(unit.path)[:LONGEST_CELL], self.head)
        for row, each in enumerate(self.total.sums.values(), _FIRST):
            page.write_string(row, 0, each.place, self.left_label)
            self._row(page, row, each)
        page.set_column(0, 0, 52)
        page.set_column(1, 1, 12)
        page.set_column(2, len(units) + 1, 12)
        page.set_row(0, 15)
        page.set_row(head, 48)
        page.set_row(head - 1, 48)
        page.freeze_panes(_FIRST, 2)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(head - 1, head)
        page.repeat_columns(0, 1)
        page.set_print_scale(70)

    def _row(self, page: Any, row: int, each: Sum) -> None:
        for column, part in enumerate(each.parts, 2):
            if part.value is not None:
                page.write_number(row, column, float(part.value), self.figure)
            elif part.refused is not None:
                page.write_string(row, column, self.say(part.refused), self.refused)
        if each.value is None:
            page.write_string(row, 1, MARK, self.refused)
            return
        added = f"SUM(C{row + 1}:{_letters(len(each.parts) + 1)}{row + 1})"
        places = max(_places(part.value) for part in each.parts)
        formula = f"=ROUND({added},{places})" if places else f"={added}"
        page.write_formula(row, 1, formula, self.figure if each.whole else self.lacking, float(each.value))

    # -- what is left out -----------------------------------------------------------------------------------------

    def left(self) -> None:
        """Write the sheet of the reports that are not in the sums, those first that are lacking."""
        page = self.book.add_worksheet(_LEFT.of(self.language))
        for column, (words, width) in enumerate(
            zip((_NAME, _PATH, _REASON, _STATE), (30, 40, 60, 16), strict=True)
        ):
            page.set_column(column, column, width)
            page.write_string(0, column, self.say(words), self.head)
        for row, left in enumerate(sorted(self.total.left, key=lambda each: each.harmless), 1):
            effect = _HARMLESS if left.harmless else _COUNTS
            look = self.left_label if left.harmless else self.refused
            page.write_string(row, 0, inert(left.name)[:LONGEST_CELL], self.left_label)
            page.write_string(row, 1, inert(left.path)[:LONGEST_CELL], self.left_label)
            page.write_string(row, 2, self.say(left.reason), self.left_label)
            page.write_string(row, 3, self.say(effect), look)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _letters(column: int) -> str:
    """Return the name of *column*, counted from 0, as a formula has it."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name, column = chr(ord("A") + letter) + name, column - 1
    return name


def _places(value: Decimal | None) -> int:
    """Return the number of decimal places of *value*."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _lines(text: str, width: float) -> int:
    """Return how many lines *text* takes where there is room for so many narrow letters."""
    return max(1, -(-Ruler(2).columns(text) // max(int(width) - 1, 2)))


def _height(row: Sequence[tuple[Any, int, int]], wide: Sequence[float]) -> float:
    """Return the height in points of a row whose labels wrap, which not every program computes itself."""
    lines = 1
    for column, (slot, down, right) in enumerate(row):
        if not (down or right) and slot.rows == 1 and slot.text:
            lines = max(lines, _lines(slot.text, sum(wide[column : column + slot.columns])))
    return 15.0 * lines + 5
