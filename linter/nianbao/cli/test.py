"""`nianbao test`: the cases of rules, run and compared with what they expect."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.files.yaml_file import FileError
from nianbao.plugins.loaded import PluginError
from nianbao.plugins.loading import load
from nianbao.reporters.display import Display
from nianbao.reporters.terminal_width import aligned
from nianbao.run.resolve import Requested
from nianbao.testing.suite import Results, collect, files, run_suite, silent
from nianbao.text.language import Language, Text

_HELP = Text(
    "运行规则的用例，看每条规则是否该发现的都发现、不该发现的都不发现。\n"
    "退出码：0 全部通过；1 有用例没有通过；2 文件有误，或者没有找到用例。",
    "Runs the cases of rules: whether each finds what it must and nothing else.\n"
    "Exit code: 0 all hold; 1 a case fails; 2 a file is faulty, or there is no case.",
)
_PATH = Text("[路径…]", "[PATH…]")
_PATHS = Text(
    "*.rules.yaml、*.cases.yaml 或同名 .py 文件；文件夹（连同下级文件夹）；默认当前文件夹",
    "*.rules.yaml, *.cases.yaml or the .py of that name; folders and all below; by default the current one",
)
_COVERAGE = Text("列出没有任何用例说到的提示", "list the messages that no case has produced")
_NONE_FOUND = Text(
    "没有找到用例；用例写在 *.rules.yaml 中，或者写在规则文件旁的 *.cases.yaml 中",
    "no case was found: cases are in *.rules.yaml, or in *.cases.yaml next to a file of rules",
)
_NOT_RUN = Text(
    "是 Python 文件，还没有得到信任，没有运行", "is Python that you have not trusted, and was not run"
)
_HOW = Text(
    "先看看这个文件；信得过，加 --trust，或者写明文件名：nianbao test {path}",
    "read it; if you trust it give --trust, or name it: nianbao test {path}",
)
_KINDS = {
    "fail": Text("应发现问题", "must be found"),
    "pass": Text("应通过", "must pass"),
    "tempting": Text("貌似有误，应通过", "looks wrong, must pass"),
}
_PASSED = Text("通过 {count}", "{count} passed")
_FAILED = Text("未通过 {count}", "{count} failed")
_SUMMARY = Text(
    "{cases} 个用例：通过 {passed}，未通过 {failed}", "{cases} cases: {passed} passed, {failed} failed"
)
_FAULTY = Text("；{count} 个文件有误", "; {count} faulty files")
_ALL_SAID = Text("{path}：每条提示都有用例说到", "{path}: some case produces each message")
_UNSAID = Text("{path}：没有用例说到的提示：", "{path}: messages that no case produces:")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    paths = Argument("paths", _PATH.of(language), _PATHS.of(language), many=True, required=False)
    coverage = Option(("--coverage",), help=_COVERAGE.of(language))
    params = [paths, coverage, *settings_params(language)]
    return Command("test", language, _HELP, params, partial(test, language))


def test(language: Language, *, paths: tuple[str, ...], coverage: bool, **sought: Any) -> int:
    """Run the cases of *paths* and write their results. Raises Failure if there are none, and for a broken plugin."""
    load()  # a broken plugin stops this as it does every command
    resolver = resolver_of(Requested(**sought), language)
    named = {os.path.realpath(path) for path in paths}

    def require(python: str) -> None:
        if os.path.realpath(python) not in named and not resolver.trusts(python):
            raise PluginError(python, _NOT_RUN, _HOW.fill(path=python))

    view = display(output(), language)
    results: list[Results] = []
    faults = 0
    for path in _distinct(paths or (os.curdir,)):
        try:
            results.append(run_suite(collect(path, require)))
        except (FileError, PluginError) as error:
            complain(view.shown_lines(error.text.of(language).split("\n")))
            faults += 1
    if not any(result.judged for result in results) and not faults:
        raise Failure(_NONE_FOUND.of(language))
    blocks = [
        *(block for result in results for block in _failures(result, view)),
        _table(results, view),
        *(_coverage(result, view) for result in results if coverage),
        [_summary(results, faults, view)],
    ]
    output().write("\n\n".join(map(view.shown_lines, filter(None, blocks))) + "\n", colour=view.colour)
    failed = any(result.failed for result in results)
    return 2 if faults else 1 if failed else 0


def _distinct(paths: Sequence[str]) -> list[str]:
    """Return the files that *paths* mean, each once."""
    once = {os.path.realpath(file): file for path in reversed(paths) for file in reversed([*files(path)])}
    return [*reversed(once.values())]


def _failures(results: Results, view: Display) -> Iterator[list[str]]:
    """Yield the lines on each failed case: its place, its name and the differences."""
    path = view.shown(results.suite.path)
    colon = Text("：", ": ").of(view.language)
    for case, failure in results.judged:
        if failure is not None:
            line = view.paint(f"{path}:{case.line}" if case.line else path, "place")
            head = (
                f"{view.paint(case.rule, 'rule')} {view.say(_KINDS[case.kind])}{colon}{view.shown(case.name)}"
            )
            yield [
                f"{line} {head}",
                *(f"  {line}" for line in failure.lines(view._replace(width=view.width - 2))),
            ]


def _table(results: Sequence[Results], view: Display) -> list[str]:
    """Return a line for each file: how many of its cases hold and how many do not."""
    rows = []
    for result in results:
        failed = len(result.failed)
        counts = [_PASSED.fill(count=len(result.judged) - failed), _FAILED.fill(count=failed)]
        rows.append([view.shown(result.suite.path), *map(view.say, counts)])
    return aligned(view.ruler, rows) if rows else []


def _coverage(results: Results, view: Display) -> list[str]:
    path = results.suite.path
    missing = silent(results.suite)
    if not missing:
        return [view.say(_ALL_SAID.fill(path=path))]
    rows = [["", name, view.say(text)] for name, text in missing.items()]
    return [view.say(_UNSAID.fill(path=path)), *aligned(view.ruler, rows)]


def _summary(results: Sequence[Results], faults: int, view: Display) -> str:
    cases = sum(len(result.judged) for result in results)
    failed = sum(len(result.failed) for result in results)
    words = view.say(_SUMMARY.fill(cases=cases, passed=cases - failed, failed=failed))
    return words + (view.say(_FAULTY.fill(count=faults)) if faults else "")
