"""TXT006 review-and-litigation."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, TABLE_FOUR
from nianbao_rules.text.shared import results_of


@rule(
    "TXT006",
    "review-and-litigation",
    summary=Text(
        "正文的复议、诉讼件数与表四一致", "the reviews and lawsuits of the text are those of table four"
    ),
    basis=(TABLE_FOUR, ARTICLE_50),
    needs="review",
)
def review_and_litigation(report: Report, context: Context) -> Results:
    """正文写的因政府信息公开被申请行政复议、被提起行政诉讼的件数和结果，应与表四一致。

    为什么：行政诉讼是“未经复议直接起诉”与“复议后起诉”两块之和，正文常常只写了一块。
    只比较说明是政府信息公开的，或者写在第四部分的；办理的其他行政复议、应诉案件不在表四里，不比较。

    反例：正文“因政府信息公开被提起行政诉讼2件”，表四两块总计2和1：2 + 1 = 3 ≠ 2。
    正例：正文“被申请行政复议4件，其中结果维持3件、尚未审结1件”，表四同。

    怎样改：对照案件台账，改正有误的一处。
    """
    yield from results_of(report, "TXT006")
