"""勾稽关系: the identities of tables three and four, and whether their cells can be added up at all."""

from collections.abc import Iterable, Iterator

from nianbao.api import (
    Cell,
    Context,
    Edit,
    Equation,
    Finding,
    Fix,
    Imbalance,
    Related,
    Report,
    Severity,
    State,
    Table,
    Text,
    Undetermined,
    fold,
    number,
    repairs,
    rule,
    same,
    written,
)

from nianbao_rules.basis import BALANCE, FILLING, OWN_READING, TABLE_FOUR, TABLE_THREE
from nianbao_rules.cells import FILL, without_figure
from nianbao_rules.labels import label_finding

Results = Iterator[Finding | Undetermined]

_WRONG_CELL = Text(
    "{place}填的是{old}，有{count}项勾稽关系因此不成立：{sums}；改为{new}，各项关系全部成立",
    "{place} says {old}, and {count} identities fail for it: {sums}; with {new} all of them hold",
)
_WRONG_CELL_HELP = Text(
    "核对台账：如确为{new}，改这一格；如{old}无误，则同列、同行各格都要重新核对",
    "check the ledger: if it is {new}, change this cell; if {old} is right, check the whole row and column",
)
_MISFILED = Text(
    "{one}与{other}一处多{shift}、一处少{shift}：{sums}；很可能有{shift}件填错了位置",
    "{one} is off by {shift} one way and {other} the other way: {sums}; {shift} probably stand in the wrong one",
)
_MISFILED_HELP = Text(
    "在{one}和{other}的对应各格中，找出错填的{shift}件，移到应填的一格",
    "find the {shift} entered in the wrong one of {one} and {other}, and move them",
)
_BROKEN = Text(
    "{place}的勾稽关系不成立：{basis}。{sums}，相差{difference}",
    "{place} does not add up: {sums}, {difference} apart",
)
_BROKEN_HELP = Text(
    "逐格核对参加这一关系的各数，改正有误的一格",
    "check each figure of this sum and correct the wrong one",
)
_UNKNOWN = Text(
    "{place}有空白或读不出的格，这一关系无法核算",
    "{place} has blank or unreadable cells and cannot be added up",
)


def _unbalanced(report: Report, key: str, names: tuple[str, ...]) -> Results:
    """Yield one finding for each cause whose first failing identity is among *names*."""
    for imbalance in report.imbalances(key):
        if imbalance.identity.name in names:
            yield _explained(imbalance)
    for name in names:
        for equation in report.equations(key, name):
            if equation.holds is None:
                yield Undetermined(_UNKNOWN.fill(place=_where(equation)))
                return


def _explained(imbalance: Imbalance) -> Finding:
    first = imbalance.equations[0]
    target = imbalance.cell or first.right[0]
    sums = _listed(f"{_where(equation)} {written(equation)}" for equation in imbalance.equations)
    related = _operands(imbalance.equations, target)
    data = {"sums": sums.zh, "difference": number(abs(first.difference))}
    if imbalance.cell is not None and imbalance.value is not None:
        cell, new = imbalance.cell, number(imbalance.value)
        values = {"old": cell.text or "空", "new": new}
        message = _WRONG_CELL.fill(place=cell.place, count=len(imbalance.equations), sums=sums, **values)
        title = Text("把{old}改为{new}", "change {old} to {new}").fill(**values)
        fix = Fix(title, False, (Edit(cell.span, cell.text, new),))
        return Finding(
            cell.span, message, _WRONG_CELL_HELP.fill(**values), cell, related, {**data, "value": new}, fix
        )
    if imbalance.shift is not None:
        values = {
            "one": _where(first),
            "other": _where(imbalance.equations[1]),
            "shift": number(imbalance.shift),
        }
        return Finding(
            target.span,
            _MISFILED.fill(sums=sums, **values),
            _MISFILED_HELP.fill(**values),
            target,
            related,
            data,
        )
    message = _BROKEN.fill(
        place=_where(first),
        basis=first.identity.basis,
        sums=sums if len(imbalance.equations) > 1 else written(first),
        difference=data["difference"],
    )
    return Finding(target.span, message, _BROKEN_HELP, target, related, data)


def _listed(items: Iterable[str]) -> Text:
    """Return *items* as a list in either language."""
    words = list(items)
    return Text("；".join(words), "; ".join(words))


def _where(equation: Equation) -> str:
    """Return what an equation runs over in a clerk's words: a column of table three, a row, a block."""
    table = equation.right[0].table
    if equation.identity.along == "columns":
        return f"{table.place}“{equation.place}”列"
    if table.key == "review":
        return f"{table.place}“{equation.right[0].column.under}”"
    return f"{table.place}“{equation.place}”行"


