"""The parts that a preamble says the report has, read without knowing how many commas a title holds."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from nianbao.api import Form, Piece, Report, Section, Span, fold

_NUMERAL = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,2})"
_COUNT = rf"(?<![第\d一二三四五六七八九十])(?P<n>{_NUMERAL})(?:个|大)?(?:部分|方面|章节|章|项)(?:内容)?"
_SAID = re.compile(_COUNT)
_END = re.compile(
    rf"(?:等|等等)?(?:内容)?[，,]?(?:共计|总计|合计|一?共)?{_COUNT}"
    r"|等?(?:内容|方面|部分)?(?:组成|构成)|等(?:内容|方面|部分)?(?=[，,]|$)"
)
_CUE = re.compile(
    r"由|包括|包含|涵盖|分为|分成|分别[是为]|依次[是为]|即|[：:]|(?:部分|方面|项|章)(?:内容)?[，,]"
)
_ABOUT = re.compile(r"报告|全文|年报|部分|组成")
# 本报告共分为六个部分: said of the report itself and with no list.
_MADE_OF = re.compile(
    rf"(?:报告|全文|年报)[^，,]{{0,12}}?(?:由|分|共|包括|包含|有)[^，,]{{0,4}}?(?P<words>{_COUNT})(?:组成|构成|$|(?=[，,：:]))"
)
_NUMBERED = r"(?:第?[一二三四五六七八九十]{1,2}(?:、|部分[：:为是]?|[是为])|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、])"
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,30})[”\"」』]")
# Where 和 joins two names and is no part of one: after a name's last word, before 其他.
_AND = re.compile(r"(?<=情况|事项|措施)(?:以及|和|及|与)|(?:以及|和|及|与)(?=其[他它]|附[件表])")
_BARE = re.compile(r"(?:以及|和|及|与)?[“\"「『]*(?P<name>.*?)[”\"」』等]*")
_BEHIND_A_NAME = r"、，,；;”\"」』）)和及与以等内共组构一二两三四五六七八九十\d"
_ENOUGH = 3  # names of sections in one sentence make it a list of them
_REACH = 1500


class Contents(NamedTuple):
    """What a preamble says: how many parts, and their names; *more* where it names only some of them (等)."""

    said: int | None
    words: Span  # the words that say how many, else the list
    names: tuple[Piece, ...]
    more: bool


class Squeezed(NamedTuple):
    """A text without white space, and where each of its characters stands in the report."""

    text: str
    at: list[int]

    def piece(self, start: int, end: int, report: Report) -> Piece:
        """Return the report's own words from *start* to *end*."""
        span = Span(self.at[start], self.at[end - 1] + 1)
        return Piece(report.source[span], span)


def squeeze(report: Report, span: Span) -> Squeezed:
    """Return the text at *span* without white space."""
    at = [index for index in range(*span) if not report.source.text[index].isspace()]
    return Squeezed("".join(report.source.text[index] for index in at), at)


def announced(report: Report) -> Contents | None:
    """Return what the preamble, or the opening of section one, says of the report's parts; None for nothing."""
    known = _names(report)
    for span in _openings(report):
        squeezed = squeeze(report, span)
        for sentence in re.finditer("[^。！]+", squeezed.text):
            if _ABOUT.search(sentence[0]):
                found = _read(report, squeezed, sentence, known)
                if found is not None:
                    return found
    return None


def headings(report: Report) -> tuple[Section, ...] | None:
    """Return the level-one sections that count as parts, None where the text does not show them reliably.

    A copy that has lost its line ends shows only some of them; a table of contents shows them twice.
    """
    parts = tuple(section for section in report.sections if section.numeral or section.key)
    titles = {fold(section.title.text) for section in parts}
    if not parts or len(titles) < len(parts) or not all(_on_own_line(report, part) for part in parts):
        return None
    return parts


def unmatched(
    contents: Contents, parts: tuple[Section, ...], form: Form
) -> tuple[list[Piece], list[Section]]:
    """Return the names that no heading answers and the headings that no name announces, each in order."""
    left = [name_key(name.text, form) for name in contents.names]
    right = [name_key(part.title.text, form) for part in parts]
    names: list[Piece] = []
    sections: list[Section] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            names.extend(contents.names[a:b])
            sections.extend(parts[c:d])
    return names, sections


def name_key(name: str, form: Form) -> str:
    """Return what two names of one part have in common: the law's own names of a section are one name."""
    folded = fold(name)
    section, standing = form.section_titles.get(folded, (None, ""))
    if section is not None and standing in ("official", "wording"):
        return section.key
    return re.sub("以及|[和及与]", "、", folded.replace("的", ""))


