"""Comments in a report: what they cover, what they do to a finding, and what is said of those that fail."""

import pytest
from effort import LINEAR, growth
from hypothesis import example, given
from hypothesis import strategies as st
from nianbao.engine.finding import Diagnostic, Finding, Outcome, OutcomeState, Severity, Suppression
from nianbao.engine.verdict import Verdict
from nianbao.report.comments import blanked, comments
from nianbao.report.report import Report
from nianbao.suppression.comments import suppressed_by_comments
from nianbao.testing import official_forms
from nianbao.text.language import same
from nianbao.text.source import Source, Span

KNOWN = ("SUM001", "SUM004", "TYP001")
PIECES = st.lists(
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<!-->",
            "<!--->",
            "nianbao: ignore SUM004 ",
            "字",
            "\n",
            "\r\n",
            "\r",
            "\t|",
            "𠮷",
            "# 一、",
        ]
    )
).map("".join)


def covered(text: str) -> list[str]:
    """Return the text that each comment is about."""
    return [text[c.covered.start : c.covered.end] for c in comments(text)]


def verdict(text: str, *words: str, ran: str = "SUM004") -> Verdict:
    """Return a verdict with a finding of SUM004 on each of *words* where it first is in *text*."""
    report = Report(Source(text, "青禾县.md"), official_forms())
    found = []
    for word in words:
        start = text.index(word)
        finding = Finding(Span(start, start + len(word)), same("message"), same("help"))
        found.append(Diagnostic("SUM004", "x", Severity.ERROR, (), "表四", 0, finding, word))
    found.sort(key=lambda d: d.finding.span)
    return Verdict(report, tuple(found), (Outcome(ran, OutcomeState.FAILED),))


def judged(text: str, *words: str, ran: str = "SUM004") -> dict[str, list[Diagnostic]]:
    """Return the findings after the comments have had their say, by code."""
    found: dict[str, list[Diagnostic]] = {}
    for diagnostic in suppressed_by_comments(verdict(text, *words, ran=ran), KNOWN).diagnostics:
        found.setdefault(diagnostic.code, []).append(diagnostic)
    return found


def lines(text: str, *words: str) -> list[str]:
    """Return the words among *words* whose findings are answered for."""
    return [d.text for d in judged(text, *words).get("SUM004", []) if d.suppressed]


# -- prose to no rule --------------------------------------------------------------------------------------


@given(PIECES)
def test_a_text_without_its_comments_has_every_other_character_where_it_was(text: str) -> None:
    bare = blanked(text)
    assert len(bare) == len(text)
    assert all(new == old or new == " " for new, old in zip(bare, text, strict=True))
    ends = [(at, sign) for at, sign in enumerate(text) if sign in "\r\n"]
    assert [(at, sign) for at, sign in enumerate(bare) if sign in "\r\n"] == ends
    assert blanked(bare) == bare


@given(PIECES)
def test_every_comment_is_where_the_text_is_blank_and_covers_a_part_of_it(text: str) -> None:
    for comment in comments(text):
        assert not blanked(text)[comment.span.start : comment.span.end].strip()
        assert 0 <= comment.covered.start <= comment.covered.end <= len(text)


def test_a_comment_becomes_spaces() -> None:
    assert blanked("总计<!-- 甲\n乙 -->12") == "总计" + " " * 6 + "\n" + " " * 5 + "12"


def test_what_has_no_end_is_no_comment() -> None:
    assert blanked("甲<!-- 乙\n丙") == "甲<!-- 乙\n丙"
    assert comments("<!-- nianbao: ignore SUM004 理由\n丙") == ()


def test_a_comment_may_be_empty() -> None:
    assert blanked("<!-->甲<!--->乙<!---->丙") == " " * 5 + "甲" + " " * 6 + "乙" + " " * 7 + "丙"


