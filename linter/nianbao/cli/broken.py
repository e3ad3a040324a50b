"""What a command that only shows says of a plugin that it has to do without."""

from collections.abc import Callable

from nianbao.cli.command import complain
from nianbao.plugins.loaded import PluginError
from nianbao.text.language import Language, Text

_WITHOUT = Text(
    "警告：不用有误的插件或规则文件 {cause}", "Warning: done without a broken plugin or rule file: {cause}"
)


def warning(language: Language) -> Callable[[PluginError], None]:
    """Return what says, in one line on standard error, which plugin or file of rules is left out and why."""

    def warn(fault: PluginError) -> None:
        first, *others = fault.text.of(language).split("\n")
        more = Text("；", "; ").of(language)
        # Of several faults the last line is their number.
        cause = f"{first}{more}{others[-1]}" if others else first
        complain(_WITHOUT.fill(cause=cause).of(language))

    return warn
