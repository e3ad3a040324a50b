"""SEC007 overview-length."""

from nianbao.api import Context, Finding, Option, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import CONCISE

_LONG = Text(
    "总体情况有{count}个汉字，超过{limit}字", "总体情况 has {count} Chinese characters, more than {limit}"
)
_LONG_HELP = Text(
    "删去过程性、口号式的叙述，保留做法、数字和结果",
    "cut accounts of process and slogans; keep measures, figures and results",
)


@rule(
    "SEC007",
    "overview-length",
    summary=Text("总体情况的篇幅不超过一千字", "总体情况 is no longer than a thousand characters"),
    basis=CONCISE,
    severity=Severity.INFO,
    enabled=False,
    options=(Option("limit", 1000, Text("至多多少个汉字", "the most Chinese characters")),),
)
def overview_length(report: Report, context: Context) -> Results:
    """总体情况的篇幅不宜超过一千个汉字（选项 limit 可以另定）。

    为什么：有的地方的年度通知要求总体情况原则上不超过一千字。全国的格式没有确认有这一要求，所以默认不检查。
    只数汉字，不数数字、字母和标点；表格不在内。

    反例：总体情况写了两千多个汉字，多半是会议和文件的过程。
    正例：总体情况八百个汉字，分五个方面写做法、数字和结果。

    怎样改：压缩叙述。
    """
    section = report.section("overview")
    if section is None:
        return
    limit = context.whole("limit")
    count = sum("\u4e00" <= sign <= "\u9fff" for piece in section.paragraphs for sign in piece.text)
    if count > limit:
        yield Finding(section.heading, _LONG.fill(count=count, limit=limit), _LONG_HELP)