@pytest.mark.parametrize(
    ("begin", "piece", "end"),
    [
        ("", "<!--", ""),
        ("", "<!-- ", "-->"),
        ("", "<!-->", ""),
        ("", "<!-- nianbao: ignore SUM004 理由 -->\n", ""),
        ("<!-- nianbao:", " ", "-->"),
        ("<!-- nianbao: ignore ", "A,", "-->"),
        ("<!-- nianbao: ignore SUM004", " ,", "x -->"),
    ],
    ids=["no end", "one end", "empty", "stacked", "spaces", "commas", "commas and spaces"],
)
def test_reading_takes_time_in_proportion_to_the_text(begin: str, piece: str, end: str) -> None:
    def work(size: int) -> None:
        text = f"{begin}{piece * (size // len(piece))}{end}"
        blanked(text)
        comments(text)

    assert growth(work, 100_000) < LINEAR


# -- what a comment says -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "codes", "reason"),
    [
        (" nianbao: ignore SUM004 以复议决定为准 ", ["SUM004"], "以复议决定为准"),
        ("nianbao:ignore SUM004：以复议决定为准", ["SUM004"], "以复议决定为准"),
        (" nianbao：ignore SUM004以复议决定为准", ["SUM004"], "以复议决定为准"),
        (" nianbao: ignore SUM004,TYP001 两处 ", ["SUM004", "TYP001"], "两处"),
        (" nianbao: ignore SUM004， TYP001、SUM001 三处", ["SUM004", "TYP001", "SUM001"], "三处"),
        (" nianbao: ignore SUM004 agreed, by phone", ["SUM004"], "agreed, by phone"),
        (" nianbao: ignore SUM004, agreed by phone", ["SUM004"], "agreed by phone"),
        (" nianbao: ignore SUM004\n  换行写的\n  理由\n", ["SUM004"], "换行写的 理由"),
        (" NianBao: Ignore SUM004 大小写", ["SUM004"], "大小写"),
        (" nianbao: ignore SUM004 ", ["SUM004"], ""),
        (" nianbao: ignore SUM004 ：—", ["SUM004"], ""),
        (" nianbao: ignore sum-balance 名称", ["sum-balance"], "名称"),
        (" nianbao: ignore 理由", [], ""),
        (" nianbao: ignroe SUM004 理由", [], ""),
        (" nianbao: ignored SUM004 理由", [], ""),
        (" nianbao: ", [], ""),
    ],
)
def test_codes_come_first_and_the_reason_follows(body: str, codes: list[str], reason: str) -> None:
    (comment,) = comments(f"<!--{body}-->")
    assert [named.code for named in comment.codes] == codes
    assert comment.reason == reason


def test_the_codes_are_where_they_stand() -> None:
    text = "甲<!-- nianbao: ignore SUM004,TYP001 理由 -->"
    (comment,) = comments(text)
    assert [text[named.span.start : named.span.end] for named in comment.codes] == ["SUM004", "TYP001"]


@pytest.mark.parametrize(
    "body", [" 编者按 ", " nianbao ignore SUM004 理由", "", " 见 nianbao: ignore SUM004"]
)
def test_other_comments_are_not_ours(body: str) -> None:
    assert comments(f"<!--{body}-->") == ()


# -- what it covers ----------------------------------------------------------------------------------------

IGNORE = "<!-- nianbao: ignore SUM004 理由 -->"


def test_with_other_text_on_its_line_it_covers_that_line() -> None:
    text = f"甲\n乙 {IGNORE} 丙\n丁\n"
    assert covered(text) == [f"乙 {IGNORE} 丙\n"]
    assert covered(f"甲\n| 2 | {IGNORE}") == [f"| 2 | {IGNORE}"]


def test_with_text_before_and_after_several_lines_it_covers_them_all() -> None:
    assert covered("甲\n乙<!-- nianbao: ignore SUM004\n理由 -->丙\n丁") == [
        "乙<!-- nianbao: ignore SUM004\n理由 -->丙\n"
    ]


