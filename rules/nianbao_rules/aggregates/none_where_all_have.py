"""AGG007 none-where-all-have."""

from nianbao.api import Applies, Context, Finding, Related, Report, Text, rule, same

from nianbao_rules.aggregates.shared import named
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_NONE = Text(
    "本报告{cells}格填的是0，同级的其他{count}家都有数：{places}",
    "{cells} cells say 0 where all the other {count} organs of the level have figures: {places}",
)
_HELP = Text(
    "核对台账：确实没有就不必改；有的填实际数",
    "check the ledger: if there was none, all is right; else put the figure",
)
# What every government of a county, a city or a province has in most years.
_USUAL = (
    "regulations/normative_documents/in_force",
    "permits/permits/decisions",
    "penalties/penalties/decisions",
    "charges/charges/amount",
    "applications/received/total",
)
_FEWEST = 5  # organs beside it of which it says something that all have figures


@rule(
    "AGG007",
    "none-where-all-have",
    summary=Text("同级机关都有的，没有填0", "nothing is nought that all organs of the level have"),
    basis=OWN_READING,
    applies=Applies(levels=("county", "city", "province")),
    beside="siblings",
)
def none_where_all_have(report: Report, context: Context) -> Results:
    """同级的政府都有的项目，只有一家填0，多半是漏填。

    为什么：县、市的政府每年大都有行政许可、处罚、收费和现行有效的规范性文件，收到申请。乡镇、部门没有是常有的事，
    所以不查。同级的报告六份以上才比较。

    反例：全市十个县只有青禾县的“行政许可”填0。
    正例：十个县里有两个县的“行政强制”填0。

    怎样改：核对台账，漏填的补上。
    """
    siblings, level = report.siblings, report.issuer.level
    others = siblings.organs.get(level, 0) - 1 if siblings is not None else 0
    if siblings is None or others < _FEWEST:
        return
    cells = [
        cell
        for form in (report.form.tables if report.form else ())
        if (table := report.table(form.key)) is not None
        for cell in table.cells
        if cell.address in _USUAL
        and cell.value == 0
        and siblings.filled.get((level, cell.address), 0) == others
    ]
    if cells:
        message = _NONE.fill(
            cells=len(cells), count=others, places=named([cell.place for cell in cells], measure="格")
        )
        related = tuple(Related(cell.span, same(cell.place), cell) for cell in cells[1:])
        yield Finding(cells[0].span, message, _HELP, cells[0], related)
