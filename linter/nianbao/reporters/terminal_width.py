"""The columns of a terminal that a text takes, and texts cut, padded and wrapped to them."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import repeat
from unicodedata import category, east_asian_width

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.text.inert import inert

_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
_TAB = "    "
_WHITE = re.compile(r"[^\S\x00-\x1f\x85\u2028\u2029\u3000]")
_UNIT = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)
_CLOSERS = frozenset("，。、；：！？）〕】》〉”’%％…·,.;:!?)]}")
_OPENERS = frozenset("（〔【《〈“‘([{")


_UNSURE = -(10**9)


@cache
def _width(character: str, ambiguous: int) -> int:
    """Return the columns of one character, `_UNSURE` if they depend on its neighbours or on the terminal."""
    if character > "\uffff" or category(character) in ("Mn", "Me", "Mc", "Cf"):
        return _UNSURE
    width = east_asian_width(character)
    return ambiguous if width == "A" else 2 if width in "WF" else 1


def printable(text: str) -> str:
    """Return *text* as a terminal may show it: white space as spaces, a tab as four, what acts or hides as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return inert(_WHITE.sub(" ", text.replace("\t", _TAB)))


class Ruler(NamedTuple):
    """Measures in columns; *ambiguous* is the width of characters such as “ ” … ·, 1 or 2."""

    ambiguous: int = 1

    def columns(self, text: str) -> int:
        """Return the number of columns that *text* takes."""
        if text.isascii():
            return len(text)
        total = sum(map(_width, text, repeat(self.ambiguous)))
        if total >= 0:
            return total
        from wcwidth import wcswidth  # its import takes as long as all the rest of a run

        lone = sum(
            east_asian_width(character) == "A"
            and _width(character, 1) == 1
            and text[i - 1 : i] != _JOINER
            and text[i + 1 : i + 2] != _AS_EMOJI
            for i, character in enumerate(text)
        )
        return max(wcswidth(text), 0) + lone * (self.ambiguous - 1)

    def pad(self, text: str, width: int, *, right: bool = False) -> str:
        """Return *text* filled up with spaces to *width*, on its left if it is to be aligned *right*."""
        spaces = " " * (width - self.columns(text))
        return spaces + text if right else text + spaces

    def clip(self, text: str, width: int, ellipsis: str) -> str:
        """Return *text*, or as much of its start as goes into *width* together with *ellipsis*."""
        if self.columns(text) <= width:
            return text
        room = width - self.columns(ellipsis)
        return text[: self._fitting(text, room)] + ellipsis

    def tail(self, text: str, width: int, ellipsis: str) -> str:
        """Return *text*, or as much of its end as goes into *width* together with *ellipsis*."""
        if self.columns(text) <= width:
            return text
        room = width - self.columns(ellipsis)
        low, high = max(0, len(text) - max(room, 0)), len(text)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.columns(text[middle:]) <= room else (middle + 1, high)
        return ellipsis + text[low:]

    def _fitting(self, text: str, room: int) -> int:
        """Return the number of characters from the start of *text* that go into *room*."""
        low, high = 0, min(len(text), max(room, 0))
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.columns(text[:middle]) <= room else (low, middle - 1)
        return low

    def wrap(self, text: str, width: int) -> list[str]:
        """Return *text* as lines of at most *width*, one if it is less: words whole, 。，） never at the start of one."""
        width = max(width, 1)  # a terminal may be narrower than what stands before the text
        lines, line, room = [], "", width
        for unit in _units(text):
            size = self.columns(unit)
            if size > room and line:
                lines.append(line.rstrip())
                line, room, unit = "", width, unit.lstrip()
                size = self.columns(unit)
            while size > width:
                cut = max(1, self._fitting(unit, width))
                lines.append(unit[:cut])
                unit = unit[cut:]
                size = self.columns(unit)
            line += unit
            room -= size
        return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> Iterator[str]:
    """Yield the pieces of *text* between which a line may end."""
    held = ""
    for match in _UNIT.finditer(text):
        unit = match[0]
        if held and unit[0] not in _CLOSERS and held[-1] not in _OPENERS:
            yield held
            held = ""
        held += unit
    if held:
        yield held


def aligned(ruler: Ruler, rows: Sequence[Sequence[str]], *, gap: str = "  ") -> list[str]:
    """Return *rows* as lines, each column as wide as its widest text."""
    widths = [max(map(ruler.columns, column)) for column in zip(*rows, strict=True)]
    return [
        gap.join(ruler.pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
