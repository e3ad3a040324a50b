"""Marks in web pages, and pages made of texts: the bytes of the page stay, links lead to marks, nothing runs."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from annotate.judging import IDENTITY, MOBILE, STYLE, Said, faulty, judged, verdict_on
from cli.running import PATIENCE
from hypothesis import given
from hypothesis import strategies as st
from nianbao.annotate.annotators import annotated
from nianbao.engine.finding import Severity
from nianbao.readers.html import read_html
from nianbao.testing import compliant
from nianbao.text.marks import CELL_MARK
from nianbao.text.source import Source, Span
from rendering import DOCUMENTS, DRAWN, TEXTS
from writers.docx_parts import is_subsequence

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PAGES = ("html, clean", "html, CMS", "html, Word")
TABLE = "<p>青禾县报告</p><table><tr><td>甲乙</td><td></td></tr><tr><td>丙</td><td>3</td></tr></table>"


class Marked(NamedTuple):
    """A piece of a page that is marked: the numbers that stand before it, its words, and what is said of them."""

    tag: str
    numbers: tuple[str, ...]
    title: str
    words: str


class Marks(HTMLParser):
    """Takes from a page what is marked, the links from the list and back, and the elements there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[Marked] = []
        self.links: list[str] = []
        self.back: list[str] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self._numbers: tuple[str, ...] = ()
        self._open = ""
        self.feed(page)
        assert not self._open
        assert len(set(self.ids)) == len(self.ids)
        assert set(self.links) | set(self.back) <= set(self.ids)

    @property
    def words(self) -> list[str]:
        return [piece.words for piece in self.pieces]

    @property
    def marks(self) -> dict[str, str]:
        """The words of each piece that is a mark, by the numbers before it."""
        assert [piece.tag for piece in self.pieces] == [
            "mark" if piece.numbers else "span" for piece in self.pieces
        ]
        return {"".join(piece.numbers): piece.words for piece in self.pieces if piece.numbers}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.names.append(tag)
        look = given.get("class", "").split()
        self.ids += [given["id"]] if given.get("id", "").startswith("nianbao") else []
        to = given.get("href", "").removeprefix("#")
        if "nianbao-mark" in look:
            assert not self._open
            self._open = tag
            self.pieces.append(Marked(tag, self._numbers, given["title"], ""))
            self._numbers = ()
        elif "nianbao-number" in look:
            self._numbers += (given["data-number"],)
            self.back += [to] if to else []
        elif to.startswith("nianbao"):
            self.links.append(to)

    def handle_endtag(self, tag: str) -> None:
        assert self._open in ("", tag)  # no mark goes over a tag
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.pieces[-1] = self.pieces[-1]._replace(words=self.pieces[-1].words + data)


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
    assert made.words == ["乙", "丙", "丁", "&"]
    assert made.marks == {"1": "乙", "2": "&"}  # one mark for one finding
    assert made.links == ["nianbao-1", "nianbao-2"]
    assert made.back == ["nianbao-note-1", "nianbao-note-2"]
    assert made.pieces[1].title == "【错误】QH001 不对\n依据：《青禾县政务公开办法》第三条\n怎样改：改正"


def test_words_that_overlap_share_a_mark() -> None:
    made = Marks(
        marked(page("<p>甲乙丙丁</p>"), Said("甲乙丙", "一"), Said("乙丙丁", "二"), Said("丙", "三"))
    )
    assert made.words == ["甲", "乙", "丙", "丁"]
    assert [piece.title.count("QH001") for piece in made.pieces] == [1, 2, 3, 1]
    assert made.marks == {"1": "甲", "2": "乙", "3": "丙"}
    assert made.links == ["nianbao-1", "nianbao-2", "nianbao-3"]


def test_an_empty_cell_has_a_mark_of_its_own() -> None:
    source = read(page(TABLE).encode())
    at = source.text.index(f"甲乙{CELL_MARK}") + 3
    made = marked(page(TABLE), Span(at, at), Said("丙", "注"))
    assert '<mark class="nianbao-mark nianbao-error nianbao-empty"' in made
    assert Marks(made).marks == {"1": "", "2": "丙"}


