"""How verdicts are written down: one small class a format."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from nianbao.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from collections.abc import Callable

    from nianbao.reporters.display import Display
    from nianbao.run import Checked, Summary


class Reporter(Protocol):
    """Turns verdicts into text, one after the other, and closes with the whole run."""

    def document(self, checked: "Checked") -> str:
        """Return what is to be written on *checked* at once, "" for nothing yet."""

    def end(self, summary: "Summary") -> str:
        """Return what closes the output."""


class OutputFormat(NamedTuple):
    """A format of `--format`; *machine* for one that programs read, which is UTF-8 wherever it goes."""

    name: str
    about: Text
    machine: bool
    make: "Callable[[Display], Reporter]"  # the reporter of one run
    origin: str = ""  # the plugin it comes from, set when it is loaded


def _full(display: "Display") -> Reporter:
    from nianbao.reporters.full import Full

    return Full(display)


def _concise(display: "Display") -> Reporter:
    from nianbao.reporters.concise import Concise

    return Concise(display)


def _json(display: "Display") -> Reporter:
    from nianbao.reporters.json_ import Json

    return Json(display)


def _jsonl(display: "Display") -> Reporter:
    from nianbao.reporters.jsonl import JsonLines

    return JsonLines(display)


FORMATS = (
    OutputFormat("full", Text("逐条说明，供人阅读", "for people, a block for each finding"), False, _full),
    OutputFormat("concise", Text("每个问题一行", "one line a finding"), False, _concise),
    OutputFormat("json", Text("供程序读取，整体一个对象", "for programs, one object"), True, _json),
    OutputFormat("jsonl", Text("供程序读取，每行一个对象", "for programs, one object a line"), True, _jsonl),
)
