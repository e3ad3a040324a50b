"""PRB006 stale-problems."""

from nianbao.api import Context, Finding, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.problems.shared import parts_five
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.wrong_title import title_is_wrong

_STALE_PROBLEM = Text(
    "报告的是{year}年，这里讲的是{found}年的问题",
    "the report is on {year}, but these are the problems of {found}",
)
_STALE_PLAN = Text(
    "报告的是{year}年，这里却把{found}年当作今后：“{text}”",
    "the report is on {year}, but treats {found} as the future: “{text}”",
)
_STALE_HELP = Text(
    "核对这一段是不是沿用上年的文字；是的，按本年的情况重写，不是的，改正年份",
    "check whether the passage was taken over from last year: rewrite it, or correct the year",
)
_YEAR = r"(20\d\d)年度?[，,]?"
# Patterns are plain texts, compiled when a report first needs them (docs/adr/0002).
_STILL = rf"(?:(?<=[。；;\n])|^)\s*{_YEAR}[^。；;\n]{{0,60}}?(?:仍|还|也|但)存在"
_TO_COME = rf"{_YEAR}[^。，,；;\n]{{0,12}}?将(?:继续|进一步|着力|重点|从以下|加强|不断|按照|采取|认真|切实|有针对性|做好|抓好|以下)"
_LOOKS_BACK = r"整改|已|针对|上年|上一年|解决|改进了"


@rule(
    "PRB006",
    "stale-problems",
    summary=Text("问题和打算都是本年的", "problems and plans are those of the year"),
    basis=ACCURATE,
)
def stale_problems(report: Report, context: Context) -> Results:
    """第五部分的年份应当与报告的年度相符：问题是本年的，打算是以后的。

    为什么：写着上一年“还存在”什么问题、把报告的年度说成“将要”，都是整段沿用上年文字的痕迹。
    讲上一年的问题怎样整改的，不算；本部分以外的年份由 PER004 检查。

    反例：2023年度报告写“2022年，工作虽有成效，但还存在……”“2023年，我局将进一步加强……”。
    正例：2023年度报告写“2022年提出的问题已整改”“2024年，我局将进一步加强……”。

    怎样改：重写这一段，或者改正年份。
    """
    year = report.year
    if year is None or title_is_wrong(report, year):
        return
    for part in parts_five(report):
        if "20" not in part.text:
            continue
        for match in re.finditer(_STILL, part.text):
            if int(match[1]) < year and not re.search(_LOOKS_BACK, match[0]):
                message = _STALE_PROBLEM.fill(year=year, found=match[1])
                yield Finding(part.span(match.start(1), match.end(1) + 1), message, _STALE_HELP)
        for match in re.finditer(_TO_COME, part.text):
            if int(match[1]) <= year:
                message = _STALE_PLAN.fill(year=year, found=match[1], text="".join(match[0].split()))
                yield Finding(part.span(match.start(1), match.end(1) + 1), message, _STALE_HELP)
