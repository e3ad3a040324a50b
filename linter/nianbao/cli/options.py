"""What a command takes on its line: options, arguments, and the values that they may have."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Language, Text

_HELP = Text("显示这份说明", "show this help")
_LANG = Text(
    "说中文（zh）还是英文（en）；默认看系统语言", "speak Chinese (zh) or English (en); by the locale"
)
_JOBS = Text("用几个进程；0 为处理器个数", "how many processes; 0 for the number of processors")
_ONE_OF = Text("“{value}”不行，可用：{choices}", "{value!r} is none of {choices}")
_WHOLE = Text(
    "应是 {low} 至 {high} 的整数，不是“{value}”", "a whole number from {low} to {high}, not {value!r}"
)
_NO_ENCODING = Text(
    "没有编码“{value}”，例如 utf-8、gb18030", "no encoding {value!r}; there are utf-8, gb18030"
)
HELP = ("-h", "--help")
VERSION = ("--version",)


class BadValueError(Exception):
    """A word that is no value of an option; the message says so in the user's language."""


def one_of(language: Language, *known: str, others: Mapping[str, str] = {}) -> Callable[[str], str]:
    """Return what reads one of the words *known*, in lower case; *others* are read as those that they stand for."""

    def read(value: str) -> str:
        if value.lower() in known:
            return value.lower()
        if value in others:
            return others[value]
        choices = ("、" if language == "zh" else ", ").join(known)
        raise BadValueError(_ONE_OF.fill(value=value, choices=choices).of(language))

    return read


def whole(language: Language, low: int, high: int) -> Callable[[str], int]:
    """Return what reads a whole number from *low* to *high*."""

    def read(value: str) -> int:
        if value.isascii() and value.isdigit() and len(value) <= 9 and low <= int(value) <= high:
            return int(value)
        raise BadValueError(_WHOLE.fill(low=low, high=high, value=value).of(language))

    return read


def encoding(language: Language) -> Callable[[str], str]:
    """Return what reads the name of an encoding that Python knows, as its usual name."""

    def read(value: str) -> str:
        import codecs

        try:
            name = codecs.lookup(value).name
            "".encode(name)  # not one of those that turn bytes into bytes
        except (LookupError, ValueError):
            raise BadValueError(_NO_ENCODING.fill(value=value).of(language)) from None
        return name

    return read


def words(value: str) -> list[str]:
    """Return the words that *value* holds, parted by commas."""
    return [*filter(None, map(str.strip, value.replace("，", ",").split(",")))]


class Option(NamedTuple):
    """An option: its *names* on the command line, its *help*, and the *word* for its value, "" for a flag."""

    names: tuple[str, ...]
    help: str
    word: str = ""
    field: str = ""  # what the command calls it, if not by its long name
    value: Callable[[str], Any] = str  # reads a word; raises BadValueError
    default: str | None = None
    many: bool = False  # it may be repeated; a *value* that is a list adds all that is in it
    kept: bool = True  # the command is told

    @property
    def name(self) -> str:
        """What the command calls it."""
        return self.field or max(self.names, key=len).removeprefix("--").replace("-", "_")

    def read(self, given: Sequence[str]) -> Any:
        """Return its value if it was *given* with these words, the last of them if it may not be repeated.

        Raises BadValueError.
        """
        if self.many:
            read = map(self.value, given)
            return tuple(w for value in read for w in (value if isinstance(value, list) else [value]))
        word = given[-1] if given else self.default
        return None if word is None else self.value(word)


class Argument(NamedTuple):
    """What a command is about: a *word* for it and a line of help; the last one may be *many* words."""

    name: str
    word: str
    help: str
    many: bool = False
    required: bool = True


def jobs_option(language: Language) -> Option:
    """Return `--jobs`, how many processes share the work."""
    return Option(("-j", "--jobs"), _JOBS.of(language), "N", value=whole(language, 0, 999), default="1")


def common_options(language: Language) -> list[Option]:
    """Return `--lang` and `--help`, which every command has."""
    lang = one_of(language, "zh", "en")
    return [
        Option(("--lang",), _LANG.of(language), "zh|en", value=lang, kept=False),
        Option(HELP, _HELP.of(language), kept=False),
    ]
