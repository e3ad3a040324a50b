"""The testing kit itself: a runner that finds nothing amiss with anything would pass every case."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.engine.finding import Basis, Elsewhere, Finding, Fix, Related, Strength, Undetermined
from nianbao.engine.lint import lint
from nianbao.engine.rule import Applies, Context, Rule, rule
from nianbao.files.yaml_file import FaultError, FileError
from nianbao.report.form import Form
from nianbao.report.neighbour import Neighbour
from nianbao.report.report import Report
from nianbao.reporters.display import Display
from nianbao.testing import (
    Case,
    CaseError,
    Difference,
    Draft,
    compliant,
    failure,
    load_cases,
    noisy,
    official_forms,
    run,
    variations,
)
from nianbao.testing.coverage import said, templates, unsaid
from nianbao.testing.marks import read as read_marks
from nianbao.testing.variations import WAYS
from nianbao.text.edit import Edit
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

BASIS = Basis("甲文件", "第一条", Strength.LAW)
SAYS = Text("此处有字", "words here")
LATER = Text("以后再说", "later")


@rule("XX001", "county-named", summary=SAYS, basis=BASIS, forms=())
def county_named(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
    """Finds every 望川 of the title, and cannot judge a report without one."""
    at = report.source.text.find("望川")
    if at < 0:
        yield Undetermined(SAYS)
    else:
        yield Finding(Span(at, at + 2), Text("标题中有望川", "the title has it"), SAYS, place="标题")


@rule("XX002", "broken", summary=SAYS, basis=BASIS, forms=())
def broken(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
    """Never works."""
    raise RuntimeError(report.source.path)
    yield


FINDS = Case("XX001", "the base names the county", "fail", expect=[{"code": "XX001"}])


def _problems(case: Case, forms: Sequence[Form], rules: Sequence[Rule] = (county_named,)) -> list[str]:
    return [difference.words.zh for difference in run(case, rules, forms)]


def test_what_is_expected_and_found_is_no_problem(forms: Sequence[Form]) -> None:
    exact = {"code": "XX001", "at": "望川", "place": "标题", "says": ["有望川"]}
    assert not _problems(FINDS, forms)
    assert not _problems(FINDS._replace(expect=[exact]), forms)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "XX009"},
        {"code": "XX001", "at": "青禾"},
        {"code": "XX001", "place": "导语"},
        {"code": "XX001", "says": ["有望川", "没有"]},
    ],
)
def test_what_is_expected_otherwise_is_missed_and_surplus(
    wrong: dict[str, object], forms: Sequence[Form]
) -> None:
    missed, surplus = _problems(FINDS._replace(expect=[wrong]), forms)
    assert missed.startswith("应发现而没有发现")
    assert surplus.startswith("不应发现而发现了：XX001“望川”（标题）")


def test_a_finding_too_many_or_too_few(forms: Sequence[Form]) -> None:
    assert len(_problems(FINDS._replace(expect=[]), forms)) == 1
    assert len(_problems(FINDS._replace(expect=[{"code": "XX001"}, {"code": "XX001"}]), forms)) == 1


def test_a_vague_expectation_does_not_take_what_a_precise_one_needs(forms: Sequence[Form]) -> None:
    case = FINDS._replace(expect=[{"code": "SUM001"}, {"code": "SUM001", "at": "48"}])
    case = case._replace(
        set={"applications/received/natural_person": "56", "applications/received/total": "77"}
    )
    from nianbao.plugins.loading import load

    assert not run(case, [r for r in load().rules if r.family == "SUM"], forms)


def test_undetermined_is_checked(forms: Sequence[Form]) -> None:
    case = FINDS._replace(undetermined=["XX001"])
    assert len(_problems(case, forms)) == 1
    case = case._replace(kind="tempting", text="青禾县人民政府2021年报告\n", expect=[])
    assert not _problems(case, forms)
    assert len(_problems(case._replace(undetermined=["XX009"]), forms)) == 1


def test_a_rule_that_crashes_is_a_problem(forms: Sequence[Form]) -> None:
    problems = _problems(FINDS._replace(expect=[]), forms, [broken])
    assert any("RuntimeError" in problem for problem in problems)


def test_rules_off_by_default_run_where_selected(forms: Sequence[Form]) -> None:
    off = county_named._replace(enabled=False)
    assert not _problems(FINDS._replace(expect=[]), forms, [off])
    assert not _problems(FINDS._replace(select=["XX001"]), forms, [off])


# -- what else a case may say of its findings -------------------------------------------------------------


@rule("XX004", "figures-kept", summary=SAYS, basis=BASIS, forms=())
def figures_kept(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
    """Finds every 件 with the sign before it, which it keeps as data."""
    text = report.source.text
    for at in (index for index, sign in enumerate(text) if sign == "件"):
        yield Finding(Span(at - 1, at + 1), Text("有件", "a piece"), SAYS, data={"figure": text[at - 1]})


TWO = Case("XX004", "two", "fail", text="甲1件，乙2件。\n")


def test_data_is_compared_whole_and_exactly(forms: Sequence[Form]) -> None:
    def wrong(*data: dict[str, str]) -> list[str]:
        case = TWO._replace(expect=[{"code": "XX004", "data": each} for each in data])
        return _problems(case, forms, [figures_kept])

    assert not wrong({"figure": "1"}, {"figure": "2"})
    assert len(wrong({"figure": "1"}, {"figure": "3"})) == 2
    assert len(wrong({"figure": "1"}, {})) == 2
    assert len(wrong({"figure": "1"}, {"figure": "２"})) == 2


def test_data_in_full_width_is_the_same_in_a_variation_only(forms: Sequence[Form]) -> None:
    case = TWO._replace(expect=[{"code": "XX004", "data": {"figure": figure}} for figure in "12"])
    assert failure(case, [figures_kept], forms) is None


def test_order_counts_where_the_case_says_so(forms: Sequence[Form]) -> None:
    turned = TWO._replace(expect=[{"code": "XX004", "at": "2件"}, {"code": "XX004", "at": "1件"}])
    assert not _problems(turned, forms, [figures_kept])
    (problem,) = _problems(turned._replace(ordered=True), forms, [figures_kept])
    assert problem == "发现的次序与 expect 不同，依次是：XX004 “1件”, XX004 “2件”"
    in_order = turned._replace(ordered=True, expect=[*reversed(turned.expect or ())])
    assert not _problems(in_order, forms, [figures_kept])


# -- marks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bare", "words"),
    [
        ("无标记", "无标记", []),
        ("甲«乙丙»丁«戊»", "甲乙丙丁戊", ["乙丙", "戊"]),
        ("«甲»«乙»", "甲乙", ["甲", "乙"]),
        ("空格«»", "空格", [""]),
        ("书««名»»号", "书«名»号", []),
        ("«««名»»»", "«名»", ["«名»"]),
        ("\U00020bb7«甲»\r\n«乙»", "\U00020bb7甲\r\n乙", ["甲", "乙"]),
    ],
)
def test_marks_stand_around_words_and_are_no_part_of_them(text: str, bare: str, words: list[str]) -> None:
    marked = read_marks(text)
    assert marked.text == bare
    assert [bare[start:end] for start, end in marked.spans] == words


@pytest.mark.parametrize(("text", "offset"), [("甲«乙«丙»»", 3), ("甲»", 1), ("«甲»乙«", 4), ("«甲»»", 0)])
def test_marks_that_do_not_pair_are_told_where(text: str, offset: int) -> None:
    with pytest.raises(FaultError) as caught:
        read_marks(text)
    assert caught.value.offset == offset


@given(st.lists(st.tuples(st.text("甲乙«»\n", max_size=4), st.text("甲乙«»\n", max_size=4)), max_size=5))
def test_whatever_is_marked_is_read_back(pieces: list[tuple[str, str]]) -> None:
    """A text written with its own signs doubled and marks around some of its words gives both back."""

    def doubled(text: str) -> str:
        return text.replace("«", "««").replace("»", "»»")

    # Between two signs of one kind no one can say which two belong together, so something is there.
    marked = read_marks("".join(f"{doubled(before)}、«、{doubled(words)}、»、" for before, words in pieces))
    assert marked.text == "".join(f"{before}、、{words}、、" for before, words in pieces)
    assert [marked.text[slice(*span)] for span in marked.spans] == [f"、{words}、" for _, words in pieces]


def _marked(text: str) -> Case:
    return Case("XX004", "marked", "fail", text=text)


def test_what_is_marked_is_exactly_what_is_found(forms: Sequence[Form]) -> None:
    assert not run(_marked("甲«1件»，乙«2件»。\n"), [figures_kept], forms)


@pytest.mark.parametrize(
    ("text", "differences"),
    [
        ("甲«1件»，乙2件。\n", [("没有标出，却发现了“2件”：有件", Span(5, 7))]),
        (
            "甲«1»件，乙«2件»。\n",
            [("标出了“1”，却没有发现", Span(1, 2)), ("没有标出，却发现了“1件”：有件", Span(1, 3))],
        ),
        (
            "«甲»1件\n",
            [("标出了“甲”，却没有发现", Span(0, 1)), ("没有标出，却发现了“1件”：有件", Span(1, 3))],
        ),
    ],
)
def test_what_is_marked_otherwise_than_found_is_told_with_its_place(
    text: str, differences: list[tuple[str, Span]], forms: Sequence[Form]
) -> None:
    found = run(_marked(text), [figures_kept], forms)
    assert [(difference.words.zh, difference.span) for difference in found] == differences


def test_marks_may_stand_in_whatever_the_author_writes(forms: Sequence[Form]) -> None:
    case = Case("XX004", "marked", "fail", set={"applications/received/total": "«7件»"}, append="又«8件»\n")
    case = case._replace(replace=[["一、总体情况\n", "一、总体情况\n收到«9件»。\n"]])
    sample = case.sample()
    assert "«" not in sample.source.text
    assert [sample.source[span] for span in sample.marked] == ["9件", "7件", "8件"]
    found = {difference.words.zh for difference in run(case, [figures_kept], forms)}
    assert not {words for words in found if words.startswith("标出了")}


def test_no_compliant_report_holds_a_sign_that_would_be_read_as_a_mark() -> None:
    for form, level, seed in (("2019", "township", 31), ("2021", "county", 0), ("2021", "bureau", 43)):
        assert not set(compliant(form, level, seed).render()) & set("«»")  # type: ignore[arg-type]


def test_marks_in_a_case_are_told_by_line_and_column() -> None:
    with pytest.raises(CaseError, match="line 2, column 3 of the report"):
        _marked("甲\n乙、»\n").written()


@pytest.mark.parametrize("kind", ["pass", "tempting"])
def test_a_case_that_finds_nothing_marks_nothing(kind: str) -> None:
    with pytest.raises(CaseError, match="delete the marks"):
        Case("XX004", "marked", kind, text="甲«1件»\n").sample()  # type: ignore[arg-type]


# -- a rule alone, on a piece of a report -----------------------------------------------------------------


@rule(
    "XX005",
    "township-only",
    summary=SAYS,
    basis=BASIS,
    applies=Applies(("township",), 2023, None, ("青禾县",)),
)
def township_only(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
    """Finds 甲, in the reports of townships of 青禾县 since 2023."""
    at = report.source.text.find("甲")
    if at >= 0:
        yield Finding(Span(at, at + 1), SAYS, SAYS)


def test_no_guard_keeps_a_rule_from_a_piece_that_says_nothing_of_it(forms: Sequence[Form]) -> None:
    case = Case("XX005", "a piece", "fail", text="甲\n")
    assert not run(case, [township_only], forms)
    assert len(run(case._replace(text="乙\n"), [township_only], forms)) == 1
    assert not run(case._replace(kind="pass", text="乙\n"), [township_only], forms)
    assert len(run(case._replace(kind="pass"), [township_only], forms)) == 1


@pytest.mark.parametrize("given_", [{"level": "county"}, {"year": 2022}, {"region": "云溪区"}])
def test_a_guard_that_the_case_speaks_of_holds(given_: dict[str, Any], forms: Sequence[Form]) -> None:
    case = Case("XX005", "a piece", "fail", text="甲\n", level="township", year=2023, region="青禾县")
    assert not run(case, [township_only], forms)
    (difference,) = run(case._replace(**given_), [township_only], forms)
    assert "XX005 应发现问题，却没有发现（不适用：" in difference.words.zh
    assert not run(case._replace(kind="pass", **given_), [township_only], forms)


def test_without_expectation_the_other_rules_do_not_count(forms: Sequence[Form]) -> None:
    case = Case("XX001", "no 望川 in it", "pass", text="青禾县1件\n", undetermined=["XX001"])
    assert not run(case, [county_named, figures_kept, broken], forms)
    assert len(_problems(case._replace(expect=[]), forms, [county_named, figures_kept])) == 1


def test_a_rule_off_by_default_runs_in_its_own_case(forms: Sequence[Form]) -> None:
    off = figures_kept._replace(enabled=False)
    assert not run(_marked("甲«1件»\n"), [off], forms)


def test_without_conclusion_a_rule_has_not_passed(forms: Sequence[Form]) -> None:
    case = Case("XX001", "no 望川 in it", "pass", text="青禾县\n")
    assert _problems(case, forms) == ["XX001 没有结论（无法判断：此处有字）"]


def test_a_case_of_no_rule_is_told(forms: Sequence[Form]) -> None:
    assert _problems(Case("XX009", "of nothing", "pass", text="甲\n"), forms) == ["没有规则 XX009"]


def test_a_case_that_cannot_be_written_out_fails(forms: Sequence[Form]) -> None:
    failed = failure(FINDS._replace(replace=[["没有这几个字", ""]]), [county_named], forms)
    assert failed is not None
    (difference,) = failed.differences
    assert difference.words.zh.startswith("报告中没有“没有这几个字”")
    assert failure(FINDS._replace(set={"nothing/here": "1"}), [county_named], forms) is not None


def test_region_is_taken_as_given(forms: Sequence[Form]) -> None:
    seen: list[bool | None] = []

    @rule("XX006", "where", summary=SAYS, basis=BASIS, forms=())
    def where(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
        """Notes where the organ is."""
        seen.append(report.within("青禾县"))
        yield from ()

    for region in ("临川市青禾县", "云溪区", None):
        run(Case("XX006", "where", "pass", text="甲\n", region=region), [where], forms)
    assert seen == [True, False, None]


# -- failing as it is shown --------------------------------------------------------------------------------


def test_a_failure_shows_the_line_and_underlines_what_it_is_about(forms: Sequence[Form]) -> None:
    failed = failure(_marked("开头\n甲«1件»，乙2件。\n"), [figures_kept], forms)
    assert failed is not None
    assert failed.lines(Display()) == [
        "没有标出，却发现了“2件”：有件",
        "   2 | 甲1件，乙2件。",
        "     |          ^^^",
    ]
    assert failed.lines(Display("en"))[0] == "found though not marked: “2件” a piece"


def test_a_failure_in_a_variation_names_it(forms: Sequence[Form]) -> None:
    @rule("XX007", "unix-only", summary=SAYS, basis=BASIS, forms=())
    def unix_only(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
        """Finds 甲 where lines end in a line feed alone."""
        if report.source.newline == "\n":
            yield Finding(Span(0, 1), SAYS, SAYS)

    case = Case("XX007", "ends", "fail", text="«甲»\n乙\n")
    assert not run(case, [unix_only], forms)
    failed = failure(case, [unix_only], forms)
    assert failed is not None
    assert failed.way == "CRLF"
    assert failed.differences == (
        Difference(Text("标出了“甲”，却没有发现", "marked and not found: “甲”"), Span(0, 1)),
    )
    assert failed.lines(Display())[0] == "换一种写法（CRLF 换行）结果就不同："
    assert failure(case._replace(vary=False), [unix_only], forms) is None


# -- what no case has made a rule say -----------------------------------------------------------------------


def test_a_sentence_is_said_whatever_it_is_filled_in_with() -> None:
    texts = {
        "said": Text("共{count}件（{{place}}）。", "{count}"),
        "dot": Text("共.件", "a dot is a dot"),
        "more": Text("共{count}项", "{count}"),
    }
    assert set(unsaid(texts, "甲\n第一，共3件（标题）。\n")) == {"dot", "more"}


def test_the_sentences_of_a_rule_are_those_of_its_module_without_its_summary() -> None:
    texts = templates([county_named])
    assert texts == {"LATER": LATER}, "SAYS is the summary of every rule of this module"


def test_the_sentences_of_a_rule_made_by_a_function_are_those_it_was_made_of() -> None:
    def made(message: Text) -> Rule:
        @rule("XX009", "made", summary=SAYS, basis=BASIS, forms=())
        def check(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
            """Says one thing."""
            yield Finding(Span(0, 1), message, LATER)

        return check

    assert templates([made(Text("甲{x}", "a"))]) == {"XX009 message": Text("甲{x}", "a")}


def test_what_is_said_over_all_cases(forms: Sequence[Form]) -> None:
    cases = [
        FINDS,
        FINDS._replace(text="青禾县\n", kind="tempting", expect=[]),
        FINDS._replace(replace=[["没有这几个字", ""]]),
    ]
    assert said(cases, [county_named], forms).split("\n") == ["标题中有望川", "此处有字", "此处有字"]


# -- what the report reads after the fixes, and what a finding marks beside ---------------------------------


def replacing(code: str, old: str, new: str, *, safe: bool) -> Rule:
    """Return a rule that finds every *old*, marks every 据 of the report beside it and writes *new* for it."""

    @rule(code, "replacing", summary=SAYS, basis=BASIS, forms=())
    def found(report: Report, context: Context) -> Iterator[Finding]:
        """Finds a sign."""
        text = report.source.text
        related = tuple(
            Related(Span(at, at + 2), LATER) for at in reversed(range(len(text))) if text[at] == "据"
        )
        for at in (at for at, sign in enumerate(text) if sign == old):
            fix = Fix(Text("换字", "another sign"), safe, (Edit(Span(at, at + 1), old, new),))
            yield Finding(Span(at, at + 1), Text("有错", "it is wrong"), SAYS, related=related, fix=fix)

    return found


SAFE, UNSAFE = replacing("XX005", "错", "对", safe=True), replacing("XX006", "误", "正", safe=False)
FIXED = Case("XX005", "fixed", "fail", text="甲«错»，误，乙。\n", fixed={"甲错": "甲对"})


def test_the_fixes_of_the_rule_are_made_and_no_others(forms: Sequence[Form]) -> None:
    """Judged together, the other rule finds what it would put right, and it is left."""
    expect = [{"code": "XX005"}, {"code": "XX006"}]
    for case in (FIXED, FIXED._replace(expect=expect)):
        assert not _problems(case, forms, [SAFE, UNSAFE])
    both = FIXED._replace(fixed={"甲错": "甲对", "误": "正"}, expect=expect)
    assert _problems(both, forms, [SAFE, UNSAFE]) == ["修改后应为“甲对，正，乙。”，却是“甲对，误，乙。”"]


@pytest.mark.parametrize(
    ("fixed", "problem"),
    [
        ({"甲错": "甲正"}, "修改后应为“甲正，误，乙。”，却是“甲对，误，乙。”"),
        ({"甲错": "甲对", "乙": "丙"}, "修改后应为“甲对，误，丙。”，却是“甲对，误，乙。”"),
        ({}, "修改后应为“甲错，误，乙。”，却是“甲对，误，乙。”"),
        ({"甲": "甲", "错，误": "对，误\n"}, "修改后应为“甲对，误”，却是“甲对，误，乙。”"),
        (
            {"，": ","},
            "fixed 中的“，”在报告中出现了 2 次，应恰好一次；照报告的文字改，或者连前后的文字一起写",
        ),
        (
            {"«错»": "对"},
            "fixed 中的“«错»”在报告中出现了 0 次，应恰好一次；照报告的文字改，或者连前后的文字一起写",
        ),
        ({"applications/total/total": "1"}, "fixed 中的“applications/total/total”在报告中出现了 0 次"),
    ],
)
def test_what_reads_otherwise_after_the_fix_is_a_problem(
    fixed: Mapping[str, str], problem: str, forms: Sequence[Form]
) -> None:
    (found,) = _problems(FIXED._replace(fixed=fixed), forms, [SAFE])
    assert found.startswith(problem)


def test_a_fix_that_waits_for_a_person_is_said_to_wait(forms: Sequence[Form]) -> None:
    unsafe = FIXED._replace(rule="XX006", text="甲错，«误»，乙。\n", fixed={"误": "正"}, unsafe=True)
    assert not _problems(unsafe, forms, [UNSAFE])
    assert _problems(unsafe._replace(unsafe=False), forms, [UNSAFE]) == [
        "XX006 的修改（换字）须经人确认；核对后写 unsafe: true"
    ]
    assert _problems(FIXED._replace(unsafe=True), forms, [SAFE]) == [
        "XX005 的修改（换字）不经人确认就会做；核对后删去 unsafe"
    ]


def test_a_rule_without_a_fix_changes_nothing(forms: Sequence[Form]) -> None:
    assert not _problems(FINDS._replace(fixed={}), forms)
    assert _problems(FINDS._replace(fixed={"六、其他": "六、其它"}), forms) == ["XX001 没有给出修改"]


def test_a_fix_that_puts_nothing_right_is_not_made(forms: Sequence[Form]) -> None:
    """As with `--fix`, the report is read and judged again; the case says where and why the fix was dropped."""
    in_vain = replacing("XX005", "错", "错错", safe=True)
    found = run(FIXED, [in_vain], forms)
    assert found[0] == Difference(
        Text(
            "XX005 的修改没有做成：改后重新检查，问题还在，请自行修改",
            "the fix of XX005 was not made: checked again after the change, the finding is still there: "
            "change it by hand",
        ),
        Span(1, 2),
    )
    assert found[1].words.zh == "修改后应为“甲对，误，乙。”，却是“甲错，误，乙。”"


def test_a_cell_is_fixed_by_its_address(forms: Sequence[Form]) -> None:
    """Many cells say the same; whatever else the case changes stays as it is."""
    rule = replacing("XX007", "/", "0", safe=False)
    address, other = "review/cases/direct_total", "review/cases/after_total"
    case = Case("XX007", "a cell", "fail", set={address: "«/»"}, append="完\n", unsafe=True)
    assert not _problems(case._replace(fixed={address: "0"}), forms, [rule])
    assert _problems(case._replace(fixed={address: "0", other: "9"}), forms, [rule])
    assert _problems(case._replace(fixed={other: "9"}), forms, [rule])


def test_what_is_marked_beside_is_expected_whole_and_in_the_order_of_the_report(
    forms: Sequence[Form],
) -> None:
    def wrong(*related: str) -> list[str]:
        expect = [{"code": "XX005", "related": related}]
        case = Case("XX005", "beside", "fail", text="据一，错，\n据二。\n", expect=expect)
        return _problems(case, forms, [SAFE])

    assert not wrong("据一", "据二")
    assert wrong("据二", "据一") == [
        "应发现而没有发现：code: XX005, related: [据二, 据一]",
        "不应发现而发现了：XX005“错”（导语）有错 相关 据一、据二",
    ]
    assert wrong("据一")
    assert wrong()
    assert wrong("据一", "据二", "据二")


def test_a_finding_is_expected_on_its_words_or_in_its_cell(
    all_rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    """Other cells say 8 too: the address says which of them."""
    case = Case("SUM004", "a total", "fail", set={"review/cases/direct_total": "8"})

    def holds(at: str) -> bool:
        return not run(case._replace(expect=[{"code": "SUM004", "at": at}]), all_rules, forms)

    assert holds("8")
    assert holds("review/cases/direct_total")
    assert not holds("review/cases/after_total")
    assert not holds("9")


# -- case files ----------------------------------------------------------------------------------------

GOOD = "- {rule: XX001, name: one, kind: pass, expect: []}\n"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("rule: XX001\n", "1:1", "用例文件应为列表"),
        ("- XX001\n", "1:3", "键值对"),
        ("- {rule: XX001, name: one, expect: []}\n", "1:3", "缺少“kind”"),
        ("- {rule: XX001, name: one, kind: maybe}\n", "1:34", "maybe"),
        ("- {rule: XX001, name: one, kind: pass, sett: {}}\n", "1:40", "是不是“set”"),
        ("- {rule: XX001, name: one, kind: pass, base: {seeds: 1}}\n", "1:47", "是不是“seed”"),
        ("- {rule: XX001, name: one, kind: pass, base: {form: 2008}}\n", "1:53", "2008"),
        ("- {rule: XX001, name: one, kind: fail, expect: [{at: x}]}\n", "1:49", "缺少“code”"),
        ("- {rule: XX001, name: one, kind: fail, expect: [{code: XX001, wher: x}]}\n", "1:63", "wher"),
        ("- {rule: XX001, name: one, kind: fail, expect: []}\n", "1:48", "expect 中应有 XX001"),
        ("- {rule: XX001, name: one, kind: tempting, expect: [{code: XX001}]}\n", "1:52", "不应有 XX001"),
        (GOOD + GOOD, "2:23", "用例“one”出现了两次"),
        ("- {rule: XX001, name: one, kind: pass, replace: [[甲]]}\n", "1:50", "[原文, 新文]"),
        ("- {rule: XX001, name: one, kind: fail, text: 甲«乙}\n", "1:46", "“text”第 1 行第 2 列"),
        ('- {rule: XX001, name: one, kind: fail, append: "甲\\n乙»"}\n', "1:48", "“append”第 2 行第 2 列"),
        ("- {rule: XX001, name: one, kind: pass, text: «甲»}\n", "1:46", "kind 为 fail"),
        ("- {rule: XX001, name: one, kind: fail, replace: [[甲, «乙]]}\n", "1:54", "“«”之后没有“»”"),
        ("- {rule: XX001, name: one, kind: pass, line: 3}\n", "1:40", "没有“line”"),
        ("- {rule: XX001, name: one, kind: fail, fixed: 甲}\n", "1:47", "“fixed”应为键值对"),
        ("- {rule: XX001, name: one, kind: fail, fixed: {甲: [乙]}}\n", "1:51", "“甲”应为"),
        ("- {rule: XX001, name: one, kind: fail, fixed: {}, unsafe: 1}\n", "1:59", "“unsafe”应为"),
        ("- {rule: XX001, name: one, kind: fail, unsafe: true}\n", "1:40", "补上 fixed"),
        ("- {rule: XX001, name: one, kind: pass, fixed: {甲: 乙}}\n", "1:40", "kind 为 fail"),
        ("- {rule: XX001, name: one, kind: fail, expect: [{code: XX001, related: 甲}]}\n", "1:72", "列表"),
        ("- {rule: XX001, name: one, kind: pass, text: 甲, each: [乙]}\n", "1:49", "没有写 $each"),
        ("- {rule: XX001, name: one, kind: pass, text: $each}\n", "1:3", "没有用 each 列出"),
        (
            "- {rule: XX001, name: one, kind: pass, text: $each, each: [甲, 甲]}\n",
            "1:23",
            "“one: 甲”出现了两次",
        ),
        ("- {rule: XX001, name: one, kind: pass, text: $each, each: []}\n", "1:59", "each"),
    ],
)
def test_what_is_no_case_is_refused_where_it_stands(
    text: str, place: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        load_cases(str(path))
    assert caught.value.text.zh.startswith(f"{path}:{place}: ")
    assert words in caught.value.text.zh


@pytest.mark.parametrize("value", ["no", "2021-01-01", "007", "1:30", "~"])
def test_what_yaml_reads_otherwise_than_it_is_written_is_refused(value: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(f"- {{rule: XX001, name: one, kind: pass, set: {{a/b/c: {value}}}}}\n", encoding="utf-8")
    with pytest.raises(FileError):
        load_cases(str(path))


def test_each_word_of_a_list_is_a_case_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- {rule: XX001, name: one, kind: pass, text: 甲}\n"
        "- rule: XX004\n  name: so many\n  kind: fail\n  each: [件, 份]\n"
        "  text: 甲«1$each»\n  replace: [[$each, 又$each]]\n  expect: [{code: XX004, at: 1$each, says: [有$each]}]\n"
        "  fixed: {甲1$each: $each}\n",
        encoding="utf-8",
    )
    assert load_cases(str(path)) == (
        Case("XX001", "one", "pass", text="甲", line=1),
        *(
            Case(
                "XX004",
                f"so many: {word}",
                "fail",
                text=f"甲«1{word}»",
                replace=((word, f"又{word}"),),
                expect=({"code": "XX004", "at": f"1{word}", "says": (f"有{word}",)},),
                fixed={f"甲1{word}": word},
                line=2,
            )
            for word in "件份"
        ),
    )


def test_a_case_file(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        GOOD
        + """
