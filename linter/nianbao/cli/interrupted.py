"""What is said when a signal ends the program."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from nianbao.run.stopping import leave_at_once
from nianbao.text.language import Language, Text
from nianbao.text.locale import language

_INTERRUPTED = Text("已中断", "interrupted")
_CLOSING = Text("已中断，正在写完已经检查的", "interrupted, writing what was judged")


def words(language: Language, *, closing: bool = False) -> str:
    """Return the line that says so, with *closing* that something is written yet; a terminal has shown ^C by then."""
    return "\n" * _terminal() + (_CLOSING if closing else _INTERRUPTED).of(language)


def ready() -> None:
    """Have a signal end the program at once, with that line, until a command begins."""
    leave_at_once(_line())


def leave(code: int) -> NoReturn:
    """Say that line and end the program with *code*."""
    with suppress(OSError):
        os.write(2, _line())
    os._exit(code)


def _line() -> bytes:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    return f"{words(language(sys.argv[1:]))}\n".encode(encoding, "replace")


def _terminal() -> bool:
    with suppress(OSError):
        return os.isatty(2)
    return False