def test_what_stands_in_no_text_is_listed_without_a_mark() -> None:
    title = "青禾县人民政府2024年政府信息公开工作年度报告"
    text = f"<html><head><title>{title}</title></head><body><div><p>一、总体情况</p><p>发布信息3条。</p></div></body></html>"
    assert title in read(text.encode()).text
    made = marked(text, Said("青禾县", "注"), Said("3条", "注"))
    assert f"<title>{title}</title>" in made
    assert "正文中没有这些字" in made
    assert Marks(made).words == ["3条"]


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
        assert Marks(made).words == ["乙"]
        assert "\r\n" in made


def test_a_copy_of_a_copy_has_marks_of_both() -> None:
    once = marked(page("<div><p>一、总体情况</p><p>甲乙丙</p></div>"), Said("甲", "一"))
    twice = marked(once, Said("丙", "二"))
    made = Marks(twice)
    assert sorted(made.words) == ["丙", "甲"]


@pytest.mark.parametrize("kind", PAGES)
def test_real_findings_are_on_their_words(kind: str) -> None:
    data = DOCUMENTS[kind](faulty(), Random(5))
    verdict = judged(data, "report.html")
    copy = annotated(data, verdict, STYLE)
    assert is_subsequence(data, copy)
    made = Marks(copy.decode(verdict.report.source.encoding))
    assert "2" in [piece.words for piece in made.pieces if "1 ≠ 2" in piece.title]
    assert not [piece for piece in made.pieces if IDENTITY in piece.title or MOBILE in piece.title]
    foot = copy.decode(verdict.report.source.encoding).rpartition("<aside")[2]
    assert foot.count("依据：") == len(verdict.open)
    assert IDENTITY not in foot


@pytest.mark.parametrize(
    "kind", ["txt", "txt, GB18030", "txt, UTF-16, CRLF", "md", "md, tables in HTML", "ofd"]
)
def test_a_text_becomes_a_page_that_shows_it(kind: str) -> None:
    data = {**TEXTS, **DRAWN}[kind](faulty(), Random(5))
    verdict = judged(data, "report.txt")
    copy = annotated(data, verdict, STYLE).decode()
    made = Marks(copy)
    assert "2" in [piece.words for piece in made.pieces if "1 ≠ 2" in piece.title]
    assert [name.replace("note-", "") for name in made.back] == made.links
    assert len(made.links) == len(made.marks) == copy.count("<li ")
    assert IDENTITY not in copy
    assert MOBILE not in copy
    shown = re.sub(r"<[^>]*>", "", copy.partition('lang="zh-CN">')[2].partition("<style")[0])
    assert "一、总体情况" in shown
    assert "script" not in made.names


def test_signs_of_markup_in_a_text_are_shown_as_they_are() -> None:
    source = Source("甲<b>乙</b>&丙\n")
    copy = annotated(source.text.encode(), verdict_on(source, [Said("<b>乙", "注")]), STYLE).decode()
    assert Marks(copy).words == ["<b>乙"]
    assert re.search("甲<a [^>]*></a><mark", copy)


