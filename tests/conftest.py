"""What every test may ask for: the plugins as installed, their rules and forms."""

import importlib.util
from collections.abc import Sequence

import pytest
from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.testing import official_forms
from offices import Office, opened


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


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An environment with nianbao in it, to install plugins into; built once, so tests say what they want in it."""
    for needed in ("hatchling", "pip"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed, so nothing can be built or installed here")
    return opened(tmp_path_factory.mktemp("environment"))
