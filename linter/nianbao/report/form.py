"""The official forms as data: sections, tables with keyed rows and columns, identities."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from nianbao_grammar.records import NamedTuple

from nianbao.text.folding import fold, split_numeral


class SectionForm(NamedTuple):
    """One of the level-one sections that the form prescribes."""

    key: str
    title: str
    wording: tuple[str, ...]  # other titles that the regulation itself words so (条例第五十条)
    aliases: tuple[str, ...]  # titles read as this section, and reported as differing
    obsolete: tuple[str, ...]  # titles of the regulation of 2007


class ColumnForm(NamedTuple):
    """A column; *unit* is None for a count, else the printed unit of an amount ("" if none is printed)."""

    key: str
    label: str
    under: str
    unit: str | None
    signed: bool
    aliases: tuple[str, ...]


class RowForm(NamedTuple):
    """A row; *under* is the group it is in, *place* how a clerk names it."""

    key: str
    label: str
    under: str
    place: str
    aliases: tuple[str, ...]


class TableForm(NamedTuple):
    """A table; *item* is the numeral of the item of 条例第二十条 it reports on, "" for tables three and four."""

    key: str
    place: str
    section: str
    item: str
    note: str
    columns: tuple[ColumnForm, ...]
    rows: tuple[RowForm, ...]

    @property
    def lines(self) -> "tuple[RowForm | ColumnForm, ...]":
        """Rows and columns together."""
        return (*self.rows, *self.columns)


class Identity(NamedTuple):
    """A sum that the form prints: the keys on the *left* add up to the keys on the *right*.

    Along "columns" the keys are rows and the identity holds in every column; along "rows" it is the
    other way round.
    """

    name: str
    table: str
    along: Literal["columns", "rows"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    basis: str


class Aspect(NamedTuple):
    """One of the matters that 总体情况 is to cover, and words that show it does."""

    key: str
    title: str
    words: tuple[str, ...]


class LabelMatch(NamedTuple):
    """A row of a table that a label in a report may name."""

    table: TableForm
    row: RowForm


class Form:
    """One official format, and the ways its labels are found."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the plain data of a form file that `nianbao.report.form_file.check` has accepted."""
        self.name: str = data["name"]
        self.title: str = data["title"]
        self.notice: str = data["notice"]
        self.first_year: int = data["years"]["from"]
        self.last_year: int | None = data["years"].get("to")
        self.sections = tuple(
            SectionForm(
                s["key"], s["title"], *(tuple(s.get(k, ())) for k in ("wording", "aliases", "obsolete"))
            )
            for s in data["sections"]
        )
        self.obsolete_titles = tuple(data["obsolete"])
        self.aspects = tuple(Aspect(a["key"], a["title"], tuple(a["words"])) for a in data["aspects"])
        self.tables = tuple(_table(t) for t in data["tables"])
        self.identities = tuple(
            Identity(i["name"], i["table"], i["along"], tuple(i["left"]), tuple(i["right"]), i["basis"])
            for i in data["identities"]
        )

    def __repr__(self) -> str:
        return f"Form({self.name!r})"

    def covers(self, year: int) -> bool:
        """Return whether reports on *year* are made on this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def table(self, key: str) -> TableForm | None:
        """Return the table form *key*, None if this form has no such table."""
        return next((table for table in self.tables if table.key == key), None)

    def with_table(self, other: "Form", key: str) -> "Form":
        """Return this form with table *key*, and the sums that it prints, taken from *other*."""
        from copy import copy  # few reports mix two forms

        mixed = copy(self)
        for name in (
            "row_labels",
            "label_lines",
            "groups",
            "group_words",
            "labels",
            "column_labels",
            "known_labels",
        ):
            mixed.__dict__.pop(name, None)
        theirs = other.table(key)
        mixed.tables = tuple(theirs if theirs and table.key == key else table for table in self.tables)
        kept = (identity for identity in self.identities if identity.table != key)
        mixed.identities = (*kept, *(i for i in other.identities if i.table == key))
        return mixed

    @cached_property
    def row_labels(self) -> dict[str, list[LabelMatch]]:
        """Folded row label, with and without its numeral, to the rows it may mean."""
        matches: dict[str, list[LabelMatch]] = {}
        for table in self.tables:
            for row in table.rows:
                for label in (row.label, *row.aliases):
                    for key in {fold(label), split_numeral(fold(label))[1]}:
                        matches.setdefault(key, []).append(LabelMatch(table, row))
        matches.pop("", None)
        return matches

    @cached_property
    def label_lines(self) -> str:
        """The `row_labels`, each behind a line end, to see at once that none begins with some words."""
        return "".join(f"\n{label}" for label in self.row_labels)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Folded labels that head a group of rows or columns, with and without their numeral."""
        labels = {fold(line.under) for table in self.tables for line in table.lines if line.under}
        return frozenset(labels | {split_numeral(label)[1] for label in labels})

    @cached_property
    def group_words(self) -> tuple[str, ...]:
        """The `groups`, for `str.startswith`."""
        return tuple(self.groups)

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every official row and column label, folded."""
        return frozenset(fold(line.label) for table in self.tables for line in table.lines if line.label)

    @cached_property
    def column_labels(self) -> frozenset[str]:
        """The official label of every column, folded."""
        return frozenset(fold(column.label) for table in self.tables for column in table.columns)

    @cached_property
    def known_labels(self) -> frozenset[str]:
        """Every label of rows, columns and groups that is read as one of the form, folded."""
        lines = [line for table in self.tables for line in table.lines]
        return self.groups | {fold(label) for line in lines for label in (line.label, *line.aliases)}.union(
            self.row_labels
        )

    @cached_property
    def section_titles(self) -> dict[str, tuple[SectionForm, str]]:
        """Folded title to its section and the `standing` of the title: official, wording, aliases or obsolete."""
        titles: dict[str, tuple[SectionForm, str]] = {}
        for section in self.sections:
            for standing in ("obsolete", "aliases", "wording"):
                for title in getattr(section, standing):
                    titles[fold(title)] = (section, standing)
            titles[fold(section.title)] = (section, "official")
        return titles


def _table(data: Mapping[str, Any]) -> TableForm:
    return TableForm(
        data["key"],
        data["place"],
        data["section"],
        data.get("item", ""),
        data.get("note", ""),
        tuple(
            ColumnForm(
                c["key"],
                c["label"],
                c.get("under", ""),
                c.get("unit"),
                c.get("signed", False),
                tuple(c.get("aliases", ())),
            )
            for c in data["columns"]
        ),
        tuple(
            RowForm(
                r["key"],
                r["label"],
                r.get("under", ""),
                r.get("place", r["label"]),
                tuple(r.get("aliases", ())),
            )
            for r in data["rows"]
        ),
    )


def load_forms(data: Iterable[Mapping[str, Any]]) -> tuple[Form, ...]:
    """Return the forms of *data*, ordered by the first year they hold for.

    One without an end holds until the next begins.
    """
    forms = sorted((Form(form) for form in data), key=lambda form: form.first_year)
    for form, following in pairwise(forms):
        if form.last_year is None:
            form.last_year = following.first_year - 1
    return tuple(forms)


def form_of(year: int, forms: Iterable[Form]) -> Form | None:
    """Return the form that a report on *year* has to follow, None before the first of them."""
    return next((form for form in forms if form.covers(year)), None)


def fitting_form(labels: Iterable[str], forms: Iterable[Form], due: Form | None = None) -> Form | None:
    """Return the form whose own labels are found most among the folded *labels*, in doubt the one that is *due*.

    None if none is due and no label distinguishes one form from another.
    """
    present = frozenset(labels)
    rivals = [form for form in forms if form.tables]
    if due is not None and due.tables:
        # Against the one that is due, a form has to show labels that the due one lacks, and more of them.
        margins = [
            (len(present & (form.labels - due.labels)) - len(present & (due.labels - form.labels)), form)
            for form in rivals
        ]
        most, best = max(margins, key=lambda pair: pair[0], default=(0, due))
        return best if most > 0 else due
    counts = []
    for form in rivals:
        others = frozenset().union(*(other.labels for other in rivals if other is not form))
        counts.append((len(present & (form.labels - others)), form))
    most, likeliest = max(counts, key=lambda pair: pair[0], default=(0, None))
    return likeliest if most > 0 else None


def mixed_form(form: Form, official: Form, labels: Collection[str]) -> Form:
    """Return *form* with those tables of *official* whose own row labels are found among the folded *labels*.

    Reports carry over the section-two tables of an older form more often than table three: the tables that
    are on the right form are read by it.
    """
    for table in official.tables:
        mine = form.table(table.key)
        if mine is None or table.item or form is official:
            continue
        theirs, own = ({fold(row.label) for row in t.rows} for t in (table, mine))
        if len((theirs - own).intersection(labels)) > len((own - theirs).intersection(labels)):
            form = form.with_table(official, table.key)
    return form
