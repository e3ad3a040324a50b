"""A program of its own: writes the drawings on the pages of the PDF on standard input, as JSON.

It imports nothing of this project, so that it runs from any folder. Its argument is a JSON object with the
limits and the folders that modules are imported from. It answers `{"pages": [...]}`, or `{"fault": word}` with
the kind of the fault: `missing`, `encrypted`, `damaged`, `large`, `memory`, `pages` (with `count`).

With `pipes` in the task it goes on to answer, see `nianbao.readers.kept_child`.

Where there are no processes, in a browser, `answer` is called as a function.
"""

import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from ctypes import byref, c_double, c_float, c_int
from itertools import pairwise
from math import ceil
from typing import Any

_THIN = 3.0  # points; a filled shape no wider is a line
_LEVEL = 0.7  # points that a line may rise or fall and still be level
_ASLANT = 0.1  # the rise of a line of signs that counts as level
_FOOT = 0.15  # of its size, below the line that a sign stands on
_WIDEST = 3  # sizes
_PICTURES = 20  # of a page, the largest
_DEEPEST = 40  # drawings within drawings
_LOCKED = 4  # the error of a file that needs a password
_STREAM = re.compile(rb"<<((?:[^<>]|<<[^<>]*>>|<[^<>]*>)*)>>\s*stream\r?\n")
_NO_DRAWING = re.compile(rb"/(Image|Length1|Length2|Length3|CIDFontType0C|Type1C|OpenType|ICCBased)\b")
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_TAIL = 1024  # bytes, the last ones, that have the mark of the end

Transform = Callable[[float, float], tuple[float, float]]


class FaultError(Exception):
    """A fault of the file in one word, with the number that it is about."""

    def __init__(self, word: str, count: int = 0) -> None:
        super().__init__(word)
        self.word = word
        self.count = count


def main() -> None:
    """Write the answer to standard output; with two pipes in the task, one answer after the other."""
    task = json.loads(sys.argv[1])
    sys.path[:] = task["path"]
    if "pipes" in task:
        _go_on(task, *task["pipes"])
    else:
        sys.stdout.write(_said(answer(sys.stdin.buffer.read(), task)))


def _said(whole: dict[str, Any]) -> str:
    return json.dumps(whole, separators=(",", ":"))


def _go_on(task: Any, heard: int, speaks: int) -> None:
    """Answer for as many bytes of standard input as each line that is *heard* says; say how many bytes that took.

    A fault is the last answer: what a broken file has left behind in the library is no one's to know.
    """
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with open(heard, "rb", buffering=0) as lines:
        while line := lines.readline():
            used = resource.getrusage(resource.RUSAGE_SELF)
            until = ceil(used.ru_utime + used.ru_stime + task["seconds"])
            resource.setrlimit(resource.RLIMIT_CPU, (until, most))
            whole = answer(os.pread(0, int(line), 0), task)
            words = _said(whole).encode()
            os.ftruncate(1, 0)
            with open(1, "wb", closefd=False) as output:
                output.seek(0)
                output.write(words)
            os.write(speaks, b"%d%s\n" % (len(words), b" last" if "fault" in whole else b""))
            if "fault" in whole:
                return


def answer(data: bytes, task: Any) -> dict[str, Any]:
    """Return the drawings of the PDF *data*, or its fault; *task* has the limits. Never raises for a file."""
    try:
        return {"pages": list(_pages(data, task))}
    except FaultError as fault:
        return {"fault": fault.word, "count": fault.count}
    except ModuleNotFoundError:
        return {"fault": "missing", "count": 0}
    except MemoryError:
        return {"fault": "memory", "count": 0}


def _pages(data: bytes, task: Any) -> Iterator[list[Any]]:
    """Yield width, height, pictures, glyphs and lines of each page. Raises FaultError."""
    # The bindings alone: the package around them takes half as long again to import.
    import pypdfium2_raw as pdfium

    _guard(data, task)
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise FaultError("encrypted" if pdfium.FPDF_GetLastError() == _LOCKED else "damaged")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if not 0 < count <= task["pages"]:
            raise FaultError("pages" if count > 0 else "damaged", count)
        glyphs = lines = 0
        for number in range(count):
            page = pdfium.FPDF_LoadPage(document, number)
            if not page:
                raise FaultError("damaged")
            try:
                drawn = _page(pdfium, page, task["glyphs"] - glyphs, task["lines"] - lines)
            finally:
                pdfium.FPDF_ClosePage(page)
            glyphs, lines = glyphs + len(drawn[3]), lines + len(drawn[4])
            yield drawn
    finally:
        pdfium.FPDF_CloseDocument(document)


