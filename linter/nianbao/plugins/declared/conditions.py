"""`when`: the conditions on which a rule holds."""

from collections.abc import Callable, Iterator, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import NotApplicable, Undetermined
from nianbao.files.scalars import NUMBER, Choice, Words
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import entries, members, value, words
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.cells import limit_of, limits, with_figure, within
from nianbao.plugins.declared.kind import Found, Look
from nianbao.plugins.declared.named import CELL, CELL_ABOUT, Official, cells_named
from nianbao.plugins.declared.scope import WHOLE, section_of
from nianbao.report.form import Form
from nianbao.report.issuer import LEVEL_NAMES, LEVEL_WORDS, LEVELS, level_of
from nianbao.report.report import Report
from nianbao.report.table import Cell, State
from nianbao.text.folding import fold_prose
from nianbao.text.language import Text, joined, same

_UNASKED = Text(
    "只写了格子；再写 state（填的是什么）、min 或 max",
    "a cell alone is no condition: add state, min or max",
)
_OF_A_CELL = Text("“{key}”只用于格子；删去，或者写上 cell", "{key} is about a cell: delete it, or add cell")
_LEVEL_TWICE = Text(
    "applies 里已经写了 level；删去一个", "level is under applies already: delete one of the two"
)
_OR, _AND = Text("或者", " or "), Text("并且", " and ")
_STATES = {
    State.NUMBER: Text("填了数", "holds a figure"),
    State.BLANK: Text("空着", "is blank"),
    State.ABSENT: Text("没有", "is not there"),
    State.MARK: Text("填的是“/”“无”一类", "holds a mark such as /"),
    State.TEXT: Text("填的是别的字", "holds other words"),
}
_IS = Text("", " ")  # between a cell and what is asked of it
_LIES = Text("{limit}", "is {limit}")
_IS_LEVEL = Text("机关是{level}", "the organ is of the level {level}")
_HAS = Text("有“{title}”部分", "there is a section “{title}”")
_NOT_MET = Text("这份报告不符合规则的条件：{when}", "not so here, and asked only if so: {when}")
_UNREAD = Text(
    "{cell}所在的表没有读懂，看不出该不该检查",
    "the table of {cell} could not be read, so whether this is asked is open",
)

LEVEL = Choice(LEVELS, tuple(LEVEL_WORDS))
WHEN = Key(
    "when",
    Many(
        Record(
            (
                Key("cell", CELL, CELL_ABOUT),
                Key(
                    "state",
                    Many(Choice(tuple(state.value for state in State)), single=True),
                    Text(
                        "这一格填的是什么：number 数，blank 空着，mark “/”“无”一类，text 别的字，absent 没有这一格",
                        "what is in the cell: a number, nothing, a mark such as /, other text, or no such cell",
                    ),
                ),
                Key("min", NUMBER, Text("这一格的数不小于它", "the least figure of the cell")),
                Key("max", NUMBER, Text("这一格的数不大于它", "the greatest figure of the cell")),
                Key(
                    "level",
                    Many(LEVEL, single=True),
                    Text(
                        "机关的级别，与 applies 的 level 一样", "the level of the organ, as level of applies"
                    ),
                ),
                Key(
                    "section",
                    Words(),
                    Text(
                        "有这个部分：部分的键（other），或者标题里的字",
                        "there is this section, by its key (other) or words of a heading",
                    ),
                ),
            ),
            one_of=(("cell", "level", "section"),),
        ),
        single=True,
    ),
    Text(
        "什么时候才查：看一格填的是什么或数是多少、机关的级别、有没有另一个部分；写几条的，都要符合。"
        "message、help 里可以用 {when}",
        "when it holds: by the state or figure of a cell, a level, another section; of several, all of them; message and "
        "help may use {when}",
    ),
)


class Condition(NamedTuple):
    """A condition in *words*; *unmet* is why it does not hold for a report, None if it does."""

    words: Text
    unmet: Callable[[Report], NotApplicable | Undetermined | None]


