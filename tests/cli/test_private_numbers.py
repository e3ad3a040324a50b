"""What a finding hides is shown by no output of `nianbao check`, by no baseline and by no other finding."""

import json
from pathlib import Path

import pytest
from cli.running import Run
from nianbao.engine.lint import lint
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.masking import masked
from nianbao.text.source import Source, Span

IDENTITY, MOBILE, NAME, MAILBOX = "110000199001010013", "13812345678", "李文海", "wangchuan2021"
# Another rule reports the same words: the brackets are half-width, and a comma in the passage too.
TEXT = (
    compliant().render()
    + f"申请人{NAME}的身份证号为{IDENTITY},联系方式(电话{MOBILE})已登记，邮箱{MAILBOX}@qq.com。\n"
)
CODES = ("PRV001", "PRV002", "PRV004", "PRV005", "TYP002")
SECRETS = (IDENTITY, MOBILE, NAME, MAILBOX)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["full", "concise", "json", "jsonl"])
def test_no_format_shows_what_is_hidden(run: Run, file: Path, name: str) -> None:
    ended = run("check", "-f", name, file)
    said = ended.out + ended.err
    assert not [code for code in CODES if code not in said]
    assert "138****5678" in said
    assert not [secret for secret in SECRETS if secret in said]


def test_a_baseline_keeps_what_is_shown(run: Run, file: Path) -> None:
    run("baseline", "create", file)
    written = "".join(path.read_text(encoding="utf-8") for path in file.parent.iterdir() if path != file)
    assert "138****5678" in written
    assert not [secret for secret in SECRETS if secret in written]


def test_places_are_those_of_the_file(run: Run, file: Path) -> None:
    records = json.loads(run("check", "-f", "json", file).stdout)["findings"]
    found = next(record for record in records if record["code"] == "PRV002")
    start, end = found["span"]["start"]["offset"], found["span"]["end"]["offset"]
    assert TEXT[start:end] == MOBILE
    line = TEXT[: TEXT.index(MOBILE)].rpartition("\n")[2]
    assert found["span"]["start"]["byte_column"] == len(line.encode()) + 1


def test_two_numbers_that_look_alike_when_covered_are_two_findings() -> None:
    text = compliant().render() + "电话13812345678，手机13887655678。\n"
    verdict = lint(Report(Source(text), official_forms()), [r for r in load().rules if r.code == "PRV002"])
    assert [d.text for d in verdict.diagnostics] == ["138****5678"] * 2
    assert len({d.fingerprint for d in verdict.diagnostics}) == 2


def test_a_star_is_as_wide_as_what_it_covers() -> None:
    text = "a９李\U00020bb7é\n后"
    shown = masked(Source(text), [Span(0, 5)])
    assert shown.text[5:] == "\n后"
    assert not set(shown.text[:5]) & set(text[:5])
    for offset in range(len(text) + 1):
        assert shown.position(offset) == Source(text).position(offset)


def test_a_fix_that_writes_what_is_hidden_goes() -> None:
    text = compliant().render() + "手机１３８１２３４５６７８。\n"
    verdict = lint(Report(Source(text), official_forms()), load().rules)
    wide = next(d for d in verdict.diagnostics if d.code == "TYP004")
    assert wide.finding.fix is None
    assert MOBILE not in wide.finding.message.zh
