"""Cases of rules as data: a compliant report, one change, and exactly what must be found.

A case file is a YAML list of mappings; the keys are the fields of Case but for `line`, and `each`: a list of
words, for each of which there is one case, with the word in place of every `$each`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.files.scalars import ANYTHING, NUMBER, PAIR, TRUTH, Choice, Words, whole
from nianbao.files.shape import Either, Key, Many, Mapped, Record
from nianbao.files.shape import check as check_shape
from nianbao.files.values import entries, members, value
from nianbao.files.yaml_file import FaultError, Faults, FileError, Item, plain, read_file
from nianbao.report.form import Form
from nianbao.report.issuer import LEVELS, Level
from nianbao.report.neighbour import Neighbour, Neighbours, Unread, siblings_of
from nianbao.report.packing import neighbour_of
from nianbao.report.report import Report
from nianbao.testing import marks
from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.compliant_years import next_year
from nianbao.testing.draft import Draft, Notation
from nianbao.text.language import Text, same
from nianbao.text.nearest import nearest
from nianbao.text.source import Source, Span

Kind = Literal["fail", "pass", "tempting"]
_PLAIN: Mapping[str, Any] = {}

_ABSENT = Text(
    "报告中没有“{old}”，无从替换；照报告的文字改 replace",
    "“{old}” does not occur in the report: write the words to replace as the report has them",
)
_NO_CELL = Text("格式 {form} 没有“{address}”这一格；{remedy}", "form {form} has no cell {address}: {remedy}")
_NEAR = Text("是不是“{near}”？", "did you mean {near}?")
_ADDRESS = Text(
    "写作 applications/received/total 这样的地址", "write one such as applications/received/total"
)
_NOTHING_THERE = Text("{error}；改正名称或地址", "{error}: correct the name or address")
_MARK = Text(
    "写出的报告第 {line} 行第 {column} 列：{reason}", "line {line}, column {column} of the report: {reason}"
)
_MARK_INSIDE = Text(
    "“{key}”第 {line} 行第 {column} 列：{reason}", "{key}, line {line}, column {column}: {reason}"
)
_NOTHING_MARKED = Text(
    "只有 kind 为 fail 的用例才用 «» 标出要发现的文字；删去标记或改 kind",
    "«» marks what a case of kind fail must find: delete the marks or change the kind",
)
_NO_LIST = Text(
    "用例文件应为列表，这里是{kind}；每个用例以“- ”开头",
    "a case file is a list and this is {kind}: begin each case with a dash",
)
_NAME_TWICE = Text(
    "用例“{name}”出现了两次；改名或删去一个", "case {name} is here twice: rename or delete one"
)
_EXPECTS = Text(
    "kind 为 fail 的用例，expect 中应有 {rule}；补上或删去 expect",
    "expect of a case of kind fail has {rule}: add it or leave expect out",
)
_EXPECTS_NOT = Text(
    "kind 为 {kind} 的用例，expect 中不应有 {rule}；删去或改 kind",
    "expect of a case of kind {kind} has no {rule}: delete it or change the kind",
)
_NOT_ONCE = Text(
    "fixed 中的“{old}”在报告中出现了 {count} 次，应恰好一次；照报告的文字改，或者连前后的文字一起写",
    "“{old}” of fixed occurs {count} times in the report and has to occur once: write it as the report has it, "
    "with the words around it",
)
_FIXES_NOTHING = Text(
    "只有 kind 为 fail 的用例才有问题可改；删去 {key} 或改 kind",
    "only a case of kind fail has something to fix: delete {key} or change the kind",
)
UNSAFE_ALONE = Text(
    "unsafe 说的是 fixed 写的修改；补上 fixed，或者删去 unsafe",
    "unsafe is about the fix that fixed describes: add fixed, or delete unsafe",
)
_FOLLOWS_NOTHING = Text(
    "follows 要接着 previous 的 base 起草；写出 previous 和它的 base",
    "what follows is drawn after the base of previous: give previous with its base",
)
_OWN_PATH = "report.md"
_EACH = "$each"
_NO_PLACE = Text(
    "用例里没有写 $each，each 列的词用不上；在用到它们的地方写 $each，或者删去 each",
    "no $each says where the words of each go: write it there, or delete each",
)
_NO_WORDS = Text(
    "写了 $each，没有用 each 列出替换它的词；列出，或者改写 $each",
    "each does not list what $each is to be: list the words, or write something else",
)


class CaseError(ValueError):
    """A case whose report cannot be written out, with the *reason*."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Sample(NamedTuple):
    """A report as one case writes it, and the words in it that the case marks."""

    source: Source
    marked: tuple[Span, ...] = ()


