"""XML 1.0 with any text in it, written as a stream."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from nianbao.text.inert import inert


def root(name: str, attributes: Mapping[str, object]) -> Element:
    """Return a new element."""
    return Element(name, {key: _held(str(value)) for key, value in attributes.items()})


def put(parent: Element, name: str, attributes: Mapping[str, object], text: str = "") -> Element:
    """Return a new element at the end of *parent*."""
    made = SubElement(parent, name, {key: _held(str(value)) for key, value in attributes.items()})
    made.text = _held(text) or None
    return made


def _held(text: str) -> str:
    """Return *text* as XML can hold it: the characters that it lacks are escapes too."""
    return inert(text, "\n\t")


def in_attribute(text: str) -> str:
    """Return *text* as it is written between the quotes of an attribute."""
    return tostring(root("a", {"a": text}), encoding="unicode")[len('<a a="') : -len('" />')]


def inside(element: Element) -> str:
    """Return *element* as text that stands directly below the root of a document."""
    indent(element, level=1)
    return f"  {tostring(element, encoding='unicode')}\n"


class Document:
    """A document whose root is written before the elements in it are known."""

    def __init__(self, whole: Element) -> None:
        """Take the root, without the elements in it."""
        self.root = whole
        self.begun = False

    def more(self, texts: str) -> str:
        """Return the text that adds elements, each as `inside` returns it."""
        if not texts:
            return ""
        head = "" if self.begun else f"{self._empty().removesuffix(' />')}>\n"
        self.begun = True
        return head + texts

    def end(self) -> str:
        """Return the end of the document."""
        return f"</{self.root.tag}>\n" if self.begun else f"{self._empty()}\n"

    def _empty(self) -> str:
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(self.root, encoding="unicode")}'
