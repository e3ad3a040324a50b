"""From the straight lines on a page to the tables they make.

Every line is an edge of the rows or columns of a grid; what no line parts in it is one cell.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nianbao.readers.limits import PDF_PAGE_RULES, PDF_PAGE_TABLES, PDF_SLOTS
from nianbao.readers.pdf.page import Box, Rule

_NEAR = 3.0  # points; edges no further apart are one, ends no further from a line meet it
_SHORTEST = 3.0  # points; a shorter line is the corner of a cell, or a dash


class TooManyRulesError(Exception):
    """A page with more lines than any table has."""


class Frame(NamedTuple):
    """A cell: where it begins in the grid, how many rows and columns it takes, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


class Grid(NamedTuple):
    """A table on one page: the edges of its columns and rows, and its cells."""

    columns: tuple[float, ...]  # one more than there are
    rows: tuple[float, ...]
    frames: tuple[Frame, ...]

    @property
    def box(self) -> Box:
        """The whole of it."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def holds(self, other: "Grid") -> bool:
        """Return whether *other* stands inside it."""
        x, y = other.box.middle
        box = self.box
        wider = box.right - box.left > other.box.right - other.box.left
        return wider and box.left <= x <= box.right and box.top <= y <= box.bottom


def grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the tables that *rules* draw, from the top; one inside another is left to that.

    One cell alone is a frame and no table. But where it is the first or the last on the page it is there too:
    a row of a table that goes on on the page before or behind. Raises TooManyRulesError.
    """
    merged = list(_merged(rules))
    if len(merged) > PDF_PAGE_RULES:
        raise TooManyRulesError
    drawn = [grid for together in _together(merged) for grid in _grid(together)]
    found = [grid for grid in drawn if len(grid.frames) > 1]
    if len(found) > PDF_PAGE_TABLES:
        raise TooManyRulesError
    outer = [grid for grid in found if not any(other.holds(grid) for other in found)]
    ordered = sorted((grid for grid in drawn if len(grid.frames) == 1), key=_place)
    ends = [grid for grid in (*ordered[:1], *ordered[1:][-1:]) if _is_apart(grid, outer)]
    return tuple(sorted([*outer, *ends], key=_place))


def _place(grid: Grid) -> tuple[float, float]:
    return grid.box.top, grid.box.left


def _is_apart(grid: Grid, tables: Sequence[Grid]) -> bool:
    """Return whether *grid* stands over or under every one of *tables*."""
    top, bottom = grid.box.top + _NEAR, grid.box.bottom - _NEAR
    return all(bottom <= table.box.top or top >= table.box.bottom for table in tables)


# -- lines -----------------------------------------------------------------------------------------------


