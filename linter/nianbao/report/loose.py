"""The loose reading: tables whose notation is lost, read by the words of the form.

It ignores how cells are parted. Lines that are only figures, labels of the form, pieces of such labels and
separators are the material of a table; a row is a label with all figures up to the next one. Whether these are as
many as the table has columns is for `cells` to say. A blank cell leaves no trace here, so none is ever seen.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.form import Form
from nianbao.report.rows import ALSO_COLUMNS, NO_COLUMN, is_note, is_value, item_numeral
from nianbao.report.syntax import Grid, Piece
from nianbao.text.folding import fold, split_numeral
from nianbao.text.source import Span

# Blanks, pipes, the mark of a cell and the strokes of box drawing part cells.
_CHUNK = re.compile(r"[^\s|¦｜∣\x1f\u2500-\u257f]+")
_COMMA_CELL = re.compile(r'"(?:[^"]|"")*"|[^,"\s]+')
_COMMAS = re.compile(r'[^\d\s,],[ ]*(?:["\d]|,|$)|","|,,|^[ ]*\d{1,2},\d+,')
# Semicolons of a CSV file, a colon between a label and its figure, the signs of a table in LaTeX.
_OTHER_SIGNS = re.compile(
    r'^;|;(?=\s*(?:[-+−]?\d|[";]|$))|(?<=[^\d;\s]);(?=\S)|[：:](?=\s*[-+−]?[\d.,]+\s*$)'
    r"|\\\\|\\hline|\\(?:begin|end)\{[a-z*]+\}(?:\{[^}]*\})?|(?<=[ \d])&(?= )"
)
_LEADS = re.compile(r"[ \t]*(?:(?:>|[*+-](?=[ ]))[ \t]*)+")  # of a quotation or a list
_RULE = re.compile(r"[-=:+_]{3,}|:?-+:|:-+")
_PAGE = re.compile(r"\s*[-—–]\s*\d+\s*[-—–]\s*")
_PROSE = re.compile("[。；！？]")
_ABOVE = ("申请人情况", "行政诉讼", "行政复议", NO_COLUMN)  # what a header has beside the labels of columns
_OF_REVIEW = frozenset({"结果维持", "结果纠正", "尚未审结", "未经复议直接起诉", "复议后起诉"})
_ITEM = "(?:中华人民共和国)?(?:政府信息公开条例)?第二十条第(?:[一二三四五六七八九十]+|[0-9]+)项"
_LONGEST = 90  # of the words that may be one label, or labels side by side
_LONGEST_UNKNOWN = 45


class _Chunk(NamedTuple):
    """A piece of a line between separators; its *key* has letters and digits only, *at* their offsets."""

    span: Span
    key: str
    at: tuple[int, ...]
    value: bool


class _Line(NamedTuple):
    """A line of the text and its chunks."""

    span: Span
    chunks: tuple[_Chunk, ...]


def words_of(text: str) -> frozenset[str]:
    """Return the folded words between the separators of *text*, to see on which form its tables are."""
    return frozenset(
        fold(text[slice(*chunk.span)]) for line in _lines(text) for chunk in line.chunks if not chunk.value
    )


def grids_of(text: str, form: Form) -> dict[int, Grid]:
    """Return the tables in *text* by where their lines begin, each of which has a row of *form* at least."""
    words = _Words(form)
    grids = {}
    for lines in _stretches(text, words):
        rows = list(_rows(text, lines, words))
        kept = _around(rows, words)
        if kept:
            first = kept[0][0].span.start
            start = max(line.span.start for line in lines if line.span.start <= first)
            grids[start] = Grid(tuple(kept), False, None, loose=True)
    return grids


# -- words of the form -----------------------------------------------------------------------------------


class _Words:
    """The words that the tables of a form are made of, without punctuation."""

    def __init__(self, form: Form) -> None:
        labels = [label for t in form.tables for line in t.lines for label in (line.label, *line.aliases)]
        groups = [line.under for table in form.tables for line in table.lines if line.under]
        notes = [table.note for table in form.tables if table.note]
        self.form = form
        self.widths: dict[str, frozenset[int]] = {}  # by the key of a row: how many figures it may have
        for label, matches in form.row_labels.items():
            widths = frozenset(len(match.table.columns) for match in matches)
            self.widths[letters_of(label)] = self.widths.get(letters_of(label), frozenset()) | widths
        self.groups = frozenset(map(letters_of, form.groups))
        self.columns = frozenset(
            letters_of(column.label) for table in form.tables for column in table.columns
        )
        self.titles = frozenset(map(letters_of, form.section_titles))
        printed = [*labels, *groups, *notes, *_ABOVE]
        keys = {
            letters_of(words) for label in printed for words in (label, split_numeral(fold(label))[1])
        } - {""}
        self.whole = re.compile("|".join((_ITEM, *sorted(keys, key=len, reverse=True))))
        items = (
            f"中华人民共和国政府信息公开条例第二十条第{n}项" for n in (*"一二三四五六七八九十", *range(1, 16))
        )
        self._joined = "\n".join((*keys, *items))

    def made_of_pieces(self, key: str) -> bool:
        """Return whether *key* is a chain of labels and pieces of labels."""
        start = 0
        while start < len(key):
            whole = self.whole.match(key, start)
            length = len(whole[0]) if whole else 0
            while start + length < len(key) and key[start : start + length + 1] in self._joined:
                length += 1
            if length < 2 and len(key) > 1:
                return False
            if not length:
                return False
            start += length
        return True

    def labels_in(self, key: str) -> list[tuple[int, int]] | None:
        """Return the ends of the labels that *key* is a chain of, None if it is none."""
        found, start = [], 0
        while start < len(key):
            match = self.whole.match(key, start)
            if match is None:
                return None
            found.append(match.span())
            start = match.end()
        return found


def letters_of(text: str) -> str:
    """Return the letters and digits of *text*."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


