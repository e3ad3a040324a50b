"""A report as other reports see it: organ, year, figures, and sentences that are known again when copied."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import product

from nianbao_grammar.records import NamedTuple

from nianbao.report.issuer import Level
from nianbao.report.table import Figure, State
from nianbao.text.language import Text

WIDTH = 8  # bytes of a digest
STATES = {"": State.BLANK, "?": State.UNREAD, "-": State.ABSENT}  # by the sign that stands for it


class Figures(NamedTuple):
    """The cells of one table of a form, row after row: a figure with its unit, or a sign for a state."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: str  # by tabs


class Sentence(NamedTuple):
    """A sentence of another report: the key of the form's section that it is in, "" for none, and its text.

    *digest* is the same for two sentences that differ in names, places, years, figures, blanks and signs only.
    """

    section: str
    text: str
    digest: int


@lru_cache(maxsize=4096)
def _read(written: str) -> Figure:
    """Return what a cell that is kept as *written* has in it."""
    if written in STATES:
        return Figure(STATES[written], None, "")
    value, _, unit = written.partition(" ")
    return Figure(State.NUMBER, Decimal(value), unit)


class Neighbour(NamedTuple):
    """One report as others see it, small enough for thousands of them.

    *names* are those by which the organ is known to others, *form* is "" for none. *cut* if it has more sentences
    than are kept, *unfilled* if it is as `nianbao new report` begins one. `figure` and `sentences` read what is packed.
    """

    path: str
    organ: str
    names: tuple[str, ...]
    level: Level | None
    year: int | None
    form: str
    tables: Mapping[str, Figures]
    packed: bytes  # the texts of the sentences, by line feeds, compressed
    sections: tuple[str, ...]
    within: bytes  # for each sentence, which of *sections* it is in
    masked: bytes  # the digests
    cut: bool = False
    unfilled: bool = False

    def figure(self, address: str) -> Figure | None:
        """Return the content of the cell *address*, as `applications/received/total`; None if its form has no such cell.

        Its state is NUMBER, BLANK, ABSENT, or UNREAD for what is no figure, and for what is or may be there and
        could not be read.
        """
        table, row, column = address.split("/")
        return self.table(table).get((row, column))

    def table(self, key: str) -> Mapping[tuple[str, str], Figure]:
        """Return the contents of the cells of table *key* by row and column, empty if its form has no such table.

        They are as `figure` returns them, read once for all cells.
        """
        figures = self.tables.get(key)
        if figures is None:
            return {}
        return dict(zip(product(figures.rows, figures.columns), self.contents(key), strict=True))

    def contents(self, key: str) -> tuple[Figure, ...]:
        """Return the contents of the cells of table *key* row after row, as the rows and columns of `tables` are."""
        figures = self.tables.get(key)
        return tuple(map(_read, figures.cells.split("\t"))) if figures is not None else ()

    def addresses(self) -> Iterator[str]:
        """Yield the addresses of all cells of its form, table by table and row by row."""
        for table, figures in self.tables.items():
            yield from (f"{table}/{row}/{column}" for row in figures.rows for column in figures.columns)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of its prose, in order, without those of a few words."""
        if not self.within:
            return ()
        texts = zlib.decompress(self.packed).decode().split("\n")
        keys = (self.sections[at] for at in self.within)
        return tuple(map(Sentence, keys, texts, self.digests))

    @property
    def digests(self) -> tuple[int, ...]:
        """The digests of its sentences, in order."""
        ends = range(WIDTH, len(self.masked) + 1, WIDTH)
        return tuple(int.from_bytes(self.masked[end - WIDTH : end]) for end in ends)


class Unread(NamedTuple):
    """Another report that was to be known and is not: there is none, it cannot be read, or it is not clear which it is.

    What is known of it otherwise: *organ*, *year*, *level*. *path* is "" if there is no file.
    """

    path: str
    reason: Text
    organ: str = ""
    year: int | None = None
    level: Level | None = None

    @property
    def name(self) -> str:
        """What to call it: its organ, else its path."""
        return self.organ or self.path


class Siblings(NamedTuple):
    """The reports of a year and a level, or of one parent, and which of their sentences several organs have.

    It is made once for all of them, so that a report that asks for its own sentences never looks through theirs.
    *known_as* has the names by which one organ among them is known, and only one; *filled*, for each level and cell,
    how many organs have more than nought in it, and *organs* how many there are of each level.
    """

    reports: tuple[Neighbour, ...]
    places: Mapping[int, tuple[int, ...]]  # for each digest that two or more have: which, the first of them
    counts: Mapping[int, int]
    known_as: Mapping[str, Neighbour] = {}
    filled: Mapping[tuple[Level | None, str], int] = {}
    organs: Mapping[Level | None, int] = {}

    def count(self, digest: int) -> int:
        """Return how many organs have the sentence *digest*; 1 stands for one or none."""
        return self.counts.get(digest, 1)

    def having(self, digest: int) -> tuple[Neighbour, ...]:
        """Return the first reports, in their order and one of each organ, that have the sentence *digest*.

        There are none if only one organ has it.
        """
        return tuple(self.reports[at] for at in self.places.get(digest, ()))


class Neighbours(NamedTuple):
    """What a report knows of others; None for what it has none of, as a report that is checked alone.

    *itself* is the report as others see it; *previous* that of the same organ on the year before; *members* those of
    the organs that it sums up. *siblings* have *itself* among them.
    """

    itself: Neighbour
    previous: Neighbour | Unread | None = None
    members: tuple[Neighbour | Unread, ...] | None = None
    siblings: Siblings | None = None


_MOST_NAMED = 16  # reports that are named for one sentence


def _organ(report: Neighbour) -> str:
    return report.organ or report.path


def siblings_of(reports: Iterable[Neighbour], organ: Callable[[Neighbour], str] = _organ) -> Siblings:
    """Return *reports* with an index of the sentences that two organs or more have.

    *organ* tells two reports of one organ, a draft and the final text, from those of two.
    """
    known = tuple(reports)
    first: dict[int, int] = {}
    places = defaultdict[int, list[int]](list)
    counts: dict[int, int] = {}
    seen: dict[str, set[int]] = {}
    for at, report in enumerate(known):
        before = seen.setdefault(organ(report), set())
        for digest in set(report.digests) - before:
            before.add(digest)
            other = first.setdefault(digest, at)
            if other == at:
                continue
            named = places[digest]
            if not named:
                named.append(other)
            if len(named) < _MOST_NAMED:
                named.append(at)
            counts[digest] = counts.get(digest, 1) + 1
    one_of_each = {organ(report): report for report in reversed(known)}
    names = Counter(name for report in one_of_each.values() for name in report.names)
    return Siblings(
        known,
        {digest: tuple(named) for digest, named in places.items()},
        counts,
        {name: report for report in one_of_each.values() for name in report.names if names[name] == 1},
        Counter((report.level, address) for report in one_of_each.values() for address in _filled(report)),
        Counter(report.level for report in one_of_each.values()),
    )


def _filled(report: Neighbour) -> Iterator[str]:
    """Yield the addresses of the cells with a figure that is not nought."""
    for key, figures in report.tables.items():
        places = product(figures.rows, figures.columns)
        for (row, column), written in zip(places, figures.cells.split("\t"), strict=True):
            if written not in STATES and written.partition(" ")[0].strip("-0."):
                yield f"{key}/{row}/{column}"
