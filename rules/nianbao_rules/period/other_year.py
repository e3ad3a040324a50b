"""PER004 other-year."""

import re

from nianbao.api import Context, Finding, Report, Span, Text, Undetermined, rule

from nianbao_rules.shared import YEAR_UNKNOWN, Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.wrong_title import title_is_wrong

_OTHER_YEAR = Text(
    "报告的是{year}年，这里说的是{found}年的情况：“{text}”",
    "the report is on {year}, but this is about {found}: “{text}”",
)
_OTHER_YEAR_HELP = Text(
    "核对这句话是哪一年的情况：沿用了上年文字的，按本年的情况改写；只是年份写错的，改正年份",
    "check which year it was: rewrite a passage taken over from last year, or correct the year",
)
_QUOTED = 24
_SENTENCE = r"[^。；;\n]+"
_OPENS_WITH = r"(?:[^。；;\n]{0,12}\s)?\s*(?P<year>20\d\d)年度?[，,]?(?P<rest>.{0,12})"
_OUR_DOING = (
    r"(?:我|本)(?:[省市县区旗州镇乡局委办厅]|机关|单位|街道|部门)|全[年省市县区旗州镇乡局]|共|累计|新收|新制发|收到|受理|主动公开|"
    r"没有|未|无|因政府信息|收取|发出收费|政府信息公开"
)
# A sentence with one of these is rightly about another year: a comparison, a plan, a document, a later result.
_BY_RIGHT = (
    r"上年|去年|上一年|较|比|增长|下降|结转|预算|决算|以来|截至|截止|开始|起[，,]|[至到—-]20|将|计划|拟|明年|下一步|打算|今后"
    r"|整改|针对|通报|遗留|反馈|印发|文件|档案|规划|成立|组建|建成|投用|启用|开通|挂牌|设立|历年|修订|清理|目前|现已|至今|继续"
)


@rule(
    "PER004",
    "other-year",
    summary=Text("讲本年情况的句子，年份是本年", "sentences about the work of the year name that year"),
    basis=ACCURATE,
)
def other_year(report: Report, context: Context) -> Results:
    """讲全年做了什么、收到多少件的句子，年份应当是报告的年度。

    为什么：年份不对，多半是沿用上年文本时漏改，读者不知道数字是哪一年的，审核时也最容易被退回。
    只查以年份开头、讲本机关全年情况的句子；和上年比较、结转、预算决算、清理旧文件、今后打算、
    整改上年问题的，都可能本来就是别的年份，不算。统计期限由 PER006 检查，第五部分由 PRB006 检查；
    标题和统计期限的年份不一致的，由 HDR002 指出，这里不再逐句指出。

    反例：2023年度报告写“政府信息管理方面。2022年，我镇共发布信息120条”。
    正例：2023年度报告写“2022年制发的文件已全部清理”“2024年，我镇将……”。

    怎样改：改写这句话，或者改正年份。
    """
    year = report.year
    if year is None:
        yield Undetermined(YEAR_UNKNOWN)
        return
    others = set(re.findall(r"20\d\d年", report.prose)) - {f"{year}年"}
    if not others or title_is_wrong(report, year):
        return
    elsewhere = {piece.span for section in report.parts_of("problems") for piece in section.paragraphs}
    names = {report.issuer.name, report.issuer.name.removesuffix("人民政府")} - {""}
    for piece in report.paragraphs:
        if piece.span in elsewhere or not any(other in piece.text for other in others):
            continue
        for sentence in re.finditer(_SENTENCE, piece.text):
            match = re.match(_OPENS_WITH, sentence[0])
            if match is None or f"{year}年" in sentence[0] or re.search(_BY_RIGHT, sentence[0]):
                continue
            rest = match["rest"]
            if re.match(_OUR_DOING, rest) or any(rest.startswith(name[:12]) for name in names):
                start = piece.span.start + sentence.start() + match.start("year")
                text = sentence[0][match.start("year") :][:_QUOTED]
                message = _OTHER_YEAR.fill(year=year, found=match["year"], text=text)
                yield Finding(Span(start, start + 5), message, _OTHER_YEAR_HELP)
