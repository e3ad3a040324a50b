"""The roster of a round: the units that report, their levels, the units above them, and what they are called for short."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.regular import contents
from nianbao.files.system_errors import reason_of
from nianbao.files.yaml_file import FaultError, Faults, FileError
from nianbao.report.issuer import LEVEL_WORDS, level_of
from nianbao.run.units import Roster, Unit
from nianbao.text.language import Text
from nianbao.text.nearest import nearest
from nianbao.text.source import Source, UnreadableError

NAME = "units.csv"
HEADS = ("机关", "级别", "上级", "简称")
_BYTES = 4 << 20  # a hundred thousand units
_MOST = 100_000
_HEADS: Mapping[str, str] = {
    **dict.fromkeys(("机关", "机关名称", "单位", "单位名称", "名称", "name", "organ", "unit"), "name"),
    **dict.fromkeys(("级别", "层级", "机关级别", "level"), "level"),
    **dict.fromkeys(("上级", "上级机关", "上级单位", "主管机关", "parent"), "parent"),
    **dict.fromkeys(("简称", "别名", "short names", "short name", "short_names", "short"), "short"),
}
_ENCODINGS = ("utf-8", "gb18030")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NO_CSV = (b"PK", b"\xd0\xcf\x11\xe0")
_SIGNS = "、，,；;/|"

_WORKBOOK = Text(
    "这是 Excel 文件；在 Excel 里另存为“CSV UTF-8（逗号分隔）”，再用那个文件",
    "this is an Excel file: save it in Excel as “CSV UTF-8 (comma delimited)” and give that",
)
_NOT_READ = Text("读不出来（{why}）；核对路径和权限", "cannot be read ({why}): check path and permissions")
_NO_TEXT = Text(
    "不是 UTF-8 或 GB18030 编码的文本；另存为“CSV UTF-8”",
    "no text in UTF-8 or GB18030: save it as “CSV UTF-8”",
)
_NO_CELLS = Text("不是 CSV（{why}）；核对引号", "not CSV ({why}): check the quotes")
_NO_HEAD = Text(
    "第一行应是列名，至少有“机关”；可以有“级别”“上级”“简称”",
    "the first line has the heads: at least name; level, parent and short names if they are known",
)
_HEAD_TWICE = Text("“{head}”这一列有两列；留一列", "column {head} is here twice: keep one")
_NOBODY = Text("名册里没有机关；从第二行起，一行写一个", "no unit in it: one a line, from the second line on")
_NO_NAME = Text("这一行没有写机关；补上，或者删去这一行", "no unit is named here: name it or delete the line")
_TWICE = Text(
    "“{name}”第 {line} 行已经有了；删去一行，或者把名称写全",
    "{name} is in line {line} already: delete one, or write the names in full",
)
_NO_LEVEL = Text("没有级别“{word}”；可用：{words}", "no level {word}: there are {words}")
_NO_PARENT = Text("上级“{name}”不在名册里；{remedy}", "its parent {name} is not in the roster: {remedy}")
_NEAR = Text("是不是“{near}”？", "is it {near}?")
_ADD = Text("给它加一行，或者写成名册里的名称", "add a line for it, or write its name as it is there")
_LOOP = Text(
    "上级绕了一圈：{names}；改正其中一行", "the parents go in a circle, {names}: correct one of the lines"
)
_ITSELF = Text("上级是它自己；删去或者改正", "its parent is itself: delete it or correct it")
_MANY = Text("超过 {most} 个机关；拆分", "more than {most} units: make several files")


def read_roster(path: str) -> Roster:
    """Return the roster in the CSV file at *path*. Raises FileError with all that is wrong, line by line."""
    source = _source(path)
    try:
        rows = _rows(source)
        with Faults() as faults:
            units = {unit.name: unit for unit in _units(rows, faults)}
            _join(units, rows, faults)
        if not units:
            raise FaultError(0, _NOBODY)
    except FaultError as fault:
        raise FileError(source, fault) from None
    return Roster(path, units)


def is_roster(text: str) -> bool:
    """Return whether *text* begins as a roster does, with the heads of its columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    heads = {_HEADS.get(word.strip("*＊ \ufeff").casefold()) for word in re.split("[,;\t]", first)}
    return "name" in heads and len(heads - {None}) > 1


def _source(path: str) -> Source:
    """Return the text of the file at *path*. Raises FileError."""
    try:
        data = contents(path, _BYTES)
    except UnreadableError as error:
        raise FileError(Source("", path), FaultError(0, error.reason)) from None
    except (OSError, ValueError) as error:
        reason = _NOT_READ.fill(why=reason_of(error))
        raise FileError(Source("", path), FaultError(0, reason)) from None
    if data.startswith(_NO_CSV):
        raise FileError(Source("", path), FaultError(0, _WORKBOOK))
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return Source(text.removeprefix("\ufeff"), path)  # GB18030 may have the mark too
    raise FileError(Source("", path), FaultError(0, _NO_TEXT))


