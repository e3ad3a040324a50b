"""Each cell of a table has its figure or is said to be unread, whatever was lost, added or marked in the file."""

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.engine.selection import Selection
from nianbao.report.issuer import LEVELS
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.settings import Settings
from nianbao.testing import Draft, compliant
from nianbao.testing.strategies import reports
from rendering.grids import content
from rendering.outcome import Outcome, outcome
from rendering.variants import VARIANTS, Variant
from sizes import sized

# What is not read as it should be: what goes wrong. What is mended goes from here, and a test says so.
NOT_YET: dict[str, str] = {}
READ = [variant for variant in VARIANTS if variant.name not in NOT_YET]
SIZES = {"small": (0, 9), "large": (1000, 99999)}


@cache
def _judging() -> Linter:
    return linter(Settings())


@cache
def _reading() -> Linter:
    """The linter whose rules say what went unread, and no more: of figures at random all others are right."""
    return linter(Settings(selections=(Selection(select=("DOC002", "ART007", "SUM005", "SUM008")),)))


def _of(variant: Variant, draft: Draft, by: Linter) -> Outcome:
    blocks = content(draft)
    assert blocks is not None
    verdict = by.check(Input(f"report{variant.suffix}", data=variant.write(blocks))).verdict
    assert verdict is not None
    # What is said to be unread makes exit code 3, and nothing else does.
    assert verdict.judged != any(found.code == "DOC002" for found in verdict.diagnostics)
    return outcome(draft, verdict, variant.right)


def _holds(variant: Variant, draft: Draft) -> bool:
    done = _of(variant, draft, _judging())
    other = _of(variant, _with_figures(draft, "large", 0), _reading())
    return (done.whole if variant.whole else done.lawful) and not (other.wrong or other.lost)


def _with_figures(draft: Draft, size: str, seed: int) -> Draft:
    """Return *draft* with other figures, all different if they are large: no sum holds, and a swap shows."""
    rng = Random(seed)
    low, high = SIZES[size]
    many = len(draft.cells)
    figures = (
        rng.sample(range(low, high), many) if high - low > many else rng.choices(range(low, high), k=many)
    )
    other = draft.copy()
    other.cells.update(zip(draft.cells, map(str, figures), strict=True))
    return other


@pytest.mark.parametrize("variant", READ, ids=lambda variant: variant.name)
@sized(examples=(2, 40))
def test_cells_have_their_figures_or_are_named(variant: Variant, examples: int) -> None:
    """Nothing else is found in a report that is right; of most variants every cell has its figure."""

    @settings(max_examples=examples, derandomize=True)
    @given(draft=reports(notation="tabs"))
    def holds(draft: Draft) -> None:
        done = _of(variant, draft, _judging())
        assert not done.wrong
        assert not done.lost
        assert not done.false
        assert not (variant.whole and done.named)

    holds()


@pytest.mark.parametrize("variant", READ, ids=lambda variant: variant.name)
@sized(examples=(1, 20))
def test_no_cell_has_the_figure_of_another(variant: Variant, examples: int) -> None:
    @settings(max_examples=examples, derandomize=True)
    @given(draft=reports(notation="tabs"), size=st.sampled_from(sorted(SIZES)), seed=st.integers(0, 10**6))
    def holds(draft: Draft, size: str, seed: int) -> None:
        done = _of(variant, _with_figures(draft, size, seed), _reading())
        assert not done.wrong
        assert not done.lost

    holds()


@pytest.mark.parametrize("variant", [v for v in VARIANTS if v.name in NOT_YET], ids=lambda v: v.name)
def test_what_is_read_by_now_is_no_longer_listed(variant: Variant) -> None:
    """If this fails, the variant is read: take it out of NOT_YET."""
    drafts = [compliant(("2021", "2019")[seed % 2], LEVELS[seed % len(LEVELS)], seed) for seed in range(4)]
    assert not all(_holds(variant, draft) for draft in drafts)


def test_every_variant_has_a_name_of_its_own() -> None:
    names = [variant.name for variant in VARIANTS]
    assert len(names) == len(set(names))
    assert NOT_YET.keys() <= set(names)
