"""Text files changed in their own encoding, with their own mark and line ends."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.plugins.builtin import _read_text
from nianbao.text.edit import Edit
from nianbao.text.source import Source, Span
from nianbao.writers.writer import RefusedError
from nianbao.writers.writers import writer_for

ENCODINGS = {
    "utf-8": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "gb18030": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
FAMILY = "👨\u200d👩\u200d👧"


def written(encoding: str, text: str) -> bytes:
    """Return *text* as a file in one of the ENCODINGS, with its mark."""
    return ENCODINGS[encoding] + text.encode(encoding.split(" ")[0])


def edit(text: str, old: str, new: str, nth: int = 0) -> Edit:
    """Return the edit that puts *new* in the place of an occurrence of *old*."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(old, start + 1)
    return Edit(Span(start, start + len(old)), old, new)


def edited(data: bytes, *edits: Edit, source: Source | None = None) -> bytes:
    source = source or Source.decode(data, "青禾县.txt")
    return writer_for(source).edited(data, source, edits, "tracked")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_only_the_words_change_in_every_encoding(encoding: str, newline: str) -> None:
    lines = "青禾县政府信息公开年报", "𠮷先生" + FAMILY + "\t其它１２", "其它结果"
    text = newline.join(lines)

    found = edited(written(encoding, text), edit(text, "其它", "其他"), edit(text, "其它", "其他𠮷", 1))

    assert found == written(
        encoding, newline.join((lines[0], "𠮷先生" + FAMILY + "\t其他１２", "其他𠮷结果"))
    )


SIGNS = st.sampled_from(list("其它他 \t年0１，,（()“|<&\u3000𠮷👩\u200d\ufe0f\u2028é"))
PIECES = st.lists(
    st.tuples(st.text(SIGNS, min_size=1, max_size=6), st.none() | st.text(SIGNS, max_size=6)), min_size=1
)


@given(pieces=PIECES, encoding=st.sampled_from(sorted(ENCODINGS)), newline=st.sampled_from(["\n", "\r\n"]))
def test_every_byte_outside_the_edits_stays(
    pieces: list[tuple[str, str | None]], encoding: str, newline: str
) -> None:
    edits, text = [], "政府信息公开" + newline
    wanted = text
    for old, new in pieces:
        if new is not None:
            edits.append(Edit(Span(len(text), len(text) + len(old)), old, new))
        text += old + newline
        wanted += (old if new is None else new) + newline

    assert edited(written(encoding, text), *edits) == written(encoding, wanted)


def test_a_new_line_ends_as_those_of_the_file_do() -> None:
    text = "一\r\n二\r\n"

    assert edited(text.encode(), edit(text, "二", "三\n四\r\n五")) == "一\r\n三\r\n四\r\n五\r\n".encode()


def test_control_characters_elsewhere_stay() -> None:
    data = "政府\x00信息\x07其它".encode()

    assert edited(data, Edit(Span(6, 8), "其它", "其他")) == "政府\x00信息\x07其他".encode()


def test_a_sign_that_the_encoding_lacks_is_refused_and_named() -> None:
    data = "政府信息公開".encode("big5")
    source = Source("政府信息公開", "青禾县.txt", "big5")

    with pytest.raises(RefusedError) as refused:
        edited(data, Edit(Span(4, 6), "公開", "公开"), source=source)

    assert "BIG5" in refused.value.reason.zh
    assert "“开”" in refused.value.reason.zh
    assert "UTF-8" in refused.value.reason.en


def test_a_file_that_is_not_what_was_read_is_refused() -> None:
    source = Source.decode("政府信息公开".encode(), "青禾县.txt")
    for data in ("政府信息公开年报".encode(), "政府信息公开".encode("gb18030")):
        with pytest.raises(RefusedError):
            edited(data, Edit(Span(0, 2), "政府", "县政府"), source=source)


# -- Markdown with tables in HTML ------------------------------------------------------------------------

MARKDOWN = (
    "# 其它 & 报告\r\n\r\n<table><tr><td>其它 &amp; 结果</td><td></td></tr></table>\r\n\r\n其它 | 𠮷\r\n"
)


def in_markdown(old: str, new: str, nth: int) -> str:
    """Return MARKDOWN after the *nth* occurrence of *old* in its text has been replaced."""
    source = _read_text(MARKDOWN.encode(), "青禾县.md")
    assert source.raw is not None
    return edited(MARKDOWN.encode(), edit(source.text, old, new, nth), source=source).decode()


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_words_before_in_and_behind_a_table_are_found_again(nth: int) -> None:
    parts = MARKDOWN.split("其它")

    assert in_markdown("其它", "其他", nth) == "其它".join(parts[: nth + 1]) + "其他" + "其它".join(
        parts[nth + 1 :]
    )


def test_signs_that_mean_something_in_html_are_escaped_in_its_tables_only() -> None:
    assert in_markdown("其它", "<A&B>", 1) == MARKDOWN.replace("<td>其它", "<td>&lt;A&amp;B&gt;")
    assert in_markdown("其它", "<A&B>", 2) == MARKDOWN.replace("其它 |", "<A&B> |")


def test_an_empty_cell_of_such_a_table_is_filled() -> None:
    source = _read_text(MARKDOWN.encode(), "青禾县.md")
    at = source.text.index("结果|") + len("结果|")

    found = edited(MARKDOWN.encode(), Edit(Span(at, at), "", "0"), source=source)

    assert found.decode() == MARKDOWN.replace("<td></td>", "<td>0</td>")
