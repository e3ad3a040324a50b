"""The names of what is taken away: each tells what it is, and none takes the place of the report."""

from pathlib import Path
from random import Random

import pytest
from nianbao.page.open_reports import Dropped, OpenReports
from nianbao.page.saves import kinds, saved
from nianbao.testing import compliant
from nianbao.text.edit import Edit
from nianbao.text.language import Language
from nianbao.text.source import Span
from rendering import DOCUMENTS, TEXTS, content

NAMES = {
    "年报.docx": DOCUMENTS["docx"],
    "年报.html": DOCUMENTS["html, clean"],
    "年报.txt": TEXTS["txt"],
    "年报.md": TEXTS["md"],
}


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenReports:
    """A report in each kind of file, with a correction."""
    monkeypatch.chdir(tmp_path)
    blocks = content(compliant("2021", "township", 5))
    assert blocks is not None
    made = OpenReports()
    for report in made.take([Dropped(name, write(blocks, Random(1))) for name, write in NAMES.items()])[1]:
        text = made.text_of(report)
        at = Span(text.text.index("公开"), text.text.index("公开") + 2)
        made.step(report, (Edit(at, "公开", "公布"),))
        made.verdict_on(report)
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_has_the_name_of_another_or_of_the_report(reports: OpenReports, language: Language) -> None:
    for name in NAMES:
        report = reports.reports[name]
        names = [saved(reports, report, kind, language).name for kind in kinds(reports, report)]
        assert len({name, *names}) == 1 + len(names) > 10
        assert all(each.startswith("年报-") for each in names)
    names = [saved(reports, None, kind, language).name for kind in kinds(reports)]
    assert len({*NAMES, *names}) == len(NAMES) + len(names)


def test_a_name_tells_what_the_file_is(reports: OpenReports) -> None:
    report = reports.reports["年报.docx"]
    names = {kind: saved(reports, report, kind, "zh").name for kind in kinds(reports, report)}
    assert {
        "comments": "年报-批注.docx",
        "tracked": "年报-修订.docx",
        "direct": "年报-改好.docx",
        "docx": "年报-通知单.docx",
        "sarif": "年报-sarif.json",
    }.items() <= names.items()
