"""Edits of the text of a docx as splices into its main part."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from nianbao_grammar.records import NamedTuple

from nianbao.text.edit import Edit
from nianbao.text.language import Text
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Segment, Source, Span
from nianbao.text.splice import Splice
from nianbao.writers.docx.cuts import (
    PRESERVED,
    before,
    behind,
    first_at,
    is_cut,
    last_before,
    signs_at,
    tags,
)
from nianbao.writers.docx.layout import Item, Layout, Paragraph, Run, runs_between
from nianbao.writers.segments import clipped, first_from, touching
from nianbao.writers.writer import Mode, RefusedError

AUTHOR = "nianbao"
_UNSEEN = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"
_PASSED = frozenset({"t", "tab", "ptab", "cr", "noBreakHyphen", "softHyphen", "lastRenderedPageBreak", "br"})

_BY_HAND = "请在 Word 中自行修改"
_HAND = "change it by hand in Word"


def _reason(zh: str, en: str) -> Text:
    return Text(f"“{{words}}”{zh}，{_BY_HAND}", f"“{{words}}” {en}: {_HAND}")


_SYNTHETIC = _reason(
    "有一部分是自动编号，文件里没有这些字", "is partly a number that Word counts, and no text of the file"
)
_ACROSS = _reason("跨了两个段落或者两个单元格", "runs over two paragraphs or cells")
_AROUND = {
    "field": Text("域（自动更新的文字）", "a field, which Word updates"),
    "fldSimple": Text("域（自动更新的文字）", "a field, which Word updates"),
    "hyperlink": Text("超链接", "a hyperlink"),
    "control": Text("锁定的或者与数据绑定的内容控件", "a content control that is locked or bound to data"),
    "ins": Text("尚未接受的修订", "a tracked change that is not accepted yet"),
    "del": Text("尚未接受的修订", "a tracked change that is not accepted yet"),
    "moveFrom": Text("尚未接受的修订", "a tracked change that is not accepted yet"),
    "moveTo": Text("尚未接受的修订", "a tracked change that is not accepted yet"),
    "ruby": Text("带拼音的文字", "text with its reading above"),
}
_INSIDE = _reason("在{what}里", "is in {what}")
_MIXED = _reason(
    "中间有图片、公式、脚注、隐藏文字或者特殊写法",
    "has a picture, a formula, a note, hidden text or unusual markup in it",
)
_NEW = Text(
    "“{words}”里有换行或者控制符，写不进一个段落，" + _BY_HAND,
    "“{words}” has line ends or control characters, which no paragraph takes: " + _HAND,
)
_OTHER = _reason("和文件里的字不符", "is not what the file says")


class Stamp(NamedTuple):
    """The marks of a tracked change: the next number, and the time it was made (`2026-01-31T08:00:00Z`)."""

    number: int
    when: str


class _Gap(NamedTuple):
    """A place at *at* in the origin of *segment*, behind or before a character of it."""

    segment: Segment
    at: int
    behind: bool


class _Stretch(NamedTuple):
    """Characters of a run from *at* to *until*, in its items from *first* to *last*."""

    run: Run
    first: Item
    last: Item
    at: int
    until: int

    @property
    def items(self) -> Sequence[Item]:
        """The items of the characters."""
        items = self.run.items
        return items[items.index(self.first) : items.index(self.last) + 1]


def splices(layout: Layout, source: Source, edits: Iterable[Edit], mode: Mode, when: str) -> Iterator[Splice]:
    """Yield the splices that make *edits* of *source*, the text read from *layout*. Raises RefusedError."""
    number = layout.last_id + 1
    opened: set[int] = set()
    for edit in _joined(edits):
        change = _Change(layout, source, edit)
        if mode == "tracked":
            yield from change.tracked(Stamp(number, when))
            number += change.count
        else:
            yield from change.direct()
        for item in change.unpreserved:  # two edits may cut one text
            if item.start not in opened:
                opened.add(item.start)
                end = layout.tag_end(item.start) - 1
                yield Splice(end, end, PRESERVED)


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield *edits* in order, adjacent ones as one."""
    last: Edit | None = None
    for edit in sorted(edits):
        if last is not None and last.span.end == edit.span.start:
            last = Edit(Span(last.span.start, edit.span.end), last.old + edit.old, last.new + edit.new)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


