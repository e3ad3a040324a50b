"""A program of its own: writes the drawings on the pages of the PDF on standard input, as JSON.

It imports nothing of this project, so that it runs from any folder. Its argument is a JSON object with the
limits and the folders that modules are imported from. It answers `{"pages": [...]}`, or `{"fault": word}` with
the kind of the fault: `missing`, `encrypted`, `damaged`, `large`, `memory`, `pages` (with `count`).
"""

import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

_THIN = 3.0  # points; a filled rectangle no wider is a line
_LEVEL = 0.7  # points that a line may rise or fall and still be level


class FaultError(Exception):
    """A fault of the file in one word, with the number that it is about."""

    def __init__(self, word: str, count: int = 0) -> None:
        super().__init__(word)
        self.word = word
        self.count = count


def main() -> None:
    """Write the answer to standard output."""
    task = json.loads(sys.argv[1])
    sys.path[:] = task["path"]
    logging.disable()  # warnings of the libraries about the file are not for the user
    try:
        answer: dict[str, Any] = {"pages": _pages(sys.stdin.buffer.read(), task)}
    except FaultError as fault:
        answer = {"fault": fault.word, "count": fault.count}
    except ModuleNotFoundError:
        answer = {"fault": "missing", "count": 0}
    except MemoryError:
        answer = {"fault": "memory", "count": 0}
    except Exception:  # two libraries, any file: there is no list of the errors they raise
        answer = {"fault": "damaged", "count": 0}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))


def _pages(data: bytes, task: Any) -> list[Any]:
    import pdfplumber
    import pypdf

    _guard(pypdf, data, task)
    pages = []
    glyphs = lines = 0
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            drawn, rules = list(_glyphs(page)), list(_rules(page))
            glyphs, lines = glyphs + len(drawn), lines + len(rules)
            if glyphs > task["glyphs"] or lines > task["lines"]:
                raise FaultError("large")
            pages.append([float(page.width), float(page.height), _pictures(page), drawn, rules])
            page.close()
    return pages


def _guard(pypdf: Any, data: bytes, task: Any) -> None:
    """Raise FaultError if the file is locked or larger than the limits."""
    from pypdf.errors import LimitReachedError

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise FaultError("encrypted")
    count = len(reader.pages)
    if count > task["pages"]:
        raise FaultError("pages", count)
    total = 0
    for page in reader.pages:
        try:
            contents = page.get_contents()
            size = len(contents.get_data()) if contents is not None else 0
        except LimitReachedError:
            raise FaultError("large") from None
        total += size
        if size > task["page_content"] or total > task["content"]:
            raise FaultError("large")


def _glyphs(page: Any) -> Iterator[list[Any]]:
    """Yield the glyphs of *page* except slanted ones, which are a watermark."""
    for glyph in page.chars:
        across, down = map(abs, glyph["matrix"][:2])
        if min(across, down) <= 0.1 * max(across, down):
            yield [glyph["text"], *_box(glyph)]


def _box(thing: Any) -> list[float]:
    return [round(float(thing[side]), 2) for side in ("x0", "top", "x1", "bottom")]


def _rules(page: Any) -> Iterator[list[Any]]:
    """Yield [upright, at, start, end] for each straight line that is level or upright."""
    for line in page.lines:
        yield from _drawn([(line["x0"], line["top"]), (line["x1"], line["bottom"])])
    for rectangle in page.rects:
        left, top, right, bottom = _box(rectangle)
        if min(right - left, bottom - top) <= _THIN:
            yield from _drawn(_spine(left, top, right, bottom))
        elif rectangle["stroke"]:
            yield from _drawn([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
    for curve in page.curves:
        left, top, right, bottom = _box(curve)
        if min(right - left, bottom - top) <= _THIN:
            yield from _drawn(_spine(left, top, right, bottom))
        elif curve["stroke"]:
            yield from _drawn(curve["pts"])


def _spine(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    """Return the line in the middle of a thin rectangle."""
    if right - left < bottom - top:
        return [((left + right) / 2, top), ((left + right) / 2, bottom)]
    return [(left, (top + bottom) / 2), (right, (top + bottom) / 2)]


def _drawn(points: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield each level or upright stretch of the line through *points*."""
    points = [(round(float(x), 2), round(float(y), 2)) for x, y in points]
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(y - next_y) <= _LEVEL < abs(x - next_x):
            yield [False, (y + next_y) / 2, min(x, next_x), max(x, next_x)]
        elif abs(x - next_x) <= _LEVEL < abs(y - next_y):
            yield [True, (x + next_x) / 2, min(y, next_y), max(y, next_y)]


def _pictures(page: Any) -> list[list[float]]:
    """Return the boxes of the largest pictures of *page*, at most twenty."""
    boxes = sorted(map(_box, page.images), key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return boxes[:20]


if __name__ == "__main__":
    main()
