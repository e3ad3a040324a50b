"""A county's plugin, built and installed into an environment of its own: it adds, it goes, and a broken one is reported."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from nianbao.testing import compliant
from offices import PLUGINS, Office, put

# -- what the plugin adds ----------------------------------------------------------------------------------

REPORT: dict[str, Any] = {
    "qsx": 1,
    "title": "青石县石桥镇人民政府2031年政府信息公开工作年度报告",
    "preamble": ["本报告的统计期限为2031年1月1日至2031年12月31日。"],
    "sections": [
        {"title": "总体情况", "paragraphs": ["2031年，石桥镇政务公开工作平稳有序。"]},
        {
            "title": "政务新媒体情况",
            "tables": [
                [
                    ["名称", "年末账号数", "全年发布条数"],
                    ["政务微信公众号", 1, 210],
                    ["政务短视频号", 1, 64],
                ]
            ],
        },
        {
            "title": "收到和处理政府信息公开申请情况",
            "tables": [
                [
                    ["", "自然人", "法人或其他组织", "总计"],
                    ["一、本年新收政府信息公开申请数量", 100, 20, 120],
                    ["其中：网上提交的申请数量", 40, 5, 45],
                    ["二、上年结转政府信息公开申请数量", 26, 4, 30],
                    ["三、本年度办结数量", 118, 22, 140],
                    ["四、结转下年度继续办理", 8, 2, 10],
                ]
            ],
        },
        {"title": "存在的主要问题及改进情况", "paragraphs": ["栏目更新不够及时，已建立每月核查制度。"]},
    ],
}


def export(path: Path, *, closed: int = 118) -> Path:
    """Write what the county's system exports, with *closed* applications of natural persons closed: 118 is right."""
    whole: dict[str, Any] = copy.deepcopy(REPORT)
    whole["sections"][2]["tables"][0][4][1] = closed
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_environment_without_it_has_the_two_plugins_of_nianbao(office: Office, tmp_path: Path) -> None:
    """Nothing has come in from the environment of these tests; the export is text without a single section."""
    office.holds()
    found = office.plugins(tmp_path)
    ended = office.nianbao("check", export(tmp_path / "石桥镇.qsx"), folder=tmp_path)

    assert set(found) == {"builtin", "national"}
    assert str(office.commands.parent) in found["builtin"]["origin"]
    assert ended.code == 1
    assert "格式规定的任何一个部分" in ended.out
    assert office.nianbao("explain", "QS001", folder=tmp_path).code == 2


def test_all_that_it_adds_appears(office: Office, tmp_path: Path) -> None:
    """Rules, a form, a reader, a reporter and a profile, under the name and version of the distribution."""
    office.holds("qingshi")
    found = office.plugins(tmp_path)["qingshi"]
    listed = json.loads(office.nianbao("rules", "--format", "json", folder=tmp_path).stdout)["rules"]
    explained = office.nianbao("explain", "QS001", folder=tmp_path)
    told = office.nianbao("plugins", folder=tmp_path)

    assert (found["distribution"], found["prefixes"], found["fault"]) == ("nianbao_qingshi 1.0", ["QS"], None)
    assert found["rules"] == ["QS001", "QS002", "QS101", "QS102"]
    assert (found["forms"], found["readers"], found["formats"]) == (["2031"], ["qsx"], ["tally"])
    assert found["profiles"] == ["qingshi"]
    assert {"QS001", "QS002", "QS101", "QS102"} <= {rule["code"] for rule in listed}
    assert explained.code == 0
    assert "新收加上年结转，应等于办结加结转下年" in explained.out
    assert told.code == 0
    assert "输出格式：tally" in told.out


