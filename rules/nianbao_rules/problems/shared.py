"""Part five as written in the file, and the words searched in it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from nianbao.api import Report, Section, Span

# A report can be worded in thousands of ways. Any of these words may name a problem: a rule reports only if none
# of them is found.
PROBLEM = (
    "问题", "不足", "不够", "不高", "不强", "不深", "不全", "不多", "不细", "不大", "不严", "不实", "不齐", "不平衡",
    "不均", "不及时", "不到位", "不完善", "不健全", "不规范", "不熟", "不明", "不畅", "不便", "不一", "有待", "差距",
    "薄弱", "短板", "弱项", "缺", "滞后", "单一", "偏低", "偏少", "较低", "较少", "较弱", "欠", "困难", "难点",
    "难以", "仍需", "还需", "尚需", "尚未", "需要进一步", "需进一步", "需加强", "需要加强", "松懈", "疏漏", "差错", "隐患",
    "瓶颈", "制约", "影响了",
)  # fmt: skip


def says(text: str, words: Sequence[str]) -> bool:
    """Return whether *text* has one of *words*: they are found faster than a pattern is compiled."""
    return any(word in text for word in words)


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
_NONE = (
    r"(?:(?:存在的?)?(?:主要)?问题(?:及改进(?:情况|措施))?[：:])?"
    r"(?:\d{4}年度?|本年度?|全年|目前|本机关|本单位|本局|本镇|本乡|我局|我镇|我乡|我县|[，、])*"
    r"(?:暂无|暂时没有|没有|不存在|未发现|不涉及|无)(?:存在)?的?(?:主要|明显|突出|重大|较大)?(?:的)?(?:问题|不足|情况)?"
    r"(?:[及和、](?:需要)?改进(?:的)?(?:情况|措施|地方|事项))?[。.！!]?"
)


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
