"""Kinds about headings and words: require-section, require-phrase, forbid-phrase, replace-phrase."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from nianbao.engine.finding import Fix
from nianbao.engine.rule import Target
from nianbao.files.scalars import Words
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import members, text_under, value
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.kind import Found, Kind, Operands, Search, alternatives, either
from nianbao.plugins.declared.scope import IN, Scope, scope
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.text.edit import Edit
from nianbao.text.folding import fold_prose, occurrences
from nianbao.text.language import Text
from nianbao.text.source import Span

_LONGEST = 200  # characters of a phrase: a sentence at most, so that a search for it stays cheap
_TOO_LONG = Text(
    "“{key}”超过 {most} 个字；只写最能说明问题的几个字",
    "{key} has more than {most} signs: write the telling words",
)
_NOTHING_LEFT = Text(
    "“{phrase}”除去空白和星号后什么也不剩；写上要找的字",
    "nothing is left of {phrase} without white space and asterisks: write words to look for",
)
_NO_EXCEPTION = Text(
    "“{longer}”里没有“{phrase}”，不会与它混淆；删去，或者改为含有它的说法",
    "{longer} does not contain “{phrase}”, so it is never mistaken for it: delete it or write a phrase that does",
)
_STILL_THERE = Text(
    "改成的“{by}”里还有“{phrase}”，改了还会再报；把“{by}”写进 except",
    "{by} still contains “{phrase}” and would be found again: list {by} under except",
)

PHRASE = Words(rf"[\s\S]{{1,{_LONGEST}}}", _TOO_LONG.fill(key="{key}", most=_LONGEST))
PHRASES = Many(PHRASE)
ANY_OF = Text("几个说法，有一个就算", "several, of which one is enough")
_OPERAND_PHRASE = Text("规则里写的词语", "the words as the rule has them")
_OPERAND_TEXT = Text("报告里的原文", "the words as the report has them")
OPERAND_WITHIN = Text("在哪里找：全文，或者指定的部分", "where it looks: the report or the sections named")
_EXCEPT = Key(
    "except",
    Many(PHRASE, single=True),
    Text("含有这个词语、但用得对的更长的说法", "longer phrases that contain the words and are right"),
)


def folded_phrases(phrases: Iterable[Item]) -> dict[str, str]:
    """Return *phrases* as written, by their folded form. Raises FaultError for each of which nothing is left."""
    by_key = {}
    with Faults() as faults:
        for phrase in phrases:
            key = fold_prose(phrase.written)
            with faults.noted:
                if not key:
                    raise FaultError(phrase.offset, _NOTHING_LEFT.fill(phrase=phrase.written))
            by_key[key] = phrase.written
    return by_key


def quoted(words: Text) -> Text:
    """Return *words* within the quotes of a message."""
    return Text(f"“{words.zh}”", f"“{words.en}”")


# -- require-section ---------------------------------------------------------------------------------------


def _require_section(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            titles = folded_phrases(either(given, "title", "titles"))
        inside = scope(given, forms)

    def look(report: Report) -> Iterator[Found]:
        headings = [fold_prose(heading.text) for heading in inside.headings(report)]
        if not any(title in heading for title in titles for heading in headings):
            yield Found(inside.head(report))

    words = alternatives(tuple(titles.values()))
    return Search(inside.look(look), {"title": words, "within": inside.words}, Target(quoted(words)))


REQUIRE_SECTION = Kind(
    "require-section",
    Text(
        "要有一个标题含有这些字的部分，哪一级标题都行",
        "some heading, of any level, has to contain these words",
    ),
    Record(
        (
            Key("title", PHRASE, Text("标题里要有的字", "words that the heading has to contain")),
            Key("titles", PHRASES, ANY_OF),
            IN,
        ),
        one_of=(("title", "titles"),),
    ),
    {"title": Text("规则里写的标题", "the title as the rule has it"), "within": OPERAND_WITHIN},
    summary=Text("有标题含“{title}”的部分", "a heading says “{title}”"),
    message=Text("{within}没有标题含“{title}”的部分", "no heading in {within} says “{title}”"),
    help=Text("补上“{title}”这一部分", "add the section “{title}”"),
    make=_require_section,
)


# -- require-phrase ----------------------------------------------------------------------------------------


def _require_phrase(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            phrases = folded_phrases(either(given, "phrase", "phrases"))
        inside = scope(given, forms)

    def look(report: Report) -> Iterator[Found]:
        pieces = inside.pieces(report)
        if not any(True for piece in pieces for words in phrases for _ in occurrences(piece.text, words)):
            yield Found(inside.head(report))

    words = alternatives(tuple(phrases.values()))
    return Search(inside.look(look), {"phrase": words, "within": inside.words}, Target(quoted(words)))


REQUIRE_PHRASE = Kind(
    "require-phrase",
    Text("标题或正文里要有这个词语", "headings or paragraphs have to contain these words"),
    Record(
        (
            Key("phrase", PHRASE, Text("要写明的词语", "the words that have to be there")),
            Key("phrases", PHRASES, ANY_OF),
            IN,
        ),
        one_of=(("phrase", "phrases"),),
    ),
    {"phrase": _OPERAND_PHRASE, "within": OPERAND_WITHIN},
    summary=Text("写明“{phrase}”", "“{phrase}” is said"),
    message=Text("{within}没有写“{phrase}”", "{within} does not say “{phrase}”"),
    help=Text("在{within}写明“{phrase}”", "say “{phrase}” in {within}"),
    make=_require_phrase,
)


# -- forbid-phrase and replace-phrase ------------------------------------------------------------------------


def _places(text: str, phrases: Iterable[str], longer: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Yield the places of *phrases* in *text* that are not part of one of the *longer* ones, which are right.

    Of those that overlap the first is taken, and of two that begin together the longer.
    """
    hits = sorted(
        ((span, words) for words in phrases for span in occurrences(text, words)),
        key=lambda place: (place[0].start, -place[0].end),
    )
    right = sorted(span for words in longer for span in occurrences(text, words)) if hits else []
    starts = [span.start for span in right]
    ends = list(accumulate((span.end for span in right), max))
    end = 0
    for span, words in hits:
        before = bisect_right(starts, span.start)
        if span.start >= end and not (before and ends[before - 1] >= span.end):
            end = span.end
            yield span, words


