"""The site, built from nothing: every link leads somewhere, every rule has its page, and the search finds Chinese."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from needs import library, program
from nianbao.engine.notices import NOTICES
from nianbao.engine.rule_pages import page_on_site
from nianbao_rules import nianbao_add_rules
from reporters.programs import node_package, ran

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PATIENCE = 600  # seconds until the builder counts as hanging
CHECKER = "年报检查.html"
_TARGET = re.compile(r"""<(?:a|link|img|script)\b[^>]*?\s(?:href|src)=["']([^"']*)["']""")
_ID = re.compile(r"""\sid=["']([^"']+)["']""")


def ran_here(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Return how a Python with the builder's libraries and our modules has run."""
    for name in ("furo", "myst_parser", "sphinx"):
        library(name)
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("site")
    checker = room / "made.html"
    checker.write_text("<!doctype html><title>检查</title><p>选一份报告</p>", encoding="utf-8")
    done = ran_here("-m", "docs.site", room / "site", "--checker", checker)
    assert (done.returncode, done.stderr) == (0, "")
    return room / "site"


@cache
def ids(page: Path) -> frozenset[str]:
    return frozenset(_ID.findall(page.read_text(encoding="utf-8")))


def broken(page: Path) -> Iterator[str]:
    """Yield the links on *page* that lead to no file, or to no place in it."""
    for target in _TARGET.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = unquote(target).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (page.parent / path.partition("?")[0]) if path else page
        if not there.is_file() or (anchor and there.suffix == ".html" and anchor not in ids(there.resolve())):
            yield target


def test_no_link_is_broken(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 2 * len(nianbao_add_rules())
    found = {page.relative_to(site).as_posix(): [*broken(page)] for page in pages}
    assert {page: links for page, links in found.items() if links} == {}


def test_a_broken_link_is_seen(site: Path, tmp_path: Path) -> None:
    """The test above can fail."""
    page = tmp_path / "page.html"
    page.write_text(
        '<h1 id="a">A</h1><a href="none.html">x</a><a class="b" href="#b">y</a><a href="#a">z</a>'
    )
    assert [*broken(page)] == ["none.html", "#b"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_page_with_a_failing_and_a_passing_example(site: Path, language: Any) -> None:
    """It is where links from results lead."""
    rules = nianbao_add_rules()
    for about in (*rules, *NOTICES.values()):
        page = Path(page_on_site(str(site), about.code, about.name, language))
        text = page.read_text(encoding="utf-8")
        assert f"<title>{about.code} " in text
        if about in rules:  # a fault of the program has no example
            assert "<strong>反例</strong>" in text, about.code
            assert "<strong>正例</strong>" in text, about.code


@pytest.fixture(scope="module")
def searched(site: Path) -> dict[str, Any]:
    """What a browser finds on the disk."""
    playwright = node_package("playwright-core", "package.json").parent
    node, chromium = program("node"), program("chromium", "chromium-browser", "google-chrome")
    words = [
        "zh:勾稽关系",
        "zh:结转",
        "zh:SUM001",
        "en:SUM001",
        "en:结转",
        "en:tracked changes",
        "zh:无此一说",
    ]
    script = Path(__file__).parent / "searched.cjs"
    told: dict[str, Any] = json.loads(ran(node, script, playwright, chromium, site, *words))
    return told


def test_the_search_finds_chinese_words_and_codes(searched: dict[str, Any]) -> None:
    found = searched["found"]
    for asked in ("zh:勾稽关系", "zh:结转", "en:结转"):
        assert "reference/SUM001.html" in found[asked]["listed"]
        assert asked[3:] in found[asked]["text"], "the first that is listed has the words"
    for asked in ("zh:SUM001", "en:SUM001"):
        assert found[asked]["listed"][0] == "reference/SUM001.html"
    assert "drafter.html" in found["en:tracked changes"]["listed"]
    assert found["zh:无此一说"]["listed"] == []
    # An excerpt of each page found, which no browser reads from the disk, is left out.
    assert {error for error in searched["errors"] if "Failed to fetch" not in error} == set()


def test_the_search_asks_no_network(searched: dict[str, Any]) -> None:
    assert {address.partition(":")[0] for address in searched["asked"]} <= {"file", "data"}


def test_a_page_leads_to_itself_in_the_other_language_and_to_the_checker(searched: dict[str, Any]) -> None:
    assert searched["other"].endswith("/en/reference/SUM001.html")
    assert searched["checker"].endswith(f"/{CHECKER}")


def test_a_warning_is_an_error(tmp_path: Path) -> None:
    made = "import sys; from pathlib import Path; from docs.site.__main__ import sphinx"
    code = f"{made}; sys.exit(sphinx('zh', *map(Path, sys.argv[1:])).wait())"
    for name, link, expected in (("right", "index.md#别处", 0), ("wrong", "index.md#没有", 1)):
        sources = tmp_path / name
        sources.mkdir()
        (sources / "index.md").write_text(f"# 首页\n\n[看]({link})\n\n## 别处\n", encoding="utf-8")
        done = ran_here("-c", code, sources, tmp_path / f"{name}-site")
        assert done.returncode == expected, done.stderr
        assert ("没有" in done.stderr) == bool(expected)
