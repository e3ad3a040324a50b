"""The testing kit itself: a runner that finds nothing amiss with anything would pass every case."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from nianbao.diagnostic import Basis, Finding, Strength, Undetermined
from nianbao.engine import lint
from nianbao.form import Form
from nianbao.language import Text
from nianbao.report import Report
from nianbao.rule import Context, Rule, rule
from nianbao.source import Source, Span
from nianbao.testing import Case, CaseError, Draft, compliant, load_cases, noisy, run, variations

BASIS = Basis("甲文件", "第一条", Strength.LAW)
SAYS = Text("此处有字", "words here")


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
    return run(case, rules, forms)


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
    assert missed.startswith("not found")
    assert surplus.startswith("not expected: XX001 at '望川'")


def test_a_finding_too_many_or_too_few(forms: Sequence[Form]) -> None:
    assert len(_problems(FINDS._replace(expect=[]), forms)) == 1
    assert len(_problems(FINDS._replace(expect=[{"code": "XX001"}, {"code": "XX001"}]), forms)) == 1


def test_a_vague_expectation_does_not_take_what_a_precise_one_needs(forms: Sequence[Form]) -> None:
    case = FINDS._replace(expect=[{"code": "SUM001"}, {"code": "SUM001", "at": "48"}])
    case = case._replace(
        set={"applications/received/natural_person": "56", "applications/received/total": "77"}
    )
    from nianbao.plugins import load

    assert not run(case, [r for r in load().rules if r.family == "SUM"], forms)


def test_undetermined_is_checked(forms: Sequence[Form]) -> None:
    case = FINDS._replace(undetermined=["XX001"])
    assert len(_problems(case, forms)) == 1
    case = case._replace(text="青禾县人民政府2021年报告\n", expect=[])
    assert not _problems(case, forms)
    assert len(_problems(case._replace(undetermined=["XX009"]), forms)) == 1


def test_a_rule_that_crashes_is_a_problem(forms: Sequence[Form]) -> None:
    problems = _problems(FINDS._replace(expect=[]), forms, [broken])
    assert any("crashed" in problem for problem in problems)


def test_rules_off_by_default_run_where_selected(forms: Sequence[Form]) -> None:
    off = county_named._replace(enabled=False)
    assert not _problems(FINDS._replace(expect=[]), forms, [off])
    assert not _problems(FINDS._replace(select=["XX001"]), forms, [off])


# -- case files ----------------------------------------------------------------------------------------

GOOD = "- {rule: XX001, name: one, kind: pass, expect: []}\n"


@pytest.mark.parametrize(
    "text",
    [
        "rule: XX001\n",
        "- XX001\n",
        "- {rule: XX001, name: one, expect: []}\n",
        "- {rule: XX001, name: one, kind: maybe, expect: []}\n",
        "- {rule: XX001, name: one, kind: pass, expect: [], sett: {}}\n",
        "- {rule: XX001, name: one, kind: pass, base: {seeds: 1}, expect: []}\n",
        "- {rule: XX001, name: one, kind: fail, expect: [{at: x}]}\n",
        "- {rule: XX001, name: one, kind: fail, expect: [{code: XX001, where: x}]}\n",
        "- {rule: XX001, name: one, kind: fail, expect: []}\n",  # a failing case that expects nothing
        "- {rule: XX001, name: one, kind: tempting, expect: [{code: XX001}]}\n",
        GOOD + GOOD,  # one name twice
    ],
)
def test_what_is_no_case_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"cases\.yaml"):
        load_cases(str(path))


def test_a_case_file(tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_cases(str(path)) == [Case("XX001", "one", "pass", expect=[])]


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
    sources = dict(variations(FINDS))
    assert {"CRLF", "BOM", "GB18030", "full-width figures", "astral character", "label noise"} == set(sources)
    assert sources["CRLF"].newline == "\r\n"
    assert sources["BOM"].bom
    assert sources["GB18030"].encoding == "gb18030"
    assert "\t５３\n" in sources["full-width figures"].text
    assert "\U00020bb7" in sources["astral character"].text
    plain = FINDS.written()
    assert (
        sources["BOM"].text == sources["GB18030"].text == sources["CRLF"].text.replace("\r\n", "\n") == plain
    )


def test_a_case_with_a_text_of_its_own(forms: Sequence[Form]) -> None:
    case = FINDS._replace(text="望川县人民政府2021年政府信息公开工作年度报告\n")
    assert not _problems(case, forms)
    assert [name for name, _ in variations(case)] == ["CRLF", "BOM", "GB18030"]


def test_a_draft_is_what_a_writer_has_before_him() -> None:
    draft = compliant("2019", "bureau", 2, "pipes")
    assert isinstance(draft, Draft)
    assert (draft.form.name, draft.level, draft.year, draft.notation) == ("2019", "bureau", 2019, "pipes")
    assert draft.render().startswith("# ")
    assert "\n## 一、总体情况\n" in draft.render()


def test_year_and_level_are_taken_as_given(forms: Sequence[Form]) -> None:
    seen: list[tuple[int | None, str | None]] = []

    @rule("XX003", "look", summary=SAYS, basis=BASIS, forms=())
    def look(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
        """Notes what it sees."""
        seen.append((report.year, report.issuer.level))
        yield Undetermined(Text(str(context.options.get("limit")), ""))

    case = FINDS._replace(expect=[], year=2023, level="city", options={"XX003": {"limit": 5}})
    assert not run(case, [look], forms)
    assert seen == [(2023, "city")]
    report = Report(Source(case.written()), forms)
    (outcome,) = lint(report, [look], case.options).outcomes
    assert outcome.reason == Text("5", "")
