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
from nianbao.testing import compliant
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


def sheet(book: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the words of its head."""
    head, *rows = openpyxl.load_workbook(book)[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_overview_of_a_workbook_says_how_each_report_stands(
    run: Run, folder: Path, findings: list[dict[str, Any]]
) -> None:
    *rows, sums = sheet(written(run, folder, "xlsx"), "总览")
    found = Counter((Path(one["path"]).name, one["severity"]) for one in findings)
    by_name = {Path(str(row["文件"])).name: row for row in rows}
    assert by_name.keys() == {path.name for path in folder.glob("*.txt")}
    names = {"错误": "error", "警告": "warning", "提示": "info"}
    for name, row in by_name.items():
        if name == "坏.txt":
            assert (row["机关"], row["结论"], row["错误"], row["整改状态"]) == (
                "坏.txt",
                "没有读成",
                "",
                "未整改",
            )
            continue
        assert {word: row[word] for word in names} == {word: found[name, key] for word, key in names.items()}
    first = by_name["第0镇.txt"]
    title = (folder / "第0镇.txt").read_text(encoding="utf-8").split("政府信息公开工作年度报告")[0]
    assert first["机关"] in title
    assert str(first["年度"]) in title
    assert (first["级别"], first["结论"], first["整改状态"]) == ("县（区、县级市）", "未发现问题", "")
    assert (by_name["第2镇.txt"]["结论"], by_name["第2镇.txt"]["整改状态"]) == ("有错误", "未整改")
    assert by_name["第1镇.txt"]["已说明"] == 1
    assert by_name["空.txt"]["结论"] == "结论不全"
    assert sums["机关"] == "合计"
    assert sums["错误"] == sum(one["severity"] == "error" for one in findings)


def test_a_workbook_has_a_choice_for_the_status_and_shows_no_noughts(run: Run, folder: Path) -> None:
    page = openpyxl.load_workbook(written(run, folder, "xlsx"))["总览"]
    head = [cell.value for cell in page[1]]
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == '"未整改,整改中,已整改,不改"'
    status = page.cell(1, head.index("整改状态") + 1).column_letter
    assert str(choice.sqref) == f"{status}2:{status}{page.max_row - 1}"
    noughts = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value == 0]
    assert noughts
    assert {cell.number_format.split(";")[2] for cell in noughts} == {'""'}


def test_a_workbook_is_printed_on_a4_with_its_head_on_each_page(run: Run, folder: Path) -> None:
    book = openpyxl.load_workbook(written(run, folder, "xlsx"))
    assert book.sheetnames == ["总览", "问题", "按规则", "按地区", "未报送与未读", "无法判断"]
    for page in book:
        setup = page.page_setup
        assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
        assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
        assert page.print_title_rows == "$1:$1"
        assert page.freeze_panes == "B2"
    head = [cell.value for cell in book["问题"][1]]
    printed = book["问题"].print_area.rpartition(":")[2].strip("$0123456789")
    last = head[openpyxl.utils.column_index_from_string(printed) - 1]
    assert last == "理由"  # paths, lines and fingerprints are for the screen


def test_a_workbook_counts_by_rule(run: Run, folder: Path, findings: list[dict[str, Any]]) -> None:
    book = written(run, folder, "xlsx")
    counts = Counter(one["code"] for one in findings)
    files = Counter(code for code, _ in {(one["code"], one["path"]) for one in findings})
    rows = sheet(book, "按规则")
    assert {row["规则"]: (row["问题"], row["报告"]) for row in rows} == {
        code: (counts[code], files[code]) for code in counts
    }
    assert [row["问题"] for row in rows] == sorted(counts.values(), reverse=True)
    titles = {rule.code: rule.summary.zh for rule in load().rules}
    assert all(row["名称"] == titles[row["规则"]] for row in rows)
    assert len(openpyxl.load_workbook(book)["按规则"]._charts) == 1


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Reports of two bureaus and a government of one county, of a town of nowhere, and a roster with one more."""
    home = tmp_path / "全县"
    home.mkdir()
    title = compliant("2021", "bureau", 3).render().split("\n")[0]
    for name in ("青禾县教育局", "青禾县司法局", "青禾县人民政府", "石桥镇人民政府"):
        draft = compliant("2021", "bureau", 3)
        if name.endswith("局"):
            draft.set("review/cases/review_total", "55")
        text = draft.render().replace(title, f"{name}2024年政府信息公开工作年度报告")
        (home / f"{name[:5]}.txt").write_text(text, encoding="utf-8")
    (home / "坏.txt").write_bytes(bytes(range(256)) * 8)
    (home / "units.csv").write_text(
        "机关,级别,上级\n青禾县人民政府,县,\n青禾县教育局,部门,青禾县人民政府\n青禾县司法局,部门,青禾县人民政府\n"
        "青禾县财政局,部门,青禾县人民政府\n",
        encoding="utf-8",
    )
    return home


def test_a_workbook_counts_by_region(run: Run, county: Path) -> None:
    """By the place in the names of the organs, and by the roster if there is one: here these agree."""
    for options in ((), ("--roster", county / "units.csv")):
        book = written(run, county, "xlsx", "--select", "SUM", "--force", *options)
        rows = {row["地区"]: row for row in sheet(book, "按地区") if row["报告"]}
        assert rows.keys() == {"青禾县", "未写明"}
        own = rows["青禾县"]
        assert (own["报告"], own["未发现问题"], own["错误"], own["错误/份"]) == (3, 1, 2, 0.7)
        assert (rows["未写明"]["报告"], rows["未写明"]["没有结论"]) == (2, 1)
        assert len(openpyxl.load_workbook(book)["按地区"]._charts) == 1


def test_a_workbook_says_who_has_not_reported_and_what_was_not_read(run: Run, county: Path) -> None:
    book = written(run, county, "xlsx", "--roster", county / "units.csv")
    rows = sheet(book, "未报送与未读")
    assert [(row["机关"], row["上级"], row["情况"]) for row in rows] == [
        ("青禾县财政局", "青禾县人民政府", "没有报送"),
        ("石桥镇人民政府", "", "不是名册中的机关"),
        ("坏.txt", "", "没有读成"),
        ("", "", "没有列为报告"),
    ]
    assert "编码" in str(rows[2]["原因"])
    assert str(rows[3]["文件"]).endswith("units.csv")
    parents = {row["机关"]: row["上级"] for row in sheet(book, "总览")}
    assert parents["青禾县教育局"] == "青禾县人民政府"


def test_a_workbook_says_that_without_a_roster_none_is_missed(run: Run, county: Path) -> None:
    (county / "units.csv").unlink()
    rows = sheet(written(run, county, "xlsx"), "未报送与未读")
    assert [row["情况"] for row in rows if row["情况"]] == ["没有读成"]
    assert "nianbao roster" in str(rows[-1]["机关"])


def test_a_workbook_without_findings_has_no_chart(run: Run, right: Path) -> None:
    book = openpyxl.load_workbook(written(run, right, "xlsx", "--select", "SUM"))
    assert not [chart for page in book for chart in page._charts]
    assert book["总览"]["E2"].value == "未发现问题"


def test_a_workbook_lists_findings_under_filters(run: Run, folder: Path) -> None:
    book = openpyxl.load_workbook(written(run, folder, "xlsx"))
    page = book["问题"]
    head, *rows = page.iter_rows(values_only=True)
    found = json.loads(run("check", folder, "-f", "json").stdout)["findings"]
    assert [row[head.index("指纹")] for row in rows] == [one["fingerprint"] for one in found]
    titles = {rule.code: rule.summary.zh for rule in load().rules}
    assert [row[head.index("名称")] for row in rows] == [titles[one["code"]] for one in found]
    last = openpyxl.utils.get_column_letter(len(head))
    assert page.auto_filter.ref == f"A1:{last}{len(rows) + 1}"
    assert not [cell for line in page.iter_rows() for cell in line if cell.data_type == "f"]
    shown = "".join(str(value) for row in rows for value in row)
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_workbook_in_english_has_the_names_of_rules(run: Run, folder: Path) -> None:
    page = openpyxl.load_workbook(written(run, folder, "xlsx", "--lang", "en"))["findings"]
    head, *rows = page.iter_rows(values_only=True)
    found = json.loads(run("check", folder, "-f", "json").stdout)["findings"]
    assert [row[head.index("name")] for row in rows] == [one["name"] for one in found]


def test_a_workbook_says_what_could_not_be_judged(run: Run, folder: Path) -> None:
    rows = sheet(written(run, folder, "xlsx"), "无法判断")
    outcomes = json.loads(run("check", folder, "-f", "json").stdout)["outcomes"]
    expected = {(Path(o["path"]).name, o["code"]) for o in outcomes if o["outcome"] == "undetermined"}
    assert {(Path(str(row["文件"])).name, row["规则"]) for row in rows} == expected
    assert all(row["原因"] and row["名称"] for row in rows)


def test_a_workbook_has_the_score_of_each_report_with_a_sheet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    wrong = compliant("2021", "township", 3).render().replace("二、主动公开", "二、公开", 1)
    (tmp_path / "r" / "甲.txt").write_text(wrong, encoding="utf-8")
    settings = "points:\n  - {name: 格式, worth: 20, rules: [SEC], each: 2.5}\n  - {name: 数据, worth: 40, rules: [SUM], each: 5}\n"
    (tmp_path / "nianbao.yaml").write_text(settings, encoding="utf-8")
    book = written(run, tmp_path / "r", "xlsx", "--config", tmp_path / "nianbao.yaml")
    found = json.loads(run("check", tmp_path / "r", "-f", "json", "--select", "SEC").stdout)["findings"]
    lost = 2.5 * sum(one["severity"] != "info" for one in found)
    assert lost > 0
    rows = {row["指标"]: (row["分值"], row["扣分"], row["得分"]) for row in sheet(book, "评分")}
    assert rows == {"格式": (20, lost, 20 - lost), "数据": (40, 0, 40), "合计": (60, lost, 60 - lost)}


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
    assert set(made) == {"总览", "问题", "按规则", "按地区", "未报送与未读", "无法判断"}
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
    assert 'pip install "nianbao[xlsx]"' in ended.err
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


def test_the_list_is_searched_and_filtered_by_organ_region_and_rule(
    seen: dict[str, Any], findings: list[dict[str, Any]]
) -> None:
    counts = Counter(one["code"] for one in findings)
    rule = seen["rule"]["value"]
    assert [one["rule"] for one in seen["rule"]["rows"]] == [rule] * counts[rule]
    assert {one["report"] for one in seen["unit"]["rows"]} == {seen["unit"]["value"]}
    assert 0 < len(seen["unit"]["rows"]) < len(findings)
    assert seen["unit"]["lines"] == 1
    assert {one["region"] for one in seen["region"]["rows"]} == {seen["region"]["value"]}
    assert seen["searched"]
    assert all("行政复议" in text and "总计" in text for text in seen["searched"])
    assert len(seen["searched"]) == sum(
        "行政复议" in one["message"] + one["address"] and "总计" in one["message"] + one["address"]
        for one in findings
    )
    assert seen["chartsWhileSearching"] == 0
    assert seen["charts"] > 0


def test_the_list_is_sorted_by_the_head_of_a_column(seen: dict[str, Any]) -> None:
    def errors(reports: list[list[str]]) -> list[int]:
        return [int(count or 0) for _, count in reports]

    down, up, again = (errors(seen[key]) for key in ("down", "up", "unsorted"))
    assert down == sorted(down, reverse=True)
    assert up == sorted(up)
    assert down != again
    assert [name for name, _ in seen["down"]] == seen["listsDown"]
    assert [name for name, _ in seen["unsorted"]] == sorted(
        (name for name, _ in seen["unsorted"]), key=lambda name: int(name[1:])
    )


def test_the_list_is_read_without_its_script_and_scrolls_as_a_whole(seen: dict[str, Any]) -> None:
    assert seen["bare"] == {"filters": False, "rows": len(seen["all"]), "boxes": []}
    assert seen["widerThanThePhone"] == 0


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
