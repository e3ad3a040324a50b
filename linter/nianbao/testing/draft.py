"""A report as a draft: words and figures that can be changed, then written out."""

from dataclasses import dataclass, field, replace
from typing import Literal

from nianbao.report.form import Form
from nianbao.report.issuer import Level
from nianbao.report.printed import Slot, expanded, groups, printed
from nianbao.text.folding import fold

Notation = Literal["tabs", "pipes", "bars"]
NUMERALS = "一二三四五六七八九十"

# Cells from left to right: "" is empty or merged with the cell above, None merged with the one to its left.
Row = list[str | None]


@dataclass
class DraftSection:
    """A level-one section: its title, paragraphs, subsections (heading, text) and tables.

    A subsection's heading is written without its numeral. If it ends in "。" the text follows in the same
    line.
    """

    key: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    subsections: list[tuple[str, str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A report that can be changed piece by piece; `render()` writes it out.

    *cells* holds the text of every cell by its address (`applications/received/total`), *labels* the labels
    that differ from the printed form (`applications/security`, `review//review_total`, `regulations/header`,
    `applications/note`, `applications//group/法人或其他组织`), *preamble* its sentences by their subject, such
    as `period`.
    """

    form: Form
    level: Level
    organ: str
    year: int
    title: str
    preamble: dict[str, str]
    sections: list[DraftSection]
    cells: dict[str, str]
    labels: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    notation: Notation = "tabs"
    dateline: str = ""  # a line under the title
    inside: bool = False  # whether the preamble is under the first heading
    closing: list[str] = field(default_factory=list)  # lines at the end: the organ that signs, and the date

    def copy(self) -> "Draft":
        """Return a draft that can be changed without this one changing."""
        sections = [
            replace(
                section,
                paragraphs=[*section.paragraphs],
                subsections=[*section.subsections],
                tables=[*section.tables],
            )
            for section in self.sections
        ]
        return replace(
            self,
            preamble={**self.preamble},
            sections=sections,
            cells={**self.cells},
            labels={**self.labels},
            dropped={*self.dropped},
            closing=[*self.closing],
        )

    # -- changes -------------------------------------------------------------------------------------

    def set(self, address: str, text: str) -> None:
        """Write *text* into the cell at *address*. Raises KeyError for a cell that the form does not have."""
        if address not in self.cells:
            raise KeyError(f"{address}: no such cell in form {self.form.name}")
        self.cells[address] = text

    def rename(self, address: str, text: str) -> None:
        """Write *text* for a label, a section's title (`section/KEY`) or the report's `title`.

        Raises KeyError for a label or a section that the report does not have.
        """
        if address == "title":
            self.title = text
        elif address.startswith("section/"):
            self.section(address.removeprefix("section/")).title = text
        elif address in self._addresses():
            self.labels[address] = text
        else:
            raise KeyError(f"{address}: no such label in form {self.form.name}")

    def drop(self, address: str) -> None:
        """Leave out a section, a row, a table, the item line or note of a table, or a preamble sentence.

        The sections behind a dropped one are numbered without it. Raises KeyError for an unknown address.
        """
        if address.startswith("section/"):
            self.sections.remove(self.section(address.removeprefix("section/")))
        elif address in self.preamble:
            del self.preamble[address]
        elif address == "note":
            self.dropped.add("applications/note")
        elif address in self._addresses() or self.form.table(address):
            self.dropped.add(address)
        else:
            raise KeyError(f"{address}: nothing of that name to drop in form {self.form.name}")

    def section(self, key: str) -> DraftSection:
        """Return the section *key*. Raises KeyError if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(f"section/{key}: no such section")

    def _addresses(self) -> frozenset[str]:
        addresses = {"applications/note"}
        for table in self.form.tables:
            addresses.update(f"{table.key}/{row.key}" for row in table.rows)
            addresses.update(f"{table.key}//{column.key}" for column in table.columns)
            addresses.update(f"{table.key}//group/{label}" for label in groups(table))
            if table.item:
                addresses.add(f"{table.key}/header")
        return frozenset(addresses)

    # -- writing it out ------------------------------------------------------------------------------

    def render(self) -> str:
        """Return the report as text, lines ended by a line feed."""
        marked = self.notation == "pipes"  # Markdown, so its headings are Markdown too
        opening = [self._preamble()] if self.preamble else []
        lines = [("# " if marked else "") + self.title, *filter(None, [self.dateline]), ""]
        lines += [] if self.inside else [*opening, ""]
        for number, section in enumerate(self.sections):
            lines.append(("## " if marked else "") + f"{NUMERALS[number]}、{section.title}")
            lines += opening if self.inside and number == 0 else []
            lines += section.paragraphs
            for inner, (heading, text) in enumerate(section.subsections):
                start = f"（{NUMERALS[inner]}）{heading}"
                lines += [start + text] if heading.endswith("。") else [start, text]
            grids = [self.grid(key) for key in section.tables if key not in self.dropped]
            lines += _WRITERS[self.notation](grids) if grids else []
            lines.append("")
        return "\n".join([*lines, *self.closing]).rstrip("\n") + "\n"

    def _preamble(self) -> str:
        titles = "、".join(section.title for section in self.sections[:-1])
        last = self.sections[-1].title if self.sections else ""
        values = {"titles": f"{titles}和{last}", "count": NUMERALS[len(self.sections) - 1]}
        return "".join(sentence.format_map(values) for sentence in self.preamble.values())

    def _label(self, address: str, printed: str) -> str:
        return self.labels.get(address, printed)

    def grid(self, key: str) -> list[Row]:
        """Return table *key* row by row, merged cells as `Row` has them. Raises KeyError if there is none."""
        table = self.form.table(key)
        if table is None:
            raise KeyError(f"{key}: no such table in form {self.form.name}")
        rows = tuple(row for row in table.rows if f"{key}/{row.key}" not in self.dropped)
        slots = printed(table._replace(rows=rows))
        if f"{key}/header" in self.dropped:
            del slots[0]
        return [[self._written(*place) for place in row] for row in expanded(slots)]

    def _written(self, slot: Slot, down: int, right: int) -> str | None:
        """Return what is written where *slot* is, so far *down* and *right* in it."""
        if right:
            return None
        if down or slot.address in self.dropped:
            return ""
        return self.cells[slot.address] if slot.figure else self._label(slot.address, slot.text)


def _wide(count: int) -> list[None]:
    return [None] * count


def _tabs(grids: list[list[Row]]) -> list[str]:
    """Return one tab-led cell a line, a blank line after each row, as in flattened web pages."""
    lines = []
    for row in (row for grid in grids for row in grid):
        lines += [f"\t{cell}" for cell in row if cell is not None]
        lines.append("")
    return lines


def _pipes(grids: list[list[Row]]) -> list[str]:
    """Return Markdown rows, the tables of one section under one rule, padded to one width."""
    width = max(len(row) for grid in grids for row in grid)
    rows = [[*row, *_wide(width - len(row))] for grid in grids for row in grid]
    first, *rest = ["| " + " | ".join(cell or "" for cell in row) + " |" for row in rows]
    return ["", first, "|" + " --- |" * width, *rest]


def _bars(grids: list[list[Row]]) -> list[str]:
    """Return one pipe a line and one cell between two of them; the ends of rows are lost."""
    cells = (cell for grid in grids for row in grid for cell in row if cell is not None)
    return ["|", *(line for cell in cells for line in (cell, "|"))]


_WRITERS = {"tabs": _tabs, "pipes": _pipes, "bars": _bars}


def noisy(draft: Draft) -> Draft:
    """Return *draft* with every table label carelessly written and of the same meaning.

    White space is inside, brackets are of the other width and quotes of another style.
    """
    other = draft.copy()
    for table in draft.form.tables:
        printed = {f"{table.key}/{row.key}": row.label for row in table.rows if row.label}
        printed |= {f"{table.key}//{column.key}": column.label for column in table.columns}
        printed |= {f"{table.key}//group/{label}": label for label in groups(table)}
        if table.item:
            printed[f"{table.key}/header"] = f"第二十条第（{table.item}）项"
        for address, label in printed.items():
            other.labels[address] = _careless(draft.labels.get(address, label))
    return other


_OTHER_WIDTH = str.maketrans({"（": "(", "）": ")", "“": '"', "”": '"', "(": "（", ")": "）"})


def _careless(label: str) -> str:
    wide = label.translate(_OTHER_WIDTH)
    middle = len(wide) // 2
    spaced = f"{wide[:middle]} \u3000{wide[middle:]}" if middle else wide
    assert fold(spaced) == fold(label), (label, spaced)
    return spaced
