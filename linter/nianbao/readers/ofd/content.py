"""What the objects of a page draw: signs, straight lines, pictures, in points from the upper left corner."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import isfinite

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.drawn.lines import named
from nianbao.readers.drawn.page import Box, Glyph, Page, Rule
from nianbao.readers.drawn.reading import LARGE
from nianbao.readers.ofd.elements import DAMAGED, Element
from nianbao.text.source import UnreadableError

_POINT = 72 / 25.4  # of a millimetre
_ASLANT = 0.1  # the rise of a line of signs that counts as level
_FOOT, _HEAD = 0.14, 0.86  # of its size, below and above the line that a sign stands on
_WIDEST = 1.05  # sizes; a longer step has a gap in it
_WIDE = "@%MWmw"  # Latin signs that most fonts draw nearly as wide as high
_THIN = 3.0  # points; a filled shape no wider is a line
_LEVEL = 0.7  # points that a line may rise or fall and still be level
_COMPOSITE = 10  # objects that a composite counts as: it takes another part, and files have few
_PICTURES = 20  # of a page, the largest
_PICTURE = 0.5  # of a page; one that covers more may be a scan, whose signs no one sees
_LAYOUT = re.compile(r"^[ \t]*[\r\n]\s*|\s*[\r\n][ \t]*$")  # of the XML, not of the line
_STEP = re.compile("[MSLQBAC]|[^MSLQBAC,\\s]+")
_NUMBERS = {
    "M": 2,
    "S": 2,
    "L": 2,
    "Q": 4,
    "B": 6,
    "A": 7,
    "C": 0,
}  # of each step of a path, its end the last two

Point = tuple[float, float]


class Budget:
    """What may still be drawn in a file, however often its parts are used."""

    def __init__(self) -> None:
        self._objects = limits.OFD_OBJECTS
        self._numbers = limits.OFD_NUMBERS
        self._glyphs = limits.OFD_GLYPHS
        self._lines = limits.OFD_LINES

    def spend(self, *, objects: int = 0, numbers: int = 0, glyphs: int = 0, lines: int = 0) -> None:
        """Count what is about to be drawn. Raises UnreadableError when it is too much."""
        self._objects -= objects
        self._numbers -= numbers
        self._glyphs -= glyphs
        self._lines -= lines
        if min(self._objects, self._numbers, self._glyphs, self._lines) < 0:
            raise UnreadableError(LARGE.fill(kind="OFD"))


class Matrix(NamedTuple):
    """The way from the coordinates of an object to those of the page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> Point:
        """Return where the point *x*, *y* is."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def around(self, inner: "Matrix") -> "Matrix":
        """Return the way through *inner* and then this."""
        a, b, c, d, e, f = inner
        return Matrix(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            *self.point(e, f),
        )

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the box around a box."""
        corners = [self.point(x, y) for x in (left, right) for y in (top, bottom)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(across), min(down), max(across), max(down))

    @property
    def aslant(self) -> bool:
        """Whether a line of signs rises or falls."""
        return min(abs(self.a), abs(self.b)) > _ASLANT * max(abs(self.a), abs(self.b))


_WHOLE = Matrix(_POINT, 0.0, 0.0, _POINT, 0.0, 0.0)


