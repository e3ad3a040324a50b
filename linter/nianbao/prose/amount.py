"""One figure of a sentence: its value, how exactly it is stated, and the words around it."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.source import Span

Kind = Literal["exact", "about", "at_least", "at_most", "range"]
Role = Literal["count", "each", "change", "earlier", "planned"]

_ZERO = Decimal(0)
_HAN = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_FIGURE = re.compile(
    r"(?:百分之)?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[零一二两三四五六七八九十百千点]+) ?(?P<more>[余多几])?"
    r"(?P<scale>[百千万亿]{0,2}) ?(?P<beyond>[余多])?"
)
_RANGE = re.compile(r"(?:-|至|到) ?")


class Amount(NamedTuple):
    """The value of a figure by itself; *length* is how many of its characters are no unit."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    unit: str
    kind: Kind
    places: int
    length: int


class Quantity(NamedTuple):
    """A figure in a sentence, with its unit and the words around it.

    *value* is the figure as written, 万 and 亿 counted in; of a range the lower end. *unit* is as written (件,
    人次, 元), "%" for a percentage, "" for none. The true figure is not below *low* and not above *high*, both
    in the same unit; None if nothing bounds it. *places* are the decimals written, before 万 or 亿.

    *kind* says how it is stated: as a count ("exact"), as one rounded (约, 近, 1.5万: "about"), as more than the
    figure (余, 多, 以上: "at_least") or no more than it ("at_most"), or as a range.

    *role* is "count" for a count of the time the sentence is about; "each" for one of several (每期50人);
    "change" for an increase or decrease since another time (较去年增加5件, 增长12.3%); "earlier" for another
    year's own figure; "planned" for one to come.

    *lead* are the words between it and the separator or figure before, *tail* those up to the next; *scope*
    is the segment, parted by ； or 。, up to it, 120 characters at the most. *span* is the figure without its
    unit, *whole* with it. *denied* says that 无 or 没有 is directly before it.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    kind: Kind
    places: int
    role: Role
    lead: str
    tail: str
    scope: str
    span: Span
    whole: Span
    denied: bool = False

    @property
    def noun(self) -> str:
        """The thing it counts, as far as the words around it show; "" if they show none."""
        return _noun_behind(self.tail) or _noun_before(self.lead)

    @property
    def exact(self) -> bool:
        """Whether it is stated as an exact count, neither rounded nor bounded."""
        return self.kind == "exact"

    @property
    def counted(self) -> bool:
        """Whether it is a count of this time, no percentage and no multiple."""
        return self.role == "count" and self.unit != "%" and not self.denied


# -- a figure by itself --------------------------------------------------------------------------------


def han_number(text: str) -> int:
    """Return the number that *text* writes in Chinese numerals up to 9999: 十二, 一百零五, 两千, 二〇二〇 as digits."""
    if not any(sign in _TENS for sign in text):
        return int("".join(str(_HAN[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _HAN[sign]
    return total + digit


def _number(text: str) -> Decimal:
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    whole, _, fraction = text.partition("点")
    if not fraction:
        return Decimal(han_number(whole or "零"))
    return Decimal(f"{han_number(whole or '零')}.{''.join(str(_HAN.get(sign, 0)) for sign in fraction)}")


@lru_cache(maxsize=4096)
def read_amount(text: str) -> Amount:
    """Return the amount of *text*, a figure in the plain alphabet with its unit."""
    first, *rest = _RANGE.split(text, maxsplit=1)
    last = _one(rest[0] if rest else first)
    if not rest:
        return last
    start = _one(first)
    # 3-5万件: the scale is behind the second figure only.
    own = any(sign in _SCALES for sign in first)
    low = start.value if own else start.value * _scale_of(rest[0])
    at = len(text) - len(rest[0]) + last.length
    places = max(start.places, last.places)
    return last._replace(value=low, low=low, kind="range", places=places, length=at)


def _scale_of(text: str) -> int:
    scale = 1
    match = _FIGURE.match(text)
    for sign in match["scale"] if match else "":
        scale *= _SCALES[sign]
    return scale


def _one(text: str) -> Amount:
    match = _FIGURE.match(text)
    assert match is not None  # the terminals begin with a figure
    number = _number(match["number"])
    scale = _scale_of(text)
    value = number * scale
    value = value.to_integral_value() if scale > 1 and value == value.to_integral_value() else value
    places = max(0, -int(number.as_tuple().exponent))
    step = _step(number, places) * scale
    unit = "".join(text[match.end() :].split())
    unit = "%" if text.startswith("百分之") else unit.removeprefix("个") if len(unit) > 1 else unit
    unit = unit.replace("(", "").replace(")", "")
    low: Decimal | None = value
    high: Decimal | None = value
    kind: Kind = "exact"
    if match["more"] or match["beyond"]:
        kind, high = "at_least", value + step
    elif scale > 1:  # written as 1.9万 it is rounded, to half of its last digit
        half = Decimal(scale).scaleb(-places) / 2
        kind, low, high = "about", value - half, value + half
    return Amount(value, low, high, step, unit, kind, places, len(text[: match.end()].rstrip()))


def _step(number: Decimal, places: int) -> Decimal:
    """Return the value of one in the last digit that is no zero: 400 is stated in hundreds."""
    if places or not number:
        return Decimal(1).scaleb(-places)
    digits = bytes(number.as_tuple().digits)  # an int of more than 4,300 digits is not written out
    return Decimal(10) ** (len(digits) - len(digits.rstrip(b"\0")))


# -- the words around it -------------------------------------------------------------------------------

_ABOUT = ("大约", "约为", "约")
_NEARLY = ("将近", "接近", "不足", "不到", "近")
_OVER = ("超过", "不少于", "不低于", "至少", "突破", "多于", "大于", "超", "逾")
_UNDER = ("不超过", "不多于", "不高于", "最多", "至多")
_HEDGES = _UNDER + _OVER + _NEARLY + _ABOUT
_HEDGE_ENDS = frozenset(hedge[-1] for hedge in _HEDGES)
_BOUNDS = frozenset("以之左上")


def hedged(amount: Amount, lead: str, tail: str) -> tuple[Amount, str]:
    """Return *amount* with the words directly before and behind it read in, and *lead* without those words."""
    words = lead.rstrip()
    if words[-1:] not in _HEDGE_ENDS and tail[:1] not in _BOUNDS:
        return amount, lead
    hedge = next((hedge for hedge in _HEDGES if words.endswith(hedge)), "")
    lead = words[: -len(hedge)] if hedge else lead
    value, step = amount.value, amount.step
    if hedge in _UNDER or tail.startswith(("以内", "以下", "之内")):
        return amount._replace(kind="at_most", low=_ZERO), lead
    if hedge in _OVER or tail.startswith("以上"):
        return amount._replace(kind="at_least", low=value, high=None), lead
    if hedge in _NEARLY:
        return amount._replace(kind="about", low=value - step), lead
    if hedge in _ABOUT or tail.startswith(("左右", "上下")):
        return amount._replace(kind="about", low=value - step, high=value + step), lead
    return amount, lead


_CHANGES = (
    *("增长", "增加", "提高", "上涨", "扩大", "增", "升", "多"),
    *("降低", "回落", "下滑", "缩短", "减", "降", "少"),
)
_CHANGE_ENDS = frozenset(change[-1] for change in _CHANGES)
_FALLS = ("降低", "回落", "下滑", "缩短", "减", "降", "少")
_BASE = re.compile(
    r"同比|环比|(?:相?较|比|与)?于?(?:去年|上年|上一年|往年|前年)(?:度|同期)*(?:相比)?|[较比][^，。；、]{0,12}年(?:度|同期)*|与20[^，。；、]{0,20}相比"
)
_EARLIER = re.compile(
    r"(?:去年|上年|上一年|往年|前年)(?:度|同期)*(?!度?(?:结转|末|未|遗留|转入|结余|接转|留存|相比|问题|反馈))[，,]?[^，,]*$"
    r"|[较比][0-9０-９]{4}年(?:度|同期)*(?:[^，,]{0,8}的)?$"
)
# The pattern is compiled by the sentence that has one of the signs.
_PLAN_SIGNS = ("将", "计划", "拟", "力争", "预计", "打算", "下一步", "明年", "目标")
_PLANNED = (
    r"计划(?:在|于|再|新|今|明|公开|制定|开展|举办|组织|完成|安排)|拟(?!定|制)|力争|预计|打算|下一步|明年|将(?:继续|进一步|再|新增)"
    r"|[年们]，?(?:我[们县市区镇乡局委办街]{1,3}|本[级机]?[关局]?|全[县市区镇]|[县市区镇]政府)?将|目标[是为]"
)


def direction(lead: str) -> int:
    """Return 1 if *lead* ends by saying that a figure has grown, -1 if that it has fallen, else 0."""
    words = lead.rstrip("了约近达为超过幅度率 ")
    if words[-1:] not in _CHANGE_ENDS:
        return 0
    if not words.endswith(_CHANGES) or words.endswith(("新增", "不少", "至少", "最多", "最少", "至多")):
        return 0
    return -1 if words.endswith(_FALLS) else 1


def based(words: str) -> str:
    """Return those of *words* that name the time a figure is compared with, "" for none."""
    found = _BASE.findall(words)
    return found[-1] if found else ""


_EACH = re.compile(r"每[^，。；]{0,8}$|平均|人均")


def role(amount: Amount, lead: str, scope: str) -> Role:
    """Return the role of *amount*, by its *lead* and the segment before it."""
    if amount.unit in ("倍", "百分点"):
        return "change"
    if ("每" in lead or "均" in lead) and _EACH.search(lead):
        return "each"
    if direction(lead) and (amount.unit == "%" or _BASE.search(scope)):
        return "change"
    if "年" in scope and _EARLIER.search(scope):
        return "earlier"
    planned = any(sign in scope for sign in _PLAN_SIGNS) and re.search(_PLANNED, scope)
    return "planned" if planned else "count"


# Compiled by the first sentence whose noun is asked for.
# 公开 may be the verb or part of a noun: in 信息公开 and 予以公开 it is no verb.
_VERB = (
    r"(?:收到|接到|接收|受理|新收|办理|办结|办复|答复|回复|发布(?!会|厅)|发放|推送|上传|刊发|编发|转载|转发|公布|公示|印发|制定|制发|出台|废止|修订|开展"
    r"|举办|召开|组织|参加|开设|设立|设置|建立|梳理|编制|完成|解决|采纳|整合|关停|注销|收取|作出|做出|明确|提出|提交|产生|发生|引发|(?<!无法)提供|提起|被申请|开通"
    r"|接待|发出|(?<!信息)(?<!政务)(?<!申请)(?<!予以)(?<!部分)(?<!不予)公开)(?:了|过)?(?![率栏墙区点员])"
)
# Those that also begin a noun (解读材料, 培训班): verbs only in front, and not before these.
_WEAK_VERB = r"(?:解读|培训|更新|处理|回应|审理|清理|共有)(?:了|过)?(?!信息|情况|类|事项|人员|材料|稿|产品|工作|会|班|项目|关切|率|$)"
_TIME = r"(?:全年|本年度?|年内|今年|去年|上年(?!度?结转)度?|[0-9０-９]{4}年度?|本?季度|上半年|下半年|期间)+"
_LEAD_END = (
    "共计",
    "合计",
    "总计",
    "累计",
    "总共",
    "一共",
    "总数",
    "数量",
    "达到",
    *"共均都各仅达为有是 ",
)
_TAIL_CUT = r"均|已|全部|予以|进行|为|是|被|按|[正现]?在|实现|结转|左右|以上|以下|以内|上下|等|占|得到|并|和|及|与|未|无|尚"
_AND = r"^(?:和(?![谐平睦])|以及|及(?!时)|与|并)"
_DONE = r"(?:已|均|共|全部|按时|按期|及时|依法|依规)+$"
_LONGEST = 60  # characters before a figure that are looked at for its noun


def _noun_behind(tail: str) -> str:
    words = tail.strip()
    cut = re.search(_TAIL_CUT, words)
    words = words[: cut.start()] if cut else words
    return words.rsplit("的", 1)[-1]


def _noun_before(lead: str) -> str:
    """Return *lead* without the verbs that begin it and the words that end it."""
    words = lead[-_LONGEST:].strip()
    while ending := next((ending for ending in _LEAD_END if words.endswith(ending)), ""):
        words = words[: -len(ending)]
    if time := re.match(_TIME, words):
        words = words[time.end() :]
    while found := re.search(_VERB, words):
        rest = words[found.end() :]
        if not rest:
            words = re.sub(_DONE, "", words[: found.start()])
            break
        words = rest
    words = re.sub(_AND, "", words)
    if weak := re.match(_WEAK_VERB, words):
        words = words[weak.end() :]
    return words.rsplit("的", 1)[-1]