def _operands(equations: Iterable[Equation], target: Cell) -> tuple[Related, ...]:
    cells = {c.address: c for equation in equations for c in equation.cells if c.state is not State.ABSENT}
    return tuple(
        Related(c.span, same(f"{c.place} {c.text or '空'}"), c)
        for address, c in cells.items()
        if address != target.address and (c.value is None or c.value != 0)
    )


@rule(
    "SUM001",
    "application-balance",
    summary=Text(
        "表三每列：第一项＋第二项＝第三项＋第四项",
        "table three, each column: received + carried in = total + carried out",
    ),
    basis=BALANCE,
    needs="applications",
)
def application_balance(report: Report, context: Context) -> Results:
    """表三每一列，“一、本年新收”加“二、上年结转”之和，应等于“（七）总计”加“四、结转下年度”之和。

    为什么：这是表头印明的勾稽关系，收到的每一件申请不是已经办结，就是结转下年度，二者必居其一。
    一格有误牵动几项关系时只报一次，指出这一格和使各项关系全部成立的数。

    反例：自然人一列，新收12、结转3、总计14、结转下年度2：12 + 3 = 15 ≠ 16 = 14 + 2。
    正例：自然人一列，新收12、结转3、总计14、结转下年度1：12 + 3 = 15 = 14 + 1。

    怎样改：对照申请台账核对提示中的各数，改正有误的一格；不要为了凑平而改动无误的数。
    """
    yield from _unbalanced(report, "applications", ("balance",))


@rule(
    "SUM002",
    "outcome-total",
    summary=Text(
        "表三每列：“（七）总计”等于各项办理结果之和",
        "table three, each column: the outcomes add up to their total",
    ),
    basis=TABLE_THREE,
    needs="applications",
)
def outcome_total(report: Report, context: Context) -> Results:
    """表三每一列，“（七）总计”应等于（一）至（六）各项办理结果之和。

    为什么：每件申请只按一种结果统计一次（区分处理的只计部分公开），各项相加就是全部办结件数。

    反例：予以公开5、部分公开2、本机关不掌握4，其余为0，总计填12：5 + 2 + 4 = 11 ≠ 12。
    正例：予以公开5、部分公开2、本机关不掌握4，其余为0，总计填11。

    怎样改：核对本列各项结果和总计，改正有误的一格。
    """
    yield from _unbalanced(report, "applications", ("outcomes",))


@rule(
    "SUM003",
    "applicant-total",
    summary=Text(
        "表三每行：总计等于各类申请人之和", "table three, each row: the applicants add up to the total"
    ),
    basis=TABLE_THREE,
    needs="applications",
)
def applicant_total(report: Report, context: Context) -> Results:
    """表三每一行，“总计”应等于自然人和法人或其他组织五类之和。

    为什么：每件申请只有一类申请人，各类相加就是这一行的总数。
    两行的差数相等、一多一少时，多半是同一列中有几件填串了行，按一处问题报出。

    反例：新收一行，自然人10、商业企业2，其余为0，总计填11：10 + 2 = 12 ≠ 11。
    正例：新收一行，自然人10、商业企业2，其余为0，总计填12。

    怎样改：核对本行各数，改正有误的一格。
    """
    yield from _unbalanced(report, "applications", ("applicants",))


@rule(
    "SUM004",
    "review-total",
    summary=Text("表四三组：总计等于四种结果之和", "table four: each block adds up to its total"),
    basis=TABLE_FOUR,
    needs="review",
)
def review_total(report: Report, context: Context) -> Results:
    """表四的行政复议、未经复议直接起诉、复议后起诉三组，总计都应等于四种结果之和。

    为什么：每件案件在年末只有一种状态：维持、纠正、其他结果或者尚未审结。

    反例：行政复议维持2、纠正1、其他0、尚未审结1，总计填3：2 + 1 + 1 = 4 ≠ 3。
    正例：行政复议维持2、纠正1、其他0、尚未审结1，总计填4。

    怎样改：与复议机构、法院的结案文书核对本组五个数，改正有误的一格。
    """
    yield from _unbalanced(report, "review", ("review", "direct", "after"))


_TABLES = ("applications", "review")


@rule(
    "SUM005",
    "blank-cell",
    summary=Text("表三、表四各格应填数字", "every cell of tables three and four has a number"),
    basis=FILLING,
    any_of=_TABLES,
)
def blank_cell(report: Report, context: Context) -> Results:
    """表三、表四的每一格都应填数字，没有发生的填 0。

    为什么：空白、“/”、“-”、“无”看不出是没有发生还是漏填，汇总时也不能相加。
    整列、整表没有填的由 SUM006 报出，这里不再逐格重复。

    反例：“2.重复申请”一行七格都是“/”。
    正例：“2.重复申请”一行七格都是 0。

    怎样改：没有发生的填 0，漏填的补上。
    """
    for table in _found(report):
        yield from without_figure(table, _empty_columns(table))


