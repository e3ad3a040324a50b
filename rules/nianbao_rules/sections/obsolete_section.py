"""SEC010 obsolete-section."""

from nianbao.api import Context, Finding, Report, Severity, Text, fold, rule

from nianbao_rules.sections.shared import foreign_sections, is_obsolete, retitled
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import SIX_PARTS
from nianbao_rules.shared.headings import heading_of

_OLD_TITLE = Text(
    "“{heading}”是 2019 年以前的标题，现为“{official}”",
    "“{heading}” is a heading from before 2019; it is now “{official}”",
)
_OLD_PART = Text(
    "“{heading}”是 2019 年以前的部分，现在的格式没有",
    "“{heading}” is a part from before 2019 that the form no longer has",
)
_OLD_PART_HELP = Text(
    "删去这一部分；收取信息处理费的情况写入“其他需要报告的事项”",
    "delete it; 信息处理费 that was charged belongs to “其他需要报告的事项”",
)


@rule(
    "SEC010",
    "obsolete-section",
    summary=Text("不用 2019 年以前的标题", "no headings from before 2019"),
    basis=SIX_PARTS,
    severity=Severity.WARNING,
)
def obsolete_section(report: Report, context: Context) -> Results:
    """不应沿用 2019 年以前的标题：概述、依申请公开和不予公开情况、收费及减免情况等。

    为什么：这些是 2007 年条例时期的六项内容。2019 年修订的条例取消了检索、复制等收费，
    改了年度报告的内容；仍用旧标题，多半是照着旧稿改的，内容也要核对。

    反例：“一、概述”；“四、政府信息公开的收费及减免情况”。
    正例：“一、总体情况”；收取信息处理费的情况写在第六部分。

    怎样改：改用现在的标题；格式已经没有的部分，删去。
    """
    if report.form is None:
        return
    titles = {section.key: section.title for section in report.form.sections}
    for section in report.parts:
        if section.standing == "obsolete":
            official = titles[section.key]
            message = _OLD_TITLE.fill(heading=heading_of(report, section), official=official)
            yield retitled(section, official, message)
    for section in foreign_sections(report):
        if is_obsolete(fold(section.title.text), report.form):
            message = _OLD_PART.fill(heading=heading_of(report, section))
            yield Finding(section.heading, message, _OLD_PART_HELP)
