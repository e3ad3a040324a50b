"""What every test may ask for: the plugins as installed, their rules and forms."""

from collections.abc import Sequence

import pytest
from nianbao.form import Form
from nianbao.plugins import load
from nianbao.rule import Rule
from nianbao.testing import official_forms


@pytest.fixture(scope="session")
def all_rules() -> Sequence[Rule]:
    """Every rule that an installed plugin adds, those off by default among them."""
    return load().rules


@pytest.fixture(scope="session")
def rules(all_rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules that run by default."""
    return [rule for rule in all_rules if rule.enabled]


@pytest.fixture(scope="session")
def forms() -> Sequence[Form]:
    return official_forms()
