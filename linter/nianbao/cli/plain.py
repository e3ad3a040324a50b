"""Command lines that can be read without click, which takes as long to import as ten reports to check."""

import os
from collections.abc import Sequence
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.options import HELP, Argument, BadValueError, Option

_OF_A_SHELL = frozenset("*?[~$%")  # Windows leaves these to the program: click fills them in


def plain(command: Command, words: Sequence[str]) -> dict[str, Any] | None:
    """Return what *words* give *command*, as click would; None for those that are not plain: click reads them.

    Plain are options written apart from their values, and paths; no error is.
    """
    if os.name == "nt" and not _OF_A_SHELL.isdisjoint("".join(words)):
        return None
    options = {name: param for param in command.params if isinstance(param, Option) for name in param.names}
    given: dict[str, list[str]] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            continue
        option = options.get(word)
        value = next(left, "-") if option is not None and option.word else ""
        if option is None or option.names == HELP or value.startswith("-"):
            return None
        given.setdefault(option.name, []).append(value)
    values = _arguments([param for param in command.own if isinstance(param, Argument)], rest)
    if values is None:
        return None
    try:
        for option in options.values():
            own = given.get(option.name, ())
            read = option.read(own) if option.word else bool(own)
            if option.kept:
                values[option.name] = read
    except BadValueError:
        return None
    return values


def _arguments(arguments: Sequence[Argument], words: Sequence[str]) -> dict[str, Any] | None:
    """Return the values of *arguments*, None if the *words* are too few or too many for them."""
    values: dict[str, Any] = {}
    for place, argument in enumerate(arguments):
        own = words[place:] if argument.many else words[place : place + 1]
        if argument.required and not own:
            return None
        values[argument.name] = tuple(own) if argument.many else own[0] if own else None
    singles = [argument for argument in arguments if not argument.many]
    return values if len(words) <= len(singles) or len(singles) < len(arguments) else None