- rule: XX004
  name: all of it
  kind: fail
  base: {form: 2021, level: township, seed: 3, notation: bars, year: 2026}
  set: {a/b/c: 7, a/b/d: "007", a/b/e: ""}
  rename: {title: 甲}
  drop: [period]
  replace: [[甲, ""]]
  append: «乙»
  text: |
    丙
  year: 2025
  level: city
  region: 临川市
  options: {XX004: {limit: 5, words: [甲]}}
  select: [XX009]
  expect: [{code: XX004, at: 7, place: 标题, says: [甲], data: {figure: 7}, related: [a/b/c, 3件]}]
  ordered: true
  fixed: {"12": 13, 甲: ""}
  unsafe: true
  undetermined: [XX001]
  vary: false
""",
        encoding="utf-8",
    )
    one, other = load_cases(str(path))
    assert one == Case("XX001", "one", "pass", expect=(), line=1)
    assert other == Case(
        "XX004",
        "all of it",
        "fail",
        base={"form": "2021", "level": "township", "seed": 3, "notation": "bars", "year": 2026},
        set={"a/b/c": "7", "a/b/d": "007", "a/b/e": ""},
        rename={"title": "甲"},
        drop=("period",),
        replace=(("甲", ""),),
        append="«乙»",
        text="丙\n",
        year=2025,
        level="city",
        region="临川市",
        options={"XX004": {"limit": 5, "words": ["甲"]}},
        select=("XX009",),
        expect=(
            {
                "code": "XX004",
                "at": "7",
                "place": "标题",
                "says": ("甲",),
                "data": {"figure": "7"},
                "related": ("a/b/c", "3件"),
            },
        ),
        ordered=True,
        fixed={"12": "13", "甲": ""},
        unsafe=True,
        undetermined=("XX001",),
        vary=False,
        line=3,
    )


def test_words_to_replace_must_be_there() -> None:
    with pytest.raises(CaseError, match="does not occur"):
        FINDS._replace(replace=[["没有这几个字", ""]]).written()


# -- drafts --------------------------------------------------------------------------------------------


def test_changes_in_their_order() -> None:
    case = FINDS._replace(
        set={"review/cases/review_total": "9"},
        rename={
            "title": "青禾县2021年报告",
            "section/other": "其它事项",
            "applications/security": "3.危及安全",
        },
        drop=["period", "permits", "applications/repeated", "note"],
        replace=[["青禾县", "云溪区"]],
        append="完\n",
    )
    text = case.written()
    assert text.startswith("云溪区2021年报告\n")
    assert text.endswith("完\n")
    assert "六、其它事项\n" in text
    assert "\t3.危及安全\n" in text
    assert "\t3\n\t9\n" not in text
    assert not any(words in text for words in ("12月31日", "行政许可", "重复申请", "勾稽关系"))


def test_sections_move_up_when_one_is_dropped() -> None:
    draft = compliant()
    draft.drop("section/review")
    lines = [line for line in draft.render().splitlines() if line[:2] in ("三、", "四、", "五、", "六、")]
    assert lines == [
        "三、收到和处理政府信息公开申请情况",
        "四、存在的主要问题及改进情况",
        "五、其他需要报告的事项",
    ]


def test_the_list_of_parts_is_that_of_the_sections() -> None:
    draft = compliant(seed=1)
    draft.drop("section/review")
    assert "行政诉讼情况" not in draft.render()
    assert any(words in draft.render() for words in ("五部分", "五个部分"))


@pytest.mark.parametrize("change", ["set", "rename", "drop"])
@pytest.mark.parametrize(
    "address", ["applications/nothing/total", "section/nothing", "nothing", "review//nothing"]
)
def test_what_is_not_there_cannot_be_changed(change: str, address: str) -> None:
    draft = compliant()
    with pytest.raises(KeyError):
        draft.drop(address) if change == "drop" else getattr(draft, change)(address, "1")


def test_a_copy_is_its_own() -> None:
    draft = compliant(seed=1)
    before = draft.render()
    other = draft.copy()
    other.set("review/cases/review_total", "77")
    other.rename("section/other", "别的")
    other.section("problems").paragraphs.append("添上一句。")
    other.drop("period")
    other.drop("note")
    assert draft.render() == before


def test_every_notation_holds_the_same_cells(forms: Sequence[Form]) -> None:
    read = []
    for notation in ("tabs", "pipes", "bars"):
        report = Report(Source(compliant(seed=4, notation=notation).render()), forms)  # type: ignore[arg-type]
        read.append({cell.address: cell.text for table in report.tables.values() for cell in table.cells})
    assert read[0] == read[1] == read[2] == compliant(seed=4).cells


def test_noise_differs_in_every_label() -> None:
    draft = noisy(compliant())
    assert "(二)部分公开(区分处理的" in "".join(draft.render().split())
    assert "表三" not in draft.labels
    assert all(" " in label for label in draft.labels.values() if len(label) > 1)


def test_variations_write_the_same_report_otherwise() -> None:
    samples = {way: sample.source for way, sample in variations(FINDS)}
    assert set(samples) == set(WAYS)
    assert samples["CRLF"].newline == "\r\n"
    assert samples["BOM"].bom
    assert samples["GB18030"].encoding == "gb18030"
    assert "\t５３\n" in samples["full-width figures"].text
    assert "\U00020bb7" in samples["astral character"].text
    assert "\n## 一、总体情况\n" in samples["Markdown"].text
    plain = FINDS.written()
    crlf = samples["CRLF"].text.replace("\r\n", "\n")
    assert samples["BOM"].text == samples["GB18030"].text == crlf == plain


def test_a_text_is_varied_too(forms: Sequence[Form]) -> None:
    case = FINDS._replace(text="望川县人民政府2021年政府信息公开工作年度报告\n一、总体情况\n甲1件\n")
    assert not _problems(case, forms)
    texts = {way: sample.source.text for way, sample in variations(case)}
    assert set(texts) == set(WAYS) - {"label noise"}
    assert texts["full-width figures"].endswith("\n甲１件\n")
    assert "报告\n\U00020bb7\n一、" in texts["astral character"]
    assert "\n## 一、总体情况\n甲" in texts["Markdown"]


def test_where_the_first_line_stands_for_the_whole_none_is_put_before_it() -> None:
    """What is found because a report lacks something is shown at its first line, whichever that is."""
    for text in ("«甲乙»\n丙\n", "\n «甲乙» \n", "«甲乙»"):
        assert "astral character" not in dict(variations(_marked(text)))
    expected = _marked("甲乙\n丙\n")._replace(expect=[{"code": "XX004", "at": "甲乙"}])
    assert "astral character" not in dict(variations(expected))
    assert dict(variations(_marked("«甲»乙\n")))["astral character"].source.text == "\U00020bb7\n甲乙\n"


@given(
    st.lists(
        st.lists(st.sampled_from(["甲", "3件", "《", "\U00020bb7", " ", "、一"]), max_size=4), max_size=6
    )
)
def test_what_a_sound_rule_finds_it_finds_however_the_text_is_written(lines: list[list[str]]) -> None:
    """A rule that finds every 件 and the figure before it holds under every variation, whatever the text."""
    text = "\n".join("".join(words) for words in lines) + "\n"
    if "件" in text:
        case = Case("XX004", "any", "fail", text=text.replace("3件", "«3件»"))
        assert failure(case, [figures_kept], official_forms()) is None


def test_marks_move_with_their_words() -> None:
    text = "一、«总体»情况\n甲«1件»，«一、»\n"
    for sample in [_marked(text).sample(), *(sample for _, sample in variations(_marked(text)))]:
        assert [fold(sample.source[span]) for span in sample.marked] == ["总体", "1件", "一、"]


def test_a_marked_heading_is_the_same_with_the_signs_of_markdown_and_without(forms: Sequence[Form]) -> None:
    @rule("XX008", "heading", summary=SAYS, basis=BASIS, forms=())
    def heading(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
        """Finds the first heading, the whole line."""
        yield Finding(report.sections[0].heading, SAYS, SAYS)

    for text in ("«一、其他»\n甲\n", "## «一、其他»\n甲\n", "«## 一、其他»\n甲\n"):
        assert failure(Case("XX008", "heading", "fail", text=text), [heading], forms) is None
    (difference,) = run(Case("XX008", "heading", "fail", text="一、«其他»\n甲\n"), [heading], forms)[:1]
    assert difference.span == Span(0, 4)


def test_what_a_case_takes_away_by_its_own_change_is_not_varied() -> None:
    lines = FINDS._replace(replace=[["一、总体情况\n", "新的一行\n一、总体情况\n"]])
    assert "Markdown" not in dict(variations(lines))
    assert "Markdown" not in dict(variations(FINDS._replace(base={"notation": "bars"})))
    assert "full-width figures" not in dict(variations(FINDS._replace(replace=[["\t53\n", "\t54\n"]])))
    assert set(dict(variations(FINDS._replace(text=" \n")))) == {"CRLF", "BOM", "GB18030"}


def test_a_draft_may_be_what_a_case_starts_from() -> None:
    draft = compliant("2021", "township", 4, year=2027)
    draft.rename("title", "青禾县云岭镇2027年报告")
    case = Case("XX001", "a draft", "pass", base=draft, drop=["period"])
    assert case.written().startswith("青禾县云岭镇2027年报告\n")
    assert "period" in draft.preamble, "what the case starts from stays as it is"


def test_a_report_may_be_on_any_year() -> None:
    draft = compliant("2021", "county", 0, year=2027)
    assert draft.year == 2027
    assert "2027年" in draft.title
    assert "2021年" not in draft.render()


def test_a_draft_is_what_a_writer_has_before_him() -> None:
    draft = compliant("2019", "bureau", 2, "pipes")
    assert isinstance(draft, Draft)
    assert (draft.form.name, draft.level, draft.year, draft.notation) == ("2019", "bureau", 2019, "pipes")
    assert draft.render().startswith("# ")
    assert "\n## 一、总体情况\n" in draft.render()


def test_the_level_of_a_case_is_taken_as_given_and_its_year_expected(forms: Sequence[Form]) -> None:
    seen: list[tuple[int | None, str | None]] = []

    @rule("XX003", "look", summary=SAYS, basis=BASIS, forms=())
    def look(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
        """Notes what it sees."""
        seen.append((report.expected_year, report.issuer.level))
        yield Undetermined(Text(str(context.options.get("limit")), ""))

    case = FINDS._replace(expect=[], year=2023, level="city", options={"XX003": {"limit": 5}})
    assert not run(case, [look], forms)
    assert seen == [(2023, "city")]
    report = Report(Source(case.written()), forms)
    (outcome,) = lint(report, [look], case.options).outcomes
    assert outcome.reason == Text("5", "")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("applications/recieved/total", "没有“applications/recieved/total”这一格；是不是“applications/received/total”？"),
        ("甲", "没有“甲”这一格；写作 applications/received/total 这样的地址"),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_there_is_told_with_the_nearest(address: str, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        Case("SUM001", "a", "pass", set={address: "3"}).draft()
    assert said in caught.value.reason.zh


# -- the reports that a case is compared with ------------------------------------------------------------------


@rule("XX009", "carried-over", summary=SAYS, basis=BASIS, beside="previous")
def carried_over(report: Report, context: Context) -> Iterator[Finding]:
    """Finds a total that is another than last year's, and quotes the sentences that both have."""
    assert report.previous is not None
    assert report.itself is not None
    assert isinstance(report.previous, Neighbour)
    address = "applications/received/total"
    before, now = report.previous.figure(address), report.itself.figure(address)
    assert before is not None
    assert now is not None
    if before.value != now.value:
        shared = set(report.itself.digests).intersection(report.previous.digests)
        again = [each for each in report.previous.sentences if each.digest in shared]
        elsewhere = tuple(Elsewhere(report.previous.path, each.section, each.text) for each in again)
        yield Finding(report.anchor, SAYS, SAYS, elsewhere=elsewhere)


