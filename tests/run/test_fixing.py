"""Which fixes are made, what speaks against one, and how a file is replaced."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.api import Basis, Context, Finding, Report, Rule, Span, Strength, rule
from nianbao.engine.finding import Diagnostic, Fix, Severity, Suppression
from nianbao.files.replace import FileChangedError, replace
from nianbao.plugins.builtin import nianbao_add_readers
from nianbao.report.form import Form
from nianbao.run import proof
from nianbao.run.fixing import applied, chosen, narrowed
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.proof import Fixed, fixed
from nianbao.run.settings import Settings
from nianbao.testing import compliant, official_forms
from nianbao.text.edit import Edit
from nianbao.text.language import same
from nianbao.text.source import UnreadableError
from nianbao.writers.writer import RefusedError

SAID = same("有问题")
BASIS = Basis("青禾县政务公开工作要点", "", Strength.LAW)


def found(
    *edits: tuple[int, int, str, str],
    safe: bool = True,
    code: str = "QH001",
    severity: Severity = Severity.WARNING,
    answered: bool = False,
    hidden: bool = False,
) -> Diagnostic:
    """Return a finding whose fix makes *edits*."""
    made = tuple(Edit(Span(start, end), old, new) for start, end, old, new in edits)
    finding = Finding(
        made[0].span,
        SAID,
        SAID,
        fix=Fix(SAID, safe, made),
        hidden=(made[0].span,) if hidden else (),
    )
    by = Suppression("waiver", "已核实", "waivers.yaml:1") if answered else None
    return Diagnostic(code, "looks", severity, (BASIS,), "全文", 0, finding, "", by)


def spans(diagnostics: Sequence[Diagnostic], *, unsafe: bool = False) -> list[tuple[int, int]]:
    return [tuple(edit.span) for edit in chosen(diagnostics, unsafe=unsafe)]


# -- which fixes -----------------------------------------------------------------------------------------


def test_edits_come_in_the_order_of_the_text() -> None:
    assert spans([found((5, 6, "a", "b")), found((1, 2, "a", "b"))]) == [(1, 2), (5, 6)]


def test_an_unsafe_fix_is_made_only_where_it_is_asked_for() -> None:
    both = [found((1, 2, "a", "b")), found((3, 4, "a", "b"), safe=False)]

    assert spans(both) == [(1, 2)]
    assert spans(both, unsafe=True) == [(1, 2), (3, 4)]


def test_what_somebody_has_answered_for_and_what_is_hidden_is_left_alone() -> None:
    assert spans([found((1, 2, "a", "b"), answered=True), found((3, 4, "a", "b"), hidden=True)]) == []


def test_of_two_fixes_for_one_place_that_of_the_more_severe_finding_is_made_whole() -> None:
    warning = found((1, 3, "ab", "x"), (8, 9, "a", "x"))
    error = found((2, 4, "bc", "y"), severity=Severity.ERROR)

    assert spans([warning, error]) == [(2, 4)]


def test_of_two_as_severe_the_earlier_is_made() -> None:
    assert spans([found((2, 4, "bc", "y")), found((1, 3, "ab", "x"))]) == [(1, 3)]


def test_of_two_for_the_same_words_the_code_decides() -> None:
    both = [found((1, 2, "a", "x"), code="QH002"), found((1, 2, "a", "y"), code="QH001")]

    assert [edit.new for edit in chosen(both, unsafe=False)] == ["y"]


def test_edits_that_agree_are_one() -> None:
    one, other = found((1, 2, "a", "b"), (5, 6, "a", "b")), found((5, 6, "a", "b"), code="QH002")

    assert spans([one, other]) == [(1, 2), (5, 6)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((2, 2, "", "x"), (2, 2, "", "y")),
        ((2, 2, "", "x"), (1, 3, "ab", "y")),
        ((2, 2, "", "x"), (2, 3, "a", "y")),
        ((2, 2, "", "x"), (1, 2, "a", "y")),
        ((1, 9, "abcdefgh", "x"), (3, 4, "c", "y")),
    ],
    ids=["two insertions", "inside", "before", "behind", "around"],
)
def test_fixes_that_meet_are_not_made_together(
    one: tuple[int, int, str, str], other: tuple[int, int, str, str]
) -> None:
    assert len(chosen([found(one), found(other)], unsafe=False)) == 1


def test_fixes_beside_each_other_are_made_together() -> None:
    for severity in (Severity.INFO, Severity.ERROR):
        both = [found((1, 2, "a", "x")), found((2, 3, "b", "y"), severity=severity)]
        assert spans(both) == [(1, 2), (2, 3)]


@pytest.mark.parametrize("edit", [(1, 2, "a", "x"), (4, 5, "a", "x")], ids=["before", "behind"])
def test_an_insertion_is_made_together_with_what_it_does_not_touch(edit: tuple[int, int, str, str]) -> None:
    assert len(spans([found((3, 3, "", "y")), found(edit)])) == 2


EDITS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 4), st.text("ab", max_size=2)), min_size=1, max_size=3
)


@given(st.lists(st.tuples(EDITS, st.booleans(), st.sampled_from(Severity)), max_size=8))
def test_whatever_is_found_the_edits_can_be_made_and_each_fix_is_whole_or_absent(
    drawn: list[tuple[list[tuple[int, int, str]], bool, Severity]],
) -> None:
    text = "0123456789abcdefghij"
    diagnostics = []
    for edits, safe, severity in drawn:
        apart = {
            start: (start, start + length, text[start : start + length], new) for start, length, new in edits
        }
        kept: list[tuple[int, int, str, str]] = []
        for one in sorted(apart.values()):
            if not kept or one[0] > kept[-1][1]:
                kept.append(one)
        diagnostics.append(found(*kept, safe=safe, severity=severity))

    made = set(chosen(diagnostics, unsafe=True))

    applied(text, made)
    whole = {
        edit
        for d in diagnostics
        if d.finding.fix and made.issuperset(d.finding.fix.edits)
        for edit in d.finding.fix.edits
    }
    assert made == whole


# -- what an edit changes --------------------------------------------------------------------------------


def test_edits_are_applied_where_the_text_reads_as_they_say() -> None:
    assert applied("其它结果", [Edit(Span(1, 2), "它", "他"), Edit(Span(4, 4), "", "。")]) == "其他结果。"
    for wrong in (
        [Edit(Span(0, 1), "它", "他")],
        [Edit(Span(0, 2), "其它", ""), Edit(Span(1, 2), "它", "他")],
    ):
        with pytest.raises(ValueError, match="reads"):
            applied("其它结果", wrong)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("2.其它法律", "2.其他法律", [(3, "它", "他")]),
        ("(一)予以公开", "（一）予以公开", [(0, "(", "（"), (2, ")", "）")]),
        ("共123件", "共125件", [(1, "123", "125")]),
        ("总结", "总计", [(1, "结", "计")]),
        ("", "0", [(0, "", "0")]),
        ("一样", "一样", []),
    ],
)
def test_only_what_differs_is_changed_and_a_figure_as_a_whole(
    old: str, new: str, parts: list[tuple[int, str, str]]
) -> None:
    narrow = narrowed(Edit(Span(10, 10 + len(old)), old, new))

    assert [(edit.span.start - 10, edit.old, edit.new) for edit in narrow] == parts


def test_an_edit_of_more_than_four_hundred_words_is_made_as_a_whole() -> None:
    for length, parts in ((200, 2), (201, 201)):
        whole = Edit(Span(5, 5 + length), "甲" * length, "甲" * 198 + "乙丙")
        assert [len(edit.old) for edit in narrowed(whole)] == [parts]


def test_among_many_signs_alike_only_the_one_before_them_is_changed() -> None:
    whole = Edit(Span(5, 204), "甲" * 199, "乙" + "甲" * 199)

    assert narrowed(whole) == (Edit(Span(5, 5), "", "乙"),)


@given(st.text("ab1２（\n", max_size=12), st.text("ab1２（\n", max_size=12))
def test_the_parts_of_an_edit_do_what_it_does(old: str, new: str) -> None:
    whole = Edit(Span(2, 2 + len(old)), old, new)

    assert applied(f"xx{old}yy", narrowed(whole)) == applied(f"xx{old}yy", [whole])


# -- proved in a file ------------------------------------------------------------------------------------


def replacing(code: str, old: str, new: str, *, safe: bool = True, wanted: str = "") -> Rule:
    """Return a rule that wants each *old* to read *new*; *wanted* is a pattern of what it finds, *old* by default."""

    def check(report: Report, context: Context) -> Iterator[Finding]:
        for match in re.finditer(wanted or re.escape(old), report.source.text):
            fix = Fix(SAID, safe, (Edit(Span(*match.span()), old, new),))
            yield Finding(Span(*match.span()), SAID, SAID, fix=fix)

    check.__doc__ = "看一看。"
    return rule(code, f"looks-{code.lower()}", summary=SAID, basis=BASIS, forms=())(check)


def made(text: str, *rules: Rule, unsafe: bool = False, name: str = "青禾县.txt") -> tuple[str, Fixed]:
    """Return what *rules* make of *text*."""
    one = Linter(rules, rules, official_forms(), tuple(nianbao_add_readers()), Settings())
    done = fixed(one, Input(name, data=text.encode()), unsafe=unsafe)
    return done.data.decode(), done


def test_every_finding_is_put_right_and_named() -> None:
    text, done = made("甲乙甲", replacing("QH001", "甲", "丙"))

    assert text == "丙乙丙"
    assert [d.code for d in done.made] == ["QH001", "QH001"]
    assert done.refused == ()
    assert done.verdict.open == ()
    assert len(done.before.open) == 2


def test_what_another_fix_stood_in_the_way_of_is_put_right_in_the_next_round() -> None:
    """Both want the same sign, so one waits for the other."""
    text, done = made("甲乙丁", replacing("QH001", "甲乙", "丙乙"), replacing("QH002", "乙丁", "戊丁"))

    assert text == "丙戊丁"
    assert [d.code for d in done.made] == ["QH001", "QH002"]
    assert done.verdict.open == ()


def test_a_fix_that_leaves_its_finding_is_dropped_and_named() -> None:
    text, done = made("甲乙", replacing("QH001", "甲", "甲甲"), replacing("QH002", "乙", "丙"))

    assert text == "甲丙"
    assert [(r.diagnostic.code, "还在" in r.reason.zh) for r in done.refused] == [("QH001", True)]


def test_a_fix_that_another_finding_comes_of_is_dropped_and_both_are_named() -> None:
    text, done = made("甲 乙", replacing("QH001", "甲", "丙"), replacing("QH002", "丙", "丁", wanted="丙"))

    assert text == "甲 乙"
    assert [r.diagnostic.code for r in done.refused] == ["QH001"]
    assert "QH002" in done.refused[0].reason.zh


def test_one_bad_fix_among_many_costs_none_of_the_others() -> None:
    bad = replacing("QH001", "坏", "坏坏")

    text, done = made("好" * 40 + "坏" + "好" * 40, bad, replacing("QH002", "好", "妙"))

    assert text == "妙" * 40 + "坏" + "妙" * 40
    assert [r.diagnostic.code for r in done.refused] == ["QH001"]


def test_findings_that_stand_elsewhere_after_the_fix_are_not_new() -> None:
    text, done = made(
        "甲甲乙", replacing("QH001", "甲", "长长长"), replacing("QH002", "乙", "乙乙", wanted="乙")
    )

    assert text == "长长长" * 2 + "乙"
    assert [d.code for d in done.made] == ["QH001", "QH001"]


def test_what_failed_is_tried_again_after_another_fix() -> None:
    """丙 before 乙 is wrong too, so 甲 cannot go while 乙 is there."""
    text, done = made(
        "甲乙",
        replacing("QH001", "甲", "丙"),
        replacing("QH002", "甲乙", "甲丁"),
        replacing("QH003", "戊", "己", wanted="丙乙"),
    )

    assert text == "丙丁"
    assert done.refused == ()
    assert [d.code for d in done.made] == ["QH002", "QH001"]


@pytest.mark.parametrize("new", ["长" * 30, "短", ""], ids=["longer", "shorter", "gone"])
@pytest.mark.parametrize(
    "layout",
    [
        *("乙¦乙¦乙", "乙乙乙¦¦¦", "¦乙", "乙¦", "丙¦丙", "乙丙¦庚¦丙乙", "¦丙¦丙¦", "丙乙丙¦乙¦丙乙丙"),
        *("丁¦丁", "乙¦戊", "乙丁¦戊¦丁乙"),
    ],
)
def test_what_stays_is_known_again_wherever_it_is_then(new: str, layout: str) -> None:
    """¦ is what is put right; the sign or the place of 乙, what is between two 丙 and beside 丁 or 戊 cannot be."""
    wrong = "甲" * 9
    text, done = made(
        layout.replace("¦", wrong),
        replacing("QH001", wrong, new),
        replacing("QH002", "己", "庚", wanted="乙"),
        replacing("QH003", "己", "庚", wanted="丙.*丙"),
        replacing("QH004", "己", "庚", wanted="丁.|.戊"),
        replacing("QH005", "己", "庚", wanted="(?=乙)"),
    )

    assert text == layout.replace("¦", new)
    assert "QH001" not in {r.diagnostic.code for r in done.refused}
    assert [d.code for d in done.made] == ["QH001"] * layout.count("¦")


@pytest.mark.parametrize(
    ("wrong", "wanted"),
    [("乙丁甲", "乙(?=丁甲)|丙"), ("乙甲", "乙|丙")],
    ids=["in its place", "beside it"],
)
def test_a_finding_of_the_same_rule_elsewhere_is_another(wrong: str, wanted: str) -> None:
    text, done = made(wrong, replacing("QH001", "甲", "丙"), replacing("QH002", "己", "庚", wanted=wanted))

    assert text == wrong
    assert "QH002" in next(r.reason.zh for r in done.refused if r.diagnostic.code == "QH001")


def test_a_rule_that_says_what_the_text_does_not_say_changes_nothing() -> None:
    text, done = made("甲乙", replacing("QH001", "丙", "丁", wanted="甲"))

    assert text == "甲乙"
    assert "不符" in done.refused[0].reason.zh


def test_a_safe_fix_that_would_change_a_figure_is_dropped() -> None:
    report = compliant("2021", "county", 3)
    report.set("permits/permits/decisions", "4321")
    rules = replacing("QH001", "4321", "1234"), replacing("QH002", "4321", "5678", safe=False)

    safe, dropped = made(report.render(), rules[0])
    unsafe, agreed = made(report.render(), rules[1], unsafe=True)

    assert safe == report.render()
    assert [r.diagnostic.code for r in dropped.refused] == ["QH001"]
    assert "数" in dropped.refused[0].reason.zh
    assert unsafe == report.render().replace("4321", "5678")
    assert agreed.refused == ()


def test_a_figure_written_otherwise_is_the_same_figure() -> None:
    report = compliant("2021", "county", 3)
    report.set("permits/permits/decisions", "4321")

    wide, _ = made(report.render(), replacing("QH001", "4321", "４３２１"))

    assert wide == report.render().replace("4321", "４３２１")


def test_two_hundred_changes_are_tried_in_a_run_and_the_rest_waits_for_another() -> None:
    """Each fix writes the whole text, so one is made at a time."""

    def check(report: Report, context: Context) -> Iterator[Finding]:
        text = report.source.text
        for match in re.finditer("甲", text):
            edit = Edit(Span(0, len(text)), text, f"{text[: match.start()]}乙{text[match.end() :]}")
            yield Finding(Span(*match.span()), SAID, SAID, fix=Fix(SAID, True, (edit,)))

    check.__doc__ = "看一看。"
    looks = rule("QH001", "looks", summary=SAID, basis=BASIS, forms=())(check)

    once, done = made("甲" * 201, looks)

    assert once.count("甲") == len(done.verdict.open) == 1
    assert len(done.made) == 200
    assert made(once, looks)[0] == "乙" * 201


def test_a_fault_of_the_writer_costs_that_file_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise KeyError("w:t")

    monkeypatch.setattr(proof, "rewritten", broken)

    text, done = made("甲", replacing("QH001", "甲", "丙"))

    assert text == "甲"
    assert "KeyError" in done.refused[0].reason.en


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    for unread in (Input(str(tmp_path / "没有.txt")), Input("乱码.txt", data=b"\x00\x01\x02\xff" * 100)):
        with pytest.raises(UnreadableError) as error:
            fixed(linter(Settings()), unread, unsafe=False)
        assert "改后" not in error.value.reason.zh


def test_a_comment_in_the_midst_of_words_is_not_written_over() -> None:
    """What a rule sees there are spaces."""

    def check(report: Report, context: Context) -> Iterator[Finding]:
        for match in re.finditer(r"甲\s+乙", report.text):
            edit = Edit(Span(*match.span()), match[0], "甲乙")
            yield Finding(edit.span, SAID, SAID, fix=Fix(SAID, True, (edit,)))

    check.__doc__ = "看一看。"
    spaced = rule("QH001", "looks", summary=SAID, basis=BASIS, forms=())(check)
    text = "甲<!-- nianbao: QH002 已核实 -->乙"

    after, done = made(text, spaced)

    assert after == text
    assert [r.diagnostic.code for r in done.refused] == ["QH001"]


def test_a_kind_of_file_that_is_never_changed_is_refused_as_a_whole(forms: Sequence[Form]) -> None:
    def pdf(data: bytes, name: str) -> object:
        from nianbao.text.source import Source

        return Source(data.decode(), name)

    from nianbao.readers.reader import Reader

    rules = (replacing("QH001", "甲", "丙"),)
    text = next(reader for reader in nianbao_add_readers() if reader.name == "text")
    one = Linter(
        rules, rules, tuple(forms), (Reader("pdf", (".pdf",), lambda *_: True, pdf), text), Settings()
    )  # type: ignore[arg-type]

    with pytest.raises(RefusedError) as refused:
        fixed(one, Input("青禾县.pdf", data="甲".encode()), unsafe=False)

    assert "PDF" in refused.value.reason.zh
    assert fixed(one, Input("青禾县.pdf", data="乙".encode()), unsafe=False).made == ()


# -- written ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_replaced_file_keeps_its_permissions_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "青禾县.txt"
    path.write_bytes(b"old")
    path.chmod(0o751)

    replace(str(path), b"new", b"old")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o751
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path, link = tmp_path / "in" / "青禾县.txt", tmp_path / "最新.txt"
    path.write_bytes(b"old")
    link.symlink_to(path)

    replace(str(link), b"new", b"old")

    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_replacement_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "青禾县.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace(str(path), b"new", b"old")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder would let it be: the permission of the file itself is asked for, as `os.access` tells it."""
    path = tmp_path / "青禾县.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda asked, right: (asked, right) != (str(path), os.W_OK))

    with pytest.raises(PermissionError):
        replace(str(path), b"new", b"old")

    assert path.read_bytes() == b"old"


def test_a_file_that_somebody_has_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "青禾县.txt"
    path.write_bytes(b"theirs")

    with pytest.raises(FileChangedError):
        replace(str(path), b"new", b"old")

    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]
