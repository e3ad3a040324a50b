"""XML 1.0 with any text in it."""

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


def serialised(tree: Element) -> str:
    """Return *tree* as a document."""
    indent(tree)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(tree, encoding="unicode")}\n'
