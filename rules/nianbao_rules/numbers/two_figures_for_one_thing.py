"""NUM005 two-figures-for-one-thing."""

from collections import Counter
from collections.abc import Iterator

from nianbao.api import Context, Finding, Piece, Quantity, Related, Report, Text, quantities, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.leads import led
from nianbao_rules.shared.organs import Actor, Whose, names_of

_TWO_FIGURES = Text(
    "“{words}”在两处写的数不同：{first}、{second}", "“{words}” is given as {first} and as {second}"
)
_TWO_FIGURES_HELP = Text(
    "核对两处是不是同一回事：是的，以台账为准统一；范围、渠道或者时间不同的，在文中写明",
    "check whether both are about the same thing: if so, give one figure; if not, say how they differ",
)
_OTHER_PLACE = Text("另一处", "the other place")
_VERBS = r"主动公开|公开|发布|收到|受理|办理|办结|编发|推送|转载|制发|印发|举办|召开|开展|组织|编制|设立|设置|建成|建立|解读|更新|回应|处置|培训"
# A statement: where, if anywhere; what was done; to what.
_STATEMENT = rf"(?:累计|总计)?(?P<where>(?:[^，。；、：]{{0,18}}(?:网站|网|公众号|微博|平台|客户端|专栏|新媒体))?)(?P<verb>{_VERBS})(?P<noun>[^，。；、：]{{0,20}})"
_TOTAL = r"(?:共计|累计|总计|总共|一共|合计|总数|数量|共|达到|达|为|了|\s)+$"
_ASPECT = (
    r"(?:政府信息|信息)?(?:主动公开|依申请公开|公开平台建设|平台建设|管理|监督保障|公开总体)(?:政府信息)?(?:方面|情况|工作)*"
    r"|总体情况|基本情况|工作概况|概述"
)
# After a sentence with one of these those behind it are about one field, one channel or one item of a list.
_FIELD = r"(?<!重点)领域|专栏|栏目|专题|通过|利用|依托|一是|二是|（\d|\d[.．、]|第[一二三四五]|上半年|(?<!按)季度|截至"
_TOPIC = rf"{_FIELD}|领域|推进|加强|做好|围绕|聚焦|深化|强化|季度"
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
    """Yield the counts for the whole year, each with the scope, words and unit that it counts."""
    names = names_of(report)
    figures = list(_exact(report))
    units = Counter(unit for unit, _ in {(figure.unit, figure.value) for _, figure in figures})
    for piece, figure in figures:
        if units[figure.unit] < 2:  # no other figure to differ from
            continue
        words = led(figure.scope, names)
        if not words.begun and words.actor is None:
            continue
        if words.year not in (None, report.year):
            continue
        plain = re.sub('[“”"]', "", re.sub(_TOTAL, "", words.text))
        what = re.fullmatch(_STATEMENT, re.sub("^(?:通过|利用|依托|在)", "", plain))
        if what is None or (words.actor is None and _on_a_topic(piece, figure, what)):
            continue
        if _named(report, what, figure):
            noun = what["noun"].removeprefix("了") + (figure.noun if figure.tail.strip() else "")
            yield (_scope(words.actor), what["where"] + what["verb"] + noun, figure.unit), figure


def _exact(report: Report) -> Iterator[tuple[Piece, Quantity]]:
    """Yield the exact counts of the paragraphs that may have totals, each with its paragraph."""
    for piece in _general(report):
        for figure in quantities(piece.text, piece.span.start):
            if figure.counted and figure.exact:
                yield piece, figure


def _on_a_topic(piece: Piece, figure: Quantity, what: re.Match[str]) -> bool:
    """Return whether a sentence before that of *figure* names a topic, which the figure may be about.

    One that says where is about that. 主动公开政府信息 is what a report gives for all fields together.
    """
    if what["where"]:
        return False
    begin = figure.span.start - piece.span.start - len(figure.scope)
    whole = what["verb"] == "主动公开" and what["noun"] == "政府信息"
    return re.search(_FIELD if whole else _TOPIC, piece.text[:begin]) is not None


def _scope(actor: Actor | None) -> str:
    """Return the scope of a statement: "" for the organ itself, else the words for another (全县 in a county's)."""
    if actor is None or actor.whose is Whose.OWN or actor.words == "本级":
        return ""
    return "" if actor.whose is Whose.AREA and not actor.words.startswith("全") else actor.words


def _named(report: Report, what: re.Match[str], figure: Quantity) -> bool:
    """Return whether *what* names one kind of thing, and one that no table counts."""
    noun = what["noun"].removeprefix("了") + (figure.noun if figure.tail.strip() else "")
    words = what["where"] + what["verb"] + noun
    if not noun or not all("\u4e00" <= sign <= "\u9fff" for sign in words):
        return False
    if report.tables and any(word in words for word in _IN_TABLES):
        return False
    return noun not in _VAGUE or bool(what["where"]) or what["verb"] == "主动公开"


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
