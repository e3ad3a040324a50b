"""A command in one language: what it takes, its help, and how it is run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.cli.console import display, errors, output
from nianbao.cli.errors import CommandError, Misuse
from nianbao.cli.options import Argument, Option, common_options
from nianbao.reporters.display import Display
from nianbao.run.stopping import stop_in_order
from nianbao.text.language import Language, Text

_USAGE = Text("用法：", "Usage: ")
_TRY = Text("说明见 {path} --help", "Try {path} --help")
_OPTIONS_WORD = Text("[选项]", "[OPTIONS]")
_COMMAND_WORD = Text("命令", "COMMAND")
_ARGUMENTS = Text("参数：", "Arguments:")
_OPTIONS = Text("选项：", "Options:")
_COMMANDS_HEAD = Text("命令：", "Commands:")
_LEFT = 30

Params = Sequence[Option | Argument]


class Command(NamedTuple):
    """A command: what it takes beside the common options, and what it does, which returns the exit code."""

    name: str
    language: Language
    help: Text
    own: Params
    does: Callable[..., int]

    @property
    def params(self) -> Params:
        """All that it takes, in the order of its help."""
        return [*self.own, *common_options(self.language)]

    def run(self, path: str, values: Mapping[str, Any]) -> int:
        """Run the command, called by *path*, and return its exit code.

        Raises Misuse or Failure for settings, plugins and names of rules that are wrong too.
        """
        stop_in_order()
        try:
            return self.does(**values)
        except Misuse as misuse:
            raise Misuse(misuse.message, usage(self, path)) from None
        except (CommandError, OSError):
            raise
        except Exception as error:
            from nianbao.cli.failures import reported  # read only if something is wrong

            failure = reported(error, self.language)
            if failure is None:
                raise
            if isinstance(failure, Misuse):
                failure.usage = usage(self, path)
            raise failure from None


class Group(NamedTuple):
    """A command that has commands of its own: *table* has a line on each, *make* makes one when it is called.

    *guess* says what is meant by words of which the first is no command, "" if it cannot tell.
    """

    name: str
    language: Language
    help: Text
    table: Mapping[str, Text]
    make: Callable[[str], "Command | Group"]
    own: Params = ()
    guess: Callable[[Sequence[str]], str] = lambda words: ""

    @property
    def params(self) -> Params:
        """All that it takes, in the order of its help."""
        return [*self.own, *common_options(self.language)]


def usage(command: Command | Group, path: str) -> tuple[str, ...]:
    """Return the lines of an error on how *command*, called by *path*, is called."""
    return _usage(command, path), _TRY.fill(path=path).of(command.language)


def _usage(command: Command | Group, path: str) -> str:
    language = command.language
    words = [param.word for param in command.own if isinstance(param, Argument)]
    if isinstance(command, Group):
        words = [_COMMAND_WORD.of(language), "…"]
    return _USAGE.of(language) + " ".join((path, _OPTIONS_WORD.of(language), *words))


def help_of(command: Command | Group, path: str) -> str:
    """Return the help of *command*, called by *path*: usage, description, arguments, commands, options.

    It is in columns that fit Chinese.
    """
    language = command.language
    view = display(output(), language)
    arguments = [(param.word, param.help) for param in command.params if isinstance(param, Argument)]
    options = [(_names(param), param.help) for param in command.params if isinstance(param, Option)]
    table = command.table if isinstance(command, Group) else {}
    commands = [(name, words.of(language)) for name, words in table.items()]
    lines = [_usage(command, path), ""]
    for paragraph in command.help.of(language).split("\n"):
        lines.extend(view.ruler.wrap(paragraph, view.width - 2))
    for head, entries in ((_ARGUMENTS, arguments), (_COMMANDS_HEAD, commands), (_OPTIONS, options)):
        if entries:
            lines += ["", head.of(language), *_columns(entries, view)]
    return view.shown_lines(lines)


def _names(option: Option) -> str:
    names = ", ".join(sorted(option.names, key=len))
    return f"{names} {option.word}" if option.word else names


def _columns(entries: Sequence[tuple[str, str]], view: Display) -> list[str]:
    ruler = view.ruler
    left = min(_LEFT, max(ruler.columns(name) for name, _ in entries))
    lines = []
    for name, words in entries:
        first, *rest = ruler.wrap(words, view.width - left - 6)
        if ruler.columns(name) > left:
            lines.append(f"  {name}")
            name = ""
        lines.append(f"  {ruler.pad(name, left)}  {first}")
        lines.extend(" " * (left + 4) + line for line in rest)
    return lines


def complain(message: str) -> None:
    """Write *message* on standard error, on one line of its own."""
    errors().write(message + "\n")
