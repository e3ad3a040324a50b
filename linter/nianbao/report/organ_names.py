"""The names of an organ that its full name leads to: 青禾县市场监督管理局, 县市监局, 我局."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple


class OrganNames(NamedTuple):
    """The names by which an organ is known and calls itself, the longer ones first.

    *proper* are those of *own* and *area* that have its own word in them, and so name it to others too.
    """

    own: tuple[str, ...]
    area: tuple[str, ...]  # of the area that it governs
    system: tuple[str, ...] = ()  # of a department with the offices of its line
    proper: tuple[str, ...] = ()


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|自治县|省|市|州|盟|地区|县|区|旗|林区)")
_TOWNSHIP = re.compile(r"(.+?(?:街道|镇|乡|苏木))(人民政府|办事处)?")
# Customary short forms of the names of departments; a name may have several.
_SHORT: Mapping[str, tuple[str, ...]] = {
    "市场监督管理": ("市场监管", "市监"),
    "人力资源和社会保障": ("人社", "人力资源社会保障"),
    "住房和城乡建设": ("住建", "住房城乡建设"),
    "发展和改革": ("发改", "发展改革"),
    "工业和信息化": ("工信", "工业信息化"),
    "卫生健康": ("卫健",),
    "自然资源和规划": ("自然资源", "资源规划", "资规", "自规"),
    "生态环境": ("生态环境", "环保"),
    "农业农村": ("农业农村", "农业"),
    "文化和旅游": ("文旅", "文化旅游"),
    "文化广电和旅游": ("文广旅", "文旅", "文化广电旅游"),
    "退役军人事务": ("退役军人",),
    "应急管理": ("应急",),
    "城市管理": ("城管",),
    "城市管理综合行政执法": ("城管", "城管执法", "城市管理"),
    "综合行政执法": ("综合执法", "执法"),
    "行政审批服务": ("行政审批", "审批"),
    "医疗保障": ("医保",),
    "教育体育": ("教体",),
    "交通运输": ("交通",),
    "民族宗教事务": ("民宗", "民族宗教"),
    "国有资产监督管理": ("国资",),
    "科学技术": ("科技",),
    "林业和草原": ("林草",),
}
# The kinds of zones, each with what they are called for short.
_ZONES: Mapping[str, tuple[str, ...]] = {
    "高新技术产业开发区": ("高新区", "开发区"),
    "经济技术开发区": ("经开区", "开发区"),
    "经济开发区": ("经开区", "开发区"),
    "综合实验区": ("实验区",),
    "综合保税区": ("综保区", "保税区"),
    "风景名胜区": ("风景区", "景区"),
    "旅游度假区": ("度假区",),
    "工业园区": ("园区",),
    "示范区": (),
    "新区": (),
    "新城": (),
}
_COMMITTEES = ("管理委员会", "管委会", "党工委管委会", "党工委、管委会")
_ZONE = re.compile(rf"(?P<place>.*?)(?P<kind>{'|'.join(_ZONES)})(?:管理委员会|管委会)")
_SUFFIXES = ("委员会", "办公室", "局", "厅", "委", "办", "部", "署", "院", "会", "中心", "站", "队")
_OF_SUFFIX = {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}
_WE = "我本"
# Every organ but a government may call itself so, and one that takes the wrong word still means itself.
_KINDS = (*"镇乡局委厅", "街道", *"办部院署")
_CALLED = r"[（(]以下(?:统一)?简?称(?:为)?[：:]?[“\"]?([^“”\"（）()，。]{1,10})[”\"]?[）)]"
_HEAD = 2000  # characters of the prose in which an organ says what it is called for short
_EVERYWHERE = ("本行政机关", "本机关", "本单位", "本部门", "我单位", "我机关", "我部门")


@lru_cache(maxsize=16)
def organ_names(name: str, called: str = "") -> OrganNames:
    """Return the names of the organ whose full name is *name*, and that is also *called* so."""
    name = name.replace(" ", "")
    if not name:
        return OrganNames(tuple(_longest_first({*_EVERYWHERE})), ())
    places, rest = parted(name)
    own, area, system = {name, *_EVERYWHERE}, set[str](), set[str]()
    township = _TOWNSHIP.fullmatch(rest)
    if township is not None:
        own |= set(_of_township(township[1]))
        own |= {place + word for place in _suffixes(places) for word in set(_of_township(township[1]))}
    elif zone := _ZONE.fullmatch(name):
        own, area = _of_zone(zone["place"], zone["kind"], places)
    elif rest in ("人民政府", "政府") and places:
        own, area = _of_government(name, places)
    else:
        own |= set(_of_department(rest, places))
        system = set(_of_system(rest, places))
    if not area:
        own |= {word + kind for word in _WE for kind in _KINDS} | {"全" + kind for kind in _KINDS[:6]}
    if called:
        own.add(called)
    proper = {each for each in own | area if _is_proper(each, places, rest)} | {name}
    return OrganNames(*(tuple(_longest_first(names)) for names in (own, area, system, proper)))


def called(name: str, prose: str) -> str:
    """Return the short name that *prose* gives the organ *name*, "" for none: （以下简称“市局”）."""
    opening = prose[:_HEAD]
    said = (match[1] for match in re.finditer(_CALLED, opening) if opening.endswith(name, 0, match.start()))
    return next(said, "") if name else ""


def _is_proper(name: str, places: list[str], rest: str) -> bool:
    """Return whether *name* has a word of the organ's own in it: the name of its place or of its work."""
    zone, township = _ZONE.fullmatch(rest), _TOWNSHIP.fullmatch(rest)
    if rest in ("人民政府", "政府"):
        own = places[-1][:-1] if places else rest
    elif township is not None:
        own = township[1].removesuffix("街道") if township[1].endswith("街道") else township[1][:-1]
    elif zone is not None:
        own = zone["place"]
    else:
        plain = name[0] not in "我本全" and not name.endswith("机关")
        return plain and len(name.rstrip("".join(_SUFFIXES))) > 1
    return bool(own) and own in name


