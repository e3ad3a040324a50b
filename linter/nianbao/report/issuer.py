"""The organ that reports: its level and whether it is a people's government, as far as its name shows."""

from typing import Literal, get_args

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

Level = Literal["township", "bureau", "county", "city", "province", "ministry"]
LEVELS: tuple[Level, ...] = get_args(Level)

LEVEL_NAMES: dict[Level, str] = {
    "township": "乡镇（街道）",
    "bureau": "部门",
    "county": "县（区、县级市）",
    "city": "设区的市（州、盟）",
    "province": "省（自治区、直辖市）",
    "ministry": "国务院部门",
}
# The words by which a level may be given, besides its key: the one that the program prints, and shorter ones.
LEVEL_WORDS: dict[str, Level] = {
    **{name: level for level, name in LEVEL_NAMES.items()},
    "乡镇": "township",
    "街道": "township",
    "县": "county",
    "区": "county",
    "市": "city",
    "省": "province",
}


def level_of(word: str) -> Level | None:
    """Return the level that *word* gives, its key or a word in Chinese; None if it is none."""
    return next((level for level in LEVELS if level == word), LEVEL_WORDS.get(word))


class Issuer(NamedTuple):
    """The organ that reports. *level* and *government* are None if the name does not show them.

    *government* is whether it is one of the 各级人民政府 of 条例第五十条第（四）项: a department is
    none, nor is a 街道办事处, which a government sends out.
    """

    name: str
    level: Level | None
    government: bool | None


_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
# Ends of names, compared with str.endswith: a dozen compiled patterns would take as long as reading a report.
_NOISE = ("门户网站", "网站", "（本级）", "(本级)", "本级", "（办公室）", "(办公室)")
_OFFICES = ("党政综合办公室", "党政办公室", "综合办公室", "办公厅", "办公室", "办")
_TOWNSHIPS = ("镇", "乡", "苏木")
_SUBDISTRICTS = ("办事处", "街道", "街道办", "街道党工委")
_NEW_AREAS_WITH_GOVERNMENT = ("浦东新区", "滨海新区")
_COMMITTEES = ("管理委员会", "管委会", "党工委")
_ZONES = (
    *("新区", "开发区", "经开区", "园区", "实验区", "试验区", "示范区", "度假区", "景区", "名胜区"),
    *("管理区", "保税区", "合作区", "工业区", "产业区", "集聚区", "集中区", "功能区", "经济区", "港区"),
    *("科技城", "生态城", "新城", "产业园", "工业园", "科技园"),
)
_ZONES_OF_A_COMMITTEE = ("区", "城", "园", "港", "岛", "湖", "山", "带", "基地")
_SHORTEST = 3  # characters of a place with its kind: 云岭镇
_NUMERALS = "一二三四五六七八九十〇0123456789"
_PLACES: tuple[tuple[tuple[str, ...], Level], ...] = (
    (_TOWNSHIPS, "township"),
    (("省", "自治区"), "province"),
    (("州", "市"), "city"),
    (("县", "区", "旗"), "county"),
)
_SEATS = tuple(place for places, _ in _PLACES for place in places)
_CITIES_WITHIN = ("市", "地区", "盟")
_STATE_ORGANS = ("局", "署", "委员会", "委")
_MINISTRIES = (
    *("外交部", "国防部", "教育部", "科学技术部", "科技部", "工业和信息化部", "公安部", "民政部", "司法部"),
    *(
        "财政部",
        "人力资源和社会保障部",
        "自然资源部",
        "生态环境部",
        "住房和城乡建设部",
        "交通运输部",
        "水利部",
    ),
    *("农业农村部", "商务部", "文化和旅游部", "退役军人事务部", "应急管理部", "审计署", "海关总署"),
    *("中国人民银行", "中国证券监督管理委员会", "中国证监会", "中国银行保险监督管理委员会", "中国气象局"),
    *("中国地震局", "中国民用航空局", "中国科学院", "中国工程院", "中国社会科学院"),
)
_DEPARTMENTS = (
    *("局", "厅", "委", "署", "办", "室", "中心", "院", "站", "所", "队", "处", "科", "部", "馆", "社", "会"),
    *("台", "公司", "集团", "厂", "银行", "支行", "分行", "海关", "校", "大学", "中学", "小学", "幼儿园"),
)