def test_alone_it_covers_the_next_block() -> None:
    assert covered(f"甲\n\n{IGNORE}\n\n \u3000\n乙\n丙\n \n丁\n") == ["乙\n丙\n"]
    assert covered(f"  {IGNORE}\t\n乙") == ["乙"]


def test_comments_one_above_the_other_cover_the_same_block() -> None:
    assert covered(f"{IGNORE}\n<!-- 编者按 -->\n\n{IGNORE}\n乙\n\n丙") == ["乙\n", "乙\n"]


@pytest.mark.parametrize("heading", ["## 四、行政复议", "四、行政复议", "**四、行政复议**", "# 标题"])
def test_a_heading_below_it_is_a_block_of_its_own(heading: str) -> None:
    assert covered(f"{IGNORE}\n{heading}\n正文\n") == [f"{heading}\n"]


@pytest.mark.parametrize("heading", ["## 四、行政复议", "四、行政复议"])
def test_a_block_ends_above_a_heading(heading: str) -> None:
    assert covered(f"{IGNORE}\n正文\n又一段\n{heading}\n下文\n") == ["正文\n又一段\n"]


@pytest.mark.parametrize("row", ["| 一、本年新收 | 2 |", "\t一、本年新收"])
def test_a_row_of_a_table_is_no_heading(row: str) -> None:
    assert covered(f"{IGNORE}\n{row}\n{row}\n\n") == [f"{row}\n{row}\n"]


def test_with_nothing_below_it_covers_nothing() -> None:
    assert covered(f"甲\n\n{IGNORE}\n\n") == [""]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_as_editors_end_them(end: str) -> None:
    text = f"甲{end}{end}{IGNORE}{end}{end}乙{end}丙{end}{end}丁"
    assert covered(text) == [f"乙{end}丙{end}"]


# -- what it does ------------------------------------------------------------------------------------------


def test_a_finding_in_the_range_is_marked_with_the_reason_and_the_place() -> None:
    text = f"甲\n\n{IGNORE}\n乙\n\n丙"
    (first, second) = judged(text, "乙", "丙")["SUM004"]
    assert first.suppressed == Suppression("comment", "理由", "青禾县.md:3")
    assert second.suppressed is None


def test_only_the_code_it_names_is_answered_for() -> None:
    assert lines("<!-- nianbao: ignore TYP001 理由 -->\n乙", "乙") == []


def test_a_finding_that_begins_above_the_range_is_not_answered_for() -> None:
    assert lines(f"甲\n乙 {IGNORE}", "甲\n乙") == []


def test_one_comment_answers_for_every_finding_in_its_range() -> None:
    assert lines(f"{IGNORE}\n乙丙\n丁\n\n戊", "乙", "丙", "丁", "戊") == ["乙", "丙", "丁"]


def test_a_comment_without_a_reason_answers_for_nothing_and_is_told() -> None:
    text = "甲\n<!-- nianbao: ignore SUM004 -->\n乙"
    found = judged(text, "乙")
    assert found["SUM004"][0].suppressed is None
    (told,) = found["WVR004"]
    assert told.severity is Severity.WARNING
    assert told.text == "<!-- nianbao: ignore SUM004 -->"
    assert set(found) == {"SUM004", "WVR004"}


def test_a_code_that_no_rule_has_is_told_with_the_nearest() -> None:
    found = judged("<!-- nianbao: ignore SUM04,TYP001 理由 -->\n乙", ran="SUM001")
    (told,) = found["WVR003"]
    assert told.text == "SUM04"
    assert "SUM004" in told.finding.help.zh
    assert "SUM004" in told.finding.help.en
    assert set(found) == {"WVR003"}


@pytest.mark.parametrize("body", ["ignroe SUM004 理由", "ignore 理由", ""])
def test_what_is_not_understood_is_told(body: str) -> None:
    (told,) = judged(f"<!-- nianbao: {body} -->\n乙")["WVR003"]
    assert "看不懂" in told.finding.message.zh


