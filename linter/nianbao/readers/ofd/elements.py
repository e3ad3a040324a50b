"""The elements of a part of an OFD, by their local names: its programs write two namespaces, and any prefix."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Protocol
from xml.parsers import expat

from nianbao.readers import limits
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

DAMAGED = Text(
    "OFD 文件已损坏或者不完整（{part}），无法读取；请重新导出或者重新下载",
    "the OFD is damaged or incomplete ({part}); export or download it again",
)
_DOCTYPE = Text(
    "OFD 文件的 {part} 里有 DOCTYPE 声明，制作软件从不这样写，可能是恶意文件，没有读；请核实文件的来源",
    "{part} of the OFD holds a DOCTYPE, which no program writes; it may be hostile and was not read: ask where it comes from",
)
_DEEP = Text(
    "OFD 文件的 {part} 里元素层层嵌套超过 {most} 层，不像一份年度报告，没有读；请核对文件",
    "{part} of the OFD nests elements more than {most} deep, which no annual report does; it was not read: check the file",
)


class Allowance(Protocol):
    """What may still be read."""

    def spend(self, tags: int) -> None:
        """Count *tags*. Raises UnreadableError when they are too many."""


class Element:
    """An element with its attributes, its children in order, and the text before the first of them."""

    __slots__ = ("attributes", "children", "name", "part", "text")

    def __init__(self, name: str, attributes: dict[str, str], part: str) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.part = part  # the name of the part that it is in

    def every(self, *path: str) -> Iterator["Element"]:
        """Yield the elements at the end of *path*, names from child to child."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.every(*path[1:])

    def first(self, *path: str) -> "Element | None":
        """Return the first of `every`, None for none."""
        return next(self.every(*path), None)

    def get(self, name: str) -> str:
        """Return the attribute *name*, "" for none."""
        return self.attributes.get(name, "")

    def numbers(self, words: Sequence[str]) -> list[float]:
        """Return *words* of this element as numbers. Raises UnreadableError for what is none."""
        try:
            values = list(map(float, words))
        except ValueError:
            values = [float("nan")]
        if not all(map(isfinite, values)):
            raise UnreadableError(DAMAGED.fill(part=self.part))
        return values


def tree(data: bytes, part: str, allowance: Allowance) -> Element:
    """Return the root of the XML *data*. Raises UnreadableError for what is no XML, too deep, or has a DOCTYPE."""
    allowance.spend(data.count(b"<"))
    top = Element("", {}, part)
    open_ = [top]
    words: list[str] = []

    def close() -> None:
        if words:
            if not open_[-1].children:
                open_[-1].text = "".join(words)
            words.clear()

    def start(name: str, attributes: dict[str, str]) -> None:
        close()
        if len(open_) > limits.OFD_NESTED:
            raise UnreadableError(_DEEP.fill(part=part, most=limits.OFD_NESTED))
        element = Element(name.rpartition(":")[2], attributes, part)
        open_[-1].children.append(element)
        open_.append(element)

    def end(_: str) -> None:
        close()
        open_.pop()

    def doctype(*_: object) -> None:
        raise UnreadableError(_DOCTYPE.fill(part=part))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError):  # or an encoding that expat lacks
        raise UnreadableError(DAMAGED.fill(part=part)) from None
    return top.children[0]