def _guard(data: bytes, task: Any) -> None:
    """Raise FaultError if the file is cut off, or if what it draws unpacks to more than the limits."""
    if b"%%EOF" not in data.rstrip(b"\0\t\r\n ")[-_TAIL:]:
        raise FaultError("damaged")
    total = 0
    for match in _STREAM.finditer(data):
        if _NO_DRAWING.search(match[1]):
            continue
        size = _unpacked(data, match.end(), match[1], task["page_content"])
        total += size
        if size > task["page_content"] or total > task["content"]:
            raise FaultError("large")


def _unpacked(data: bytes, start: int, head: bytes, most: int) -> int:
    """Return the size of the stream at *start* when unpacked, *most* and one for a larger one.

    What is not packed as usual counts as it is: the bounds of the process hold it.
    """
    end = data.find(b"endstream", start)
    stream: bytes = data[start : end if end >= 0 else len(data)]
    for _ in _PACKED.findall(head):  # it may be packed twice
        try:
            stream = zlib.decompressobj().decompress(stream, most + 1)
        except zlib.error:  # encrypted or damaged
            break
    return len(stream)


# -- one page ------------------------------------------------------------------------------------------


def _page(pdfium: Any, page: Any, most_glyphs: int, most_lines: int) -> list[Any]:
    """Return width, height, pictures, glyphs and lines of *page*. Raises FaultError if there are more than these."""
    width, height, shown = _view(pdfium, page)
    pictures: list[list[float]] = []
    rules: list[list[Any]] = []
    for kind, thing in _things(pdfium, page, shown, most_lines):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(thing)
        else:
            rules.append(thing)
    pictures.sort(key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    return [width, height, pictures[:_PICTURES], list(_glyphs(pdfium, page, shown, most_glyphs)), rules]


def _view(pdfium: Any, page: Any) -> tuple[float, float, Transform]:
    """Return width and height of *page* as shown, and the way from its own coordinates to those from the upper left."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    turned: tuple[Transform, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    wide, high = right - left, top - bottom
    return (high, wide, turned[turns]) if turns % 2 else (wide, high, turned[turns])


def _box(shown: Transform, left: float, bottom: float, right: float, top: float) -> list[float]:
    """Return the sides of a box as shown: left, top, right, bottom."""
    (x, y), (further, lower) = shown(left, bottom), shown(right, top)
    sides = min(x, further), min(y, lower), max(x, further), max(y, lower)
    return [round(side, 2) for side in sides]


# -- signs ---------------------------------------------------------------------------------------------


def _glyphs(pdfium: Any, page: Any, shown: Transform, most: int) -> Iterator[list[Any]]:
    """Yield the signs of *page* with their boxes, except slanted ones, which are a watermark."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > most:
            raise FaultError("large")
        box, m, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), c_double(), c_double()
        high = ""  # the first half of a sign that has two
        for index in range(count):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            pdfium.FPDFText_GetMatrix(text, index, byref(m))
            if min(abs(m.a), abs(m.b)) > _ASLANT * max(abs(m.a), abs(m.b)):
                continue
            code = pdfium.FPDFText_GetUnicode(text, index)
            sign = "\ufffd" if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or not code else chr(code)
            if "\ud800" <= sign <= "\udbff":
                high = sign
                continue
            if high:
                sign = (high + sign).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
                high = ""
            if not pdfium.FPDFText_GetLooseCharBox(text, index, byref(box)):
                continue
            size = pdfium.FPDFText_GetFontSize(text, index) * max(abs(m.c), abs(m.d))
            pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
            yield [sign, *_box(shown, *_sides(box, m, x.value, y.value, size))]
    finally:
        pdfium.FPDFText_ClosePage(text)


