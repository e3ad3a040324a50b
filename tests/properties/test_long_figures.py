"""A figure may be as long as its line: no rule fails over it, and it is rounded like any other."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.engine.finding import OutcomeState
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.source import Source
from nianbao_rules.shared.changes import rounded

_LENGTHS = st.sampled_from((29, 60, 4301))  # more than Decimal keeps of a sum, and than int() writes
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_NUMERALS = re.compile(r"[一二三四五六七八九十百]+(?=[件条篇次项])")


@settings(max_examples=40)
@given(
    seed=st.integers(0, 50),
    digit=st.sampled_from("90一十"),
    length=_LENGTHS,
    at=st.sets(st.integers(0, 10_000), min_size=1, max_size=4),
)
def test_no_rule_fails_over_a_long_figure(
    seed: int, digit: str, length: int, at: set[int], rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    text = compliant("2021", "township", seed).render()
    places = list((_FIGURES if digit.isascii() else _NUMERALS).finditer(text)) or list(
        _FIGURES.finditer(text)
    )
    for number in sorted({each % len(places) for each in at}, reverse=True):
        place = places[number]
        text = text[: place.start()] + digit * length + text[place.end() :]
    outcomes = lint(Report(Source(text), forms), rules).outcomes
    assert [each for each in outcomes if each.state is OutcomeState.CRASHED] == []


@given(
    digits=st.integers(1, 10**60), places=st.integers(0, 4), how=st.sampled_from((ROUND_HALF_UP, ROUND_DOWN))
)
def test_rounding_is_off_by_less_than_one_in_the_last_place(digits: int, places: int, how: str) -> None:
    value = Decimal(f"{digits}E-6")
    assert abs(Fraction(rounded(value, places, how)) - Fraction(value)) < Fraction(1, 10**places)
