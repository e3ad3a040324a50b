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


def _in_a_cell(number: str) -> str:
    """Return a report with *number* as the figure of 行政强制, in a heading and as a figure that a sum is of."""
    text = compliant().render()
    assert "行政强制\n\t21\n" in text
    text = text.replace("行政强制\n\t21\n", f"行政强制\n\t{number}\n").replace(
        "（一）主动公开方面", f"（一）主动公开方面{number}", 1
    )
    head, last = text.rsplit("\t0\n", 1)
    return f"{head}\t{number}\n{last}"


@pytest.mark.parametrize("name", ["full", "concise", "json", "csv", "html", "sarif"])
def test_an_identity_number_in_a_cell_or_a_heading_is_hidden_too(run: Run, file: Path, name: str) -> None:
    """Neither the cell, nor its table, nor a sum of it with figures, nor the difference shows it."""
    file.write_text(_in_a_cell(IDENTITY), encoding="utf-8")
    ended = run("check", "-f", name, file)
    assert "SUM004" in ended.out
    assert "110*" in ended.out
    assert IDENTITY[:12] not in ended.out + ended.err
    assert IDENTITY[:12] not in run("why", "SUM004", file).out


@pytest.mark.parametrize("number", ["110000199001010014", "110000199001010", "2021330182000123"])
def test_a_long_number_that_is_nobody_s_is_shown(run: Run, file: Path, number: str) -> None:
    """By its check digit, or because it is too short."""
    file.write_text(_in_a_cell(number), encoding="utf-8")
    assert number in run("check", "-f", "full", "--select", "SUM", file).out


def test_a_number_that_is_hidden_once_is_hidden_wherever_it_stands(run: Run, file: Path) -> None:
    """In a heading, in other digits, and with spaces."""
    heading = "（一）主动公开方面"
    text = TEXT.replace(heading, f"{heading}１３８ 1234 5678,", 1)
    file.write_text(text, encoding="utf-8")
    verdict = lint(Report(Source(text), official_forms()), load().rules)
    assert "5678" in verdict.source.text
    assert not [part for part in ("1234 5678", "1234５", "12345") if part in verdict.source.text]
