"""The check of a form file: its first fault, where it is, and how to correct it.

`python -m nianbao.report.form_file FILE…` checks files from the command line.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nianbao_grammar import patterns as re

from nianbao.files.scalars import TRUTH, Words, correction, whole
from nianbao.files.shape import Key, Many, Record
from nianbao.files.shape import check as check_shape
from nianbao.files.values import entries, members, text_under, value
from nianbao.files.yaml_file import FaultError, FileError, Item, item_of, plain, read
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source

_NUMERAL = re.compile(r"[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_FIRST, _LAST = 1949, 2199

_NOT_A_FORM = Text(
    "格式文件应为键值对，这里是{kind}；照已有的格式文件写起",
    "a form file is a mapping and this is {kind}: begin with a copy of an existing one",
)
_TWICE = Text("{what}“{name}”出现了两次；改名或删去一个", "{what} {name} is here twice: rename or delete one")
_SIDES = Text("“{name}”在同一等式中出现了两次；删去一个", "{name} is twice in one identity: delete one")
_COLLIDES = Text(
    "“{label}”已经用来指“{other}”，读报告时分不清；换一个或删去",
    "{label} already means {other}, so a report could not be read: change or delete it",
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

_BAD_KEY = Text(
    "“{written}”不能作键；改为小写英文单词，可含数字和下划线",
    "{written} is no key: use a lower-case English word, figures and underscores allowed",
)
_YEAR = whole(_FIRST, _LAST, Text("四位数的年份，不加引号", "a year of four figures without quotes"))
_NAME = Words(r"[a-z][a-z0-9_]*", _BAD_KEY)
_LABELS = Many(Words(), empty=True)
_TERMS = Many(Words())


def _lines(*more: Key) -> Many:
    """Return the shape of rows or columns: the keys that both have, and *more*."""
    label = Key("label", Words(empty=True), required=True)
    aliases = Key("aliases", _LABELS)
    return Many(Record((Key("key", _NAME, required=True), label, Key("under", Words()), *more, aliases)))


_FORM = Record(
    (
        Key("name", Words(), required=True),
        Key("title", Words(), required=True),
        Key("notice", Words(), required=True),
        Key("years", Record((Key("from", _YEAR, required=True), Key("to", _YEAR))), required=True),
        Key(
            "sections",
            Many(
                Record(
                    (
                        Key("key", _NAME, required=True),
                        Key("title", Words(), required=True),
                        Key("wording", _LABELS),
                        Key("aliases", _LABELS),
                        Key("obsolete", _LABELS),
                    )
                )
            ),
            required=True,
        ),
        Key("obsolete", _LABELS, required=True),
        Key(
            "aspects",
            Many(
                Record(
                    (
                        Key("key", _NAME, required=True),
                        Key("title", Words(), required=True),
                        Key("words", _TERMS, required=True),
                    )
                ),
                empty=True,
            ),
            required=True,
        ),
        Key(
            "tables",
            Many(
                Record(
                    (
                        Key("key", _NAME, required=True),
                        Key("place", Words(), required=True),
                        Key("section", Words(), required=True),
                        Key("item", Words()),
                        Key("note", Words()),
                        Key(
                            "columns",
                            _lines(Key("unit", Words(empty=True)), Key("signed", TRUTH)),
                            required=True,
                        ),
                        Key("rows", _lines(Key("place", Words())), required=True),
                    )
                ),
                empty=True,
            ),
            required=True,
        ),
        Key(
            "identities",
            Many(
                Record(
                    (
                        Key("name", Words(), required=True),
                        Key("table", Words(), required=True),
                        Key("along", Words(), required=True),
                        Key("left", _TERMS, required=True),
                        Key("right", _TERMS, required=True),
                        Key("basis", Words(), required=True),
                    )
                ),
                empty=True,
            ),
            required=True,
        ),
    )
)


def check(text: str, path: str) -> dict[str, Any]:
    """Return the plain data of the form file *text*; *path* only names it. Raises FileError."""
    return check_all({path: text})[0]


def check_all(files: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the plain data of several form files, text by path, that are used together.

    Raises FileError for a fault in one of them, for a name used twice and for years that overlap.
    """
    seen: list[tuple[str, str, range]] = []
    data: list[dict[str, Any]] = []
    for path, text in files.items():
        source = Source(text.removeprefix("\ufeff"), path)
        try:
            form = read(source.text)
            _check(form)
            _check_with_others(form, seen)
        except FaultError as fault:
            raise FileError(source, fault) from None
        seen.append((path, text_under(form, "name"), _years(form)))
        made: Any = plain(form)
        data.append(made)
    return data


