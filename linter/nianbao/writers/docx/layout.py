"""The places of paragraphs, runs and their characters in the bytes of a part of a docx.

Paragraphs and runs are numbered as the reader numbers them: in the order of their start tags, a run within its
innermost paragraph, invisible ones counted too.
"""

from collections.abc import Mapping, Sequence
from xml.parsers import expat

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers.docx.events import value
from nianbao.text.language import Text
from nianbao.writers.writer import RefusedError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SIGNS = frozenset(
    {"tab", "ptab", "br", "cr", "noBreakHyphen", "sym"}
)  # elements that the reader takes for a character
_XML_SPACE = "http://www.w3.org/XML/1998/namespace space"
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_NAME = re.compile(rb"</?([^\s/>]*)")
_BLANKS = " \t\r\n"
# Elements whose text a program may replace, or a person has to decide about.
_AROUND = frozenset({"hyperlink", "fldSimple", "ins", "del", "moveFrom", "moveTo", "ruby"})
_BOUND = frozenset({"dataBinding", "date", "dropDownList", "comboBox"})
_LOCKED = frozenset({"contentLocked", "sdtContentLocked"})

_OTHER_ENCODING = Text(
    "{part} 不是 UTF-8 编码，不能原样写回，没有改；请用 Word 或 WPS 打开，另存为 .docx 再试",
    "{part} is not in UTF-8 and cannot be written back as it was: open it in Word or WPS, save it as .docx and try again",
)
_DAMAGED = Text("{part} 已损坏，没有改", "{part} is damaged, nothing was written")


class Chunk(NamedTuple):
    """Characters of a text and their bytes: one by one if *plain*, else a reference for one character."""

    at: int
    until: int
    start: int
    end: int
    plain: bool


class Item:
    """An element directly in a run: a text, a tab, a picture."""

    def __init__(self, name: str, start: int, at: int) -> None:
        self.name = name
        self.start = start
        self.end = start
        self.at = self.until = at  # its characters of the run
        self.chunks: list[Chunk] = []
        self.preserved = False
        self.text = ""
        self.cdata = False

    @property
    def trimmed(self) -> bool:
        """Whether it has white space at its ends that is not part of the text."""
        return not self.preserved and self.text != self.text.strip(_BLANKS)


class Paragraph:
    """A paragraph: its bytes, its runs, and the elements *around* it; *holder* is the run of its text box."""

    def __init__(self, start: int, around: frozenset[str], holder: "Run | None") -> None:
        self.start = start
        self.end = start  # the end of the element
        self.closing = start  # the start of its end tag; its end for `<w:p/>`
        self.properties_end = 0  # the end of w:pPr, 0 for none
        self.mark: tuple[int, int] | None = None  # the range of the run properties of its end mark
        self.around = around
        self.holder = holder
        self.runs: list[Run] = []


class Run:
    """A run: its bytes, its items, and the elements *around* it; *holder* is the outermost run around it."""

    def __init__(self, paragraph: int, start: int, around: frozenset[str], holder: "Run | None") -> None:
        self.paragraph = paragraph
        self.start = start
        self.end = start
        self.properties: tuple[int, int] | None = None
        self.around = around
        self.holder = holder
        self.items: list[Item] = []
        self.length = 0
        self.mixed = False  # whether it has text that is not directly in it

    @property
    def outermost(self) -> "Run":
        """The run directly in a paragraph of the text."""
        return self.holder or self


