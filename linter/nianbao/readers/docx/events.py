"""A part of a docx as a stream of events: names without their namespaces, limits kept, no tree."""

from collections.abc import Callable, Mapping
from functools import cache
from xml.parsers import expat

from nianbao.readers import limits
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

Attributes = Mapping[str, str]
Begin = Callable[[Attributes], None]
Finish = Callable[[], None]

# The transitional namespace and the strict one. Names here carry the prefix that Word writes, but for w.
_NAMESPACES = {
    "w": (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    "m": (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    ),
    "mc": ("http://schemas.openxmlformats.org/markup-compatibility/2006",),
    "a": (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
    ),
    "c": (
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "http://purl.oclc.org/ooxml/drawingml/chart",
    ),
    "dgm": (
        "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "http://purl.oclc.org/ooxml/drawingml/diagram",
    ),
    "v": ("urn:schemas-microsoft-com:vml",),
    "o": ("urn:schemas-microsoft-com:office:office",),
    "s": (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    "rel": ("http://schemas.openxmlformats.org/package/2006/relationships",),
}
_WORD = tuple(f"{uri} " for uri in _NAMESPACES["w"])
_OFF = frozenset({"0", "false", "off"})

DAMAGED = Text(
    "文件已损坏或不完整（{part}）；请用 Office 或 WPS 打开，另存一份，打不开的换一份完好的",
    "the file is damaged or incomplete ({part}); open it in Office or WPS, save a copy and check that, or take one that is whole",
)
_DOCTYPE = Text(
    "{part} 里有 DOCTYPE 声明，Office 和 WPS 从不这样写，可能是恶意文件，没有读；请核实文件的来源",
    "{part} holds a DOCTYPE, which neither Office nor WPS ever writes; it may be hostile and was not read: ask where it comes from",
)
_MUCH = Text(
    "{part} 里的标签超过 {most} 个，不像一份年度报告，没有读；请核对文件",
    "{part} holds more than {most} tags, which no annual report does; it was not read: check the file",
)
_DEEP = Text(
    "{part} 里的元素层层嵌套超过 {most} 层，不像一份年度报告，没有读；请核对文件",
    "{part} nests elements more than {most} deep, which no annual report does; it was not read: check the file",
)


class Scope:
    """The functions to call at the start and at the end of elements, by name; other elements are passed through."""

    def __init__(self, begin: Mapping[str, Begin], finish: Mapping[str, Finish]) -> None:
        self.begin = begin
        self.finish = finish


def scope(begin: Mapping[str, Begin], finish: Mapping[str, Finish] | None = None) -> Scope:
    """Return a Scope by the names that expat gives, from names as Word writes them (`p`, `m:r`)."""
    return Scope(
        {full: call for name, call in begin.items() for full in _full(name)},
        {full: call for name, call in (finish or {}).items() for full in _full(name)},
    )


@cache
def _full(name: str) -> tuple[str, ...]:
    prefix, _, local = name.rpartition(":")
    return tuple(f"{uri} {local}" for uri in _NAMESPACES[prefix or "w"])


NOTHING = Scope({}, {})


def value(attributes: Attributes, name: str = "val") -> str | None:
    """Return the attribute w:*name*, None if there is none."""
    transitional, strict = _WORD
    text = attributes.get(transitional + name)
    return attributes.get(strict + name) if text is None else text


def whole(attributes: Attributes, name: str = "val", default: int = 0) -> int:
    """Return the attribute w:*name* as a whole number, *default* if it is none."""
    text = value(attributes, name) or ""
    # No number here is longer than ten digits, and int() of a million digits is slow.
    return int(text) if len(text) <= 10 and text.isascii() and text.isdecimal() else default


def is_on(attributes: Attributes) -> bool:
    """Return whether a property that is on or off is on: without a value it is."""
    return (value(attributes) or "").lower() not in _OFF


class Walk:
    """One pass over the elements of a part, which calls the functions of the current scope."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._scope = NOTHING
        self._outer: list[Scope] = []  # for each open element the scope around it
        self._most = limits.DOCX_NESTED

    def run(self, data: bytes, first: Scope) -> None:
        """Read *data*, beginning in the scope *first*. Raises UnreadableError."""
        if data.count(b"<") > limits.DOCX_TAGS:
            raise UnreadableError(_MUCH.fill(part=self.part, most=limits.DOCX_TAGS))
        self._scope = first
        self._listen()
        self._parser.StartDoctypeDeclHandler = self._doctype
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError:
            raise UnreadableError(DAMAGED.fill(part=self.part)) from None
        except (LookupError, ValueError):
            if self._outer:
                raise
            raise UnreadableError(DAMAGED.fill(part=self.part)) from None  # an encoding that expat lacks

    def within(self, inner: Scope, up: int = 0) -> None:
        """Use the scope *inner* until the element just begun ends, or the one *up* levels above it."""
        self._scope = inner
        for level in range(max(-up, -len(self._outer)), 0):
            self._outer[level] = inner

    def leap(self, name: str) -> None:
        """Skip the element *name*, just begun and never nested in itself, at a third of the cost."""
        names = _full(name)

        def end(ended: str) -> None:
            if ended in names:
                self._listen()
                self._end(ended)

        self._parser.StartElementHandler = None
        self._parser.EndElementHandler = end

    def hear(self, take: Callable[[str], None] | None) -> None:
        """Pass the following characters to *take*, or drop them."""
        self._parser.CharacterDataHandler = take

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        outer, begin = self._outer, self._scope.begin
        outer.append(self._scope)
        if len(outer) > self._most:
            raise UnreadableError(_DEEP.fill(part=self.part, most=self._most))
        if name in begin:
            begin[name](attributes)

    def _end(self, name: str) -> None:
        finish = self._scope.finish
        if name in finish:
            finish[name]()
        self._scope = self._outer.pop()

    def _doctype(self, *declared: object) -> None:
        raise UnreadableError(_DOCTYPE.fill(part=self.part))