def _sides(box: Any, m: Any, x: float, y: float, size: float) -> tuple[float, float, float, float]:
    """Return the sides of a sign of that *size* whose line it stands on begins at *x*, *y*: left, bottom, right, top.

    How far a box reaches above and below its line is said by each font differently, so that signs of two fonts in
    one line would not be level: all stand as deep as those of most Chinese fonts.
    """
    foot, head = _FOOT * size, (1 - _FOOT) * size
    if abs(m.d) < abs(m.c):  # on its side
        return (
            (x - foot, box.bottom, x + head, box.top)
            if m.c > 0
            else (x - head, box.bottom, x + foot, box.top)
        )
    left, right = box.left, box.right
    if right - left > _WIDEST * size:  # PDFium counts a sign of vertical writing in the units of its font
        right = left + size
    return (left, y - foot, right, y + head) if m.d > 0 else (left, y - head, right, y + foot)


# -- lines and pictures --------------------------------------------------------------------------------


def _things(pdfium: Any, page: Any, shown: Transform, most: int) -> Iterator[tuple[int, list[Any]]]:
    """Yield the kind of each picture and line of *page*, and its box or [upright, at, start, end]."""
    left = most
    count = pdfium.FPDFPage_CountObjects(page)
    first = (pdfium.FPDFPage_GetObject(page, index) for index in range(count))
    waiting: list[tuple[Iterator[Any], Transform]] = [
        (first, shown)
    ]  # drawings within drawings, the innermost last
    while waiting:
        objects, place = waiting[-1]
        thing = next(objects, None)
        if thing is None:
            waiting.pop()
            continue
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(waiting) < _DEEPEST:
            waiting.append((_inside(pdfium, thing), _moved(pdfium, thing, place)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            sides = [c_float() for _ in range(4)]
            if pdfium.FPDFPageObj_GetBounds(thing, *map(byref, sides)):
                yield kind, _box(place, *(side.value for side in sides))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for rule in _rules(pdfium, thing, _moved(pdfium, thing, place)):
                yield kind, rule
                left -= 1
        if left < 0:
            raise FaultError("large")


def _inside(pdfium: Any, form: Any) -> Iterator[Any]:
    count = pdfium.FPDFFormObj_CountObjects(form)
    return (pdfium.FPDFFormObj_GetObject(form, index) for index in range(max(count, 0)))


def _moved(pdfium: Any, thing: Any, place: Transform) -> Transform:
    """Return the way from the coordinates of *thing* to those of the page as shown; *place* is that of its parent."""
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, byref(m)):
        return place
    a, b, c, d, e, f = m.a, m.b, m.c, m.d, m.e, m.f
    return lambda x, y: place(a * x + c * y + e, b * x + d * y + f)


def _rules(pdfium: Any, path: Any, place: Transform) -> Iterator[list[Any]]:
    """Yield [upright, at, start, end] for each straight line of *path* that is level or upright."""
    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke)) or not (fill.value or stroke.value):
        return
    for points in _shapes(pdfium, path, place):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if len(points) > 2 and min(right - left, bottom - top) <= _THIN:
            yield from _drawn(_spine(left, top, right, bottom))
        elif stroke.value or len(points) == 2:
            yield from _drawn(points)


def _shapes(pdfium: Any, path: Any, place: Transform) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each shape of *path*, the first again at the end of one that is closed."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    bent = 0
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points, bent = [], 0
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bent = (bent + 1) % 3
            if bent:  # only the third of its points is on the curve
                continue
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        across, down = place(x.value, y.value)
        points.append((round(across, 2), round(down, 2)))
        if pdfium.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _spine(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    """Return the line in the middle of a thin shape."""
    if right - left < bottom - top:
        return [((left + right) / 2, top), ((left + right) / 2, bottom)]
    return [(left, (top + bottom) / 2), (right, (top + bottom) / 2)]


def _drawn(points: Iterable[tuple[float, float]]) -> Iterator[list[Any]]:
    """Yield each level or upright stretch of the line through *points*."""
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(y - next_y) <= _LEVEL < abs(x - next_x):
            yield [False, (y + next_y) / 2, min(x, next_x), max(x, next_x)]
        elif abs(x - next_x) <= _LEVEL < abs(y - next_y):
            yield [True, (x + next_x) / 2, min(y, next_y), max(y, next_y)]


if __name__ == "__main__":
    main()