class Drawing:
    """What is drawn on one page; *unit* finds the composite of an identifier."""

    def __init__(self, budget: Budget, unit: Callable[[str], Element | None]) -> None:
        self._budget = budget
        self._unit = unit
        self._glyphs: list[Glyph] = []
        self._unseen: list[Glyph] = []
        self._rules: list[Rule] = []
        self._pictures: list[Box] = []
        self._calls = {
            "TextObject": self._text,
            "PathObject": self._path,
            "ImageObject": self._image,
        }

    def page(self, number: int, width: float, height: float) -> Page:
        """Return the page, *width* by *height* millimetres.

        Signs that are not shown are those of a scan if a picture covers the page and fewer are shown.
        """
        self._pictures.sort(key=lambda box: (box.left - box.right) * box.height)
        drawn = Page(
            number,
            width * _POINT,
            height * _POINT,
            tuple(self._pictures[:_PICTURES]),
            tuple(self._glyphs),
            tuple(self._rules),
        )
        if drawn.covered > _PICTURE and len(self._unseen) > len(self._glyphs):
            return drawn._replace(glyphs=(*self._glyphs, *self._unseen))
        return drawn

    def draw(self, content: Element, place: Matrix = _WHOLE, depth: int = 0, unseen: bool = False) -> None:
        """Draw all objects in *content* at *place*, which is *depth* deep in others. Raises UnreadableError."""
        if depth > limits.OFD_DEEPEST:
            raise UnreadableError(LARGE.fill(kind="OFD"))
        for thing in content.children:
            self._budget.spend(objects=_COMPOSITE if thing.name == "CompositeObject" else 1)
            if not _is_on(thing, "Visible", "true"):
                continue
            hidden = unseen or thing.get("Alpha").strip() == "0"
            if thing.name in ("Layer", "PageBlock"):
                self.draw(thing, place, depth + 1, hidden)
            elif thing.name == "CompositeObject":
                unit = self._unit(thing.get("ResourceID"))
                inside = unit.first("Content") if unit is not None else None
                if inside is not None:
                    self.draw(inside, _placed(thing, place), depth + 1, hidden)
            elif thing.name in self._calls:
                self._calls[thing.name](thing, _placed(thing, place), hidden)

    # -- signs -------------------------------------------------------------------------------------------

    def _text(self, thing: Element, place: Matrix, unseen: bool) -> None:
        """Draw the signs of a text, except slanted ones, which are a watermark."""
        size = _number(thing, "Size", 0.0)
        if size <= 0 or place.aslant:
            return
        wide = size * (_number(thing, "HScale", 1.0) or 1.0)
        x = y = 0.0
        for code in thing.every("TextCode"):
            x, y = _number(code, "X", x), _number(code, "Y", y)
            text = _LAYOUT.sub("", code.text)
            self._budget.spend(glyphs=len(text))
            target = self._unseen if unseen or _is_clear(thing) else self._glyphs
            target.extend(self._signs(code, text, place, (x, y), size, wide))

    def _signs(
        self, code: Element, text: str, place: Matrix, start: Point, size: float, wide: float
    ) -> Iterator[Glyph]:
        across, down = (self._steps(code, name, len(text)) for name in ("DeltaX", "DeltaY"))
        x, y = start
        for index, sign in enumerate(text):
            own = wide / 2 if sign.isascii() else wide
            step = across[index] if index < len(across) else 0.0 if down and not across else own
            drawn = wide if sign in _WIDE else own  # without a step nothing says how wide it is
            width = min(step, _WIDEST * wide) if index < len(across) and step > 0 else drawn
            box = place.box(x, y - _HEAD * size, x + width, y + _FOOT * size)
            if not all(map(isfinite, box)):
                raise UnreadableError(DAMAGED.fill(part=code.part))
            if box.left < box.right and box.top < box.bottom:
                yield Glyph(named(sign), box)
            x += step
            y += down[index] if index < len(down) else 0.0

    def _steps(self, code: Element, name: str, most: int) -> Sequence[float]:
        """Return the attribute *name* of *code*, no more than *most* steps: `g n v` is n times v."""
        words = code.get(name).split()
        self._budget.spend(numbers=len(words))
        steps: list[float] = []
        index = 0
        while index < len(words) and len(steps) < most:
            if words[index] == "g":
                repeated = code.numbers(words[index + 1 : index + 3])
                if len(repeated) < 2:
                    raise UnreadableError(DAMAGED.fill(part=code.part))
                count, step = repeated
                steps.extend([step] * int(max(0, min(count, most - len(steps)))))
                index += 3
            else:
                steps.extend(code.numbers(words[index : index + 1]))
                index += 1
        return steps

    # -- lines and pictures ------------------------------------------------------------------------------

    def _path(self, thing: Element, place: Matrix, unseen: bool) -> None:
        data = thing.first("AbbreviatedData")
        stroked, filled = _is_on(thing, "Stroke", "true"), _is_on(thing, "Fill", "false")
        if unseen or data is None or not (stroked or filled):
            return
        for points in self._shapes(data, place):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
            if len(points) > 2 and min(right - left, bottom - top) <= _THIN:
                self._draw_rules(_spine(left, top, right, bottom))
            elif stroked or len(points) == 2:
                self._draw_rules(points)

    def _shapes(self, data: Element, place: Matrix) -> Iterator[list[Point]]:
        """Yield the corners of each shape of a path, the first again at the end of one that is closed."""
        words = _STEP.findall(data.text)
        self._budget.spend(numbers=len(words))
        points: list[Point] = []
        index = 0
        while index < len(words):
            count = _NUMBERS.get(words[index])
            numbers = [] if count is None else data.numbers(words[index + 1 : index + 1 + count])
            if count is None or len(numbers) != count:
                raise UnreadableError(DAMAGED.fill(part=data.part))
            if words[index] in "MS":
                if len(points) > 1:
                    yield points
                points = []
            if numbers:
                point = place.point(*numbers[-2:])
                if not all(map(isfinite, point)):
                    raise UnreadableError(DAMAGED.fill(part=data.part))
                points.append(point)
            elif points and points[0] != points[-1]:
                points.append(points[0])
            index += 1 + count
        if len(points) > 1:
            yield points

    def _draw_rules(self, points: Sequence[Point]) -> None:
        """Draw each level or upright stretch of the line through *points*."""
        self._budget.spend(lines=len(points) - 1)
        for (x, y), (next_x, next_y) in pairwise(points):
            if abs(y - next_y) <= _LEVEL < abs(x - next_x):
                self._rules.append(Rule(False, (y + next_y) / 2, min(x, next_x), max(x, next_x)))
            elif abs(x - next_x) <= _LEVEL < abs(y - next_y):
                self._rules.append(Rule(True, (x + next_x) / 2, min(y, next_y), max(y, next_y)))

    def _image(self, thing: Element, place: Matrix, unseen: bool) -> None:
        """Draw a picture: the unit square, or its boundary if it says no matrix."""
        sides = thing.numbers(thing.get("Boundary").split())
        width, height = (1.0, 1.0) if thing.get("CTM") or len(sides) != 4 else sides[2:]
        box = place.box(0.0, 0.0, width, height)
        if not all(map(isfinite, box)):
            raise UnreadableError(DAMAGED.fill(part=thing.part))
        if not unseen:
            self._pictures.append(box)


