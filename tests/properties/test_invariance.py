"""What may change without a finding changing: places, the ways of writing, and blanks that stay open."""

import sys
from collections.abc import Sequence
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import OPERATORS, mutate
from nianbao.engine.finding import Severity
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.engine.verdict import Verdict
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant, noisy
from nianbao.testing.strategies import reports
from nianbao.text.source import Source

EXAMPLES = 40
NEUTRAL = "各乡镇、各部门按月更新目录，发布前逐条核对。"
GROWTH = 2.3  # twice the text, about twice the steps: a quadratic part that matters would show


def _verdict(text: str, rules: Sequence[Rule], forms: Sequence[Form]) -> Verdict:
    return lint(Report(Source(text), forms), rules)


@settings(max_examples=EXAMPLES)
@given(
    name=st.sampled_from(sorted(OPERATORS)),
    draft=reports(),
    seed=st.integers(0, 10**6),
    blank=st.integers(1, 9),
)
def test_fingerprints_stay_when_lines_move(
    name: str, draft: Draft, seed: int, blank: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    mutation = mutate(name, draft, seed)
    text = mutation.text if mutation is not None else draft.render()
    overview = draft.section("overview").paragraphs[0]
    moved = "\n" * blank + text.replace(overview, f"{overview}{NEUTRAL}\n{NEUTRAL[:-1]}，并登记台账。", 1)
    before, after = (
        [(d.code, d.address, d.fingerprint) for d in _verdict(t, rules, forms).diagnostics]
        for t in (text, moved)
    )
    assert before == after
    assert len({fingerprint for _, _, fingerprint in before}) == len(before)


@settings(max_examples=EXAMPLES)
@given(draft=reports(), data=st.data())
def test_blanks_never_make_an_error(
    draft: Draft, data: st.DataObject, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    """A cell not filled in may be any count, so no sum fails for it, whatever the notation has lost."""
    for address in data.draw(st.lists(st.sampled_from(sorted(draft.cells)), max_size=40)):
        draft.set(address, "")
    found = _verdict(draft.render(), rules, forms).diagnostics
    assert not [f"{d.code} {d.finding.message.zh}" for d in found if d.severity is Severity.ERROR]


@settings(max_examples=EXAMPLES)
@given(draft=reports(), more=st.integers(1, 9))
def test_noise_in_labels_hides_nothing(
    draft: Draft, more: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    """A wrong figure is found in a table of careless labels as in one of clean ones."""
    for address in ("applications/received/total", "review/cases/review_total"):
        draft.set(address, str(int(draft.cells[address]) + more))
    clean, careless = (
        [(d.code, d.address) for d in _verdict(d.render(), rules, forms).diagnostics]
        for d in (draft, noisy(draft))
    )
    assert clean == careless
    assert {"SUM001", "SUM004"} <= {code for code, _ in clean}


def _steps(text: str, rules: Sequence[Rule], forms: Sequence[Form]) -> int:
    """Return how many calls, of Python functions and of C, it takes to lint *text*."""
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        _verdict(text, rules, forms)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "sign",
    [
        "一、总体情况\n",
        "（一）主动公开方面。\n",
        "\t0\n",
        "\t规章\n\t0\n\n",
        "| 0 ",
        "| 规章 | 0 |\n",
        "|\n0\n",
        "|\n",
        "\n",
        "2021年1月1日至",
        "由总体情况、",
        "“三安全",
        "本年公开政府信息3条。",
        "政务信心，截止",
        "XX县",
        "1",
        "(",
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(
    sign: str, all_rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    """Regular expressions count as one step; `tests.bench all` times them."""
    head = "青禾县人民政府2021年政府信息公开工作年度报告\n一、总体情况\n"
    # What is kept of labels is kept for both; of paragraphs nothing is, for each has another length.
    first, once, twice = (head + sign * (size // len(sign)) for size in (600, 6_000, 12_000))
    _verdict(first, all_rules, forms)
    assert _steps(twice, all_rules, forms) < GROWTH * _steps(once, all_rules, forms) + 1000


def test_a_whole_report_twice_over(all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    text = compliant().render()
    _verdict(text, all_rules, forms)
    twice, four_times = "\n" + text * 2, "\n\n" + text * 4
    assert _steps(four_times, all_rules, forms) < GROWTH * _steps(twice, all_rules, forms)
