"""YOY007 tables-of-last-year."""

from nianbao.api import Cell, Context, Finding, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.year_over_year.shared import same_form, table_of_last_year

_SAME = Text(
    "{count}张表的数和上年报告全部相同，其中有{figures}格不是0",
    "all figures of the {count} tables are those of last year's report, {figures} of them not nought",
)
_SAME_HELP = Text(
    "核对是不是沿用了上年的表；是的，按本年的数重新填写",
    "check whether the tables are those of last year, and fill in the figures of this one",
)
_STOCK = ("in_force", "public_total", "previous")  # what may well stay as it is
_NO_CHANCE = 10  # decisions or applications, so many of which are not met again by chance


@rule(
    "YOY007",
    "tables-of-last-year",
    summary=Text("表格的数不全与上年相同", "the tables are not last year's"),
    basis=OWN_READING,
    beside="previous",
)
def tables_of_last_year(report: Report, context: Context) -> Results:
    """几张表的每一个数都与本机关上年报告相同的，多半是沿用了上年的表。

    为什么：一年中收到多少申请、作出多少决定，两年全部相同是少见的。
    全是0的、只有现行有效件数一类存量的、发生的件数都在10件以下的，可能本来就相同，不提示。

    反例：两年都是新收申请37件，各项结果、行政许可1260件、行政处罚85件也都相同。
    正例：两年都没有申请，只有现行有效的行政规范性文件都是4件。

    怎样改：核对是不是本年的数。
    """
    if report.form is None or not same_form(report):
        return
    cells: list[Cell] = []
    for form in report.form.tables:
        this, last = report.table(form.key), table_of_last_year(report, form.key)
        if this is None or last is None:
            return
        mine = [this[row.key, column.key] for row in form.rows for column in form.columns]
        if any(
            cell.value is None or cell.value != last[cell.row.key, cell.column.key].value for cell in mine
        ):
            return
        cells += mine
    filled = [cell for cell in cells if cell.value]
    flows = [cell.value or 0 for cell in filled if cell.column.key not in _STOCK]
    if max(flows, default=0) >= _NO_CHANCE:
        message = _SAME.fill(count=len(report.form.tables), figures=len(filled))
        yield Finding(filled[0].span, message, _SAME_HELP, filled[0], place="表二至表四")