def check_data(forms: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Check forms that are plain data, each with the name of its origin. Raises FileError."""
    seen: list[tuple[str, str, range]] = []
    for origin, data in forms:
        form = item_of(data)
        try:
            _check(form)
            _check_with_others(form, seen)
        except FaultError as fault:
            raise FileError(Source("", origin), fault) from None
        seen.append((origin, text_under(form, "name"), _years(form)))


def _check_with_others(form: Item, seen: Iterable[tuple[str, str, range]]) -> None:
    name, years = value(form, "name"), _years(form)
    for path, other, others in seen:
        if name.content == other:
            raise FaultError(name.offset, _SAME_NAME.fill(name=other, path=path))
        common = range(max(years.start, others.start), min(years.stop, others.stop))
        earlier = min(years, others, key=lambda span: span.start)
        # One without an end holds until the next begins.
        if common and (years.start == others.start or earlier.stop <= _LAST):
            last = "" if common.stop > _LAST else common.stop - 1
            span = f"{common.start}-{last}"
            raise FaultError(value(value(form, "years"), "from").offset, _OVERLAP.fill(path=path, years=span))


def _years(form: Item) -> range:
    """Return the years that *form* is for; one without an end holds up to the last year that is allowed."""
    years = value(form, "years")
    return range(int(text_under(years, "from")), int(text_under(years, "to", str(_LAST))) + 1)


def _check(form: Item) -> None:
    """Raise FaultError for the first fault of *form*: first in its shape, then in its names."""
    check_shape(_FORM, form, _NOT_A_FORM)
    years = _years(form)
    if not years:
        raise FaultError(
            value(value(form, "years"), "to").offset, _ORDER.fill(to=years.stop - 1, first=years.start)
        )
    _distinct(members(form, "sections"), "key", _SECTION)
    _distinct(members(form, "aspects"), "key", _ASPECT)
    _distinct(members(form, "tables"), "key", _TABLE)
    _distinct(members(form, "identities"), "name", _IDENTITY)
    _apart(_titles(form))
    for table in members(form, "tables"):
        _check_table(table, [text_under(section, "key") for section in members(form, "sections")])
    for identity in members(form, "identities"):
        _check_identity(identity, members(form, "tables"))


# -- names and references ------------------------------------------------------------------------------


def _titles(form: Item) -> Iterator[tuple[str, Item, Item]]:
    """Yield every section title as reports are read by it, its item, and the section's own title."""
    for section in members(form, "sections"):
        official = value(section, "title")
        yield fold(official.written), official, official
        for key in ("wording", "aliases", "obsolete"):
            for title in members(section, key):
                yield fold(title.written), title, official
    for title in members(form, "obsolete"):
        yield fold(title.written), title, title


def _labels(lines: Iterable[Item]) -> Iterator[tuple[str, Item, Item]]:
    """Yield every label of rows or columns as reports are read by it, its item, and the printed label."""
    for line in lines:
        official = value(line, "label")
        under = entries(line).get("under")
        group = fold(under.value.written) if under else ""
        for label in (official, *members(line, "aliases")):
            yield f"{group}/{fold(label.written)}", label, official


def _check_table(table: Item, sections: Sequence[str]) -> None:
    _known(value(table, "section"), sections, _SECTION)
    item = entries(table).get("item")
    if item is not None and not _NUMERAL.fullmatch(item.value.written):
        raise FaultError(item.value.offset, _ITEM.fill(name=item.value.written))
    for key, what in (("columns", _COLUMN), ("rows", _ROW)):
        lines = members(table, key)
        _distinct(lines, "key", what)
        for line in lines:
            label = value(line, "label")
            if not label.written.strip() and (what is _COLUMN or len(lines) > 1):
                raise FaultError(label.offset, _NO_COLUMN if what is _COLUMN else _NO_ROW)
        _apart(_labels(lines))


def _check_identity(identity: Item, tables: Sequence[Item]) -> None:
    keys = [text_under(table, "key") for table in tables]
    named = value(identity, "table")
    _known(named, keys, _TABLE)
    table = tables[keys.index(named.written)]
    along = value(identity, "along")
    # Along the columns an identity adds up rows, and the other way round.
    summed = {"columns": ("rows", _ROW), "rows": ("columns", _COLUMN)}.get(along.written)
    if summed is None:
        raise FaultError(along.offset, _ALONG.fill(name=along.written))
    lines = [text_under(line, "key") for line in members(table, summed[0])]
    seen = set()
    for term in (*members(identity, "left"), *members(identity, "right")):
        _known(term, lines, summed[1])
        if term.written in seen:
            raise FaultError(term.offset, _SIDES.fill(name=term.written))
        seen.add(term.written)


def _known(name: Item, known: Sequence[str], what: Text) -> None:
    if name.written not in known:
        remedy = correction(name.written, known)
        raise FaultError(name.offset, _NO_SUCH.fill(what=what, name=name.written, remedy=remedy))


def _distinct(items: Iterable[Item], key: str, what: Text) -> None:
    seen = set()
    for item in items:
        name = value(item, key)
        if name.written in seen:
            raise FaultError(name.offset, _TWICE.fill(what=what, name=name.written))
        seen.add(name.written)


def _apart(labels: Iterable[tuple[str, Item, Item]]) -> None:
    seen: dict[str, Item] = {}
    for key, label, official in labels:
        if key in seen:
            raise FaultError(label.offset, _COLLIDES.fill(label=label.written, other=seen[key].written))
        seen[key] = official


def main() -> int:
    """Check the form files named on the command line together; return 0, or 1 after reporting a fault."""
    files = {}
    try:
        for path in sys.argv[1:]:
            with open(path, encoding="utf-8", newline="") as file:
                files[path] = file.read()
        check_all(files)
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 1
    except FileError as error:
        sys.stderr.write(f"{error.text.zh}\n{error.text.en}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
