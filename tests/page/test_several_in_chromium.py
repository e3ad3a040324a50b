"""Several files that are dropped on the page in Chromium: how far it is with them, and settings among them that are wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from needs import program
from nianbao.testing import compliant, next_year
from reporters.programs import node_package, ran


@pytest.fixture(scope="module")
def seen(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the page shows."""
    room = tmp_path_factory.mktemp("several")
    folder = room / "青石县"
    folder.mkdir()
    for number in range(6):
        draft = compliant("2021", "township", number)
        for each in (draft, next_year(draft, 1)):
            (folder / f"{number}-{each.year}.txt").write_text(each.render(), encoding="utf-8")
    wrong = compliant("2021", "township", 5)
    wrong.set("applications/received/natural_person", "9999")
    report, settings = room / "年报.txt", room / "nianbao.yaml"
    report.write_text(wrong.render(), encoding="utf-8")
    settings.write_text("规则: 1\n", encoding="utf-8")
    playwright = node_package("playwright-core", "index.js")
    node, chromium = program("node"), program("chromium", "chromium-browser", "google-chrome")
    script = Path(__file__).with_name("several.cjs")
    return json.loads(ran(node, script, playwright, chromium, built.as_uri(), folder, settings, report))


def test_what_waits_is_counted_and_has_a_line_of_progress_until_all_is_judged(seen: Any) -> None:
    assert any(one["rows"] for one in seen["waiting"])
    for one in seen["waiting"]:
        assert one["counted"] == one["rows"]
        assert one["progress"] or not one["rows"]
        assert one["compared"] == 0


def test_settings_that_are_wrong_are_told_though_nothing_is_open(seen: Any) -> None:
    assert "nianbao.yaml:1" in seen["wrong"]["alone"]


@pytest.mark.parametrize("when", ["after", "together"])
def test_a_report_is_judged_after_wrong_settings_and_together_with_them(seen: Any, when: str) -> None:
    said = seen["wrong"][when]
    assert "SUM001" in said["codes"]
    assert "nianbao.yaml:1" in said["notice"]
    assert said["settings"] == 0