@rule("XX010", "of-members", summary=SAYS, basis=BASIS, beside=("members", "siblings"))
def of_members(report: Report, context: Context) -> Iterator[Finding]:
    """Finds every member that is not among the siblings."""
    beside = {each.path for each in report.siblings.reports} if report.siblings else set()
    for member in report.members or ():
        if member.path not in beside:
            yield Finding(report.anchor, Text(member.path, member.path), SAYS)


BESIDE = """
- rule: XX009
  name: another total than the year before
  kind: fail
  base: {form: "2021", level: county, seed: 1, year: 2023}
  previous:
    base: {form: "2021", level: county, seed: 1, year: 2022}
    set: {applications/received/total: "5"}
- rule: XX009
  name: the same total as the year before
  kind: pass
  base: {form: "2021", level: county, seed: 1, year: 2023}
  previous: {base: {form: "2021", level: county, seed: 1, year: 2022}}
- rule: XX009
  name: the year before is not read
  kind: tempting
  base: {form: "2021", level: county, seed: 1}
  previous: {unread: 文件是扫描件, organ: 青禾县人民政府, year: 2022}
  undetermined: [XX009]
- rule: XX010
  name: two members
  kind: fail
  base: {form: "2021", level: county, seed: 1}
  members: [{base: {level: township}}, {text: "云岭镇2023年报告\\n"}]
  siblings: [{base: {level: county, seed: 3}}]
- rule: XX010
  name: one member is not read
  kind: tempting
  base: {form: "2021", level: county, seed: 1}
  members: [{base: {level: township}}, {unread: 没有报送, organ: 石桥镇人民政府}]
  siblings: []
  undetermined: [XX010]
"""


