"""The language of the messages."""

import os
from collections.abc import Sequence

from nianbao.text.language import Language


def language(arguments: Sequence[str]) -> Language:
    """Return the language that `--lang` in *arguments* asks for, else that of the locale.

    Read before click parses the arguments, because help and errors are in that language too. It is English
    only if the locale is: the reports, the law and most readers are Chinese.
    """
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value if equals else "".join(arguments[index + 1 : index + 2])
            return "en" if wanted == "en" else "zh"
    names = ("NIANBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for value in map(os.environ.get, names) if value), "")
    return "en" if locale.lower().replace("-", "_").partition("_")[0].partition(".")[0] == "en" else "zh"