def _on_own_line(report: Report, section: Section) -> bool:
    start = section.heading.start
    text = report.source.text
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line:start].strip("#* \t\u3000\xa0")


def _openings(report: Report) -> Iterator[Span]:
    preamble = report.outline.preamble.paragraphs
    first = report.sections[0].part.paragraphs if report.sections else ()
    for pieces in (preamble, first):
        if pieces:
            start = pieces[0].span.start
            yield Span(start, min(pieces[-1].span.end, start + _REACH))


def _names(report: Report) -> str:
    """Return a pattern of every name a part may have: this report's headings and those that forms know."""
    names = {"".join(section.title.text.split()) for section in report.sections}
    for section in report.form.sections if report.form is not None else ():
        names |= {section.title, *section.wording, *section.aliases, *section.obsolete}
    return "|".join(map(re.escape, sorted((name for name in names if name), key=len, reverse=True)))


def _read(report: Report, squeezed: Squeezed, match: re.Match[str], known: str) -> Contents | None:
    """Return what one sentence says of the parts, None where it speaks of something else."""
    sentence, offset = match[0], match.start()
    hits = list(re.finditer(rf"(?:{known})(?=[{_BEHIND_A_NAME}]|$)", sentence))
    if len({hit[0] for hit in hits}) < _ENOUGH:
        return _number_alone(report, squeezed, sentence, offset)
    start = _start(sentence, hits[0].start())
    end = _END.search(sentence, hits[0].end())
    said = end if end is not None and end["n"] else _SAID.search(sentence, 0, start)
    stop = end.start() if end is not None else len(sentence)
    after = sentence[hits[0].end() :].lstrip('”"」』')[:1]
    names = tuple(
        squeezed.piece(offset + a, offset + b, report)
        for a, b in _split(sentence, start, stop, known, after, bounded=end is not None)
    )
    first, last = names[0].span.start, names[-1].span.end
    words = (
        squeezed.piece(offset + said.start("n"), offset + said.end(), report).span
        if said
        else Span(first, last)
    )
    more = end is not None and end[0].startswith("等")
    return Contents(_number(said["n"]) if said else None, words, names, more)


def _number_alone(report: Report, squeezed: Squeezed, sentence: str, offset: int) -> Contents | None:
    said = _MADE_OF.search(sentence)
    if said is None or _number(said["n"]) < _ENOUGH:
        return None
    words = squeezed.piece(offset + said.start("n"), offset + said.end("words"), report).span
    return Contents(_number(said["n"]), words, (), more=False)


def _start(sentence: str, first: int) -> int:
    """Return where the list begins whose *first* known name is given: a name before it may be unknown."""
    cue = 0
    for match in _CUE.finditer(sentence, 0, first):
        cue = match.end()
    between = sentence[cue:first]
    return first if cue == 0 or re.search("[，,]", between) else cue


def _split(
    sentence: str, start: int, stop: int, known: str, after: str, *, bounded: bool
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the names from *start* to *stop*; *after* is the sign behind the first of them."""
    quoted = list(_QUOTED.finditer(sentence, start, stop))
    if len(quoted) > 1:
        yield from (match.span(1) for match in quoted)
        return
    signs = {"；": "；;", ";": "；;", "，": "，,；;", ",": "，,；;"}.get(
        after, "、，,；;" if bounded else "、"
    )
    if not bounded and signs == "、":
        comma = re.compile("[，,；;]").search(sentence, start, stop)
        stop = comma.start() if comma else stop
    token = re.compile(
        rf"{_NUMBERED}?(?P<name>(?:{known})(?=[{signs}和及与以“”\"]|$)|(?:复议、(?=提起|行政|诉讼|被)|[^{signs}])+)"
    )
    for match in token.finditer(sentence[:stop], start):
        at = match.start("name")
        for joint in (*_AND.finditer(match["name"]), None):
            end = match.start("name") + joint.start() if joint else match.end("name")
            yield from _bare(sentence, at, end)
            at = match.start("name") + joint.end() if joint else end


def _bare(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range of a name without the 和 before it, 等 behind it and quotes around it."""
    match = _BARE.fullmatch(sentence, start, end)
    if match is not None and match["name"]:
        yield match.span("name")


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("两", "二").partition("十")
    digits = "零一二三四五六七八九"
    if not ten:
        return digits.find(tens[:1])
    return 10 * (digits.find(tens) if tens else 1) + (digits.find(ones) if ones else 0)
