"""YAML with the position of every value, and without its surprises.

It is read from the events of the parser: values behind an alias are shared, never copied, so a file cannot grow
while it is read; and a scalar keeps the words that YAML 1.1 turns into numbers, dates and truth values.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import NoneType
from typing import Any

import yaml
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.regular import HANDWRITTEN_BYTES, contents
from nianbao.files.settings_error import SettingsError
from nianbao.files.system_errors import reason_of
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_LARGEST = 256 * 1024  # characters; the official forms have some twelve thousand
DEEPEST = 16
_MOST_VALUES = 20_000
_MOST_ALIASES = 64
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
_WHOLE_BELOW = 10**9

# libyaml, if PyYAML was built with it, is sixteen times faster.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    _TAG + "str": Text("文本", "a text"),
    _TAG + "int": Text("数字", "a number"),
    _TAG + "float": Text("数字", "a number"),
    _TAG + "bool": Text("真假值", "a truth value"),
    _TAG + "null": Text("空值", "nothing"),
    _TAG + "timestamp": Text("日期", "a date"),
    _TAG + "merge": Text("合并键", "a merge key"),
    "list": Text("列表", "a list"),
    "mapping": Text("键值对", "a mapping"),
}
_TOO_LARGE = Text(
    "文件超过 {most} 个字符；拆分或删减", "the file has more than {most} characters: make it smaller"
)
_NOT_READ = Text("读不出来（{why}）；核对路径和权限", "cannot be read ({why}): check path and permissions")
_EMPTY = Text(
    "文件里没有内容；照已有的文件写起", "the file has no content: begin with a copy of one that has"
)
_CONTROL = Text("有控制字符 U+{code:04X}；删去", "control character U+{code:04X}: delete it")
_TAB = Text("这里用了制表符，YAML 只许用空格；改为空格", "a tab, where YAML allows spaces only: use spaces")
_SYNTAX = Text(
    "YAML 语法有误（{problem}）；核对缩进、冒号后的空格、成对的引号和括号",
    "not YAML ({problem}): check indentation, the space after a colon, and that quotes and brackets close",
)
_SIGN = Text(
    "以 {sign} 开头的文本，YAML 读作别的意思；给它加上引号",
    "YAML reads something else in a text that begins with {sign}: put it in quotes",
)
DEEP = Text("嵌套超过 {most} 层；减少层次", "nested more than {most} deep: use fewer levels")
_ALIASES = Text("引用（*名字）超过 {most} 处；直接写出内容", "more than {most} aliases: write the values out")
_GROWN = Text(
    "引用展开后超过 {most} 个值；直接写出内容",
    "more than {most} values once aliases are followed: write them out",
)
_NO_ANCHOR = Text("“*{name}”之前没有“&{name}”；先定义再引用", "no &{name} before *{name}: define it first")
_ANCHORS = Text("“&{name}”定义了两次；换一个名字", "&{name} is defined twice: give one of them another name")
_TAGGED = Text("不使用类型标记“{tag}”；删去", "type tags are not used here: delete {tag}")
_KEY = Text(
    "键应为文本，这里是{kind}；键名一律用英文单词，见已有的文件",
    "a key is a text and this is {kind}: keys are English words, see an existing file",
)
_TWICE = Text("键“{key}”在同一处写了两次；删去一个", "key {key} is here twice: delete one")
_AT = Text("{where}: {reason}", "{where}: {reason}")
_COUNT = Text("共 {count} 处错误", "{count} faults")
_ONE = Text(
    "一个文件只写一份内容；删去这个“---”和其后的内容", "one document a file: delete this --- and what follows"
)


class FaultError(Exception):
    """An error at an offset of a text; the *reason* says how to correct it, *others* come after it in the text."""

    def __init__(self, offset: int, reason: Text, others: "tuple[FaultError, ...]" = ()) -> None:
        super().__init__(reason.en)
        self.offset = offset
        self.reason = reason
        self.others = others

    @property
    def all(self) -> "tuple[FaultError, ...]":
        """Itself and the others."""
        return (self, *self.others)


class Faults:
    """The faults of one text, raised together at the end of a `with` in which each is noted.

    What needs nothing from a step that may fail is done even if that fails; what needs it is done inside it.
    """

    def __init__(self) -> None:
        self.found: list[FaultError] = []
        self.noted = _Noted(self.found)

    def __enter__(self) -> "Faults":
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise what was noted and *error*, if it is a fault too, as one FaultError."""
        if isinstance(error, FaultError):
            self.found.extend(error.all)
        elif error is not None:
            return
        # Behind an alias the same fault is met again.
        unlike = {(fault.offset, fault.reason): fault for fault in self.found}
        ordered = sorted(unlike.values(), key=lambda fault: fault.offset)
        if ordered:
            first, *others = ordered
            raise FaultError(first.offset, first.reason, tuple(others)) from None