class Layout:
    """A part of a docx taken apart, and its bytes."""

    def __init__(self, part: str, data: bytes) -> None:
        """Take apart *data*. Raises RefusedError if it is not UTF-8 or damaged."""
        self.part = part
        self.data = data
        self.namespace = ""  # of the root
        self.paragraphs: list[Paragraph] = []
        self.last_id = 0  # the highest w:id of all elements
        _check_encoding(part, data)
        try:
            _Scan(self).run()
        except expat.ExpatError:
            raise RefusedError(_DAMAGED.fill(part=part)) from None

    def tag_end(self, start: int) -> int:
        """Return the end of the tag that begins at *start*. Raises RefusedError if there is none."""
        match = _TAG.match(self.data, start)
        if match is None:
            raise RefusedError(_DAMAGED.fill(part=self.part))
        return match.end()

    def element_end(self, start: int, at: int) -> int:
        """Return the end of the element that begins at *start* and whose end expat reports at *at*.

        Expat reports the start of its end tag or, if it has none, the end of its only tag.
        """
        if self.data[at - 2 : at] == b"/>" and self.tag_end(start) == at:
            return at
        return self.tag_end(at)

    def is_empty(self, start: int) -> bool:
        """Return whether the tag that begins at *start* is that of an empty element."""
        return self.data[self.tag_end(start) - 2] == ord("/")

    def name(self, start: int) -> bytes:
        """Return the name of the tag that begins at *start*, as written."""
        match = _NAME.match(self.data, start)
        return match[1] if match is not None else b""

    def prefix(self, start: int) -> bytes:
        """Return the prefix of the tag that begins at *start*, with its colon."""
        before, colon, _ = self.name(start).rpartition(b":")
        return before + colon

    def byte_at(self, item: Item, at: int) -> int:
        """Return the first byte of the character *at* of the run, which is in *item* or right behind it."""
        for chunk in item.chunks:
            if chunk.at <= at < chunk.until:
                if not chunk.plain:
                    return chunk.start
                text = self.data[chunk.start : chunk.end].decode()
                return chunk.start + len(text[: at - chunk.at].encode())
        return item.chunks[-1].end


def _check_encoding(part: str, data: bytes) -> None:
    head = data[:200]
    declared = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""", head)
    encoding = declared[1].lower() if declared is not None else b"utf-8"
    if encoding not in (b"utf-8", b"utf8", b"us-ascii", b"ascii") or head.startswith(
        (b"\xff\xfe", b"\xfe\xff")
    ):
        raise RefusedError(_OTHER_ENCODING.fill(part=part))


class _Frame(NamedTuple):
    """An open element: its name, without prefix if it is Word's, and its start."""

    name: str
    start: int