class _Row(NamedTuple):
    """A line of the file: its number, where it begins, and what it has in the columns that are known."""

    line: int
    offset: int
    cells: Mapping[str, str]


def _rows(source: Source) -> list[_Row]:
    """Return the rows below the head that have anything in them. Raises FaultError."""
    lines = source.text.splitlines(keepends=True)
    first = next((each for each in lines if each.strip()), "")
    sign = max(",\t;", key=first.count)
    starts = [0]
    for each in lines:
        starts.append(starts[-1] + len(each))
    reader = csv.reader(lines, delimiter=sign, strict=True)
    heads: list[str] | None = None
    found: list[_Row] = []
    begun = 0
    try:
        for cells in reader:
            offset, line, begun = starts[begun], begun + 1, reader.line_num
            words = [" ".join(cell.split()) for cell in cells]
            if not any(words):
                continue
            if heads is None:
                heads = _heads(words, offset)
                continue
            found.append(_Row(line, offset, dict(zip(heads, words, strict=False))))
            if len(found) > _MOST:
                raise FaultError(offset, _MANY.fill(most=_MOST))
    except csv.Error as error:
        raise FaultError(starts[begun], _NO_CELLS.fill(why=error)) from None
    if heads is None:
        raise FaultError(0, _NO_HEAD)
    return found


def _heads(words: Sequence[str], offset: int) -> list[str]:
    """Return what each column is about, its own word if that is not known. Raises FaultError."""
    heads = [_HEADS.get(word.strip("*＊ ").casefold(), word) for word in words]
    if "name" not in heads:
        raise FaultError(offset, _NO_HEAD)
    for head, count in Counter(heads).items():
        if count > 1 and head in _HEADS.values():
            twice = next(word for word, known in zip(words, heads, strict=True) if known == head)
            raise FaultError(offset, _HEAD_TWICE.fill(head=twice))
    return heads


def _units(rows: Sequence[_Row], faults: Faults) -> Iterator[Unit]:
    """Yield the units of *rows*, each name once; what is wrong is noted in *faults*."""
    lines: dict[str, int] = {}
    for line, offset, cells in rows:
        with faults.noted:
            name = "".join(cells.get("name", "").split())
            if not name:
                raise FaultError(offset, _NO_NAME)
            if name in lines:
                raise FaultError(offset, _TWICE.fill(name=name, line=lines[name]))
            lines[name] = line
            word = cells.get("level", "")
            level = level_of(word)
            if word and level is None:
                words = "、".join(LEVEL_WORDS)
                raise FaultError(offset, _NO_LEVEL.fill(word=word, words=words))
            short = cells.get("short", "")
            for sign in _SIGNS:
                short = short.replace(sign, " ")
            yield Unit(name, level, "".join(cells.get("parent", "").split()), tuple(short.split()), line)


def _join(units: dict[str, Unit], rows: Sequence[_Row], faults: Faults) -> None:
    """Have each of *units* name its parent in full; one that there is not, and a loop, are noted in *faults*."""
    by_short: dict[str, list[str]] = {}
    for unit in units.values():
        for short in unit.short:
            by_short.setdefault(short, []).append(unit.name)
    offsets = {row.line: row.offset for row in rows}
    for unit in tuple(units.values()):
        parent = unit.parent
        if not parent:
            continue
        with faults.noted:
            if parent not in units:
                meant = by_short.get(parent, [])
                if len(meant) != 1:
                    near = nearest(parent, units)
                    remedy = _NEAR.fill(near=near) if near else _ADD
                    raise FaultError(offsets[unit.line], _NO_PARENT.fill(name=parent, remedy=remedy))
                units[unit.name] = unit._replace(parent=meant[0])
            if units[unit.name].parent == unit.name:
                units[unit.name] = unit._replace(parent="")
                raise FaultError(offsets[unit.line], _ITSELF)
    for circle in _circles(units):
        with faults.noted:
            names = " → ".join([*circle, circle[0]])
            raise FaultError(offsets[units[circle[0]].line], _LOOP.fill(names=names))


def _circles(units: Mapping[str, Unit]) -> Iterator[list[str]]:
    """Yield the names of the units that are above each other in a circle, each circle once."""
    ended: set[str] = set()
    for first in units:
        name, way = first, dict[str, None]()
        while name in units and name not in ended and name not in way:
            way[name] = None
            name = units[name].parent
        if name in way:
            names = list(way)
            yield names[names.index(name) :]
        ended.update(way)


def written(units: Sequence[Unit]) -> bytes:
    """Return *units* as a roster that Excel opens, in Chinese."""
    from io import StringIO

    from nianbao.report.issuer import LEVEL_NAMES

    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for unit in units:
        level = LEVEL_NAMES[unit.level] if unit.level else ""
        writer.writerow((unit.name, level, unit.parent, "、".join(unit.short)))
    return text.getvalue().encode("utf-8-sig")
