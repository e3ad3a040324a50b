"""Marks in web pages, and pages made of texts: the bytes of the page stay, links lead to marks, nothing runs."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from annotate.judging import IDENTITY, MOBILE, STYLE, Said, faulty, judged, verdict_on
from cli.running import PATIENCE
from nianbao.annotate.annotators import annotated
from nianbao.readers.html import read_html
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span
from rendering import DOCUMENTS, TEXTS
from writers.docx_parts import is_subsequence

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PAGES = ("html, clean", "html, CMS", "html, Word")
TABLE = "<p>青禾县报告</p><table><tr><td>甲乙</td><td></td></tr><tr><td>丙</td><td>3</td></tr></table>"


class Marks(HTMLParser):
    """Takes from a page the words in each mark, the links, and the elements there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.links: list[str] = []
        self.names: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.names.append(tag)
        if tag == "mark":
            assert given["id"] not in self.words
            self._open.append(given["id"])
            self.words[given["id"]] = ""
            self.titles[given["id"]] = given["title"]
        elif tag == "a" and given.get("href", "").startswith("#nianbao"):
            self.links.append(given["href"][1:])

    def handle_endtag(self, tag: str) -> None:
        assert tag != "mark" or self._open
        if tag == "mark":
            self._open.pop()
        else:
            assert not self._open  # no mark goes over a tag

    def handle_data(self, data: str) -> None:
        for one in self._open:
            self.words[one] += data


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>报告</title></head><body>{body}</body></html>"


def read(data: bytes) -> Source:
    return read_html(data, "report.html")


def marked(text: str, *said: Said | Span, encoding: str = "utf-8") -> str:
    """Return the page *text* with marks on what is *said*; all of its own bytes are there, and it reads as before."""
    data = text.encode(encoding)
    source = read(data)
    copy = annotated(data, verdict_on(source, said), STYLE)
    assert is_subsequence(data, copy)
    return copy.decode(encoding)


def test_a_mark_is_on_the_words_and_the_list_leads_to_it() -> None:
    made = Marks(marked(page("<p>甲乙<b>丙</b>丁&amp;戊</p>"), Said("乙丙丁", "不对"), Said("&", "和")))
    assert made.words == {"nianbao-1": "乙", "nianbao-2": "丙", "nianbao-3": "丁", "nianbao-4": "&"}
    assert made.links == ["nianbao-1", "nianbao-4"]
    assert made.titles["nianbao-2"] == "【错误】QH001 不对\n依据：《青禾县政务公开办法》第三条\n怎样改：改正"


def test_words_that_overlap_share_a_mark() -> None:
    made = Marks(
        marked(page("<p>甲乙丙丁</p>"), Said("甲乙丙", "一"), Said("乙丙丁", "二"), Said("丙", "三"))
    )
    assert list(made.words.values()) == ["甲", "乙", "丙", "丁"]
    assert [title.count("QH001") for title in made.titles.values()] == [1, 2, 3, 1]
    assert made.links == ["nianbao-1", "nianbao-2", "nianbao-3"]


def test_an_empty_cell_has_a_mark_of_its_own() -> None:
    source = read(page(TABLE).encode())
    at = source.text.index(f"甲乙{CELL_MARK}") + 3
    made = marked(page(TABLE), Span(at, at), Said("丙", "注"))
    assert '<td><mark class="nianbao-mark nianbao-empty"' in made
    assert list(Marks(made).words.values()) == ["", "丙"]


def test_what_stands_in_no_text_is_listed_without_a_mark() -> None:
    title = "青禾县人民政府2024年政府信息公开工作年度报告"
    text = f"<html><head><title>{title}</title></head><body><div><p>一、总体情况</p><p>发布信息3条。</p></div></body></html>"
    assert title in read(text.encode()).text
    made = marked(text, Said("青禾县", "注"), Said("3条", "注"))
    assert f"<title>{title}</title>" in made
    assert "正文中没有这些字" in made
    assert list(Marks(made).words.values()) == ["3条"]


def test_nothing_runs_in_the_copy() -> None:
    text = page("<script>document.body.innerHTML = ''</script><p>甲</p>")
    made = marked(text, Said("甲", '"><script>alert(1)</script>'))
    assert Marks(made).names.count("script") == 1  # that of the page, which its policy does not let run
    assert made.index("Content-Security-Policy") < made.index("<script")


