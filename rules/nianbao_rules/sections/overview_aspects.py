"""SEC005 overview-aspects."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from nianbao.api import Context, Finding, Part, Piece, Report, Section, Text, fold, rule
from nianbao_grammar import patterns as re

from nianbao_rules.sections.shared import foreign_sections, speaks
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FIVE_ASPECTS
from nianbao_rules.shared.headings import heading_of, item_numeral, lines, second_numberings

_NO_ASPECT = Text("总体情况没有写“{aspect}”", "总体情况 does not mention “{aspect}”")
_NO_ASPECT_HELP = Text(
    "在总体情况中用一段写“{aspect}”的情况；没有开展的也写明",
    "give “{aspect}” a paragraph in 总体情况, and say so if nothing was done",
)
_BARE = Text("“{heading}”下面没有内容", "nothing is under “{heading}”")
_NO_OVERVIEW = Text("“{heading}”没有内容", "“{heading}” is empty")
_NO_OVERVIEW_HELP = Text("分别写明{aspects}的情况", "say what was done on each of these: {aspects}")
_HEADED = 3  # with so many aspects under headings of their own, mentions under other headings do not count


@rule(
    "SEC005",
    "overview-aspects",
    summary=Text("总体情况写到主动公开、依申请公开等五个方面", "总体情况 covers its five aspects"),
    basis=FIVE_ASPECTS,
)
def overview_aspects(report: Report, context: Context) -> Results:
    """总体情况应当写到五个方面：主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。

    为什么：国办公开办函〔2021〕30号列明总体情况“主要包括”这五个方面；2019、2020 年度的报告通行同样的写法。
    没有分项小标题、但文字里写到的也算；只有小标题、下面没有内容的不算。已经分项写（有三个以上方面各有小标题）的，
    别的小标题下面顺带提到的不算：“通过网站主动公开”说的是主动公开，不是平台建设。
    另设一级标题写的方面由 SEC003 指出，这里不重复。

    反例：总体情况只有组织领导、公开内容两段，没有写依申请公开、政府信息管理、监督保障。
    正例：总体情况分“（一）主动公开”至“（五）监督保障”五段。

    怎样改：逐项补写；没有开展的工作也说明没有。
    """
    section = next((s for s in report.parts if "overview" in s.covers), None)
    if section is None or report.form is None:
        return
    aspects = report.form.aspects
    if section.empty:
        names = "、".join(aspect.title for aspect in aspects)
        message = _NO_OVERVIEW.fill(heading=heading_of(report, section))
        yield Finding(section.heading, message, _NO_OVERVIEW_HELP.fill(aspects=names))
        return
    nested = [
        inner
        for series in second_numberings(report)
        if series.within.heading == section.heading
        for inner in series.headings
    ]
    bare = () if nested else tuple(_bare(section.part))
    elsewhere = "\n".join(fold(other.title.text) for other in foreign_sections(report))
    words = [aspect.words for aspect in aspects]
    for aspect, text in zip(
        aspects,
        _evidence(section.part, nested, words, [form.title for form in report.form.sections], bare),
        strict=True,
    ):
        if not speaks(text, aspect.words) and not speaks(elsewhere, aspect.words):
            values = {"aspect": aspect.title}
            title = next((title for title in bare if speaks(title.text, aspect.words)), None)
            message = _BARE.fill(heading=title.text) if title is not None else _NO_ASPECT.fill(**values)
            span = title.span if title is not None else section.heading
            place = f"{heading_of(report, section)} · {aspect.title}"
            yield Finding(span, message, _NO_ASPECT_HELP.fill(**values), data=values, place=place)


def _bare(part: Part) -> Iterator[Piece]:
    """Yield the titles of the sub-headings of *part* with nothing under them; a first one after another may be under it."""
    for inner, following in zip_longest(part.parts, part.parts[1:]):
        below = following is not None and following.heading is not None and "一" in following.heading.numeral
        if inner.heading is not None and not (inner.paragraphs or inner.grids or inner.parts or below):
            yield inner.heading.title


def _lines(part: Part, nested: Iterable[Section]) -> Iterator[tuple[Piece, bool]]:
    """Yield the lines under *part* and under the headings *nested*, which belong to it."""
    yield from lines(part)
    for section in nested:
        yield section.title, True
        yield from lines(section.part)


def _evidence(
    part: Part,
    nested: Sequence[Section],
    aspects: Sequence[Sequence[str]],
    titles: Sequence[str],
    bare: Sequence[Piece],
) -> list[str]:
    """Return, for the words of each of *aspects*, the text in which they count.

    The *titles* of the form's sections are left out, for a preamble under this heading may list them all, and
    so are the sub-headings that are *bare*.
    """
    blocks: list[tuple[str, list[str]]] = [("", [])]
    starts = sorted(title.span.start for title in bare)
    for piece, headed in _lines(part, nested):
        if headed and bisect_left(starts, piece.span.start) < bisect_left(starts, piece.span.end):
            continue
        text = "".join(piece.text.split())
        for title in titles:
            text = text.replace(title, "")
        if headed or item_numeral(text):
            blocks.append((re.split("[。：:；]", text, maxsplit=1)[0], []))
        blocks[-1][1].append(text)
    whole = "\n".join(text for _, texts in blocks for text in texts)
    leads = [[speaks(lead, words) for words in aspects] for lead, _ in blocks]
    if sum(map(any, zip(*leads, strict=True))) < _HEADED:
        return [whole] * len(aspects)
    unclaimed = "\n".join(
        text for (_, texts), lead in zip(blocks, leads, strict=True) if not any(lead) for text in texts
    )
    headings = "\n".join(lead for lead, _ in blocks)
    # An aspect that is named, if only in passing, is not said to be missing.
    return [whole if words[0] in whole else f"{headings}\n{unclaimed}" for words in aspects]
