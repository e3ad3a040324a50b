"""`nianbao compare`: reports before and after correction, paired by organ and year, and what became of each finding."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cli.running import Run, validated
from nianbao.testing import Draft, compliant
from openpyxl import load_workbook

TOTAL = "applications/received/total"
PERMITS = "permits/permits/decisions"
SUMMED = "表三 · 一、本年新收政府信息公开申请数量 · 总计"


def draft(**cells: str) -> Draft:
    made = compliant("2021", "township", 1, year=2024)
    for address, text in cells.items():
        made.set(address.replace("__", "/"), text)
    return made


def other(seed: int = 2, **cells: str) -> Draft:
    """Return a report in words of its own: neighbours with one text copy each other."""
    made = compliant("2021", "township", seed, year=2024)
    for address, text in cells.items():
        made.set(address.replace("__", "/"), text)
    return made


def more(*addresses: str) -> Draft:
    """Return the report with one more in each of the cells."""
    made = draft()
    for address in addresses:
        made.set(address, str(int(made.cells[address]) + 1))
    return made


def put(path: Path, made: Draft, organ: str = "青禾镇人民政府") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made.render().replace(made.organ, organ), encoding="utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return tmp_path / "旧"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "新"


def compared(run: Run, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code and the units."""
    done = run("compare", *arguments, "-f", "json")
    assert done.err == ""
    record = validated("compare", json.loads(done.stdout))
    return done.code, record["units"]


def codes(unit: dict[str, Any], state: str) -> list[str]:
    return [finding["code"] for finding in unit[state]]


# -- which is which -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["青禾镇（修改稿）.txt", "青禾镇_v2.txt", "青禾镇(1).txt", "终稿/1.txt"])
def test_a_correction_is_known_by_organ_and_year_whatever_it_is_called(
    run: Run, old: Path, new: Path, name: str
) -> None:
    put(old / "青禾镇.txt", draft(applications__received__total="99"))
    put(old / "终稿.txt", other(), "白石乡人民政府")
    put(new / name, draft())
    put(new / "青禾镇.txt", other(), "白石乡人民政府")
    code, units = compared(run, old, new)
    assert code == 0
    assert {unit["organ"]: (codes(unit, "corrected"), Path(unit["path_now"]).name) for unit in units} == {
        "青禾镇人民政府": (["SUM001"], Path(name).name),
        "白石乡人民政府": ([], "青禾镇.txt"),
    }


def test_what_has_no_counterpart_or_two_or_cannot_be_read_is_said(run: Run, old: Path, new: Path) -> None:
    put(old / "柳河.txt", draft(), "柳河镇人民政府")
    put(old / "云岭.txt", draft(), "云岭镇人民政府")
    put(new / "云岭.txt", draft(), "云岭镇人民政府")
    put(new / "云岭终稿.txt", draft(permits__permits__decisions="3"), "云岭镇人民政府")
    put(new / "沙洲.txt", draft(), "沙洲镇人民政府")
    (new / "坏.docx").write_bytes(b"PK\x03\x04")
    code, units = compared(run, old, new)
    assert code == 3
    reasons = {unit["organ"] or Path(unit["path_now"]).name: unit["not_compared"] for unit in units}
    assert list(reasons) == ["云岭镇人民政府", "沙洲镇人民政府", "坏.docx", "柳河镇人民政府"]
    assert "2 份" in reasons["云岭镇人民政府"]
    assert "云岭终稿.txt" in reasons["云岭镇人民政府"]
    assert "原来的报告中没有" in reasons["沙洲镇人民政府"]
    assert "现在的报告中没有" in reasons["柳河镇人民政府"]
    assert reasons["坏.docx"]


def test_of_two_files_the_year_may_have_been_corrected(run: Run, old: Path, new: Path) -> None:
    wrong = compliant("2021", "township", 1, year=2023)
    before = put(old / "a.txt", wrong)
    now = put(new / "b.txt", draft())
    _, (unit,) = compared(run, before, now)
    assert unit["not_compared"] is None
    assert "2023" in unit["note"]
    other = put(new / "c.txt", draft(), "沙洲镇人民政府")
    code, units = compared(run, before, other)
    assert code == 3
    assert all(unit["not_compared"] for unit in units)


def test_a_folder_of_corrections_within_the_folder_is_not_what_was_before(run: Run, old: Path) -> None:
    put(old / "青禾镇.txt", draft(applications__received__total="99"))
    put(old / "修改/青禾镇.txt", draft())
    code, (unit,) = compared(run, old, old / "修改")
    assert code == 0
    assert codes(unit, "corrected") == ["SUM001"]


# -- what became of it ----------------------------------------------------------------------------------------


def test_beside_itself_all_is_still_there_and_nothing_has_changed(run: Run, old: Path) -> None:
    made = draft(applications__received__total="99")
    made.rename("review//review_total", "总结")
    path = put(old / "青禾镇.txt", made)
    code, (unit,) = compared(run, path, path)
    checked = run("check", path, "-f", "json").json()["findings"]
    assert code == 1
    assert codes(unit, "left") == [finding["code"] for finding in checked]
    assert len(checked) > 1
    assert not unit["corrected"] + unit["new"] + unit["figures_without_finding"]
    assert (unit["figures_changed"], unit["sentences_changed"]) == (0, 0)