_EMPTY_TABLE = Text("{table}没有填任何数", "{table} has no figure at all")
_EMPTY_COLUMNS = Text(
    "{table}的{columns}{count}列整列没有填数", "in {table} the columns {columns} ({count}) are empty"
)


@rule(
    "SUM006",
    "empty-column",
    summary=Text("表三、表四不得整表或整列不填", "no column of tables three and four is empty"),
    basis=FILLING,
    any_of=_TABLES,
)
def empty_column(report: Report, context: Context) -> Results:
    """表三、表四不应整表空白，也不应有整列不填（例如只填总计，或者总计全部空着）。

    为什么：格式要求按申请人类别逐列统计；只有总计，看不出申请人情况，勾稽关系也无从核对。

    反例：表三只有“总计”一列有数，自然人等六列全部空白。
    正例：每一列都有数，没有发生的填 0。

    怎样改：补填空白的各列。
    """
    for table in _found(report):
        empty = _empty_columns(table)
        labels = [column.label for column in table.form.columns if column.key in empty]
        if not labels:
            continue
        cell = next(c for c in table.cells if c.column.key in empty)
        if len(labels) == len(table.form.columns):
            message = _EMPTY_TABLE.fill(table=table.form.place)
        else:
            message = _EMPTY_COLUMNS.fill(
                table=table.form.place, columns="、".join(labels), count=len(labels)
            )
        yield Finding(cell.span, message, FILL, cell, place=table.form.place)


def _found(report: Report) -> Iterator[Table]:
    yield from (table for table in map(report.table, _TABLES) if table is not None)


def _empty_columns(table: Table) -> frozenset[str]:
    """Return the columns without a single figure; in table four, of one row, only all of them together."""
    if table.filled:
        return frozenset()
    filled = {cell.column.key for cell in table.cells if cell.state not in (State.BLANK, State.MARK)}
    if len(table.form.rows) == 1 and filled:
        return frozenset()
    bound = {cell.column.key for cell in table.cells}
    return frozenset(bound - filled)


@rule(
    "SUM007",
    "table-label",
    summary=Text("表三、表四的行列名称与格式一致", "labels of tables three and four are as printed"),
    basis=(TABLE_THREE, TABLE_FOUR),
    any_of=_TABLES,
    severity=Severity.WARNING,
)
def table_label(report: Report, context: Context) -> Results:
    """表三、表四的行名、列名应与格式印明的一致。

    为什么：名称改动一个字，意思就可能变了（“三安全一稳定”出自条例第十四条），汇总时也对不上。
    空格、全角半角、括号、丢失的序号不算差异。

    反例：“总计”写成“总结”；“其他结果”写成“其他其结果”。
    正例：“3.危及“三安全一稳定””。

    怎样改：照格式改回原名。
    """
    for table in _found(report):
        for label in (*table.rows.values(), *table.columns.values()):
            if not label.exact:
                yield label_finding(table, label)


_MISSING = Text("{table}缺少：{rows}", "{table} lacks: {rows}")
_EXTRA = Text(
    "{table}多出“{row}”一行，格式没有这一行", "{table} has a row “{row}” that the form does not have"
)
_MERGED = Text(
    "{{table}}的“{{row}}”只填了一行，格式分为：{rows}",
    "{{table}}: “{{row}}” is one row where the form has {rows}",
)
_RAGGED = Text(
    "{table}“{row}”一行有{count}个数，应为{expected}个，无法确定各数属于哪一列",
    "{table}, row “{row}”: {count} figures where {expected} are due, so none can be given its column",
)
_UNREAD = Text(
    "{table}的{rows}有空格，看不出各数属于哪一列",
    "{table}: {rows} has empty cells, and nothing tells which column each figure belongs to",
)
_ROW_HELP = Text(
    "按格式补齐或删去，并重新填数", "add or remove it as the form has it, and fill in the figures"
)


