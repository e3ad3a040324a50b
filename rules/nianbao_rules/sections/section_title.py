"""SEC004 section-title."""

from nianbao.api import Context, Finding, Report, Severity, Text, fold, rule
from nianbao_grammar import patterns as re

from nianbao_rules.sections.shared import retitled
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import SIX_PARTS
from nianbao_rules.shared.headings import heading_of

_TITLE = Text("“{heading}”的标题应为“{official}”", "“{heading}” should be headed “{official}”")
_JOINED = Text(
    "“{heading}”把格式规定的{count}个部分合成了一个：{titles}",
    "“{heading}” joins {count} parts of the form: {titles}",
)
_JOINED_HELP = Text("分开写，各用格式规定的标题", "separate them, each under the title of the form")


@rule(
    "SEC004",
    "section-title",
    summary=Text("各部分使用格式规定的标题", "each part has the title of the form"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def section_title(report: Report, context: Context) -> Results:
    """各部分的标题应与格式规定的一字不差。

    为什么：标题是格式的一部分，汇总、检索和逐年对照都按标题查找；“改进情况”写成“改进措施”，内容也容易只写打算。
    条例第五十条自己的说法（“因政府信息公开工作被申请行政复议、提起行政诉讼的情况”等）不算差错。
    只是“、”写成“和”“及”的，只作提示。旧格式的标题由 SEC010 提示。

    反例：“五、存在问题及改进措施”；“四、行政复议、行政诉讼情况”。
    正例：“五、存在的主要问题及改进情况”。

    怎样改：改为格式规定的标题。
    """
    parts = report.parts
    keys = {section.key for section in parts}
    titles = {s.key: s.title for s in report.form.sections} if report.form else {}
    for section in parts:
        if section.standing not in ("aliases", "similar"):
            continue
        heading = heading_of(report, section)
        joined = [key for key in section.covers if key == section.key or key not in keys]
        if len(joined) > 1:
            names = "、".join(f"“{titles[key]}”" for key in joined)
            message = _JOINED.fill(heading=heading, count=len(joined), titles=names)
            yield Finding(section.heading, message, _JOINED_HELP)
        else:
            message = _TITLE.fill(heading=heading, official=titles[section.key])
            found = retitled(section, titles[section.key], message)
            joined_otherwise = _unjoined(section.title.text) == _unjoined(titles[section.key])
            yield found._replace(at_most=Severity.INFO) if joined_otherwise else found


def _unjoined(title: str) -> str:
    """Return *title* with the words that join its parts as commas: 行政复议和行政诉讼情况 says the same."""
    return re.sub("以及|[和及与]", "、", fold(title))
