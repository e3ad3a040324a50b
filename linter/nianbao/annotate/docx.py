"""Findings as comments of Word, on their words or their cell."""

import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.annotate.notes import INITIALS, Note, Style, note_lines
from nianbao.engine.verdict import Verdict
from nianbao.files.own import AUTHOR
from nianbao.readers.docx.events import Attributes, Walk, scope, whole
from nianbao.text.inert import inert
from nianbao.text.language import Text
from nianbao.text.source import Segment, Source, Span
from nianbao.text.splice import Splice
from nianbao.writers.docx.cuts import PRESERVED, Cut, before, behind, first_at, is_cut, last_before, signs_at
from nianbao.writers.docx.document import Docx, with_last
from nianbao.writers.docx.layout import WORD, Item, Layout, Paragraph, Run
from nianbao.writers.segments import clipped, nearest, touching
from nianbao.writers.writer import RefusedError

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_COMMENTS = f'{_DECLARATION}<w:comments xmlns:w="{WORD}"/>'.encode()
_NO_RELATIONS = f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
_RELATED = re.compile(rb"""/relationships/comments["']""")
_TYPES = "[Content_Types].xml"

_NOTHING = Text("文档里没有段落，批注没有地方写", "the document has no paragraph for a comment")


class Anchor(NamedTuple):
    """The beginning and end of a comment; both None for a *paragraph* as a whole."""

    paragraph: Paragraph
    begin: Cut | None = None
    end: Cut | None = None


def annotated(data: bytes, verdict: Verdict, notes: Sequence[Note], style: Style) -> bytes:
    """Return the docx *data* with a comment for each of *notes*. Raises RefusedError, as for a fix.

    A document protected so that it permits only comments, or only tracked changes, is annotated too.
    """
    docx = Docx(data, "comments")
    if not notes:
        return data
    if not docx.layout.paragraphs:
        raise RefusedError(_NOTHING)
    comments = _Comments(docx)
    marks = _Marks(docx.layout)
    elements = b""
    for number, note in enumerate(notes, comments.next):
        marks.put(number, anchor(docx.layout, verdict.report.source, note.span))
        elements += _comment(number, note, style)
    return docx.changed(list(marks.splices()), comments.parts(elements))


# -- the comments ----------------------------------------------------------------------------------------


class _Comments:
    """The part with the comments of a document, existing or new."""

    def __init__(self, docx: Docx) -> None:
        self._docx = docx
        self._relations = docx.archive.content(docx.relationships) or _NO_RELATIONS
        # A part without a relationship is not used, whatever its name.
        existing = docx.related("comments") if _RELATED.search(self._relations) else None
        self.name, self._data = existing or (self._free(), _NO_COMMENTS)
        self._is_new = existing is None
        self.next = self._after()

    def _free(self) -> str:
        folder = posixpath.dirname(self._docx.main)
        names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(9999))
        return next(name for name in names if name.lower() not in self._docx.archive.entries)

    def _after(self) -> int:
        """Return the first number that is not used by a comment or a mark of one."""
        numbers = [self._docx.layout.last_id]
        walk = Walk(self.name)

        def comment(attributes: Attributes) -> None:
            numbers.append(whole(attributes, "id"))

        walk.run(self._data, scope({"comment": comment}))
        return max(numbers) + 1

    def parts(self, elements: bytes) -> dict[str, bytes]:
        """Return the parts that change when the comments *elements* are added."""

        def comments(prefix: bytes) -> bytes:
            return elements if prefix == b"w:" else _declared(elements)

        changed = {self.name: with_last(self._data, comments)}
        if self._is_new:
            docx = self._docx
            changed[docx.relationships] = with_last(self._relations, self._relation)
            changed[_TYPES] = with_last(docx.archive.content(_TYPES) or b"", self._type)
        return changed

    def _type(self, prefix: bytes) -> bytes:
        return b'<%sOverride PartName="/%s" ContentType="%s"/>' % (
            *(prefix, self.name.encode()),
            _TYPE.encode(),
        )

    def _relation(self, prefix: bytes) -> bytes:
        number = 1
        while b'"nianbao%d"' % number in self._relations:
            number += 1
        target = posixpath.basename(self.name).encode()
        return b'<%sRelationship Id="nianbao%d" Type="%s" Target="%s"/>' % (
            *(prefix, number),
            *(_RELATION.encode(), target),
        )


def _declared(elements: bytes) -> bytes:
    """Return the comments *elements* with their namespace, for a part with another prefix."""
    return elements.replace(b"<w:comment ", b'<w:comment xmlns:w="%s" ' % WORD.encode())


def _comment(number: int, note: Note, style: Style) -> bytes:
    """Return comment *number*: a paragraph for each line, an empty one between two findings."""
    lines: list[str] = []
    for diagnostic in note.diagnostics:
        lines += [""] if lines else []
        lines += note_lines(diagnostic, style.language)
    paragraphs = "".join(
        f'<w:p><w:r>{"" if index else "<w:annotationRef/>"}<w:t xml:space="preserve">{escape(inert(line))}</w:t></w:r></w:p>'
        for index, line in enumerate(lines)
    )
    head = f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:date={quoteattr(style.when)} w:initials="{INITIALS}">'
    return f"{head}{paragraphs}</w:comment>".encode()


# -- their places ----------------------------------------------------------------------------------------