def test_its_reader_form_rule_and_reporter_work_together(office: Office, tmp_path: Path) -> None:
    """100 + 26 = 126 applications of natural persons, of which 118 + 8 are accounted for, or 117 + 8 = 125."""
    office.holds("qingshi")
    export(tmp_path / "甲.qsx")
    export(tmp_path / "乙.qsx", closed=117)
    (tmp_path / "丙.qsx").write_text('{"qsx": 1, "title": "青石县', encoding="utf-8")
    select = ("--select", "QS")
    ended = office.nianbao("check", *select, "-f", "tally", "甲.qsx", "乙.qsx", "丙.qsx", folder=tmp_path)
    found = json.loads(office.nianbao("check", *select, "-f", "json", "乙.qsx", folder=tmp_path).stdout)

    assert ended.out.splitlines() == [
        "甲.qsx：错误 0，警告 0，提示 0",
        "乙.qsx：错误 1，警告 0，提示 0",
        "丙.qsx：没有检查：qsx 文件不完整：第 1 行第 21 列读不下去；请从系统重新导出",
        "共 3 份",
    ]
    assert ended.code == 1
    (document,), (finding,) = found["documents"], found["findings"]
    assert (document["format"], document["form"]) == ("qsx", "2031")
    assert (finding["code"], finding["address"]) == ("QS001", "表二 · 三、本年度办结数量 · 自然人")
    assert "100 + 26 = 126 ≠ 125 = 117 + 8" in finding["message"]


def test_a_folder_stands_for_the_files_of_its_reader_too(office: Office, tmp_path: Path) -> None:
    """The suffix that the reader names is among those looked for."""
    office.holds("qingshi")
    export(tmp_path / "甲.qsx")
    ended = office.nianbao("check", "--select", "QS", "-f", "tally", ".", folder=tmp_path)

    assert ended.out.splitlines()[-1] == "共 1 份"


@pytest.mark.parametrize(("year", "form"), [(2030, "2021"), (2031, "2031")])
def test_a_report_is_judged_by_the_form_of_its_year(
    year: int, form: str, office: Office, tmp_path: Path
) -> None:
    """The county's form ends that of 2021."""
    office.holds("qingshi")
    path = tmp_path / "报告.txt"
    path.write_text(
        f"石桥镇人民政府{year}年政府信息公开工作年度报告\n\n一、总体情况\n工作平稳。\n", encoding="utf-8"
    )
    shown = json.loads(office.nianbao("show", "--format", "json", path, folder=tmp_path).stdout)

    assert shown["form"] == form


def test_its_profile_can_be_built_upon(office: Office, tmp_path: Path) -> None:
    """`extends: [qingshi]` makes the missing accounts an error and says so; without it they are a warning."""
    office.holds("qingshi")
    report = compliant("2021", "county", 0).render()
    (tmp_path / "报告.txt").write_text(report.replace("望川县", "青石县"), encoding="utf-8")
    without = office.nianbao("check", "-f", "tally", "报告.txt", folder=tmp_path)
    (tmp_path / "nianbao.yaml").write_text("extends: [qingshi]\n", encoding="utf-8")
    ended = office.nianbao("check", "-f", "tally", "报告.txt", folder=tmp_path)
    shown = office.nianbao("config", "show", "报告.txt", folder=tmp_path)

    assert without.out.splitlines()[0] == "报告.txt：错误 0，警告 1，提示 0"
    assert ended.out.splitlines()[0] == "报告.txt：错误 1，警告 0，提示 0"
    assert "青石县" in shown.out
    assert "profile qingshi" in shown.out


def test_its_own_tests_hold(office: Office, tmp_path: Path) -> None:
    """As the county runs them: the cases by `nianbao test`, the rest by pytest."""
    office.holds("qingshi")
    put(PLUGINS / "qingshi", tmp_path / "qingshi")
    cases = office.nianbao("test", "nianbao_qingshi", "tests", "--coverage", folder=tmp_path / "qingshi")
    tests = office.process(office.python, "-m", "pytest", "-q", folder=tmp_path / "qingshi")

    assert cases.code == 0, cases.out + cases.err
    assert "没有用例说到的提示" not in cases.out
    assert tests.code == 0, tests.out