def _merged(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield lines that follow one another in a row as one, without those that are none."""
    for upright in (False, True):
        mine = sorted((rule for rule in rules if rule.upright is upright), key=lambda rule: rule.at)
        edges = edges_of([rule.at for rule in mine])
        level: dict[int, list[Rule]] = defaultdict(list)
        for rule in mine:
            level[nearest(edges, rule.at)].append(rule)
        for index, row in level.items():
            yield from _in_a_row(edges[index], sorted(row, key=lambda rule: rule.start))


def _in_a_row(at: float, row: Sequence[Rule]) -> Iterator[Rule]:
    last: Rule | None = None
    for rule in row:
        if last is not None and rule.start <= last.end + _NEAR:
            last = last._replace(end=max(last.end, rule.end))
            continue
        if last is not None and last.end - last.start >= _SHORTEST:
            yield last
        last = rule._replace(at=at)
    if last is not None and last.end - last.start >= _SHORTEST:
        yield last


def edges_of(places: Iterable[float], near: float = _NEAR) -> list[float]:
    """Return one place for all that are no further than *near* apart, in order."""
    edges: list[float] = []
    group: list[float] = []
    for place in sorted(places):
        if group and place - group[0] > near:
            edges.append(sum(group) / len(group))
            group = []
        group.append(place)
    if group:
        edges.append(sum(group) / len(group))
    return edges


def nearest(edges: Sequence[float], place: float) -> int:
    """Return the number of the edge that *place* is nearest to."""
    index = bisect_left(edges, place)
    if index == len(edges) or (index and place - edges[index - 1] < edges[index] - place):
        return index - 1
    return index


def _together(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the lines that meet, directly or by others, each time a table or a part of a drawing."""
    leader = list(range(len(rules)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    uprights = sorted((rule.at, index) for index, rule in enumerate(rules) if rule.upright)
    for index, rule in enumerate(rules):
        if rule.upright:
            continue
        first = bisect_left(uprights, (rule.start - _NEAR, -1))
        for at, other in uprights[first:]:
            if at > rule.end + _NEAR:
                break
            if rules[other].start - _NEAR <= rule.at <= rules[other].end + _NEAR:
                leader[lead(other)] = lead(index)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[lead(index)].append(rule)
    yield from groups.values()


# -- cells -----------------------------------------------------------------------------------------------

_Slot = tuple[int, int]  # a row and a column


class _Ruled(NamedTuple):
    """A grid of slots, *down* by *across*, and which of their upper and left sides are drawn."""

    down: int
    across: int
    over: frozenset[_Slot]
    beside: frozenset[_Slot]

    def beyond(self, slot: _Slot) -> Iterator[_Slot]:
        """Yield the slots around *slot*, outside the grid too, that no line parts it from."""
        row, column = slot
        if slot not in self.over:
            yield row - 1, column
        if (row + 1, column) not in self.over:
            yield row + 1, column
        if slot not in self.beside:
            yield row, column - 1
        if (row, column + 1) not in self.beside:
            yield row, column + 1


def _grid(rules: Sequence[Rule]) -> Iterator[Grid]:
    """Yield the table that *rules* make, if they make one."""
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    columns = edges_of([*(r.at for r in upright), *(end for r in level for end in (r.start, r.end))])
    rows = edges_of([*(r.at for r in level), *(end for r in upright for end in (r.start, r.end))])
    if len(columns) < 2 or len(rows) < 2:
        return
    if (len(columns) - 1) * (len(rows) - 1) > PDF_SLOTS:
        raise TooManyRulesError
    over = frozenset(_drawn(level, rows, columns))
    beside = frozenset((row, column) for column, row in _drawn(upright, columns, rows))
    ruled = _Ruled(len(rows) - 1, len(columns) - 1, over, beside)
    frames = tuple(
        Frame(
            row,
            column,
            down,
            across,
            Box(columns[column], rows[row], columns[column + across], rows[row + down]),
        )
        for row, column, down, across in _rectangles(_regions(ruled))
    )
    if frames:
        yield Grid(tuple(columns), tuple(rows), frames)


def _drawn(
    rules: Iterable[Rule], places: Sequence[float], ends: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Yield for each line the edge it lies on, with each step between the other edges that it takes."""
    for rule in rules:
        at = nearest(places, rule.at)
        for step in range(nearest(ends, rule.start), nearest(ends, rule.end)):
            yield at, step


def _regions(ruled: _Ruled) -> list[list[int]]:
    """Return for every slot the number of the region that no line parts, -1 where that is no cell."""
    region = [[0] * ruled.across for _ in range(ruled.down)]
    number = 0
    for row in range(ruled.down):
        for column in range(ruled.across):
            if region[row][column] == 0:
                number += 1
                _fill(ruled, region, (row, column), number)
    return region


def _fill(ruled: _Ruled, region: list[list[int]], first: _Slot, number: int) -> None:
    """Give all that can be reached from *first* its *number*, -1 where it lies open at an end and at a side.

    A table may have no line at its sides, and none where a page ends; what is open at both is beside it.
    """
    found, waiting = [first], [first]
    region[first[0]][first[1]] = number
    open_end = open_side = False
    while waiting:
        for row, column in ruled.beyond(waiting.pop()):
            if not 0 <= row < ruled.down:
                open_end = True
            elif not 0 <= column < ruled.across:
                open_side = True
            elif region[row][column] == 0:
                region[row][column] = number
                found.append((row, column))
                waiting.append((row, column))
    if open_end and open_side:
        for row, column in found:
            region[row][column] = -1


def _rectangles(region: list[list[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield row, column, rows and columns of each cell; a region that is no rectangle is cut into some."""
    for row, numbers in enumerate(region):
        column = 0
        while column < len(numbers):
            number = numbers[column]
            across = _alike(numbers, column, number)
            if number > 0:
                down = 1
                while row + down < len(region) and _fits(region[row + down], column, across, number):
                    down += 1
                for taken in region[row : row + down]:
                    taken[column : column + across] = [-1] * across
                yield row, column, down, across
            column += across


def _alike(numbers: Sequence[int], column: int, number: int) -> int:
    """Return how many slots of a row from *column* on belong to region *number*."""
    end = column
    while end < len(numbers) and numbers[end] == number:
        end += 1
    return end - column


def _fits(numbers: Sequence[int], column: int, across: int, number: int) -> bool:
    return all(other == number for other in numbers[column : column + across])


def slot(edges: Sequence[float], place: float) -> int:
    """Return the number of the row or column that *place* lies in, -1 for none."""
    return bisect_right(edges, place) - 1 if edges[0] <= place < edges[-1] else -1
