"""RuleTester: what it lets through and what it does not, and how it says so."""

from collections.abc import Iterator

import pytest
from nianbao.engine.finding import Basis, Finding, Fix, NotApplicable, Strength, Undetermined
from nianbao.engine.rule import Applies, Context, rule
from nianbao.report.neighbour import Neighbour
from nianbao.report.report import Report
from nianbao.testing import Case, RuleTester, compliant
from nianbao.text.edit import Edit
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Span

SAYS = Text("提到微信", "WeChat is mentioned")
BASIS = Basis("甲文件", "第一条", Strength.PRACTICE)


@rule(
    "XX101",
    "count-of-accounts",
    summary=Text("写明新媒体公众号数量", "the number of accounts is stated"),
    basis=BASIS,
    applies=Applies(("township",), 2022, None, ("青禾县",)),
)
def count_of_accounts(report: Report, context: Context) -> Iterator[Finding | Undetermined | NotApplicable]:
    """Finds every 公众号 without a figure before it; asks for a new media section."""
    text = report.source.text
    if "新媒体" not in text:
        yield NotApplicable(Text("没有提到新媒体", "no new media"))
    for at in (index for index, _ in enumerate(text) if text.startswith("公众号", index)):
        before = fold(text[at - 1])
        if not before.isdecimal():
            yield Finding(Span(at, at + 3), Text("没有数量", "no number"), SAYS, data={"before": before})


TESTER = RuleTester(count_of_accounts)


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_LANG", "zh")


def _complaint(*given: str, **expected: object) -> list[str]:
    with pytest.raises(AssertionError) as caught:
        TESTER.fails(*given, **expected)  # type: ignore[arg-type]
    return str(caught.value).split("\n")


def test_what_is_marked_and_what_is_found_are_the_same() -> None:
    TESTER.fails("新媒体«公众号»若干。\n", "## 四、新媒体\n«公众号»12个，3公众号，另有«公众号»。\n")
    TESTER.passes("新媒体12公众号。\n", "四、新媒体\n３公众号\n")


def test_a_finding_that_is_not_marked_is_shown_in_its_line() -> None:
    assert _complaint("第一行\n新媒体«公众号»若干，有公众号。\n") == [
        "XX101 count-of-accounts 发现的与标出的不同",
        "没有标出，却发现了“公众号”：没有数量",
        "   2 | 新媒体公众号若干，有公众号。",
        "     |                     ^^^^^^",
    ]


def test_a_mark_without_a_finding_is_shown_in_its_line() -> None:
    assert _complaint("新媒体«12公众号»。\n") == [
        "XX101 count-of-accounts 发现的与标出的不同",
        "标出了“12公众号”，却没有发现",
        "   1 | 新媒体12公众号。",
        "     |       ^^^^^^^^",
    ]


def test_what_is_to_fail_has_to_be_marked() -> None:
    head, words, *shown = _complaint("新媒体公众号\n")
    assert head == "XX101 count-of-accounts 发现的与标出的不同"
    assert words.startswith("文字里没有用 «» 标出应发现什么")
    assert shown == ["没有标出，却发现了“公众号”：没有数量", "   1 | 新媒体公众号", "     |       ^^^^^^"]


def test_a_text_in_which_nothing_is_found_does_not_fail() -> None:
    assert _complaint("甲乙丙\n")[1] == "XX101 应发现问题，却没有发现（不适用：没有提到新媒体）"


def test_a_text_that_is_to_pass_and_does_not() -> None:
    with pytest.raises(AssertionError) as caught:
        TESTER.passes("新媒体12公众号\n", "新媒体公众号\n")
    head, words, *shown = str(caught.value).split("\n")
    assert head == "XX101 count-of-accounts 应通过，却没有通过"
    assert words.startswith("不应发现而发现了：XX101“公众号”（导语）没有数量")
    assert shown == ["   1 | 新媒体公众号", "     |       ^^^^^^"]


def test_expectations_are_strict_about_number_order_and_data() -> None:
    text = "新媒体«公众号»和«公众号»\n"
    right = [{"at": "公众号", "data": {"before": "体"}}, {"data": {"before": "和"}, "says": ["没有数量"]}]
    TESTER.fails(text, expect=right)
    assert "次序" in _complaint(text, expect=[*reversed(right)])[1]
    assert len(_complaint(text, expect=right[:1])) == 4
    wrong = _complaint(text, expect=[{"data": {"before": "甲"}}, {}])
    assert wrong[1] == "应发现而没有发现：code: XX101, data: {before: 甲}"
    assert "数据 {before: 和}" in "".join(wrong)
    TESTER.fails("新媒体公众号和公众号\n", expect=right)


def test_what_the_report_reads_after_the_fix() -> None:
    @rule("XX103", "account-named", summary=SAYS, basis=BASIS, forms=())
    def account_named(report: Report, context: Context) -> Iterator[Finding]:
        """Finds 微信号, which is to be 公众号."""
        at = report.source.text.find("微信号")
        if at >= 0:
            edit = Edit(Span(at, at + 3), "微信号", "公众号")
            yield Finding(Span(at, at + 3), SAYS, SAYS, fix=Fix(SAYS, False, (edit,)))

    tester = RuleTester(account_named)
    text = "新媒体«微信号»3个。\n"
    tester.fails(text, fixed={"微信号": "公众号"}, unsafe=True)
    tester.fails(Case("XX103", "as a case", "fail", text=text, fixed={"微信号": "公众号"}, unsafe=True))
    for fixed, unsafe in (({"微信号": "公众号"}, False), ({"微信号": "账号"}, True), ({}, True)):
        with pytest.raises(AssertionError):
            tester.fails(text, fixed=fixed, unsafe=unsafe)
    TESTER.fails("新媒体«公众号»若干。\n", fixed={})


