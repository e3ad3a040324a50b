"""The national rules: one module a family, loaded through the same entry point as any county's."""

from collections.abc import Mapping, Sequence
from typing import Any

from nianbao.api import Rule, hookimpl, official_forms


@hookimpl
def nianbao_add_rules() -> Sequence[Rule]:
    """Return the rules of every family."""
    from nianbao_rules import article20, document, header, period, sections, sums, wording

    families = (article20, document, header, period, sections, sums, wording)
    return [value for family in families for value in vars(family).values() if isinstance(value, Rule)]


@hookimpl
def nianbao_add_forms() -> Sequence[Mapping[str, Any]]:
    """Return the official forms."""
    return official_forms()
