"""A report made into what others see of it."""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence

from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import identity_numbers

from nianbao.report.begun import unfilled
from nianbao.report.form import TableForm
from nianbao.report.neighbour import STATES, WIDTH, Figures, Neighbour
from nianbao.report.organ_names import parted
from nianbao.report.report import Report
from nianbao.report.syntax import Piece
from nianbao.report.table import Cell, State, Table

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_MOST = 8000  # characters of the sentences that are kept: more than all but a few reports have
_MOST_SENTENCES = 300
_MOST_BYTES = 9000  # of them when packed: what is no language does not pack well
_SHORTEST = 8  # letters of a sentence, masked, that says something of its own
_LONGEST = 400  # characters of one sentence that are kept to be shown
_DIGITS = 15  # signs of a figure that is kept
_ENDS = re.compile("[。！？；!?;]+")
_NAME, _FIGURE = "\x01", "\x02"
_NUMERALS = "0-9一二三四五六七八九十百千万亿零〇两几"
_FIGURES = re.compile(rf"[{_NUMERALS}](?:[{_NUMERALS}.,]*[{_NUMERALS}])?")
_PLACES = re.compile(rf"(?:{_NAME}|[\u4e00-\u9fff]{{2}}(?:省|市|州|县|区|旗|镇|乡|街道))+")
# What a copier leaves, or changes with the name: 本镇 for 本乡, 镇务会 for 乡务会.
_ONESELF = re.compile("[本我全](?:街道|单位|机关|部门|中心|[镇乡县市区旗州盟省局委办厅院])")
_TOWN = re.compile("街道|[镇乡]")
_NO_LETTERS = re.compile(rf"[^\w{_NAME}{_FIGURE}]+")
_LONG_NUMBER = re.compile(r"\d{7,}")
_SIGNS = {state: sign for sign, state in STATES.items()}


def neighbour_of(report: Report, path: str) -> Neighbour:
    """Return *report*, which is in the file *path*, as others see it."""
    sentences, cut = _sentences(report)
    packed = _packed(sentences)
    while len(packed) > _MOST_BYTES:
        sentences, cut = sentences[: len(sentences) * _MOST_BYTES // len(packed)], True
        packed = _packed(sentences)
    sections = tuple(dict.fromkeys(section for section, _, _ in sentences))
    return Neighbour(
        path=path,
        organ=report.issuer.name,
        names=report.names.proper,
        level=report.issuer.level,
        year=report.year,
        form=report.form.name if report.form else "",
        tables={form.key: _figures(report, form) for form in (report.form.tables if report.form else ())},
        packed=packed,
        sections=sections,
        within=bytes(sections.index(section) for section, _, _ in sentences),
        masked=b"".join(digest for _, _, digest in sentences),
        cut=cut,
        unfilled=unfilled(report),
    )


def _packed(sentences: Sequence[tuple[str, str, bytes]]) -> bytes:
    return zlib.compress("\n".join(text for _, text, _ in sentences).encode("utf-8", "replace"))


def _figures(report: Report, form: TableForm) -> Figures:
    rows = tuple(row.key for row in form.rows)
    columns = tuple(column.key for column in form.columns)
    table = report.tables.get(form.key)
    if table is None or not table.readable:
        state = State.UNREAD if form.key in report.unreadable else State.ABSENT
        return Figures(rows, columns, "\t".join([_SIGNS[state]] * (len(rows) * len(columns))))
    unread = {label.key for label in table.unread}
    lost = unread - set(rows)  # a row that is there and was not recognised may be any of those not found
    cells = (
        _written(table, table.cell((row, column)), unread, lost=bool(lost))
        for row in rows
        for column in columns
    )
    return Figures(rows, columns, "\t".join(cells))


def _written(table: Table, cell: Cell, unread: set[str], *, lost: bool) -> str:
    if cell.value is not None:
        value = f"{cell.value} {cell.unit}".rstrip()
        return value if len(value) <= _DIGITS else _SIGNS[State.UNREAD]
    doubtful = cell.row.key in unread or (lost and cell.row.key not in table.rows)
    state = State.UNREAD if cell.state is State.ABSENT and doubtful else cell.state
    return _SIGNS.get(state, _SIGNS[State.UNREAD])


def _sentences(report: Report) -> tuple[list[tuple[str, str, bytes]], bool]:
    """Return section, text and digest of the sentences that are kept of *report*, and whether there are more."""
    masked = _Mask(report)
    found: list[tuple[str, str, bytes]] = []
    left = _MOST
    for section, paragraph in _paragraphs(report):
        for part in _ENDS.split(paragraph.text):
            plain = masked(part)
            if len(plain) - plain.count(_NAME) - plain.count(_FIGURE) < _SHORTEST:
                continue
            text = _shown(part)
            if len(text) > left or len(found) == _MOST_SENTENCES:
                return found, True
            left -= len(text)
            found.append(
                (section, text, blake2b(plain.encode("utf-8", "replace"), digest_size=WIDTH).digest())
            )
    return found, False


def _paragraphs(report: Report) -> Iterator[tuple[str, Piece]]:
    for paragraph in report.paragraphs:
        section = report.section_around(paragraph.span.start)
        yield section.key if section is not None else "", paragraph


def _shown(text: str) -> str:
    """Return *text* in one line, the numbers of persons starred."""
    for number in tuple(identity_numbers(text)):
        text = text.replace(number[0], number[0][:3] + "*" * (len(number[0]) - 3))
    line = " ".join(text.split())
    return _LONG_NUMBER.sub(lambda number: number[0][:3] + "*" * (len(number[0]) - 3), line)[:_LONGEST]


class _Mask:
    """What is the same in two sentences of which one was copied and names, years and figures changed."""

    def __init__(self, report: Report) -> None:
        names = report.names
        places, _ = parted(report.issuer.name)
        whole = _plain(report.prose)
        every = sorted(
            {*names.own, *names.area, *names.system, *places, "".join(places)} - {""}, key=len, reverse=True
        )

        self.names = [name for name in every if name in whole]  # of some sixty that it may have

    def __call__(self, text: str) -> str:
        plain = _plain(text)
        for name in self.names:
            plain = plain.replace(name, _NAME)
        plain = _PLACES.sub(_NAME, _ONESELF.sub(_NAME, plain))
        plain = _FIGURES.sub(_FIGURE, _TOWN.sub(_NAME, plain))
        return _NO_LETTERS.sub("", plain)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))
