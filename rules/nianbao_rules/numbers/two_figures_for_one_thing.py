"""NUM005 two-figures-for-one-thing."""

import re
from collections import Counter
from collections.abc import Iterator

from nianbao.api import Context, Finding, Piece, Quantity, Related, Report, Text, quantities, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE

_TWO_FIGURES = Text(
    "“{words}”在两处写的数不同：{first}、{second}", "“{words}” is given as {first} and as {second}"
)
_TWO_FIGURES_HELP = Text(
    "核对两处是不是同一回事：是的，以台账为准统一；范围、渠道或者时间不同的，在文中写明",
    "check whether both are about the same thing: if so, give one figure; if not, say how they differ",
)
_OTHER_PLACE = Text("另一处", "the other place")
# In a statement the year reported on is replaced by 全年, and the organ's own name is left out.
_TIME = "全年|本年度?|年内|一年来|截至12月31日"
_STATEMENT = (
    rf"\s*(?:(?:{_TIME})度?[，,]?)*(?:(?P<scope>[我本全](?:机关|单位|级|[省市县区旗镇乡局委办厅院]|街道))[，,]?)?(?:(?:{_TIME})[，,]?)*"
    r"(?:共计|累计|总计|总共|一共|合计|共)?"
    r"(?P<what>(?:主动公开|公开|发布|收到|受理|办理|办结|编发|推送|转载|制发|印发|举办|召开|开展|组织).{0,20}?)"
    r"(?:共计|累计|总计|总共|一共|合计|总数|数量|共|达到|达|为)*\s*"
)
_ASPECT = (
    r"(?:政府信息|信息)?(?:主动公开|依申请公开|公开平台建设|平台建设|管理|监督保障|公开总体)(?:政府信息)?(?:方面|情况|工作)*"
    r"|总体情况|基本情况|工作概况|概述"
)
# After one of these a paragraph is about one field, one channel or one item of a list.
_TOPIC = r"领域|专栏|栏目|专题|推进|加强|做好|围绕|聚焦|深化|强化|通过|利用|依托|一是|二是|（\d|\d[.．、]|第[一二三四五]|上半年|季度|截至"
_VAGUE = ("信息", "文件", "活动", "会议", "工作", "培训")  # things of any kind
_IN_TABLES = ("申请", "复议", "诉讼", "规范性文件", "规章", "行政许可", "行政处罚", "行政强制")


@rule(
    "NUM005",
    "two-figures-for-one-thing",
    summary=Text("同一个数前后一致", "the same quantity has one figure"),
    basis=ACCURATE,
)
def two_figures_for_one_thing(report: Report, context: Context) -> Results:
    """同一件事的全年总数，在报告各处应当一致。

    为什么：同一个数前后不同，读者不知道哪一个可信。
    只比较用同样的话写的全年、本机关的总数；渠道、领域、范围、时段不同的不比较；与表格对应的数（申请、复议诉讼、规范性文件等）
    由 TXT 各条规则与表格核对。两处都列出，不判断哪一处有误。

    反例：一处写“全年主动公开政府信息20条”，另一处写“全年主动公开政府信息16条”。
    正例：两处都写20条；或者另一处写“通过微信公众号公开政府信息16条”。

    怎样改：核对后统一；不是同一回事的，写明差别。
    """
    first: dict[tuple[str, ...], Quantity] = {}
    reported: set[tuple[str, ...]] = set()
    for key, figure in _statements(report):
        other = first.setdefault(key, figure)
        if other.value == figure.value or key in reported:
            continue
        reported.add(key)
        one, two = (report.text[f.whole.start : f.whole.end].strip() for f in (other, figure))
        words = "".join(key[:-1])
        related = (Related(other.whole, _OTHER_PLACE),)
        message = _TWO_FIGURES.fill(words=words, first=one, second=two)
        yield Finding(figure.whole, message, _TWO_FIGURES_HELP, related=related)


def _statements(report: Report) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """Yield the counts for the whole year and the whole organ, each with the scope, words and unit that it counts."""
    figures = list(_yearly(report))
    values = {(figure.unit, figure.value) for figure in figures}
    units = Counter(unit for unit, _ in values)
    for figure in figures:
        if units[figure.unit] < 2:  # no other figure to differ from
            continue
        match = re.fullmatch(_STATEMENT, _general_words(report, figure.scope))
        if match is None or not all("\u4e00" <= sign <= "\u9fff" for sign in match["what"]):
            continue
        what = match["what"].replace("了", "") + (figure.noun if figure.tail.strip() else "")
        if _of_one_kind(what) and not (report.tables and any(word in what for word in _IN_TABLES)):
            yield (_scope(report, match["scope"] or ""), what, figure.unit), figure


def _yearly(report: Report) -> Iterator[Quantity]:
    """Yield the exact counts whose segment is about the whole year, up to the first topic of a paragraph."""
    words = ("全年", "本年", "年内", "一年来", "12月31日", f"{report.year}年")
    for piece in _general(report):
        start = piece.span.start
        figures = [
            figure
            for figure in quantities(piece.text, start)
            if figure.counted and figure.exact and any(word in figure.scope for word in words)
        ]
        topic = re.search(_TOPIC, piece.text) if figures else None
        for figure in figures:
            if topic is None or figure.span.start - start - len(figure.scope) < topic.end():
                yield figure


def _general_words(report: Report, scope: str) -> str:
    """Return *scope* without the organ's name, and with 全年 for the year of the report."""
    words = scope.replace(report.issuer.name, "") if report.issuer.name else scope
    return words.replace(f"{report.year}年", "全年")


def _scope(report: Report, word: str) -> str:
    """Return the scope of a statement: "" for the organ itself, else *word* (全县; 我县 in a bureau's report)."""
    own = word.startswith(("我", "本")) and (
        word[-1] in report.issuer.name or word[1:] in ("机关", "单位", "级")
    )
    return "" if own else word


def _of_one_kind(what: str) -> bool:
    """Return whether *what*, a verb and a noun, names one kind of thing: 公开信息 may be of any kind."""
    noun = re.sub(r"^(?:主动公开|..)", "", what)
    return bool(noun) and (noun not in _VAGUE or what.startswith("主动公开"))


def _general(report: Report) -> Iterator[Piece]:
    """Yield the paragraphs right under a level-one heading or under one of the five aspects."""
    for section in report.parts:
        if section.key == "problems":
            continue
        yield from section.part.paragraphs
        for part in section.part.parts:
            title = part.heading.title.text if part.heading else ""
            if re.fullmatch(_ASPECT, "".join(title.split())):
                yield from part.paragraphs
