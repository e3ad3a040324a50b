"""The cells that a rule names: by the form, or by the labels of a table that is on no form."""

from collections.abc import Iterable, Mapping, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import NotApplicable, Related, Undetermined
from nianbao.files.scalars import Words
from nianbao.files.shape import Key, Many, Record, TextOr
from nianbao.files.values import text_under
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.kind import Found
from nianbao.plugins.declared.own_tables import cell_by_labels
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.table import Cell, State
from nianbao.text.folding import fold
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest
from nianbao.text.source import Span

_EXAMPLE = Text(
    "写作 applications/received/total，或者照格式写“表三 · 一、本年新收政府信息公开申请数量 · 总计”；"
    "本单位自己的表写 {row: 行名, column: 列名}",
    "write applications/received/total, or as the form says 表三 · 一、本年新收政府信息公开申请数量 · 总计; "
    "of a table of your own {row: …, column: …}",
)
_LIKELY = Text("是不是“{address}”（{place}）？", "did you mean {address} ({place})?")
_NO_CELL = Text("没有“{name}”这一格；{remedy}", "there is no cell {name}: {remedy}")
_NOT_THERE = Text(
    "格式 {form} 没有“{name}”这一格；在 applies 中写 form，只列有这一格的格式：{others}",
    "form {form} has no cell {name}: write form under applies with those that have it: {others}",
)
_TWICE = Text("“{name}”写了两次；删去一个", "{name} is here twice: delete one")
_OTHER_FORM = Text("报告所用的格式没有{place}", "the form of the report has no {place}")
_FORMS = Text("、", ", ")

CELL_ABOUT = Text(
    "格子，写键（applications/received/total）或格式的说法（表三 · 一、本年新收政府信息公开申请数量 · 总计）；"
    "本单位自己的表写 {row: 行名, column: 列名}",
    "a cell, by keys (applications/received/total) or in the words of the form (表三 · … · 总计); of a table of "
    "your own {row: …, column: …}",
)
CELL = TextOr(
    Record(
        (
            Key("row", Words(), Text("表里这一行的名称", "the label of its row"), required=True),
            Key("column", Words(), Text("表里这一列的名称", "the label of its column"), required=True),
            Key(
                "table",
                Words(),
                Text(
                    "表上面那一行或所在标题里的字；几张表有同样的行和列时才要写",
                    "words of the line or heading above the table, if several have such a row and column",
                ),
            ),
        )
    )
)
ONE_CELL = Key("cell", CELL, CELL_ABOUT)
CELLS = Key("cells", Many(CELL), Text("几个格子，逐个检查", "several cells, each checked by itself"))


class Official(NamedTuple):
    """A cell of the form: its address, and its place in the words of the form."""

    address: str
    place: str

    @property
    def table(self) -> str:
        """The key of its table."""
        return self.address.partition("/")[0]

    def cell(self, report: Report) -> Cell | NotApplicable:
        """Return it in *report*, or that the report's form does not have it."""
        key, row, column = self.address.split("/")
        table = report.table(key)
        if table is not None and {row, column} <= {line.key for line in table.form.lines}:
            return table[row, column]
        return NotApplicable(_OTHER_FORM.fill(place=self.place))


class Labelled(NamedTuple):
    """A cell of a table that is on no form, by the labels of its row and column and words above the table."""

    above: str
    row: str
    column: str

    @property
    def place(self) -> str:
        """The labels, as a finding names the cell."""
        return " · ".join(filter(None, (self.above, self.row, self.column)))

    @property
    def address(self) -> str:
        """The place again: the labels are all that tells it from another."""
        return fold(self.place)

    def cell(self, report: Report) -> Cell | Undetermined:
        """Return it in *report*, absent if there is no such cell; undetermined if that cannot be told."""
        return cell_by_labels(report, self.above, self.row, self.column)


Named = Official | Labelled


def official(cell: Cell) -> bool:
    """Return whether *cell* is one of the form."""
    return bool(cell.table.key)


def found(cell: Cell, operands: Mapping[str, str | Text], related: tuple[Related, ...] = ()) -> Found:
    """Return the finding on *cell*."""
    if official(cell):
        return Found(cell.span, operands, cell, related)
    return Found(cell.span, operands, None, related, place=cell.place)


def beside(cell: Cell) -> Related:
    """Return *cell* as a place that a finding mentions."""
    return Related(cell.span, same(f"{cell.place} {cell.text}"), cell if official(cell) else None)


def tables_of(named: Iterable[Named]) -> tuple[str, ...]:
    """Return the keys of the tables of the form that *named* are in."""
    return tuple(dict.fromkeys(each.table for each in named if isinstance(each, Official)))


def cells_named(items: Iterable[Item], forms: Sequence[Form]) -> tuple[Named, ...]:
    """Return the cells that *items* name. Raises FaultError for each that not all *forms* have or that is named twice."""
    known = {form.name: _places(form) for form in forms}
    by_address: dict[str, Named] = {}
    with Faults() as faults:
        for item in items:
            with faults.noted:
                named = _named(item, known)
                if named.address in by_address:
                    name = item.written if isinstance(named, Official) else named.place
                    raise FaultError(item.offset, _TWICE.fill(name=name))
                by_address[named.address] = named
    return tuple(by_address.values())


def _places(form: Form) -> dict[str, str]:
    """Return the place of each cell of *form* by its address."""
    return {
        cell.address: cell.place
        for table in form.tables
        for row in table.rows
        for column in table.columns
        for cell in (Cell(table, row, column, "", Span(0, 0), State.ABSENT, None, ""),)
    }


def _named(item: Item, known: dict[str, dict[str, str]]) -> Named:
    """Return the cell that *item* names; *known* are the places of all cells by address, by the name of the form."""
    if isinstance(item.content, dict):
        return Labelled(*(text_under(item, key).strip() for key in ("table", "row", "column")))
    everything = {address: place for cells in known.values() for address, place in cells.items()}
    folded = {fold(place): address for cells in known.values() for address, place in cells.items()}
    address = item.written if item.written in everything else folded.get(fold(item.written), "")
    having = [name for name, cells in known.items() if address in cells]
    if not having:
        remedy = _remedy(item.written, known)
        raise FaultError(item.offset, _NO_CELL.fill(name=item.written, remedy=remedy))
    lacking = [name for name in known if name not in having]
    if lacking:
        others = Text(*(mark.join(f'"{name}"' for name in having) for mark in _FORMS))
        raise FaultError(item.offset, _NOT_THERE.fill(form=lacking[0], name=item.written, others=others))
    return Official(address, everything[address])


def _remedy(name: str, known: dict[str, dict[str, str]]) -> Text:
    """Return the advice for the cell *name* that there is not: the nearest that all forms have, by the last of them."""
    *others, last = known.values()
    shared = {address: place for address, place in last.items() if all(address in cells for cells in others)}
    for cells in (shared, last):  # one that not every form has is better than none: what to do follows then
        addresses = {place: address for address, place in cells.items()}
        near = nearest(name, (*cells, *addresses))
        if near:
            address = addresses.get(near, near)
            return _LIKELY.fill(address=address, place=cells[address])
    return _EXAMPLE