class _Mark:
    """The marks at one place of the part: ends of comments, comments on nothing, beginnings."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.ends = b""
        self.whole = b""
        self.begins = b""

    @property
    def splice(self) -> Splice:
        """The splice that writes the marks."""
        at, until, close, open_ = self.cut
        return Splice(at, until, close + self.ends + self.whole + self.begins + open_)


class _Marks:
    """The marks of all comments in a part, by their places."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._marks: dict[int, _Mark] = {}

    def put(self, number: int, anchor: Anchor) -> None:
        """Mark the comment *number* at *anchor*."""
        prefix = self._layout.prefix(anchor.paragraph.start)
        begin = b'<%scommentRangeStart %sid="%d"/>' % (prefix, prefix, number)
        end = b'<%scommentRangeEnd %sid="%d"/><%sr><%scommentReference %sid="%d"/></%sr>' % (
            *(prefix, prefix, number),
            *(prefix, prefix, prefix, number, prefix),
        )
        if anchor.begin is None or anchor.end is None:
            first, last = _ends(self._layout, anchor.paragraph)
            if first == last:
                self._at(first).whole += begin + end
                return
        else:
            first, last = anchor.begin, anchor.end
        self._at(first).begins += begin
        self._at(last).ends += end

    def _at(self, cut: Cut) -> _Mark:
        return self._marks.setdefault(cut.at, _Mark(cut))

    def splices(self) -> Iterator[Splice]:
        """Yield the splices that write the marks and keep the blanks of texts that are cut."""
        for mark in self._marks.values():
            yield mark.splice
        cuts = sorted(self._marks)
        for paragraph in self._layout.paragraphs:
            for run in paragraph.runs:
                for item in run.items:
                    if item.chunks and not item.preserved and _is_among(cuts, item):
                        end = self._layout.tag_end(item.start) - 1
                        yield Splice(end, end, PRESERVED)


def _is_among(cuts: Sequence[int], item: Item) -> bool:
    """Return whether one of *cuts*, in order, goes through the text of *item*."""
    following = bisect_right(cuts, item.chunks[0].start)
    return following < len(cuts) and cuts[following] < item.chunks[-1].end


def _ends(layout: Layout, paragraph: Paragraph) -> tuple[Cut, Cut]:
    """Return the first and the last place in *paragraph*."""
    end = layout.tag_end(paragraph.start)
    if layout.is_empty(paragraph.start):
        cut = Cut(end - 2, end, b">", b"</%s>" % layout.name(paragraph.start))
        return cut, cut
    start = paragraph.properties_end or end
    return Cut(start, start, b"", b""), Cut(paragraph.closing, paragraph.closing, b"", b"")


def anchor(layout: Layout, source: Source, span: Span) -> Anchor:
    """Return the anchor of a comment on *span*: its words, or the paragraph if these are not in the file."""
    segments = [clipped(segment, span) for segment in touching(source, span)]
    if not segments:
        return _around(layout, nearest(source, span.start))
    first, last = segments[0], segments[-1]
    begin, end = _run(layout, first), _run(layout, last)
    if begin is None or end is None:
        return _around(layout, first)
    return Anchor(
        layout.paragraphs[first.origin.paragraph], _begin(layout, begin, first), _end(layout, end, last)
    )


def _around(layout: Layout, segment: Segment | None) -> Anchor:
    """Return the paragraph of *segment* as an anchor; if it is in a text box, the run with the box."""
    number = segment.origin.paragraph if segment is not None else 0
    paragraph = layout.paragraphs[min(max(number, 0), len(layout.paragraphs) - 1)]
    if paragraph.holder is None:
        return Anchor(paragraph)
    return Anchor(paragraph, *_sides(paragraph.holder))


def _sides(run: Run) -> tuple[Cut, Cut]:
    return Cut(run.start, run.start, b"", b""), Cut(run.end, run.end, b"", b"")


def _run(layout: Layout, segment: Segment) -> Run | None:
    _, number, index = segment.origin[:3]
    runs = layout.paragraphs[number].runs if 0 <= number < len(layout.paragraphs) else []
    return runs[index] if 0 <= index < len(runs) else None


def _begin(layout: Layout, run: Run, segment: Segment) -> Cut:
    if run.holder is None and not run.mixed:
        item = first_at(run, segment.at) if segment.linear else _sign(run, segment.at, 0)
        if item is not None and _may_cut(layout, item, segment.at):
            return before(layout, run, item, segment.at)
    return _sides(run.outermost)[0]


def _end(layout: Layout, run: Run, segment: Segment) -> Cut:
    if run.holder is None and not run.mixed:
        item = last_before(run, segment.until) if segment.linear else _sign(run, segment.until, -1)
        if item is not None and _may_cut(layout, item, segment.until):
            return behind(layout, run, item, segment.until)
    return _sides(run.outermost)[1]


def _sign(run: Run, at: int, which: int) -> Item | None:
    signs = signs_at(run, at)
    return signs[which] if signs else None


def _may_cut(layout: Layout, item: Item, at: int) -> bool:
    """Return whether *item* can be cut at *at* and reads as before: its blanks are marked, or it has none."""
    if not is_cut(item, at):
        return True
    tag = layout.data[item.start : layout.tag_end(item.start)]
    kept = item.preserved or (not item.trimmed and b"xml:space" not in tag)
    return kept and not item.cdata