def _exceptions(given: Item, phrases: dict[str, str]) -> tuple[str, ...]:
    """Return the phrases under `except`, folded. Raises FaultError for each that contains none of *phrases*."""
    longer = []
    with Faults() as faults:
        for item in members(given, "except"):
            with faults.noted:
                (key,) = folded_phrases((item,))
                if not any(words in key for words in phrases):
                    among = alternatives(tuple(phrases.values()))
                    raise FaultError(item.offset, _NO_EXCEPTION.fill(longer=item.written, phrase=among))
                longer.append(key)
    return tuple(longer)


def _met(
    report: Report, inside: Scope, phrases: dict[str, str], longer: Sequence[str]
) -> Iterator[tuple[Span, str]]:
    """Yield the places of *phrases* in *report*, each with the phrase as the rule has it."""
    for piece in inside.pieces(report):
        for (start, end), words in _places(piece.text, phrases, longer):
            yield Span(piece.span.start + start, piece.span.start + end), phrases[words]


def _forbid_phrase(given: Item, forms: Sequence[Form]) -> Search:
    with Faults() as faults:
        with faults.noted:
            phrases = folded_phrases(either(given, "phrase", "phrases"))
            longer = _exceptions(given, phrases)
        inside = scope(given, forms)

    def look(report: Report) -> Iterator[Found]:
        for span, phrase in _met(report, inside, phrases, longer):
            yield Found(span, {"phrase": phrase, "text": _joined(report.source[span])})

    words = alternatives(tuple(phrases.values()))
    return Search(
        inside.look(look), {"phrase": words, "within": inside.words}, Target(quoted(words), fault=True)
    )


def _joined(text: str) -> str:
    return "".join(text.split())


FORBID_PHRASE = Kind(
    "forbid-phrase",
    Text("标题和正文里不许有这个词语", "headings and paragraphs may not contain these words"),
    Record(
        (
            Key("phrase", PHRASE, Text("不许写的词语", "the words that may not be there")),
            Key("phrases", PHRASES, Text("几个不许写的词语", "several, none of which may be there")),
            IN,
            _EXCEPT,
        ),
        one_of=(("phrase", "phrases"),),
    ),
    {"phrase": _OPERAND_PHRASE, "text": _OPERAND_TEXT, "within": OPERAND_WITHIN},
    summary=Text("不写“{phrase}”", "“{phrase}” is not written"),
    message=Text("写有“{text}”，不应这样写", "says “{text}”, which should not be written"),
    help=Text("删去或者改写“{phrase}”", "delete or reword “{phrase}”"),
    make=_forbid_phrase,
)

_CHANGE = Text("改为“{by}”", "write “{by}”")


def _replace_phrase(given: Item, forms: Sequence[Form]) -> Search:
    by = text_under(given, "by")
    with Faults() as faults:
        with faults.noted:
            phrases = folded_phrases((value(given, "phrase"),))
            longer = _exceptions(given, phrases)
            if any(True for _ in _places(by, phrases, longer)):
                still = _STILL_THERE.fill(by=by, phrase=text_under(given, "phrase"))
                raise FaultError(value(given, "by").offset, still)
        inside = scope(given, forms)

    def look(report: Report) -> Iterator[Found]:
        for span, _ in _met(report, inside, phrases, longer):
            old = report.source[span]
            fix = Fix(_CHANGE.fill(by=by), False, (Edit(span, old, by),))
            yield Found(span, {"text": _joined(old)}, fix=fix)

    words = Text(text_under(given, "phrase"), text_under(given, "phrase"))
    operands: Operands = {"phrase": words, "by": by, "within": inside.words}
    return Search(inside.look(look), operands, Target(quoted(words), fault=True))


REPLACE_PHRASE = Kind(
    "replace-phrase",
    Text(
        "标题和正文里的一个词语要改成另一个，并给出改法",
        "words in headings and paragraphs to be replaced by others, with the fix that does it",
    ),
    Record(
        (
            Key("phrase", PHRASE, Text("要改的词语", "the words to be replaced"), required=True),
            Key("by", PHRASE, Text("改成什么", "what to write in their place"), required=True),
            IN,
            _EXCEPT,
        )
    ),
    {
        "phrase": _OPERAND_PHRASE,
        "by": Text("应改成的词语", "what to write in their place"),
        "text": _OPERAND_TEXT,
        "within": OPERAND_WITHIN,
    },
    summary=Text("“{phrase}”写作“{by}”", "“{by}” in place of “{phrase}”"),
    message=Text("“{text}”应为“{by}”", "“{text}” should read “{by}”"),
    help=Text("改为“{by}”", "write “{by}”"),
    make=_replace_phrase,
)
