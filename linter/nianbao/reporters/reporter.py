"""Reporters and output formats: the types that a plugin may add."""

from typing import TYPE_CHECKING, Protocol

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from collections.abc import Callable

    from nianbao.engine.checked import Checked, Summary
    from nianbao.reporters.display import Display


class Reporter(Protocol):
    """Turns verdicts into text, one after the other, and closes with the whole run."""

    def document(self, checked: "Checked") -> str:
        """Return the output on *checked*, "" if there is none before the end."""

    def end(self, summary: "Summary") -> "str | bytes":
        """Return the end of the output; bytes in a binary format."""


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