def infer(name: str) -> Issuer:
    """Return the organ that *name* names: 云岭镇 is a township, 青禾县发展和改革局 a bureau.

    The office of a government (办公厅, 办公室) reports on its level and is none itself. A 市 that is not
    known to be of the county's level is taken for one of the prefecture's, which has more powers, so that no
    report is said to overstep them by mistake.
    """
    known = _infer(name)
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    # 青禾县司法局（县行政复议局）: another name of the same organ, or its seal.
    return known if known.level is not None or bare == name else _infer(bare)._replace(name=name)


def _infer(name: str) -> Issuer:
    plain = _stripped(_once(name), _NOISE)
    unit = next((plain.removesuffix(o) for o in _OFFICES if plain.endswith(("政府" + o, "府" + o))), plain)
    office = unit != plain
    place = _stripped(unit, ("人民政府", "政府", "府"))
    formal = place != unit
    if formal:
        place = _without_party(place)
    level, government = (None, None) if formal else _dispatched(place)
    if level is None:
        level = _level(place)
        government = level is not None or None
    if level is None and _is_ministry(plain):
        return Issuer(name, "ministry", False)
    if level is None and plain.endswith(_DEPARTMENTS):
        return Issuer(name, "bureau", False)
    return Issuer(name, level, False if office and level else government)


def _once(name: str) -> str:
    """Return *name* from where it begins a second time: 云岭镇云岭镇人民政府 names one organ."""
    again = name.rfind(name[:_SHORTEST], _SHORTEST)
    return name[again:] if len(name) >= 2 * _SHORTEST and again > 0 else name


def _stripped(name: str, ends: tuple[str, ...]) -> str:
    name = name.rstrip("的、，：:-—_| ")
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


def _without_party(place: str) -> str:
    """Return the government's place if the party's committee is named with it: 青禾县委县（政府）."""
    party, committee, own = place.rpartition("委")
    if not committee or not party.endswith((*_SEATS, "党")):
        return place
    own = own.lstrip("、和")
    return own if len(own) > 1 else party.removesuffix("党").removeprefix("中共")


def _dispatched(place: str) -> tuple[Level | None, bool | None]:
    """Return the level of an organ that a government sends out, and False, or None if it governs like one."""
    if place.endswith("办事处") and "驻" in place:
        return "bureau", False
    if place.endswith(_SUBDISTRICTS):
        return "township", False
    if place.endswith(("行政公署", "行署", "地区")) or (place.endswith("盟") and not place.endswith("联盟")):
        return "city", False
    return _corps(place) or _zone(place), None


def _corps(place: str) -> Level | None:
    """Return the level of a unit of 新疆生产建设兵团."""
    if place.endswith("生产建设兵团"):
        return "province"
    if place.endswith(("师", "市")) and re.search(f"第[{_NUMERALS}]+师", place):
        return "city"
    if place.endswith(("团", "团场")) and place.rstrip("团场").endswith(tuple(_NUMERALS)):
        return "township"
    return None


def _zone(place: str) -> Level | None:
    """Return the level of a development zone or a similar area, with or without its 管委会."""
    zone = place
    while zone.endswith(_COMMITTEES):
        zone = _stripped(zone, _COMMITTEES).rstrip("、和")
    if zone.endswith("综合实验区"):
        return "city"
    if zone == place and zone.endswith(_NEW_AREAS_WITH_GOVERNMENT):
        return None
    ends = _ZONES if zone == place else (*_ZONES, *_ZONES_OF_A_COMMITTEE)
    return "county" if zone.endswith(ends) else None


def _level(place: str) -> Level | None:
    if place.removesuffix("市") in _MUNICIPALITIES:
        return "province"
    level = next((level for places, level in _PLACES if place.endswith(places)), None)
    return "county" if place.endswith("市") and _is_county_city(place.removesuffix("市")) else level


def _is_county_city(name: str) -> bool:
    """Return whether the city *name*, without 市, is of the county's level, as far as is known."""
    from nianbao.report.county_cities import COUNTY_CITIES  # 400 names that only a city needs

    own = name.rpartition("省")[2].rpartition("自治区")[2]
    if any(0 < own.find(mark, 1) < len(own) - len(mark) for mark in _CITIES_WITHIN):
        return True
    if 0 < own.find("州", 1) < len(own) - 2:  # 湘西州吉首
        return True
    return own in COUNTY_CITIES or any(own[-length:] in COUNTY_CITIES for length in range(2, len(own)))


def _is_ministry(name: str) -> bool:
    own = name.removeprefix("中华人民共和国")
    if own in _MINISTRIES or (own.startswith("国务院") and own != "国务院"):
        return True
    parts = own.count("局") + own.count("署") + own.count("委员会")
    return own.startswith("国家") and own.endswith(_STATE_ORGANS) and parts <= 1
