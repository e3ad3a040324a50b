"""Standard output and error as they really are: bytes, an encoding, perhaps a terminal, perhaps closed."""

import codecs
import errno
import os
import sys
from typing import Literal, TextIO

from nianbao.reporters.display import Display
from nianbao.text.language import Language

Colour = Literal["auto", "always", "never"]

_WIDTH = 100  # if no terminal gives its width
_NARROWEST, _WIDEST = 60, 120
_DOUBLE_BYTE = ("gbk", "gb2312", "gb18030", "cp936", "big5", "cp950", "big5hkscs", "hz")


class Console:
    """One of the two standard streams. An encoding error never loses a word, a closed pipe is silent.

    With *lossy*, so is a full disk: what is said beside the result must not change how a command ends.
    """

    def __init__(self, stream: TextIO | None, *, lossy: bool = False) -> None:
        self.stream = stream
        self.lossy = lossy
        self.terminal = _is_terminal(stream)
        self.encoding = _encoding(getattr(stream, "encoding", None))
        self.closed = stream is None

    def write(self, text: str | bytes, encoding: str | None = None) -> None:
        """Write *text* in *encoding*, the console's own by default; characters that it lacks become `?`."""
        if self.closed or not text or self.stream is None:
            return
        data = text.encode(encoding or self.encoding, "replace") if isinstance(text, str) else text
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
    )


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