class Acts(HTMLParser):
    """Takes from a page what it may do: its policy, and the pages that it goes to by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policy = ""
        self.goes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first = dict(reversed(attrs))  # as in browsers, of two with one name the first counts
        if tag == "meta" and first.get("http-equiv") == "Content-Security-Policy":
            self.policy = self.policy or first.get("content") or ""
        if tag == "meta" and (first.get("http-equiv") or "").strip().lower() == "refresh":
            self.goes.append(first.get("content") or "")


REFRESH = '<meta http-equiv="refresh" content="0;url=https://qinghe.example/">'


@pytest.mark.parametrize(
    "refresh",
    [
        REFRESH,
        "<META CONTENT='0;url=//qinghe.example' HTTP-EQUIV=' Refresh'>",
        '<meta http-equiv="&#114;efresh" content="5">',
    ],
)
def test_a_copy_goes_nowhere_and_fetches_nothing(refresh: str) -> None:
    text = page(f'{refresh}<img src="https://qinghe.example/1.png"><p>甲</p>')
    assert Acts(text).goes
    made = Acts(marked(text, Said("甲", "注")))
    assert made.goes == []
    rules = dict(rule.strip().split(" ", 1) for rule in made.policy.split(";"))
    assert [rules[name] for name in ("default-src", "form-action", "base-uri")] == ["'none'"] * 3
    assert {rules["img-src"], rules["font-src"]} == {"data:"}
    assert not {"script-src", "connect-src", "object-src", "media-src"} & set(rules)


def test_a_refresh_for_those_without_scripts_goes_nowhere_and_other_metas_stay() -> None:
    kept = '<meta http-equiv="Content-Type" content="text/html"><meta name="refresh" content="年报">'
    made = marked(f"<head>{kept}<noscript>{REFRESH}</noscript></head><p>甲</p>", Said("甲", "注"))
    assert Acts(re.sub("</?noscript>", "", made)).goes == []
    assert kept in made


def test_the_policy_is_before_words_that_open_the_body() -> None:
    """Of one in the body no browser takes notice."""
    made = marked("甲乙<html><head></head><body><p>丙</p>", Said("丙", "注"))
    assert made.index("Content-Security-Policy") < made.index("甲乙")


def test_encodings_line_ends_and_marks_of_the_file_stay() -> None:
    text = page("<p>甲乙</p>\r\n<p>丙€</p>")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        made = marked(text, Said("乙", "注 ≠"), encoding=encoding)
        assert list(Marks(made).words.values()) == ["乙"]
        assert "\r\n" in made


def test_a_copy_of_a_copy_has_marks_of_both() -> None:
    once = marked(page("<div><p>一、总体情况</p><p>甲乙丙</p></div>"), Said("甲", "一"))
    twice = marked(once, Said("丙", "二"))
    made = Marks(twice)
    assert sorted(made.words.values()) == ["丙", "甲"]
    assert len(set(made.words)) == 2


@pytest.mark.parametrize("kind", PAGES)
def test_real_findings_are_on_their_words(kind: str) -> None:
    data = DOCUMENTS[kind](faulty(), Random(5))
    verdict = judged(data, "report.html")
    copy = annotated(data, verdict, STYLE)
    assert is_subsequence(data, copy)
    made = Marks(copy.decode(verdict.report.source.encoding))
    assert set(made.links) <= set(made.words)
    assert "2" in [words for one, words in made.words.items() if "1 ≠ 2" in made.titles[one]]
    hidden = [title for title in made.titles.values() if IDENTITY in title or MOBILE in title]
    assert not hidden
    foot = copy.decode(verdict.report.source.encoding).rpartition("<aside")[2]
    assert foot.count("依据：") == len(verdict.open)
    assert IDENTITY not in foot


@pytest.mark.parametrize("kind", ["txt", "txt, GB18030", "txt, UTF-16, CRLF", "md", "md, tables in HTML"])
def test_a_text_becomes_a_page_that_shows_it(kind: str) -> None:
    data = TEXTS[kind](faulty(), Random(5))
    verdict = judged(data, "report.txt")
    copy = annotated(data, verdict, STYLE).decode()
    made = Marks(copy)
    assert "2" in [words for one, words in made.words.items() if "1 ≠ 2" in made.titles[one]]
    assert set(made.links) == set(made.words)
    assert IDENTITY not in copy
    assert MOBILE not in copy
    shown = re.sub(r"<[^>]*>", "", copy.partition('lang="zh-CN">')[2].partition("<style")[0])
    assert "一、总体情况" in shown
    assert "script" not in made.names


def test_signs_of_markup_in_a_text_are_shown_as_they_are() -> None:
    source = Source("甲<b>乙</b>&丙\n")
    copy = annotated(source.text.encode(), verdict_on(source, [Said("<b>乙", "注")]), STYLE).decode()
    assert list(Marks(copy).words.values()) == ["<b>乙"]
    assert "甲<mark" in copy


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.skipif(sys.platform == "win32", reason="headless output is not to be had there")
def test_a_browser_shows_the_marks_and_runs_nothing(tmp_path: Path) -> None:
    text = page("<script>document.title = '已运行'</script><div><p>一、总体情况</p><p>甲乙丙</p></div>")
    file = tmp_path / "copy.html"
    file.write_bytes(marked(text, Said("乙", "注")).encode())
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}")
    command = (str(CHROMIUM), *options, "--dump-dom", file.as_uri())
    dom = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE).stdout.decode()
    assert "<title>报告</title>" in dom
    assert list(Marks(dom).words.values()) == ["乙"]