class Case(NamedTuple):
    """One case: a compliant report, the changes in it, in this order, and the findings that must follow.

    Every text that the author writes may have «…» around exactly the words that the rule must find (a « or »
    of the text itself is written twice). *expect* has exactly the findings of all rules together. Without it
    the rule is judged alone, on a whole report or a piece of one, and runs even if that does not show form,
    year, level or region.
    """

    rule: str  # the code of the rule that the case is about
    name: str  # one line, unique in its file
    kind: Kind  # tempting: it looks wrong and is right
    # Form, level, seed, notation, year, organ as `compliant` takes them; or `follows`, the seed of a report that follows
    # from *previous* as `next_year` makes it.
    base: Mapping[str, Any] | Draft = _PLAIN
    set: Mapping[str, str] = {}  # address of a cell to the text written in it
    rename: Mapping[str, str] = {}  # address of a label, or "title", to its new words (see Draft.rename)
    drop: Sequence[str] = ()  # addresses of parts left out (see Draft.drop)
    replace: Sequence[Sequence[str]] = ()  # [old, new] in the text as written out; the first occurrence
    append: str = ""  # text at the very end
    text: str | None = None  # the whole report or a piece of one, instead of base and changes
    year: int | None = None  # as given, not inferred
    level: Level | None = None
    region: str | None = None
    options: Mapping[str, Mapping[str, object]] = {}  # of rules, by code
    select: Sequence[str] = ()  # rules that run though they are off by default
    # Of each finding: code, and at (its words, or the address of its cell), place, says, data, severity, related
    # (what it marks beside), elsewhere (the words of other reports).
    expect: Sequence[Mapping[str, Any]] | None = None
    ordered: bool = False  # whether they are expected in the order of the text
    fixed: Mapping[str, str] | None = None  # after the fixes of the rule: see `after_fixes`
    unsafe: bool = False  # whether each of them waits for a person to agree
    undetermined: Sequence[str] = ()  # codes of rules that must end undetermined
    # The reports that it is compared with, each a whole Case, a Draft, a text, or Unread: its year before, those of the
    # organs below, those of the same level.
    previous: "Other | None" = None
    members: "Sequence[Other] | None" = None
    siblings: "Sequence[Other] | None" = None
    vary: bool = True  # whether it must come out the same however the report is written (see `variations`)
    line: int = 0  # its line in its file, 0 for a case of no file

    def draft(self) -> Draft | None:
        """Return the report as changed, but for `replace` and `append`; None for a case with a text.

        Raises CaseError for an unknown form or address.
        """
        if self.text is not None:
            return None
        try:
            draft = self._drawn()
            for address, text in self.set.items():
                if address not in draft.cells:
                    near = nearest(address, draft.cells)
                    remedy = _NEAR.fill(near=near) if near else _ADDRESS
                    raise CaseError(_NO_CELL.fill(form=draft.form.name, address=address, remedy=remedy))
                draft.set(address, text)
            for address, text in self.rename.items():
                draft.rename(address, text)
            for address in self.drop:
                draft.drop(address)
        except CaseError:
            raise
        except (KeyError, ValueError) as error:
            raise CaseError(_NOTHING_THERE.fill(error=error.args[0])) from None
        return draft

    def _drawn(self) -> Draft:
        """Return the report that the case starts from; one that `follows` is drawn after that of the year before."""
        if isinstance(self.base, Draft):
            return self.base.copy()
        if "follows" not in self.base:
            return compliant(**self.base)
        last = self.previous
        if not isinstance(last, Case) or last.text is not None:
            raise CaseError(_FOLLOWS_NOTHING)
        return next_year(last._drawn(), self.base["follows"])

    def finish(self, text: str) -> str:
        """Return *text* with `replace` and `append` done. Raises CaseError if old words do not occur."""
        for old, new in self.replace:
            if old not in text:
                raise CaseError(_ABSENT.fill(old=old))
            text = text.replace(old, new, 1)
        return text + self.append

    def marked(self) -> str:
        """Return the report of this case, marks and all. Raises CaseError."""
        return self._written_out(self.draft())

    def _written_out(self, draft: Draft | None) -> str:
        return self.finish(self.text or "") if draft is None else self.finish(draft.render())

    def sample(self) -> Sample:
        """Return the report of this case and the words it marks. Raises CaseError."""
        marked = unmarked(self.marked())
        if marked.spans and self.kind != "fail":
            raise CaseError(_NOTHING_MARKED)
        return Sample(Source(marked.text), marked.spans)

    def written(self) -> str:
        """Return the report of this case without marks. Raises CaseError."""
        return self.sample().source.text

    def after_fixes(self) -> str:
        """Return the report of this case, without marks, as `fixed` says that the fixes of its rule leave it.

        Each key of `fixed` is the address of a cell or words that occur once, its value what is there then;
        all else is as before. Raises CaseError for words that do not occur once.
        """
        draft, words = self.draft(), dict(self.fixed or {})
        if draft is not None:
            for address in [key for key in words if key in draft.cells]:
                draft.set(address, words.pop(address))
        text = unmarked(self._written_out(draft)).text
        for old, new in words.items():
            if text.count(old) != 1:
                raise CaseError(_NOT_ONCE.fill(old=old, count=text.count(old)))
            text = text.replace(old, new)
        return text

    def neighbours(self, report: Report, forms: Sequence[Form]) -> Neighbours | None:
        """Return what *report*, that of this case, knows of others; None if the case gives none. Raises CaseError."""
        if self.previous is None and self.members is None and self.siblings is None:
            return None
        itself = neighbour_of(report, _OWN_PATH)

        def known(others: "Sequence[Other]", name: str) -> tuple[Neighbour | Unread, ...]:
            return tuple(
                self._known(other, name.format(at), forms) for at, other in enumerate(others, start=1)
            )

        previous = None if self.previous is None else known((self.previous,), "previous.md")[0]
        members = None if self.members is None else known(self.members, "member-{}.md")
        beside = known(self.siblings or (), "sibling-{}.md")
        siblings = [itself, *(each for each in beside if isinstance(each, Neighbour))]
        return Neighbours(
            itself, previous, members, siblings_of(siblings) if self.siblings is not None else None
        )

    def _known(self, other: "Other", name: str, forms: Sequence[Form]) -> Neighbour | Unread:
        if isinstance(other, Unread):
            return other._replace(path=other.path or name)
        case = other if isinstance(other, Case) else Case("", name, "pass")
        if isinstance(other, str):
            case = case._replace(text=other)
        elif isinstance(other, Draft):
            case = case._replace(base=other)
        read = Report(case.sample().source, forms, year=case.year, level=case.level, region=case.region)
        return neighbour_of(read, name)


