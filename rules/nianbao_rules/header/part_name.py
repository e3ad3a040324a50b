"""HDR008 part-name."""

from nianbao.api import (
    Context,
    Edit,
    Finding,
    Fix,
    Piece,
    Related,
    Report,
    Section,
    Text,
    Undetermined,
    rule,
    same,
)

from nianbao_rules.header.shared import UNRELIABLE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.contents import announced, headings, law_names, name_key, unmatched

_NAME_DIFFERS = Text(
    "导语列出的“{name}”与正文标题“{heading}”不一致", "“{name}” in the preamble is “{heading}” in the heading"
)
_NAME_DIFFERS_HELP = Text(
    "把导语里的名称改为“{right}”，正文标题也用这个名称",
    "use “{right}” both in the preamble and as the heading",
)
_ORDER = Text(
    "导语列出“{name}”的位置与正文不同", "the preamble lists “{name}” in another place than the text"
)
_ORDER_HELP = Text("按正文的顺序列出", "list the parts in the order of the text")
_UNEQUAL = Text(
    "导语列出的名称和正文标题数目不同，不能逐个比较",
    "the preamble lists another number of names than there are headings, so they cannot be compared",
)


@rule(
    "HDR008",
    "part-name",
    summary=Text(
        "导语列出的名称与正文标题逐个一致", "the names listed in the preamble are those of the headings"
    ),
    basis=ACCURATE,
)
def part_name(report: Report, context: Context) -> Results:
    """导语列出的各部分名称，应与正文相同位置的一级标题一致。

    为什么：名称不一，读者按导语找不到相应的部分，多半是正文改过而导语没有改。
    空格、括号、“的”字和“和”“、”之别不算；导语用的是规定的名称、只是正文标题不规范的，由章节规则报出。

    反例：导语列出“存在问题及改进情况”，正文标题是“五、存在问题及改进措施”。
    正例：导语列出“存在的主要问题及改进情况”，正文标题是“五、存在的主要问题及改进情况”。

    怎样改：导语和正文都用格式规定的名称；格式没有的部分，导语照正文写。
    """
    contents = announced(report)
    form = report.form
    if contents is None or not contents.names or form is None:
        return
    parts = headings(report)
    if parts is None:
        yield Undetermined(UNRELIABLE)
        return
    if len(parts) != len(contents.names):
        yield Undetermined(_UNEQUAL)
        return
    law = law_names(form)
    names, sections = unmatched(contents, parts, law)
    official = {section.key: section.title for section in form.sections}
    for name, section in zip(names, sections, strict=True):
        key = name_key(name.text, law)
        if key == name_key(section.title.text, law):
            related = (Related(section.heading, same(section.title.text)),)
            yield Finding(name.span, _ORDER.fill(name=name.text), _ORDER_HELP, related=related, place="导语")
        elif key != section.key:
            yield _renamed_part(name, section, official.get(section.key, section.title.text))


def _renamed_part(name: Piece, section: Section, right: str) -> Finding:
    message = _NAME_DIFFERS.fill(name=name.text, heading=section.title.text)
    fix = Fix(
        Text("改为“{right}”", "change it to “{right}”").fill(right=right),
        False,
        (Edit(name.span, name.text, right),),
    )
    related = (Related(section.heading, same(section.title.text)),)
    return Finding(
        name.span, message, _NAME_DIFFERS_HELP.fill(right=right), related=related, fix=fix, place="导语"
    )
