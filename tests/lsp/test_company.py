"""A text in the editor is compared with the reports that its settings name, as the command line compares it."""

from pathlib import Path

import pytest
from nianbao.lsp.buffer import Buffer
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.diagnostics import DiagnosticWriter
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.review import Review, Reviewer
from nianbao.lsp.uris import uri_of
from nianbao.testing import compliant
from nianbao.text.source import Source

RULE = '''
from nianbao.api import Basis, Elsewhere, Finding, Plugin, Strength, Text, hookimpl, rule

nianbao_plugin = Plugin(prefixes=("QH",))
SUMMARY = Text("比较", "compares")


@rule("QH900", "year-before", summary=SUMMARY, basis=Basis("甲", "", Strength.HEURISTIC), beside="previous")
def year_before(report, context):
    """说出上一年度的收件数。"""
    value = str(report.previous.figure("applications/received/total").value)
    yield Finding(report.anchor, Text(value, value), SUMMARY, elsewhere=(Elsewhere(report.previous.path, "表三", value),))


@rule("QH901", "members", summary=SUMMARY, basis=Basis("甲", "", Strength.HEURISTIC), beside="members")
def members(report, context):
    """说出下级机关的份数。"""
    value = str(len(report.members))
    yield Finding(report.anchor, Text(value, value), SUMMARY)


@hookimpl
def nianbao_add_rules():
    return [year_before, members]
'''
SETTINGS = "plugins: 比较.py\nselect: [QH900, QH901]\nprevious: 去年.txt\nmembers: 乡镇\n"


def text(organ: str, year: int, received: str, level: str = "township") -> str:
    draft = compliant("2021", level, 1, year=year)  # type: ignore[arg-type]
    draft.set("applications/received/total", received)
    return draft.render().replace(draft.organ, organ)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "比较.py").write_text(RULE, encoding="utf-8")
    (tmp_path / "nianbao.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "去年.txt").write_text(text("青禾县人民政府", 2022, "77", "county"), encoding="utf-8")
    (tmp_path / "乡镇").mkdir()
    for name in ("云岭镇", "柳河镇"):
        (tmp_path / "乡镇" / f"{name}.txt").write_text(text(f"{name}人民政府", 2023, "3"), encoding="utf-8")
    return tmp_path


def review(reviewer: Reviewer, path: Path, words: str) -> Review:
    buffer = Buffer(uri_of(str(path)), str(path), "plaintext", 1, Source(words, str(path)), "utf-16")
    done = reviewer.review(buffer)
    assert not done.faults
    return done


def said(done: Review) -> dict[str, str]:
    return {each.code: each.finding.message.zh for each in done.open}


def test_a_text_is_compared_with_what_its_settings_name(folder: Path) -> None:
    reviewer = Reviewer()
    now = text("青禾县人民政府", 2023, "5", "county")
    assert said(review(reviewer, folder / "县.txt", now)) == {"QH900": "77", "QH901": "2"}
    town = text("云岭镇人民政府", 2023, "4")
    assert said(review(reviewer, folder / "乡镇" / "云岭镇.txt", town)) == {}


def test_a_report_that_was_saved_meanwhile_is_read_again(folder: Path) -> None:
    reviewer = Reviewer()
    now = text("青禾县人民政府", 2023, "5", "county")
    review(reviewer, folder / "县.txt", now)
    (folder / "去年.txt").write_text(text("青禾县人民政府", 2022, "1234", "county"), encoding="utf-8")
    assert said(review(reviewer, folder / "县.txt", now))["QH900"] == "1234"
    (folder / "去年.txt").write_text(text("青禾县人民政府", 2021, "1234", "county"), encoding="utf-8")
    assert "QH900" not in said(review(reviewer, folder / "县.txt", now))


def test_the_words_of_the_other_report_lead_to_its_file(folder: Path) -> None:
    done = review(Reviewer(), folder / "县.txt", text("青禾县人民政府", 2023, "5", "county"))
    shown = DiagnosticWriter(Capabilities(related=True), Preferences()).all(done)
    (other,) = next(each for each in shown if each.code == "QH900").related_information or ()
    assert other.location.uri == uri_of(str(folder / "去年.txt"))
    assert other.message == "表三：77"
