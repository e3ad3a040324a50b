"""The baseline: which findings it holds, how it is written, and how a report stands to it later."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from effort import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st
from nianbao.engine.finding import Diagnostic, Finding, Outcome, OutcomeState, Severity, Suppression
from nianbao.engine.verdict import Verdict
from nianbao.files.lookup import BASELINE
from nianbao.files.yaml_file import FileError
from nianbao.report.report import Report
from nianbao.suppression.baseline import Baseline, BaselineEntry, read_baseline
from nianbao.testing import official_forms
from nianbao.text.language import same
from nianbao.text.radicals import as_meant
from nianbao.text.source import Source, Span

WAIVED = Suppression("waiver", "以复议决定为准", "w.yaml:2")


def diagnostic(
    code: str = "TYP001", text: str = "部分公开", address: str = "四、其他", at: int = 0, ordinal: int = 0
) -> Diagnostic:
    finding = Finding(Span(at, at + 1), same("message"), same("help"))
    return Diagnostic(code, "x", Severity.WARNING, (), address, ordinal, finding, text)


def verdict(*diagnostics: Diagnostic, **states: OutcomeState) -> Verdict:
    """Return a verdict with *diagnostics*; rules ended in *states*, those of the findings failed."""
    report = Report(Source("甲" * 50, "x"), official_forms())
    ended = {**{d.code: OutcomeState.FAILED for d in diagnostics}, **states}
    return Verdict(report, diagnostics, tuple(Outcome(code, state) for code, state in ended.items()))


def created(folder: Path, **reports: Verdict) -> Baseline:
    """Return the baseline of *reports*, by name, written to *folder* and read again."""
    empty = Baseline(str(folder / BASELINE), {})
    paths = {str(folder / f"{name}.txt"): found for name, found in reports.items()}
    empty.updated((path, empty.compare(found, path)) for path, found in paths.items()).save()
    return read_baseline(empty.path)


def compared(baseline: Baseline, name: str, found: Verdict) -> tuple[list[str], list[str], list[str]]:
    """Return the words of what is new, fixed and kept in the report *name* beside *baseline*."""
    whole = baseline.compare(found, str(Path(baseline.path).parent / name))
    return ([d.text for d in whole.new], [entry.text for entry in whole.fixed], [d.text for d in whole.kept])


def test_one_line_is_one_finding_that_a_person_can_read(tmp_path: Path) -> None:
    found = diagnostic(text="部分 公开\n的", address="四、其他")
    baseline = created(tmp_path, 青禾县=verdict(found))
    (line,) = Path(baseline.path).read_bytes().decode().splitlines()
    assert "青禾县" in line
    assert list(json.loads(line).items()) == [
        ("report", "青禾县"),
        ("code", "TYP001"),
        ("address", "四、其他"),
        ("text", "部分公开的"),
        ("fingerprint", found.fingerprint),
    ]


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    for length, kept in ((60, "字" * 60), (61, "字" * 59 + "…"), (300, "字" * 59 + "…")):
        (line,) = created(tmp_path, a=verdict(diagnostic(text="字" * length))).entries
        assert line.text == kept


def test_a_finding_that_was_there_is_marked_and_a_new_one_is_not(tmp_path: Path) -> None:
    old, new = diagnostic(text="旧"), diagnostic(text="新")
    baseline = created(tmp_path, a=verdict(diagnostic(code="SUM001"), old))
    first, second = baseline.suppress(verdict(new, old), str(tmp_path / "a.md")).diagnostics
    assert first == new
    assert second.suppressed == Suppression("baseline", "", f"{baseline.path}:2")
    assert second._replace(suppressed=None) == old
    elsewhere = baseline.suppress(verdict(old), str(tmp_path / "b.txt"))
    assert elsewhere.diagnostics == (old,)


def test_a_finding_is_known_again_on_another_line_and_with_other_line_breaks(tmp_path: Path) -> None:
    baseline = created(tmp_path, a=verdict(diagnostic(text="部分公开", at=3)))
    moved = verdict(diagnostic(text="部分\n公 开", at=30))
    assert compared(baseline, "a.txt", moved) == ([], [], ["部分\n公 开"])


def test_fixing_one_and_adding_one_of_the_same_rule_is_one_new_and_one_fixed(tmp_path: Path) -> None:
    before = [diagnostic(text=text, at=at) for at, text in enumerate("甲乙丙")]
    after = [diagnostic(text=text, at=at) for at, text in enumerate("甲丁丙")]
    baseline = created(tmp_path, a=verdict(*before))
    assert compared(baseline, "a.txt", verdict(*after)) == (["丁"], ["乙"], ["甲", "丙"])


def test_of_two_findings_alike_each_has_its_own_line(tmp_path: Path) -> None:
    both = [diagnostic(ordinal=0), diagnostic(ordinal=1)]
    baseline = created(tmp_path, a=verdict(*both))
    assert len(baseline.entries) == 2
    assert compared(baseline, "a.txt", verdict(both[0])) == ([], ["部分公开"], ["部分公开"])
    third = diagnostic(ordinal=2)
    assert compared(baseline, "a.txt", verdict(*both, third)) == (["部分公开"], [], ["部分公开"] * 2)


def test_what_is_answered_for_is_in_no_baseline(tmp_path: Path) -> None:
    waived = diagnostic(text="豁免")._replace(suppressed=WAIVED)
    notices = [diagnostic("WVR001", "SUM004"), diagnostic("DOC900", "")]
    baseline = created(tmp_path, a=verdict(waived, *notices, diagnostic(text="其他")))
    assert [entry.text for entry in baseline.entries] == ["其他"]
    judged = baseline.suppress(verdict(waived, *notices), str(tmp_path / "a.txt"))
    assert judged.diagnostics == (waived, *notices)
    assert compared(baseline, "a.txt", verdict(waived, *notices, TYP001=OutcomeState.FAILED)) == (
        [],
        ["其他"],
        [],
    )
    lines = {
        BaselineEntry("a", n.code, n.address, n.text, n.fingerprint): 1 for n in notices
    }  # written by hand
    by_hand = Baseline(baseline.path, {"a": lines}).suppress(verdict(*notices), str(tmp_path / "a.txt"))
    assert by_hand.diagnostics == tuple(notices)


def test_a_baselined_finding_that_is_waived_later_is_fixed_for_the_baseline(tmp_path: Path) -> None:
    baseline = created(tmp_path, a=verdict(diagnostic()))
    waived = verdict(diagnostic()._replace(suppressed=WAIVED))
    assert compared(baseline, "a.txt", waived) == ([], ["部分公开"], [])


@pytest.mark.parametrize("state", [OutcomeState.PASSED, OutcomeState.FAILED, OutcomeState.NOT_APPLICABLE])
def test_a_line_is_fixed_when_its_rule_has_ended_without_it(tmp_path: Path, state: OutcomeState) -> None:
    baseline = created(tmp_path, a=verdict(diagnostic()))
    assert compared(baseline, "a.txt", verdict(TYP001=state)) == ([], ["部分公开"], [])


@pytest.mark.parametrize(
    "states", [{"TYP001": OutcomeState.UNDETERMINED}, {"TYP001": OutcomeState.CRASHED}, {}]
)
def test_a_line_whose_rule_could_not_judge_is_open_and_stays(
    tmp_path: Path, states: dict[str, OutcomeState]
) -> None:
    baseline = created(tmp_path, a=verdict(diagnostic()))
    path = str(tmp_path / "a.txt")
    whole = baseline.compare(verdict(**states), path)
    assert whole[:4] == ((), (), (), baseline.entries)
    assert baseline.updated([(path, whole)]).entries == baseline.entries


def test_an_update_changes_the_reports_that_were_checked_and_no_others(tmp_path: Path) -> None:
    baseline = created(
        tmp_path, a=verdict(diagnostic(text="甲"), diagnostic(text="乙")), b=verdict(diagnostic(text="丙"))
    )
    path = str(tmp_path / "a.txt")
    now = verdict(diagnostic(text="乙"), diagnostic(text="丁"))
    updated = baseline.updated([(path, baseline.compare(now, path))])
    assert [(entry.report, entry.text) for entry in updated.entries] == [
        ("a", "丁"),
        ("a", "乙"),
        ("b", "丙"),
    ]
    clean = updated.updated([(path, updated.compare(verdict(TYP001=OutcomeState.PASSED), path))])
    assert list(clean.reports) == ["b"]


def test_two_formats_of_one_report_share_their_lines(tmp_path: Path) -> None:
    empty = Baseline(str(tmp_path / BASELINE), {})
    found = {
        "a.txt": verdict(diagnostic(text="甲"), diagnostic(text="乙")),
        "a.md": verdict(diagnostic(text="甲")),
    }
    paths = {str(tmp_path / name): one for name, one in found.items()}
    whole = empty.updated((path, empty.compare(one, path)) for path, one in paths.items())
    assert sorted(entry.text for entry in whole.entries) == sorted("甲乙")


TEXTS = st.lists(st.sampled_from("甲乙丙丁戊"), unique=True, max_size=5)


@given(TEXTS, TEXTS)
def test_new_fixed_and_kept_part_what_is_there_from_what_was(
    before: Sequence[str], after: Sequence[str]
) -> None:
    empty = Baseline("nianbao.baseline.jsonl", {})
    old = verdict(*(diagnostic(text=text) for text in before), TYP001=OutcomeState.FAILED)
    new = verdict(*(diagnostic(text=text) for text in after), TYP001=OutcomeState.FAILED)
    baseline = empty.updated([("a.txt", empty.compare(old, "a.txt"))])
    whole = baseline.compare(new, "a.txt")
    assert {d.text for d in whole.new} == set(after) - set(before)
    assert {line.text for line in whole.fixed} == set(before) - set(after)
    assert {d.text for d in whole.kept} == set(after) & set(before)
    marked = baseline.suppress(new, "a.txt")
    assert tuple(d._replace(suppressed=None) for d in marked.diagnostics) == new.diagnostics
    assert tuple(d for d in marked.diagnostics if d.suppressed) == tuple(
        d for d in marked.diagnostics if d.text in before
    )
    again = baseline.compare(marked, "a.txt")  # the same when it has been judged before
    assert (again.new, again.fixed, len(again.kept)) == (whole.new, whole.fixed, len(whole.kept))


@given(
    st.lists(
        # The words of a report are read as what they mean, before a finding is made of them.
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(as_meant)] * 2),
        max_size=8,
    )
)
def test_what_is_written_is_read_back_sorted(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("baseline")
    found = [diagnostic(text=text, address=address) for text, address in said]
    baseline = created(folder, a=verdict(*found))
    assert {entry.fingerprint for entry in baseline.entries} == {d.fingerprint for d in found}
    written = Path(baseline.path).read_bytes()
    lines = [json.loads(line) for line in written.split(b"\n") if line]
    keys = [(line["report"], line["code"], line["address"], line["text"]) for line in lines]
    assert keys == sorted(keys)
    baseline.save()
    assert Path(baseline.path).read_bytes() == written


def test_line_ends_empty_lines_and_a_line_given_twice_do_not_matter(tmp_path: Path) -> None:
    baseline = created(tmp_path, a=verdict(diagnostic(text="甲"), diagnostic(text="乙")))
    path = Path(baseline.path)
    text = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + ("\n" + text + text).replace("\n", "\r\n").encode())
    again = read_baseline(str(path))
    assert again.entries == baseline.entries
    assert sorted(again.reports["a"].values()) == [2, 3]


LINE = '{"report": "a", "code": "TYP001", "address": "四", "text": "甲", "fingerprint": "00"}'


NO_LINES = {
    "a mark of a merge": "<<<<<<< HEAD",
    "a number": "12",
    "null": "null",
    "a list": "[]",
    "an empty object": "{}",
    "an object cut short": LINE[:-1],
    "a number for a text": LINE.replace('"00"', "0"),
    "null for a text": LINE.replace('"a"', "null"),
    "another key": LINE.replace('"report"', '"path"'),
    "a key more": LINE.replace("{", '{"more": "", '),
    "two objects": LINE + LINE,
    "a deep list": "[" * 200_000,
    "a long number": '{"report": ' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("name", NO_LINES)
def test_a_line_that_is_none_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / BASELINE
    path.write_bytes(f"{LINE}\n\n{NO_LINES[name]}\n".encode())
    with pytest.raises(FileError) as error:
        read_baseline(str(path))
    assert error.value.text.zh.startswith(f"{path}:3:1: 这一行不是基线的记录")
    assert error.value.text.en.startswith(f"{path}:3:1: this line is no entry of a baseline")


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff" * 100, b"PK\x03\x04" + bytes(100), b"%PDF-1.7"])
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / BASELINE
    path.write_bytes(data)
    with pytest.raises(FileError):
        read_baseline(str(path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read") as error:
        read_baseline(str(tmp_path / BASELINE))
    assert (error.value.line, error.value.column) == (1, 1)
    assert "读不出来（没有这个文件或者文件夹）" in error.value.text.zh


def test_megabytes_are_read_or_refused_in_proportion(tmp_path: Path) -> None:
    path = tmp_path / BASELINE

    def refused(size: int) -> None:
        path.write_bytes(b"x" * size)
        with pytest.raises(FileError):
            read_baseline(str(path))

    def read(many: int) -> None:
        path.write_text("".join(f"{LINE.replace('00', str(number))}\n" for number in range(many)), "utf-8")
        assert len(read_baseline(str(path)).entries) == many

    assert growth(refused, 1_000_000) < LINEAR
    assert growth(read, 10_000) < LINEAR


# -- of an organ and year --------------------------------------------------------------------------------------


def told_of(organ: str, year: int, *diagnostics: Diagnostic) -> Verdict:
    """Return a verdict with *diagnostics* on a report of *organ* on *year*."""
    text = f"{organ}{year}年政府信息公开工作年度报告\n\n一、总体情况\n全年主动公开信息。\n"
    report = Report(Source(text, "x"), official_forms())
    assert (report.issuer.name, report.year) == (organ, year)
    return Verdict(report, diagnostics, tuple(Outcome(d.code, OutcomeState.FAILED) for d in diagnostics))


def suppressed(baseline: Baseline, name: str, found: Verdict) -> list[str]:
    judged = baseline.suppress(found, str(Path(baseline.path).parent / name))
    return [d.code for d in judged.diagnostics if d.suppressed is not None]


@pytest.mark.parametrize("name", ["青禾镇（修改稿）.docx", "青禾镇_v2.txt", "新/终稿(1).txt"])
def test_a_renamed_report_is_known_by_organ_and_year(tmp_path: Path, name: str) -> None:
    found = told_of("青禾镇人民政府", 2024, diagnostic())
    baseline = created(tmp_path, 青禾镇=found)
    assert suppressed(baseline, name, found) == ["TYP001"]
    assert compared(baseline, name, found) == ([], [], ["部分公开"])
    for other in (("青禾镇人民政府", 2023), ("白石乡人民政府", 2024)):
        assert suppressed(baseline, name, told_of(*other, diagnostic())) == []


def test_recorded_again_it_has_its_new_name_and_nothing_is_lost(tmp_path: Path) -> None:
    found = told_of("青禾镇人民政府", 2024, diagnostic(text="甲"), diagnostic(text="乙"))
    other = told_of("白石乡人民政府", 2024, diagnostic(text="丙"))
    baseline = created(tmp_path, 青禾镇=found, 白石乡=other)
    path = str(tmp_path / "青禾镇（修改稿）.txt")
    now = told_of("青禾镇人民政府", 2024, diagnostic(text="甲"))
    updated = baseline.updated([(path, baseline.compare(now, path))])
    assert [(entry.report, entry.text) for entry in updated.entries] == [
        ("白石乡", "丙"),
        ("青禾镇（修改稿）", "甲"),
    ]
    updated.save()
    assert suppressed(read_baseline(updated.path), "终稿.txt", now) == ["TYP001"]


def test_of_two_that_it_may_be_neither_is_used_and_that_is_said(tmp_path: Path) -> None:
    found = told_of("青禾镇人民政府", 2024, diagnostic())
    baseline = created(tmp_path, 青禾镇=found, 青禾镇二稿=found)
    judged = baseline.suppress(found, str(tmp_path / "终稿.txt"))
    said = {d.code: d for d in judged.diagnostics if d.suppressed is None}
    assert sorted(said) == ["TYP001", "WVR005"]
    assert "青禾镇、青禾镇二稿" in said["WVR005"].finding.message.zh
    assert said["WVR005"].address == "全文"
    assert suppressed(baseline, "青禾镇.txt", found) == ["TYP001"]  # its own name leaves no doubt
    quiet = baseline.suppress(
        told_of("青禾镇人民政府", 2024, diagnostic(text="别的")), str(tmp_path / "终稿.txt")
    )
    assert [d.code for d in quiet.diagnostics] == ["TYP001"]  # nothing would have been suppressed
    assert compared(baseline, "终稿.txt", judged) == (["部分公开"], [], [])


def test_a_file_without_organs_holds_as_before(tmp_path: Path) -> None:
    found = told_of("青禾镇人民政府", 2024, diagnostic())
    entry = diagnostic()
    line = {"report": "青禾镇", "code": "TYP001", "address": "四、其他", "text": "部分公开"}
    path = tmp_path / BASELINE
    path.write_text(
        json.dumps({**line, "fingerprint": entry.fingerprint}, ensure_ascii=False) + "\n", "utf-8"
    )
    baseline = read_baseline(str(path))
    assert suppressed(baseline, "青禾镇.txt", found) == ["TYP001"]
    assert suppressed(baseline, "终稿.txt", found) == []
    for wrong in ({"year": "2024"}, {"organ": "青禾镇人民政府", "年": ""}):
        path.write_text(json.dumps({**line, **wrong}) + "\n", "utf-8")
        with pytest.raises(FileError):
            read_baseline(str(path))
