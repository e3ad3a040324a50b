"""A plugin whose hook is misspelt: nianbao_add_rule, where the hook is nianbao_add_rules."""

from collections.abc import Sequence

from nianbao.api import Plugin, Rule, hookimpl

nianbao_plugin = Plugin(prefixes=("BR",))


@hookimpl
def nianbao_add_rule() -> Sequence[Rule]:
    """Return nothing, to no one."""
    return []