@rule(
    "SUM008",
    "table-shape",
    summary=Text(
        "表三、表四的行数、列数与格式一致", "tables three and four have the rows and columns of the form"
    ),
    basis=(TABLE_THREE, TABLE_FOUR),
    any_of=_TABLES,
)
def table_shape(report: Report, context: Context) -> Results:
    """表三、表四不应缺行、多行，每行的数应与列数相等（表三 7 个，表四 15 个）。

    为什么：缺一行，这类办理结果就没有报告；多一个或少一个数，后面的数就全部错列。
    2021 年起“（六）其他处理”分三行，2019、2020 年只有一行，都按各自的格式判断。

    反例：2023 年度报告“（六）其他处理”仍只有一行。
    正例：“（六）其他处理”下有 1、2、3 三行。

    怎样改：对照格式补上缺少的行、删去多出的行，一行数目不对的逐格重填。
    """
    for table in _found(report):
        place = table.form.place
        for label, count in table.ragged:
            values = {"row": label.text, "count": count, "expected": len(table.form.columns)}
            yield Finding(label.span, _RAGGED.fill(table=place, **values), _ROW_HELP, place=place)
        missing = [row for row in table.missing if row.key not in {label.key for label, _ in table.ragged}]
        unread = [
            row for row in missing if row.key in table.rows
        ]  # there, but its figures could be any column's
        missing = [row for row in missing if row.key not in table.rows]
        for label in table.extra:
            # A group filled in as if it were one row: its own rows are missing, and that is one cause.
            replaced = [row for row in missing if row.under and fold(row.under) == fold(label.text)]
            missing = [row for row in missing if row not in replaced]
            message = _MERGED.fill(rows="、".join(row.label for row in replaced)) if replaced else _EXTRA
            yield Finding(label.span, message.fill(table=place, row=label.text), _ROW_HELP, place=place)
        if missing:
            message = _MISSING.fill(table=place, rows="、".join(row.place or "数据" for row in missing))
            yield Finding(table.span, message, _ROW_HELP, place=place)
        if unread:
            yield Undetermined(_UNREAD.fill(table=place, rows="、".join(row.place for row in unread)))


_NO_NOTE = Text("表三左上角缺少勾稽关系说明", "table three lacks the note on how its columns add up")
_NO_NOTE_HELP = Text("在表头左上角补上“{note}”", "put “{note}” into the corner of the header")


@rule(
    "SUM009",
    "corner-note",
    summary=Text("表三左上角印有勾稽关系说明", "table three carries the printed note on its identity"),
    basis=TABLE_THREE,
    severity=Severity.WARNING,
    needs="applications",
)
def corner_note(report: Report, context: Context) -> Results:
    """表三左上角应有“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”的说明。

    为什么：这句话是格式的一部分，读者凭它核对各列数据。

    反例：左上角空白，或者写着“项目”。
    正例：左上角印有勾稽关系说明。

    怎样改：照格式补上。
    """
    table = report.table("applications")
    if table is None or table.note is not None:
        return
    if not any("稽关系" in fold(paragraph.text) for paragraph in report.paragraphs):  # over the table
        help_text = _NO_NOTE_HELP.fill(note=table.form.note)
        yield Finding(table.span, _NO_NOTE, help_text, place=table.form.place)


_CANDIDATES = Text(
    "{sums}：以下{count}格中任改一格，不成立的关系即可全部成立：{cells}",
    "{sums}: changing any one of these {count} cells would make every failing identity hold: {cells}",
)
_CANDIDATES_HELP = Text("先核对这几格", "check these cells first")
_FEW = 4


@rule(
    "SUM010",
    "repair-candidates",
    summary=Text(
        "勾稽关系不成立时，指出改一格即可全部成立的几格",
        "names the few cells one of which would repair every sum",
    ),
    basis=OWN_READING,
    any_of=_TABLES,
)
def repair_candidates(report: Report, context: Context) -> Results:
    """勾稽关系不成立、又不能确定是哪一格有误时，列出改动其中任何一格就能全部成立的少数几格。

    为什么：多数差错只错一格。能唯一确定的，SUM001 至 SUM004 已经指明；有两至四种可能的，
    在这里提示先看哪几格，省去逐格核对。

    反例：总计列空白，自然人一列 12 + 3 = 15 ≠ 16 = 14 + 2，而各项结果之和确为14：
    有误的只能是新收、上年结转、结转下年度三格之一。
    正例：各项关系都成立；或者有误的一格已经唯一确定。

    怎样改：先核对列出的几格，改正有误的一格。
    """
    for table in _found(report):
        unexplained = [i for i in report.imbalances(table.form.key) if i.cell is None and i.shift is None]
        failing = [equation for imbalance in unexplained for equation in imbalance.equations]
        wanted = {(equation.identity.name, equation.place) for equation in failing}
        found = [
            repair
            for repair in repairs(report.equations(table.form.key), failing)
            if {(equation.identity.name, equation.place) for equation in repair.equations} == wanted
        ]
        if not 1 < len(found) <= _FEW:
            continue
        cells = [(repair.cell, number(repair.value)) for repair in found if repair.cell is not None]
        words = _listed(f"{cell.place} {cell.text}→{value}" for cell, value in cells)
        sums = _listed(written(equation) for equation in failing)
        message = _CANDIDATES.fill(sums=sums, count=len(cells), cells=words)
        related = tuple(
            Related(cell.span, same(f"{cell.place} {cell.text}→{value}"), cell) for cell, value in cells
        )
        first = cells[0][0]
        yield Finding(first.span, message, _CANDIDATES_HELP, first, related[1:], place=table.form.place)
