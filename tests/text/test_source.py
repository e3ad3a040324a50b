"""Bytes to text, and offsets to the places that editors, terminals and language servers count."""

import codecs

import pytest
from nianbao.text.source import Position, Source, Span, UnreadableError

SENTENCE = "青禾县人民政府2021年政府信息公开工作年度报告\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (SENTENCE.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "utf-8", True),
        (SENTENCE.encode("gb18030"), "gb18030", False),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), "utf-16-be", True),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str, bom: bool) -> None:
    source = Source.decode(data, "report.txt")
    assert (source.text, source.encoding, source.bom) == (SENTENCE, encoding, bom)


def test_an_empty_file_is_an_empty_text() -> None:
    assert Source.decode(b"", "report.txt").text == ""


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\xff\xfe\x00",  # UTF-16 cut in the middle of a character
        codecs.BOM_UTF8 + b"\xff",
        bytes(range(256)) * 4,
        b"\x00" * 100,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        Source.decode(data, "report")


def test_control_characters_are_replaced_one_for_one() -> None:
    text = Source.decode("甲\x00乙\x1b[31m丙\t丁\r\n".encode(), "report.txt").text
    assert text == "甲\ufffd乙\ufffd[31m丙\t丁\r\n"


@pytest.mark.parametrize(
    ("text", "newline"),
    [("a\r\nb\r\nc\n", "\r\n"), ("a\rb\r", "\r"), ("a\nb", "\n"), ("a", "\n"), ("", "\n")],
)
def test_the_line_end_used_most(text: str, newline: str) -> None:
    assert Source(text).newline == newline


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# 标题\n", True),
        ("甲\n## 一、总体情况\n", True),
        ("| 甲 | 乙 |\n| --- | --- |\n", True),
        ("甲 | 乙\n", False),
        ("一、总体情况\n#号\n", False),
    ],
)
def test_markdown_is_told_by_its_headings_and_rules(text: str, markdown: bool) -> None:
    assert Source(text).is_markdown is markdown


# 甲 is three bytes of UTF-8 and one UTF-16 unit, 𠮷 four and two, the family of three people joined by U+200D
# is five characters, eighteen bytes and eight units.
MIXED = "甲𠮷\t１x\r\n👩\u200d👩\u200d👧乙\r\u2028丙\n"


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ("甲", Position(0, 1, 1, 1, 0, 0)),
        ("𠮷", Position(1, 1, 2, 4, 0, 1)),
        ("\t", Position(2, 1, 3, 8, 0, 3)),
        ("１", Position(3, 1, 4, 9, 0, 4)),
        ("x", Position(4, 1, 5, 12, 0, 5)),
        ("👩", Position(7, 2, 1, 1, 1, 0)),
        ("乙", Position(12, 2, 6, 19, 1, 8)),
        ("\u2028", Position(14, 3, 1, 1, 2, 0)),  # no editor ends a line at U+2028
        ("丙", Position(15, 3, 2, 4, 2, 1)),
    ],
)
def test_a_place_in_every_unit(sign: str, expected: Position) -> None:
    assert Source(MIXED).position(MIXED.index(sign)) == expected


def test_a_place_is_clamped_to_the_text() -> None:
    source = Source("甲乙\n丙")
    assert source.position(-3) == source.position(0) == Position(0, 1, 1, 1, 0, 0)
    assert source.position(99) == source.position(4) == Position(4, 2, 2, 4, 1, 1)


def test_a_place_far_along_one_line() -> None:
    """Units are summed in strides; the place must be right on both sides of each."""
    text = "甲𠮷" * 3000
    source = Source(text)
    for offset in (0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 5999, 6000):
        pairs, odd = divmod(offset, 2)
        assert source.position(offset) == (offset, 1, offset + 1, 7 * pairs + 3 * odd + 1, 0, 3 * pairs + odd)


def test_lines_without_their_ends() -> None:
    source = Source("甲\r\n\r\n乙\n")
    assert [source[source.line_at(offset)] for offset in (0, 3, 5, 7)] == ["甲", "", "乙", ""]
    assert source.line_at(5) == source.line_at(6) == Span(5, 6)
