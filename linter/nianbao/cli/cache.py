"""`nianbao cache`: where the results of earlier runs are kept, how much it is, and their end."""

from functools import partial

from nianbao.cli.command import Command
from nianbao.cli.console import output
from nianbao.cli.errors import Misuse
from nianbao.cli.options import Argument, BadValueError, one_of
from nianbao.run.kept import Kept, cache_folder
from nianbao.text.language import Language, Text

_HELP = Text(
    "检查过的报告，内容、规则、配置都没有变，就用记下的结果，不再检查一遍；这里显示记在哪里、有多少。clear 全部删去。\n"
    "不用这些结果：check --no-cache。",
    "A report that was checked before, by the same rules and settings, is not checked again: its result is kept. This shows where, and how much; clear removes all of it.\n"
    "To do without them: check --no-cache.",
)
_WHAT, _WHATS = Text("[clear]", "[clear]"), Text("删去记下的全部结果", "remove all that is kept")
_THERE = Text("{folder}：{count} 份结果，{size} MiB", "{folder}: results {count}, {size} MiB")
_CLEARED = Text("已删去 {folder} 里的 {count} 份结果", "removed the results in {folder}: {count}")
_NONE = Text(
    "没有地方记：找不到您自己的文件夹；写明 XDG_CACHE_HOME",
    "nothing is kept, for you have no folder of your own: set XDG_CACHE_HOME",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    what = Argument("what", _WHAT.of(language), _WHATS.of(language), required=False)
    return Command("cache", language, _HELP, [what], partial(cache, language))


def cache(language: Language, *, what: str | None) -> int:
    """Write where results are kept and how much, or remove them. Raises Misuse."""
    try:
        clears = what is not None and one_of(language, "clear")(what) == "clear"
    except BadValueError as error:
        raise Misuse(str(error)) from None
    folder = cache_folder()
    if not folder:
        output().write(_NONE.of(language) + "\n")
        return 0
    kept = Kept(folder, "")
    count, size = kept.sizes()
    if clears:
        kept.clear()
    said = (_CLEARED if clears else _THERE).fill(folder=folder, count=count, size=f"{size / 2**20:.1f}")
    output().write(said.of(language) + "\n")
    return 0
