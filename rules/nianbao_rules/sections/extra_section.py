"""SEC003 extra-section."""

from nianbao.api import Context, Finding, Report, Text, fold, rule

from nianbao_rules.sections.shared import foreign_sections, is_obsolete, speaks
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NOT_GENERALISED
from nianbao_rules.shared.headings import heading_of

_EXTRA = Text("“{heading}”不是格式规定的部分", "“{heading}” is no part of the form")
_EXTRA_HELP = Text(
    "内容并入格式规定的部分（工作情况写入“总体情况”），删去这个标题，后面的部分重新编号",
    "move its content into a part of the form (the year's work belongs to “总体情况”), delete the heading and renumber the rest",
)
_EXTRA_ASPECT_HELP = Text(
    "这是总体情况中“{aspect}”的内容：并入“一、总体情况”，删去这个标题，后面的部分重新编号",
    "this belongs to “{aspect}” in 总体情况: move it there, delete the heading and renumber the rest",
)
_REPEATED = Text("“{heading}”这一部分重复出现", "the part “{heading}” occurs more than once")
_REPEATED_HELP = Text(
    "把两处的内容合为一处，只留一个标题", "put the content together in one place, under one heading"
)


@rule(
    "SEC003",
    "extra-section",
    summary=Text("不另设格式以外的部分", "no parts other than those of the form"),
    basis=NOT_GENERALISED,
)
def extra_section(report: Report, context: Context) -> Results:
    """格式规定的六个部分以外，不应另设一级标题，同一部分也不应出现两次。

    为什么：年度报告的内容由条例第五十条规定，“不能遗漏，也不宜泛化”；另设的部分会打乱统一的编号和位置。
    附件、附表、目录不算。另设的部分挤乱了后面的编号时，只报这一条，不再报编号。

    反例：在“二、主动公开政府信息情况”后面另设“三、政务新媒体情况”，以后各部分顺延。
    正例：政务新媒体的内容写在“一、总体情况”的“（四）政府信息公开平台建设”中。

    怎样改：内容并入相应的部分，删去多出的标题，恢复格式的编号。
    """
    form = report.form
    for section in foreign_sections(report):
        title = fold(section.title.text)
        if form is None or is_obsolete(title, form):
            continue
        heading = heading_of(report, section)
        if title in form.section_titles:
            yield Finding(section.heading, _REPEATED.fill(heading=heading), _REPEATED_HELP)
            continue
        aspect = next((a.title for a in form.aspects if speaks(title, a.words)), None)
        help_text = _EXTRA_ASPECT_HELP.fill(aspect=aspect) if aspect else _EXTRA_HELP
        yield Finding(section.heading, _EXTRA.fill(heading=heading), help_text)
