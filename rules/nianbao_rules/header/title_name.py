"""HDR001 title-name."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Severity, Span, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.header.shared import NO_TITLE, title_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import LAST_YEAR
from nianbao_rules.shared.contents import squeeze

_NAME = "政府信息公开工作年度报告"
# 政府信息公开工作2024年度报告 has the year inside the name.
_NAMED = re.compile(r"政府信息公开工作(?:20\d\d年?)?年度报告")
_CALLED = r"(?:政府信息|政务信息|政府|政务|信息)?公开.*|(?:20\d\d年?)?(?:年度|工作).*报告$|年报$"
# 2024政府信息公开, 2024青禾县; but not （2024） at the end, and not 2024年.
_BARE_YEAR = r"(20\d\d)(?=[\u4e00-\u9fff])(?!年|版)"
_NO_YEAR_SIGN = Text("标题里的“{year}”后面缺“年”", "“{year}” in the title lacks its 年")
_ADD_SIGN = Text("补上“年”", "add 年")
_TITLE_NAME = Text(
    "标题“{title}”没有用规定的名称“政府信息公开工作年度报告”",
    "the title “{title}” does not use the prescribed name 政府信息公开工作年度报告",
)
_TITLE_NAME_HELP = Text(
    "写作“{unit}{year}年政府信息公开工作年度报告”", "write “{unit}{year}年政府信息公开工作年度报告”"
)


@rule(
    "HDR001",
    "title-name",
    summary=Text("标题用规定的名称“政府信息公开工作年度报告”", "the title says 政府信息公开工作年度报告"),
    basis=LAST_YEAR,
    severity=Severity.WARNING,
)
def title_name(report: Report, context: Context) -> Results:
    """标题应写明“政府信息公开工作年度报告”。

    为什么：这是条例对报告的称呼；写成“工作报告”“年报”或者漏掉“工作”“年度”，检索和汇总时就找不到。
    标题分几行写、字间有空格都不算错；年份写在前面、中间都可以，后面要有“年”字。

    反例：青禾县2024年政府信息公开工作报告；青禾县2024年政府信息公开年度报告；青禾县2024政府信息公开工作年度报告。
    正例：青禾县2024年政府信息公开工作年度报告。

    怎样改：改用规定的名称。
    """
    if report.title is None:
        yield Undetermined(NO_TITLE)
        return
    title = title_of(report)
    if _NAMED.search(title):
        if len(report.title_years) == 1:  # of two, HDR003 says which goes
            yield from _unsigned(report)
        return
    unit = report.issuer.name
    year = report.year if report.year is not None else "××××"
    yield Finding(
        report.title.span,
        _TITLE_NAME.fill(title=title),
        _TITLE_NAME_HELP.fill(unit=unit or "单位名称", year=year),
        fix=_renamed(report),
    )


def _unsigned(report: Report) -> Results:
    """Yield the findings on the years of the title that lack their 年."""
    assert report.title is not None
    squeezed = squeeze(report, report.title.span)
    for year in re.finditer(_BARE_YEAR, squeezed.text):
        piece = squeezed.piece(*year.span(1), report)
        end = Span(piece.span.end, piece.span.end)
        help_text = _ADD_SIGN
        yield Finding(
            piece.span,
            _NO_YEAR_SIGN.fill(year=year[1]),
            help_text,
            fix=Fix(help_text, True, (Edit(end, "", "年"),)),
        )


def _renamed(report: Report) -> Fix | None:
    """Return the fix that replaces the name used by the prescribed one, None if a year would be lost."""
    assert report.title is not None
    squeezed = squeeze(report, report.title.span)
    called = re.search(_CALLED, squeezed.text)
    if called is None or re.search(r"\d", called[0]):
        return None
    old = squeezed.piece(called.start(), called.end(), report)
    title = Text("改为“{name}”", "change it to “{name}”").fill(name=_NAME)
    return Fix(title, False, (Edit(old.span, old.text, _NAME),))
