"""Kinds about the numbers of sentences: require-count, equal-count."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import NotApplicable, Undetermined
from nianbao.engine.rule import Target
from nianbao.files.scalars import Words
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import value, words
from nianbao.files.yaml_file import Faults, Item
from nianbao.plugins.declared.cells import with_figure
from nianbao.plugins.declared.kind import Found, Kind, Search, alternatives, either
from nianbao.plugins.declared.named import ONE_CELL, beside, cells_named, tables_of
from nianbao.plugins.declared.own_tables import own_grids
from nianbao.plugins.declared.phrases import ANY_OF, OPERAND_WITHIN, PHRASE, PHRASES, folded_phrases, quoted
from nianbao.plugins.declared.scope import IN, Scope, scope
from nianbao.prose.amount import Quantity
from nianbao.prose.breakdown import Breakdown
from nianbao.prose.sentences import breakdowns, negations, quantities
from nianbao.report.equations import number
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.table import Cell, figure
from nianbao.text.folding import fold_prose, occurrences
from nianbao.text.language import Text, same
from nianbao.text.source import Span

_UNCERTAIN = Text(
    "这句话里的数看不出是不是“{noun}”的{number}：{sentence}",
    "whether this sentence states the {number} of “{noun}” is not clear: {sentence}",
)
_IN_PICTURE = Text(
    "{within}没有写“{noun}”的{number}，但有图片，可能在图片里",
    "{within} does not state the {number} of “{noun}”, but has pictures, which may",
)
_NUMBER = Text("数量", "number")
_NUMBER_IN = Text("数量（{units}）", "number ({units})")
_BETWEEN = r"[（(][^（）()]*[）)]|[:：]"  # what may come between a noun and its figure
_DENIED = r"(?:[未没]|不再)[^，。；！？,;!?]{0,12}$"
_GONE = ("关停", "注销", "停用")
_SENTENCE = r"[^。；;！？!?\n]+"
_SCALES = "百千万亿"
_PERHAPS = ("count", "earlier")  # roles of a figure that may be meant for the number; one to come is none
_USUAL = (
    "个",
    "家",
)  # units that are looked for behind 一, which the reader makes no count of, if none is named
_SHOWN = 40  # characters of a sentence in a message


class Counted(NamedTuple):
    """A thing that is counted: its *nouns* as written, by their folded form, and the units that count it, () for any."""

    nouns: Mapping[str, str]
    units: tuple[str, ...]

    @property
    def noun(self) -> Text:
        """The nouns as a message quotes them."""
        return alternatives(tuple(self.nouns.values()))

    @property
    def number(self) -> Text:
        """The word for what is asked: 数量, or 数量（个、家）."""
        units = Text("、".join(self.units), ", ".join(self.units))
        return _NUMBER_IN.fill(units=units) if self.units else _NUMBER

    def named(self, text: str) -> bool:
        """Return whether one of the nouns is in *text*."""
        folded = fold_prose(text)
        return any(noun in folded for noun in self.nouns)

    def in_unit(self, quantity: Quantity) -> bool:
        """Return whether *quantity* is in one of the units, or without a unit, and no percentage."""
        units = ("", *(unit.lstrip(_SCALES) or unit for unit in self.units))
        return quantity.unit in units if self.units else quantity.unit != "%"

    def may_count(self, quantity: Quantity) -> bool:
        """Return whether *quantity* is a count of this time in such a unit."""
        return quantity.counted and self.in_unit(quantity)

    def counted_by(self, quantity: Quantity) -> bool:
        """Return whether *quantity* counts it, as its own noun shows, with the verb before that if a noun has one."""
        own, lead = quantity.noun, quantity.lead
        before = fold_prose(lead[: lead.rfind(own) + len(own)]) if own in lead else ""
        return self.may_count(quantity) and (self.named(own) or before.endswith(tuple(self.nouns)))

    def stated_in(self, text: str) -> bool:
        """Return whether *text* says how many there are, or that there is none."""
        denied = (noun for negation in negations(text) for noun in negation.nouns)
        return any(map(self.named, denied)) or any(map(self._stated_by, quantities(text)))

    def _stated_by(self, quantity: Quantity) -> bool:
        """Return whether *quantity* is its number; if the unit is that of the rule, the words around it will do."""
        around = quantity.lead + quantity.tail if self.units and quantity.unit else ""
        return self.counted_by(quantity) or (self.may_count(quantity) and self.named(around))

    def perhaps_in(self, sentence: str) -> bool:
        """Return whether *sentence* may say how many there are, in a way that is not read."""
        folded = fold_prose(sentence)
        before = [folded[: folded.find(noun)] for noun in self.nouns if noun in folded]
        return (
            any(self.in_unit(quantity) and quantity.role in _PERHAPS for quantity in quantities(sentence))
            or any(f"一{unit}" in folded for unit in self.units or _USUAL)
            or any(re.search(_DENIED, words) for words in before)
            or (self.named(folded) and any(word in folded for word in _GONE))
        )


def _counted(given: Item) -> Counted:
    """Return what `noun` or `nouns`, and `unit`, name. Raises FaultError for a noun of which nothing is left."""
    return Counted(folded_phrases(either(given, "noun", "nouns")), words(given, "unit"))


_NOUN = Key("noun", PHRASE, Text("数的是什么：政务新媒体账号", "what is counted, as 政务新媒体账号"))
_NOUNS = Key("nouns", PHRASES, ANY_OF)
_UNIT = Key(
    "unit",
    Many(Words(), single=True),
    Text(
        "量词：个、件、元，可以写几个；不写就不论量词", "the unit, as 个, 件, 元, or several; left out, any"
    ),
)
_OPERAND_NOUN = Text("规则里写的名称", "the noun as the rule has it")


# -- require-count -----------------------------------------------------------------------------------------


def _require_count(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            counted = _counted(given)
        inside = scope(given, forms)
    operands = {"noun": counted.noun, "number": counted.number, "within": inside.words}

    def look(report: Report) -> Iterator[Found | Undetermined]:
        if _stated(counted, inside, report):
            return
        sentence = next(_perhaps(counted, inside, report), None)
        if sentence is not None:
            yield Undetermined(_UNCERTAIN.fill(sentence=_clipped(sentence), **operands))
        elif inside.has_picture(report):
            yield Undetermined(_IN_PICTURE.fill(**operands))
        else:
            yield Found(_mention(counted, inside, report) or inside.head(report))

    return Search(inside.look(look), operands, Target(quoted(counted.noun)))


def _stated(counted: Counted, inside: Scope, report: Report) -> bool:
    """Return whether a sentence in scope, or a table that is on no form, says how many there are."""
    for piece in inside.pieces(report):
        text = piece.text
        if counted.named(text) and (counted.stated_in(text) or counted.stated_in(re.sub(_BETWEEN, "", text))):
            return True
    grids = (grid for part in inside.parts(report) for grid in own_grids(part, report))
    tables = ([cell.text for row in grid.rows for cell in row] for grid in grids)
    return any(
        any(map(counted.named, texts)) and any(figure(text).value is not None for text in texts)
        for texts in tables
    )


def _perhaps(counted: Counted, inside: Scope, report: Report) -> Iterator[str]:
    """Yield the sentences in scope that may say how many there are.

    A figure in the unit of the rule may count it wherever the paragraph, or a heading, names it.
    """
    headed = any(counted.named(heading.text) for heading in inside.headings(report))
    for piece in inside.paragraphs(report):
        named = headed or (bool(counted.units) and counted.named(piece.text))
        for sentence in re.findall(_SENTENCE, piece.text):
            if (named or counted.named(sentence)) and counted.perhaps_in(sentence):
                yield sentence


def _mention(counted: Counted, inside: Scope, report: Report) -> Span | None:
    """Return the first place in scope that names what is counted."""
    for piece in inside.pieces(report):
        for noun in counted.nouns:
            for start, end in occurrences(piece.text, noun):
                return Span(piece.span.start + start, piece.span.start + end)
    return None


def _clipped(text: str) -> str:
    plain = "".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}……"


REQUIRE_COUNT = Kind(
    "require-count",
    Text(
        "要写明有多少：正文的句子里有它的数，或者写明没有；看不出数的是不是它，不作判断",
        "a sentence has to state how many there are, or that there is none; a figure that may count something else "
        "is not judged",
    ),
    Record((_NOUN, _NOUNS, _UNIT, IN), one_of=(("noun", "nouns"),)),
    {
        "noun": _OPERAND_NOUN,
        "number": Text("要写的是什么：数量，或者数量（个）", "what is asked for: the number, with its units"),
        "within": OPERAND_WITHIN,
    },
    summary=Text("写明“{noun}”的{number}", "the {number} of “{noun}” is stated"),
    message=Text("{within}没有写明“{noun}”的{number}", "{within} does not state the {number} of “{noun}”"),
    help=Text(
        "在{within}写明{number}，没有的也写明没有",
        "state the {number} in {within}; if there is none, say so",
    ),
    make=_require_count,
)


# -- equal-count -------------------------------------------------------------------------------------------

_NOT_STATED = Text("{within}没有写“{noun}”的{number}", "{within} does not state the {number} of “{noun}”")
_SEVERAL = Text(
    "“{noun}”的{number}写了几个，看不出哪一个应等于{cell}",
    "the {number} of “{noun}” is stated several times, and which should equal {cell} is not clear",
)
_NO_UNIT = Text("{cell}的单位看不清，无法比较", "the unit of {cell} is not clear")
_IN_YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
_AMONG = "其中"


def _equal_count(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            counted = _counted(given)
        with faults.noted:
            (named,) = cells_named((value(given, "cell"),), forms)
        inside = scope(given, forms)
    operands = {
        "noun": counted.noun,
        "number": counted.number,
        "within": inside.words,
        "cell": same(named.place),
    }

    def look(report: Report) -> Iterator[Found | NotApplicable | Undetermined]:
        cell = with_figure(named.cell(report))
        amount = _amount(cell) if isinstance(cell, Cell) else None
        stated = list(_counts(counted, inside, report))
        if not isinstance(cell, Cell):
            yield cell
        elif amount is None:
            yield Undetermined(_NO_UNIT.fill(cell=cell.place))
        elif not stated:
            yield NotApplicable(_NOT_STATED.fill(**operands))
        elif not any(_allows(quantity, amount) for quantity in stated):
            if len({quantity.value for quantity in stated}) > 1:
                yield Undetermined(_SEVERAL.fill(**operands))
            else:
                yield _other(stated[0], cell, report)

    return Search(inside.look(look), operands, Target(quoted(counted.noun)), tables_of((named,)))


def _counts(counted: Counted, inside: Scope, report: Report) -> Iterator[Quantity]:
    """Yield the quantities in scope that count the whole of it."""
    for piece in inside.paragraphs(report):
        if not counted.named(piece.text):
            continue
        divided = breakdowns(piece.text, piece.span.start)
        parts = {part.span for each in divided if isinstance(each, Breakdown) for part in each.figures}
        for quantity in quantities(piece.text, piece.span.start):
            if counted.counted_by(quantity) and quantity.span not in parts and _AMONG not in quantity.scope:
                yield quantity


def _amount(cell: Cell) -> Decimal | None:
    """Return the value of *cell*, an amount in 元; None if it has none or its unit is not clear."""
    unit = cell.unit or cell.column.unit or ""
    if cell.value is not None and unit in _IN_YUAN:
        return cell.value * _IN_YUAN[unit]
    return cell.value if cell.column.unit is None else None


def _allows(quantity: Quantity, amount: Decimal) -> bool:
    """Return whether *amount* is within the bounds that *quantity* is stated with."""
    above = quantity.low is None or quantity.low <= amount
    return above and (quantity.high is None or amount <= quantity.high)


def _other(quantity: Quantity, cell: Cell, report: Report) -> Found:
    """Return the finding on *quantity*, which is not the figure of *cell*."""
    said = "".join(report.source[quantity.whole].split())
    figure = number(cell.value if cell.value is not None else Decimal(0))
    return Found(quantity.whole, {"text": said, "value": f"{figure}{cell.unit}"}, related=(beside(cell),))


EQUAL_COUNT = Kind(
    "equal-count",
    Text(
        "句子里写的数要等于这一格；“约”“余”的数容得下就算相等，句子里没有写的不作判断",
        "the figure of a sentence has to equal the cell, one that is rounded to allow it; if there is none, nothing "
        "is judged",
    ),
    Record((_NOUN, _NOUNS, _UNIT, IN, ONE_CELL._replace(required=True)), one_of=(("noun", "nouns"),)),
    {
        "noun": _OPERAND_NOUN,
        "number": Text("比的是什么：数量，或者数量（件）", "what is compared: the number, with its units"),
        "within": OPERAND_WITHIN,
        "cell": Text("格子在哪里：表三 · … · 总计", "where the cell is: 表三 · … · 总计"),
        "text": Text("句子里的数和量词：12件", "the figure of the sentence with its unit: 12件"),
        "value": Text("这一格的数", "the figure of the cell"),
    },
    summary=Text("“{noun}”的{number}等于{cell}", "the {number} of “{noun}” equals {cell}"),
    message=Text(
        "“{noun}”的{number}写的是{text}，{cell}是 {value}",
        "the {number} of “{noun}” is {text} here, and {cell} is {value}",
    ),
    help=Text("核对台账，改正有误的一处", "check the ledger and correct the wrong one"),
    make=_equal_count,
)
