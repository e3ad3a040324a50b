"""The check of a form file: what is wrong with it, where, and how to put it right.

`python -m nianbao.form_file FILE…` checks files from the command line.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from nianbao.folding import fold
from nianbao.language import Text, same
from nianbao.source import Source
from nianbao.yaml_file import Entry, FaultError, Item, plain, read


class FormError(Exception):
    """What is wrong with a form file; *text* says it as `path:line:column: …` in both languages."""

    def __init__(self, source: Source, fault: FaultError) -> None:
        place = source.position(fault.offset)
        self.path = source.path
        self.line = place.line
        self.column = place.column
        where = f"{self.path}:{self.line}:{self.column}: "
        self.text = Text(where + fault.reason.zh, where + fault.reason.en)
        super().__init__(self.text.en)


class _Shape(NamedTuple):
    """The keys that a mapping must have and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


_FORM = _Shape(
    ("name", "title", "notice", "years", "sections", "obsolete", "aspects", "tables", "identities")
)
_SHAPES = {
    "years": _Shape(("from",), ("to",)),
    "sections": _Shape(("key", "title"), ("wording", "aliases", "obsolete")),
    "aspects": _Shape(("key", "title", "words")),
    "tables": _Shape(("key", "place", "section", "columns", "rows"), ("item", "note")),
    "columns": _Shape(("key", "label"), ("under", "unit", "signed", "aliases")),
    "rows": _Shape(("key", "label"), ("under", "place", "aliases")),
    "identities": _Shape(("name", "table", "along", "left", "right", "basis")),
}
_YEARS = frozenset({"from", "to"})
_TEXTS = frozenset({"wording", "aliases", "obsolete", "words", "left", "right"})
_MAY_BE_EMPTY = frozenset(
    {"unit", "label", "wording", "aliases", "obsolete", "aspects", "tables", "identities"}
)

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_NUMERAL = re.compile(r"[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_YEAR = range(1949, 2200)

_WANTED = {
    "text": Text("文本", "a text"),
    "texts": Text("文本的列表", "a list of texts"),
    "list": Text("列表", "a list"),
    "mapping": Text("键值对", "a mapping"),
    "truth": Text(" true 或 false", "true or false"),
    "year": Text("四位数的年份，不加引号", "a year of four figures without quotes"),
}
_NOT_A_FORM = Text(
    "格式文件应为键值对，这里是{kind}；照已有的格式文件写起",
    "a form file is a mapping and this is {kind}: begin with a copy of an existing one",
)
_WRONG_TYPE = Text(
    "{what}应为{wanted}，这里是{kind}；{remedy}", "{what} is {wanted} and this is {kind}: {remedy}"
)
_UNDER = Text("“{key}”", "{key}")
_AMONG = Text("“{key}”的每一项", "each entry of {key}")
_REWRITE = Text("照已有的格式文件改写", "write it as an existing form file does")
_QUOTE = Text(
    '给它加上引号："{written}"（不加引号的 {written} 被 YAML 读作{kind}）',
    'put it in quotes, "{written}": without them YAML reads {kind}',
)
_UNKNOWN = Text("没有“{key}”这个键；{remedy}", "there is no key {key}: {remedy}")
_MISSING = Text("缺少“{key}”；在这里补上", "{key} is missing: add it here")
_NOTHING = Text("“{key}”是空的；填上内容或删去这一键", "{key} is empty: fill it in or delete the key")
_NOTHING_IN = Text("“{key}”中有一项是空的；填上或删去", "an entry of {key} is empty: fill it in or delete it")
_LIKELY = Text("是不是“{close}”？可用的有：{known}", "did you mean {close}? it may be one of {known}")
_CHOICE = Text("改为其中之一：{known}", "make it one of {known}")
_BAD_KEY = Text(
    "“{key}”不能作键；改为小写英文单词，可含数字和下划线",
    "{key} is no key: use a lower-case English word, figures and underscores allowed",
)
_TWICE = Text(
    "{what}“{name}”出现了两次；改名或删去一个", "{what} {name} stands here twice: rename or delete one"
)
_SIDES = Text("“{name}”在同一等式中出现了两次；删去一个", "{name} stands twice in one identity: delete one")
_COLLIDES = Text(
    "“{label}”已经用来指“{other}”，读报告时分不清；换一个或删去",
    "{label} already stands for {other}, so a report could not be read: change or delete it",
)
_ORDER = Text(
    "止于 {to} 年，早于起始的 {first} 年；对调或改正",
    "ends in {to}, before it begins in {first}: correct one",
)
_OVERLAP = Text(
    "与 {path} 的年份重叠（{years}），同一年度只能有一种格式；改正 years",
    "overlaps the years of {path} ({years}), and a year has one form: correct years",
)
_SAME_NAME = Text("格式名“{name}”已用于 {path}；换一个", "the name {name} is taken by {path}: use another")
_NO_SUCH = Text("没有{what}“{name}”；{remedy}", "there is no {what} {name}: {remedy}")
_ALONG = Text(
    "“{name}”不是 rows 或 columns；改为其中之一", "{name} is neither rows nor columns: make it one of them"
)
_ITEM = Text(
    "“{name}”不是条例第二十条的项号；写作一、五、十五这样的中文数字",
    "{name} numbers no item of article 20: write a numeral such as 一, 五, 十五",
)
_NO_ROW = Text(
    "只有一行的表，行名才可以是空的；填上格式印明的行名",
    "only the one row of a table may be without a label: write the printed one",
)
_NO_COLUMN = Text("列名是空的；填上格式印明的列名", "a column is without a label: write the printed one")

_TABLE = Text("表", "table")
_SECTION = Text("部分", "section")
_ROW = Text("行", "row")
_COLUMN = Text("列", "column")
_IDENTITY = Text("等式", "identity")
_ASPECT = Text("方面", "aspect")


def check(text: str, path: str) -> dict[str, Any]:
    """Return the plain data of the form file *text*; *path* only names it. Raises FormError."""
    return check_all({path: text})[0]


def check_all(files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the plain data of several form files, text by path, that are to hold side by side.

    Raises FormError for a fault in one of them, for a name used twice and for years that overlap.
    """
    seen: list[tuple[str, str, range]] = []
    data: list[dict[str, Any]] = []
    for path, text in files.items():
        source = Source(text.removeprefix("\ufeff"), path)
        try:
            form = read(source.text)
            _check(form)
            _check_beside(form, seen)
        except FaultError as fault:
            raise FormError(source, fault) from None
        seen.append((path, _text(form, "name"), _years(form)))
        made: Any = plain(form)
        data.append(made)
    return data


def _check_beside(form: Item, seen: Iterable[tuple[str, str, range]]) -> None:
    name, years = _get(form, "name"), _years(form)
    for path, other, others in seen:
        if name.content == other:
            raise FaultError(name.offset, _SAME_NAME.fill(name=other, path=path))
        common = range(max(years.start, others.start), min(years.stop, others.stop))
        if common:
            last = "" if common.stop == _YEAR.stop else common.stop - 1
            span = f"{common.start}-{last}"
            raise FaultError(_get(_get(form, "years"), "from").offset, _OVERLAP.fill(path=path, years=span))


def _years(form: Item) -> range:
    """Return the years that *form* is for; one without an end holds as long as years are taken."""
    years = _get(form, "years")
    last = _entries(years).get("to")
    return range(_number(_get(years, "from")), _number(last.value) + 1 if last else _YEAR.stop)


# -- shape: keys and types -----------------------------------------------------------------------------


def _check(form: Item) -> None:
    """Raise FaultError for the first thing wrong with *form*: first its shape, then what it says."""
    if not isinstance(form.content, dict):
        raise FaultError(form.offset, _NOT_A_FORM.fill(kind=form.kind))
    _mapping(form, _FORM)
    years = _years(form)
    if not years:
        raise FaultError(
            _get(_get(form, "years"), "to").offset, _ORDER.fill(to=years.stop - 1, first=years.start)
        )
    _distinct(_list(form, "sections"), "key", _SECTION)
    _distinct(_list(form, "aspects"), "key", _ASPECT)
    _distinct(_list(form, "tables"), "key", _TABLE)
    _distinct(_list(form, "identities"), "name", _IDENTITY)
    _apart(_titles(form))
    for table in _list(form, "tables"):
        _check_table(table, [_text(section, "key") for section in _list(form, "sections")])
    for identity in _list(form, "identities"):
        _check_identity(identity, _list(form, "tables"))


def _mapping(item: Item, shape: _Shape) -> None:
    entries = _entries(item)
    for key, entry in entries.items():
        if key not in shape.required + shape.optional:
            remedy = _remedy(key, shape.required + shape.optional)
            raise FaultError(entry.key.offset, _UNKNOWN.fill(key=key, remedy=remedy))
    for key in shape.required:
        if key not in entries:
            raise FaultError(item.offset, _MISSING.fill(key=key))
    for key, entry in entries.items():
        # "obsolete" is a list of texts in a section and in the form alike; so every key has one type.
        _typed(key, entry.value)


def _typed(key: str, value: Item) -> None:
    """Raise FaultError unless *value* is of the type that *key* has wherever it stands."""
    content = value.content
    what = _UNDER.fill(key=key)
    if key == "years":
        _wants("mapping", what, value, isinstance(content, dict))
        _mapping(value, _SHAPES[key])
    elif key in _SHAPES or key in _TEXTS:
        _wants("texts" if key in _TEXTS else "list", what, value, isinstance(content, tuple))
        _members(key, value)
    elif key in _YEARS:
        _wants("year", what, value, isinstance(content, int) and content in _YEAR)
    elif key == "signed":
        _wants("truth", what, value, isinstance(content, bool))
    else:
        _wants("text", what, value, isinstance(content, str))
        if not value.written.strip() and key not in _MAY_BE_EMPTY:
            raise FaultError(value.offset, _NOTHING.fill(key=key))
        if key == "key" and not _KEY.fullmatch(value.written):
            raise FaultError(value.offset, _BAD_KEY.fill(key=value.written))


def _members(key: str, value: Item) -> None:
    assert isinstance(value.content, tuple)
    if not value.content and key not in _MAY_BE_EMPTY:
        raise FaultError(value.offset, _NOTHING.fill(key=key))
    each = _AMONG.fill(key=key)
    for member in value.content:
        if key in _SHAPES:
            _wants("mapping", each, member, isinstance(member.content, dict))
            _mapping(member, _SHAPES[key])
        else:
            _wants("text", each, member, isinstance(member.content, str))
            if not member.written.strip():
                raise FaultError(member.offset, _NOTHING_IN.fill(key=key))


def _wants(wanted: str, what: Text, value: Item, fits: bool) -> None:
    if fits:
        return
    remedy = _REWRITE
    if wanted == "text" and value.written:
        remedy = _QUOTE.fill(written=value.written, kind=value.kind)
    raise FaultError(
        value.offset, _WRONG_TYPE.fill(what=what, wanted=_WANTED[wanted], kind=value.kind, remedy=remedy)
    )


# -- what it says: names and references ----------------------------------------------------------------


def _titles(form: Item) -> Iterator[tuple[str, Item, Item]]:
    """Yield every section title as reports are read by it, its place, and the section's own title."""
    for section in _list(form, "sections"):
        official = _get(section, "title")
        yield fold(official.written), official, official
        for key in ("wording", "aliases", "obsolete"):
            for title in _list(section, key):
                yield fold(title.written), title, official
    for title in _list(form, "obsolete"):
        yield fold(title.written), title, title


def _labels(lines: Iterable[Item]) -> Iterator[tuple[str, Item, Item]]:
    """Yield every label of rows or columns as reports are read by it, its place, and the printed label."""
    for line in lines:
        official = _get(line, "label")
        under = _entries(line).get("under")
        group = fold(under.value.written) if under else ""
        for label in (official, *_list(line, "aliases")):
            yield f"{group}/{fold(label.written)}", label, official


def _check_table(table: Item, sections: Sequence[str]) -> None:
    _known(_get(table, "section"), sections, _SECTION)
    item = _entries(table).get("item")
    if item is not None and not _NUMERAL.fullmatch(item.value.written):
        raise FaultError(item.value.offset, _ITEM.fill(name=item.value.written))
    for key, what in (("columns", _COLUMN), ("rows", _ROW)):
        lines = _list(table, key)
        _distinct(lines, "key", what)
        for line in lines:
            label = _get(line, "label")
            if not label.written.strip() and (what is _COLUMN or len(lines) > 1):
                raise FaultError(label.offset, _NO_COLUMN if what is _COLUMN else _NO_ROW)
        _apart(_labels(lines))


def _check_identity(identity: Item, tables: Sequence[Item]) -> None:
    keys = [_text(table, "key") for table in tables]
    named = _get(identity, "table")
    _known(named, keys, _TABLE)
    table = tables[keys.index(named.written)]
    along = _get(identity, "along")
    # Along the columns an identity adds up rows, and the other way round.
    summed = {"columns": ("rows", _ROW), "rows": ("columns", _COLUMN)}.get(along.written)
    if summed is None:
        raise FaultError(along.offset, _ALONG.fill(name=along.written))
    lines = [_text(line, "key") for line in _list(table, summed[0])]
    seen = set()
    for term in (*_list(identity, "left"), *_list(identity, "right")):
        _known(term, lines, summed[1])
        if term.written in seen:
            raise FaultError(term.offset, _SIDES.fill(name=term.written))
        seen.add(term.written)


def _known(name: Item, known: Sequence[str], what: Text) -> None:
    if name.written not in known:
        remedy = _remedy(name.written, known)
        raise FaultError(name.offset, _NO_SUCH.fill(what=what, name=name.written, remedy=remedy))


def _remedy(name: str, known: Sequence[str]) -> Text:
    close = get_close_matches(name, known, n=1)
    remedy = _LIKELY if close else _CHOICE
    return remedy.fill(close="".join(close), known=same(", ".join(known)))


def _distinct(items: Iterable[Item], key: str, what: Text) -> None:
    seen = set()
    for item in items:
        name = _get(item, key)
        if name.written in seen:
            raise FaultError(name.offset, _TWICE.fill(what=what, name=name.written))
        seen.add(name.written)


def _apart(labels: Iterable[tuple[str, Item, Item]]) -> None:
    seen: dict[str, Item] = {}
    for key, label, official in labels:
        if key in seen:
            raise FaultError(label.offset, _COLLIDES.fill(label=label.written, other=seen[key].written))
        seen[key] = official


# -- what a checked shape holds ------------------------------------------------------------------------


def _entries(item: Item) -> dict[str, Entry]:
    assert isinstance(item.content, dict)
    return item.content


def _get(item: Item, key: str) -> Item:
    return _entries(item)[key].value


def _text(item: Item, key: str) -> str:
    return _get(item, key).written


def _list(item: Item, key: str) -> tuple[Item, ...]:
    """Return the list under *key*, nothing where the key is left out."""
    entry = _entries(item).get(key)
    if entry is None:
        return ()
    assert isinstance(entry.value.content, tuple)
    return entry.value.content


def _number(item: Item) -> int:
    assert isinstance(item.content, int)
    return item.content


def main() -> int:
    """Check the form files named on the command line together; return 0, or 1 after saying what is wrong."""
    files = {}
    try:
        for path in sys.argv[1:]:
            with open(path, encoding="utf-8", newline="") as file:
                files[path] = file.read()
        check_all(files)
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 1
    except FormError as error:
        sys.stderr.write(f"{error.text.zh}\n{error.text.en}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
