"""The tables that the straight lines on a page make.

Every line is an edge of rows or columns of a grid; slots without a line between them are one cell.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.readers.drawn.page import Box, Rule
from nianbao.readers.limits import DRAWN_PAGE_RULES, DRAWN_PAGE_TABLES, DRAWN_SLOTS

_NEAR = 3.0  # points; edges no further apart are one, an end no further from a line meets it
_NARROWEST = 4.0  # points; what is no wider or higher holds no sign: it is between the lines of a double one
_SHORTEST = 3.0  # points; a shorter line is the corner of a cell, or a dash


class TooManyRulesError(Exception):
    """A page with more lines than any table has."""


class Frame(NamedTuple):
    """A cell: its first row and column in the grid, its height and width in these, and its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box

    @property
    def is_gap(self) -> bool:
        """Whether it is only the space between the lines of a double one."""
        return min(self.box.width, self.box.height) <= _NARROWEST


class Grid(NamedTuple):
    """A table on one page: the edges of its columns and rows, and its cells."""

    columns: tuple[float, ...]  # one more edge than columns
    rows: tuple[float, ...]
    frames: tuple[Frame, ...]

    @property
    def box(self) -> Box:
        """The box of the whole table."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def holds(self, other: "Grid") -> bool:
        """Return whether *other* is inside this table."""
        x, y = other.box.middle
        box = self.box
        wider = box.right - box.left > other.box.right - other.box.left
        return wider and box.left <= x <= box.right and box.top <= y <= box.bottom


def grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the tables that *rules* draw, from the top; one inside another is left out.

    One cell alone is a frame and no table. But the first or the last on the page is returned too: it may be a row
    of a table that continues from the page before or on the next. Raises TooManyRulesError.
    """
    merged = list(_merged(rules))
    if len(merged) > DRAWN_PAGE_RULES:
        raise TooManyRulesError
    drawn = [grid for together in _together(merged) for grid in _grid(together)]
    tables = [grid for grid in drawn if len(grid.frames) > 1]
    if len(tables) > DRAWN_PAGE_TABLES:
        raise TooManyRulesError
    outer = [grid for grid in tables if not any(other.holds(grid) for other in tables)]
    ordered = sorted((grid for grid in drawn if len(grid.frames) == 1), key=_corner)
    ends = [grid for grid in (*ordered[:1], *ordered[1:][-1:]) if _is_apart(grid, outer)]
    return tuple(sorted([*outer, *ends], key=_corner))


def _corner(grid: Grid) -> tuple[float, float]:
    return grid.box.top, grid.box.left


def _is_apart(grid: Grid, tables: Sequence[Grid]) -> bool:
    """Return whether *grid* is above or below every one of *tables*."""
    top, bottom = grid.box.top + _NEAR, grid.box.bottom - _NEAR
    return all(bottom <= table.box.top or top >= table.box.bottom for table in tables)


# -- lines -----------------------------------------------------------------------------------------------


def _merged(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the lines with those in a row joined, without those that are too short."""
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


def edges_of(offsets: Iterable[float], near: float = _NEAR) -> list[float]:
    """Return the mean of each group of *offsets* that are no further than *near* apart, in order."""
    edges: list[float] = []
    group: list[float] = []
    for offset in sorted(offsets):
        if group and offset - group[0] > near:
            edges.append(sum(group) / len(group))
            group = []
        group.append(offset)
    if group:
        edges.append(sum(group) / len(group))
    return edges


def nearest(edges: Sequence[float], offset: float) -> int:
    """Return the number of the edge nearest to *offset*."""
    index = bisect_left(edges, offset)
    if index == len(edges) or (index and offset - edges[index - 1] < edges[index] - offset):
        return index - 1
    return index


def _together(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield groups of lines that meet, directly or through others: a table, or a part of a drawing."""
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
    """A grid of slots, *down* by *across*, with those whose upper (*over*) or left side (*left*) is drawn."""

    down: int
    across: int
    over: frozenset[_Slot]
    left: frozenset[_Slot]

    def beyond(self, slot: _Slot) -> Iterator[_Slot]:
        """Yield the slots next to *slot*, outside the grid too, without a line between."""
        row, column = slot
        if slot not in self.over:
            yield row - 1, column
        if (row + 1, column) not in self.over:
            yield row + 1, column
        if slot not in self.left:
            yield row, column - 1
        if (row, column + 1) not in self.left:
            yield row, column + 1


def _grid(rules: Sequence[Rule]) -> Iterator[Grid]:
    """Yield the table that *rules* make, if any."""
    level = [rule for rule in rules if not rule.upright]
    upright = [rule for rule in rules if rule.upright]
    columns = edges_of([*(r.at for r in upright), *(end for r in level for end in (r.start, r.end))])
    rows = edges_of([*(r.at for r in level), *(end for r in upright for end in (r.start, r.end))])
    if len(columns) < 2 or len(rows) < 2:
        return
    if (len(columns) - 1) * (len(rows) - 1) > DRAWN_SLOTS:
        raise TooManyRulesError
    over = frozenset(_drawn(level, rows, columns))
    left = frozenset((row, column) for column, row in _drawn(upright, columns, rows))
    ruled = _Ruled(len(rows) - 1, len(columns) - 1, over, left)
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


def _drawn(rules: Iterable[Rule], edges: Sequence[float], ends: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield for each line the number of its edge with each step between the other edges that it covers."""
    for rule in rules:
        at = nearest(edges, rule.at)
        for step in range(nearest(ends, rule.start), nearest(ends, rule.end)):
            yield at, step


def _regions(ruled: _Ruled) -> list[list[int]]:
    """Return for every slot the number of its region without lines, -1 if that is no cell."""
    region = [[0] * ruled.across for _ in range(ruled.down)]
    number = 0
    for row in range(ruled.down):
        for column in range(ruled.across):
            if region[row][column] == 0:
                number += 1
                _fill(ruled, region, (row, column), number)
    return region


def _fill(ruled: _Ruled, region: list[list[int]], first: _Slot, number: int) -> None:
    """Write *number* into the region of *first*, or -1 if it is open at an end and at a side.

    A table may have no line at its sides, and none where a page ends; a region open at both is outside it.
    """
    reached, waiting = [first], [first]
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
                reached.append((row, column))
                waiting.append((row, column))
    if open_end and open_side:
        for row, column in reached:
            region[row][column] = -1


def _rectangles(region: list[list[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield row, column, height and width of each cell; a region that is no rectangle is cut into several."""
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
    """Return the number of successive slots of a row, from *column* on, in region *number*."""
    end = column
    while end < len(numbers) and numbers[end] == number:
        end += 1
    return end - column


def _fits(numbers: Sequence[int], column: int, across: int, number: int) -> bool:
    return all(other == number for other in numbers[column : column + across])


def slot(edges: Sequence[float], offset: float) -> int:
    """Return the number of the row or column at *offset*, -1 for none."""
    return bisect_right(edges, offset) - 1 if edges[0] <= offset < edges[-1] else -1
