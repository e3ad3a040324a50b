"""PER005 relative-year."""

from nianbao.api import Context, Edit, Finding, Fix, Related, Report, Span, Text, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_RELATIVE = Text(
    "“{word}”要看公布的时间才知道是哪一年（全文{count}处：{words}）",
    "which year “{word}” means depends on the date of publication ({count} in the text: {words})",
)
_RELATIVE_HELP = Text("写明年份，如“{year}年”", "name the year, such as {year}年")
_RELATIVE_WORDS = r"(?:今年|去年|前年(?!度))(?!(?:同期|全年)?[（(]20\d\d年)"
_YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2}
_REACH = 100  # characters around a word in which its sentence is read
_QUOTES = (("“", "”"), ("《", "》"), ("「", "」"))


@rule(
    "PER005",
    "relative-year",
    summary=Text("年份写明，不用“今年”“去年”", "years are given in figures, not as this or last year"),
    basis=OWN_READING,
)
def relative_year(report: Report, context: Context) -> Results:
    """讲年份写明是哪一年，不用“今年”“去年”。

    为什么：报告在第二年公布，读者看到的“今年”已经不是报告的年度。全文只提示一次，列出各处。
    “本年”“本年度”“上年结转”是格式自己的用语，意思明确，不算；引号和书名号里的、讲打算的也不算。

    反例：2024年度报告写“今年，我镇共发布信息79条”“较去年增长12%”。
    正例：2024年，我镇共发布信息79条；较2023年增长12%；本年度未收取信息处理费。

    怎样改：把“今年”“去年”换成年份。
    """
    if not any(word in report.prose for word in _YEARS_AGO):
        return
    matches = [
        (Span(piece.span.start + match.start(), piece.span.start + match.end()), match[0])
        for piece in report.paragraphs
        for match in re.finditer(_RELATIVE_WORDS, piece.text)
        if not _is_quoted(piece.text, match.start()) and not _is_planned(piece.text, match.start())
    ]
    if not matches:
        return
    span, word = matches[0]
    words = "、".join(dict.fromkeys(word for _, word in matches))
    edits = (
        [Edit(at, old, f"{report.year - _YEARS_AGO[old]}年") for at, old in matches] if report.year else []
    )
    year = edits[0].new.removesuffix("年") if edits else "××××"
    message = _RELATIVE.fill(word=word, count=len(matches), words=words)
    related = tuple(Related(other, same(old)) for other, old in matches[1:])
    fix = Fix(_RELATIVE_HELP.fill(year=year), False, tuple(edits)) if edits else None
    yield Finding(span, message, _RELATIVE_HELP.fill(year=year), related=related, fix=fix)


def _is_quoted(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at]
    return any(before.rfind(left) > before.rfind(right) for left, right in _QUOTES)


def _is_planned(text: str, at: int) -> bool:
    before = text[max(0, at - _REACH) : at].rpartition("。")[2]
    sentence = before + text[at : at + _REACH].partition("。")[0]
    return re.search(r"将|计划|拟|打算|下一步", sentence) is not None