class _Noted:
    """A `with` that keeps the fault that ends it, and goes on after it."""

    def __init__(self, found: list[FaultError]) -> None:
        self._found = found

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, FaultError):
            self._found.extend(error.all)
        return isinstance(error, FaultError)


class FileError(SettingsError):
    """An error in a file; *text* is `path:line:column: …` in both languages, a line for each of several faults.

    *fault*, *line* and *column* are those of the first.
    """

    def __init__(self, source: Source, fault: FaultError) -> None:
        position = source.position(fault.offset)
        self.source = source
        self.fault = fault
        self.path = source.path
        self.line = position.line
        self.column = position.column
        lines = [_placed(source, each) for each in fault.all]
        if fault.others:
            lines.append(_COUNT.fill(count=len(lines)))
        super().__init__(Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines)))


def _placed(source: Source, fault: FaultError) -> Text:
    at = source.position(fault.offset)
    return _AT.fill(where=f"{source.path}:{at.line}:{at.column}", reason=fault.reason)


class Item(NamedTuple):
    """A value with its offset. *content* is None for null and for anything but a text, count or truth value."""

    content: "str | int | bool | tuple[Item, ...] | dict[str, Pair] | None"
    kind: Text
    written: str  # a scalar as in the file, without quotes
    offset: int
    size: int  # the number of values in it, itself included


class Pair(NamedTuple):
    """A key of a mapping and its value."""

    key: Item
    value: Item


def read(text: str) -> Item:
    """Return the one document in *text*. Raises FaultError for what is wrong with it, until it cannot be read on."""
    if len(text) > _LARGEST:
        raise FaultError(0, _TOO_LARGE.fill(most=_LARGEST))
    if "\t" not in text:  # libyaml accepts tabs that YAML does not allow
        try:
            return _Reader(text, _FAST).document()
        except (yaml.YAMLError, UnicodeError):
            pass
    return _read_slowly(text)


def _read_slowly(text: str) -> Item:
    """Return the document as the parser in Python reads it: its errors are exact and the same everywhere."""
    try:
        return _Reader(text, yaml.SafeLoader).document()
    except yaml.reader.ReaderError as error:
        raise FaultError(error.position, _CONTROL.fill(code=ord(text[error.position]))) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        if text[offset : offset + 1] == "\t":
            raise FaultError(offset, _TAB) from None
        sign = text[offset : offset + 1]
        if text[offset - 1 : offset] in ("*", "&"):  # *.txt: an alias by the book, a pattern by intent
            offset, sign = offset - 1, text[offset - 1]
        if sign and sign in "*&@`%":
            raise FaultError(offset, _SIGN.fill(sign=sign)) from None
        raise FaultError(offset, _SYNTAX.fill(problem=error.problem or error.context)) from None


def read_file(path: str, text: str | None = None) -> tuple[Source, Item]:
    """Return the file at *path* and the one document in it. Raises FileError, also if there is no such file.

    *text* is its content while it is open in an editor, in place of that on disk.
    """
    if text is not None:
        return _read_source(Source(text, path))
    with reading(path):
        source = Source.decode(contents(path, HANDWRITTEN_BYTES), path)
    return _read_source(source)


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn every error of opening, reading and decoding the file at *path* into a FileError."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = _NOT_READ.fill(why=reason_of(error))
        raise FileError(Source("", path), FaultError(0, reason)) from None
    except UnreadableError as error:
        raise FileError(Source("", path), FaultError(0, error.reason)) from None


def _read_source(source: Source) -> tuple[Source, Item]:
    try:
        return source, read(source.text)
    except FaultError as fault:
        raise FileError(source, fault) from None


def plain(item: Item) -> object:
    """Return the data of *item* without offsets, as yaml.safe_load returns it."""
    if isinstance(item.content, tuple):
        return [plain(value) for value in item.content]
    if isinstance(item.content, dict):
        return {key: plain(entry.value) for key, entry in item.content.items()}
    return item.content


