"""Who reports: the level of the organ and whether it is a people's government, as far as its name tells."""

import re
from typing import Literal, NamedTuple, get_args

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


class Issuer(NamedTuple):
    """The organ that reports. *level* and *government* are None where the name does not tell.

    *government* is whether it is one of the 各级人民政府 of 条例第五十条第（四）项: a department is
    none, nor is a 街道办事处, which a government sends out.
    """

    name: str
    level: Level | None
    government: bool | None


_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_OFFICE = re.compile(r"(人民政府)?(办公厅|办公室)$")
_DEPARTMENT = re.compile(
    r"(局|厅|委员会|委|署|办|中心|院|站|所|队|公司|银行|税务局|总队|支队|大队|学校|大学|研究院|集团|协会|联合会)$"
)
_TIERS: tuple[tuple[re.Pattern[str], Level, bool | None], ...] = (
    (re.compile(r"(街道|街道办|街道办事处)$"), "township", False),
    (re.compile(r"(?<!区)(镇|乡|民族乡|苏木)(人民)?(政府)?$"), "township", True),
    (re.compile(r"(综合实验区)(管委会|管理委员会)?$"), "city", None),
    (
        re.compile(r"(新区|开发区|高新区|园区|实验区|示范区|度假区|景区|管理区|管委会|管理委员会)$"),
        "county",
        None,
    ),
    (re.compile(r"(省|自治区)(人民)?(政府)?$"), "province", True),
    (re.compile(r"(自治州|地区|盟)(人民)?(政府|行署|行政公署)?$"), "city", True),
    (re.compile(r"(县|区|旗|自治县)(人民)?(政府)?$"), "county", True),
    (re.compile(r"(市|州)(人民)?(政府)?$"), "city", True),
)
_MINISTRY = re.compile(r"^(国家.*(局|署|委员会|委)|中国.*(局|会|署|行)|.{2,8}部|.*总局|.*总署|国务院.*)$")


def infer(name: str) -> Issuer:
    """Return what *name* tells about the organ: 永和镇 is a township, 某县发展和改革局 a bureau.

    A 市 may be of the county's or the prefecture's level; it is taken for the latter, which has more powers,
    so that no report is said to overstep them by mistake.
    """
    if not name:
        return Issuer(name, None, None)
    office = _OFFICE.search(name)
    unit = name[: office.start()] if office else name
    if any(
        unit.startswith(city) and unit.rstrip("人民政府") in (city, city + "市") for city in _MUNICIPALITIES
    ):
        return Issuer(name, "province", office is None)
    if _MINISTRY.match(name):
        return Issuer(name, "ministry", False)
    for pattern, level, government in _TIERS:
        if pattern.search(unit):
            return Issuer(name, level, False if office and not government else government and office is None)
    if _DEPARTMENT.search(unit):
        return Issuer(name, "bureau", False)
    return Issuer(name, None, None)
