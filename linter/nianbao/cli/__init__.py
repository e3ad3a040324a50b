"""The command line: one file for each command of `nianbao`.

The one package that imports click. Imports everything below it. What it writes goes to the screen and to files.
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
        from nianbao.run.again import Again

        before = Again(sys.argv[1:]).replay()
        if before is None:
            from nianbao.cli.interrupted import ready

            ready()
        code = _run(None) if before is None else before
    except KeyboardInterrupt:  # before anything was ready
        from nianbao.cli.interrupted import leave

        leave(130)
    try:  # noqa: SIM105
        sys.stdout.flush()
    except (AttributeError, OSError, ValueError):  # no stream, or no one reads it any more
        pass
    # Everything is written. Taking the interpreter apart object by object would take as long as a report.
    os._exit(code)


def _run(arguments: "Sequence[str] | None") -> int:
    from nianbao.cli.program import run
    from nianbao.text.locale import language

    return run(arguments, language(sys.argv[1:] if arguments is None else arguments))
