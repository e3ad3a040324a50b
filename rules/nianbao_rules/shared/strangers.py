"""Where a report names another organ as its author, as the one it speaks of, or calls its own what it is not."""

from collections.abc import Iterator, Sequence
from enum import Enum

from nianbao.api import Level, Report, parted
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import REACH, sentence_at
from nianbao_rules.shared.organs import names_of


class Kind(Enum):
    """What an organ is by its name."""

    GOVERNMENT = "government"  # of a county and up, or the committee of a zone
    TOWNSHIP = "township"
    DEPARTMENT = "department"


class Organ(NamedTuple):
    """An organ by its name: all of it, the places it begins with, the rest without 人民政府 or 办事处, what it is."""

    whole: str
    places: tuple[str, ...]
    name: str
    kind: Kind | None


class How(Enum):
    """How a report names what is not its own."""

    AUTHOR = "author"
    SUBJECT = "subject"
    SUPERIOR = "superior"  # a place that the organ does not belong to
    SELF = "self"  # 我局 in a township's report
    LEVEL = "level"  # 我县 in a district's


class Stranger(NamedTuple):
    """Words that name what is not the organ's own, in characters of the text."""

    start: int
    end: int
    how: How


_HAN = r"[\u4e00-\u9fff]"
_KIND_OF_LEVEL: dict[Level, Kind] = {
    "township": Kind.TOWNSHIP,
    "bureau": Kind.DEPARTMENT,
    "ministry": Kind.DEPARTMENT,
    "county": Kind.GOVERNMENT,
    "city": Kind.GOVERNMENT,
    "province": Kind.GOVERNMENT,
}
_TOWNSHIPS = ("街道", "镇", "乡")
# An organ with another end may belong to one with these: 交警大队 to 公安局.
_DEPARTMENTS = ("局", "厅", "委员会", "委", "部", "署")
_COUNTIES = ("县", "区", "旗")
_OFFICE = r"(?:党政(?:综合)?|综合)?办公[室厅]"
# Where an organ was renamed, or has two names, nothing is said of other names.
_ORGANS = r"(?:局|厅|委|委员会|机构|单位|部门|镇|乡|街道|[县市]|(?<![专社])区)"
_BECOME = r"(?:组建|设立|成立|为)"
_TWO_NAMES = (
    r"加挂[^，。；]{0,20}牌|合署|机构改革|两块牌子|撤[乡镇县].{0,3}[设建改立]|乡改镇|镇改街"
    rf"|{_ORGANS}(?:挂牌成立|合并{_BECOME})|合并{_BECOME}[^，。；\d]{{0,12}}{_ORGANS}"
    rf"|{_ORGANS}[^，。；]{{0,4}}更名|更名为[^，。；\d]{{0,16}}{_ORGANS}|(?:职能|职责|机构)[^，。；]{{0,6}}划转"
    rf"|(?:^|(?<=[由与将和从把对是为的及被在])|(?<![\u4e00-\u9fff]))原(?![则有因本来]){_HAN}{{2,12}}(?:局|委员会|镇|乡|街道)"
)
# One of these is in every text with the words above, and soon seen to be in none.
_MAY_HAVE_TWO_NAMES = (
    r"加挂|合署|机构改革|两块牌子|撤[乡镇县]|乡改镇|镇改街|挂牌成立|合并|更名|划转|原(?![则有因本来])"
)


def has_two_names(report: Report) -> bool:
    """Return whether *report* tells that its organ was renamed or merged, or has two names."""
    if "（" in report.issuer.name:
        return True
    may_have = re.search(_MAY_HAVE_TWO_NAMES, report.prose) is not None
    return may_have and re.search(_TWO_NAMES, report.prose) is not None


def strangers(report: Report) -> Iterator[Stranger]:
    """Yield where *report* names as its own what is not: nothing if the kind of its organ is not known."""
    own = organ_of(report.issuer.name)
    if report.issuer.level is None or (report.issuer.level == "township" and own.kind is not Kind.TOWNSHIP):
        return  # a regiment of 兵团 is a township by its level
    left_open = re.search("[×XＸ□○△]", report.issuer.name)  # HDR009 reports it
    if not left_open and not has_two_names(report):
        own = own._replace(kind=_KIND_OF_LEVEL[report.issuer.level])
        yield from _named(report, own)
        yield from _signed(report, own)
        yield from _called(report, own)