Other = Case | Draft | str | Unread


def unmarked(text: str) -> marks.Marked:
    """Return *text* without its marks. Raises CaseError, with line and column, for a wrong mark."""
    try:
        return marks.read(text)
    except FaultError as fault:
        at = Source(text).position(fault.offset)
        raise CaseError(_MARK.fill(line=at.line, column=at.column, reason=fault.reason)) from None


# -- case files ----------------------------------------------------------------------------------------


_CODE = Words()
_TEXT = Words(empty=True)
_CELL = Either((Words(empty=True), NUMBER))  # a figure needs no quotes; its value is the text as written
_YEAR = whole(2008, 2099)
_LEVEL = Choice(LEVELS)


def _shape() -> Many:
    """Return the shape of a case file."""
    base = Record(
        (
            Key("form", Choice(tuple(form.name for form in official_forms() if form.tables))),
            Key("level", _LEVEL),
            Key("seed", whole(0, 10**6)),
            Key("notation", Choice(get_args(Notation))),
            Key("year", _YEAR),
            Key("organ", Words()),
            Key("follows", whole(0, 10**6)),
        )
    )
    expected = Record(
        (
            Key("code", _CODE, required=True),
            Key("at", _CELL),
            Key("place", Words()),
            Key("says", Many(Words())),
            Key("data", Mapped(_CELL)),
            Key("related", Many(_CELL, empty=True)),
            Key("elsewhere", Many(_CELL, empty=True)),
            Key("severity", Choice(tuple(severity.value for severity in Severity))),
        )
    )
    changes = (
        Key("base", base),
        Key("set", Mapped(_CELL)),
        Key("rename", Mapped(_TEXT)),
        Key("drop", Many(Words())),
        Key("replace", Many(PAIR)),
        Key("append", _TEXT),
        Key("text", _TEXT),
        Key("year", _YEAR),
        Key("level", _LEVEL),
    )
    other = Record((*changes, Key("unread", Words()), Key("organ", Words())))
    case = Record(
        (
            Key("rule", _CODE, required=True),
            Key("name", Words(), required=True),
            Key("kind", Choice(get_args(Kind)), required=True),
            *changes,
            Key("region", Words()),
            Key("options", Mapped(Mapped(ANYTHING))),
            Key("select", Many(_CODE)),
            Key("expect", Many(expected, empty=True)),
            Key("ordered", TRUTH),
            Key("fixed", Mapped(_CELL)),
            Key("unsafe", TRUTH),
            Key("undetermined", Many(_CODE)),
            Key("previous", other),
            Key("members", Many(other, empty=True)),
            Key("siblings", Many(other, empty=True)),
            Key("vary", TRUTH),
            Key("each", Many(_CELL)),
        )
    )
    return Many(case, empty=True)


