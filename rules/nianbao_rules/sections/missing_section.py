"""SEC001 missing-section."""

from nianbao.api import (
    Context,
    Finding,
    Form,
    Report,
    SectionForm,
    Text,
    Undetermined,
    fold,
    is_hidden,
    rule,
    split_numeral,
)
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, SIX_PARTS
from nianbao_rules.shared.headings import NUMERALS, lines

_WHOLE = "全文"
_MISSING = Text("缺少“{section}”", "“{section}” is missing")
_MISSING_HELP = Text(
    "补上“{section}”这一部分；没有发生的也保留标题，表格填 0，文字写明没有",
    "add the part “{section}”; if nothing happened, keep its heading, write 0 in its table and say so",
)
_HEADLESS = Text(
    "没有标题，正文从后面的部分开始，文件可能缺了开头，不能确定有没有“{section}”",
    "without a title and from a later part on, the file may have lost its beginning: whether it has “{section}” is not known",
)
_RUN_TOGETHER = Text(
    "“{section}”的标题混在段落里，没有单独成行，不能确定这一部分的内容",
    "the heading “{section}” is inside a paragraph, so the extent of this part is not known",
)
_HIDDEN = Text(
    "有隐藏的工作表、行或者列，没有读，不能确定有没有“{section}”；取消隐藏再检查",
    "something is hidden in the workbook and was not read: whether it has “{section}” is not known; unhide it and check again",
)


@rule(
    "SEC001",
    "missing-section",
    summary=Text("六个部分一个不缺", "none of the six parts is missing"),
    basis=(ARTICLE_50, SIX_PARTS),
)
def missing_section(report: Report, context: Context) -> Results:
    """年度报告的六个部分，一个都不能缺。

    为什么：前五部分是条例第五十条规定应当包括的内容，第六部分是格式规定的；没有发生的也要写明没有。
    标题的说法不同不算缺少（由 SEC004 提示）；五、六两部分合在一个标题下，两部分都算有。
    标题混在段落里、没有单独成行的，文件没有开头的，工作簿有隐藏的内容没有读的，不能判断。

    反例：正文写到“五、存在的主要问题及改进情况”为止，没有第六部分。
    正例：第六部分只有一句“没有其他需要报告的事项”，但标题和内容都在。

    怎样改：补上缺少的部分和它的标题。
    """
    if report.form is None:
        return
    above = report.headless  # until the first part that is there
    for section in report.form.sections:
        if report.section(section.key) is not None:
            above = False
            continue
        title = _titled(report.form, section)
        if above:
            yield Undetermined(_HEADLESS.fill(section=title))
            continue
        if _within_prose(report, section):
            yield Undetermined(_RUN_TOGETHER.fill(section=title))
            continue
        if any(is_hidden(report.text[slice(*sign)]) for sign in report.pictures[:1]):
            yield Undetermined(_HIDDEN.fill(section=title))
            continue
        values = {"section": title}
        yield Finding(
            report.anchor, _MISSING.fill(**values), _MISSING_HELP.fill(**values), data=values, place=_WHOLE
        )


def _titled(form: Form, section: SectionForm) -> str:
    return f"{NUMERALS[form.sections.index(section)]}、{section.title}"


def _within_prose(report: Report, section: SectionForm) -> bool:
    """Return whether the text has a title of *section* as a line or after a numeral, but not as a heading."""
    titles = {fold(t) for t in (section.title, *section.wording, *section.aliases, *section.obsolete)}
    after_numeral = re.compile(f"[{NUMERALS}](?:、|部分:?)(?:{'|'.join(map(re.escape, titles))})")
    for part in (report.outline.preamble, *report.outline.sections):
        for piece, headed in lines(part):
            key = "" if headed else fold(piece.text)
            if split_numeral(key)[1].rstrip("。:") in titles or after_numeral.search(key):
                return True
    return False
