"""The hooks of our own plugins are called to the same effect as pluggy calls those of any other."""

import subprocess
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import nianbao_rules
import pluggy
import pytest
from nianbao.plugins import builtin
from nianbao.plugins.asking import HookError, hooks_of
from nianbao.plugins.entry_points import GROUP
from nianbao.plugins.hooks import HOOKS, hookimpl


@pytest.mark.parametrize("options", [{}, {"tryfirst": True}, {"specname": "nianbao_add_rules"}])
def test_a_function_is_marked_as_pluggy_marks_it(options: dict[str, Any]) -> None:
    def ours() -> None: ...
    def theirs() -> None: ...

    if options:
        hookimpl(**options)(ours)
        pluggy.HookimplMarker(GROUP)(**options)(theirs)
    else:
        hookimpl(ours)
        pluggy.HookimplMarker(GROUP)(theirs)

    assert vars(ours) == vars(theirs)


@pytest.mark.parametrize("plugin", [builtin, nianbao_rules])
def test_ours_answer_what_they_answer_to_pluggy(plugin: ModuleType) -> None:
    """Under another name they are a plugin like any other."""
    other = SimpleNamespace(**{name: value for name, value in vars(plugin).items() if name != "__name__"})
    ours, by_pluggy = hooks_of(plugin, "ours"), hooks_of(other, "other")

    assert set(ours) == set(by_pluggy) <= set(HOOKS)
    for hook, answers in ours.items():
        assert answers() == by_pluggy[hook]()


def test_a_hook_with_an_argument_cannot_be_called() -> None:
    @hookimpl
    def nianbao_add_rules(report: object) -> None: ...

    with pytest.raises(HookError, match="takes no argument"):
        hooks_of(SimpleNamespace(nianbao_add_rules=nianbao_add_rules), "qinghe")


def test_pluggy_is_not_imported_for_ours() -> None:
    code = "import sys; from nianbao.plugins.loading import load; load(); print('pluggy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout == "False\n"
