"""Errors that end a command, in the language of the user."""

import click

from nianbao.text.language import Language, Text

_DID_YOU_MEAN = Text("，是不是 {nearest}？", "; did you mean {nearest}?")


class Misuse(click.UsageError):
    """The command cannot be run as it was called; the message is in the user's language."""


class Failure(click.ClickException):
    """A plugin, a file to write or a process of ours failed; the message is in the user's language."""

    exit_code = 2


def did_you_mean(nearest: str, language: Language) -> str:
    """Return the words that suggest *nearest*, "" if there is none."""
    return _DID_YOU_MEAN.fill(nearest=nearest).of(language) if nearest else ""
