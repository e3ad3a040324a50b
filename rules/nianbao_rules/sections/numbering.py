"""SEC008 numbering."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from nianbao.api import (
    Context,
    Edit,
    Finding,
    Fix,
    Part,
    Related,
    Report,
    Section,
    Span,
    Text,
    fold,
    rule,
    same,
)
from nianbao_grammar import patterns as re

from nianbao_rules.sections.shared import foreign_sections, misplaced
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NUMBERING
from nianbao_rules.shared.enumerations import Numbered, series_of
from nianbao_rules.shared.headings import (
    NUMERALS,
    VALUES,
    SecondNumbering,
    heading_of,
    item_numeral,
    lines,
    second_numberings,
    value_of,
)

_BY_VALUE = {value: numeral for numeral, value in VALUES.items()}
_NUMBER = Text(
    "“{heading}”的编号接在“{before}”之后，应为“{due}”",
    "“{heading}” follows “{before}” and should be numbered “{due}”",
)
_FIRST_NUMBER = Text(
    "“{heading}”是这一组编号的第一个，应为“{due}”",
    "“{heading}” is the first of its series and should be numbered “{due}”",
)
_UNNUMBERED = Text(
    "“{heading}”没有编号，其余各部分都有，应为“{due}”",
    "“{heading}” has no number, but the other parts do; it should be “{due}”",
)
_NUMBER_HELP = Text(
    "按先后顺序改正编号；如果中间漏了内容，补上",
    "number them in order, or add what was left out between them",
)
_LEVEL = Text(
    "“{headings}”与六个部分用了同一级编号：它们是“{part}”里的小标题，应为“{due}”",
    "“{headings}” are numbered as the six parts are: they are headings within “{part}” and should be “{due}”",
)
_LEVEL_HELP = Text("小标题的编号改为“{due}”", "number them “{due}”")
_LEVEL_FIX = Text("编号改为“{due}”", "number them “{due}”")
_NUMBER_FIX = Text("编号改为“{due}”", "number it “{due}”")


# Whether the item at index *place* of a series may have the number *value* instead of *due*: (place, due, value).
_Excuse = Callable[[int, int, int], bool]
_QUOTED = 24  # so many characters of a paragraph are quoted


@rule(
    "SEC008",
    "numbering",
    summary=Text(
        "一、和（一）两级编号不跳号、不重号",
        "numbering at the levels 一、 and （一） has no gap and no repeat",
    ),
    basis=NUMBERING,
)
def numbering(report: Report, context: Context) -> Results:
    """“一、”“（一）”两级编号应当连续，不跳号、不重号。

    为什么：编号断了，读者会以为漏了内容；重号时“见第三部分”就不知道指哪一处。
    每个一级标题下的“（一）”重新编起。缺少部分、顺序颠倒造成的跳号由 SEC001、SEC002 指出，
    括号的全角半角由 TYP002 指出，这里都不重复。

    总体情况里的小标题也编成“一、”“二、”的，与六个部分混在一级，只报一条，写明应为“（一）”“（二）”。

    反例：（一）主动公开、（二）依申请公开、（四）平台建设。
    正例：（一）主动公开、（二）依申请公开、（三）政府信息管理。

    怎样改：按顺序改正。
    """
    if misplaced(report) is None:
        yield from _level_one(report)
    nested: dict[Span, list[Section]] = {}  # by the heading of the part that they are within
    for second in second_numberings(report):
        nested.setdefault(second.within.heading, []).extend(second.headings)
        if second.within.key == "overview":  # elsewhere nothing is taken for another part
            yield _of_another_level(report, second)
    others = {inner.heading for headings in nested.values() for inner in headings}
    for section in report.parts:
        if section.heading in others:
            continue
        tables = [t.key for t in report.form.tables if t.section in section.covers] if report.form else []
        # Rows of a table that could not be read are numbered like paragraphs.
        if report.unreadable.isdisjoint(tables):
            inner = nested.get(section.heading, ())
            items = [*_items(report, section.part), *_nested_items(report, inner)]
            for series in series_of(items):
                yield from _out_of_step(report, series, _between(report, section, series))


def _nested_items(report: Report, headings: Iterable[Section]) -> Iterator[Numbered]:
    """Yield the *headings* of a second numbering as if they were numbered （一）, each with the items under it."""
    for inner in headings:
        words = heading_of(report, inner)
        yield Numbered(words, inner.heading, inner.numeral, value_of(inner.numeral), headed=True)
        yield from _items(report, inner.part)


def _of_another_level(report: Report, nested: SecondNumbering) -> Finding:
    """Return the finding that headings within a part are numbered as the parts are."""
    first, *others = nested.headings
    edits = []
    for section in nested.headings:
        at = report.text.index(section.numeral, section.heading.start)
        numeral = f"（{_BY_VALUE.get(value_of(section.numeral) or 0, section.numeral)}）"
        end = at + len(section.numeral)
        end += report.text[end : end + 1] in "、.．"
        edits.append(Edit(Span(at, end), report.text[at:end], numeral))
    values = {
        "headings": "”“".join(heading_of(report, section) for section in nested.headings),
        "part": heading_of(report, nested.within),
        "due": "".join(edit.new for edit in edits),
    }
    related = tuple(Related(section.heading, same(heading_of(report, section))) for section in others)
    fix = Fix(_LEVEL_FIX.fill(**values), False, tuple(edits))
    return Finding(first.heading, _LEVEL.fill(**values), _LEVEL_HELP.fill(**values), related=related, fix=fix)


def _level_one(report: Report) -> Results:
    foreign = {section.heading for section in foreign_sections(report)}
    parts = [section for section in report.parts if section.key or section.heading in foreign]
    series = [
        Numbered(heading_of(report, s), s.heading, s.numeral, value_of(s.numeral), headed=True) for s in parts
    ]
    if any(item.value for item in series):
        yield from _out_of_step(report, series, _absent(report, parts))


def _absent(report: Report, parts: Sequence[Section]) -> _Excuse:
    """Excuse a gap as wide as the parts of the form that are missing there, which SEC001 reports."""
    order = [section.key for section in report.form.sections] if report.form else []
    here = {key for section in parts for key in section.covers}
    gone: list[int] = []
    before = -1
    for section in parts:
        place = order.index(section.key) if section.key else before + 1
        gone.append(len(set(order[before + 1 : place]) - here))
        before = place if section.key else before
    return lambda place, due, value: 0 < value - due <= gone[place]


def _between(report: Report, section: Section, series: Sequence[Numbered]) -> _Excuse:
    """Excuse a gap whose numerals are in the text before it, though not at the head of a line."""

    def excuse(place: int, due: int, value: int) -> bool:
        start = series[place - 1].span.start if place else section.heading.end
        text = fold(report.source[Span(start, series[place].span.start)])
        return due < value and all(f"({_BY_VALUE.get(number)})" in text for number in range(due, value))

    return excuse


def _items(report: Report, part: Part) -> Iterator[Numbered]:
    """Yield the headings and paragraphs under *part* that begin with a numeral in brackets, such as （一）."""
    for piece, headed in lines(part):
        numeral = item_numeral(piece.text)
        if numeral:
            start = report.text.index(numeral, piece.span.start)
            lead = re.split("[。：:；\n]", piece.text, maxsplit=1)[0][:_QUOTED]
            yield Numbered(lead, Span(start, start + len(lead)), numeral, VALUES[numeral[1:-1]], headed)


def _out_of_step(report: Report, series: Sequence[Numbered], excuse: _Excuse) -> Results:
    due = 1
    for place, item in enumerate(series):
        if item.value == due or (item.value and excuse(place, due, item.value)):
            due = item.value + 1
            continue
        following = series[place + 1].value if place + 1 < len(series) else None
        alone = following == due + 1  # the next item is numbered as if this one were right
        yield _misnumbered(report, item, series[place - 1] if place else None, due, safe=alone)
        if alone:
            due += 1
        elif item.value is not None:
            due = item.value + 1
        elif following != due:
            due += 1


def _misnumbered(report: Report, item: Numbered, before: Numbered | None, due: int, *, safe: bool) -> Finding:
    numeral = _BY_VALUE.get(due, str(due))
    new = re.sub(f"[{NUMERALS}]+", numeral, item.numeral) if item.numeral else f"{numeral}、"
    template = _UNNUMBERED if item.value is None else _NUMBER if before else _FIRST_NUMBER
    values = {"heading": item.text, "before": before.text if before else "", "due": new}
    at = report.text.index(item.numeral or item.text, item.span.start)
    edit = Edit(Span(at, at + len(item.numeral)), item.numeral, new)
    fix = Fix(_NUMBER_FIX.fill(due=new), True, (edit,)) if safe else None
    return Finding(item.span, template.fill(**values), _NUMBER_HELP, data={"due": new}, fix=fix)