def test_after_fixing_exactly_what_was_fixed_is_corrected(run: Run, old: Path, new: Path) -> None:
    made = draft(applications__received__total="99")
    made.rename("review//review_total", "总结")
    path = put(old / "青禾镇.txt", made)
    new.mkdir()
    shutil.copy(path, new / "改.txt")
    assert "已改正 1 处" in run("check", "--fix", new / "改.txt").out
    _, (unit,) = compared(run, path, new / "改.txt")
    assert codes(unit, "corrected") == ["SUM007"]
    assert codes(unit, "left") == ["SUM001"]
    assert not unit["new"]
    assert not unit["figures_changed"]


def test_a_figure_that_was_changed_and_is_still_wrong_is_the_same_finding(
    run: Run, old: Path, new: Path
) -> None:
    before = put(old / "1.txt", draft(applications__received__total="99"))
    now = put(new / "1.txt", draft(applications__received__total="98"))
    code, (unit,) = compared(run, before, now)
    assert code == 1
    assert [(left["code"], left["words_before"], left["words"]) for left in unit["left"]] == [
        ("SUM001", "99", "98")
    ]
    assert not unit["corrected"] + unit["new"]
    assert not unit["figures_without_finding"]
    assert "原为“99”，改后仍不对" in run("compare", before, now).out


def test_a_figure_that_no_finding_spoke_of_is_told(run: Run, old: Path, new: Path) -> None:
    before = put(old / "1.txt", draft(applications__received__total="99", permits__permits__decisions="72"))
    now = put(new / "1.txt", draft(permits__permits__decisions="73"))
    code, (unit,) = compared(run, before, now)
    assert code == 0
    assert unit["figures_changed"] == 2
    assert [(each["before"], each["after"]) for each in unit["figures_without_finding"]] == [("72", "73")]
    assert "行政许可" in unit["figures_without_finding"][0]["place"]
    assert "72 → 73" in run("compare", before, now).out


def test_a_sum_that_had_to_follow_was_asked_for(run: Run, old: Path, new: Path) -> None:
    # One more is granted than the sums of row and column have. The office says that one more was received: the sum of
    # all results has to follow, which no finding spoke of; that more was received is for the reviewer to see.
    before = put(old / "1.txt", more("applications/granted/natural_person"))
    followed = ("granted/natural_person", "granted/total", "total/natural_person", "total/total")
    received = ("received/natural_person", "received/total")
    right = more(*(f"applications/{cell}" for cell in (*followed, *received)))
    _, (unit,) = compared(run, before, put(new / "1.txt", right))
    assert unit["figures_changed"] == 5
    assert [each["place"].split(" · ")[1:] for each in unit["figures_without_finding"]] == [
        ["一、本年新收政府信息公开申请数量", "自然人"]
    ]
    assert unit["figures_following"] == 1


def test_the_sums_of_a_changed_figure_are_not_listed_by_themselves(run: Run, old: Path, new: Path) -> None:
    # One more is granted, and one more received: the figures of natural persons are for the reviewer to see, and every
    # sum of the form over them is as much higher, by 1.
    cells = ("granted/natural_person", "received/natural_person")
    sums = ("granted/total", "received/total", "total/natural_person", "total/total")
    before, now = put(old / "1.txt", draft()), more(*(f"applications/{cell}" for cell in (*cells, *sums)))
    _, (unit,) = compared(run, before, put(new / "1.txt", now))
    assert {each["place"].split(" · ")[-1] for each in unit["figures_without_finding"]} == {"自然人"}
    assert (len(unit["figures_without_finding"]), unit["figures_following"]) == (2, 4)
    assert "其中没有问题涉及的 2 处；随之改动的合计 4 处" in "".join(
        run("compare", before, new / "1.txt").out.split("\n  ")
    )


def test_a_sum_that_differs_by_more_than_its_parts_is_listed(run: Run, old: Path, new: Path) -> None:
    before, now = put(old / "1.txt", draft()), more("applications/received/natural_person")
    now.set("applications/received/total", str(int(now.cells["applications/received/total"]) + 3))
    _, (unit,) = compared(run, before, put(new / "1.txt", now))
    assert [each["place"].split(" · ")[-1] for each in unit["figures_without_finding"]] == ["自然人", "总计"]
    assert unit["figures_following"] == 0


def test_of_reports_that_differ_each_is_named(run: Run, old: Path, new: Path) -> None:
    put(old / "1.txt", draft())
    put(old / "1（改）.txt", draft(applications__received__total="99"))
    put(old / "2.txt", other(), "白石乡人民政府")
    put(new / "2.txt", other(), "白石乡人民政府")
    code, units = compared(run, old, new)
    (apart,) = (unit for unit in units if unit["not_compared"])
    assert code == 3
    assert all(words in apart["not_compared"] for words in ("1.txt", "1（改）.txt", "现在的报告中没有它的"))