class Tables(HTMLParser):
    """Takes the tables of a page as rows of cells, each cell as often as it has columns."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._columns = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            self._columns = int(dict(attrs).get("colspan") or 1)
            self.tables[-1][-1] += [""] * self._columns

    def handle_endtag(self, tag: str) -> None:
        self._columns = 0 if tag == "td" else self._columns

    def handle_data(self, data: str) -> None:
        row = self.tables[-1][-1] if self._columns else []
        for index in range(len(row) - self._columns, len(row)):
            row[index] += data


def shown(text: str, *said: Said | Span) -> str:
    source = Source(text, "报告.md")
    return annotated(text.encode(), verdict_on(source, said), STYLE).decode()


PIPES = "一、总体情况\n\n| 项目 | 件数 |\n| --- | ---: |\n| 甲 | 3 |\n| 乙 |  |\n\n后文\n"


def test_a_table_of_a_text_is_shown_as_one() -> None:
    made = shown(PIPES, Said("3", "不对"))
    assert Tables(made).tables == [[["项目", "件数"], ["甲", "3"], ["乙", ""]]]
    assert "---" not in made.partition("<style")[0]
    assert Marks(made).marks == {"1": "3"}


def test_a_finding_on_many_cells_has_one_mark() -> None:
    start, end = PIPES.index("甲"), PIPES.index("|\n\n后文")
    made = Marks(shown(PIPES, Span(start, end)))
    assert made.marks == {"1": "甲"}
    assert [words for words in made.words if words.strip()] == ["甲", "3", "乙"]


def test_what_is_found_in_the_frame_of_a_table_has_its_mark_in_the_next_cell() -> None:
    rule = PIPES.index("---")
    made = shown(PIPES, Span(rule, rule + 3))
    assert Marks(made).marks == {"1": ""}
    assert Tables(made).tables[0][1] == ["甲", "3"]
    assert re.search("<td><a [^>]*></a><mark[^>]*></mark>甲", made)


def test_an_empty_cell_of_a_text_has_its_mark_in_the_table() -> None:
    draft = compliant("2021", "county", 3, "pipes")
    draft.set("review/cases/review_total", "")
    data = draft.render().encode()
    verdict = judged(data, "报告.md")
    (found,) = (one for one in verdict.open if one.finding.cell is not None)
    made = annotated(data, verdict._replace(diagnostics=(found,)), STYLE).decode()
    assert re.search(r"<td><a [^>]*></a><mark[^>]*nianbao-empty[^>]*></mark></td>", made)


@pytest.mark.parametrize("between", ["\n|\n", "\n| "])
def test_a_table_that_has_lost_the_ends_of_its_rows_has_them_again(between: str) -> None:
    rows = [
        ["一、本年新收", "1", "0", "1"],
        ["（一）予以公开", "1", "0", "1"],
        ["（二）部分公开", "0", "0", "0"],
    ]
    cells = [cell for row in rows for cell in row]
    text = f"一、总体情况\n全年如下。\n{between.join(['', *cells]).lstrip()}{between.strip(' ')}\n\n后文。\n"
    assert Tables(shown(text, Said("全年", "注"))).tables == [rows]


def test_words_between_the_lines_of_a_table_are_shown() -> None:
    """If not all of its lines can be a table, none of them are."""
    text = PIPES.replace("| 甲 | 3 |\n", "| 甲 | 3 |\n注：丙丁\n")
    assert "注：丙丁" in shown(text, Said("3", "注"))


@given(st.text(alphabet="甲乙1 |-:\n\t一、#", max_size=80), st.data())
def test_every_word_of_a_text_is_shown_in_its_order_and_every_note_has_a_mark(
    text: str, data: st.DataObject
) -> None:
    spans = data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=3))
    said = [Span(min(pair), max(pair)) for pair in spans]
    made = shown(text, *said)
    body = re.sub(
        "<[^>]*>", "", made.partition('<div class="nianbao-text" lang="zh-CN">')[2].partition("\n<style")[0]
    )

    def words(text: str) -> str:
        return re.sub(r"[\s|:-]", "", text)

    assert words(body) == words(text)
    marks = Marks(made)
    assert sorted(marks.links) == sorted(name.replace("note-", "") for name in marks.back)
    assert "正文中没有这些字" not in made


@pytest.mark.parametrize("severity", list(Severity))
def test_the_severity_is_seen_in_the_mark_and_in_the_list(severity: Severity) -> None:
    source = Source(PIPES, "报告.md")
    verdict = verdict_on(source, [Said("3", "注")])
    (found,) = verdict.diagnostics
    made = annotated(b"", verdict._replace(diagnostics=(found._replace(severity=severity),)), STYLE).decode()
    assert f'<mark class="nianbao-mark nianbao-{severity.value}"' in made
    assert f'<li class="nianbao-{severity.value}"' in made


def test_in_a_link_of_a_page_the_number_is_no_other_link() -> None:
    made = marked(page('<p><a href="#x">甲乙</a>丙</p>'), Said("乙", "注"), Said("丙", "注"))
    assert '甲<b class="nianbao-number nianbao-error" id="nianbao-1" data-number="1"></b><mark' in made
    assert Marks(made).back == ["nianbao-note-2"]


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
    assert Marks(dom).words == ["乙"]
