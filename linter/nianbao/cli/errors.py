"""Errors that end a command, in the language of the user."""

from nianbao.text.language import Language, Text

_DID_YOU_MEAN = Text("，是不是 {nearest}？", "; did you mean {nearest}?")


class CommandError(Exception):
    """What ends a command; the message is in the user's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Failure(CommandError):  # noqa: N818  (a word of the commands)
    """A plugin, a file to write or a process of ours failed."""


class Misuse(CommandError):  # noqa: N818
    """The command cannot be run as it was called; *usage* are the lines on how it is called."""

    def __init__(self, message: str, usage: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.usage = usage


def did_you_mean(nearest: str, language: Language) -> str:
    """Return the words that suggest *nearest*, "" if there is none."""
    return _DID_YOU_MEAN.fill(nearest=nearest).of(language) if nearest else ""
