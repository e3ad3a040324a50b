"""The parts that a preamble says the report has, whatever commas their titles hold."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from nianbao.api import Form, Piece, Report, Section, Span, fold, written_number
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared.headings import lines, second_numberings

_NUMERAL = r"(?:[两一二三四五六七八九十]{1,3}|\d{1,2})"
_COUNT = rf"(?<![第\d一二三四五六七八九十])(?P<n>{_NUMERAL})(?:个|大)?(?:部分|方面|章节|章|项)(?:内容)?"
_SAID = _COUNT
_END = re.compile(
    rf"等?(?:内容)?[，,]?(?:共计|总计|合计|一?共)?{_COUNT}"
    r"|等?(?:方面|部分)?的?(?:内容)?(?:组成|构成)|等(?:内容|方面|部分)?(?=[，,]|$)"
)
_CUE = re.compile(
    r"由|包括|包含|涵盖|分为|分成|分别[是为]|依次[是为]|即|[：:]|(?:部分|方面|项|章)(?:内容)?[，,]"
)
_ABOUT = re.compile(r"部分|方面|章|组成|构成|包括|包含|涵盖|分为|分成|[：:]")
# 本报告共分为六个部分: about the report itself, without a list.
_MADE_OF = rf"(?:报告|全文|年报)[^，,]{{0,12}}?(?:由|分|共|包括|包含|有)[^，,]{{0,4}}?(?P<words>{_COUNT})(?:组成|构成|$|(?=[，,：:]))"
_NUMBERED = r"第?[一二三四五六七八九十]{1,2}(?:、|部分[：:为是]?|[是为]|$)|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}(?:[.．、]|$)"
_QUOTED = r"[“\"「『]([^“”\"「」『』]{2,30})[”\"」』]"
# 和 joins two names and is no part of one after a name's last word and before 其他.
_NAME_ENDS = ("情况", "事项", "措施")
_NAME_BEGINS = ("其他", "其它", "附件", "附表")
_ONE_NAME = re.compile(r"复议、(?:提起|被|行政|诉讼)")
_AROUND = '“”"「」『』'
_BEHIND_A_NAME = frozenset("、，,；;）)和及与以等内共组构一二两三四五六七八九十0123456789" + _AROUND)
_ENOUGH = 3  # names of sections in one sentence make it a list of them
_REACH = 1500


class Contents(NamedTuple):
    """The number of parts that a preamble gives and their names; *more* if it names only some of them (等)."""

    said: int | None
    words: Span  # the number of parts as written, or else the list
    names: tuple[Piece, ...]
    more: bool


class Squeezed(NamedTuple):
    """A text without white space, and the offset in the report of each of its characters."""

    text: str
    at: list[int]

    def piece(self, start: int, end: int, report: Report) -> Piece:
        """Return the report's own words from *start* to *end*."""
        span = Span(self.at[start], self.at[end - 1] + 1)
        return Piece(report.source[span], span)


def squeeze(report: Report, span: Span) -> Squeezed:
    """Return the text at *span* without white space."""
    text = report.text
    at = [index for index in range(*span) if not text[index].isspace()]
    return Squeezed("".join([text[index] for index in at]), at)


_PARTS_LISTED = 4
_LIST_REACH = 200


def lists_parts(text: str, at: int) -> bool:
    """Return whether the sentence at *at* lists the parts of the report, which HDR008 checks."""
    before = text[max(0, at - _LIST_REACH) : at].rpartition("。")[2]
    sentence = before + text[at : at + _LIST_REACH].partition("。")[0]
    return sentence.count("情况") + sentence.count("事项") >= _PARTS_LISTED


@lru_cache(maxsize=1)  # two rules ask, one after the other
def announced(report: Report) -> Contents | None:
    """Return the parts that the preamble, or the opening of section one, says the report has; None if neither does."""
    known: list[str] = []
    for opening in _openings(report):
        for match in re.finditer("[^。！]+", report.source[opening]):
            if _ABOUT.search(match[0]):
                known = known or _names(report)
                start, end = match.span()
                sentence = squeeze(report, Span(opening.start + start, opening.start + end))
                found = _read(report, sentence, known)
                if found is not None:
                    return found
    return None


def headings(report: Report) -> tuple[Section, ...] | None:
    """Return the level-one sections that count as parts, None if they are not certain.

    A copy without its line ends shows only some of them, as do numerals that skip one; a table of contents
    shows them twice.
    """
    nested = {section.heading for series in second_numberings(report) for section in series.headings}
    parts = tuple(
        section
        for section in report.sections
        if (section.numeral or section.key) and section.heading not in nested
    )
    titles = {fold(section.title.text) for section in parts}
    numerals = (section.numeral.strip("第部分") for section in parts)
    last = max((written_number(numeral) for numeral in numerals if numeral), default=0)
    if (
        not parts
        or len(titles) < len(parts)
        or last > len(parts)
        or not all(_on_own_line(report, part) for part in parts)
    ):
        return None
    return parts


def unmatched(
    contents: Contents, parts: tuple[Section, ...], known: dict[str, str]
) -> tuple[list[Piece], list[Section]]:
    """Return the announced names without a heading and the headings without an announced name, in order.

    Names are compared by the keys that *known* has for them.
    """
    left = [name_key(name.text, known) for name in contents.names]
    right = [name_key(part.title.text, known) for part in parts]
    names: list[Piece] = []
    sections: list[Section] = []
    if left == right:
        return names, sections

    from difflib import SequenceMatcher  # most lists agree with the text

    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            names.extend(contents.names[a:b])
            sections.extend(parts[c:d])
    return names, sections


def law_names(form: Form) -> dict[str, str]:
    """Return the key of each section by the names that *form* and the regulation have for it."""
    return {
        _without_joints(name): section.key
        for section in form.sections
        for name in (section.title, *section.wording)
    }


