"""Compliant reports of a county: that of its government, and those of the organs below, which it sums up."""

from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.report.equations import number
from nianbao.testing.compliant import compliant
from nianbao.testing.draft import Draft

COUNTY = "青禾县"
_DEPARTMENTS = (
    *("财政局", "教育局", "水利局", "卫生健康局", "民政局", "交通运输局", "农业农村局", "应急管理局"),
    *("司法局", "审计局", "统计局", "医疗保障局"),
)
_FIRST = "云柳石白岭青沙竹松梅桂柏榆桃杏荷兰菊芦苇银铜铁金玉清碧丹紫朱黛素"
_SECOND = "岭溪桥塔湾坪塘峰泉河坝坡岩洞池潭渡滩沟谷原冲垭坳岗崖陂圩屯堡寨井"
_KINDS = ("镇人民政府", "乡人民政府", "街道办事处")
_MOST = len(_DEPARTMENTS) + len(_FIRST) * len(_SECOND) * len(_KINDS)


class County(NamedTuple):
    """The report of a county's government, and those of the organs whose figures it has summed up."""

    parent: Draft
    members: tuple[Draft, ...]


def compliant_county(members: int = 20, seed: int = 0, form: str = "2021", year: int = 2023) -> County:
    """Return the reports of a county with so many *members* that break no rule, the same for the same arguments.

    Of each organ below there is one report, the first of departments, twelve at most, the others of townships. Each
    figure of the county is the sum of theirs. Raises ValueError for more members than there are names for.
    """
    if members > _MOST:
        raise ValueError(f"{members} members, of which only {_MOST} have a name")
    below = tuple(_member(at, members, seed, form, year) for at in range(members))
    totals: dict[str, Decimal] = {}
    for draft in below:
        for address, text in draft.cells.items():
            totals[address] = totals.get(address, Decimal(0)) + Decimal(text)
    cells = {address: number(value) for address, value in totals.items()}
    parent = compliant(form, "county", seed, year=year, organ=f"{COUNTY}人民政府", cells=cells)
    return County(parent, below)


def _member(at: int, members: int, seed: int, form: str, year: int) -> Draft:
    departments = min(len(_DEPARTMENTS), members // 2)
    if at < departments:
        return compliant(form, "bureau", seed * _MOST + at, year=year, organ=COUNTY + _DEPARTMENTS[at])
    at -= departments
    kind = _KINDS[at % len(_KINDS)]
    first, second = divmod(at // len(_KINDS) * 67 % (len(_FIRST) * len(_SECOND)), len(_SECOND))
    organ = COUNTY + _FIRST[first] + _SECOND[second] + kind
    return compliant(form, "township", seed * _MOST + at, year=year, organ=organ)