def test_a_case_gives_the_reports_that_it_is_compared_with(tmp_path: Path, forms: Sequence[Form]) -> None:
    (tmp_path / "cases.yaml").write_text(BESIDE, encoding="utf-8")
    for case in load_cases(str(tmp_path / "cases.yaml")):
        assert failure(case, [carried_over, of_members], forms) is None, case.name


def test_the_words_of_the_other_report_are_compared(forms: Sequence[Form]) -> None:
    said = "本年度由专人逐件回访了申请人的意见"
    draft = compliant("2021", "county", 1)
    for section in draft.sections:
        section.paragraphs[:], section.subsections[:] = [], []
    draft.preamble.clear()
    draft.section("overview").paragraphs[:] = [f"{said}。"]
    before = draft.copy()
    before.set("applications/received/total", "5")
    case = Case("XX009", "quoted", "fail", base=draft, previous=before)
    found: list[Mapping[str, Any]] = [{"code": "XX009", "elsewhere": [said]}]
    assert failure(case._replace(expect=found), [carried_over], forms) is None
    for other in ([], ["别的话"], [said, said]):
        found = [{"code": "XX009", "elsewhere": other}]
        failed = failure(case._replace(expect=found), [carried_over], forms)
        assert failed is not None
        assert any(said in line for line in failed.lines(Display(width=400)))


def test_marks_belong_to_the_report_that_is_judged(forms: Sequence[Form]) -> None:
    case = Case("XX009", "marked", "fail", text="甲\n", previous="«乙»\n")
    with pytest.raises(CaseError):
        run(case, [carried_over], forms)
