"""The command line: one file for each command of `nianbao`.

The one package that imports click, and only for lines that are not `plain`. Imports everything below it. What it writes goes to the screen and to files.
"""

import gc
import os
import sys

TYPE_CHECKING = False  # that of typing; what is imported here is imported before anything listens to Ctrl-C
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the program on *arguments*, sys.argv by default, and return its exit code.

    0 nothing at or above --fail-on; 1 findings; 2 usage, settings, plugin or rule failure; 3 no verdict. As
    the console script it does not return: the process ends with that code.
    """
    if arguments is not None:
        return _run(arguments)
    # Starting makes many objects and no garbage: the collector only costs time until the first report.
    gc.disable()
    try:
        code = 0 if sys.argv[1:] == ["--version"] and _showed_version() else _started()
    except KeyboardInterrupt:  # before anything was ready
        from nianbao.cli.interrupted import leave

        leave(130)
    try:  # noqa: SIM105
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):  # no stream, or no one reads it any more
        pass
    # Everything is written. Taking the interpreter apart object by object would take as long as a report.
    os._exit(code)


def version() -> str:
    """Return the line on the version."""
    from nianbao import __version__

    return f"nianbao {__version__}\n"


def _showed_version() -> bool:
    """Write the version and return True; False if it cannot be written: then `run` says why, or is silent."""
    try:
        sys.stdout.buffer.write(version().encode(sys.stdout.encoding))
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):
        return False
    return True


def _started() -> int:
    from nianbao.run.again import Again

    code = Again(sys.argv[1:]).replay()
    if code is not None:
        return code
    from nianbao.cli.interrupted import ready

    ready()
    return _run(None)


def _run(arguments: "Sequence[str] | None") -> int:
    from nianbao.cli.program import run
    from nianbao.text.locale import language

    return run(arguments, language(sys.argv[1:] if arguments is None else arguments))
