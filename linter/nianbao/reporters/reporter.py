"""What a reporter and an output format are."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from nianbao.text.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from collections.abc import Callable

    from nianbao.engine.checked import Checked, Summary
    from nianbao.reporters.display import Display


class Reporter(Protocol):
    """Turns verdicts into text, one after the other, and closes with the whole run."""

    def document(self, checked: "Checked") -> str:
        """Return what is to be written on *checked* at once, "" for nothing yet."""

    def end(self, summary: "Summary") -> "str | bytes":
        """Return what closes the output, bytes in a format that is binary."""


class UnavailableError(Exception):
    """A format that cannot be written here; the reason says what to install."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class OutputFormat(NamedTuple):
    """A format of `--format`; *machine* for one that programs read, which is UTF-8 wherever it goes.

    *binary* for one that is no text: it goes into a file only. *make* may raise UnavailableError.
    """

    name: str
    about: Text
    machine: bool
    make: "Callable[[Display], Reporter]"  # the reporter of one run
    origin: str = ""  # the plugin it comes from, set when it is loaded
    binary: bool = False