# -- lines ---------------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text):
        yield _Line(Span(*match.span()), tuple(_chunks(text, *match.span())))


def _chunks(text: str, start: int, end: int) -> Iterator[_Chunk]:
    line = text[start:end]
    if _PAGE.fullmatch(line):
        return
    lead = _LEADS.match(line)
    if _OTHER_SIGNS.search(line):
        line = _OTHER_SIGNS.sub(lambda sign: " " * len(sign[0]), line)
    by_commas = "," in line and "|" not in line and "\t" not in line and _COMMAS.search(line.rstrip())
    for match in (_COMMA_CELL if by_commas else _CHUNK).finditer(line, lead.end() if lead else 0):
        first, last = start + match.start(), start + match.end()
        if text[first] == '"' == text[last - 1] and last - first > 1:
            first, last = first + 1, last - 1
        if first < last and not _RULE.fullmatch(text, first, last):
            yield _chunk(text, first, last)


def _chunk(text: str, start: int, end: int) -> _Chunk:
    if is_value(text[start:end]):
        return _Chunk(Span(start, end), "", (), True)
    pairs = [(letter, at) for at in range(start, end) for letter in letters_of(text[at])]
    return _Chunk(Span(start, end), "".join(c for c, _ in pairs), tuple(at for _, at in pairs), False)


def _stretches(text: str, words: _Words) -> Iterator[list[_Line]]:
    """Yield the runs of lines that may be a table: material, or words unknown where the label of a row is due."""
    lines = [line for line in _lines(text) if line.chunks]
    ours = [_is_material(text, line, words) for line in lines]
    for n, line in enumerate(lines):
        if not ours[n] and _may_be_label(text, line, words):
            before = n > 0 and ours[n - 1]
            after = n + 1 < len(lines) and lines[n + 1].chunks[0].value and ours[n + 1]
            ours[n] = line.chunks[-1].value or (before and after)
    for material, run in groupby(zip(ours, lines, strict=True), key=lambda pair: pair[0]):
        if material:
            yield [line for _, line in run]


def _is_material(text: str, line: _Line, words: _Words) -> bool:
    if text[slice(*line.span)].rstrip().endswith("。") and not any(chunk.value for chunk in line.chunks):
        return False  # a sentence, though it may be made of words of the form: 没有行政复议、行政诉讼。
    whole = "".join(chunk.key for chunk in line.chunks)
    if (
        whole in words.titles
        or split_numeral(fold(text[slice(*line.span)].strip("# *\n")))[1] in words.titles
    ):
        return False
    return all(chunk.value or not chunk.key or words.made_of_pieces(chunk.key) for chunk in line.chunks)


def _may_be_label(text: str, line: _Line, words: _Words) -> bool:
    """Return whether *line* may be a label that the form does not have, with or without its figures."""
    own = text[slice(*line.span)]
    values = [chunk.value for chunk in line.chunks]
    if len(own) > _LONGEST_UNKNOWN + 8 * sum(values) or _PROSE.search(own) or values != sorted(values):
        return False
    key = "".join(chunk.key for chunk in line.chunks)
    return len(key) <= _LONGEST_UNKNOWN and not any(title in key for title in words.titles)


# -- rows ----------------------------------------------------------------------------------------------------

_Cells = tuple[Piece, ...]


def _rows(text: str, lines: Sequence[_Line], words: _Words) -> Iterator[_Cells]:
    """Yield the rows that the labels and figures of *lines* make up."""
    review = False
    labels: list[Piece] = []
    for value, run in groupby((c for line in lines for c in line.chunks), key=lambda chunk: chunk.value):
        if not value:
            labels = list(_labels(text, [chunk for chunk in run if chunk.key], words))
            review = _in_review(labels, words, review=review)
            continue
        figures = tuple(Piece(text[slice(*chunk.span)], chunk.span) for chunk in run)
        yield from _with_figures(labels, figures, words, review=review)
        labels = []
    yield from _header(labels, words)


