"""The ways of a console: its language, width and colours, and the signs that its encoding has."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.reporters.terminal_width import Ruler, printable
from nianbao.text.language import Language, Text

if TYPE_CHECKING:
    from nianbao.engine.finding import Severity

_LONGEST = 1500  # characters of one message, for reports that are one endless line
_LINE_END = re.compile(r"\r?\n")
_STYLES = {
    "plain": "",
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "place": "1",
    "rule": "1",
    "part": "1",
    "span": "4",
    "dim": "2",
}
_CODES = re.compile(rf"(\x1b\[(?:{'|'.join(filter(None, _STYLES.values()))}|0)m)")


class Display(NamedTuple):
    """The settings of output; *encoding* is that of the console, *here* the folder it is in, "" for the current one."""

    language: Language = "zh"
    encoding: str = "utf-8"
    width: int = 100
    ambiguous: int = 1
    colour: bool = False
    verbose: bool = False
    quiet: bool = False
    statistics: bool = False
    here: str = ""

    @property
    def ruler(self) -> Ruler:
        """The measure of texts on this console."""
        return Ruler(self.ambiguous)

    def say(self, text: Text) -> str:
        """Return *text* in the language of the console, on one line."""
        words = text.of(self.language)
        if len(words) > _LONGEST:
            words = f"{words[: _LONGEST // 2]}{self.ellipsis}{words[-_LONGEST // 2 :]}"
        return self.shown(" ".join(_LINE_END.split(words)))

    def shown(self, text: str) -> str:
        """Return *text* as this console can show it, so that its columns can be counted."""
        return _held(printable(text), self.encoding)

    def relative(self, path: str) -> str:
        """Return *path* with / between its folders, from the folder of the console if it is in that or below.

        It begins with no `./`: services compare it with the paths of a change letter by letter.
        """
        path = os.path.normpath(path)
        if os.path.isabs(path):
            path = path.removeprefix(os.path.join(self.here or os.getcwd(), ""))
        return path.replace(os.sep, "/")

    def shown_lines(self, lines: Iterable[str]) -> str:
        """Return *lines*, which may be painted, as one text that this console can show."""
        return "\n".join(
            around_paint(line, self.shown) if self.colour else self.shown(line) for line in lines
        )

    def sign(self, *signs: str) -> str:
        """Return the first of *signs* that the console's encoding has, else the last."""
        return next((sign for sign in signs if _held(sign, self.encoding) == sign), signs[-1])

    @property
    def ellipsis(self) -> str:
        """The sign for words left out."""
        return self.sign("…", "...")

    def paint(self, text: str, style: str) -> str:
        """Return *text* in *style*, one of those named here or a severity's, if there is colour."""
        code = _STYLES[style]
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text and code else text

    def severity(self, severity: "Severity") -> str:
        """Return the word for *severity* in its colour."""
        return self.paint(self.shown(severity.text.of(self.language)), severity.value)


def around_paint(text: str, change: Callable[[str], str]) -> str:
    """Return *text* with *change* made in everything between the codes of `Display.paint`."""
    if "\x1b" not in text:
        return change(text)
    return "".join(piece if i % 2 else change(piece) for i, piece in enumerate(_CODES.split(text)))


def _held(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "replace").decode(encoding, "replace")
    return text
