"""HDR003 title-doubled."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Span, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.header.shared import NO_TITLE, title_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_YEAR_TWICE = Text("标题里年份写了两次：“{title}”", "the title gives the year twice: “{title}”")
_TWO_YEARS = Text(
    "标题里有两个不同的年份（{years}）：“{title}”", "the title gives different years ({years}): “{title}”"
)
_UNIT_TWICE = Text(
    "标题里单位名称“{unit}”写了两次：“{title}”", "the title names the organ “{unit}” twice: “{title}”"
)
_TWICE_HELP = Text("只留一个", "keep one of them")
# 青禾县人民政府2024年青禾县政府信息公开…: the full name, then the short one.
_REPEATED = re.compile(r"(?P<unit>.{2,30}?[省市县区旗镇乡州盟府局委会厅署部院处办])(?:人民政府)?(?P=unit)")


@rule(
    "HDR003",
    "title-doubled",
    summary=Text("标题里年份、单位名称只写一次", "the title gives year and organ once"),
    basis=ACCURATE,
)
def title_doubled(report: Report, context: Context) -> Results:
    """标题里的年份和单位名称都只写一次。

    为什么：重复的年份、名称多半是套用模板留下的；两个年份不同时，看不出是哪一年的报告。
    “2024年度政府信息公开工作年度报告”不算重复；标题后面括号里的发布日期也不算。

    反例：2024年青禾县2024年度政府信息公开工作年度报告；青禾县青禾县2024年政府信息公开工作年度报告。
    正例：青禾县2024年政府信息公开工作年度报告（2025年1月20日）。

    怎样改：删去多余的一个。
    """
    if report.title is None:
        yield Undetermined(NO_TITLE)
        return
    title, span = title_of(report), report.title.span
    years = report.title_years
    if len(set(years)) > 1:
        listed = "、".join(map(str, years))
        yield Finding(span, _TWO_YEARS.fill(years=listed, title=title), _TWICE_HELP)
    elif len(years) > 1:
        first = re.search(rf"{years[0]}\s?年?度?", report.title.text)
        fix = None
        if first is not None:
            edit = Edit(Span(span.start + first.start(), span.start + first.end()), first[0], "")
            fix = Fix(Text("删去前一个年份", "delete the first year"), False, (edit,))
        yield Finding(span, _YEAR_TWICE.fill(title=title), _TWICE_HELP, fix=fix)
    repeated = _REPEATED.search(report.issuer.name[:80])
    if repeated is not None:
        yield Finding(span, _UNIT_TWICE.fill(unit=repeated["unit"], title=title), _TWICE_HELP)
