"""A docx to be written back: its protection, its main part, and the parts around that."""

import posixpath
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Literal
from xml.parsers import expat

from nianbao.readers.docx.events import Attributes, Walk, scope, value
from nianbao.readers.docx.package import Package
from nianbao.text.language import Text
from nianbao.text.splice import Splice, spliced
from nianbao.writers.docx.archive import Archive
from nianbao.writers.docx.layout import STRICT, Layout
from nianbao.writers.writer import RefusedError

Purpose = Literal["tracked", "direct", "comments"]

_SIGNED = Text(
    "文档带有数字签名，改了签名就失效，没有改；请在 Word 中去掉签名，另存后再试",
    "the document is signed, and any change would break the signature: remove it in Word, save a copy and try again",
)
_STRICT = Text(
    "文档存成了 Strict Open XML 格式，不能原样写回，没有改；请在 Word 中另存为普通的“Word 文档（.docx）”再试",
    "the document is saved as Strict Open XML, which is not written back: save it in Word as an ordinary “Word document (.docx)” and try again",
)
_PROTECTED = Text(
    "文档设了编辑限制（{what}），没有改；请在 Word“审阅 → 限制编辑”中停止保护，另存后再试",
    "the document is protected ({what}): stop the protection in Word (Review, Restrict Editing), save a copy and try again",
)
_PROTECTIONS = {
    "readOnly": Text("只读", "read only"),
    "comments": Text("只许批注", "comments only"),
    "trackedChanges": Text("只许修订", "tracked changes only"),
    "forms": Text("只许填写窗体", "filling in forms only"),
}
_PERMITS: Mapping[Purpose, frozenset[str]] = {
    "tracked": frozenset({"", "none", "trackedChanges"}),
    "direct": frozenset({"", "none"}),
    "comments": frozenset({"", "none", "comments", "trackedChanges"}),
}
_ON = frozenset({"1", "true", "on"})


class Docx:
    """The bytes of a docx that may be changed for a *purpose*."""

    def __init__(self, data: bytes, purpose: Purpose) -> None:
        """Take the file. Raises RefusedError if it is signed, protected, Strict or cannot be kept as it is."""
        self.archive = Archive(data)
        self._package = Package(data)
        if any(name.startswith("_xmlsignatures/") for name in self.archive.entries):
            raise RefusedError(_SIGNED)
        self._check_protection(purpose)
        if self.layout.namespace == STRICT:
            raise RefusedError(_STRICT)

    @property
    def main(self) -> str:
        """The name of the main part."""
        return self._package.main

    @cached_property
    def layout(self) -> Layout:
        """The main part taken apart."""
        return Layout(self.main, self._package.document())

    def related(self, kind: str) -> tuple[str, bytes] | None:
        """Return name and content of the part that the main part has as its *kind*, None if there is none."""
        return self._package.related(kind)

    @property
    def relationships(self) -> str:
        """The name of the part with the relationships of the main part."""
        folder, base = posixpath.split(self.main)
        return posixpath.join(folder, "_rels", f"{base}.rels")

    def changed(self, splices: list[Splice], parts: Mapping[str, bytes] | None = None) -> bytes:
        """Return the file with *splices* in its main part and other *parts* replaced or added."""
        return self.archive.with_parts({self.main: spliced(self.layout.data, splices), **(parts or {})})

    def _check_protection(self, purpose: Purpose) -> None:
        settings = self.related("settings")
        if settings is None:
            return
        kinds: list[str] = []

        def protection(attributes: Attributes) -> None:
            if (value(attributes, "enforcement") or "").lower() in _ON:
                kinds.append(value(attributes, "edit") or "")

        Walk(settings[0]).run(settings[1], scope({"documentProtection": protection}))
        for kind in kinds:
            if kind not in _PERMITS[purpose]:
                raise RefusedError(_PROTECTED.fill(what=_PROTECTIONS.get(kind, Text(kind, kind))))


def with_last(part: bytes, make: Callable[[bytes], bytes]) -> bytes:
    """Return the XML *part* with a new last child of its root, which *make* returns for the prefix of the root.

    Raises RefusedError if the part is damaged.
    """
    parser = expat.ParserCreate()
    ends: list[tuple[str, int]] = []

    def end(name: str) -> None:
        ends[:] = [(name, parser.CurrentByteIndex)]

    parser.StartElementHandler = _pass  # without it, expat puts the end of an empty element at its start
    parser.EndElementHandler = end
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise RefusedError(Text("文件已损坏，没有改", "the file is damaged, nothing was written")) from error
    name, at = ends[0]
    before, colon, _ = name.rpartition(":")
    child = make((before + colon).encode())
    if part.startswith(b"</", at):
        return spliced(part, [Splice(at, at, child)])
    # The root is empty: *at* is the end of its only tag.
    return spliced(part, [Splice(at - 2, at, b">%s</%s>" % (child, name.encode()))])


def _pass(name: str, attributes: object) -> None:
    """Do nothing at the start of an element."""
