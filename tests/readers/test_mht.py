"""Pages in an archive, as browsers and Word save them: the words of each encoding, and what is no such archive."""

from collections.abc import Callable, Mapping

import pytest
from effort import affordable
from nianbao.readers import limits
from nianbao.readers.html import read_html
from nianbao.readers.mht import read_mht
from nianbao.text.source import UnreadableError
from rendering.mht import PICTURE, archive, part, saved

BODY = "<body><h1>青禾县2024年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>运行平稳。</p></body></html>"
TEXT = "青禾县2024年政府信息公开工作年度报告\n一、总体情况\n运行平稳。\n"


def page(charset: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>年报</title></head>{BODY}"


def refused(data: bytes) -> str:
    """Return the reason in Chinese; it costs no more than two hundred reports do."""
    with affordable(200), pytest.raises(UnreadableError) as raised:
        read_mht(data, "年报.mht")
    return raised.value.reason.zh


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(
    ("written", "meta", "said"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "", ""),
        ("gb18030", "gb2312", ""),
        ("gb18030", "", "gb2312"),
        ("gb18030", "gbk", "GBK"),
        ("gb18030", "", "utf-8"),  # what is said beside a page may be wrong
        ("utf-8", "", "gb2312"),
        ("big5hkscs", "", "big5"),
        ("utf-16", "", "utf-16"),
    ],
)
def test_a_page_is_read_in_every_encoding(written: str, meta: str, said: str, encoding: str) -> None:
    if written.startswith("big5") and not said:
        pytest.skip("nothing says that it is")
    body = page(meta)
    due = TEXT
    if written == "big5hkscs":
        body, due = (
            each.replace("县", "縣")
            .replace("报", "報")
            .replace("开", "開")
            .replace("总体", "總體")
            .replace("况", "況")
            .replace("运", "運")
            .replace("稳", "穩")
            for each in (body, due)
        )
    kind = f'text/html; charset="{said}"' if said else "text/html"
    data = archive([part(body.encode(written), kind, encoding)])

    assert read_mht(data, "年报.mht").text == due


def test_a_sign_beyond_gb2312_is_read_where_that_is_said() -> None:
    """䶮 and 喆 are in GB18030 and in names; 国 in both."""
    body = page("gb2312").replace("平稳", "平稳，联系人李䶮、王喆")
    source = read_mht(archive([part(body.encode("gb18030"), "text/html; charset=gb2312")]), "年报.mht")

    assert "联系人李䶮、王喆" in source.text


def test_what_it_says_is_what_the_page_says_and_where() -> None:
    data = page("utf-8").encode()
    source, plain = read_mht(saved(data), "年报.mht"), read_html(data, "年报.html")

    assert (source.text, source.kind, source.visible) == (plain.text, "mht", False)
    for ours, its in zip(source.segments, plain.segments, strict=True):
        assert ours == its._replace(origin=ours.origin)
        assert ours.origin.part == "http://qinghe.example/1.html"


@pytest.mark.parametrize(
    "made",
    [
        lambda content: archive([part(PICTURE, "image/gif", "base64"), part(content)]),
        lambda content: archive([part(content)], {"Subject": "x", "Date": "Mon, 3 Mar 2025 10:00:00"}),
        lambda content: archive([part(content)]).replace(b"\r\n", b"\n"),
        lambda content: archive([part(content)])[: -len("\r\n------MultipartBoundary--Kq7h2--\r\n") - 4],
        lambda content: b"MIME-Version: 1.0\r\n" + part(content),  # a page without a part
        lambda content: b"MIME-Version: 1.0\r\n" + archive([archive([part(content)], line="inner")]),
    ],
    ids=["picture first", "more heads", "line feeds", "cut off behind the page", "one part", "nested"],
)
def test_a_page_is_found_wherever_it_is(made: Callable[[bytes], bytes]) -> None:
    assert read_mht(made(page().encode()), "年报.mht").text == TEXT


def test_of_frames_the_one_with_the_report_is_read() -> None:
    menu = part("<html><body><p>首页</p><p>栏目</p></body></html>".encode(), location="menu.html")
    frames = part(b"<html><frameset cols=20,80><frame src=a.html><frame src=b.html></frameset></html>")

    assert read_mht(archive([frames, menu, part(page().encode())]), "年报.mht").text == TEXT
    assert read_mht(archive([frames, menu]), "年报.mht").text == "首页\n栏目\n"
    assert "框架" in refused(archive([frames]))


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "no page": (lambda: archive([part(PICTURE, "image/gif", "base64")]), "没有网页"),
    "no part": (lambda: archive([]), "没有网页"),
    "no line between parts": (lambda: b"Content-Type: multipart/related\r\n\r\n<html>", "没有网页"),
    "half of a sign in base64": (
        lambda: archive([part(b"", encoding="base64") + b"QUJDR\r\n"]),
        "没有网页",
    ),
    "many parts": (lambda: archive([b"\r\nx"] * 200_000), "太多"),
    "many heads": (
        lambda: archive([part(page().encode())], {f"X-{n}": "a" for n in range(1_000_000)}),
        "太长",
    ),
    "parts in parts": (
        lambda: b"".join(
            f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n'.encode() for n in range(3_000)
        ),
        "太深",
    ),
    "many pages": (lambda: archive([part(b"<html><body></body></html>")] * 21), "太多"),
    "one line between parts, again and again": (
        lambda: archive([]) + b"\r\n------MultipartBoundary--Kq7h2" * 9,
        "没有网页",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_such_archive_is_refused(name: str) -> None:
    made, words = HOSTILE[name]
    assert words in refused(made())


def test_one_that_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MHT_BYTES", 2**20)
    assert "超过 1 MiB" in refused(saved(page().encode()).ljust(2**20 + 1))
