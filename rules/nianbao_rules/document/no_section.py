"""DOC001 no-section."""

from nianbao.api import Context, Finding, Lack, Report, Span, Text, Undetermined, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import SIX_PARTS

_EMPTY = Text("文件里没有文字", "the file has no text")
_EMPTY_HELP = Text(
    "确认选对了文件；扫描件、图片要先识别成文字",
    "check that it is the right file; a scan or a picture has to be turned into text first",
)
_NO_PART = Text(
    "全文没有认出格式规定的任何一个部分（一、总体情况；二、主动公开政府信息情况……），其他各项都无法判断",
    "none of the parts that the form prescribes was found (一、总体情况, 二、主动公开政府信息情况 …), so no other rule can judge",
)
_NO_PART_HELP = Text(
    "确认这是政府信息公开工作年度报告；是的话，每个部分的标题要单独成一行，如“一、总体情况”",
    "check that it is an annual report on government information disclosure; if it is, put each heading on a line of its own, like “一、总体情况”",
)

_NOT_ON_DISCLOSURE = Text(
    "全文没有提到信息公开，不是政府信息公开工作年度报告，其他各项都无法判断",
    "the text does not mention information disclosure (信息公开), so it is no annual report on it, and no other rule can judge",
)
_INSTRUCTION = Text(
    "从标题“{title}”看，这不是政府信息公开工作年度报告，没有检查",
    "by its title “{title}” this is no annual report on information disclosure; it was not checked",
)
_TEMPLATE = Text(
    "从标题“{title}”看，这是还没有填写的模板，没有检查",
    "by its title “{title}” this is a template that has not been filled in; it was not checked",
)
_OTHER_FILE_HELP = Text(
    "确认选对了文件，检查年度报告本身",
    "check that it is the right file, and check the report itself",
)


@rule(
    "DOC001",
    "no-section",
    summary=Text(
        "认得出格式规定的部分，才能当作年度报告检查",
        "a text is judged as a report only if a part of the form is found in it",
    ),
    basis=SIX_PARTS,
    forms=(),
)
def no_section(report: Report, context: Context) -> Results:
    """文件应当是政府信息公开工作年度报告，至少有一个认得出的部分。

    为什么：一个部分也认不出，多半是空文件、扫描件，或者选错了文件，其他规则的“没有问题”都不作数。
    这时只报这一条，不再逐项报缺少什么。

    标题是通知、指南、条例、解读、工作总结的，说明它不是年度报告；还没有填写的模板也这样说明。
    学校、医院、企业的报告由 DOC006 说明，繁体字的由 DOC007 说明。
    工作簿里只有表格的，正文多半在另一个文件里，不算没有，只是没有读到；表内的数照常核对。

    反例：把一份会议通知、一个空文件当作年度报告来检查。
    正例：正文有“一、总体情况”等部分，标题单独成行。

    怎样改：换成年度报告的文本；标题混在段落里的，改为单独成行。
    """
    other = report.other
    if report.only_tables:
        yield Undetermined(Lack.TEXT.text)
        return
    if report.recognised or report.traditional or (other is not None and other.kind == "public service"):
        return
    if not report.text.strip():
        yield Finding(Span(0, 0), _EMPTY, _EMPTY_HELP, place="全文")
    elif other is not None:
        message = _TEMPLATE if other.kind == "template" else _INSTRUCTION
        yield Finding(report.anchor, message.fill(title=other.title), _OTHER_FILE_HELP, place="全文")
    elif any(section.key for section in report.sections):
        yield Finding(report.anchor, _NOT_ON_DISCLOSURE, _OTHER_FILE_HELP, place="全文")
    else:
        yield Finding(report.anchor, _NO_PART, _NO_PART_HELP, place="全文")
