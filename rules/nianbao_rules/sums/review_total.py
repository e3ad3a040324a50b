"""SUM004 review-total."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared.basis import TABLE_FOUR
from nianbao_rules.shared.results import Results
from nianbao_rules.sums.shared import unbalanced


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
    yield from unbalanced(report, "review", ("review", "direct", "after"))
