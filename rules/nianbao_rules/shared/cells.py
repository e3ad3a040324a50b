"""Findings on cells without a figure, the same for every table."""

from collections.abc import Collection, Iterator, Sequence

from nianbao.api import Cell, Edit, Finding, Fix, Related, State, Table, Text, same
from nianbao_grammar import patterns as re

FILL = Text(
    "没有发生的填 0；有发生的填实际数。空白格在核算时不能当作 0",
    "write 0 if there was none, the figure if there was any: a blank does not count as 0",
)
_BLANK = Text("{row}有{count}格没有填数（{columns}）", "{row}: no figure in {count} of its cells ({columns})")
_MANY_ROWS = Text(
    "{table}有{rows}行共{count}格没有填数：{places}等",
    "{table}: {rows} rows have {count} cells without a figure: {places} …",
)
_MANY = 5  # more blank rows than this are one habit, and one finding
_NOT_A_NUMBER = Text("{place}填的是“{text}”，不是数字", "{place} says “{text}”, which is no number")
_NOT_NUMBERS = Text(
    "{place}等{count}格填的是“{text}”，不是数字",
    "{place} and others, {count} cells, say “{text}”, which is no number",
)
_UNWORKED = Text(
    "{place}是公式，没有算出结果：{text}", "{place} is a formula that has not been worked out: {text}"
)
_UNWORKED_MORE = Text(
    "{place}等{count}格是公式，没有算出结果：{text}",
    "{place} and others, {count} cells, are formulas that have not been worked out: {text}",
)
_UNWORKED_HELP = Text(
    "用 Excel 或 WPS 打开，让它算出结果，保存以后再检查；不是工作簿的，写算出来的数",
    "open it in Excel or WPS, let that work them out, save it and check again; if it is no workbook, write the figures",
)
_FORMULA = ""  # stands for all formulas, which are what they are for one cause
_READ_FOR_A_DIGIT = re.compile(r"[0-9０-９]*[OoQlIi|〇○ＯｏＱＩｌ][0-9OoQlIi|〇○０-９ＯｏＱＩｌ]*")
_LETTER_HELP = Text(
    "“{text}”里的字母多半是扫描识别（OCR）时把数字 0、1 认错了：对照原件改成数字",
    "“{text}” probably has letters that were read for 0 or 1 in scanning (OCR): compare it with the original and write the figure",
)
_WRITE_ZERO = Text("填 0", "write 0")


def without_figure(table: Table, leaving_out: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a finding for each row of *table* with empty cells or marks, for each word that cells hold, and for all formulas.

    More than five such rows are one finding. Columns whose keys are in *leaving_out* are skipped.
    """
    if table.filled:
        return
    blank_rows: list[list[Cell]] = []
    worded: dict[str, list[Cell]] = {}
    for row in table.form.rows:
        cells = [table[row.key, column.key] for column in table.form.columns if column.key not in leaving_out]
        blanks = [cell for cell in cells if cell.state in (State.BLANK, State.MARK)]
        if blanks:
            blank_rows.append(blanks)
        for cell in cells:
            if cell.state is State.TEXT:
                formula = len(cell.text) > 1 and cell.text.startswith("=")
                worded.setdefault(_FORMULA if formula else cell.text, []).append(cell)
    if formulas := worded.pop(_FORMULA, []):
        yield _unworked(formulas)
    yield from (_worded(text, cells) for text, cells in worded.items())
    if len(blank_rows) > _MANY:
        count = sum(map(len, blank_rows))
        places = "；".join(blanks[0].row.place for blanks in blank_rows[:3])
        message = _MANY_ROWS.fill(table=table.form.place, rows=len(blank_rows), count=count, places=places)
        yield _unfilled([cell for blanks in blank_rows for cell in blanks], message, table.form.place)
        return
    for blanks in blank_rows:
        row = blanks[0].row
        place = f"{table.form.place} · {row.place}" if row.place else table.form.place
        columns = "、".join(cell.column.label for cell in blanks)
        yield _unfilled(blanks, _BLANK.fill(row=place, count=len(blanks), columns=columns), place)


def _worded(text: str, cells: Sequence[Cell]) -> Finding:
    letters = _READ_FOR_A_DIGIT.fullmatch(text) is not None
    help_text = _LETTER_HELP.fill(text=text) if letters else FILL
    message = _NOT_A_NUMBER if len(cells) == 1 else _NOT_NUMBERS
    first, *others = cells
    related = tuple(Related(cell.span, same(cell.place), cell) for cell in others)
    message = message.fill(place=first.place, text=text, count=len(cells))
    return Finding(first.span, message, help_text, first, related)


def _unworked(cells: Sequence[Cell]) -> Finding:
    first, *others = cells
    related = tuple(Related(cell.span, same(cell.place), cell) for cell in others)
    message = _UNWORKED_MORE if others else _UNWORKED
    message = message.fill(place=first.place, text=first.text, count=len(cells))
    return Finding(first.span, message, _UNWORKED_HELP, first, related)


def _unfilled(blanks: Sequence[Cell], message: Text, place: str) -> Finding:
    fix = Fix(_WRITE_ZERO, False, tuple(Edit(cell.span, cell.text, "0") for cell in blanks))
    related = tuple(Related(cell.span, same(cell.place), cell) for cell in blanks[1:])
    return Finding(blanks[0].span, message, FILL, blanks[0], related, fix=fix, place=place)