def _in_review(labels: Sequence[Piece], words: _Words, *, review: bool) -> bool:
    for label in labels:
        key = fold(label.text)
        if key in _OF_REVIEW:
            review = True
        elif key not in ALSO_COLUMNS and (key in words.form.row_labels or key == NO_COLUMN or is_note(key)):
            review = False
    return review


def _labels(text: str, chunks: Sequence[_Chunk], words: _Words) -> Iterator[Piece]:
    """Yield the labels that *chunks* make up: as many chunks as possible are a chain of labels, else one alone."""
    n = 0
    while n < len(chunks):
        key, best, ends = "", 0, []
        for more in range(n, len(chunks)):
            key += chunks[more].key
            if len(key) > _LONGEST:
                break
            found = words.labels_in(key)
            if found:
                best, ends = more + 1 - n, found
        if not best:
            yield Piece(text[slice(*chunks[n].span)], chunks[n].span)
            n += 1
            continue
        yield from _parted(text, chunks[n : n + best], ends)
        n += best


def _parted(text: str, chunks: Sequence[_Chunk], ends: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the labels of the chain that *chunks* are, with the punctuation that belongs to each."""
    at = [offset for chunk in chunks for offset in chunk.at]
    starts = {chunk.at[0]: chunk.span.start for chunk in chunks}
    stops = {chunk.at[-1]: chunk.span.end for chunk in chunks}
    for first, last in ends:
        start = starts.get(at[first], at[first])
        if start == at[first] and start and text[start - 1] in "（(":
            start -= 1
        end = stops.get(at[last - 1], at[last - 1] + 1)
        while end < len(text) and text[end] in "）)”" and end < (at[last] if last < len(at) else end):
            end += 1
        yield Piece(_words_between(text, start, end, chunks), Span(start, end))


def _words_between(text: str, start: int, end: int, chunks: Sequence[_Chunk]) -> str:
    """Return the *text* from *start* to *end*, without the pipes and marks between its *chunks*, if there are any."""
    own = text[start:end]
    pieces = [text[max(start, c.span.start) : min(end, c.span.end)] for c in chunks]
    words = "".join(pieces).replace('""', '"')
    return own if "".join(own.split()) == "".join(words.split()) else words


def _header(labels: Sequence[Piece], words: _Words) -> Iterator[_Cells]:
    """Yield *labels* as lines of a header; a row of the form among them has no figures."""
    line: list[Piece] = []
    for label in labels:
        key = fold(label.text)
        alone = item_numeral(key) is not None or is_note(key)
        row = key in words.form.row_labels and key not in ALSO_COLUMNS
        if alone or row or key == NO_COLUMN:
            if line:
                yield tuple(line)
            line = []
        if alone or row:
            yield (label,)
        else:
            line.append(label)
    if line:
        yield tuple(line)


def _with_figures(
    labels: Sequence[Piece], figures: _Cells, words: _Words, *, review: bool
) -> Iterator[_Cells]:
    """Yield *labels* and the *figures* behind them: lines of a header, then rows."""
    keys = [letters_of(label.text) for label in labels]
    if review:
        own = bool(labels) and keys[-1] in words.groups and len(figures) < 15
        yield from _header(labels[: len(labels) - own], words)
        yield (*labels[len(labels) - own :], *figures)
        return
    rows = 0  # labels of rows with one figure each, all labels before all figures
    while rows < len(labels) and words.widths.get(keys[-1 - rows]) == frozenset({1}):
        rows += 1
    if rows > 1 and rows == len(figures):
        yield from _header(labels[:-rows], words)
        yield from zip(labels[-rows:], figures, strict=True)
        return
    if len(labels) > 1 and keys[-1] in words.columns and keys[-2] not in words.groups:
        yield from _header(labels, words)  # the label of the row is lost
        yield figures
        return
    start = max(len(labels) - 1, 0)
    while start and keys[start - 1] in words.groups:
        start -= 1
    yield from _header(labels[:start], words)
    yield (*labels[start:], *figures)


def _around(rows: Sequence[_Cells], words: _Words) -> Sequence[_Cells]:
    """Return those of *rows* that are a table: up to the last figures, () if no row of the form is among them."""
    if not any(_is_whole(row, words) for row in rows):
        return ()
    last = max(n for n, row in enumerate(rows) if is_value(row[-1].text))
    return rows[: last + 1]


def _is_whole(row: _Cells, words: _Words) -> bool:
    """Return whether *row* has as many figures as the form gives it."""
    values = [cell for cell in row if is_value(cell.text)]
    if len(values) == len(row):
        return len(values) in (5, 15)
    key = letters_of(row[len(row) - len(values) - 1].text)
    return len(values) in words.widths.get(key, ()) or (key in words.groups and len(values) == 5)
