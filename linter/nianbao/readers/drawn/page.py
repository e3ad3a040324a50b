"""The drawings on pages: glyphs and straight lines, in points from the upper left corner."""

from nianbao_grammar.records import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, from the left and from the top."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """The width, from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height, from top to bottom."""
        return self.bottom - self.top


class Glyph(NamedTuple):
    """A glyph as drawn, with its characters: mostly one, two for a ligature."""

    text: str
    box: Box


class Rule(NamedTuple):
    """A straight line that may be part of a table; *at* is its distance from the top, or from the left if upright."""

    upright: bool
    at: float
    start: float
    end: float


class Page(NamedTuple):
    """One page; *pictures* are the boxes of its pictures."""

    number: int  # from 1
    width: float
    height: float
    pictures: tuple[Box, ...]
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]

    @property
    def covered(self) -> float:
        """The part of it that its largest picture covers, from 0 to 1."""
        areas = [(box.right - box.left) * (box.bottom - box.top) for box in self.pictures]
        return min(max(areas, default=0.0) / (self.width * self.height or 1.0), 1.0)


def around(boxes: "list[Box] | tuple[Box, ...]") -> Box:
    """Return the smallest box around *boxes*, one at least."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
