"""The hooks of a plugin, ready to be called."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from nianbao.plugins.entry_points import GROUP
from nianbao.plugins.hooks import HOOKS, Specification
from nianbao.text.language import Text

# The plugins of this program; what they add is held by its tests, so that pluggy need not be imported for them.
_OURS = ("nianbao.plugins.builtin", "nianbao_rules")
_ARGUMENTS = Text("{name} 不应有参数：{error}", "{name} takes no argument: {error}")


class HookError(Exception):
    """A hook of a plugin that cannot be called."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def hooks_of(plugin: Any, name: str) -> Mapping[str, Callable[[], list[Any]]]:
    """Return the hooks that *plugin* has, by their names; each returns the answers of its implementations.

    They are called by pluggy; those of this program directly, to the same effect. Raises HookError.
    """
    if getattr(plugin, "__name__", "") in _OURS:
        return {hook: partial(_called, getattr(plugin, hook)) for hook in HOOKS if hasattr(plugin, hook)}
    import pluggy

    manager = pluggy.PluginManager(GROUP)
    specified = pluggy.HookspecMarker(GROUP)
    for hook in HOOKS:
        specified(getattr(Specification, hook))
    manager.add_hookspecs(Specification)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise HookError(_ARGUMENTS.fill(name=name, error=str(error).split("\n")[-1].strip())) from None
    callers = {hook: getattr(manager.hook, hook) for hook in HOOKS}
    return {hook: partial(_asked, caller) for hook, caller in callers.items() if caller.get_hookimpls()}


def _called(hook: Callable[[], Any]) -> list[Any]:
    return [hook()]


def _asked(caller: Any) -> list[Any]:
    # pluggy leaves out an answer of None.
    return caller() or [None]
