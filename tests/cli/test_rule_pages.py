"""Where the links to the pages on rules lead: to the site that `docs-url` names, else to what came with nianbao."""

import json
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from cli.running import Run, wrong_total
from nianbao.engine.rule_pages import page_on_site

SITE = "https://docs.qinghe.example/nianbao/"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "报告.txt"
    path.write_text(wrong_total(), encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) or True)
    return asked


def descriptors(run: Run, path: Path, *more: str) -> list[dict[str, Any]]:
    log = json.loads(run("check", "-f", "sarif", path, *more).out)
    found: list[dict[str, Any]] = log["runs"][0]["tool"]["driver"]["rules"]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_leads_to_the_site(run: Run, report: Path, language: str) -> None:
    Path("nianbao.yaml").write_text(f"docs-url: {SITE}\n")
    (rule,) = descriptors(run, report, "--lang", language)
    assert rule["helpUri"] == f"{SITE}{language}/reference/SUM004.html"


def test_sarif_without_a_site_has_the_page_itself(run: Run, report: Path) -> None:
    """An address on this machine means nothing where a log is read."""
    (rule,) = descriptors(run, report)
    assert "helpUri" not in rule
    assert "反例" in rule["help"]["text"]


def test_a_rule_of_a_county_has_a_page_only_where_an_address_of_pages_says_so() -> None:
    assert page_on_site(SITE, "QHX001", "no-such-words", "zh") == ""
    own = page_on_site(
        "https://a.example/{language}/{code}?{family}#{anchor}", "QHX001", "no-such-words", "zh"
    )
    assert own == "https://a.example/zh/QHX001?QHX#qhx001-no-such-words"


def test_explain_opens_the_page_on_the_site(run: Run, report: Path, opened: list[str]) -> None:
    Path("nianbao.yaml").write_text(f"docs-url: {SITE}\n")
    done = run("explain", "--web", "SUM004")
    assert (done.code, done.out) == (0, f"{SITE}zh/reference/SUM004.html\n")
    done = run("explain", "--web", "--lang", "en", "WVR001")
    assert (done.code, done.out) == (0, f"{SITE}en/reference/WVR001.html\n")
    assert opened == [f"{SITE}zh/reference/SUM004.html", f"{SITE}en/reference/WVR001.html"]


def test_explain_opens_the_page_that_came_with_nianbao(run: Run, report: Path, opened: list[str]) -> None:
    done = run("explain", "--web", "SUM004")
    assert done.code == 0
    (address,) = opened
    assert done.out == f"{address}\n"
    page = Path(unquote(urlsplit(address).path))
    assert "\n## SUM004 " in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["docs.example", "javascript:alert(1)", "https://a.example/{code}"])
def test_what_is_no_address_is_refused(run: Run, report: Path, address: str) -> None:
    Path("nianbao.yaml").write_text(f'docs-url: "{address}"\n')
    done = run("check", report)
    assert done.code == 2
    assert "不是网址" in done.err
