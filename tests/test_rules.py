"""Every rule held against its cases in tests/rules/*.yaml, and the cases against what they must cover."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from nianbao.engine import Verdict
from nianbao.form import Form
from nianbao.language import Text
from nianbao.plugins import load
from nianbao.rule import Rule
from nianbao.testing import Case, CaseError, judge, load_cases, run, variations

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
    found = {name: run(case, all_rules, forms, source) for name, source in variations(case)}
    assert not {name: problems for name, problems in found.items() if problems}


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_has_cases(code: str) -> None:
    """One that passes, two that fail and one that looks wrong and is right."""
    kinds = Counter(case.kind for case in CASES if case.rule == code)
    assert {"pass": kinds["pass"] >= 1, "fail": kinds["fail"] >= 2, "tempting": kinds["tempting"] >= 1} == {
        "pass": True,
        "fail": True,
        "tempting": True,
    }


def test_cases_are_of_rules_that_exist() -> None:
    assert {case.rule for case in CASES} <= set(RULES)


# -- every sentence that a rule module can say is said in some case -------------------------------------

MODULES = sorted({rule.check.__module__ for rule in RULES.values()})


def _spoken(verdict: Verdict) -> Iterator[str]:
    for diagnostic in verdict.diagnostics:
        finding = diagnostic.finding
        yield finding.message.zh
        yield finding.help.zh
        yield from (related.label.zh for related in finding.related)
        if finding.fix is not None:
            yield finding.fix.title.zh
    yield from (outcome.reason.zh for outcome in verdict.outcomes if outcome.reason is not None)


@pytest.fixture(scope="module")
def spoken(all_rules: Sequence[Rule], forms: Sequence[Form]) -> str:
    """Everything that is said over all cases; one that cannot be written out fails for itself."""
    said: list[str] = []
    for case in CASES:
        with suppress(CaseError, KeyError):
            said.extend(_spoken(judge(case, all_rules, forms)))
    return "\n".join(said)


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_said_in_some_case(module: str, spoken: str) -> None:
    sentences = {name: v.zh for name, v in vars(sys.modules[module]).items() if isinstance(v, Text)}
    assert not {name: zh for name, zh in sentences.items() if not _pattern(zh).search(spoken)}


def _pattern(template: str) -> re.Pattern[str]:
    """Return what a filled-in *template* looks like; `{{` is a field of a template made from this one."""
    return re.compile(".*?".join(map(re.escape, re.split(r"\{+\w*\}+", template))))
