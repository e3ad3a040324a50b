"""How verdicts are written down: one small class a format."""

from typing import TYPE_CHECKING, Literal, Protocol, get_args

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from nianbao.reporters.display import Display
    from nianbao.run import Checked, Summary

Format = Literal["full", "concise", "json", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)
MACHINE: frozenset[Format] = frozenset({"json", "jsonl"})


class Reporter(Protocol):
    """Turns verdicts into text, one after the other, and closes with the whole run."""

    def document(self, checked: "Checked") -> str:
        """Return what is to be written on *checked* at once, "" for nothing yet."""

    def end(self, summary: "Summary") -> str:
        """Return what closes the output."""


def reporter(name: Format, display: "Display") -> Reporter:
    """Return the reporter of format *name*, imported now."""
    if name == "full":
        from nianbao.reporters.full import Full

        return Full(display)
    if name == "concise":
        from nianbao.reporters.concise import Concise

        return Concise(display)
    if name == "json":
        from nianbao.reporters.json_ import Json

        return Json(display)
    from nianbao.reporters.jsonl import JsonLines

    return JsonLines(display)