def organ_of(name: str) -> Organ:
    """Return the organ that *name* names: 江北市城东区石桥街道办事处."""
    places, rest = parted(re.sub(_OFFICE + "$", "", name))
    own = re.sub(r"(?:人民政府|办事处|政府)$", "", rest)
    if own.endswith(_TOWNSHIPS):
        return Organ(name, tuple(places), own, Kind.TOWNSHIP)
    if own != rest or own.endswith((*_COUNTIES, *"省市州盟")):
        return Organ(name, (*places, *filter(None, (own,))), "", Kind.GOVERNMENT)
    return Organ(name, tuple(places), own, Kind.DEPARTMENT if own.endswith(_DEPARTMENTS) else None)


# -- whether an organ is another ---------------------------------------------------------------------------


def _another(name: str, own: Organ) -> bool:
    """Return whether *name* names an organ that is neither *own*, nor one of its offices, nor one above it."""
    other = organ_of(name)
    if other.kind is None or name in own.whole:
        return False
    if _apart(other.places, own.places, (_COUNTIES, ("市",))):
        return True
    if own.kind is Kind.GOVERNMENT:  # any of its departments may write its report
        return other.kind is Kind.TOWNSHIP
    if other.kind is Kind.GOVERNMENT or own.name in name or other.name in own.name:
        return False
    if own.kind is Kind.TOWNSHIP and other.kind is Kind.DEPARTMENT:  # a large town has 局 too
        return bool(other.places) or name.startswith(tuple("省市州县区旗"))
    if own.kind is other.kind is Kind.DEPARTMENT:
        return own.name.endswith(_DEPARTMENTS) and not _alike(own.name, other.name)
    return True