def test_sentences_that_differ_are_counted(run: Run, old: Path, new: Path) -> None:
    before = put(old / "1.txt", draft())
    text = before.read_text(encoding="utf-8")
    said = "工作考核方面，政务公开在综合考核中占有分值，结果已通报"
    assert said in text
    now = new / "1.txt"
    new.mkdir()
    now.write_text(text.replace(said, "工作考核方面，政务公开列入年终考核"), encoding="utf-8")
    _, (unit,) = compared(run, before, now)
    assert unit["sentences_changed"] == 1


def test_a_rule_that_can_no_longer_judge_corrects_nothing(run: Run, old: Path, new: Path) -> None:
    before = put(old / "1.txt", draft(applications__received__total="99"))
    now = put(
        new / "1.txt", draft(applications__received__total="/", applications__received__natural_person="/")
    )
    code, (unit,) = compared(run, before, now, "--no-config")
    assert "SUM001" not in codes(unit, "corrected")
    assert code in (1, 3)


def test_both_sides_are_judged_by_the_settings_and_waivers_of_now(run: Run, old: Path, new: Path) -> None:
    made = draft(applications__received__total="99")
    made.rename("review//review_total", "总结")
    put(old / "青禾镇.txt", made)
    now = put(new / "青禾镇（修改稿）.txt", made)
    (new / "nianbao.yaml").write_text("ignore: [SUM007]\n", encoding="utf-8")
    (old / "nianbao.yaml").write_text("ignore: [SUM001]\n", encoding="utf-8")
    code, (unit,) = compared(run, old, new)
    assert (code, codes(unit, "left"), codes(unit, "new"), codes(unit, "corrected")) == (
        1,
        ["SUM001"],
        [],
        [],
    )
    assert run("baseline", "create", now).code == 0
    assert compared(run, old, new)[0] == 1
    assert run("waive", "SUM001", now, "--reason", "以复议决定为准").code == 0
    code, (unit,) = compared(run, old, new)
    assert (code, codes(unit, "suppressed"), codes(unit, "left")) == (0, ["SUM001"], [])


# -- as it is shown -------------------------------------------------------------------------------------------


@pytest.fixture
def round_(old: Path, new: Path) -> None:
    put(old / "1.txt", draft(applications__received__total="99", permits__permits__decisions="72"))
    put(new / "1（修改稿）.txt", draft(permits__permits__decisions="73"))
    put(old / "<script>.txt", other(applications__received__total="99"), "白石乡人民政府")
    put(new / "=2+2.txt", other(applications__received__total="98"), "白石乡人民政府")
    put(old / "3.txt", other(3), "柳河镇人民政府")


class Text(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.sections: list[list[str]] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "section":
            self.sections.append([])

    def handle_data(self, data: str) -> None:
        if self.sections:
            self.sections[-1].append(data)


@pytest.mark.usefixtures("round_")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_page_has_a_section_for_each_pair_and_runs_nothing(
    run: Run, old: Path, new: Path, tmp_path: Path, jobs: int
) -> None:
    page = tmp_path / "对照.html"
    assert run("compare", old, new, "-f", f"html:{page}", "-j", jobs).code == 1
    content = page.read_text(encoding="utf-8")
    read = Text(content)
    first, second = ("".join(texts) for texts in read.sections)
    assert "已改正" in first
    assert SUMMED in first
    assert "仍存在" in second
    assert "柳河镇人民政府 2024 年度" in content
    assert "script" not in read.tags
    assert "break-before: page" in content


@pytest.mark.usefixtures("round_")
def test_the_workbook_has_units_findings_and_other_changes(
    run: Run, old: Path, new: Path, tmp_path: Path
) -> None:
    path = tmp_path / "对照.xlsx"
    assert run("compare", old, new, "-f", f"xlsx:{path}").code == 1
    book = load_workbook(path)
    assert book.sheetnames[:2] == ["总览", "问题"]
    rows = {row[0]: row for row in book["总览"].iter_rows(min_row=2, values_only=True)}
    assert rows["青禾镇人民政府"][:4] == ("青禾镇人民政府", 2024, "改好了", 1)
    assert rows["柳河镇人民政府"][2] == "没有比较"
    states = [row[2] for row in book["问题"].iter_rows(min_row=2, values_only=True)]
    assert sorted(states) == ["仍存在", "已改正"]


def test_outputs_never_replace_what_is_read(run: Run, old: Path, new: Path) -> None:
    before, now = put(old / "1.txt", draft()), put(new / "1.txt", draft())
    content = before.read_bytes()
    assert run("compare", before, now, "-f", f"html:{before}", "--force").code == 2
    assert before.read_bytes() == content
    assert run("compare", before, new / "没有.txt").code == 2
    assert run("compare", before, now, "-f", "xlsx").code == 2
    assert run("compare", before, now, "-f", "sarif").code == 2
