"""表二: the tables on the items of 条例第二十条, and whether their figures can be."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nianbao.api import (
    LEVEL_NAMES,
    Context,
    Edit,
    Finding,
    Fix,
    Form,
    Label,
    Level,
    Piece,
    Related,
    Report,
    RowForm,
    Severity,
    State,
    Table,
    TableForm,
    Text,
    Undetermined,
    fold,
    number,
    rule,
    same,
)

from nianbao_rules.basis import (
    FILLING,
    OWN_READING,
    RULE_MAKING,
    TABLE_FOUR,
    TABLE_THREE,
    TABLE_TWO,
    TABLE_TWO_2021,
)
from nianbao_rules.cells import FILL, without_figure
from nianbao_rules.labels import label_finding

Results = Iterator[Finding | Undetermined]

_TABLES = ("regulations", "permits", "penalties", "charges", "procurement")
_ITEM = "第二十条第（{item}）项"
_NO_FIGURE = Text(
    "{place}有空白或读不出的格，无法判断", "{place} has blank or unreadable cells and cannot be judged"
)


def _forms(report: Report) -> tuple[TableForm, ...]:
    """Return the tables on items of 第二十条 that the form of the report has."""
    return tuple(table for table in report.form.tables if table.item) if report.form else ()


def _found(report: Report) -> Iterator[Table]:
    yield from (table for form in _forms(report) if (table := report.table(form.key)) is not None)


def _figures(table: Table, row: RowForm) -> dict[str, Decimal] | None:
    """Return the figures of *row* by column, None where a cell holds none."""
    cells = [table[row.key, column.key] for column in table.form.columns]
    found = {cell.column.key: cell.value for cell in cells if cell.value is not None}
    return found if len(found) == len(cells) else None


def _unknown(table: Table, row: RowForm) -> Undetermined:
    return Undetermined(_NO_FIGURE.fill(place=f"{table.form.place} · {row.place}"))


def _written(table: Table, row: RowForm) -> tuple[Related, ...]:
    """Return what each cell of *row* says."""
    cells = (table[row.key, column.key] for column in table.form.columns)
    return tuple(Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in cells)


# -- what has to be there ------------------------------------------------------------------------------

_NO_TABLE = Text("表二缺少{item}的表格（{rows}）", "the table on {item} ({rows}) is missing from section two")
_NO_ROWS = Text("{item}只有标题，没有“{rows}”的数据", "under {item} there is no row {rows}")
_NO_ROW = Text("{place}缺少“{rows}”一行", "{place} lacks the row {rows}")
_ADD = Text(
    "按{notice}的表格补上并填数；没有发生的填 0", "add it as the form of {notice} has it; write 0 for none"
)


@rule(
    "ART001",
    "item-missing",
    summary=Text(
        "表二有格式规定的第二十条各项", "section two has a table for each item of 第二十条 the form asks for"
    ),
    basis=TABLE_TWO,
    any_of=_TABLES,
)
def item_missing(report: Report, context: Context) -> Results:
    """第二部分应有格式规定的各项表格，每项的各行都在：2021年起为第（一）（五）（六）（八）项，此前还有第（九）项。

    为什么：这几项是条例第二十条中格式要求填报数量的事项，缺一项，这类信息的公开情况就没有报告。
    整个第二部分没有表格的，由 SEC009 报出；表格在而读不懂的，不作判断。

    反例：2023年度报告的第二部分没有第二十条第（六）项的表格。
    正例：第（一）（五）（六）（八）项都有表格，没有发生的填 0。

    怎样改：照格式补上缺少的表格或行，没有发生的填 0。
    """
    section = report.section("disclosure")
    for form in _forms(report):
        values = {"item": _ITEM.format(item=form.item), "rows": "、".join(row.label for row in form.rows)}
        table = report.table(form.key)
        if table is not None:
            missing = [row for row in form.rows if row.key not in table.rows][len(table.extra) :]
            if missing:
                rows = "、".join(row.label for row in missing)
                message = _NO_ROW.fill(place=form.place, rows=rows)
                yield Finding(table.span, message, _add(report), place=form.place)
        elif form.key not in report.unreadable:
            item = report.items.get(form.item)
            span = item.span if item else section.heading if section else report.anchor
            message = (_NO_ROWS if item else _NO_TABLE).fill(**values)
            yield Finding(span, message, _add(report), place=form.place)


def _add(report: Report) -> Text:
    return _ADD.fill(notice=report.form.notice if report.form else "")


_NO_HEADER = Text("{places}的表格没有“{items}”标题行", "the tables {places} lack their header line {items}")
_WRONG_HEADER = Text(
    "{place}的标题行写成“{found}”，应为“{official}”",
    "the header line of {place} says “{found}” where “{official}” is due",
)
_HEADER_HELP = Text("在表格上方补上这一行", "put this line over the table")
_NUMBER_HELP = Text("改为“{official}”", "change it to “{official}”")


@rule(
    "ART002",
    "item-header",
    summary=Text(
        "表二各项有“第二十条第（X）项”标题行", "each table of section two names its item of 第二十条"
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=_TABLES,
)
def item_header(report: Report, context: Context) -> Results:
    """第二部分各项表格的上方，应有“第二十条第（一）项”这样的标题行，项的序号与内容相符。

    为什么：读者凭标题行对照条例；标题行丢失或写错，汇总时会归到别的项下。

    反例：行政事业性收费的标题行写成“第二十条第（七）项”。
    正例：行政事业性收费的标题行为“第二十条第（八）项”。

    怎样改：照格式补上标题行，或者改正序号。
    """
    without = []
    for table in _found(report):
        if table.header is None:
            without.append(table)
        elif table.header.key != table.form.item or not table.header.exact:
            official = _ITEM.format(item=table.form.item)
            found = "".join(table.header.text.split())
            message = _WRONG_HEADER.fill(place=table.form.place, found=found, official=official)
            help_text = _NUMBER_HELP.fill(official=official)
            fix = Fix(help_text, True, (Edit(table.header.span, table.header.text, official),))
            yield Finding(table.header.span, message, help_text, fix=fix, place=table.form.place)
    if without:
        places = "、".join("、".join(row.label for row in table.form.rows) for table in without)
        items = "”“".join(_ITEM.format(item=table.form.item) for table in without)
        related = tuple(Related(table.span, same(table.form.place)) for table in without[1:])
        message = _NO_HEADER.fill(places=places, items=items)
        yield Finding(without[0].span, message, _HEADER_HELP, related=related, place=without[0].form.place)


# -- the form of which years ---------------------------------------------------------------------------

_OTHER_FORM = Text(
    "{year}年度报告应当使用{due}的表格，报告中却有另一版格式的“{labels}”",
    "a report on {year} is to use the tables of {due}, but has “{labels}” of another form",
)
_OTHER_FORM_HELP = Text(
    "换用{due}的表格，按新的口径重新填数；只改名称、不重新统计是不够的",
    "use the tables of {due} and count anew by their terms: new labels over old figures are not enough",
)
_NO_YEAR = Text("看不出报告年度，不知道应当使用哪一版格式", "the year is unknown, so the form due is, too")
_MANY = 6


@rule(
    "ART003",
    "other-generation",
    summary=Text("表格是报告年度应当使用的一版", "the tables are those of the form of the report's year"),
    basis=TABLE_TWO,
    any_of=(*_TABLES, "applications"),
)
def other_generation(report: Report, context: Context) -> Results:
    """表格应当用报告年度的格式：2019、2020年度用〔2019〕60号，2021年度起用〔2021〕30号。

    为什么：两版格式统计的内容不同（“本年新制作数量”和“本年制发件数”不是一回事），沿用旧表，
    各地数据无法汇总。只报一次；其他规则按报告实际使用的那一版检查，不再重复报出。

    反例：2022年度报告的第二十条第（一）项仍是“本年新制作数量、本年新公开数量、对外公开总数量”。
    正例：2022年度报告的第二十条第（一）项为“本年制发件数、本年废止件数、现行有效件数”。

    怎样改：换用报告年度的表格，按新的口径重新统计填报。
    """
    due = report.official_form
    if due is None:
        yield Undetermined(_NO_YEAR)
    elif due.tables:
        found = list(_of_another_form(report, due))
        if found:
            words = list(dict.fromkeys("".join(piece.text.split()) for piece in found))
            labels = "、".join(words[:_MANY]) + ("等" if len(words) > _MANY else "")
            values = {"year": report.year, "due": due.notice}
            message = _OTHER_FORM.fill(labels=labels, **values)
            related = tuple(Related(piece.span, same(piece.text)) for piece in found[1:_MANY])
            help_text = _OTHER_FORM_HELP.fill(**values)
            yield Finding(found[0].span, message, help_text, related=related, place=_place(report, found[0]))


def _place(report: Report, piece: Piece) -> str:
    for table in report.tables.values():
        if table.span.start <= piece.span.start < table.span.end:
            return table.form.place
    return report.place(piece.span.start)


def _of_another_form(report: Report, due: Form) -> Iterator[Piece]:
    """Yield the labels in the tables of *report* that another form prints and *due* does not know."""
    foreign = _foreign(report, due) & report.words
    for grid in report.grids if foreign else ():
        for row in grid.rows:
            yield from (cell for cell in row if cell.text and fold(cell.text) in foreign)


def _foreign(report: Report, due: Form) -> frozenset[str]:
    """Return the folded labels of the other forms' tables that *due* neither prints nor reads as its own.

    Item （九） is left to ART004, and of table three only a whole table on another form counts: single rows
    of it are SUM008's.
    """
    items = {table.item for table in due.tables}
    tables = [
        t for form in report.forms for t in form.tables if form is not due and t.item and t.item in items
    ]
    if report.form is not None and report.form.name != due.name:
        tables.extend(report.form.tables)
    known = due.groups | {
        fold(label) for table in due.tables for line in table.lines for label in (line.label, *line.aliases)
    }
    printed = {fold(line.label) for table in tables for line in table.lines}
    return frozenset(printed - known)


_REMOVED = Text(
    "2021年起的格式没有第二十条第（九）项（政府集中采购），报告中仍有“{found}”",
    "the form in force from 2021 has no item （九） (procurement), but the report still has “{found}”",
)
_REMOVED_HELP = Text(
    "删去第（九）项的标题行、表头和数据", "remove the header, labels and figures of item （九）"
)


@rule(
    "ART004",
    "item-removed",
    summary=Text("2021年起表二没有第（九）项", "since 2021 section two has no item （九）"),
    basis=TABLE_TWO_2021,
    severity=Severity.WARNING,
    any_of=_TABLES,
    forms=("2021",),
)
def item_removed(report: Report, context: Context) -> Results:
    """2021年起的格式，第二部分没有第二十条第（九）项政府集中采购，报告中不应再有。

    为什么：〔2021〕30号取消了这一项，留着它说明套用了旧表。2019、2020年度的报告应当有这一项。

    反例：2023年度报告第二部分末尾还有“第二十条第（九）项 政府集中采购 0 0”。
    正例：2023年度报告第二部分到第（八）项行政事业性收费为止。

    怎样改：删去第（九）项；政府采购情况可以写在总体情况里。
    """
    if report.official_form is not None and report.official_form.name != "2021":
        return  # a newer form in an older report: ART003 speaks
    cell = next(_cells(report, "政府集中采购"), None)
    item = report.items.get("九")
    claimed = any(table.header is item for table in report.tables.values())
    found = cell if item is None or claimed else Piece(item.text, item.span)
    if found is not None:
        words = "".join(found.text.split())
        yield Finding(found.span, _REMOVED.fill(found=words), _REMOVED_HELP, place=_PROCUREMENT)


_PROCUREMENT = "表二 · 第二十条第（九）项"


def _cells(report: Report, words: str) -> Iterator[Piece]:
    for grid in report.grids:
        for row in grid.rows:
            yield from (cell for cell in row if fold(cell.text) == words)


# -- labels --------------------------------------------------------------------------------------------


def _misprinted(report: Report, labels: Iterable[Label]) -> list[Label]:
    """Return the *labels* that are not as printed, those of another form left to ART003."""
    return _of_this_form(report, [label for label in labels if not label.exact])


def _of_this_form(report: Report, labels: list[Label]) -> list[Label]:
    if not labels or report.official_form is None:
        return labels
    foreign = _foreign(report, report.official_form)
    return [label for label in labels if fold(label.text) not in foreign]


_EXTRA = Text(
    "{place}有“{found}”一行，格式没有这一行{instead}",
    "{place} has a row “{found}” that the form does not have{instead}",
)
_INSTEAD = Text("，应有的“{rows}”却没有", ", and lacks {rows}")
_EXTRA_HELP = Text("照格式改正这一行的名称或删去", "give the row its printed label, or remove it")
_NOTHING = Text("", "")


@rule(
    "ART005",
    "item-row-label",
    summary=Text("表二的行名与格式一致", "row labels of section two are as printed"),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=_TABLES,
)
def item_row_label(report: Report, context: Context) -> Results:
    """第二部分各表的行名应与格式印明的一致，也不应有格式没有的行。

    为什么：名称不同，统计的内容就可能不同：2021年起为“行政规范性文件”，2019、2020年度为“规范性文件”。
    空格、全角半角不算差异；沿用另一版格式的由 ART003 报出。

    反例：2022年度报告写“规范性文件”；“行政事业性收费”写成“行政事业收费”。
    正例：2022年度报告写“行政规范性文件”。

    怎样改：照格式改回原名；格式没有的行删去。
    """
    for table in _found(report):
        for label in _misprinted(report, table.rows.values()):
            yield label_finding(table, label)
        missing = [row.label for row in table.form.rows if row.key not in table.rows]
        own = _of_this_form(report, table.extra)
        for order, label in enumerate(table.extra):
            if label not in own:
                continue
            instead = _INSTEAD.fill(rows=missing[order]) if order < len(missing) else _NOTHING
            found = "".join(label.text.split())
            message = _EXTRA.fill(place=table.form.place, found=found, instead=instead)
            yield Finding(label.span, message, _EXTRA_HELP, place=table.form.place)


@rule(
    "ART006",
    "item-column-label",
    summary=Text("表二的列名与格式一致", "column labels of section two are as printed"),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=_TABLES,
)
def item_column_label(report: Report, context: Context) -> Results:
    """第二部分各表的列名应与格式印明的一致。

    为什么：列名说明统计的是什么、用什么单位：“本年收费金额（单位：万元）”少了单位，读者就不知道是元还是万元。
    转换文件时后半截丢失的列名（“本年新”）不算差异；沿用另一版格式的由 ART003 报出。

    反例：“本年增/减”写成“本年增/减处”。
    正例：“本年增/减”。

    怎样改：照格式改回原名。
    """
    for table in _found(report):
        for label in _misprinted(report, table.columns.values()):
            yield label_finding(table, label)


# -- figures -------------------------------------------------------------------------------------------

_EMPTY = Text("表二各项都没有填数", "no table of section two has a figure")
_RAGGED = Text(
    "{place}“{row}”一行有{count}个数，应为{expected}个，看不出各数属于哪一列",
    "{place}, row “{row}”: {count} figures where {expected} are due, and nothing tells their columns",
)
_RAGGED_HELP = Text("对照表头逐格补齐，没有发生的填 0", "fill in each cell under its label; write 0 for none")


@rule(
    "ART007",
    "item-without-figure",
    summary=Text("表二各格应填数字", "every cell of section two has a number"),
    basis=FILLING,
    any_of=_TABLES,
)
def item_without_figure(report: Report, context: Context) -> Results:
    """第二部分的每一格都应填数字，没有发生的填 0。

    为什么：空白、“/”、“—”、“无”看不出是没有发生还是漏填，汇总时也不能相加。
    每行只报一次，全部没有填的只报一次；数字旁边带单位的由 ART009 报出。

    反例：规章一行三格都是“/”。
    正例：规章一行三格都是 0。

    怎样改：没有发生的填 0，漏填的补上。
    """
    tables = list(_found(report))
    cells = [cell for table in tables for cell in table.cells]
    if len(tables) > 1 and all(cell.state in (State.BLANK, State.MARK) for cell in cells):
        yield Finding(cells[0].span, _EMPTY, FILL, cells[0], place="表二")
        return
    for table in tables:
        yield from without_figure(table)
        for label, count in table.ragged:
            values = {"row": label.text, "count": count, "expected": len(table.form.columns)}
            message = _RAGGED.fill(place=table.form.place, **values)
            yield Finding(label.span, message, _RAGGED_HELP, place=table.form.place)


_NEGATIVE = Text("{place}填的是{text}，数量不会小于 0", "{place} says {text}: no count is below nought")
_FRACTION = Text("{place}填的是{text}，件数应为整数", "{place} says {text}: a count is a whole number")
_COUNT_HELP = Text("核对台账，填实际数", "check the ledger and enter the actual figure")


@rule(
    "ART008",
    "impossible-count",
    summary=Text("各表的数量不为负、件数为整数", "no figure of a table is negative, no count has decimals"),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR),
    any_of=(*_TABLES, "applications", "review"),
)
def impossible_count(report: Report, context: Context) -> Results:
    """表二、表三、表四填的是件数、项数和金额：不会是负数，件数和项数没有小数。

    为什么：这样的数不可能是统计出来的，多半是输入有误或者填串了格。
    “本年增/减”可以是负数；金额可以有小数。表三、表四中勾稽关系已经指出有误的格不再重复报出。

    反例：行政处罚的处理决定数量填“-3”，行政许可填“12.5”。
    正例：本年增/减填“-3”；本年收费金额填“190.46”。

    怎样改：核对台账，填实际数。
    """
    for table in filter(None, map(report.table, report.tables)):
        wrong = {cause.cell.address for cause in report.imbalances(table.form.key) if cause.cell is not None}
        for cell in table.cells:
            if cell.value is None or cell.address in wrong:
                continue
            if cell.value < 0 and not cell.column.signed:
                yield Finding(cell.span, _NEGATIVE.fill(place=cell.place, text=cell.text), _COUNT_HELP, cell)
            elif cell.column.unit is None and cell.value % 1:
                yield Finding(cell.span, _FRACTION.fill(place=cell.place, text=cell.text), _COUNT_HELP, cell)


_UNIT = Text("{place}填的是“{text}”，单位不应写在格里", "{place} says “{text}”: no unit belongs in a cell")
_UNIT_HELP = Text("只填数字", "enter the number alone")
_IN_COLUMN_UNIT = Text("换算成{unit}，只填数字", "convert it to {unit} and enter the number alone")
_UNIT_ABOVE = Text(
    "格式没有印采购总金额的单位：格里只填数字，单位可写在列名后面",
    "the form prints no unit for 采购总金额: enter the number alone and put its unit behind the label",
)
_LARGE = Text(
    "{place}填的是{text}万元，就{level}而言过大，可能把元当作万元填报",
    "{place} says {text} 万元, too much for an organ of this level: perhaps yuan were entered for 万元",
)
_LARGE_HELP = Text("核对收费台账；单位为万元", "check the ledger; the unit is 万元 (ten thousand yuan)")
_MOST: dict[Level, int] = {"township": 100_000, "county": 1_000_000}  # 万元


@rule(
    "ART009",
    "item-unit",
    summary=Text(
        "表二的格里只填数字，金额单位无误", "cells of section two hold bare numbers in the right unit"
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=_TABLES,
)
def item_unit(report: Report, context: Context) -> Results:
    """第二部分的格里只填数字，不带单位；收费金额的单位是万元，乡镇、县级的数额大得出奇时给出提示。

    为什么：带单位的格无法汇总；把元当作万元填报，数额会差一万倍。
    乡镇（街道）超过 100000 万元、县级超过 1000000 万元才提示。

    反例：收费金额填“96万元”；某镇收费金额填“1904573”。
    正例：收费金额填“190.4573”。

    怎样改：只填数字，按万元换算。
    """
    for cell in (cell for table in _found(report) for cell in table.cells):
        if cell.unit:
            unit = cell.column.unit
            help_text = (
                _UNIT_HELP if unit is None else _IN_COLUMN_UNIT.fill(unit=unit) if unit else _UNIT_ABOVE
            )
            yield Finding(cell.span, _UNIT.fill(place=cell.place, text=cell.text), help_text, cell)
        elif cell.column.unit == "万元" and cell.value is not None:
            level = report.issuer.level
            if level in _MOST and cell.value > _MOST[level]:
                values = {"place": cell.place, "text": cell.text, "level": LEVEL_NAMES[level]}
                yield Finding(cell.span, _LARGE.fill(**values), _LARGE_HELP, cell)


# -- figures beside each other -------------------------------------------------------------------------

_NO_POWER = Text(
    "“规章”一行填了{figures}，{level}一般没有制定规章的权限",
    "the row 规章 says {figures}, but an organ of this level ({level}) has as a rule no power to make 规章",
)
_NO_POWER_HELP = Text(
    "如是行政规范性文件，移到下一行；上级机关的规章不在本机关统计",
    "move normative documents to the row below; 规章 of higher organs are not counted here",
)
_NO_LEVEL = Text(
    "看不出机关层级，不知道有没有制定规章的权限（可用 --level 指定）",
    "the level of the organ is unknown, and so is its power to make 规章 (give it with --level)",
)
_RULE_MAKERS = frozenset({"city", "province", "ministry"})


@rule(
    "ART010",
    "rules-without-power",
    summary=Text("没有规章制定权的机关，规章填 0", "organs that may not make 规章 report none"),
    basis=RULE_MAKING,
    needs="regulations",
)
def rules_without_power(report: Report, context: Context) -> Results:
    """乡镇（街道）、县级政府和地方政府部门一般没有制定规章的权限，“规章”一行应为 0。

    为什么：规章由国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府制定。其他机关填了数，
    多半是把规范性文件或者上级的规章算了进来。看不出机关层级的，不作判断。

    反例：某镇的规章一行，现行有效件数填 6。
    正例：某镇的规章一行填 0、0、0；某设区的市填 3、5、74。

    怎样改：规范性文件填到下一行，规章一行填 0。
    """
    table = report.table("regulations")
    level = report.issuer.level
    if table is None or level in _RULE_MAKERS:
        return
    cells = [table["rules", column.key] for column in table.form.columns]
    filled = [cell for cell in cells if cell.value is not None and cell.value > 0]
    if not filled:
        return
    if level is None:
        yield Undetermined(_NO_LEVEL)
        return
    figures = "、".join(f"{cell.column.label}{cell.text}" for cell in filled)
    message = _NO_POWER.fill(figures=figures, level=LEVEL_NAMES[level])
    related = tuple(Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in filled[1:])
    yield Finding(filled[0].span, message, _NO_POWER_HELP, filled[0], related)


_FEWER = Text(
    "{place}：现行有效{in_force} < 本年制发{issued} − 本年废止{repealed} = {least}",
    "{place}: {in_force} in force < {issued} issued − {repealed} repealed = {least}",
)
_FEWER_HELP = Text(
    "现行有效件数应包括以前年度制发、仍然有效的文件；与司法行政部门核对三个数",
    "documents of earlier years that are still in force count too; check all three figures",
)


@rule(
    "ART011",
    "fewer-in-force",
    summary=Text(
        "现行有效件数不少于制发件数减废止件数",
        "no fewer documents are in force than were issued less repealed",
    ),
    basis=TABLE_TWO_2021,
    needs="regulations",
    forms=("2021",),
)
def fewer_in_force(report: Report, context: Context) -> Results:
    """规章、行政规范性文件的现行有效件数，不应少于本年制发件数减去本年废止件数。

    为什么：年初现行有效的件数不会小于 0，加上本年制发、减去本年废止，就是年末现行有效的件数。
    本年有制发、没有废止而现行有效填 0 的，多半是漏填，由 ART012 报出。

    反例：制发12、废止3、现行有效7：7 < 12 − 3 = 9。
    正例：制发12、废止3、现行有效41。

    怎样改：核对三个数；现行有效件数要把以前年度制发、仍然有效的算进去。
    """
    for table, row, figures in _rows(report, "regulations"):
        if figures is None:
            yield _unknown(table, row)
        elif not _left_out(figures) and min(figures.values()) >= 0:
            least = figures["issued"] - figures["repealed"]
            if figures["in_force"] < least:
                values = {key: number(value) for key, value in figures.items()}
                message = _FEWER.fill(place=_row_place(table, row), least=number(least), **values)
                yield _row_finding(table, row, "in_force", message, _FEWER_HELP)


def _rows(report: Report, *keys: str) -> Iterator[tuple[Table, RowForm, dict[str, Decimal] | None]]:
    """Yield the rows of tables *keys* with their figures, None where a cell holds none."""
    for table in filter(None, map(report.table, keys)):
        yield from ((table, row, _figures(table, row)) for row in table.form.rows if row.key in table.rows)


def _row_place(table: Table, row: RowForm) -> str:
    return f"{table.form.place} · {row.place}"


def _row_finding(table: Table, row: RowForm, column: str, message: Text, help_text: Text) -> Finding:
    """Return a finding at one cell of *row* that speaks of the whole row."""
    cell = table[row.key, column]
    related = tuple(said for said in _written(table, row) if said.span != cell.span)
    return Finding(cell.span, message, help_text, cell, related, place=_row_place(table, row))


def _left_out(figures: dict[str, Decimal]) -> bool:
    """Return whether documents were issued, none repealed, and none said to be in force."""
    return figures["issued"] > 0 and figures["repealed"] == figures["in_force"] == 0


_NONE_IN_FORCE = Text(
    "{place}：本年制发{issued}、废止0，现行有效却是0，多半是漏填",
    "{place}: {issued} issued, 0 repealed, yet 0 in force: most likely it was left out",
)
_NONE_IN_FORCE_HELP = Text(
    "填年末仍然有效的全部件数，包括以前年度制发的",
    "enter all that are in force at the end of the year, those of earlier years too",
)


@rule(
    "ART012",
    "none-in-force",
    summary=Text("有制发、没有废止的，现行有效件数不为 0", "what was issued and not repealed is in force"),
    basis=TABLE_TWO_2021,
    severity=Severity.WARNING,
    needs="regulations",
    forms=("2021",),
)
def none_in_force(report: Report, context: Context) -> Results:
    """本年有制发、没有废止，现行有效件数却填 0 的，多半是漏填。

    为什么：本年制发而没有废止的文件，年末通常仍然有效。

    反例：制发5、废止0、现行有效0。
    正例：制发5、废止0、现行有效32；制发0、废止0、现行有效0。

    怎样改：现行有效件数填年末仍然有效的全部件数。
    """
    for table, row, figures in _rows(report, "regulations"):
        if figures is None:
            yield _unknown(table, row)
        elif _left_out(figures):
            message = _NONE_IN_FORCE.fill(place=_row_place(table, row), issued=number(figures["issued"]))
            yield _row_finding(table, row, "in_force", message, _NONE_IN_FORCE_HELP)


_FEWER_PUBLIC = Text(
    "{place}：对外公开总数量{public_total} < 本年新公开数量{published}",
    "{place}: {public_total} public in all < {published} newly published",
)
_FEWER_PUBLIC_HELP = Text(
    "对外公开总数量包括本年新公开的；核对两个数",
    "what is public in all includes what was newly published; check both figures",
)
_BELOW_NOUGHT = Text(
    "{place}：上一年项目数量{previous}，本年增/减{change}，现有项目数成了{now}",
    "{place}: {previous} items the year before and a change of {change} leave {now}",
)
_BELOW_NOUGHT_HELP = Text(
    "本年增/减填增减的项数（减少为负数），不是现有项数；核对两个数",
    "the change is the number of items added, negative for dropped; check both figures",
)


@rule(
    "ART013",
    "older-totals",
    summary=Text(
        "2019、2020年度：总数不少于新增，项目不减到 0 以下",
        "2019 and 2020: totals include what is new, and no more items go than there were",
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=("regulations", "permits", "penalties", "charges"),
    forms=("2019",),
)
def older_totals(report: Report, context: Context) -> Results:
    """2019、2020年度的表二：对外公开总数量不少于本年新公开数量；上一年项目数量加本年增/减不小于 0。

    为什么：总数包括本年新公开的；取消的项目不会比原有的多。

    反例：新公开6、对外公开总数量4；上一年项目数量3、本年增/减“-5”。
    正例：新公开6、对外公开总数量20；上一年项目数量3、本年增/减“-3”。

    怎样改：核对两个数。
    """
    for table, row, figures in _rows(report, "regulations"):
        if figures is None:
            yield _unknown(table, row)
        elif figures["public_total"] < figures["published"]:
            values = {key: number(value) for key, value in figures.items()}
            message = _FEWER_PUBLIC.fill(place=_row_place(table, row), **values)
            yield _row_finding(table, row, "public_total", message, _FEWER_PUBLIC_HELP)
    for table, row, figures in _rows(report, "permits", "penalties", "charges"):
        if figures is None:
            yield _unknown(table, row)
        elif figures["previous"] + figures["change"] < 0 <= figures["previous"]:
            now = number(figures["previous"] + figures["change"])
            values = {key: number(value) for key, value in figures.items()}
            message = _BELOW_NOUGHT.fill(place=_row_place(table, row), now=now, **values)
            yield _row_finding(table, row, "change", message, _BELOW_NOUGHT_HELP)


_NO_ITEM = Text(
    "{place}：项目数为0，处理决定却有{decisions}件", "{place}: no item at all, yet {decisions} decisions"
)
_NO_ITEM_HELP = Text(
    "核对上一年项目数量和本年增/减是否漏填", "check whether the items of the year before were left out"
)
_NO_AMOUNT = Text(
    "{place}：采购项目{projects}个，采购总金额却是0", "{place}: {projects} projects for nothing"
)
_NO_PROJECT = Text("{place}：采购总金额{amount}，采购项目数量却是0", "{place}: {amount} spent on no project")
_PURCHASE_HELP = Text("核对采购项目数量和采购总金额", "check the number of projects and the amount")


@rule(
    "ART014",
    "older-pairs",
    summary=Text(
        "2019、2020年度：有处理决定就有项目，采购数与金额同有同无",
        "2019 and 2020: decisions are on items, purchases have an amount",
    ),
    basis=OWN_READING,
    any_of=("permits", "penalties", "procurement"),
    forms=("2019",),
)
def older_pairs(report: Report, context: Context) -> Results:
    """2019、2020年度的表二：有处理决定的，项目数通常不为 0；采购项目数量与采购总金额通常同有同无。

    为什么：处理决定是就项目作出的，采购总会有金额；一有一无，多半是漏填了一个。

    反例：上一年项目数量0、本年增/减0，处理决定数量35；采购项目数量2、采购总金额0。
    正例：上一年项目数量12、本年增/减0，处理决定数量35。

    怎样改：核对有没有漏填。
    """
    for table, row, figures in _rows(report, "permits", "penalties"):
        if figures is None:
            yield _unknown(table, row)
        elif figures["decisions"] > 0 and figures["previous"] + figures["change"] == 0:
            message = _NO_ITEM.fill(place=_row_place(table, row), decisions=number(figures["decisions"]))
            yield _row_finding(table, row, "decisions", message, _NO_ITEM_HELP)
    for table, row, figures in _rows(report, "procurement"):
        if figures is None:
            yield _unknown(table, row)
        elif (figures["projects"] > 0) != (figures["amount"] > 0):
            text = _NO_AMOUNT if figures["projects"] > 0 else _NO_PROJECT
            values = {key: number(value) for key, value in figures.items()}
            message = text.fill(place=_row_place(table, row), **values)
            yield _row_finding(table, row, "amount", message, _PURCHASE_HELP)