class _Scan:
    """One pass over a part, which fills the layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.StartCdataSectionHandler = self._begin_cdata
        self._frames: list[_Frame] = []
        self._around: list[str] = []  # the open elements of _AROUND
        self._controls: list[bool] = []  # for each open content control whether it is locked or bound
        self._open: list[int] = []  # the numbers of the open paragraphs
        self._runs: list[Run] = []
        self._fields = 0
        self._text: Item | None = None

    def run(self) -> None:
        """Fill the layout. Raises expat.ExpatError."""
        self._parser.Parse(self._layout.data, True)

    @property
    def _at(self) -> int:
        return self._parser.CurrentByteIndex

    # -- elements --------------------------------------------------------------------------------------

    def _begin(self, full: str, attributes: Mapping[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        start = self._at
        if not self._frames:
            self._layout.namespace = space
        name = name if space == WORD else f":{name}"
        self._item(name, start)
        self._frames.append(_Frame(name, start))
        if name in _AROUND:
            self._around.append(name)
        self._number(attributes)
        if name == "p":
            self._begin_paragraph(start)
        elif name == "r":
            self._begin_run(start)
        elif name == "t":
            self._begin_text(attributes)
        elif name == "sdt":
            self._controls.append(False)
        elif name == "fldChar":
            self._field(attributes)
        elif self._controls and name in _BOUND | {"lock", ":dataBinding"}:
            self._bind(name, attributes)

    def _end(self, full: str) -> None:
        name, start = self._frames.pop()
        at = self._at
        if name in _AROUND:
            self._around.pop()
        if name == "p":
            self._end_paragraph(start, at)
        elif name == "r":
            run = self._runs.pop()
            run.end = self._layout.element_end(start, at)
        elif name == "t":
            self._text = None
            self._parser.CharacterDataHandler = None
        elif name == "sdt":
            self._controls.pop()
        elif name == "pPr":
            self._end_properties(start, at)
        elif name == "rPr":
            self._end_run_properties(start, at)
        self._end_item(at)

    def _number(self, attributes: Mapping[str, str]) -> None:
        text = value(attributes, "id") or ""
        if text.isascii() and text.isdecimal() and len(text) < 10:
            self._layout.last_id = max(self._layout.last_id, int(text))

    def _bind(self, name: str, attributes: Mapping[str, str]) -> None:
        in_properties = len(self._frames) > 1 and self._frames[-2].name == "sdtPr"
        if in_properties and (name != "lock" or value(attributes) in _LOCKED):
            self._controls[-1] = True

    def _field(self, attributes: Mapping[str, str]) -> None:
        kind = value(attributes, "fldCharType")
        if kind == "begin":
            self._fields += 1
        elif kind == "end" and self._fields:
            self._fields -= 1

    @property
    def _here(self) -> frozenset[str]:
        """The elements around the present place, with `field` and `control` if one is open."""
        around = {*self._around}
        if self._fields:
            around.add("field")
        if any(self._controls):
            around.add("control")
        return frozenset(around)

    # -- paragraphs ------------------------------------------------------------------------------------

    def _begin_paragraph(self, start: int) -> None:
        self._open.append(len(self._layout.paragraphs))
        holder = self._runs[0] if self._runs else None
        self._layout.paragraphs.append(Paragraph(start, self._here, holder))

    def _end_paragraph(self, start: int, at: int) -> None:
        paragraph = self._layout.paragraphs[self._open.pop()]
        paragraph.closing = at
        paragraph.end = self._layout.element_end(start, at)

    def _end_properties(self, start: int, at: int) -> None:
        if self._open and self._frames[-1].name == "p":
            self._layout.paragraphs[self._open[-1]].properties_end = self._layout.element_end(start, at)

    def _end_run_properties(self, start: int, at: int) -> None:
        around = self._frames[-1].name
        stretch = start, self._layout.element_end(start, at)
        if around == "r" and self._runs:
            self._runs[-1].properties = stretch
        elif around == "pPr" and self._open:
            self._layout.paragraphs[self._open[-1]].mark = stretch

    # -- runs ------------------------------------------------------------------------------------------

    def _begin_run(self, start: int) -> None:
        if not self._open:
            self._runs.append(Run(-1, start, frozenset(), None))
            return
        holder = self._runs[0] if self._runs else None
        run = Run(self._open[-1], start, self._here, holder)
        self._layout.paragraphs[self._open[-1]].runs.append(run)
        self._runs.append(run)

    def _item(self, name: str, start: int) -> None:
        """Begin an item if the element is directly in a run."""
        if self._runs and self._frames[-1].name == "r" and name != "rPr":
            run = self._runs[-1]
            run.items.append(Item(name, start, run.length))

    def _end_item(self, at: int) -> None:
        if self._runs and self._frames and self._frames[-1].name == "r" and self._runs[-1].items:
            item = self._runs[-1].items[-1]
            if item.end == item.start:
                item.end = self._layout.element_end(item.start, at)

    def _begin_text(self, attributes: Mapping[str, str]) -> None:
        if not self._runs:
            return
        run = self._runs[-1]
        if self._frames[-2].name != "r":
            run.mixed = True
            return
        self._text = run.items[-1]
        self._text.preserved = attributes.get(_XML_SPACE) == "preserve"
        self._parser.CharacterDataHandler = self._characters

    def _begin_cdata(self) -> None:
        if self._text is not None:
            self._text.cdata = True

    def _characters(self, text: str) -> None:
        item, run, start = self._text, self._runs[-1], self._at
        if item is None:
            return
        encoded, data = text.encode(), self._layout.data
        plain = data.startswith(encoded, start)
        if plain:
            end = start + len(encoded)
        elif data[start] == ord("&"):
            end = data.index(b";", start) + 1
        else:
            end = start + (2 if data[start : start + 2] == b"\r\n" else 1)
        item.chunks.append(Chunk(run.length, run.length + len(text), start, end, plain))
        run.length += len(text)
        item.until = run.length
        item.text += text


def runs_between(paragraph: Paragraph, first: Run, last: Run) -> Sequence[Run]:
    """Return the runs of *paragraph* from *first* to *last*."""
    start, end = paragraph.runs.index(first), paragraph.runs.index(last)
    return paragraph.runs[start : end + 1]