def _apart(places: tuple[str, ...], own: tuple[str, ...], levels: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether the last of *places* has one of *levels* and *own* names only other places of that level."""
    if len(places) > 1 and places[1:] == own[1:] and places[0].endswith("市") and own[0].endswith("市"):
        return places[0][:2] != own[0][:2]  # one district is in one city
    level = next((level for level in levels if places and places[-1].endswith(level)), None)
    if level is None or not any(place.endswith(level) for place in own):
        return False
    return all(place[:2] != places[-1][:2] for place in own)  # 平原县 may be 平原回族自治县


_LEVEL_WORD = r"^[省市州县区旗](?![场政容])(?=..)"  # 县教育局; but 市场, 市政, 市容
_GENERAL = r"管理|监督|行政|综合|服务|事务|委员会|[和与局厅委部]"


def _alike(name: str, other: str) -> bool:
    """Return whether two departments may be one: 住建局 and 住房和城乡建设局, or names with a word in common."""
    if _abbreviates(name, other) or _abbreviates(other, name):
        return True
    bare, others = (re.sub(_GENERAL, "", re.sub(_LEVEL_WORD, "", each)) for each in (name, other))
    return any(bare[at : at + 2] in others for at in range(max(1, len(bare) - 1)))


def _abbreviates(short: str, long: str) -> bool:
    """Return whether the signs of *short*, but for its kind, stand in *long* in this order."""
    rest = iter(long)
    return all(sign in rest for sign in re.sub(rf"{_LEVEL_WORD}|(?:委员会|[局厅委部署])$", "", short))


# -- as author, as subject, as the place above -------------------------------------------------------------

_ORGAN = rf"{_HAN}{{2,24}}?(?:人民政府|街道办事处|街道|镇|乡|局|委员会|厅|部)(?:{_OFFICE})?"
_TOWNSHIP = rf"{_HAN}{{2,12}}?(?:街道|镇|乡)(?:人民政府|办事处)?"
_DEPARTMENT = rf"{_HAN}{{2,16}}?(?:局|委员会|厅|部)"
_COUNTY = rf"{_HAN}{{2,6}}?[县区旗](?:人民政府)?"
# What no name has in it, and the runs of signs before a kind that are none.
_NO_NAME = (
    r"[我本各该全某每其由在对向据按以将的为是及与和把等个这那度年月日期]"
    r"|^(?:通过|指导|推动|组织|督促|要求|加强|完善|规范|推进|引导|协调|帮助|支持|带动|覆盖|面向|结合|围绕|依托|发动"
    r"|联合|会同|配合|通知|安排|部署|确保|促进|实现|落实|检查|考核|走访|深入|涉及|包括|目前|同时|打造|建设|有关|相关"
    r"|两个|多个|一些|部分|所属|所辖|举办|开展|召开|制定|建立|设立|收到|接受)"
    r"|(?:城|乡|村|集|小|建制|中心|重点|示范|试点|强|名|古)[镇乡]$"
    r"|(?:社|辖|城|市|片|景|地|山|灾|牧|林|库|校|院|小|老|矿|园|新|发|开|范|验|务|能|作|产|税|港|专|分)区$"
)
_WRITE = r"(?:编制|编写|制作|撰写|起草|拟制|汇总|形成)"
_REPORT = r"(?:报告|年报)"
_OF_A_YEAR = rf"20\d\d年度?[^，。；《]{{0,14}}{_REPORT}"
_CONTACT = rf"与(?P<organ>{_ORGAN})[^，。；]{{0,12}}联系"
_AUTHORS = (
    rf"由(?P<organ>{_ORGAN})(?:汇总|牵头|负责|组织|统一|具体)*{_WRITE}",
    rf"(?:^|(?<=[，。；：\s]))(?P<organ>{_ORGAN})(?:组织|负责|现)?(?:{_WRITE}|公布|发布)了?(?:本{_REPORT}|本年度{_REPORT}|{_OF_A_YEAR})",
    rf"(?:{_WRITE}|公布|公开|发布|现将)(?:了|并)?(?P<organ>{_ORGAN})的?{_OF_A_YEAR}",
    rf"20\d\d年度?(?P<organ>{_ORGAN})(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度)?{_REPORT}",
    _CONTACT,
    rf"结合(?P<organ>{_ORGAN}|{_COUNTY})(?:政府信息公开|政务公开)?(?:工作)?的?实际",
)
# Looked for where a sentence, or a part of it behind ；, begins.
_START = (
    r"\s*(?:20\d\d年度?(?:以来)?[，,]?|今年[，,]?|本年度?[，,]?|一年来[，,]?|报告期内[，,]?)?(?:全年[，,]?)?"
)
_ITS_REPORT = (
    r"(?=(?:共|全年|累计|新|未|没有)*(?:新收|收到|受理|接到|办结|答复)[^。；，]{0,14}申请"
    r"|(?:全年|累计|共|通过[^，。]{2,20})*主动公开"
    r"|高度重视(?:政府信息公开|政务公开)"
    r"|(?:20\d\d年度?|本年度?|全年)?(?:未|没有)(?:收取|产生)[^。；，]{0,10}信息处理费"
    r"|(?:认真|全面|深入|严格|切实)*(?:贯彻|落实|执行)[^。；，]{0,12}《(?:条例|中华人民共和国政府信息公开|政府信息公开)"
    r"|的?(?:政府信息公开|政务公开)工作)"
)
# A township's report tells of no other township's work.
_ITS_WORK = (
    r"(?=(?:20\d\d年度?|本年度?|全年)?(?:未|没有)|认真|严格|坚持|围绕|紧扣|紧紧|以|从|按照|根据|高度|积极|扎实|深入|全面|持续|不断|始终|切实|进一步|加强|完善"
    r"|建立|健全|成立|制定|明确|依托|结合|通过|共|全年|累计|新收|收到|受理|主动|及时|政府信息|政务公开)"
)
_ITS_GOVERNMENT = rf"{_START}(?P<organ>{_HAN}{{2,6}}[县区旗]人民政府){_ITS_WORK}"
_SUBJECTS: dict[Kind, tuple[str, ...]] = {
    Kind.TOWNSHIP: (
        rf"{_START}(?P<organ>{_TOWNSHIP}){_ITS_WORK}",
        rf"{_START}(?P<organ>{_COUNTY}){_ITS_REPORT}",
        _ITS_GOVERNMENT,
    ),
    Kind.DEPARTMENT: (
        rf"{_START}(?P<organ>{_DEPARTMENT}){_ITS_REPORT}",
        rf"{_START}(?P<organ>{_TOWNSHIP}){_ITS_REPORT}",
    ),
    Kind.GOVERNMENT: (rf"{_START}(?P<organ>{_COUNTY}){_ITS_REPORT}", _ITS_GOVERNMENT),
}
_UNDER = r"(?:在|按照|根据|落实|围绕|接受|依照|贯彻|通过|依托)"
_LED = r"[^。；]{0,24}?(?:领导|部署|安排|要求|指导|支持|统一|关心|网站)"
_SUPERIORS: dict[Kind, tuple[str, ...]] = {
    Kind.TOWNSHIP: (rf"{_UNDER}(?P<organ>{_TOWNSHIP})(?:党委|党工委|政府){_LED}",),
    Kind.DEPARTMENT: (rf"{_UNDER}(?P<organ>{_DEPARTMENT})党[组委]{_LED}",),
    Kind.GOVERNMENT: (),
}
_PLACE_ABOVE = (
    rf"{_UNDER}(?:{_HAN}{{2,4}}[省市州盟])?(?P<organ>(?:(?![委府省市州和及对各本我全级届]){_HAN}){{1,6}}[县区旗])"
    rf"(?:委|党委|人民政府|政府){_LED}"
)


def _named(report: Report, own: Organ) -> Iterator[Stranger]:
    """Yield the other organs that sentences name as the author, as the one they speak of, as the one above."""
    kind = own.kind or Kind.DEPARTMENT
    known = names_of(report)
    patterns = (
        *((re.compile(pattern), How.AUTHOR) for pattern in _AUTHORS),
        *((re.compile(pattern), How.SUBJECT) for pattern in _SUBJECTS[kind]),
        *((re.compile(pattern), How.SUPERIOR) for pattern in (*_SUPERIORS[kind], _PLACE_ABOVE)),
    )
    for piece in report.paragraphs:
        for match, how in _naming(piece.text, patterns):
            name, sentence = match["organ"], sentence_at(piece.text, match.start())
            if re.search(_NO_NAME, name) or _quoted(piece.text, match.start("organ")):
                continue
            if how is How.AUTHOR and not re.search(_REPORT, sentence):
                continue
            if how is How.SUBJECT and any(own_name in sentence.replace(name, "") for own_name in known.own):
                continue  # 县政务服务局受理申请后转我局办理
            if match.re.pattern == _CONTACT and organ_of(name).kind is not own.kind:
                continue  # a county's office answers for its townships
            if match.re.pattern == _PLACE_ABOVE:
                other = _apart((name,), own.places, (_COUNTIES,))
            else:
                other = name not in (*known.own, *known.area) and _another(name, own)
            if other:
                yield _stranger(piece.span.start, match.span("organ"), how)


def _naming(
    text: str, patterns: Sequence[tuple[re.Pattern[str], How]]
) -> Iterator[tuple[re.Match[str], How]]:
    """Yield the places in *text* where an organ is named in one of the ways of *patterns*."""
    begins = (0, *(stop.end() for stop in re.finditer("[。；]", text)))
    for pattern, how in patterns:
        if how is How.SUBJECT:
            matches = (pattern.match(text, begin) for begin in begins)
            yield from ((match, how) for match in matches if match is not None)
        elif how is How.SUPERIOR or "报" in text:
            yield from ((match, how) for match in pattern.finditer(text))


_LAST_LINES = 4
_DAY = r"[（(]?(?:20\d\d|二[〇○零oO0][一二三四五六七八九〇○零]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?"


def _signed(report: Report, own: Organ) -> Iterator[Stranger]:
    """Yield the organ of a signature: a line of its own beside one with the date, or with the date behind it."""
    last = [piece for section in report.sections[-1:] for piece in section.paragraphs[-_LAST_LINES:]]
    dated = [re.fullmatch(_DAY, "".join(piece.text.split())) is not None for piece in last]
    for at, piece in enumerate(last):
        match = re.fullmatch(rf"\s*(?P<organ>{_ORGAN})\s*(?P<day>{_DAY})?\s*", piece.text)
        if match and (match["day"] or any(dated[max(0, at - 1) : at + 2])) and _another(match["organ"], own):
            yield _stranger(piece.span.start, match.span("organ"), How.AUTHOR)


# -- what it calls itself ----------------------------------------------------------------------------------

# 基本, 根本, 样本 end with 本, 自我 with 我, 健全 with 全.
_ALONE = r"(?<![基根样版副文原成标课脚读书资自健安完保周齐][我本全])"
_SELF = (
    rf"(?:[我本]{_ALONE}(?P<kind>街道|局(?![限面部势促])|委(?![托婉])|厅|镇(?![街村域乡])|乡(?![镇村])|署|(?<![局厅委会关院]本)部(?![门分署队级])|院|校)"
    rf"|全{_ALONE}(?P<area>街道|镇(?![街村域乡])|乡(?![镇村])))"
)
_PLACE = rf"(?P<who>[我本全]){_ALONE}(?P<kind>[县区旗])(?![（(域块间别委级])"
_ABOVE = r"(?:^|(?<=[在照据实绕受彻，。、；和及由经对向与]))(?P<kind>县(?=委|政府|人民政府)|区(?=委))"
# In an autonomous region 我区 is the region.
_OF_A_PROVINCE = r"(?<![跨外各弟他])省[、委政直市]|[全我本]省"


def _called(report: Report, own: Organ) -> Iterator[Stranger]:
    """Yield 我局 in the report of a township, 我县 in that of a district."""
    sure = own.kind is not Kind.DEPARTMENT or own.name.endswith(_DEPARTMENTS)
    for piece in report.paragraphs:
        for match in re.finditer(_SELF, piece.text) if sure else ():
            kind = match["kind"] or match["area"]
            of_area = match["area"] is not None and own.kind is not Kind.TOWNSHIP
            if not of_area and not _may_be(kind, report) and not _quoted(piece.text, match.start()):
                yield _stranger(piece.span.start, match.span(), How.SELF)
        for pattern in (_PLACE, *((_ABOVE,) if "县" in piece.text or "区委" in piece.text else ())):
            for match in re.finditer(pattern, piece.text):
                who = match["who"] if pattern is _PLACE else ""
                if _elsewhere(who, match["kind"], own, report) and not _quoted(piece.text, match.start()):
                    yield _stranger(piece.span.start, match.span(), How.LEVEL)


def _may_be(kind: str, report: Report) -> bool:
    """Return whether the organ may call itself a *kind*: a government's report is written by its 办公厅."""
    name, level = report.issuer.name, report.issuer.level
    if kind == "委" and name.endswith("区"):  # the 管委会 of a zone
        return True
    return kind in name or (kind == "校" and "学" in name) or (kind == "厅" and level in ("province", "city"))


def _elsewhere(who: str, kind: str, own: Organ, report: Report) -> bool:
    """Return whether the organ lives in no *kind*; a city's report may say 全县 of one of its counties."""
    if kind in report.issuer.name or not own.places or not own.places[-1].endswith((*_COUNTIES, "市")):
        return False
    if own.kind is Kind.TOWNSHIP and not own.places[-1].endswith(_COUNTIES):
        return False  # 宁川市青山镇 may leave out its district
    if kind == "区" and who and (who == "全" or re.search(_OF_A_PROVINCE, report.prose) is None):
        return False
    return who in tuple("我本") or own.places[-1].endswith(_COUNTIES)


def _stranger(offset: int, span: tuple[int, int], how: How) -> Stranger:
    return Stranger(offset + span[0], offset + span[1], how)


def _quoted(text: str, at: int) -> bool:
    """Return whether *at* is inside quotes or the name of a paper."""
    near = max(0, at - REACH)
    return any(text.count(opens, near, at) > text.count(closes, near, at) for opens, closes in ("《》", "“”"))