class _Change:
    """One edit, and the places that it changes."""

    def __init__(self, layout: Layout, source: Source, edit: Edit) -> None:
        self.layout = layout
        self.source = source
        self.edit = edit
        self.unpreserved: list[Item] = []  # texts whose white space has to be kept from now on
        self.count = 0  # of tracked changes
        if source[edit.span] != edit.old:
            raise self.refused(_OTHER)
        if any(sign < " " or sign in "\x7f\ufffe\uffff" for sign in edit.new):
            raise RefusedError(_NEW.fill(words=edit.new.replace(CELL_MARK, " ")))
        self.new = escape(edit.new).encode()

    def refused(self, reason: Text, what: Text | str = "") -> RefusedError:
        """Return the error with the *reason* why the edit cannot be made."""
        words = (self.edit.old or self.edit.new).replace(CELL_MARK, " ")
        return RefusedError(reason.fill(words=words, what=what))

    # -- tracked -----------------------------------------------------------------------------------------

    def tracked(self, stamp: Stamp) -> Iterator[Splice]:
        """Yield the splices that make the edit by tracked changes, numbered from *stamp* on."""
        if not self.edit.old:
            yield from self._inserted(stamp)
            return
        new = self.new
        for stretch in self._stretches():
            prefix = tags(self.layout, stretch.run).prefix
            yield from self._deleted(stretch, self._opening(prefix, b"del", stamp, self.count))
            self.count += 1
            inserted = self._run(stretch.run, stamp) if new else b""
            new = b""
            cut = behind(self.layout, stretch.run, stretch.last, stretch.until, b"delText")
            yield Splice(cut.at, cut.at, b"%s</%sdel>%s%s" % (cut.close, prefix, inserted, cut.open))

    def _deleted(self, stretch: _Stretch, opening: bytes) -> Iterator[Splice]:
        """Yield the splices that mark *stretch* as deleted, without the end of the mark."""
        layout, run = self.layout, stretch.run
        cut = before(layout, run, stretch.first, stretch.at, b"delText")
        yield Splice(cut.at, cut.at, cut.close + opening + cut.open)
        for item in stretch.items:
            if item.name != "t":
                continue
            begins, ends = is_cut(item, stretch.at), is_cut(item, stretch.until)
            if begins or ends:
                self._keep_blanks(item)
            if not (begins and item is stretch.first):
                yield self._renamed(item.start)
            if not (ends and item is stretch.last) and not layout.is_empty(item.start):
                yield self._renamed(layout.data.rindex(b"</", item.start, item.end))

    def _renamed(self, tag: int) -> Splice:
        """Return the splice that makes the tag at *tag*, of a text, that of a deleted text."""
        name = self.layout.data.index(self.layout.name(tag), tag)
        end = name + len(self.layout.name(tag))
        return Splice(end - 1, end, b"delText")

    def _run(self, run: Run, stamp: Stamp) -> bytes:
        """Return the new words as an inserted run with the properties of *run*."""
        prefix = tags(self.layout, run).prefix
        properties = self.layout.data[slice(*run.properties)] if run.properties else b""
        return self._insertion(prefix, properties, stamp)

    def _insertion(self, prefix: bytes, properties: bytes, stamp: Stamp) -> bytes:
        opening = self._opening(prefix, b"ins", stamp, self.count)
        self.count += 1
        return opening + _text_run(prefix, properties, self.new) + b"</%sins>" % prefix

    @staticmethod
    def _opening(prefix: bytes, kind: bytes, stamp: Stamp, count: int) -> bytes:
        number, author, when = b"%d" % (stamp.number + count), AUTHOR.encode(), stamp.when.encode()
        return b'<%s%s %sid="%s" %sauthor="%s" %sdate="%s">' % (
            *(prefix, kind, prefix, number),
            *(prefix, author, prefix, when),
        )

    # -- direct ------------------------------------------------------------------------------------------

    def direct(self) -> Iterator[Splice]:
        """Yield the splices that replace the old words by the new ones."""
        if not self.edit.old:
            yield from self._inserted(None)
            return
        new = self.new
        for stretch in self._stretches():
            for item in stretch.items:
                if item.name == "t" and item.chunks:
                    start = self.layout.byte_at(item, max(stretch.at, item.at))
                    end = self._end_of(item, min(stretch.until, item.until))
                    self._keep_blanks(item)
                    yield Splice(start, end, new)
                elif item.name != "t":
                    prefix = tags(self.layout, stretch.run).prefix
                    yield Splice(item.start, item.end, _text(prefix, new) if new else b"")
                new = b""

    def _end_of(self, item: Item, until: int) -> int:
        """Return the end of the bytes of the character before *until*."""
        return item.chunks[-1].end if until == item.until else self.layout.byte_at(item, until)

    # -- insertions --------------------------------------------------------------------------------------

    def _inserted(self, stamp: Stamp | None) -> Iterator[Splice]:
        """Yield the splices that insert the new words, as a tracked change if there is a *stamp*."""
        if not self.new:
            return
        refusal = self.refused(_SYNTHETIC)
        for gap in _gaps(self.source, self.edit.span.start):
            try:
                yield from self._inserted_at(gap, stamp)
            except RefusedError as error:
                refusal = error
            else:
                return
        raise refusal

    def _inserted_at(self, gap: _Gap, stamp: Stamp | None) -> Iterator[Splice]:
        """Yield the splices that insert the new words into *gap*. Raises RefusedError."""
        segment, at, follows = gap
        paragraph = self._paragraph(segment)
        if segment.origin.run < 0:
            if segment.start != segment.end:
                raise self.refused(_MIXED)  # a formula
            yield self._inserted_into(paragraph, stamp)
            return
        run = paragraph.runs[segment.origin.run]
        self._check(run)
        item = self._item_at(run, gap)
        if stamp is not None:
            cut = (behind if follows else before)(self.layout, run, item, at)
            if is_cut(item, at):
                self._keep_blanks(item)
            yield Splice(cut.at, cut.at, cut.close + self._run(run, stamp) + cut.open)
        elif item.name != "t":
            side = item.end if follows else item.start
            yield Splice(side, side, _text(tags(self.layout, run).prefix, self.new))
        else:
            self._keep_blanks(item)
            side = self._end_of(item, at)
            yield Splice(side, side, self.new)

    def _item_at(self, run: Run, gap: _Gap) -> Item:
        """Return the item of *run* right before *gap*, or behind it."""
        segment, at, follows = gap
        if segment.linear:
            item = last_before(run, at) if follows else first_at(run, at)
        else:
            item = self._sign(run, segment.at)
        if item is None:
            raise self.refused(_MIXED)
        return item

    def _inserted_into(self, paragraph: Paragraph, stamp: Stamp | None) -> Splice:
        """Return the splice that inserts the new words into an empty *paragraph*."""
        self._check(paragraph)
        layout, prefix = self.layout, self.layout.prefix(paragraph.start)
        properties = _properties(layout, paragraph)
        run = (
            _text_run(prefix, properties, self.new)
            if stamp is None
            else self._insertion(prefix, properties, stamp)
        )
        return into(layout, paragraph, run)

    # -- places ------------------------------------------------------------------------------------------

    def _stretches(self) -> Iterator[_Stretch]:
        """Yield the replaced characters of each run. Raises RefusedError if they cannot be replaced."""
        segments = self._segments()
        paragraph = self._paragraph(segments[0])
        runs = [self._run_of(paragraph, segment) for segment in segments]
        for run in runs_between(paragraph, runs[0], runs[-1]):
            mine = [segment for segment, other in zip(segments, runs, strict=True) if other is run]
            if mine:
                self._check(run)
                yield self._stretch(run, mine, first=run is runs[0], last=run is runs[-1])
            elif self._is_blank(run):
                self._check(run)
                yield _Stretch(run, run.items[0], run.items[-1], 0, run.length)

    def _segments(self) -> list[Segment]:
        """Return the segments of the old words, cut to these."""
        start, end = self.edit.span
        segments = [clipped(segment, self.edit.span) for segment in touching(self.source, self.edit.span)]
        at = start
        for segment in segments:
            if segment.start != at:
                raise self._gap(at, segment.start)
            at = segment.end
        if at != end:
            raise self._gap(at, end)
        if len({segment.origin[:2] for segment in segments}) > 1:
            raise self.refused(_ACROSS)
        return segments

    def _gap(self, start: int, end: int) -> RefusedError:
        """Return the error for characters that are not in the file."""
        return self.refused(_SYNTHETIC if self.source.text[start:end].strip() else _ACROSS)

    def _paragraph(self, segment: Segment) -> Paragraph:
        number = segment.origin.paragraph
        if not 0 <= number < len(self.layout.paragraphs):
            raise self.refused(_OTHER)
        return self.layout.paragraphs[number]

    def _run_of(self, paragraph: Paragraph, segment: Segment) -> Run:
        number = segment.origin.run
        if not 0 <= number < len(paragraph.runs):
            raise self.refused(_MIXED)
        return paragraph.runs[number]

    def _stretch(self, run: Run, mine: Sequence[Segment], *, first: bool, last: bool) -> _Stretch:
        """Return the replaced characters of *run*, all if the words neither begin nor end in it.

        If they begin in it (*first*), the stretch begins with *mine*; if they end in it (*last*), it ends with it.
        """
        at, until = 0, run.length
        begin: Item | None = run.items[0]
        end: Item | None = run.items[-1]
        if first:
            at = mine[0].at
            begin = first_at(run, at) if mine[0].linear else self._sign(run, at)
        if last:
            until = mine[-1].until
            end = last_before(run, until) if mine[-1].linear else self._sign(run, until)
        if begin is None or end is None:
            raise self.refused(_MIXED)
        stretch = _Stretch(run, begin, end, at, until)
        if any(not self._may_go(item) for item in stretch.items):
            raise self.refused(_MIXED)
        return stretch

    def _may_go(self, item: Item) -> bool:
        if item.name == "br":  # a page break is no white space
            tag = self.layout.data[item.start : self.layout.tag_end(item.start)]
            return b'type="page"' not in tag and b'type="column"' not in tag
        return item.name in _PASSED

    def _sign(self, run: Run, at: int) -> Item:
        """Return the only sign at *at* of *run*. Raises RefusedError if there are several or none."""
        signs = signs_at(run, at)
        if len(signs) != 1:
            raise self.refused(_MIXED)
        return signs[0]

    def _is_blank(self, run: Run) -> bool:
        """Return whether *run*, between replaced ones, is white space and goes too; an empty one is kept."""
        if not any(item.text or item.name in _PASSED - {"lastRenderedPageBreak"} for item in run.items):
            return False
        if any(item.text.strip(_UNSEEN) or not self._may_go(item) for item in run.items):
            raise self.refused(_MIXED)
        return True

    def _check(self, here: Run | Paragraph) -> None:
        """Raise RefusedError if *here* may not be changed."""
        for name in sorted(here.around):
            raise self.refused(_INSIDE, _AROUND[name])
        if isinstance(here, Run) and (here.mixed or any(item.cdata for item in here.items)):
            raise self.refused(_MIXED)

    def _keep_blanks(self, item: Item) -> None:
        """Mark the white space of *item* as kept. Raises RefusedError if some of it is not part of the text."""
        if item.preserved:
            return
        tag = self.layout.data[item.start : self.layout.tag_end(item.start)]
        if item.trimmed or b"xml:space" in tag:
            raise self.refused(_MIXED)
        self.unpreserved.append(item)