def load_cases(path: str) -> tuple[Case, ...]:
    """Return the cases in the file at *path*. Raises FileError with all faulty cases, and names used twice."""
    source, item = read_file(path)
    try:
        check_shape(_shape(), item, _NO_LIST)
        assert isinstance(item.content, tuple)
        cases: list[tuple[Item, Item]] = []
        seen = set()
        with Faults() as faults:
            for each in item.content:
                with faults.noted:
                    for case in _each(each):
                        name = value(case, "name")
                        if name.written in seen:
                            raise FaultError(name.offset, _NAME_TWICE.fill(name=name.written))
                        seen.add(name.written)
                        _check(case)
                        cases.append((each, case))
        return tuple(_case(case, source.position(each.offset).line) for each, case in cases)
    except FaultError as fault:
        raise FileError(source, fault) from None


def _each(item: Item) -> Iterator[Item]:
    """Yield the case *item*, or one for each word of its `each`, which its name then ends in."""
    found = dict(entries(item))
    listed = found.pop("each", None)
    case = item._replace(content=found)
    if listed is None:
        if _occurs(case):
            raise FaultError(item.offset, _NO_WORDS)
        yield case
        return
    if not _occurs(case):
        raise FaultError(listed.key.offset, _NO_PLACE)
    for word in members(item, "each"):
        name = found["name"]
        named = name.value._replace(
            content=f"{name.value.written}: {word.written}", written=f"{name.value.written}: {word.written}"
        )
        yield _filled(case._replace(content={**found, "name": name._replace(value=named)}), word.written)


def _occurs(item: Item) -> bool:
    """Return whether `$each` is written somewhere in *item*."""
    if isinstance(item.content, dict):
        return any(_EACH in key or _occurs(entry.value) for key, entry in item.content.items())
    if isinstance(item.content, tuple):
        return any(map(_occurs, item.content))
    return _EACH in item.written