def test_a_comment_that_answers_for_nothing_is_told() -> None:
    (told,) = judged(f"{IGNORE}\n乙\n\n丙", "丙")["WVR001"]
    assert told.text == "SUM004"
    assert told.severity is Severity.WARNING
    assert "SUM004" in told.finding.message.zh


def test_of_two_codes_only_the_one_that_answers_for_nothing_is_told() -> None:
    text = "<!-- nianbao: ignore SUM004,SUM001 理由 -->\n乙"
    outcomes = (Outcome("SUM004", OutcomeState.FAILED), Outcome("SUM001", OutcomeState.PASSED))
    whole = suppressed_by_comments(verdict(text, "乙")._replace(outcomes=outcomes), KNOWN)
    assert [(d.code, d.text) for d in whole.diagnostics] == [("WVR001", "SUM001"), ("SUM004", "乙")]


@pytest.mark.parametrize(
    "state", [OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE, OutcomeState.CRASHED, None]
)
def test_a_comment_on_a_rule_that_came_to_no_conclusion_is_not_called_unused(
    state: OutcomeState | None,
) -> None:
    outcomes = (Outcome("SUM004", state),) if state is not None else ()
    whole = suppressed_by_comments(verdict(f"{IGNORE}\n乙")._replace(outcomes=outcomes), KNOWN)
    assert whole.diagnostics == ()


def test_a_finding_that_is_answered_for_already_leaves_the_comment_unused() -> None:
    before = verdict(f"{IGNORE}\n乙", "乙")
    waived = before.diagnostics[0]._replace(suppressed=Suppression("waiver", "决定", "w.yaml:2"))
    first, second = suppressed_by_comments(before._replace(diagnostics=(waived,)), KNOWN).diagnostics
    assert first.code == "WVR001"
    assert second == waived


def test_what_is_said_of_two_codes_in_one_place_has_two_fingerprints() -> None:
    found = judged("<!-- nianbao: ignore AAA001,AAA001 理由 -->\n乙")["WVR003"]
    assert len({d.fingerprint for d in found}) == 2


@given(PIECES, st.lists(st.integers(0, 200), max_size=8))
@example(f"{IGNORE}\n字", [40])
def test_no_finding_is_left_out_or_moved_before_another(text: str, places: list[int]) -> None:
    report = Report(Source(text), official_forms())
    found = [
        Diagnostic(
            "SUM004",
            "x",
            Severity.ERROR,
            (),
            "表四",
            0,
            Finding(Span(at, at), same(str(number)), same("")),
            "",
        )
        for number, at in enumerate(sorted(min(at, len(text)) for at in places))
    ]
    before = Verdict(report, tuple(found), (Outcome("SUM004", OutcomeState.FAILED),))
    after = [d for d in suppressed_by_comments(before, KNOWN).diagnostics if d.code == "SUM004"]
    assert [d._replace(suppressed=None) for d in after] == found


# -- signs that decide -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", [" 四、行政复议", "\u3000四、行政复议", "#\t标题", " # 标题", "十二、行政复议"]
)
def test_headings_with_blanks_before_or_in_them(heading: str) -> None:
    assert covered(f"{IGNORE}\n正文\n{heading}\n下文\n") == ["正文\n"]


@pytest.mark.parametrize("sign", ":：,，、;；—-")
@pytest.mark.parametrize("blank", ["", " ", "\t", "\r", "\n", "\u3000"])
def test_signs_around_a_reason_are_no_part_of_it(sign: str, blank: str) -> None:
    body = f" nianbao: ignore SUM004{blank}{sign}{blank}理由{sign}{blank}{sign}"
    (comment,) = comments(f"<!--{body} -->")
    assert ([named.code for named in comment.codes], comment.reason) == (["SUM004"], "理由")


@pytest.mark.parametrize("sign", ",，、")
def test_signs_between_codes_in_capitals_or_not(sign: str) -> None:
    (comment,) = comments(f"<!-- nianbao: ignore SUM004{sign}TYP001{sign}typ001 理由 -->")
    assert [named.code for named in comment.codes] == ["SUM004", "TYP001", "typ001"]