def usual_names(form: Form, parts: tuple[Section, ...]) -> dict[str, str]:
    """Return the key of each section by every name that offices use for it, and that it has in *parts*."""
    usual = {
        _without_joints(name): section.key
        for section in form.sections
        for name in (*section.aliases, *section.obsolete)
    }
    titles = {_without_joints(part.title.text): part.key for part in parts if part.key}
    return usual | titles | law_names(form)


def name_key(name: str, known: dict[str, str]) -> str:
    """Return a key that is equal for two names of one part: those that *known* has for a section have its key."""
    key = _without_joints(name)
    return known.get(key, key)


def _without_joints(name: str) -> str:
    return re.sub("以及|[和及与]", "、", fold(name).replace("的", ""))


def _on_own_line(report: Report, section: Section) -> bool:
    start = section.heading.start
    text = report.text
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return not text[line:start].strip(" \t\u3000")


def _openings(report: Report) -> Iterator[Span]:
    preamble = tuple(piece for piece, _ in lines(report.outline.preamble))  # a list may end like a heading
    first = report.sections[0].part.paragraphs if report.sections else ()
    for pieces in (preamble, first):
        if pieces:
            start = pieces[0].span.start
            yield Span(start, min(pieces[-1].span.end, start + _REACH))


def _names(report: Report) -> list[str]:
    """Return every name that a part may have, the longest first: the report's headings and the names of its form."""
    names = {"".join(section.title.text.split()) for section in report.sections}
    for section in report.form.sections if report.form is not None else ():
        names |= {section.title, *section.wording, *section.aliases, *section.obsolete}
    return sorted(filter(None, names), key=len, reverse=True)


def _read(report: Report, sentence: Squeezed, known: list[str]) -> Contents | None:
    """Return the parts that one sentence announces, None if it is about something else."""
    text = sentence.text
    hits = _occurrences(text, known)
    if len({text[a:b] for a, b in hits}) < _ENOUGH:
        said = re.search(_MADE_OF, text)
        if said is None or _number(said) < _ENOUGH:
            return None
        alone = sentence.piece(said.start("n"), said.end("words"), report)
        return Contents(_number(said), alone.span, (), more=False)
    start = _start(text, hits[0][0])
    end = _END.search(text, hits[0][1])
    said = end if end is not None and end["n"] else re.search(_SAID, text[:start])
    names = tuple(sentence.piece(a, b, report) for a, b in _split(text, start, end, hits))
    words = (
        sentence.piece(said.start("n"), said.end(), report).span
        if said is not None
        else Span(names[0].span.start, names[-1].span.end)
    )
    more = end is not None and end[0].startswith("等")
    return Contents(_number(said) if said is not None else None, words, names, more)


def _occurrences(text: str, known: list[str]) -> list[tuple[int, int]]:
    """Return the ranges of the *known* names in *text*; a longer name is taken before those within it."""
    found: list[tuple[int, int]] = []
    for name in known:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            alone = end == len(text) or text[end] in _BEHIND_A_NAME
            if alone and not any(a < end and start < b for a, b in found):
                found.append((start, end))
            start = text.find(name, end)
    return sorted(found)


def _start(text: str, first: int) -> int:
    """Return the start of the list whose first known name is at *first*: unknown names may come before it."""
    cue = 0
    for match in _CUE.finditer(text, 0, first):
        cue = match.end()
    return first if cue == 0 or re.search("[，,]", text[cue:first]) else cue


def _split(
    text: str, start: int, end: re.Match[str] | None, hits: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the names from *start* to *end*, to the end of *text* if no words close the list."""
    stop = end.start() if end is not None else len(text)
    quoted = list(re.compile(_QUOTED).finditer(text, start, stop))
    if len(quoted) > 1:
        yield from (match.span(1) for match in quoted)
        return
    sign = text[hits[0][1] :].lstrip(_AROUND)[:1]
    signs = "；;" if sign and sign in "；;" else "，,；;" if sign and sign in "，," else "、"
    if signs == "、" and end is None:
        begins = {hit[0] for hit in hits}
        commas = re.compile("[，,；;](?:以及|还有|[和及与并])?").finditer(text, hits[0][1], stop)
        stop = next((comma.start() for comma in commas if comma.end() not in begins), stop)
        signs = "、，,；;"
    elif signs == "、":
        signs = "、，,；;"
    at = start
    inside = {index for a, b in hits for index in range(a + 1, b)}
    ends = {index for hit in hits for index in hit}
    for match in re.compile("[、，,；;]|以及|[和及与]").finditer(text, start, stop):
        parts = match[0] in signs or match[0].isalpha()
        if parts and match.start() not in inside and not _within_a_name(text, match, ends):
            yield from _bare(text, at, match.start())
            at = match.end()
    yield from _bare(text, at, stop)


def _within_a_name(text: str, match: re.Match[str], ends: Collection[int]) -> bool:
    """Return whether a comma or 和 is part of an unknown name, which it is not at the *ends* of a known one."""
    if not match[0].isalpha():  # a sign between names, no 和
        return _ONE_NAME.match(text, match.start() - 2) is not None
    if match.start() in ends or match.end() in ends:
        return False
    return not (text[: match.start()].endswith(_NAME_ENDS) or text.startswith(_NAME_BEGINS, match.end()))


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range of a name without its quotes, the number before it and the 等 after it, if any is left."""
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND + "等":
        end -= 1
    numbered = re.compile(_NUMBERED).match(text, start, end)
    start = numbered.end() if numbered else start
    if start < end:
        yield start, end


def _number(said: re.Match[str]) -> int:
    return written_number(said["n"].replace("两", "二"))