def _placed(thing: Element, place: Matrix) -> Matrix:
    """Return the way from the coordinates of *thing*, whose boundary and matrix are in those of *place*."""
    sides, matrix = (thing.numbers(thing.get(name).split()) for name in ("Boundary", "CTM"))
    if len(sides) == 4:
        x, y = place.point(sides[0], sides[1])
        place = Matrix(place.a, place.b, place.c, place.d, x, y)
    return place.around(Matrix(*matrix)) if len(matrix) == 6 else place


def _is_on(thing: Element, name: str, usual: str) -> bool:
    return (thing.get(name) or usual).strip().lower() not in ("false", "0")


def _is_clear(text: Element) -> bool:
    """Return whether no one sees *text*: it is neither filled nor has an outline, or in a colour that is clear."""
    colour = text.first("FillColor")
    filled = _is_on(text, "Fill", "true") and (colour is None or colour.get("Alpha").strip() != "0")
    return not (filled or _is_on(text, "Stroke", "false"))


def _number(element: Element, name: str, default: float) -> float:
    numbers = element.numbers(element.get(name).split())
    return numbers[0] if numbers else default


def _spine(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Return the line in the middle of a thin shape."""
    if right - left < bottom - top:
        return [((left + right) / 2, top), ((left + right) / 2, bottom)]
    return [(left, (top + bottom) / 2), (right, (top + bottom) / 2)]