def _filled(item: Item, word: str) -> Item:
    """Return *item* with *word* for every `$each`."""
    if isinstance(item.content, dict):
        return item._replace(
            content={
                key.replace(_EACH, word): entry._replace(value=_filled(entry.value, word))
                for key, entry in item.content.items()
            }
        )
    if isinstance(item.content, tuple):
        return item._replace(content=tuple(_filled(member, word) for member in item.content))
    if _EACH not in item.written:
        return item
    said = item.written.replace(_EACH, word)
    return item._replace(content=said, written=said)


def _check(item: Item) -> None:
    """Raise FaultError if the case *item* expects findings that contradict its kind, or has a wrong mark."""
    rule, kind = value(item, "rule").written, value(item, "kind").written
    expect = entries(item).get("expect")
    codes = [value(expected, "code").written for expected in members(item, "expect")]
    if expect is not None and (kind == "fail") != (rule in codes):
        words = _EXPECTS if kind == "fail" else _EXPECTS_NOT
        raise FaultError(expect.value.offset, words.fill(rule=rule, kind=kind))
    fixed = [entry.key for key, entry in entries(item).items() if key in ("fixed", "unsafe")]
    if fixed and kind != "fail":
        raise FaultError(fixed[0].offset, _FIXES_NOTHING.fill(key=fixed[0].written))
    if fixed and "fixed" not in entries(item):
        raise FaultError(fixed[0].offset, UNSAFE_ALONE)
    for key, text in _written_by_the_author(item):
        try:
            marked = marks.read(text.written)
        except FaultError as fault:
            at = Source(text.written).position(fault.offset)
            words = _MARK_INSIDE.fill(key=key, line=at.line, column=at.column, reason=fault.reason)
            raise FaultError(text.offset, words) from None
        if marked.spans and kind != "fail":
            raise FaultError(text.offset, _NOTHING_MARKED)


def _written_by_the_author(item: Item) -> Iterator[tuple[str, Item]]:
    """Yield each text of the case *item* that goes into its report, with its key."""
    for key, entry in entries(item).items():
        if key in ("text", "append"):
            yield key, entry.value
        elif key in ("set", "rename"):
            yield from ((key, inner.value) for inner in entries(entry.value).values())
        elif key == "replace":
            yield from ((key, _content(pair)[1]) for pair in _content(entry.value))


def _content(item: Item) -> tuple[Item, ...]:
    assert isinstance(item.content, tuple)
    return item.content


def _case(item: Item, line: int) -> Case:
    fields = {key: _READ.get(key, _as_written)(entry.value) for key, entry in entries(item).items()}
    return Case(**fields, line=line)


def _as_written(item: Item) -> Any:
    """Return *item* as plain data, with every figure as it is written."""
    if isinstance(item.content, tuple):
        return tuple(map(_as_written, item.content))
    if isinstance(item.content, dict):
        return {key: _as_written(entry.value) for key, entry in item.content.items()}
    return item.written


def _base(item: Item) -> dict[str, Any]:
    counts = ("seed", "year", "follows")
    return {k: plain(e.value) if k in counts else e.value.written for k, e in entries(item).items()}


def _other(item: Item) -> Other:
    fields = {key: _READ.get(key, _as_written)(entry.value) for key, entry in entries(item).items()}
    if "unread" in fields:
        reason = same(fields["unread"])
        return Unread("", reason, fields.get("organ", ""), fields.get("year"), fields.get("level"))
    return Case(rule="", name="", kind="pass", **fields)


def _others(item: Item) -> tuple[Other, ...]:
    return tuple(map(_other, _content(item)))


_READ: dict[str, Callable[[Item], Any]] = {
    "base": _base,
    "year": plain,
    "options": plain,
    "previous": _other,
    "members": _others,
    "siblings": _others,
    **dict.fromkeys(("ordered", "unsafe", "vary"), plain),
}
