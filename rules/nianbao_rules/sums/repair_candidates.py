"""SUM010 repair-candidates."""

from nianbao.api import Context, Finding, Related, Report, Text, number, repairs, rule, same, written

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.sums.shared import TABLES, listed, tables_of

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
        "if identities fail, the few cells one of which would make them all hold are named",
    ),
    basis=OWN_READING,
    any_of=TABLES,
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
    for table in tables_of(report):
        unexplained = [i for i in report.imbalances(table.form.key) if i.cell is None and i.shift is None]
        failing = [equation for imbalance in unexplained for equation in imbalance.equations]
        wanted = {(equation.identity.name, equation.place) for equation in failing}
        candidates = [
            repair
            for repair in repairs(report.equations(table.form.key), failing)
            if {(equation.identity.name, equation.place) for equation in repair.equations} == wanted
        ]
        if not 1 < len(candidates) <= _FEW:
            continue
        cells = [(repair.cell, number(repair.value)) for repair in candidates if repair.cell is not None]
        changes = listed(f"{cell.place} {cell.text}→{value}" for cell, value in cells)
        sums = listed(written(equation) for equation in failing)
        message = _CANDIDATES.fill(sums=sums, count=len(cells), cells=changes)
        related = tuple(
            Related(cell.span, same(f"{cell.place} {cell.text}→{value}"), cell) for cell, value in cells
        )
        first = cells[0][0]
        yield Finding(first.span, message, _CANDIDATES_HELP, first, related[1:], place=table.form.place)
