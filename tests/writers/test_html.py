"""Pages changed between their tags: every other character of them stays."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.readers.html import read_html
from nianbao.text.edit import Edit
from nianbao.text.source import Source, Span
from nianbao.writers.writer import RefusedError
from nianbao.writers.writers import writer_for

HEAD = '<html><head><meta charset="utf-8"></head><body>\r\n<p>一、总体情况</p>\r\n<p>二、主动公开政府信息情况</p>\r\n'


def page(body: str) -> str:
    return f"{HEAD}{body}\r\n</body></html>"


def changed(body: str, old: str, new: str, encoding: str = "utf-8", mark: bytes = b"") -> str:
    """Return what becomes of a page with *body* when *old* is replaced, read again to be sure of it."""
    data = mark + page(body).encode(encoding)
    source = read_html(data, "青禾县.html")
    start = source.text.index(old)
    edit = Edit(Span(start, start + len(old)), old, new)
    after = writer_for(source).edited(data, source, (edit,), "tracked")
    again = read_html(after, "青禾县.html").text
    assert again == source.text[:start] + new + source.text[start + len(old) :]
    text = after.removeprefix(mark).decode(encoding)
    assert after.startswith(mark)
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD).removesuffix("\r\n</body></html>")


@pytest.mark.parametrize(
    ("body", "old", "new", "wanted"),
    [
        ("<p>其它结果</p>", "其它", "其他", "<p>其他结果</p>"),
        ("<p class=x>其<b>它</b>结果</p>", "其它结", "其他结", "<p class=x>其他结<b></b>果</p>"),
        ("<p>𠮷&nbsp;其它&amp;结果</p>", "其它", "其他", "<p>𠮷&nbsp;其他&amp;结果</p>"),
        ("<p>甲&amp;乙</p>", "甲&乙", "甲和乙", "<p>甲和乙</p>"),
        ("<p>甲&#x2014;乙</p>", "—", "－", "<p>甲－乙</p>"),
        ("<p>甲乙</p>", "甲", "甲<&>", "<p>甲&lt;&amp;&gt;乙</p>"),
        ("<p>甲  \r\n &nbsp; 乙丙</p>", "甲 乙", "甲乙", "<p>甲乙丙</p>"),
        ("<p>甲\u200b乙丙</p>", "甲乙", "丁", "<p>丁\u200b丙</p>"),
    ],
    ids=[
        "words",
        "over tags",
        "beside an entity",
        "an entity",
        "a number",
        "escaped",
        "blanks",
        "the unseen",
    ],
)
def test_words_change_and_nothing_around_them(body: str, old: str, new: str, wanted: str) -> None:
    assert changed(body, old, new) == wanted


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_the_encoding_and_the_mark_of_a_page_stay(encoding: str, mark: bytes) -> None:
    assert changed("<p>👩其它</p>", "其它", "其他", encoding, mark) == "<p>👩其他</p>"


def test_a_sign_that_the_encoding_lacks_becomes_a_reference() -> None:
    body = "<meta charset=big5><p>政府信息公開</p>"
    data = body.encode("big5")
    source = read_html(data, "青禾县.html")
    assert source.encoding == "big5hkscs"
    start = source.text.index("開")

    after = writer_for(source).edited(data, source, (Edit(Span(start, start + 1), "開", "开"),), "tracked")

    assert after == data.replace("開".encode("big5"), b"&#24320;")
    assert read_html(after, "青禾县.html").text == source.text.replace("開", "开")


def filled(body: str, before: str, new: str) -> str:
    """Return the body of a page after *new* was put behind the words *before*."""
    data = page(body).encode()
    source = read_html(data, "青禾县.html")
    at = source.text.index(before) + len(before)
    after = writer_for(source).edited(data, source, (Edit(Span(at, at), "", new),), "tracked")
    assert read_html(after, "青禾县.html").text == source.text[:at] + new + source.text[at:]
    return after.decode().removeprefix(HEAD).removesuffix("\r\n</body></html>")


ROW = "<table><tr><td>信息内容</td><td>数量</td></tr><tr><td>行政许可</td><td align=right></td></tr></table>"


def test_an_empty_cell_is_filled_behind_its_tag() -> None:
    assert filled(ROW, "行政许可\x1f", "0") == ROW.replace("right>", "right>0")


def test_words_are_inserted_behind_those_before_them() -> None:
    assert filled("<p>2024年1月1<b>至</b></p>", "1月1", "日") == "<p>2024年1月1日<b>至</b></p>"
    assert filled("<p>12月31</p><p>止</p>", "12月31", "日") == "<p>12月31日</p><p>止</p>"


def test_words_at_the_head_of_a_line_stand_before_what_follows() -> None:
    assert filled("<p><b>总体</b></p>", "主动公开政府信息情况\n", "三、") == "<p><b>三、总体</b></p>"


def test_the_numeral_that_a_browser_counts_is_refused() -> None:
    data = page("<ol><li>其它结果。</li></ol>").encode()
    source = read_html(data, "青禾县.html")
    start = source.text.index("1.")

    with pytest.raises(RefusedError) as refused:
        writer_for(source).edited(data, source, (Edit(Span(start, start + 2), "1.", "2."),), "tracked")

    assert "“1.”" in refused.value.reason.zh


def test_what_a_page_shows_twice_is_not_written_twice() -> None:
    """Two edits that come to be on one place of the page are refused, not written over each other."""
    data = page("<p>其&amp;它</p>").encode()
    source = read_html(data, "青禾县.html")
    twice = Source(
        source.text * 2,
        source.path,
        source.encoding,
        kind="html",
        segments=(
            *source.segments,
            *(
                s._replace(start=s.start + len(source.text), end=s.end + len(source.text))
                for s in source.segments
            ),
        ),
        raw=source.raw,
    )
    at = source.text.index("&")
    edits = [Edit(Span(n, n + 1), "&", "和") for n in (at, at + len(source.text))]

    with pytest.raises(RefusedError):
        writer_for(twice).edited(data, twice, edits, "tracked")


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["其它", "甲乙丙", "𠮷", "12", "（一）", "&amp;", "&#8212;", "é"]),
        st.none() | st.text(st.sampled_from("其他甲<>&12")),
    ),
    min_size=1,
    max_size=12,
)


@given(pieces=PIECES, tag=st.sampled_from(["b", "span style='color:red'", "font"]))
def test_every_character_outside_the_edits_stays(pieces: list[tuple[str, str | None]], tag: str) -> None:
    """A line is made of pieces in tags of their own; only those to be replaced may change, and the tags never."""
    from html import escape, unescape

    def whole(words: list[str]) -> str:
        inner = "".join(f"<{tag}>{word}</{tag.split()[0]}>" for word in words)
        return page(f"<p>始{inner}末</p>")

    data = whole([old for old, _ in pieces]).encode()
    source = read_html(data, "青禾县.html")
    at = source.text.index("始") + 1
    edits = []
    for old, new in pieces:
        signs = unescape(old)
        if new is not None:
            edits.append(Edit(Span(at, at + len(signs)), signs, new))
        at += len(signs)

    after = writer_for(source).edited(data, source, edits, "tracked")

    assert after.decode() == whole([old if new is None else escape(new) for old, new in pieces])
