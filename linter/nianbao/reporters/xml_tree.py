"""XML 1.0 with any text in it."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from nianbao_grammar import patterns as re

_NO_CHARACTER = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, production 2


def legal(text: str) -> str:
    """Return *text* without the characters that XML 1.0 cannot hold, and with a bar between two cells."""
    return re.sub(_NO_CHARACTER, "", text.replace("\x1f", "│"))


def root(name: str, attributes: Mapping[str, object]) -> Element:
    """Return a new element."""
    return Element(name, {key: legal(str(value)) for key, value in attributes.items()})


def put(parent: Element, name: str, attributes: Mapping[str, object], text: str = "") -> Element:
    """Return a new element at the end of *parent*."""
    made = SubElement(parent, name, {key: legal(str(value)) for key, value in attributes.items()})
    made.text = legal(text) or None
    return made


def serialised(tree: Element) -> str:
    """Return *tree* as a document."""
    indent(tree)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(tree, encoding="unicode")}\n'
