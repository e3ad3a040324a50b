"""A report on standard input."""

import sys

from nianbao.readers.limits import MOST_BYTES
from nianbao.run.linter import TOO_LARGE, Input
from nianbao.text.language import Text

_CLOSED = Text("没有输入", "there is no input")


def standard_input(name: str = "<stdin>") -> Input:
    """Return what is on standard input, called *name*: it is read to its end, or until it is more than a report."""
    if sys.stdin is None:
        return Input(name, error=_CLOSED)
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return Input(name, error=TOO_LARGE)
    return Input(name, data=data)