def _gaps(source: Source, offset: int) -> Iterator[_Gap]:
    """Yield the gaps for words inserted at *offset*: behind the last character, in an empty cell, before the next."""
    segments = source.segments
    first = first_from(segments, offset)
    near = [s for s in segments[first : first + 3] if s.start <= offset <= s.end]
    text = source.text
    if offset and text[offset - 1] not in f"\r\n{CELL_MARK}":
        for segment in near:
            if segment.start < offset:
                inside = segment.linear and offset < segment.end
                yield _Gap(segment, segment.part_of(offset, offset)[0] if inside else segment.until, True)
    for segment in near:
        if segment.start == offset:
            yield _Gap(segment, segment.at, False)


def _properties(layout: Layout, paragraph: Paragraph) -> bytes:
    """Return the properties for a new run of an empty *paragraph*: those of its end mark, else of a run in it."""
    data = layout.data
    if paragraph.mark is not None:
        mark = data[slice(*paragraph.mark)]
        if not any(word in mark for word in (b"ins ", b"del ", b"moveFrom ", b"moveTo ", b"rPrChange")):
            return mark
    for run in paragraph.runs:
        if run.properties is not None:
            return data[slice(*run.properties)]
    return b""


def _text(prefix: bytes, new: bytes) -> bytes:
    return b"<%st%s>%s</%st>" % (prefix, PRESERVED, new, prefix)


def _text_run(prefix: bytes, properties: bytes, new: bytes) -> bytes:
    return b"<%sr>%s%s</%sr>" % (prefix, properties, _text(prefix, new), prefix)


def into(layout: Layout, paragraph: Paragraph, new: bytes) -> Splice:
    """Return the splice that puts *new* at the beginning of *paragraph*, behind its properties."""
    end = layout.tag_end(paragraph.start)
    if layout.is_empty(paragraph.start):
        name = layout.name(paragraph.start)
        return Splice(end - 2, end, b">%s</%s>" % (new, name))
    start = paragraph.properties_end or end
    return Splice(start, start, new)
