"""Mutations: each takes a compliant report, does one thing that people do wrong, and says what must be found.

What must be found is said by law and arithmetic, here, beside the change; no rule was asked.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from nianbao.testing import Draft


class Mutation(NamedTuple):
    """A report with one thing wrong, and the codes of all the findings it must give, in order of code."""

    text: str
    codes: tuple[str, ...]


# None where the draft gives no occasion for this mistake: a form, a level, a figure it needs is not there.
Operator = Callable[[Draft, Random], Mutation | None]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    """Enter *function* into the list of operators. It may change the draft it is given."""
    OPERATORS[function.__name__] = function  # type: ignore[attr-defined]
    return function


def raises(draft: Draft, *codes: str) -> Mutation:
    """Return the mutation that *draft* has become."""
    return Mutation(draft.render(), tuple(sorted(codes)))


def mutate(name: str, draft: Draft, seed: int) -> Mutation | None:
    """Return operator *name* applied to a copy of *draft*."""
    return OPERATORS[name](draft.copy(), Random(f"{name}/{seed}"))


def applicable(draft: Draft, seed: int) -> Iterator[tuple[str, Mutation]]:
    """Yield every mutation that *draft* gives occasion for, with its name."""
    for name in OPERATORS:
        mutation = mutate(name, draft, seed)
        if mutation is not None:
            yield name, mutation


from mutations import (  # noqa: E402  (each enters its operators)
    arithmetic,  # noqa: F401
    consistency,  # noqa: F401
    fees,  # noqa: F401
    items,  # noqa: F401
    preamble,  # noqa: F401
    prose,  # noqa: F401
    structure,  # noqa: F401
    sums,  # noqa: F401
)
