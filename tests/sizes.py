"""Sizes of a test: a small one for every run, a large one for runs that have the time."""

import pytest


def sized(**sizes: tuple[int, int]) -> pytest.MarkDecorator:
    """Parametrize a test by one name: its first value by default, its second under the mark slow."""
    ((name, (small, large)),) = sizes.items()
    return pytest.mark.parametrize(name, [small, pytest.param(large, marks=pytest.mark.slow)])
