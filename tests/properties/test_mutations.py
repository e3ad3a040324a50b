"""One thing wrong gives exactly the findings that law and arithmetic predict, however the report is written."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import OPERATORS, Mutation, mutate
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.testing.strategies import reports
from nianbao.text.source import Source
from sizes import sized

EXAMPLES = 60
LEVELS = ("township", "bureau", "county", "city", "province", "ministry")


def mutations() -> st.SearchStrategy[tuple[str, Mutation]]:
    """Return a strategy of mutated reports, each with the name of its operator."""
    drawn = st.tuples(st.sampled_from(sorted(OPERATORS)), reports(), st.integers(0, 10**6))
    made = drawn.map(lambda d: (d[0], mutate(*d)))
    return made.filter(lambda m: m[1] is not None)  # type: ignore[return-value]


def _codes(text: str, rules: Sequence[Rule], forms: Sequence[Form]) -> tuple[str, ...]:
    return tuple(sorted(d.code for d in lint(Report(Source(text), forms), rules).diagnostics))


@settings(max_examples=EXAMPLES)
@given(drawn=mutations())
def test_one_mutation_gives_exactly_the_predicted_codes(
    drawn: tuple[str, Mutation], rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    name, mutation = drawn
    assert (name, _codes(mutation.text, rules, forms)) == (name, mutation.codes)


def _spread(seed: int) -> Draft:
    """Return the *seed*-th of a series of drafts that has every form, level and notation in turn."""
    form, level = ("2021", "2019")[seed % 2], LEVELS[seed // 2 % 6]
    return compliant(form, level, seed, ("tabs", "pipes", "bars")[seed // 12 % 3])  # type: ignore[arg-type]


@sized(step=(3, 1))
@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_every_operator_on_every_kind_of_report(
    name: str, step: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    made = [(seed, mutate(name, _spread(seed), seed)) for seed in range(0, 36, step)]
    found = {seed: (m.codes, _codes(m.text, rules, forms)) for seed, m in made if m is not None}
    assert found, "an operator that never applies shows nothing"
    assert not {seed: pair for seed, pair in found.items() if pair[0] != pair[1]}


def test_every_rule_is_predicted_by_some_operator() -> None:
    seen = {code for name in OPERATORS for seed in range(24) for code in _codes_of(name, seed)}
    # No change of a draft makes it another kind of text, one in traditional characters, two reports, or one on another year than is expected.
    elsewhere = {"DOC005", "DOC006", "DOC007", "HDR010"}
    # A draft alone has no others to be compared with: test_counties.py and test_years.py change one of several.
    alone = {rule.code for rule in load().rules if rule.enabled and not rule.beside}
    assert alone - elsewhere <= seen


def _codes_of(name: str, seed: int) -> tuple[str, ...]:
    mutation = mutate(name, _spread(seed), seed)
    return mutation.codes if mutation is not None else ()


@sized(many=(100, 1000))
def test_so_many_compliant_and_so_many_mutated(
    many: int, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    names = sorted(OPERATORS)
    wrong = []
    for seed in range(many):
        draft = _spread(seed)
        if _codes(draft.render(), rules, forms):
            wrong.append((seed, "compliant"))
        name = names[seed % len(names)]
        mutation = mutate(name, draft, seed)
        if mutation is not None and _codes(mutation.text, rules, forms) != mutation.codes:
            wrong.append((seed, name))
    assert not wrong
