"""What a console can show: its language, width, colours and the signs that its encoding holds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from nianbao.reporters.terminal_width import Ruler, printable
from nianbao.text.language import Language, Text

if TYPE_CHECKING:
    from nianbao.engine.finding import Severity

_CELL_MARK = "\x1f"  # between the cells of a row in the text of a docx, a page or a PDF
_LONGEST = 1500  # characters of one message; a report of one endless line has no longer words than this
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


class Display(NamedTuple):
    """How people are spoken to; *encoding* is what their console holds."""

    language: Language = "zh"
    encoding: str = "utf-8"
    width: int = 100
    ambiguous: int = 1
    colour: bool = False
    verbose: bool = False
    quiet: bool = False
    statistics: bool = False

    @property
    def ruler(self) -> Ruler:
        """What measures texts on this console."""
        return Ruler(self.ambiguous)

    def say(self, text: Text) -> str:
        """Return what *text* says here, on one line."""
        said = text.of(self.language)
        if len(said) > _LONGEST:
            said = f"{said[: _LONGEST // 2]}{self.ellipsis}{said[-_LONGEST // 2 :]}"
        return self.shown(" ".join(said.split("\n")))

    def shown(self, text: str) -> str:
        """Return *text* as this console can show it, so that its columns can be counted."""
        return _held(printable(text.replace(_CELL_MARK, "│")), self.encoding)

    def shown_lines(self, lines: Iterable[str]) -> str:
        """Return *lines* as one text that this console can show."""
        return "\n".join(map(self.shown, lines))

    def sign(self, *signs: str) -> str:
        """Return the first of *signs* that the console's encoding holds."""
        return next((sign for sign in signs if _held(sign, self.encoding) == sign), signs[-1])

    @property
    def ellipsis(self) -> str:
        """What stands for words left out."""
        return self.sign("…", "...")

    def paint(self, text: str, style: str) -> str:
        """Return *text* in *style*, one of those named here or a severity's, if there is colour."""
        code = _STYLES[style]
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text and code else text

    def severity(self, severity: "Severity") -> str:
        """Return the word for *severity* in its colour."""
        return self.paint(self.shown(severity.text.of(self.language)), severity.value)


def _held(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "replace").decode(encoding, "replace")
    return text