def levels_in(rule: Item) -> tuple[str, ...]:
    """Return the words for levels in the conditions of *rule*. Raises FaultError if `applies` has some too."""
    here = [each for each in members(rule, "when") if "level" in entries(each)]
    if here and "applies" in entries(rule) and "level" in entries(value(rule, "applies")):
        raise FaultError(entries(here[0])["level"].key.offset, _LEVEL_TWICE)
    return tuple(word for each in here for word in words(each, "level"))


def conditions(rule: Item, forms: Sequence[Form]) -> tuple[Condition, ...]:
    """Return the conditions of *rule*. Raises FaultError for each that is faulty."""
    made: list[Condition] = []
    with Faults() as faults:
        for item in members(rule, "when"):
            with faults.noted:
                _check(item)
                if "cell" in entries(item):
                    made.append(_on_cell(item, forms))
                elif "section" in entries(item):
                    made.append(_on_section(value(item, "section"), forms))
                else:
                    made.append(_on_level(words(item, "level")))
    return tuple(made)


def _check(item: Item) -> None:
    """Raise FaultError for a cell of which nothing is asked, and for what is asked of no cell."""
    keys = entries(item)
    asked = [key for key in keys if key in ("state", "min", "max")]
    if "cell" in keys and not asked:
        raise FaultError(value(item, "cell").offset, _UNASKED)
    if "cell" not in keys and asked:
        raise FaultError(keys[asked[0]].key.offset, _OF_A_CELL.fill(key=asked[0]))


def held(look: Look, conditions: Sequence[Condition]) -> Look:
    """Return *look* so that it does not apply to a report for which one of *conditions* does not hold."""

    def conditional(report: Report) -> Iterator[Found | Undetermined | NotApplicable]:
        reasons = [reason for each in conditions if (reason := each.unmet(report)) is not None]
        if reasons:
            yield next((reason for reason in reasons if isinstance(reason, NotApplicable)), reasons[0])
        else:
            yield from look(report)

    return conditional


def all_of(conditions: Sequence[Condition]) -> Text:
    """Return the words of *conditions* together."""
    return joined([each.words for each in conditions], _AND)


def _on_cell(item: Item, forms: Sequence[Form]) -> Condition:
    with Faults() as faults:
        with faults.noted:
            (named,) = cells_named((value(item, "cell"),), forms)
        ends = limits(item)
    states = tuple(map(State, words(item, "state")))
    asked = [joined([_STATES[state] for state in states], _OR)] if states else []
    asked += [_LIES.fill(limit=limit_of(ends))] if ends else []
    about = joined([same(named.place), joined(asked, _AND)], _IS)

    def unmet(report: Report) -> NotApplicable | Undetermined | None:
        if isinstance(named, Official) and named.table in report.unreadable:
            return Undetermined(_UNREAD.fill(cell=named.place))
        cell = named.cell(report)
        if isinstance(cell, Cell) and states and cell.state not in states:
            return NotApplicable(_NOT_MET.fill(when=about))
        cell = with_figure(cell) if ends else cell
        if not isinstance(cell, Cell):
            return cell
        met = cell.value is None or within(cell.value, ends)
        return None if met else NotApplicable(_NOT_MET.fill(when=about))

    return Condition(about, unmet)


def _on_level(written: Sequence[str]) -> Condition:
    """Return the condition on the levels *written*, which is judged as `applies` is."""
    levels = [Text(LEVEL_NAMES[level], level) for word in written if (level := level_of(word))]
    return Condition(_IS_LEVEL.fill(level=joined(levels, _OR)), lambda report: None)


def _on_section(item: Item, forms: Sequence[Form]) -> Condition:
    """Return the condition that there is the section *item*: one of the form, else one with these words in a heading."""
    known = {word: s for form in forms for s in form.sections for word in (s.key, s.title)}
    if item.written.isascii():  # a key, which may be misspelt
        section_of(item, forms)
    key, title = (
        (known[item.written].key, known[item.written].title) if item.written in known else ("", item.written)
    )
    folded = fold_prose(title)

    def unmet(report: Report) -> NotApplicable | None:
        headings = (fold_prose(heading.text) for heading in WHOLE.headings(report))
        met = bool(report.parts_of(key)) if key else any(folded in heading for heading in headings)
        return None if met else NotApplicable(_NOT_MET.fill(when=about))

    about = _HAS.fill(title=title)
    return Condition(about, unmet)