def test_uninstalling_it_takes_everything_away(office: Office, tmp_path: Path) -> None:
    """What it has added is unknown again, and the report on 2031 falls to the form of 2021."""
    office.holds("qingshi")
    office.holds()
    path = export(tmp_path / "甲.qsx")
    unknown = office.nianbao("check", "-f", "tally", path, folder=tmp_path)

    assert set(office.plugins(tmp_path)) == {"builtin", "national"}
    assert "QS001" not in office.nianbao("rules", folder=tmp_path).out
    assert unknown.code == 2
    assert "tally" in unknown.err


# -- a broken one beside it --------------------------------------------------------------------------------

SHOWING = {
    "rules": ("rules",),
    "explain": ("explain", "SUM001"),
    "show": ("show", "报告.txt"),
    "config show": ("config", "show", "报告.txt"),
}
COMMANDS = {
    "check": ("check", "报告.txt"),
    "new rule": ("new", "rule"),
    "new plugin": ("new", "plugin", "qinghe"),
    "new profile": ("new", "profile", "base"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_with_a_broken_plugin_beside_it_a_command_says_why_it_stops(
    name: str, office: Office, tmp_path: Path
) -> None:
    """No one may take a judgement for whole while rules may be missing: which plugin, what, and what to do."""
    office.holds("qingshi", "broken")
    (tmp_path / "报告.txt").write_text(compliant("2021", "county", 0).render(), encoding="utf-8")
    ended = office.nianbao(*COMMANDS[name], folder=tmp_path)
    english = office.nianbao(*COMMANDS[name], "--lang", "en", folder=tmp_path)

    assert (ended.code, ended.stdout) == (2, b"")
    assert "broken (nianbao_broken 0.3)" in ended.err
    assert "没有 nianbao_add_rule 这个挂钩。是不是 nianbao_add_rules？" in ended.err
    assert "nianbao plugins" in ended.err
    assert "there is no hook nianbao_add_rule. did you mean nianbao_add_rules?" in english.err


@pytest.mark.parametrize("name", SHOWING)
def test_with_a_broken_plugin_beside_it_what_only_shows_names_it_and_goes_on(
    name: str, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "报告.txt").write_text(compliant("2021", "county", 0).render(), encoding="utf-8")
    office.holds("qingshi")
    without = office.nianbao(*SHOWING[name], folder=tmp_path)
    office.holds("qingshi", "broken")
    ended = office.nianbao(*SHOWING[name], folder=tmp_path)

    assert (ended.code, ended.out) == (without.code, without.out)
    assert ended.code == 0
    assert ended.err.startswith("警告：不用有误的插件或规则文件 broken (nianbao_broken 0.3)")
    assert "没有 nianbao_add_rule 这个挂钩" in ended.err
    assert ended.err.count("\n") == 1


def test_plugins_shows_which_one_is_broken(office: Office, tmp_path: Path) -> None:
    """The list is there to find it: the file it is in, what is wrong, and that the other is well."""
    office.holds("qingshi", "broken")
    ended = office.nianbao("plugins", folder=tmp_path)
    found = office.plugins(tmp_path)

    assert ended.code == 1
    assert "不能用" in ended.out
    assert found["broken"]["origin"].endswith(os.path.join("nianbao_broken", "__init__.py"))
    assert "nianbao_add_rules" in found["broken"]["fault"]
    assert found["broken"]["rules"] == []
    assert found["qingshi"]["fault"] is None


def test_without_the_broken_one_all_is_well_again(office: Office, tmp_path: Path) -> None:
    """Uninstalling it is the way out that the hint names."""
    office.holds("qingshi", "broken")
    office.holds("qingshi")

    assert office.nianbao("plugins", folder=tmp_path).code == 0
    assert office.nianbao("rules", folder=tmp_path).code == 0