def _longest_first(names: set[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def parted(name: str) -> tuple[list[str], str]:
    """Return the places that *name* begins with, and the rest: 江北市 城东区 石桥街道办事处."""
    places, at = [], 0
    while (match := _PLACE.match(name, at)) is not None and match.end() < len(name):
        places.append(match[0])
        at = match.end()
    return places, name[at:]


def _suffixes(places: list[str]) -> Iterator[str]:
    """Yield *places* from the first, the second, … to the last."""
    for start in range(len(places)):
        yield "".join(places[start:])


def _of_township(base: str) -> Iterator[str]:
    """Yield the names of a township or a subdistrict: 柳河镇, 镇政府, 我镇; 石桥街道办, 我街道."""
    kind = "街道" if base.endswith("街道") else base[-1]
    ends = (
        ("", "办事处", "办", "党工委办事处")
        if kind == "街道"
        else ("", "人民政府", "政府", "党委政府", "党委、政府")
    )
    for end in ends:
        yield base + end
        if end or kind == "街道":
            yield kind + end
    yield from (word + kind for word in "我本全")
    if kind == "街道":
        yield from ("我办", "本办", "街办", "我办事处", "办事处", "全街", "我街")
    yield from (f"{word}{kind}{end}" for word in _WE for end in ends if end)


def _of_department(rest: str, places: list[str]) -> Iterator[str]:
    """Yield the names of a department: 县市场监督管理局, 市场监管局, 县局, 我局, 局机关."""
    suffix = next((suffix for suffix in _SUFFIXES if rest.endswith(suffix) and len(rest) > len(suffix)), "")
    body = rest.removesuffix(suffix)
    ends = _OF_SUFFIX.get(suffix, (suffix,))
    levels = [place[-1] for place in places]
    plain = {body + end for end in ends} | {short + end for short in _SHORT.get(body, ()) for end in ends}
    for word in plain:
        yield word
        yield word + "机关"
        yield from (place + word for place in _suffixes(places))
        yield from (place[:-1] + word for place in places[-1:] if len(place) > 2)  # 临泽市监局
        yield from (level + word for level in levels[-1:])
    kind = ends[-1]
    if kind:
        yield from (word + kind for word in "我本全")
        yield kind + "机关"
        yield from (level + kind for level in levels[-1:] if len(kind) == 1)


def _of_system(rest: str, places: list[str]) -> Iterator[str]:
    """Yield the names of a department with the offices of its line: 全县市场监管系统."""
    body = next((rest.removesuffix(suffix) for suffix in _SUFFIXES if rest.endswith(suffix)), rest)
    for word in (body, *_SHORT.get(body, ())):
        for area in ("", *("全" + place[-1] for place in places[-1:]), *_suffixes(places)):
            yield f"{area}{word}系统"


def _of_zone(place: str, kind: str, places: list[str]) -> tuple[set[str], set[str]]:
    """Return the names of the 管委会 of a zone, and those of the zone: 高新区管委会, 管委会; 云溪高新区, 全区."""
    inner = place.removeprefix("".join(place for place in places if not place.endswith(kind)))
    area = {head + word for head in ("", place, inner) for word in (kind, *_ZONES[kind])}
    own = {name + committee for name in (*area, "", "区") for committee in _COMMITTEES}
    own |= {place + kind, *_EVERYWHERE, "管委会机关", "我委", "本委"}
    return own, area - own | {"全区", "我区", "本区"}


def _of_government(name: str, places: list[str]) -> tuple[set[str], set[str]]:
    """Return the names of a government, and those of its area: 平原县人民政府; 平原县, 全县, 我县."""
    place, level = places[-1], places[-1][-1]
    area = {name, *_suffixes(places), *(word + level for word in "我全")}
    area |= {each + "人民政府" for each in _suffixes(places)}
    return {*_EVERYWHERE}, area | {place}
