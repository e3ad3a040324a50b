"""The national rules: one module a family, loaded through the same entry point as any county's."""

from collections.abc import Mapping, Sequence
from typing import Any

from nianbao.api import Plugin, Profile, Rule, Text, hookimpl, official_forms

nianbao_plugin = Plugin(
    prefixes=("ART", "DOC", "FEE", "HDR", "NUM", "PER", "PRB", "PRV", "SEC", "SUM", "TXT", "TYP")
)


@hookimpl
def nianbao_add_rules() -> Sequence[Rule]:
    """Return the rules of every family."""
    from nianbao_rules import (
        arithmetic,
        article20,
        consistency,
        document,
        fees,
        header,
        period,
        privacy,
        problems,
        sections,
        sums,
        wording,
    )

    families = (
        *(article20, document, header, period, privacy, problems, sections, sums, wording),
        *(arithmetic, consistency, fees),
    )
    return [value for family in families for value in vars(family).values() if isinstance(value, Rule)]


@hookimpl
def nianbao_add_forms() -> Sequence[Mapping[str, Any]]:
    """Return the official forms."""
    return official_forms()


@hookimpl
def nianbao_add_profiles() -> Sequence[Profile]:
    """Return the two profiles that every county can build upon."""
    return (
        Profile("national", Text("全国的规则，按各自的依据定程度", "the national rules as they are"), {}),
        Profile(
            "strict",
            Text(
                "再加默认不启用的规则；有警告时退出码也为 1",
                "the rules that are off by default too; warnings fail the run",
            ),
            {"extend-select": ["HDR005", "SEC007"], "fail-on": "warning"},
        ),
    )
