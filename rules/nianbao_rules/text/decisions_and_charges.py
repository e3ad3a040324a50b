"""TXT005 decisions-and-charges."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, TABLE_TWO
from nianbao_rules.text.shared import results_of


@rule(
    "TXT005",
    "decisions-and-charges",
    summary=Text(
        "正文的许可、处罚、强制、收费与表二一致",
        "the decisions and charges of the text are those of table two",
    ),
    basis=(TABLE_TWO, ARTICLE_50),
    any_of=("permits", "penalties", "charges"),
)
def decisions_and_charges(report: Report, context: Context) -> Results:
    """正文写的行政许可、行政处罚、行政强制决定件数和行政事业性收费金额，应与表二一致。

    为什么：表二填的是全部处理决定和全部收费，正文与它不一致，必有一处不全。
    收费按元、万元换算，四舍五入或截去尾数都算一致；2019年和2020年的格式没有收费金额，不比较。
    公示了多少条、办理（受理）了多少件的，不是决定的件数，不比较。

    反例：正文“作出行政处罚决定35件”，表二行政处罚处理决定数量53：53 ≠ 35。
    正例：正文“收取行政事业性收费1204500元”，表二120.45万元。

    怎样改：与业务机构、财务核对后，改正有误的一处。
    """
    yield from results_of(report, "TXT005")
