"""Standard output and error as they really are: bytes, an encoding, perhaps a terminal, perhaps closed."""

import codecs
import errno
import os
import sys
from typing import Literal, TextIO

from nianbao_grammar import patterns as re

from nianbao.reporters.display import Display, around_paint
from nianbao.text.inert import inert
from nianbao.text.language import Language

Colour = Literal["auto", "always", "never"]

_WIDTH = 100  # if no terminal gives its width
_NARROWEST, _WIDEST = 60, 120
_DOUBLE_BYTE = ("gbk", "gb2312", "gb18030", "cp936", "big5", "cp950", "big5hkscs", "hz")


class Console:
    """One of the two standard streams. An encoding error never loses a word, a closed pipe is silent.

    With *lossy*, so is a full disk, or no stream at all: what is said beside the result must not change how a command ends.
    """

    def __init__(self, stream: TextIO | None, *, lossy: bool = False) -> None:
        self.stream = stream
        self.lossy = lossy
        self.terminal = _is_terminal(stream)
        self.encoding = _encoding(getattr(stream, "encoding", None))
        self.closed = False
        self.copy: list[bytes] | None = None  # of all that is written, if it is wanted

    def write(self, text: str | bytes, encoding: str | None = None, *, colour: bool = False) -> None:
        """Write *text*: for people, or in *encoding* for programs, or bytes as they are.

        Nothing in a text for people acts on what shows it, nor on a terminal any other; with *colour* the codes of
        `Display.paint` do. Characters that the encoding lacks become `?`.
        """
        if isinstance(text, bytes) and self.terminal:
            text, encoding = text.decode("utf-8", "replace"), "utf-8"
        if isinstance(text, str) and encoding is None:
            text = around_paint(text, for_people) if colour else for_people(text)
        elif isinstance(text, str) and self.terminal:
            text = inert(text.removeprefix("\ufeff"), "\n\t")
        self._send(text.encode(encoding or self.encoding, "replace") if isinstance(text, str) else text)

    def draw(self, words: str = "") -> None:
        """Write *words* in place of the line that the cursor of a terminal is in."""
        self._send(f"\r\x1b[K{for_people(words)}".encode(self.encoding, "replace"))

    def _send(self, data: bytes) -> None:
        if self.copy is not None:
            self.copy.append(data)
        if self.closed or not data:
            return
        if self.stream is None:  # closed by whoever started the program: what it asked for goes nowhere
            if self.lossy:
                return
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        try:
            self.stream.flush()
            self.stream.buffer.write(data)
            self.stream.buffer.flush()
        except OSError as error:
            # Windows says EINVAL of a pipe whose reader has gone.
            gone = error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)
            gone |= error.errno == errno.EIO and self.terminal  # its window has been closed
            if not (gone or self.lossy):
                raise
            self._close()

    def _close(self) -> None:
        """Discard everything that is written from now on, the interpreter's last flush too."""
        self.closed = True
        assert self.stream is not None
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            pass  # a stream that is no file: the interpreter does not flush it


_COMMAND = re.compile(r"(?m)^([^\S\n]*):(?=:)")  # a line that a GitHub workflow takes for a command


def for_people(text: str) -> str:
    """Return *text*, in lines, so that nothing in it acts on a terminal or in the log of a workflow."""
    return _COMMAND.sub(r"\1\\x3a", inert(text, "\n\t"))


def output() -> Console:
    """Return standard output."""
    return Console(sys.stdout)


def errors() -> Console:
    """Return standard error."""
    return Console(sys.stderr, lossy=True)


def display(
    console: Console,
    language: Language,
    *,
    colour: Colour = "auto",
    ambiguous: int | None = None,
    verbose: bool = False,
    quiet: bool = False,
    statistics: bool = False,
) -> Display:
    """Return the display on *console*; values that are not given come from the environment and the stream."""
    return Display(
        language,
        console.encoding,
        _width(console),
        ambiguous or _ambiguous(console.encoding),
        coloured(console, colour),
        verbose,
        quiet,
        statistics,
        _here(),
    )


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # it has been removed
        return ""


def coloured(console: Console, colour: Colour) -> bool:
    """Return whether to colour: as asked, else by NO_COLOR, FORCE_COLOR, and whether it is a terminal."""
    if colour != "auto":
        return colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in ("0", "false")
    if os.name == "nt" and not any(map(os.environ.get, ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM"))):
        return False  # an old console prints the codes themselves
    return console.terminal and os.environ.get("TERM") != "dumb"


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _encoding(name: str | None) -> str:
    try:
        return codecs.lookup(name or "utf-8").name
    except LookupError:
        return "utf-8"


def _ambiguous(encoding: str) -> int:
    asked = os.environ.get("NIANBAO_AMBIGUOUS_WIDTH", "")
    if asked in ("1", "2"):
        return int(asked)
    return 2 if encoding in _DOUBLE_BYTE else 1


def _width(console: Console) -> int:
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not width and console.terminal and console.stream is not None:
        try:
            width = os.get_terminal_size(console.stream.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return min(max(width, _NARROWEST), _WIDEST) if width else _WIDTH
