"""The language of the messages."""

import os
from collections.abc import Sequence

from nianbao.text.language import Language


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
