"""What people get: a workbook, a page to filter and print, a comment on a merge request."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli.running import Run
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from needs import program
from nianbao.plugins.loading import load
from nianbao.reporters.markdown import escaped
from reporters.conftest import SECRETS
from reporters.programs import node_package, ran


@pytest.fixture
def findings(run: Run, folder: Path) -> list[dict[str, Any]]:
    """The findings that count, in the format that is the measure of the others."""
    found = json.loads(run("check", folder, "-f", "json").stdout)["findings"]
    return [one for one in found if one["suppressed"] is None]


def written(run: Run, folder: Path, name: str, *options: str) -> Path:
    target = folder.parent / f"list.{name}"
    run("check", folder, "-f", f"{name}:{target}", *options)
    return target


# -- xlsx ----------------------------------------------------------------------------------------------


def test_a_workbook_counts_reports_by_family(run: Run, folder: Path, findings: list[dict[str, Any]]) -> None:
    page = openpyxl.load_workbook(written(run, folder, "xlsx"))["总览"]
    head, *rows, sums = page.iter_rows(values_only=True)
    families = Counter((Path(f["path"]).name, f["code"][:3]) for f in findings)
    severities = Counter((Path(f["path"]).name, f["severity"]) for f in findings)
    names = {"错误": "error", "警告": "warning", "提示": "info"}
    assert {Path(str(row[0])).name for row in rows} == {path.name for path in folder.glob("*.txt")}
    for row in rows:
        name = Path(str(row[0])).name
        if name == "坏.txt":
            assert set(row[1:]) == {"", "没有读成"}
            continue
        for title, count in zip(head[1:], row[1:], strict=True):
            if title in names:
                assert count == severities[name, names[title]]
            elif str(title).isascii():
                assert count == families[name, str(title)]
    assert sums[0] == "合计"
    assert sums[head.index("错误")] == sum(f["severity"] == "error" for f in findings)
    assert page.freeze_panes == "B2"


def test_a_workbook_lists_findings_under_filters(run: Run, folder: Path) -> None:
    book = openpyxl.load_workbook(written(run, folder, "xlsx"))
    page = book["问题"]
    head, *rows = page.iter_rows(values_only=True)
    found = json.loads(run("check", folder, "-f", "json").stdout)["findings"]
    assert [row[head.index("指纹")] for row in rows] == [one["fingerprint"] for one in found]
    titles = {rule.code: rule.summary.zh for rule in load().rules}
    assert [row[head.index("名称")] for row in rows] == [titles[one["code"]] for one in found]
    assert page.auto_filter.ref == f"A1:O{len(rows) + 1}"
    assert page.freeze_panes == "B2"
    assert not [cell for line in page.iter_rows() for cell in line if cell.data_type == "f"]
    shown = "".join(str(value) for row in rows for value in row)
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_workbook_in_english_has_the_names_of_rules(run: Run, folder: Path) -> None:
    page = openpyxl.load_workbook(written(run, folder, "xlsx", "--lang", "en"))["findings"]
    head, *rows = page.iter_rows(values_only=True)
    found = json.loads(run("check", folder, "-f", "json").stdout)["findings"]
    assert [row[head.index("name")] for row in rows] == [one["name"] for one in found]


def test_a_workbook_says_what_could_not_be_judged(run: Run, folder: Path) -> None:
    page = openpyxl.load_workbook(written(run, folder, "xlsx"))["无法判断"]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    outcomes = json.loads(run("check", folder, "-f", "json").stdout)["outcomes"]
    expected = {(Path(o["path"]).name, o["code"]) for o in outcomes if o["outcome"] == "undetermined"}
    assert {(Path(str(row[0])).name, row[2]) for row in rows} == {*expected, ("坏.txt", "")}
    assert all(row[3] for row in rows)


def test_a_workbook_opens_in_libreoffice(run: Run, folder: Path) -> None:
    soffice = program("soffice")
    book = written(run, folder, "xlsx")
    command = ("--headless", "--norestore", f"-env:UserInstallation=file://{folder.parent}/office")
    # The last number, -1, writes every sheet into a file of its own.
    filter_ = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    try:
        ran(soffice, *command, "--convert-to", filter_, "--outdir", folder.parent / "csv", book)
    except subprocess.CalledProcessError as error:
        if b"could not be loaded" in error.stderr:
            pytest.skip("LibreOffice is installed without Calc")
        raise
    made = {
        path.stem.rpartition("-")[2]: path.read_text("utf-8") for path in (folder.parent / "csv").glob("*")
    }
    if not made:
        pytest.skip("LibreOffice is installed without Calc")
    assert set(made) == {"总览", "问题", "无法判断", "没有列为报告"}
    assert "表四 · 行政复议 · 总计" in made["问题"]
    assert "第2镇.txt" in made["总览"]


def test_a_workbook_needs_a_file(run: Run, right: Path) -> None:
    ended = run("check", right, "-f", "xlsx")
    assert ended.code == 2
    assert "-f xlsx:文件" in ended.err
    assert run("check", right, "-f", "xlsx:-").code == 2


def test_without_its_library_it_is_told_what_to_install(
    run: Run, right: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "nianbao.reporters.xlsx", raising=False)
    ended = run("check", right, "-f", f"xlsx:{tmp_path / 'a.xlsx'}")
    assert ended.code == 2
    assert "pip install 'nianbao[xlsx]'" in ended.err
    assert not (tmp_path / "a.xlsx").exists()


# -- HTML ----------------------------------------------------------------------------------------------


@pytest.fixture
def seen(run: Run, folder: Path) -> dict[str, Any]:
    """What a browser shows of the list, and what printing it gives."""
    playwright = node_package("playwright-core", "package.json").parent
    node, chromium = program("node"), program("chromium", "chromium-browser", "google-chrome")
    page, pdf = written(run, folder, "html"), folder.parent / "list.pdf"
    script = Path(__file__).parent / "clicked.cjs"
    told: dict[str, Any] = json.loads(ran(node, script, playwright, chromium, page.as_uri(), pdf))
    told["pdf"] = pdf
    return told


def test_the_list_is_filtered_by_clicking(seen: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    assert Counter(severity for severity, _ in seen["all"]) == Counter(f["severity"] for f in findings)
    assert seen["errorsOnly"] == [row for row in seen["all"] if row[0] == "error"]
    assert 0 < len(seen["errorsOnly"]) < len(seen["all"])
    assert seen["shown"] == f"列出 {len(seen['errorsOnly'])} 个，共 {len(seen['all'])} 个"
    title = "政府信息公开行政复议、行政诉讼情况"
    assert seen["both"] == [["error", title]]  # 第2镇, for 第1镇 has a waiver
    assert seen["reports"] == 1
    assert seen["again"] == seen["all"]


def test_the_list_asks_nothing_of_a_network_and_runs_no_word_of_a_report(seen: dict[str, Any]) -> None:
    (page,) = seen["requests"][:1]
    assert page.startswith("file:")
    assert not [url for url in seen["requests"][1:] if "example.org" not in url]
    assert seen["fetched"] == "barred"
    assert all("Content Security Policy" in told for told in seen["errors"])  # of our own attempt to fetch
    assert seen["foreign"] == 0
    assert "<img src=x" in seen["words"]


def test_the_list_prints_as_what_is_to_be_signed(seen: dict[str, Any]) -> None:
    text = ran(program("pdftotext"), "-layout", seen["pdf"], "-")
    bare = "".join(text.split())
    assert "整改清单" in bare
    assert all(word in bare for word in ("整改情况", "□已改", "整改人：", "审核人：", "日期："))
    assert "只列出：错误、政府信息公开行政复议、行政诉讼情况" in bare
    assert "打印" not in bare  # buttons stay on the screen
    assert bare.count("勾稽关系不成立") == 1


def test_the_page_is_one_file_with_a_policy(run: Run, folder: Path) -> None:
    page = written(run, folder, "html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert re.search(r"style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='", page)
    assert not re.search(r"(?i)(src|href)\s*=\s*[\"'](?!#)|@import|url\(", page)
    assert "<img" not in page
    assert page.count("<script") == page.count("</script>") == 1
    assert '<html lang="zh-CN">' in page
    english = written(run, folder, "html", "--lang", "en").read_text(encoding="utf-8")
    assert '<html lang="en">' in english
    assert "Annual reports on disclosure" in english


def test_a_report_without_findings_has_a_list_that_says_so(run: Run, right: Path) -> None:
    assert "没有要整改的问题" in run("check", right, "-f", "html").out


# -- Markdown ------------------------------------------------------------------------------------------

COMMON = MarkdownIt("commonmark").enable("table")


def shown(text: str) -> str:
    """Return the words that a comment with *text* in a cell of a table shows."""
    page = COMMON.parse(f"| a |\n| --- |\n| {text} |\n")
    cell = [token for token in page if token.type == "inline"][1]
    assert [token.type for token in page].count("td_open") == 1
    assert cell.children is not None
    kinds = {child.type for child in cell.children}
    assert kinds <= {"text", "html_inline", "text_special"}
    markup = [child.content for child in cell.children if child.type == "html_inline"]
    assert set(markup) <= {"<!-- -->"}
    return "".join(child.content for child in cell.children if child.type != "html_inline")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert shown(escaped(text)) == text


@pytest.mark.parametrize("text", ["@all", "#12", "!3", "~label", "%4", "$5", "&6"])
def test_no_text_calls_a_person_or_an_issue(text: str) -> None:
    assert escaped(text) == f"\\{text[0]}<!-- -->{text[1:]}"


def test_a_comment_has_a_table_for_each_report(
    run: Run, folder: Path, findings: list[dict[str, Any]]
) -> None:
    comment = written(run, folder, "markdown").read_text(encoding="utf-8")
    page = COMMON.parse(comment)
    kinds = Counter(token.type for token in page)
    assert kinds["table_open"] == len({one["path"] for one in findings})
    assert kinds["tr_open"] == len(findings) + kinds["table_open"]
    assert "坏" in comment


def test_a_comment_is_no_longer_than_the_services_take(run: Run, tmp_path: Path, wrong: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_bytes(wrong.read_bytes())
    comment = run("check", tmp_path, "-f", "markdown", "--select", "SUM004").out
    assert len(comment) < 65_536
    left = re.search(r"另有 (\d+) 条没有列出", comment)
    assert left is not None
    assert int(left[1]) + comment.count("`SUM004`") == 201


def test_grouped_has_a_block_for_each_file_with_findings(
    run: Run, folder: Path, findings: list[dict[str, Any]]
) -> None:
    said = run("check", folder, "-f", "grouped").out
    blocks = [block.split("\n") for block in said.split("\n\n")[:-1]]
    assert [block[0] for block in blocks] == list(dict.fromkeys(one["path"] for one in findings))
    assert sum(bool(re.match(r"  \d+:\d+ ", line)) for block in blocks for line in block) == len(findings)