def test_a_fix_that_depends_on_last_year_s_report_is_made_beside_it() -> None:
    @rule("XX106", "account-as-before", summary=SAYS, basis=BASIS, forms=(), beside=("previous",))
    def account_as_before(report: Report, context: Context) -> Iterator[Finding]:
        """Finds 微信号 where last year's report had 公众号."""
        at = report.source.text.find("微信号")
        before = report.previous
        if (
            at >= 0
            and isinstance(before, Neighbour)
            and any("公众号" in each.text for each in before.sentences)
        ):
            span = Span(at, at + 3)
            yield Finding(span, SAYS, SAYS, fix=Fix(SAYS, False, (Edit(span, "微信号", "公众号"),)))

    last = "青禾县2023年政府信息公开工作年度报告\n\n一、总体情况\n公众号每天发布办事指南和政策解读。\n"
    now = "青禾县2024年政府信息公开工作年度报告\n\n一、总体情况\n«微信号»每周发布镇村公开事项清单。\n"
    case = Case(
        "XX106", "as before", "fail", text=now, previous=last, fixed={"微信号": "公众号"}, unsafe=True
    )
    RuleTester(account_as_before).fails(case)


def test_what_is_marked_beside() -> None:
    TESTER.fails("新媒体«公众号»若干。\n", expect=[{"related": []}])
    assert "related" in _complaint("新媒体«公众号»若干。\n", expect=[{"related": ["若干"]}])[1]


def test_the_language_is_that_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_LANG", "en")
    assert _complaint("新媒体«12公众号»。\n")[1] == "marked and not found: “12公众号”"


def test_a_rule_that_depends_on_how_a_report_is_written_is_found_out() -> None:
    @rule("XX102", "half-width", summary=SAYS, basis=BASIS, forms=())
    def half_width(report: Report, context: Context) -> Iterator[Finding]:
        """Finds 3 in ASCII only."""
        at = report.source.text.find("3")
        if at >= 0:
            yield Finding(Span(at, at + 1), SAYS, SAYS)

    tester = RuleTester(half_width)
    with pytest.raises(AssertionError) as caught:
        tester.fails("共«3»个\n")
    assert str(caught.value).split("\n")[1:3] == [
        "换一种写法（全角数字）结果就不同：",
        "标出了“３”，却没有发现",
    ]
    tester.fails(Case("XX102", "half width is meant", "fail", text="共«3»个\n", vary=False))


def test_a_report_is_changed_and_marked_where_it_is_wrong() -> None:
    draft = RuleTester.report(level="township", year=2023)
    draft.section("other").paragraphs.append("新媒体«公众号»若干。")
    RuleTester(count_of_accounts).fails(draft)
    right = RuleTester.report(level="township", year=2023)
    right.section("other").paragraphs.append("新媒体3公众号。")
    TESTER.passes(right, RuleTester.report(level="county", year=2020))


def test_a_case_says_year_level_region_and_options() -> None:
    text = "新媒体«公众号»\n"
    case = Case("XX101", "one", "fail", text=text, year=2022, level="township", region="临川市青禾县")
    TESTER.fails(case)
    for other in (case._replace(year=2021), case._replace(level="city"), case._replace(region="云溪区")):
        with pytest.raises(AssertionError, match="不适用"):
            TESTER.fails(other)


def test_a_case_of_the_other_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="fails takes no case of kind pass"):
        TESTER.fails(Case("XX101", "one", "pass", text="甲\n"))
    with pytest.raises(ValueError, match="passes takes no case of kind fail"):
        TESTER.passes(Case("XX101", "one", "fail", text="甲\n"))
    TESTER.passes(Case("XX101", "one", "tempting", text="甲\n"))


def test_a_mark_without_its_pair_is_told_where() -> None:
    assert "第 2 行第 3 列" in _complaint("甲\n新媒«体\n")[1]


def test_a_rule_that_crashes_fails_its_test() -> None:
    @rule("XX103", "broken", summary=SAYS, basis=BASIS, forms=())
    def broken(report: Report, context: Context) -> Iterator[Finding]:
        """Never works."""
        raise RuntimeError("out of order")
        yield

    with pytest.raises(AssertionError, match="RuntimeError: out of order"):
        RuleTester(broken).passes("甲\n")
    with pytest.raises(AssertionError, match="RuntimeError: out of order"):
        RuleTester(broken).fails("«甲»\n")


def test_a_rule_off_by_default_is_tested_all_the_same() -> None:
    off = RuleTester(count_of_accounts._replace(enabled=False))
    off.fails("新媒体«公众号»\n")
    off.fails("新媒体公众号\n", expect=[{"at": "公众号"}])


@pytest.mark.parametrize(("year", "form"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2031, "2021")])
def test_the_report_to_start_from_is_on_the_form_of_its_year(year: int, form: str) -> None:
    draft = RuleTester.report(level="bureau", year=year, seed=2)
    assert (draft.form.name, draft.level, draft.year) == (form, "bureau", year)
    assert f"{year}年" in draft.title


def test_the_report_to_start_from_is_the_compliant_one() -> None:
    assert RuleTester.report().render() == compliant().render()


def test_there_is_no_report_on_a_year_without_a_form() -> None:
    with pytest.raises(ValueError, match="2012"):
        RuleTester.report(year=2012)
