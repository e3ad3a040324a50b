"""Reporters and output formats: the types that a plugin may add."""

from typing import TYPE_CHECKING, Any, Protocol

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from collections.abc import Callable, Iterator

    from nianbao.engine.checked import Checked, Summary
    from nianbao.reporters.display import Display


class Reporter(Protocol):
    """Turns verdicts into text, one after the other, and closes with the whole run."""

    def document(self, checked: "Checked") -> str:
        """Return the output on *checked*, "" if there is none before the end."""

    def end(self, summary: "Summary") -> "str | bytes":
        """Return the end of the output; bytes in a binary format."""


class PartReporter(Protocol):
    """A reporter whose part on a file is made where the file is judged, perhaps in another process.

    The parts are put together, in the order of the files, where the output is written.
    """

    def part(self, checked: "Checked") -> Any:
        """Return what the output needs of *checked*, in plain values; the reporter remains as it is."""

    def put(self, part: Any) -> str:
        """Take the *part* on the next file and return what may be written by now."""

    def end(self, summary: "Summary") -> "Iterator[str | bytes]":
        """Return the end of the output, piece by piece; bytes in a binary format."""


class Whole:
    """A reporter that is given whole results; its part on a file is all that is known of it."""

    def __init__(self, reporter: Reporter | None) -> None:
        """Take the reporter; a copy in another process has none and needs none."""
        self.reporter = reporter

    def __reduce__(self) -> "tuple[type[Whole], tuple[None]]":
        return Whole, (None,)

    def part(self, checked: "Checked") -> "Checked":
        """Return *checked*."""
        return checked

    def put(self, part: "Checked") -> str:
        """Return the output on the next file."""
        assert self.reporter is not None
        return self.reporter.document(part)

    def end(self, summary: "Summary") -> "Iterator[str | bytes]":
        """Return the end of the output."""
        assert self.reporter is not None
        return iter((self.reporter.end(summary),))


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
    make: "Callable[[Display], Reporter | PartReporter]"  # the reporter of one run
    origin: str = ""  # the plugin it comes from, set when it is loaded
    binary: bool = False

    def reporter(self, display: "Display") -> PartReporter:
        """Return the reporter of one run. Raises UnavailableError."""
        made: Any = self.make(display)
        return made if hasattr(made, "part") else Whole(made)
