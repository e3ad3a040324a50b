"""Part five as written in the file, and the words searched in it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from nianbao.api import Report, Section, Span
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

# A report can be worded in thousands of ways. Any of these words may name a problem: a rule reports only if none
# of them is found.
PROBLEM = (
    "问题", "有待", "短板", "缺", "滞后", "单一", "欠", "仍需", "还需", "尚需", "需要进一步", "需进一步",
    "需加强", "需要加强", "松懈", "疏漏", "隐患", "瓶颈", "制约", "影响了", "距离", "拖", "简单", "粗", "停更", "空白", "笼统",
)  # fmt: skip
# What is wanting, said in one character: 解读少, 更新慢; not what was made less, nor what is no problem at all.
_WANTING = (
    r"慢|(?<![减至])少(?![年儿数])|(?<!古)旧|老化|过时|(?<![减降])低(?!保|收入)|(?<!减)弱(?!势)|(?<![误时出])差(?!别|异|旅)"
    r"|没|未(?!来)|不(?![断仅但再予定动同折扣遗留漏误超得])|(?<!不)仅|只有|难"
)
_CLAUSE = r"[^，,；;。：:\n]+"
# What was done about a problem, in a clause that does not itself tell what is wanting; 已 of how long it has lasted is not.
_DONE = (
    r"已(?!经?(?:[近超逾失]|[一二三两半\d]+个?[月年天]))|组织|举办|发布|推出|上线|开设|增设|新增|增加|增派|增配|配备|选派|安排|邀请|聘请|采取"
    r"|制定|制作|编印|编制|印发|出台|修订|设立|设置|改版|改为|改造|升级|重写|更换|补充|补发|清理|梳理|整合|合并|关停|引入|实行"
    r"|约谈|通报|走访|上门|通过|压缩|简化|收录|完成|[换印设办调]了|\d月|\d+(?:余|多)?[次篇条场期块份名件户项人批轮]|[由从].*\d.+[到至为]"
)


def says(text: str, words: Sequence[str]) -> bool:
    """Return whether *text* has one of *words*: they are found faster than a pattern is compiled."""
    return any(word in text for word in words)


def wanting(text: str) -> bool:
    """Return whether *text* may name a problem."""
    return says(text, PROBLEM) or re.search(_WANTING, text) is not None


def tells_done(text: str) -> bool:
    """Return whether a clause of *text* tells what was done about a problem."""
    return any(
        re.search(_DONE, clause) is not None and not wanting(clause) for clause in re.findall(_CLAUSE, text)
    )


class PartFive(NamedTuple):
    """The text of part five as written in the file, from *start* on."""

    section: Section
    text: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """Return the span in the file of the characters from *start* to *end* of the text."""
        return Span(self.start + start, self.start + end)

    @property
    def nothing(self) -> bool:
        """Whether the text is all but empty, or only says that there is nothing to report."""
        bare = "".join(self.text.split())
        if len(bare) > _LONGEST_NONE:
            return False
        return len(re.sub(r"\W", "", bare)) < _SHORTEST or re.fullmatch(_NONE, bare) is not None


_SHORTEST = 10  # fewer characters cannot give a problem and a measure
_LONGEST_NONE = 80  # more characters do more than say that there is nothing to report
# What a sentence that there is nothing is about, as a heading within the part or in front of a colon.
_ABOUT = (
    r"(?:\W?[一二12](?:\W|是))?"
    r"(?:(?:存在的?)?(?:主要)?问题(?:及改进(?:情况|措施))?|(?:主要)?改进(?:情况|措施))[：:]?"
)
_NOTHING = (
    r"(?:\d{4}年度?|本年度?|全年|目前|本机关|本单位|本局|本镇|本乡|我局|我镇|我乡|我县|(?:政府)?信息公开工作|[，、])*"
    r"(?:暂无|暂时没有|没有|不存在|未发现|不涉及|无)(?:存在)?的?(?:主要|明显|突出|重大|较大)?(?:的)?(?:问题|不足|情况|(?:需要?)?改进(?:情况)?)?"
    r"(?:[及和、](?:需要)?改进(?:的)?(?:情况|措施|地方|事项))?"
)
_NONE = rf"(?:(?:{_ABOUT})?{_NOTHING}\W?){{1,4}}"
HALF_NONE = rf"{_ABOUT}{_NOTHING}(?=[。；;]|$)"


@lru_cache(maxsize=1)  # six rules ask, one after the other
def parts_five(report: Report) -> tuple[PartFive, ...]:
    """Return the text of part five, including headings under it whose numbering begins again at 一、."""
    return tuple(_pieces(report))


def _pieces(report: Report) -> Iterator[PartFive]:
    parts = report.parts
    for section in report.parts_of("problems"):
        inner = takewhile(lambda part: not part.key, parts[parts.index(section) + 1 :])
        pieces = [*section.paragraphs, *(piece for part in inner for piece in (part.title, *part.paragraphs))]
        start = pieces[0].span.start if pieces else section.heading.end
        end = pieces[-1].span.end if pieces else start
        yield PartFive(section, report.text[start:end], start)


PLAN = r"下一步|今后|改进(?:情况|措施|方向)|整改(?:情况|措施)|针对[^。\n]{0,20}问题|\d{4}年[，,]?[^。，,\n]{0,10}将"
