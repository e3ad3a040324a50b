"""The level-one sections of a report, recognised by their titles."""

from collections.abc import Iterator
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Form
from nianbao.report.syntax import Outline, Part, Piece
from nianbao.text.folding import fold
from nianbao.text.source import Span

Standing = Literal["official", "wording", "aliases", "obsolete", "similar", ""]


class Section(NamedTuple):
    """A level-one section of a report.

    *key* names the section of the form it is, "" for one that the form does not have; *covers* has more
    than that key if one heading joins two sections. *standing* is how the title compares with the form's.
    """

    key: str
    covers: tuple[str, ...]
    standing: Standing
    part: Part

    @property
    def title(self) -> Piece:
        """The title without its numeral."""
        assert self.part.heading is not None
        return self.part.heading.title

    @property
    def numeral(self) -> str:
        """The numeral as printed, "" for none."""
        assert self.part.heading is not None
        return self.part.heading.numeral

    @property
    def heading(self) -> Span:
        """The whole line of the heading."""
        assert self.part.heading is not None
        return self.part.heading.span

    @property
    def empty(self) -> bool:
        """Whether nothing is under the heading."""
        return not (self.part.paragraphs or self.part.grids or self.part.parts)

    @property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Every paragraph of the section, those of its subsections too, in order."""
        return tuple(paragraphs_of(self.part))


def paragraphs_of(part: Part) -> Iterator[Piece]:
    """Yield every paragraph of *part*, titles and paragraphs of its subsections in order."""
    yield from part.paragraphs
    for inner in part.parts:
        if inner.heading is not None:
            yield inner.heading.title
        yield from paragraphs_of(inner)


def sections_of(outline: Outline, form: Form) -> Iterator[Section]:
    """Yield the sections of *outline*, compared with those of *form*."""
    taken: set[str] = set()
    for part in outline.sections:
        assert part.heading is not None
        key, covers, standing = _recognised(fold(part.heading.title.text), form)
        if key in taken and standing == "similar":
            key, covers, standing = "", (), ""
        taken.update(covers)
        yield Section(key, covers, standing, part)


# Words by which a title is read as a section if it is none of the known titles.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("review", r"复议|诉讼"),
    (
        "problems",
        r"(问题|不足|困难).*(改进|整改|措施|打算|建议|对策|方向|安排|计划)|(?<!其他)(?<!其它)(不足|问题)$",
    ),
    ("other", r"^其[他它]$|其[他它].*(事项|情况)|需要?(报告|说明)的"),
    ("applications", r"(收到|处理|办理).*申请|依申请公开"),
    ("disclosure", r"主动公开"),
    (
        "overview",
        r"^(工作)?总体|总体(工作)?情况$|基本情况$|概况$|^政府信息公开工作(开展)?情况$|^(年度|全年|主要)?(工作|做法)(开展|推进|完成)?(情况)?$",
    ),
)


_YEAR = r"^(?:关于)?20\d\d年?度?(?:的)?"


def _recognised(title: str, form: Form) -> tuple[str, tuple[str, ...], Standing]:
    known = form.section_titles.get(title)
    if known is not None:
        section, standing = known
        return section.key, (section.key,), standing  # type: ignore[return-value]
    title = re.sub(_YEAR, "", title)
    here = {section.key for section in form.sections}
    signs = [key for key, sign in _SIGNS if key in here and re.search(sign, title)]
    if not signs:
        return "", (), ""
    order = [section.key for section in form.sections]
    numbers = sorted(map(order.index, signs))
    # A title that mentions neighbouring sections joins them: 三、收到和处理申请及行政复议、行政诉讼情况.
    joined = numbers == list(range(numbers[0], numbers[-1] + 1))
    covers = tuple(order[number] for number in numbers) if joined else (signs[0],)
    return covers[0], covers, "similar"
