"""DOC003 no-year."""

from nianbao.api import Context, Finding, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_NO_YEAR = Text(
    "看不出是哪一年的报告：标题和统计期限都没有年份，与年度有关的规则无法判断",
    "the year reported on is not stated, neither in the title nor as a statistics period, so rules that depend on it cannot judge",
)
_NO_YEAR_HELP = Text(
    "在标题写明年度，如“2024年政府信息公开工作年度报告”",
    "state the year in the title, like “2024年政府信息公开工作年度报告”",
)


@rule(
    "DOC003",
    "no-year",
    summary=Text("看得出是哪一年的报告", "the year reported on is known"),
    basis=OWN_READING,
    forms=(),
)
def no_year(report: Report, context: Context) -> Results:
    """从标题、统计期限应当看得出是哪一年的报告。

    为什么：2019、2020年度和2021年度以后用的格式不同，不知道年度就不知道该按哪一种检查。

    反例：标题是“青禾县政府信息公开工作年度报告”，全文没有写统计期限，也没有年份。
    正例：标题是“青禾县2024年政府信息公开工作年度报告”。

    怎样改：在标题写明年度；只想检查草稿的，可以用 --year 指定。
    """
    if report.recognised and report.year is None:
        yield Finding(report.anchor, _NO_YEAR, _NO_YEAR_HELP, place="全文")
