"""Reports as lines of an overview: where an organ belongs, by its name and by a roster."""

import pytest
from nianbao.engine.checked import Checked, Roll, Summary
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.reporters.overview import Line, absent, line_of, regions
from nianbao.testing import official_forms
from nianbao.text.language import Text, same
from nianbao.text.source import Source


def line(organ: str, path: str = "a.txt") -> Line:
    """Return the line of a report that is hardly more than its title."""
    text = f"{organ}2024年政府信息公开工作年度报告\n一、总体情况\n无。\n"
    return line_of(Checked(path, Verdict(Report(Source(text, path), official_forms()), (), ())), Display())


@pytest.mark.parametrize(
    ("organ", "parent", "region"),
    [
        ("青禾县教育局", "青禾县", "青禾县"),
        ("青禾县人民政府", "", "青禾县"),  # with its own bureaus: nothing says what is above it
        ("江北市青禾县人民政府", "江北市", "江北市"),
        ("江北市青禾县云岭镇人民政府", "江北市青禾县", "江北市青禾县"),
        ("云岭镇人民政府", "", ""),
        ("江北市人民政府办公室", "", "江北市"),
    ],
)
def test_the_name_of_an_organ_says_where_it_belongs(organ: str, parent: str, region: str) -> None:
    one = line(organ)
    assert (one.organ, one.parent(None), one.region(None)) == (organ, parent, region)


def test_the_roster_says_it_before_the_name_does() -> None:
    one, other = line("青禾县教育局"), line("青禾县司法局", "b.txt")
    above = {"江北市青禾县教育局": "江北市青禾县人民政府", "江北市青禾县人民政府": ""}
    roll = Roll("units.csv", 2024, 2, above=above, unit_of={"a.txt": "江北市青禾县教育局"})
    assert (one.parent(roll), one.region(roll)) == ("江北市青禾县人民政府", "江北市青禾县")
    assert (other.parent(roll), other.region(roll)) == ("青禾县", "青禾县")  # of nobody in the roster


def test_a_report_that_was_not_read_is_called_by_its_file() -> None:
    one = line_of(Checked("各镇/坏.txt", None, same("坏了")), Display())
    assert (one.name, one.standing, one.region(None)) == ("坏.txt", "unread", "")


def test_regions_are_in_the_order_of_their_errors_and_unknown_ones_last() -> None:
    lines = [
        line("云岭镇人民政府")._replace(standing="error", findings={"error": 9}),
        line("青禾县教育局")._replace(standing="clean", findings={}),
        line("柳浦县教育局")._replace(standing="error", findings={"error": 2, "warning": 1}),
        line("柳浦县司法局")._replace(standing="warning", findings={"warning": 4}),
        line("青禾县司法局")._replace(standing="error", findings={"error": 2}),
        line("")._replace(report=False, findings={"error": 7}),  # a file of waivers is of no region
    ]
    found = regions(lines, None)
    assert [
        (each.name, each.reports, each.findings["error"], each.findings["warning"]) for each in found
    ] == [
        ("柳浦县", 2, 2, 5),
        ("青禾县", 2, 2, 0),
        ("", 1, 9, 0),
    ]
    assert found[1].standings == {"clean": 1, "error": 1}


def test_who_is_wanting_comes_before_what_was_not_read() -> None:
    summary = Summary()
    summary.roll = Roll(
        "units.csv",
        2024,
        5,
        missing=("青禾县财政局",),
        twice=(("青禾县审计局", ("c.txt", "d.txt")),),
        other_year=(("青禾县统计局", "e.txt", 2023), ("青禾县信访局", "f.txt", None)),
        strangers=("a.txt",),
        above={"青禾县财政局": "青禾县人民政府"},
    )
    lines = [
        line("柳浦县教育局")._replace(standing="clean"),
        line("青禾县司法局", "b.txt")._replace(standing="unread"),
    ]
    found = list(absent(lines, {"b.txt": Text("坏了", "broken")}, summary))
    assert [(each.name, each.parent, each.what.zh, each.paths, each.reason.zh) for each in found] == [
        ("青禾县财政局", "青禾县人民政府", "没有报送", (), ""),
        ("青禾县统计局", "", "报送的是别的年度", ("e.txt",), "2023 年度"),
        ("青禾县信访局", "", "报送的是别的年度", ("f.txt",), "年度不明"),
        ("青禾县审计局", "", "报送了内容不同的几份", ("c.txt", "d.txt"), ""),
        ("柳浦县教育局", "柳浦县", "不是名册中的机关", ("a.txt",), ""),
        ("青禾县司法局", "青禾县", "没有读成", ("b.txt",), "坏了"),
    ]