def item_of(data: object) -> Item:
    """Return plain data as items without offsets, so that data of a program is checked against the same shapes."""
    if isinstance(data, Mapping):
        entries = {str(key): Pair(item_of(str(key)), item_of(value)) for key, value in data.items()}
        return Item(entries, _KINDS["mapping"], "", 0, 1)
    if isinstance(data, list | tuple):
        return Item(tuple(map(item_of, data)), _KINDS["list"], "", 0, 1)
    if isinstance(data, bool):
        return Item(data, _KINDS[_TAG + "bool"], str(data).lower(), 0, 1)
    if isinstance(data, int):
        whole = abs(data) < _WHOLE_BELOW  # a longer one may be too long to be written in decimals
        return Item(data if whole else None, _KINDS[_TAG + "int"], str(data) if whole else hex(data), 0, 1)
    if isinstance(data, str):
        return Item(data, _KINDS[_TAG + "str"], data, 0, 1)
    kind = {float: "float", NoneType: "null"}.get(type(data), "timestamp")
    return Item(None, _KINDS[_TAG + kind], "" if data is None else str(data), 0, 1)


class _Reader:
    """Builds items from the events of one text."""

    def __init__(self, text: str, parser: Any) -> None:
        self.loader: Any = parser(text)  # its types stop short of events
        self.anchors: dict[str, Item] = {}
        self.aliases = 0
        self.faults = Faults()  # after which the rest can still be read

    def document(self) -> Item:
        with self.faults:
            return self._document()

    def _document(self) -> Item:
        loader = self.loader
        loader.get_event()  # the start of the stream
        if loader.check_event(yaml.StreamEndEvent):
            raise FaultError(0, _EMPTY)
        loader.get_event()  # the start of the document
        item = self._item(0)
        loader.get_event()  # its end
        if not loader.check_event(yaml.StreamEndEvent):
            raise FaultError(loader.peek_event().start_mark.index, _ONE)
        return item

    def _item(self, depth: int) -> Item:
        event: Any = self.loader.get_event()
        offset: int = event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", offset)
        with self.faults.noted:
            if event.tag not in (None, "!"):
                raise FaultError(offset, _TAGGED.fill(tag=event.tag))
        if depth > DEEPEST:
            raise FaultError(offset, DEEP.fill(most=DEEPEST))
        if isinstance(event, yaml.ScalarEvent):
            item = self._scalar(event, offset)
        elif isinstance(event, yaml.SequenceStartEvent):
            item = self._list(offset, depth + 1)
        else:
            item = self._mapping(offset, depth + 1)
        if item.size > _MOST_VALUES:
            raise FaultError(offset, _GROWN.fill(most=_MOST_VALUES))
        if event.anchor is not None:
            if event.anchor in self.anchors:
                raise FaultError(offset, _ANCHORS.fill(name=event.anchor))
            self.anchors[event.anchor] = item
        return item

    def _alias(self, name: str, offset: int) -> Item:
        self.aliases += 1
        if self.aliases > _MOST_ALIASES:
            raise FaultError(offset, _ALIASES.fill(most=_MOST_ALIASES))
        if name not in self.anchors:
            raise FaultError(offset, _NO_ANCHOR.fill(name=name))
        return self.anchors[name]._replace(offset=offset)

    def _scalar(self, event: yaml.ScalarEvent, offset: int) -> Item:
        written: str = event.value
        tag = self.loader.resolve(yaml.ScalarNode, written, event.implicit)
        content: str | int | bool | None = None
        if tag == _TAG + "str":
            content = written
        elif tag == _TAG + "bool":
            content = written.lower() in ("yes", "true", "on")
        elif tag == _TAG + "int" and _WHOLE.fullmatch(written):
            content = int(written)
        return Item(content, _KINDS.get(tag, _KINDS[_TAG + "str"]), written, offset, 1)

    def _list(self, offset: int, depth: int) -> Item:
        items = []
        while not self.loader.check_event(yaml.SequenceEndEvent):
            items.append(self._item(depth))
        self.loader.get_event()
        return Item(tuple(items), _KINDS["list"], "", offset, 1 + sum(item.size for item in items))

    def _mapping(self, offset: int, depth: int) -> Item:
        entries: dict[str, Pair] = {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            key, item = self._item(depth), self._item(depth)
            with self.faults.noted:
                if not isinstance(key.content, str):
                    raise FaultError(key.offset, _KEY.fill(kind=key.kind))
                if key.content in entries:
                    raise FaultError(key.offset, _TWICE.fill(key=key.content))
                entries[key.content] = Pair(key, item)
        self.loader.get_event()
        return Item(
            entries, _KINDS["mapping"], "", offset, 1 + sum(entry.value.size for entry in entries.values())
        )
