"""The words by which a report names its organ, the area that it governs, and the offices of others."""

from enum import Enum

from nianbao.api import Report
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple


class Whose(Enum):
    """Whose figures a sentence gives."""

    OWN = "own"  # the organ's
    AREA = "area"  # those of all offices of the area that it governs, which the tables of a government count
    OTHER = "other"  # those of a part of it, of another office, of a kind: or it is not known whose


class Actor(NamedTuple):
    """The words that say whose figures a sentence gives, and whose they are."""

    words: str
    whose: Whose


OWN = Actor("", Whose.OWN)


class Names(NamedTuple):
    """The names that a report has for its organ and for the area that it governs."""

    own: tuple[str, ...]  # the longer ones first
    area: tuple[str, ...]
    system: tuple[
        str, ...
    ] = ()  # of a department with the offices of its line, which its tables may not count

    def actor(self, words: str) -> Actor | None:
        """Return the actor that *words* begin with, None if they begin with none."""
        for names, whose in (
            (self.system, Whose.OTHER),
            (self.own, Whose.OWN),
            (self.area, Whose.AREA),
        ):
            if words.startswith(names):
                name = next(name for name in names if words.startswith(name))
                return self._reaching(name, whose, words)
        match = None if words.startswith(_NO_ORGAN) else re.match(_ORGAN, words)
        return Actor(match[0], Whose.OTHER) if match else None

    def _reaching(self, name: str, whose: Whose, words: str) -> Actor:
        """Return the actor that is *name*, or the part or the whole of it that the words behind it name."""
        rest = words[len(name) :]
        if whose is Whose.AREA:
            match = re.match(_ALL_OFFICES, rest)
            name += match[0] if match else ""
            rest = words[len(name) :]
        match = re.match(_PART, rest)
        return Actor(name + match[0], Whose.OTHER) if match else Actor(name, whose)


# Behind the name of an area: all the offices in it.
_ALL_OFFICES = (
    r"(?:(?:各级各部门|各级|各)?(?:党政|行政)?(?:政府|机关|部门|单位|乡镇|街道|（街道）|\(街道\)|县区|县（市、区）|县（区、市）|镇街)"
    r"(?:及其(?:部门|工作部门))?(?:[、和及](?=各|政府|行政|部门|单位))?)+"
)
# Behind a name: what makes it a part of the organ, or another office.
_PART = (
    r"本级|直(?:属)?(?:各)?(?:部门|单位|机关)?|级(?:各)?(?:部门|单位|机关)|下属[^，。；、]{0,6}|所属[^，。；、]{0,6}"
    r"|[^，。；：、的0-9]{1,12}?(?:局|委员会|办公室|街道|镇|乡|支队|大队|中心|分局|派出所)(?=[共收受新接办制作发废因无未、，])"
)
_ORGAN = (
    r"(?:我[省市州县区旗镇乡局委办厅部院]|全[省市州县区旗镇乡局]|全系统|各[^，。；]{1,6}"
    r"|(?:[^，。；：的]{0,8}[省市州县区旗镇乡])?(?:人民)?政府(?!信息|规章)(?:办公厅|办公室|办)?"
    r"|[^，。；：的]{0,8}[省市州县区旗][^，。；：的]{0,8}(?:局(?!长)|委员会)|[^，。；：的]{0,8}街道(?:办事处)?|办公[厅室]|机关本级|[省市州县区]?本级"
    r"|[省市州县区]?(?:直|级)(?:各)?(?:部门|单位|机关)"
    r"|[^，。；：的]{2,8}(?:处|科|所|站|股|支队|大队|中心|分局)(?=[共收受新接承]))"
    r"(?:代表[^，。；]{1,6}?政府(?!信息))?(?:本级)?"
)
_NO_ORGAN = (
    *("按照", "根据", "依据", "落实", "贯彻", "围绕", "结合", "在", "经", "由", "对", "向", "配合", "督促"),
    *(
        "指导",
        "推动",
        "组织",
        "要求",
        "通过",
        "加强",
        "完善",
        "政府信息",
        "严格",
        "进一步",
        "规范",
        "健全",
        "依法",
    ),
)


def names_of(report: Report) -> Names:
    """Return the names of the organ that *report* is of."""
    names = report.names
    return Names(names.own, names.area, names.system)
