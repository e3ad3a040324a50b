"""Every rule checked against its cases in tests/rules/*/*.yaml, and the cases against what they must cover."""

import re
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import nianbao_rules
import pytest
from nianbao.engine.finding import Finding, OutcomeState
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.testing import Case, judge, load_cases, run, variations
from nianbao.testing.coverage import said, unsaid
from nianbao.text.language import Text

FOLDER = Path(__file__).parent
CASES = [case for path in sorted(FOLDER.glob("*/*.yaml")) for case in load_cases(str(path))]
FAILING = [case for case in CASES if case.kind == "fail" and case.vary]
RULES = {rule.code: rule for rule in load().rules}


def _id(case: Case) -> str:
    return f"{case.rule} {case.kind}: {case.name}"


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_case(case: Case, all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    """A rule that finds nothing has found that there is nothing, unless the case says that it cannot tell."""
    assert not run(case, all_rules, forms)
    if case.kind != "fail":
        outcome = next(o for o in judge(case, all_rules, forms).outcomes if o.code == case.rule)
        assert (outcome.state is OutcomeState.UNDETERMINED) == (case.rule in case.undetermined)


@pytest.mark.parametrize("case", FAILING, ids=_id)
def test_the_way_a_report_is_written_does_not_matter(
    case: Case, all_rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    found = {way: run(case, all_rules, forms, sample) for way, sample in variations(case)}
    assert not {way: problems for way, problems in found.items() if problems}


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_has_cases(code: str) -> None:
    """One that passes, two that fail and one that looks wrong and is right, each checked against all rules."""
    kinds = Counter(case.kind for case in CASES if case.rule == code and case.expect is not None)
    assert {"pass": kinds["pass"] >= 1, "fail": kinds["fail"] >= 2, "tempting": kinds["tempting"] >= 1} == {
        "pass": True,
        "fail": True,
        "tempting": True,
    }


@pytest.mark.parametrize("family", nianbao_rules.FAMILIES, ids=lambda family: family.PREFIX)
def test_code_name_file_and_cases_lead_to_each_other(family: ModuleType) -> None:
    """The folder begins as the prefix does and has its letters in their order; files are named after rules."""
    folder = family.__name__.rpartition(".")[2]
    rules = [rule for rule in RULES.values() if rule.family == family.PREFIX]
    names = sorted(rule.name.replace("-", "_") for rule in rules)

    assert re.match(".*".join(family.PREFIX), folder.upper())
    assert [f"{family.__name__}.{rule.name.replace('-', '_')}" for rule in rules] == [
        rule.check.__module__ for rule in rules
    ]
    assert sorted(path.stem for path in (FOLDER / folder).iterdir()) == names
    for rule in rules:
        assert (getdoc(import_module(rule.check.__module__)) or "").startswith(f"{rule.code} {rule.name}.")
        cases = load_cases(str(FOLDER / folder / f"{rule.name.replace('-', '_')}.yaml"))
        assert {case.rule for case in cases} == {rule.code}


def test_cases_are_of_rules_that_exist() -> None:
    assert {case.rule for case in CASES} <= set(RULES)


# -- every sentence that a module of the rules can say is said in some case -----------------------------

SENTENCES = {
    module.name: {
        name: value
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, Text) and name != "TITLE"
    }
    for module in walk_packages(nianbao_rules.__path__, "nianbao_rules.")
}


@pytest.fixture(scope="module")
def spoken(all_rules: Sequence[Rule], forms: Sequence[Form]) -> str:
    """Everything that is said over all cases; one that cannot be written out fails for itself."""
    return said(CASES, all_rules, forms)


def test_the_rules_have_sentences() -> None:
    """Each rule has one, or takes it from what its family shares."""
    assert sum(map(len, SENTENCES.values())) > len(RULES)


@pytest.mark.parametrize("module", [module for module, sentences in SENTENCES.items() if sentences])
def test_every_sentence_is_said_in_some_case(module: str, spoken: str) -> None:
    assert not unsaid(SENTENCES[module], spoken)


# -- every rule that offers a fix has a case that says what comes of it, and so with what it marks beside -------


@pytest.fixture(scope="module")
def findings(all_rules: Sequence[Rule], forms: Sequence[Form]) -> list[tuple[Case, Finding]]:
    """What each rule finds in its own cases."""
    verdicts = [(case, judge(case, all_rules, forms)) for case in FAILING]
    return [
        (case, d.finding) for case, verdict in verdicts for d in verdict.diagnostics if d.code == case.rule
    ]


def test_every_rule_that_offers_a_fix_has_a_case_that_says_what_comes_of_it(
    findings: Sequence[tuple[Case, Finding]],
) -> None:
    """One for its safe fixes, one for its unsafe ones."""
    offered = {(case.rule, finding.fix.safe) for case, finding in findings if finding.fix is not None}
    held = {(case.rule, not case.unsafe) for case in FAILING if case.fixed}

    assert offered
    assert sorted(offered - held) == []


def test_every_rule_that_marks_words_beside_has_a_case_that_says_which(
    findings: Sequence[tuple[Case, Finding]],
) -> None:
    marking = {case.rule for case, finding in findings if finding.related}
    held = {
        case.rule
        for case in FAILING
        for wanted in case.expect or ()
        if wanted["code"] == case.rule and wanted.get("related")
    }

    assert marking
    assert sorted(marking - held) == []
