"""The file of waivers: what it may say, which findings it answers for, and what is said of it after a run."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from cli.running import wrong_total
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from nianbao.engine.finding import Diagnostic, Finding, Outcome, OutcomeState, Severity, Suppression
from nianbao.engine.lint import lint
from nianbao.engine.notices import NOTICES
from nianbao.engine.rule import Rule
from nianbao.engine.verdict import Verdict
from nianbao.files.lookup import WAIVERS
from nianbao.files.yaml_file import FileError, plain, read
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.suppression.waivers import WAIVERS_FILE, Waiver, Waivers, add, read_waivers
from nianbao.testing import compliant, official_forms
from nianbao.text.language import same
from nianbao.text.source import Source, Span

TODAY = date(2026, 3, 31)
KNOWN = ("SUM001", "SUM004", "TYP001")
AT = "表四 · 行政复议 · 总计"  # where the report of `wrong_total` has its one error, SUM004


def waivers(tmp_path: Path, *entries: str, head: str = "waivers:\n") -> Waivers:
    """Return the waivers of a file with *entries*, each the keys of a flow mapping."""
    path = tmp_path / WAIVERS
    path.write_text(head + "".join(f"  - {{{entry}}}\n" for entry in entries), "utf-8")
    return read_waivers(str(path))


def diagnostic(
    code: str = "SUM004", address: str = "二、主动公开政府信息情况", text: str = "12", at: int = 0
) -> Diagnostic:
    finding = Finding(Span(at, at + 1), same("message"), same("help"))
    return Diagnostic(code, "x", Severity.ERROR, (), address, 0, finding, text)


def verdict(
    *diagnostics: Diagnostic, state: OutcomeState = OutcomeState.FAILED, code: str = "SUM004"
) -> Verdict:
    report = Report(Source("甲" * 50, "x"), official_forms())
    return Verdict(report, diagnostics, (Outcome(code, state),))


def answered(found: Waivers, path: Path | str, *diagnostics: Diagnostic, today: date = TODAY) -> list[bool]:
    """Return of each of *diagnostics* whether *found* answers for it in the report at *path*."""
    whole = found.suppress(verdict(*diagnostics), str(path), today)
    return [d.suppressed is not None for d in whole.diagnostics]


def told(
    found: Waivers, path: Path | str, *verdicts: Verdict, today: date = TODAY
) -> list[tuple[str, Severity]]:
    """Return the codes and severities of what is said of *found* after a run over *verdicts*, all at *path*."""
    judged = [found.suppress(one, str(path), today) for one in verdicts]
    uses = [found.use(one, str(path), today) for one in judged]
    return [(d.code, d.severity) for d in found.notices(uses, KNOWN, today)]


# -- which finding -----------------------------------------------------------------------------------------


def test_a_finding_is_marked_with_the_reason_and_where_that_is_written(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 主动公开政府信息情况, reason: ' 以复议决定为准 '")
    (marked,) = found.suppress(verdict(diagnostic()), str(tmp_path / "a.txt"), TODAY).diagnostics
    assert marked.suppressed == Suppression("waiver", "以复议决定为准", f"{tmp_path / WAIVERS}:2")


@pytest.mark.parametrize(
    ("at", "address"),
    [
        ("二、主动公开政府信息情况", "二、主动公开政府信息情况"),
        ("二、主动公开政府信息情况", "三、主动公开政府信息情况"),
        ("主动公开政府信息情况", "（二）主动公开政府信息情况"),
        ("2.主动公开 政府信息情况", "二、主动公开政府信息情况"),
        ("表三·三（一）予以公开·自然人", "表三 · 三(一)予以公开 · 自然人"),
        ("标题", "标题"),
        ("一、", "一、"),
    ],
)
def test_an_address_is_known_again_with_another_numeral_width_or_spacing(
    tmp_path: Path, at: str, address: str
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: '{at}', reason: x")
    assert answered(found, tmp_path / "a.txt", diagnostic(address=address)) == [True]


@pytest.mark.parametrize("address", ["四、其他", "标题", "二、主动公开政府信息情况（续）", "一、二、"])
def test_another_address_is_another(tmp_path: Path, address: str) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 二、主动公开政府信息情况, reason: x")
    assert answered(found, tmp_path / "a.txt", diagnostic(address=address)) == [False]


def test_another_code_is_another_and_nobody_waives_a_crash(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, reason: x", "code: DOC900, at: 标题, reason: x")
    others = [diagnostic("SUM001", "标题"), diagnostic("DOC900", "标题")]
    assert answered(found, tmp_path / "a.txt", *others) == [False, False]


def test_words_of_the_report_narrow_it_down(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, words: 总 计（件）, reason: x")
    both = [diagnostic(address="标题", text="总计(件)"), diagnostic(address="标题", text="总计")]
    assert answered(found, tmp_path / "a.txt", *both) == [True, False]


@pytest.mark.parametrize(
    ("report", "path", "expected"),
    [
        ("青禾县", "青禾县.txt", True),
        ("青禾县", "青禾县.md", True),
        ("青禾县", "2024/青禾县.txt", False),
        ("2024/青禾县", "2024/青禾县.docx", True),
        ("2024/*", "2024/乡镇/云溪镇.txt", True),
        ("2024/*", "2025/云溪镇.txt", False),
        ("年报[[]1]", "年报[1].txt", True),
        ("年报[1]", "年报[1].txt", True),
        ("年报[[]1]", "年报1.txt", False),
        ("云溪?", "云溪镇.txt", True),
        ("青禾县.2024", "青禾县.2024.txt", True),
    ],
)
def test_a_report_is_named_by_its_path_without_the_suffix(
    tmp_path: Path, report: str, path: str, expected: bool
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: 标题, report: '{report}', reason: x")
    assert answered(found, tmp_path / path, diagnostic(address="标题")) == [expected]


def test_a_path_is_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2024").mkdir()
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: 2024/青禾县, reason: x")
    monkeypatch.chdir(tmp_path / "2024")
    assert answered(found, "青禾县.txt", diagnostic(address="标题")) == [True]
    assert answered(found, os.path.join("..", "青禾县.txt"), diagnostic(address="标题")) == [False]


def test_the_first_waiver_that_fits_is_the_reason(tmp_path: Path) -> None:
    found = waivers(
        tmp_path,
        "code: SUM004, at: 标题, reason: 到期, until: 2026-03-30",
        "code: SUM004, at: 标题, reason: 其一",
        "code: SUM004, at: 标题, reason: 其二",
    )
    (marked,) = found.suppress(
        verdict(diagnostic(address="标题")), str(tmp_path / "a.txt"), TODAY
    ).diagnostics
    assert marked.suppressed is not None
    assert marked.suppressed.reason == "其一"


@pytest.mark.parametrize(
    ("today", "holds"),
    [(date(2026, 3, 30), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_a_waiver_holds_to_the_end_of_its_last_day(tmp_path: Path, today: date, holds: bool) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, reason: x, until: 2026-03-31")
    assert answered(found, tmp_path / "a.txt", diagnostic(address="标题"), today=today) == [holds]


@given(
    st.lists(st.sampled_from(["标题", "二、其他", "表三 · 总计"]), max_size=6),
    st.lists(st.sampled_from(["标题", "其他", "表三·总计", "导语"]), max_size=4),
)
def test_marking_leaves_out_and_moves_no_finding(addresses: Sequence[str], places: Sequence[str]) -> None:
    found = Waivers(Source("", WAIVERS), tuple(Waiver("SUM004", at, "x") for at in places))
    before = [diagnostic(address=address, at=number) for number, address in enumerate(addresses)]
    after = found.suppress(verdict(*before), "a.txt", TODAY).diagnostics
    assert [d._replace(suppressed=None) for d in after] == before
    keys = {"标题": "标题", "二、其他": "其他", "表三 · 总计": "表三·总计"}
    assert [d.suppressed is not None for d in after] == [keys[a] in places for a in addresses]


# -- real reports ------------------------------------------------------------------------------------------


def judged(text: str, path: Path, found: Waivers, rules: Sequence[Rule], forms: Sequence[Form]) -> Verdict:
    return found.suppress(lint(Report(Source(text, str(path)), forms), rules), str(path), TODAY)


@pytest.mark.parametrize("at", [AT, "review/cases/review_total"])
def test_a_waiver_outlives_moved_lines_and_another_format(
    tmp_path: Path, rules: Sequence[Rule], forms: Sequence[Form], at: str
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: {at}, report: 青禾县, reason: 以复议决定为准")
    draft = compliant("2021", "county", 3, "pipes")
    for column, figure in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", figure)
    text = wrong_total()
    for name, written in (
        ("青禾县.txt", text),
        ("青禾县.txt", "\n\n" + text.replace("\n", "\r\n")),
        ("青禾县.md", draft.render()),
    ):
        whole = judged(written, tmp_path / name, found, rules, forms)
        assert [(d.code, d.suppressed is not None) for d in whole.diagnostics] == [("SUM004", True)]
    other = judged(text, tmp_path / "云溪区.txt", found, rules, forms)
    assert [d.suppressed for d in other.diagnostics] == [None]


def test_a_waiver_of_a_rule_that_passed_is_unused(
    tmp_path: Path, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: {AT}, report: 青禾县, reason: 以复议决定为准")
    path = tmp_path / "青禾县.txt"
    whole = judged(compliant("2021", "county", 3).render(), path, found, rules, forms)
    (notice,) = found.notices([found.use(whole, str(path), TODAY)], [rule.code for rule in rules], TODAY)
    assert notice.code == "WVR001"
    assert found.source[notice.finding.span] == notice.text == "SUM004"
    assert found.source.position(notice.finding.span.start).line == 2
    assert notice.address == AT


# -- what is said of waivers -------------------------------------------------------------------------------


def test_a_waiver_in_use_is_not_spoken_of(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: a, reason: x")
    assert told(found, tmp_path / "a.txt", verdict(diagnostic(address="标题"))) == []


@pytest.mark.parametrize(
    ("report", "severity"),
    [
        ("report: a, ", Severity.WARNING),
        ("report: 'a*', ", Severity.INFO),
        ("report: '[ab]', ", Severity.INFO),
        ("", Severity.INFO),
    ],
    ids=["one report", "a star", "a choice", "all"],
)
@pytest.mark.parametrize("state", [OutcomeState.PASSED, OutcomeState.FAILED])
def test_a_waiver_that_answers_for_nothing_is_unused(
    tmp_path: Path, report: str, severity: Severity, state: OutcomeState
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: 标题, {report}reason: x")
    others = (diagnostic(address="导语"),) if state is OutcomeState.FAILED else ()
    assert told(found, tmp_path / "a.txt", verdict(*others, state=state)) == [("WVR001", severity)]


def test_a_bracket_in_the_name_of_a_report_does_not_make_it_many(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: '年报[[]1]', reason: x")
    unused = [("WVR001", Severity.WARNING)]
    assert told(found, tmp_path / "年报[1].txt", verdict(state=OutcomeState.PASSED)) == unused


@pytest.mark.parametrize(
    "state", [OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE, OutcomeState.CRASHED]
)
def test_a_rule_without_a_conclusion_leaves_its_waivers_alone(tmp_path: Path, state: OutcomeState) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, reason: x")
    assert told(found, tmp_path / "a.txt", verdict(state=state)) == []


def test_a_rule_or_a_report_that_was_not_in_the_run_leaves_its_waivers_alone(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: a, reason: x")
    assert told(found, tmp_path / "a.txt", verdict(state=OutcomeState.PASSED, code="SUM001")) == []
    assert told(found, tmp_path / "b.txt", verdict(state=OutcomeState.PASSED)) == []
    assert told(found, tmp_path / "a.txt") == []


def test_a_waiver_for_many_reports_is_used_if_one_of_them_uses_it(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, reason: x")
    right, wrong = verdict(state=OutcomeState.PASSED), verdict(diagnostic(address="标题"))
    assert told(found, tmp_path / "a.txt", right, wrong, right) == []
    assert told(found, tmp_path / "a.txt", right, right) == [("WVR001", Severity.INFO)]


def test_of_two_waivers_of_one_finding_the_second_is_unused(tmp_path: Path) -> None:
    found = waivers(
        tmp_path,
        "code: SUM004, at: 标题, report: a, reason: x",
        "code: SUM004, at: 标 题, report: a, reason: y",
    )
    judged = found.suppress(verdict(diagnostic(address="标题")), str(tmp_path / "a.txt"), TODAY)
    (notice,) = found.notices([found.use(judged, str(tmp_path / "a.txt"), TODAY)], KNOWN, TODAY)
    assert (notice.code, found.source.position(notice.finding.span.start).line) == ("WVR001", 3)


def test_a_waiver_of_a_finding_that_a_comment_answers_for_is_unused(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: a, reason: x")
    commented = diagnostic(address="标题")._replace(suppressed=Suppression("comment", "y", "a.txt:1"))
    assert told(found, tmp_path / "a.txt", verdict(commented)) == [("WVR001", Severity.WARNING)]
    expired = waivers(tmp_path, "code: SUM004, at: 标题, report: a, reason: x, until: 2026-03-30")
    assert told(expired, tmp_path / "a.txt", verdict(commented)) == [("WVR001", Severity.WARNING)]


def test_an_expired_waiver_is_told_while_its_finding_is_there_and_else_unused(tmp_path: Path) -> None:
    found = waivers(tmp_path, "code: SUM004, at: 标题, report: a, reason: x, until: 2026-03-30")
    there, baselined = diagnostic(address="标题"), Suppression("baseline", "", "b:1")
    for one in (there, there._replace(suppressed=baselined)):
        assert told(found, tmp_path / "a.txt", verdict(one)) == [("WVR002", Severity.WARNING)]
    assert told(found, tmp_path / "a.txt", verdict(state=OutcomeState.PASSED)) == [
        ("WVR001", Severity.WARNING)
    ]
    assert told(found, tmp_path / "a.txt", verdict(state=OutcomeState.UNDETERMINED)) == []


@pytest.mark.parametrize("until", [date(2026, 3, 30), date(2026, 12, 31)])
def test_an_unused_waiver_is_said_to_be_over_if_it_is(tmp_path: Path, until: date) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: 标题, report: a, reason: x, until: {until}")
    path = str(tmp_path / "a.txt")
    (notice,) = found.notices([found.use(verdict(state=OutcomeState.PASSED), path, TODAY)], KNOWN, TODAY)
    message = notice.finding.message
    assert [str(until) in message.zh, str(until) in message.en] == [until < TODAY] * 2


def test_an_unknown_code_is_told_with_the_nearest_whatever_was_checked(tmp_path: Path) -> None:
    found = waivers(
        tmp_path, "code: SUM005, at: 标题, reason: x, until: 2020-01-01", "code: DOC900, at: 标题, reason: x"
    )
    notices = found.notices([], KNOWN, TODAY)
    assert [(n.code, n.severity) for n in notices] == [("WVR003", Severity.WARNING)] * 2
    assert "SUM004" in notices[0].finding.help.zh
    assert "SUM004" in notices[0].finding.help.en


def test_what_is_said_of_two_waivers_at_one_address_has_two_fingerprints(tmp_path: Path) -> None:
    found = waivers(tmp_path, *[f"code: SUM009, at: 标题, report: {name}, reason: x" for name in "ab"])
    assert len({n.fingerprint for n in found.notices([], KNOWN, TODAY)}) == 2


# -- nonsense ----------------------------------------------------------------------------------------------

GOOD = "waivers:\n  - {code: SUM004, at: 标题, reason: x}\n"
# What the file says, with ¦ where the fault is; then what the message must say in each language.
NONSENSE = {
    "a list": ("¦- code: SUM004\n", "这里是列表", "this is a list"),
    "a number": ("¦12\n", "这里是数字", "this is a number"),
    "a text": ("¦SUM004 标题 理由\n", "这里是文本", "this is a text"),
    "no list": ("waivers: ¦SUM004\n", "“waivers”应为列表", "waivers is a list"),
    "a mapping in place of the list": (
        "waivers:\n  ¦code: SUM004\n",
        "“waivers”应为列表，这里是键值对",
        "this is a mapping",
    ),
    "an entry that is a text": ("waivers:\n  - ¦SUM004\n", "应为键值对，这里是文本", "this is a text"),
    "another key": ("¦waiver: []\n", "是不是“waivers”", "did you mean waivers?"),
    "another key of an entry": (
        "waivers:\n  - {code: SUM004, at: 标题, ¦reasons: x}\n",
        "是不是“reason”",
        "did you mean reason?",
    ),
    "no reason": ("waivers:\n  - ¦{code: SUM004, at: 标题}\n", "缺少“reason”", "reason is missing"),
    "a blank reason": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: ¦'  '}\n",
        "“reason”是空的",
        "reason is empty",
    ),
    "a reason that is a truth value": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: ¦no}\n",
        "加上引号",
        "put it in quotes",
    ),
    "no address": ("waivers:\n  - ¦{code: SUM004, reason: x}\n", "缺少“at”", "at is missing"),
    "an address that is none": (
        "waivers:\n  - {code: SUM004, at: ¦'**', reason: x}\n",
        "“**”不是位置",
        "** is no place",
    ),
    "no code": ("waivers:\n  - ¦{at: 标题, reason: x}\n", "缺少“code”", "code is missing"),
    "a name in place of the code": (
        "waivers:\n  - {code: ¦review-total, at: 标题, reason: x}\n",
        "不是规则的编号",
        "no code of a rule",
    ),
    "a day that is none": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, until: ¦2026-02-30}\n",
        "2026-12-31",
        "a date written like 2026-12-31",
    ),
    "a day in words": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, until: ¦明年}\n",
        "2026-12-31",
        "a date written like 2026-12-31",
    ),
    "a report with its suffix": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, report: ¦2024/青禾县.txt}\n",
        "不写后缀",
        "without its suffix",
    ),
    "a report with backslashes": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, report: ¦2024\\青禾县}\n",
        "用 / 分隔",
        "with /",
    ),
    "a report from the root": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, report: ¦/2024/青禾县}\n",
        "从本文件所在文件夹起",
        "from the folder of this file",
    ),
    "a key twice": (
        "waivers:\n  - {code: SUM004, at: 标题, reason: x, ¦reason: y}\n",
        "写了两次",
        "is here twice",
    ),
    "a tab": ("waivers:\n¦\t- {code: SUM004, at: 标题, reason: x}\n", "制表符", "a tab"),
    "a mark of a merge": (f"{GOOD}¦<<<<<<< HEAD\n", "YAML 语法有误", "not YAML"),
    "nothing": ("¦", "没有内容", "has no content"),
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, chinese, english = NONSENSE[name]
    offset = text.index("¦")
    path = tmp_path / WAIVERS
    path.write_bytes(text.replace("¦", "").encode())
    with pytest.raises(FileError) as error:
        read_waivers(str(path))
    line = text.count("\n", 0, offset) + 1
    if name != "a mark of a merge":  # the parser sees it where the line ends
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        assert (error.value.line, error.value.column) == (line, column)
    assert error.value.text.zh.startswith(f"{path}:{error.value.line}:")
    assert chinese in error.value.text.zh
    assert english in error.value.text.en


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\xff\xfe" * 100, b"PK\x03\x04" + bytes(100), b"\xff\xfe" + b"\xd8" * 11, bytes(1000)],
    ids=["bytes", "zip", "half a character", "nulls"],
)
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / WAIVERS
    path.write_bytes(data)
    with pytest.raises(FileError):
        read_waivers(str(path))


def test_a_file_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / WAIVERS
    path.write_bytes(b"waivers:\n" + b"  - {code: SUM004, at: a, reason: x}\n" * 280_000)
    with pytest.raises(FileError, match="more than 1024 KiB"):
        read_waivers(str(path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_waivers(str(tmp_path / WAIVERS))
    with pytest.raises(FileError, match="cannot be read"):
        read_waivers(str(tmp_path))


@pytest.mark.parametrize("text", ["waivers:\n", "waivers: []\n", "# 都改好了\nwaivers:\n# 无\n"])
def test_a_file_whose_last_waiver_is_deleted_waives_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / WAIVERS
    path.write_text(text, "utf-8")
    assert read_waivers(str(path)).entries == ()


def test_the_schema_takes_what_is_right_and_refuses_what_is_wrong() -> None:
    schema = Draft202012Validator(WAIVERS_FILE.schema())
    assert schema.is_valid(plain(read(GOOD)))
    assert schema.is_valid({"waivers": []})
    for text in (
        "waivers:\n  - {code: SUM004, at: 标题}\n",
        "waivers:\n  - {code: x, at: 标题, reason: x}\n",
    ):
        assert not schema.is_valid(plain(read(text)))
    keys = WAIVERS_FILE.schema()["properties"]["waivers"]["items"]["properties"]
    assert all(key["description"] for key in keys.values())


# -- adding ------------------------------------------------------------------------------------------------

NEW = Waiver("SUM001", AT, "以复议决定为准", "2024/青禾县", until=date(2026, 12, 31))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip).filter(bool)


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / WAIVERS
    (added,) = add(str(path), [NEW])
    assert added.unplaced == NEW
    lines = path.read_text("utf-8").split("\n")
    assert lines[0].startswith("# 豁免")
    assert lines[added.line - 1 :] == [
        "  - code: SUM001",
        f'    at: "{AT}"',
        '    report: "2024/青禾县"',
        '    reason: "以复议决定为准"',
        "    until: 2026-12-31",
        "",
    ]
    assert read_waivers(str(path)).entries == (added,)


LAYOUTS = {
    "flow entries": GOOD,
    "no line end": GOOD.rstrip("\n"),
    "comments": "# 甲\nwaivers:  # 乙\n\n  # 丙\n  - code: SUM004  # 丁\n    at: 标题\n    reason: x\n# 戊\n",
    "no indent": "waivers:\n- code: SUM004\n  at: 标题\n  reason: x\n",
    "deep indent": "waivers:\n        -   code: SUM004\n            at: 标题\n            reason: x\n",
    "CRLF": GOOD.replace("\n", "\r\n"),
    "block text": "waivers:\n  - at: 标题\n    code: SUM004\n    reason: |\n      甲\n      - 乙\n",
    "block text without a line end": "waivers:\n  - at: 标题\n    code: SUM004\n    reason: >\n      甲",
    "quoted": 'waivers:\n  - {"code": "SUM004", \'at\': \'标题\', reason: "x"}\n',
    "an alias": "waivers:\n  - {code: &c SUM004, at: 标题, reason: x}\n  - {code: *c, at: 导语, reason: x}\n",
    "none left": "waivers:\n",
    "none left but a comment": "waivers:  # 都改好了",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_adding_leaves_every_byte_where_it_was(tmp_path: Path, layout: str, encoding: str) -> None:
    path = tmp_path / WAIVERS
    before = LAYOUTS[layout].encode(encoding)
    path.write_bytes(before)
    old = read_waivers(str(path)).entries
    add(str(path), [NEW, NEW._replace(report="")])
    assert path.read_bytes().startswith(before)
    new = [waiver.unplaced for waiver in read_waivers(str(path)).entries]
    assert new == [*(waiver.unplaced for waiver in old), NEW, NEW._replace(report="")]
    assert os.listdir(tmp_path) == [WAIVERS]


@pytest.mark.parametrize("layout", ["CRLF", "flow entries"])
def test_what_is_added_ends_its_lines_as_the_file_does(tmp_path: Path, layout: str) -> None:
    path = tmp_path / WAIVERS
    path.write_bytes(LAYOUTS[layout].encode())
    add(str(path), [NEW])
    data = path.read_bytes()
    assert data.count(b"\n") == 7
    assert data.count(b"\r\n") == (7 if layout == "CRLF" else 0)


@pytest.mark.parametrize(
    "text",
    [
        "waivers: [{code: SUM004, at: 标题, reason: x}]\n",
        "waivers: []\n",
        "{waivers: []}\n",
        f"{GOOD}...\n",
        "waivers:\n  -\n    code: SUM004\n    at: 标题\n    reason: x\n".replace("  ", " " * 5),
    ],
)
def test_what_cannot_be_added_to_stays_as_it_is_and_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / WAIVERS
    path.write_bytes(text.encode())
    with pytest.raises(FileError, match="no entry can be added"):
        add(str(path), [NEW])
    assert path.read_bytes() == text.encode()
    assert os.listdir(tmp_path) == [WAIVERS]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4))
@example([("甲\u2028乙\x85\x7f\ufeff\\\"'#: ", "甲\u2029", "no")])
@example([("甲\n\t乙", "- x: [", "2026-01-01")])
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("waivers") / WAIVERS
    before = b""
    for reason, words, at in said:
        waiver = Waiver("SUM004", f"表四 {at}", reason.strip() or "x", "", words)
        add(str(path), [waiver])
        after = path.read_bytes()
        assert after.startswith(before)
        assert read_waivers(str(path)).entries[-1].unplaced == waiver
        before = after


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_adding_keeps_the_permissions_and_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    real = tmp_path / "shared" / "w.yaml"
    real.write_text(GOOD, "utf-8")
    real.chmod(0o640)
    link = tmp_path / WAIVERS
    link.symlink_to(real)
    add(str(link), [NEW])
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert len(read_waivers(str(real)).entries) == 2


# -- the kinds of findings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", NOTICES)
def test_every_kind_says_why_and_how_to_put_it_right(code: str) -> None:
    notice = NOTICES[code]
    assert notice.code == code
    assert all(words in notice.documentation for words in ("为什么：", "怎样改："))
    assert notice.summary.zh
    assert notice.summary.en
    assert notice.severity.rank <= max(basis.strength.ceiling.rank for basis in notice.basis)


# -- of an organ and year --------------------------------------------------------------------------------------


def of(organ: str, year: int, *diagnostics: Diagnostic) -> Verdict:
    """Return a verdict with *diagnostics* on a report of *organ* on *year*."""
    text = f"{organ}{year}年政府信息公开工作年度报告\n\n一、总体情况\n全年主动公开信息。\n"
    report = Report(Source(text, "x"), official_forms())
    assert (report.issuer.name, report.year) == (organ, year)
    return Verdict(report, diagnostics, (Outcome("SUM004", OutcomeState.FAILED),))


SUBJECTS = [("青禾镇人民政府", 2024), ("青禾镇人民政府", 2023), ("白石乡人民政府", 2024)]


@pytest.mark.parametrize(
    ("entry", "named", "renamed"),
    [
        ("organ: 青禾镇人民政府, year: 2024", [True, False, False], [True, False, False]),
        ("organ: 青禾镇 人民政府, year: '2024'", [True, False, False], [True, False, False]),
        ("organ: 青禾镇人民政府", [True, True, False], [True, True, False]),
        ("report: 青禾镇, organ: 青禾镇人民政府, year: 2024", [True, True, True], [True, False, False]),
        ("report: 青禾镇", [True, True, True], [False, False, False]),
        ("", [True, True, True], [True, True, True]),
    ],
)
def test_a_waiver_names_its_report_by_organ_and_year(
    tmp_path: Path, entry: str, named: list[bool], renamed: list[bool]
) -> None:
    found = waivers(
        tmp_path, ", ".join(filter(None, ("code: SUM004, at: 主动公开政府信息情况, reason: x", entry)))
    )
    for name, expected in (("青禾镇.txt", named), ("青禾镇（修改稿）.docx", renamed)):
        verdicts = (of(*subject, diagnostic()) for subject in SUBJECTS)
        judged = [found.suppress(each, str(tmp_path / name), TODAY).diagnostics[0] for each in verdicts]
        assert [each.suppressed is not None for each in judged] == expected


def test_of_two_waivers_that_by_the_name_of_the_file_is_used(tmp_path: Path) -> None:
    same = "code: SUM004, at: 主动公开政府信息情况, organ: 青禾镇人民政府, year: 2024"
    found = waivers(tmp_path, f"{same}, report: 旧稿, reason: 甲", f"{same}, report: 终稿, reason: 乙")
    uses = []
    for name, reason in (("终稿.txt", "乙"), ("旧稿.txt", "甲"), ("别名.txt", "甲")):
        path = str(tmp_path / name)
        judged = found.suppress(of(*SUBJECTS[0], diagnostic()), path, TODAY)
        assert judged.diagnostics[0].suppressed is not None
        assert judged.diagnostics[0].suppressed.reason == reason
        uses.append(found.use(judged, path, TODAY))
    assert found.notices(uses, KNOWN, TODAY) == ()


@pytest.mark.parametrize(
    ("entry", "severity"),
    [("organ: 青禾镇人民政府, year: 2024", Severity.WARNING), ("organ: 青禾镇人民政府", Severity.INFO)],
)
def test_one_for_an_organ_and_year_that_suppresses_nothing_is_unused(
    tmp_path: Path, entry: str, severity: Severity
) -> None:
    found = waivers(tmp_path, f"code: SUM004, at: 别处, reason: x, {entry}")
    use = found.use(of(*SUBJECTS[0], diagnostic()), str(tmp_path / "a.txt"), TODAY)
    assert [(d.code, d.severity) for d in found.notices([use], KNOWN, TODAY)] == [("WVR001", severity)]


@pytest.mark.parametrize(
    "entry", ["year: 2024", "organ: 青禾镇人民政府, year: 24", "organ: 青禾镇人民政府, year: 1999"]
)
def test_a_year_is_one_of_an_organ(tmp_path: Path, entry: str) -> None:
    with pytest.raises(FileError):
        waivers(tmp_path, f"code: SUM004, at: 标题, reason: x, {entry}")
