"""The report as rules see it: title, issuer, year, sections, keyed cells."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from nianbao.report.binding import bind
from nianbao.report.bounds import bounds_of
from nianbao.report.equations import Equation, Imbalance, equations, imbalances
from nianbao.report.form import Form, fitting_form, form_of, mixed_form
from nianbao.report.issuer import Issuer, Level, infer
from nianbao.report.kind import Other, other_kind
from nianbao.report.period import Period, plain_digits, statements
from nianbao.report.sections import Section, paragraphs_of, sections_of
from nianbao.report.syntax import Grid, Outline, Piece, read
from nianbao.report.table import Cell, Label, Table
from nianbao.report.title import TITLE_YEAR, joined, organ_in, title_of
from nianbao.text.folding import fold
from nianbao.text.source import Source, Span


class Looked(NamedTuple):
    """The parts of a report that a rule has asked for, in the order it asked; None for those it does not have."""

    sections: list[tuple[str, Section | None]]
    tables: list[tuple[str, Table | None]]
    equations: list[Equation]
    cells: list[Cell]


class Report:
    """One report. Nothing is guessed: things that the text does not state are None."""

    def __init__(
        self,
        source: Source,
        forms: Sequence[Form],
        *,
        year: int | None = None,
        level: Level | None = None,
        region: str | None = None,
    ) -> None:
        """Read *source*. *year*, *level* and *region* are taken as given, not inferred. Never fails.

        `text` is that of *source* up to a second report, with spaces for its comments and its table of contents,
        which are no part of a report; `words` are the folded texts of the cells of its tables, bare figures left out.
        """
        self.source = source
        whole = _without_comments(source.text)
        bounds = bounds_of(whole)
        self.text = bounds.within(whole)
        self.second: Span | None = bounds.second
        self.outline: Outline = read(self.text)
        self.title: Piece | None = title_of(source, self.outline)
        self.forms = tuple(forms)
        self.grids: tuple[Grid, ...] = tuple(_all_grids(self.outline))
        cells = [cell.text for grid in self.grids for row in grid.rows for cell in row]
        self.words = frozenset([fold(text) for text in cells if not text.isdecimal()])
        self.year: int | None = year or self.stated_year
        self.official_form: Form | None = form_of(self.year, forms) if self.year else None
        # The labels decide; the form that the year asks for is compared with this one later.
        self.form: Form | None = fitting_form(self.words, forms, self.official_form) or self.official_form
        if self.form is not None and self.official_form is not None:
            self.form = mixed_form(self.form, self.official_form, self.words)
        reading = self.form or forms[-1]
        self.sections: tuple[Section, ...] = tuple(sections_of(self.outline, reading))
        binding = bind(reading, self.grids)
        self.tables: dict[str, Table] = binding.tables
        self.items: dict[str, Label] = binding.items
        organ = infer(organ_in(self.title))
        self.issuer = Issuer(organ.name, level or organ.level, organ.government)
        self.region = region
        self.looked: Looked | None = None  # kept only while a rule is watched

    # -- statements ----------------------------------------------------------------------------------

    @cached_property
    def title_years(self) -> tuple[int, ...]:
        """The years in the title, in order, without the date of publication: 2022年1月 or （2022年）."""
        title = plain_digits(joined(self.title.text)) if self.title is not None else ""
        years = TITLE_YEAR.findall(re.sub(r"[（(][^（）()]*[）)]", "", title)) or TITLE_YEAR.findall(title)
        return tuple(map(int, years))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The statistics periods that the report states."""
        return tuple(p for piece in self.paragraphs for p in statements(piece.text, piece.span.start))

    @cached_property
    def stated_year(self) -> int | None:
        """The year reported on, by the title, else by the statistics period, else by most of the text."""
        if self.title_years:
            return self.title_years[-1]
        whole = [period.start.year for period in self.periods if period.is_year]
        if whole:
            return whole[0]
        years = re.findall(r"(?<!\d)(20\d\d)年", self.text[:20000]) if self.outline.sections else []
        most = max(set(years), key=years.count, default=None)
        return int(most) if most and 2 * years.count(most) > len(years) and len(years) >= 2 else None

    @cached_property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Every paragraph outside the tables, preamble first."""
        head = self.outline.head if self.title is None else ()
        parts = (self.outline.preamble, *self.outline.sections)
        return (*head, *(paragraph for part in parts for paragraph in paragraphs_of(part)))

    @cached_property
    def prose(self) -> str:
        """The text of `paragraphs`, one a line, to see at once that a word is in none of them."""
        return "\n".join([piece.text for piece in self.paragraphs])

    def within(self, place: str) -> bool | None:
        """Return whether the organ belongs to *place*: by the region given, else by its own full name.

        None if neither shows it: 云岭镇人民政府 may be in any county.
        """
        if self.region is not None:
            return fold(place) in fold(self.region)
        return True if fold(place) in fold(self.issuer.name) else None

    # -- sections and tables -------------------------------------------------------------------------

    @cached_property
    def recognised(self) -> bool:
        """Whether it is a report on disclosure that has one of the form's sections; else it may be anything."""
        about_disclosure = "信息公开" in self.text or "公开政府信息" in self.text
        return about_disclosure and any(section.key for section in self.sections) and self.other is None

    @cached_property
    def other(self) -> Other | None:
        """The kind of the text by its title if it is no report of an organ; with tables of the form it is one.

        A school that keeps to the headings of the form is judged by it.
        """
        other = other_kind(self.text) if not self.tables else None
        official = sum(section.standing == "official" for section in self.sections)
        return None if other is not None and other.kind == "public service" and official > 1 else other

    @cached_property
    def parts(self) -> tuple[Section, ...]:
        """The sections as their writer meant them.

        Those of a table of contents are left out; of two that claim one part of the form the better keeps it,
        and the other is no part of the form.
        """
        kept: list[Section] = []
        later: set[str] = set()
        for section in reversed(self.sections):
            names = {section.key, fold(section.title.text)} - {""}
            if not section.empty or names.isdisjoint(later):
                kept.append(section)
            later |= names
        kept.reverse()
        owners: dict[str, Section] = {}
        for section in sorted(kept, key=lambda s: s.standing not in ("official", "wording")):
            owners.setdefault(section.key, section)
        return tuple(
            s if not s.key or owners[s.key] is s else s._replace(key="", covers=(), standing="") for s in kept
        )

    def section(self, key: str) -> Section | None:
        """Return the first section that is, or covers, section *key* of the form."""
        section = next((s for s in self.sections if s.key == key), None) or next(
            (s for s in self.sections if key in s.covers), None
        )
        if self.looked is not None:
            self.looked.sections.append((key, section))
        return section

    def parts_of(self, *keys: str) -> tuple[Section, ...]:
        """Return those of `parts` that are, or cover, one of the sections *keys* of the form."""
        parts = tuple(s for s in self.parts if not {s.key, *s.covers}.isdisjoint(keys))
        if self.looked is not None:
            owners = {key: section for section in parts for key in (section.key, *section.covers)}
            self.looked.sections.extend((key, owners.get(key)) for key in keys)
        return parts

    def table(self, key: str) -> Table | None:
        """Return the table *key* of the form, None if the report has none that could be read."""
        table = self.tables.get(key)
        if self.looked is not None:
            self.looked.tables.append((key, table))
        return table if table is not None and table.readable else None

    def watch(self) -> Looked:
        """Return the parts that are asked for from now on, added as they are asked for."""
        cells: list[Cell] = []
        self.looked = Looked([], [], [], cells)
        for table in self.tables.values():
            table.looked = cells
        return self.looked

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """Keys of the tables that are in the report, by their words, and could not be bound."""
        if self.form is None and not self.outline.sections:
            return frozenset()
        poor = {key for key, table in self.tables.items() if not table.readable}
        forms = self.form.tables if self.form else ()
        unseen = [table for table in forms if table.key not in self.tables]
        if unseen:
            prose = fold(self.prose)
            for table in unseen:
                words = {fold(line.label) for line in table.lines if len(line.label) > 3}
                seen = sum(word in prose for word in words)
                item = f"第二十条第({table.item})项"
                if (item in prose and "信息内容" in prose) if table.item else 2 * seen > len(words):
                    poor.add(table.key)
        return frozenset(poor)

    def equations(self, key: str, name: str | None = None) -> tuple[Equation, ...]:
        """Return the identities of table *key* bound to cells, or only those called *name*."""
        chosen = tuple(e for e in self._equations(key) if name is None or e.identity.name == name)
        if self.looked is not None:
            self.looked.equations.extend(chosen)
        return chosen

    def imbalances(self, key: str) -> tuple[Imbalance, ...]:
        """Return the causes of the identities of table *key* that fail, one for each."""
        if key not in self._imbalances:
            self._imbalances[key] = tuple(imbalances(self.equations(key)))
        return self._imbalances[key]

    def _equations(self, key: str) -> tuple[Equation, ...]:
        if key not in self._bound_equations:
            table = self.table(key)
            identities = self.form.identities if self.form else ()
            self._bound_equations[key] = tuple(equations(identities, table)) if table else ()
        return self._bound_equations[key]

    @cached_property
    def _bound_equations(self) -> dict[str, tuple[Equation, ...]]:
        return {}

    @cached_property
    def _imbalances(self) -> dict[str, tuple[Imbalance, ...]]:
        return {}

    # -- places --------------------------------------------------------------------------------------

    def section_around(self, offset: int) -> Section | None:
        """Return the section that *offset* is in, its heading included, None before the first."""
        around = None
        for section in self.sections:
            if section.heading.start > offset:
                break
            around = section
        return around

    def place(self, offset: int) -> str:
        """Return the section that *offset* is in, in the report's own words: 二、主动公开政府信息情况."""
        section = self.section_around(offset)
        if section is not None:
            return self.source[section.heading].strip("#* 。：")
        return "标题" if self.title and offset < self.title.span.end else "导语"

    @property
    def anchor(self) -> Span:
        """The span of a finding about the whole report: its title, else its first line of text."""
        if self.title is not None:
            return self.title.span
        for section in self.sections:
            return section.heading
        for paragraph in self.paragraphs:
            return paragraph.span
        return Span(0, 0)


def _without_comments(text: str) -> str:
    if "<!--" not in text:
        return text
    from nianbao.report.comments import blanked

    return blanked(text)


def _all_grids(outline: Outline) -> Iterator[Grid]:
    stack = [*reversed((outline.preamble, *outline.sections))]
    while stack:
        part = stack.pop()
        yield from part.grids
        stack.extend(reversed(part.parts))
