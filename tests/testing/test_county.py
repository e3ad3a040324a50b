"""A county that is made to test with: its organs have names of their own, and its figures are their sums."""

from decimal import Decimal

import pytest
from nianbao.report.issuer import infer
from nianbao.testing import compliant_county


def test_each_figure_of_the_county_is_the_sum_of_those_of_its_organs() -> None:
    county = compliant_county(20, seed=3)
    for address, text in county.parent.cells.items():
        assert Decimal(text) == sum(Decimal(draft.cells[address]) for draft in county.members)


def test_the_organs_have_names_of_their_own_and_levels_that_these_show() -> None:
    county = compliant_county(3000)
    organs = {draft.organ: draft for draft in county.members}
    assert len(organs) == 3000
    assert all(infer(organ).level == draft.level for organ, draft in organs.items())
    assert {draft.year for draft in county.members} == {county.parent.year}


def test_more_organs_than_there_are_names_for_are_refused() -> None:
    with pytest.raises(ValueError, match="4000 members"):
        compliant_county(4000)
