"""A whole run that is the same as an earlier one: what that wrote, without a second run.

This imports next to nothing. It is for reports that are named one by one and results that go to standard output.
"""

import marshal
import os
import sys
import time

from nianbao.run.kept import Kept, digest, kept

TYPE_CHECKING = False  # that of typing
if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN_NAMES = ("nianbao.yaml", "pyproject.toml", "nianbao.waivers.yaml", "nianbao.baseline.jsonl")
_MOST = 64  # files of a run; more than these are found one by one
_SWAYING = ("NIANBAO_", "LC_", "LANG", "XDG_", "PYTHON", "COLOR", "COLUMNS", "TERM", "WT_", "ANSI", "ConEmu")
_NO, _FORCE = "NO_COLOR", "FORCE_COLOR"
_KIND, _REGULAR = 0o170000, 0o100000  # as module stat has them
_LARGEST = 8 << 20  # bytes of a report


class Again:
    """A run with *arguments*, of which nothing is kept if there are none: where it would be, and what it depends on."""

    def __init__(self, arguments: "Sequence[str]") -> None:
        self.arguments = tuple(arguments)
        self.paths: tuple[str, ...] = ()
        self.named: tuple[str, ...] = ()
        self.states = b""

    def begins(self, paths: "Sequence[str]") -> None:
        """Note the state of the reports at *paths* and of what may say how they are judged, before any of it is read."""
        self.paths = tuple(paths)
        self.states = states_of(self.paths) if self.arguments else b""

    def is_judged_by(self, named: "Sequence[str] | None") -> None:
        """Note the state of the files that settings *named* too; None if the same words may name others next time."""
        if not self.states:
            return
        same = named is not None and states_of(self.paths) == self.states
        self.named = tuple(named or ())
        self.states = states_of(self.paths, self.named) if same else b""

    def key(self, kept: Kept) -> str:
        """Return the key of the run: its arguments, where it is started, and where its output goes; "" for none."""
        try:
            asked = (self.arguments, os.getcwd(), _today(), _environment(), _streams())
        except (OSError, ValueError):  # a folder that is gone, a stream that is closed
            return ""
        return kept.key([b"run", repr(asked).encode("utf-8", "surrogatepass")])

    def replay(self) -> "int | None":
        """Write what the run wrote before and return its exit code, None if it is not known or something has changed."""
        if not self.arguments or self.arguments[0] != "check" or sys.stdout is None:
            return None
        there = kept()
        data = there.read(self.key(there)) if there is not None else None
        if data is None:
            return None
        paths, named, states, code, output = marshal.loads(data)
        if states_of(paths, named) != states:
            return None
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(output)
            sys.stdout.buffer.flush()
        except OSError:
            return None  # the run meets it again, and says what it is or is silent
        return int(code)

    def keep(self, there: Kept, code: int, output: bytes) -> None:
        """Keep *output* and *code* of the run, unless one of the files that it depends on has changed meanwhile."""
        key = self.key(there)
        if key and self.states and states_of(self.paths, self.named) == self.states:
            there.write(key, marshal.dumps((self.paths, self.named, self.states, code, output)))


def states_of(paths: "Sequence[str]", named: "Sequence[str]" = ()) -> bytes:
    """Return a digest of the reports at *paths* and of all files that say how they are judged, there or not.

    Those that settings *named* are among them. It is empty if that cannot be told: for what is no plain file of this
    user.
    """
    if len(paths) > _MOST:
        return b""
    parts: list[bytes] = []
    own: dict[str, None] = {}
    for path in paths:
        folder = os.path.dirname(os.path.abspath(path))
        while folder not in own:
            own[folder] = None
            folder = os.path.dirname(folder)
    try:
        for path in paths:
            there = os.stat(path)
            if there.st_mode & _KIND != _REGULAR or there.st_size > _LARGEST:
                return b""
            with open(path, "rb", buffering=0) as file:
                parts.append(file.read())
        for folder in own:
            parts.extend(_own(os.path.join(folder, name)) for name in _OWN_NAMES)
        for path in named:  # one that a link leads to elsewhere may be out of reach
            parts += (os.fsencode(os.path.realpath(path)), _own(path))
    except (OSError, ValueError):
        return b""
    return digest(parts)


def _own(path: str) -> bytes:
    """Return the content of the file of ours at *path*, and that it is one. Raises ValueError for one that is not plain."""
    try:
        there = os.lstat(path)
    except OSError:
        return b""
    ours = not hasattr(os, "geteuid") or there.st_uid in (0, os.geteuid())
    if there.st_mode & _KIND != _REGULAR or not ours:
        raise ValueError(path)
    with open(path, "rb", buffering=0) as file:
        return b"+" + file.read()


def _today() -> str:
    return time.strftime("%Y-%m-%d")


def _environment() -> "list[tuple[str, str]]":
    """Return the variables that may sway an output."""
    return sorted(
        (name, value)
        for name, value in os.environ.items()
        if name.startswith(_SWAYING) or name in (_NO, _FORCE)
    )


def _streams() -> "list[object]":
    """Return what is known of standard output and standard error."""
    known: list[object] = []
    for stream in (sys.stdout, sys.stderr):
        terminal = stream is not None and stream.isatty()
        columns = os.get_terminal_size(stream.fileno()).columns if terminal else 0
        known.append((getattr(stream, "encoding", None), terminal, columns))
    return known
