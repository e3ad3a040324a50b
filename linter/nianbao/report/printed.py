"""The official tables as they are printed: labels and places for figures, with the cells that each takes up."""

from collections.abc import Iterator, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Form, SectionForm, TableForm

OUTCOMES = "三、本年度办理结果"
_APPLICANTS, _ORGANISATIONS = "申请人情况", "法人或其他组织"
_REVIEW, _LITIGATION, _DIRECT, _AFTER = "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"
_BESIDE = 3  # columns of labels of table three


class Slot(NamedTuple):
    """A cell of a printed table, *rows* high and *columns* wide; *text* is its label, "" for that of a figure.

    *address* is that of the figure or of the label: `applications/received/total`, `applications/received`,
    `applications//total`, `applications//group/（三）不予公开`, `permits/header`, `applications/note`; "" for a label that
    is no one's own.
    """

    address: str
    text: str
    rows: int = 1
    columns: int = 1
    figure: bool = False

    @property
    def leading(self) -> bool:
        """Whether it begins at the left of its cell, as the labels of the rows of table three do."""
        return not self.figure and self.address.startswith("applications/") and "//" not in self.address


Slots = list[list[Slot]]  # row by row, each slot in the row in which it begins


def printed(table: TableForm) -> Slots:
    """Return *table* as its form prints it; rows that are left out of it are left out."""
    if table.item:
        return _item(table)
    return _applications(table) if table.key == "applications" else _review(table)


def groups(table: TableForm) -> tuple[str, ...]:
    """Return the labels that head several rows or columns of *table*."""
    if table.key == "review":
        return _REVIEW, _LITIGATION, _DIRECT, _AFTER
    columns = (_APPLICANTS, _ORGANISATIONS) if table.key == "applications" else ()
    return tuple(dict.fromkeys((*columns, *(row.under for row in table.rows if row.under))))


def printed_sections(form: Form) -> Iterator[tuple[int, SectionForm, Slots]]:
    """Yield the sections of *form* that have tables, each with its number from 1 and its tables printed as one."""
    for number, section in enumerate(form.sections, 1):
        tables = [printed(table) for table in form.tables if table.section == section.key]
        if tables:
            yield number, section, _below_each_other(tables)


def filled(slots: Slots, figures: Mapping[str, str]) -> Slots:
    """Return *slots* with the *figures*, by address, in their places."""
    return [
        [slot._replace(text=figures[slot.address]) if slot.figure else slot for slot in row] for row in slots
    ]


def widths(slots: Slots) -> tuple[int, ...]:
    """Return how wide the columns of *slots* are to be, in proportion."""
    count = sum(slot.columns for slot in slots[0])
    if slots[0][0].address == "applications/note":
        return (7, 11, 33, *[7] * (count - _BESIDE))
    return (1,) * count if slots[0][0].address.startswith("review") else (3, *[2] * (count - 1))


def expanded(slots: Slots) -> list[list[tuple[Slot, int, int]]]:
    """Return the grid of *slots*: for every place the slot that covers it, and how far it is below and right of its corner."""
    width = sum(slot.columns for slot in slots[0])
    grid: list[list[tuple[Slot, int, int] | None]] = [[None] * width for _ in slots]
    for top, row in enumerate(slots):
        left = 0
        for slot in row:
            while grid[top][left] is not None:
                left += 1
            for down in range(slot.rows):
                for right in range(slot.columns):
                    grid[top + down][left + right] = slot, down, right
    return [[place for place in row if place is not None] for row in grid]


def _below_each_other(tables: Sequence[Slots]) -> Slots:
    """Return *tables* as one that is as wide as the widest; in a narrower one the last cell of a row is wider."""
    width = max(sum(slot.columns for slot in slots[0]) for slots in tables)
    return [_widened(row, width) if len(tables) > 1 else row for slots in tables for row in slots]


def _widened(row: list[Slot], width: int) -> list[Slot]:
    last = row[-1]
    lacking = width - sum(slot.columns for slot in row)
    return [*row[:-1], last._replace(columns=last.columns + lacking)]


def _figures(table: TableForm, row: str) -> list[Slot]:
    return [Slot(f"{table.key}/{row}/{column.key}", "", figure=True) for column in table.columns]


def _columns(table: TableForm) -> list[Slot]:
    return [Slot(f"{table.key}//{column.key}", column.label) for column in table.columns]


def _group(table: TableForm, label: str, rows: int = 1, columns: int = 1) -> Slot:
    return Slot(f"{table.key}//group/{label}", label, rows, columns)


def _item(table: TableForm) -> Slots:
    head = Slot(f"{table.key}/header", f"第二十条第（{table.item}）项", columns=1 + len(table.columns))
    rows = [[Slot(f"{table.key}/{row.key}", row.label), *_figures(table, row.key)] for row in table.rows]
    return [[head], [Slot("", "信息内容"), *_columns(table)], *rows]


def _applications(table: TableForm) -> Slots:
    natural, *organisations, total = _columns(table)
    rows = [
        [
            Slot("applications/note", table.note, 3, _BESIDE),
            _group(table, _APPLICANTS, columns=len(table.columns)),
        ],
        [
            natural._replace(rows=2),
            _group(table, _ORGANISATIONS, columns=len(organisations)),
            total._replace(rows=2),
        ],
        organisations,
    ]
    within = [row.under for row in table.rows if row.under]
    begun: set[str] = set()
    for row in table.rows:
        label = Slot(f"{table.key}/{row.key}", row.label)
        before = []
        if row.under and OUTCOMES not in begun:
            before.append(_group(table, OUTCOMES, rows=len(within)))
        if row.under and row.under not in {OUTCOMES, *begun}:
            before.append(_group(table, row.under, rows=within.count(row.under)))
        begun |= {OUTCOMES, row.under} if row.under else set()
        width = 1 if row.under and row.under != OUTCOMES else _BESIDE - bool(row.under)
        rows.append([*before, label._replace(columns=width), *_figures(table, row.key)])
    return rows


def _review(table: TableForm) -> Slots:
    labels, block = _columns(table), len(table.columns) // 3
    return [
        [_group(table, _REVIEW, columns=block), _group(table, _LITIGATION, columns=2 * block)],
        [
            *(label._replace(rows=2) for label in labels[:block]),
            _group(table, _DIRECT, columns=block),
            _group(table, _AFTER, columns=block),
        ],
        labels[block:],
        *(_figures(table, row.key) for row in table.rows),
    ]
