"""Every rule held against its cases in tests/rules/*.yaml, and the cases against what they must cover."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.testing import Case, load_cases, run, variations
from nianbao.testing.coverage import said, templates, unsaid

FOLDER = Path(__file__).parent / "rules"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in load_cases(str(path))]
FAILING = [case for case in CASES if case.kind == "fail"]
RULES = {rule.code: rule for rule in load().rules}


def _id(case: Case) -> str:
    return f"{case.rule} {case.kind}: {case.name}"


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_case(case: Case, all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    assert not run(case, all_rules, forms)


@pytest.mark.parametrize("case", FAILING, ids=_id)
def test_the_way_a_report_is_written_does_not_matter(
    case: Case, all_rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    found = {way: run(case, all_rules, forms, sample) for way, sample in variations(case)}
    assert not {way: problems for way, problems in found.items() if problems}


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_has_cases(code: str) -> None:
    """One that passes, two that fail and one that looks wrong and is right."""
    kinds = Counter(case.kind for case in CASES if case.rule == code)
    assert {"pass": kinds["pass"] >= 1, "fail": kinds["fail"] >= 2, "tempting": kinds["tempting"] >= 1} == {
        "pass": True,
        "fail": True,
        "tempting": True,
    }


def test_every_case_is_held_against_all_rules() -> None:
    assert not [_id(case) for case in CASES if case.expect is None]


def test_cases_are_of_rules_that_exist() -> None:
    assert {case.rule for case in CASES} <= set(RULES)


# -- every sentence that a rule module can say is said in some case -------------------------------------

MODULES = sorted({rule.check.__module__ for rule in RULES.values()})


@pytest.fixture(scope="module")
def spoken(all_rules: Sequence[Rule], forms: Sequence[Form]) -> str:
    """Everything that is said over all cases; one that cannot be written out fails for itself."""
    return said(CASES, all_rules, forms)


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_said_in_some_case(module: str, spoken: str) -> None:
    sentences = templates([rule for rule in RULES.values() if rule.check.__module__ == module])
    assert sentences
    assert not unsaid(sentences, spoken)
