"""The command line: `nianbao check`, `explain`, `rules`, `show`, `schema`."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from nianbao.language import Language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on *arguments*, sys.argv by default, and return its exit code.

    0 nothing at or above --fail-on; 1 findings; 2 usage, configuration, plugin or rule failure; 3 no
    verdict. As the console script it does not return: the process ends with that code.
    """
    if arguments is not None:
        return _run(arguments)
    # Starting makes many objects and no garbage: the collector only costs time until the first report.
    gc.disable()
    code = _run(None)
    with suppress(AttributeError, OSError, ValueError):  # no stream, or nobody reads it any more
        sys.stdout.flush()
    # Everything is written. Taking the interpreter apart object by object would take as long as a report.
    os._exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    from nianbao.cli.program import run

    return run(arguments, language(sys.argv[1:] if arguments is None else arguments))


def language(arguments: Sequence[str]) -> Language:
    """Return the language that `--lang` in *arguments* asks for, else that of the locale.

    Read before click is asked, because the help texts and the errors are in that language too. English
    only where the locale says so: the reports, the law and most who read them are Chinese.
    """
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            asked = value if equals else "".join(arguments[index + 1 : index + 2])
            return "en" if asked == "en" else "zh"
    names = ("NIANBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((value for value in map(os.environ.get, names) if value), "")
    return "en" if said.lower().replace("-", "_").partition("_")[0].partition(".")[0] == "en" else "zh"
