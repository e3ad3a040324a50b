"""The report as rules see it: title, issuer, year, sections, keyed cells."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from nianbao.report.binding import bind
from nianbao.report.equations import Equation, Imbalance, equations, imbalances
from nianbao.report.form import Form, fitting_form, form_of, mixed_form
from nianbao.report.issuer import Issuer, Level, infer
from nianbao.report.period import Period, plain_digits, statements
from nianbao.report.syntax import Grid, Outline, Part, Piece, read
from nianbao.report.table import Cell, Label, Table
from nianbao.text.folding import fold
from nianbao.text.source import Source, Span

Standing = Literal["official", "wording", "aliases", "obsolete", "similar", ""]


class Section(NamedTuple):
    """A level-one section as found.

    *key* names the section of the form it is, "" for one that the form does not have; *covers* has more
    than that key where one heading joins two sections. *standing* says how the title stands to the form's.
    """

    key: str
    covers: tuple[str, ...]
    standing: Standing
    part: Part

    @property
    def title(self) -> Piece:
        """The title without its numeral."""
        assert self.part.heading is not None
        return self.part.heading.title

    @property
    def numeral(self) -> str:
        """The numeral as printed, "" for none."""
        assert self.part.heading is not None
        return self.part.heading.numeral

    @property
    def heading(self) -> Span:
        """The whole line of the heading."""
        assert self.part.heading is not None
        return self.part.heading.span

    @property
    def empty(self) -> bool:
        """Whether nothing stands under the heading."""
        return not (self.part.paragraphs or self.part.grids or self.part.parts)

    @property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Every paragraph of the section, those of its subsections too, in order."""
        return tuple(_paragraphs(self.part))


class Looked(NamedTuple):
    """What a rule has asked a report for, in the order it asked; None for what the report does not have."""

    sections: list[tuple[str, Section | None]]
    tables: list[tuple[str, Table | None]]
    equations: list[Equation]
    cells: list[Cell]


class Report:
    """One report. What the text does not state is None; nothing here is guessed."""

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

        `text` is that of *source* with spaces for its comments, which are no part of a report; `words` are the folded texts of the cells of its tables, bare figures left out.
        """
        self.source = source
        self.text = _without_comments(source.text)
        self.outline: Outline = read(self.text)
        self.title: Piece | None = _title(source, self.outline)
        self.forms = tuple(forms)
        self.grids: tuple[Grid, ...] = tuple(_all_grids(self.outline))
        cells = [cell.text for grid in self.grids for row in grid.rows for cell in row]
        self.words = frozenset([fold(text) for text in cells if not text.isdecimal()])
        self.year: int | None = year or self.stated_year
        self.official_form: Form | None = form_of(self.year, forms) if self.year else None
        # The labels found decide; which form the year asks for is compared with it later.
        self.form: Form | None = fitting_form(self.words, forms, self.official_form) or self.official_form
        if self.form is not None and self.official_form is not None:
            self.form = mixed_form(self.form, self.official_form, self.words)
        reading = self.form or forms[-1]
        self.sections: tuple[Section, ...] = tuple(_sections(self.outline, reading))
        binding = bind(reading, self.grids)
        self.tables: dict[str, Table] = binding.tables
        self.items: dict[str, Label] = binding.items
        found = infer(_unit(self.title))
        self.issuer = Issuer(found.name, level or found.level, found.government)
        self.region = region
        self.looked: Looked | None = None  # kept only for whoever watches a rule

    # -- what it states ------------------------------------------------------------------------------

    @cached_property
    def title_years(self) -> tuple[int, ...]:
        """The years in the title, in order; the date it was published on, 2022年1月 or （2022年）, is none of them."""
        title = plain_digits(_joined(self.title.text)) if self.title is not None else ""
        years = _TITLE_YEAR.findall(re.sub(r"[（(][^（）()]*[）)]", "", title)) or _TITLE_YEAR.findall(title)
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
        return (*head, *(paragraph for part in parts for paragraph in _paragraphs(part)))

    @cached_property
    def prose(self) -> str:
        """The text of `paragraphs`, one a line: where a word stands in none of it no paragraph need be looked at."""
        return "\n".join([piece.text for piece in self.paragraphs])

    def within(self, place: str) -> bool | None:
        """Return whether the organ belongs to *place*: by the region given, else by its own full name.

        None where neither says so: 云岭镇人民政府 may stand in any county.
        """
        if self.region is not None:
            return fold(place) in fold(self.region)
        return True if fold(place) in fold(self.issuer.name) else None

    # -- sections and tables -------------------------------------------------------------------------

    @cached_property
    def recognised(self) -> bool:
        """Whether it is a report on disclosure that has one of the form's sections; else it may be anything."""
        spoken = "信息公开" in self.text or "公开政府信息" in self.text
        return spoken and any(section.key for section in self.sections)

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
        found = next((s for s in self.sections if s.key == key), None) or next(
            (s for s in self.sections if key in s.covers), None
        )
        if self.looked is not None:
            self.looked.sections.append((key, found))
        return found

    def parts_of(self, *keys: str) -> tuple[Section, ...]:
        """Return those of `parts` that are, or cover, one of the sections *keys* of the form."""
        found = tuple(s for s in self.parts if not {s.key, *s.covers}.isdisjoint(keys))
        if self.looked is not None:
            owners = {key: section for section in found for key in (section.key, *section.covers)}
            self.looked.sections.extend((key, owners.get(key)) for key in keys)
        return found

    def table(self, key: str) -> Table | None:
        """Return the table *key* of the form, None where the report has none that could be read."""
        table = self.tables.get(key)
        if self.looked is not None:
            self.looked.tables.append((key, table))
        return table if table is not None and table.readable else None

    def watch(self) -> Looked:
        """Return what is asked of this report from now on, filled as it is asked."""
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
        found = tuple(e for e in self._equations(key) if name is None or e.identity.name == name)
        if self.looked is not None:
            self.looked.equations.extend(found)
        return found

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
        """Return the section that *offset* stands in, its heading among it, None for what stands before the first."""
        found = None
        for section in self.sections:
            if section.heading.start > offset:
                break
            found = section
        return found

    def place(self, offset: int) -> str:
        """Return the section that *offset* stands in, in the report's own words: 二、主动公开政府信息情况."""
        found = self.section_around(offset)
        if found is not None:
            return self.source[found.heading].strip("#* 。：")
        return "标题" if self.title and offset < self.title.span.end else "导语"

    @property
    def anchor(self) -> Span:
        """Where a finding about the whole report is shown: its title, else its first line of text."""
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


def _paragraphs(part: Part) -> Iterator[Piece]:
    yield from part.paragraphs
    for inner in part.parts:
        if inner.heading is not None:
            yield inner.heading.title
        yield from _paragraphs(inner)


def _all_grids(outline: Outline) -> Iterator[Grid]:
    stack = [*reversed((outline.preamble, *outline.sections))]
    while stack:
        part = stack.pop()
        yield from part.grids
        stack.extend(reversed(part.parts))


def _joined(text: str) -> str:
    return "".join(text.split())


_TITLE = re.compile(r"(信息公开|政务公开).{0,12}(报告|年报|年度报)|(工作|年度)报告$|年报$")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d|年\d{1,2}月|[-./]\d)")  # in plain digits
_FULL_TITLE = re.compile(r"政府信息公开工作(20\d\d年?)?年度报告")
_LABEL = re.compile(r"^[#\s]*(标题|题目|名称)[:：]\s*")


def _title(source: Source, outline: Outline) -> Piece | None:
    """Return the title: the first lines of the head that together read like one, at most three.

    The full name of the report is looked for first: a page may carry the name of its column above it.
    """
    head = outline.head
    for pattern in (_FULL_TITLE, _TITLE):
        for first, piece in enumerate(head):
            column = _TITLE.search(_joined(piece.text)) and not re.search(r"\d", piece.text)
            for last in range(first, first + 1 if column else min(first + 3, len(head))):
                text = _joined("".join(line.text for line in head[first : last + 1]))
                if pattern.search(text) and len(text) <= 80:
                    # What stands above a line that names its organ is the page's, not the title's.
                    whole = pattern.search(_joined(head[last].text)) and _unit(head[last])
                    return _unlabelled(
                        source, (head[last] if whole else piece).span.start, head[last].span.end
                    )
    for piece in head:
        if "信息公开" in _joined(piece.text) and re.search(r"20\d\d", piece.text):
            return _unlabelled(source, piece.span.start, piece.span.end)
    return None


def _unlabelled(source: Source, start: int, end: int) -> Piece:
    label = _LABEL.match(source.text[start:end]) or re.match(r"^[#\s]*", source.text[start:end])
    start += label.end() if label else 0
    # Each line of a title in Markdown may have its sign; a space keeps every offset.
    words = re.sub(r"(?<=\n)#+", lambda signs: " " * len(signs[0]), source.text[start:end])
    return Piece(words, Span(start, end))


_NOT_UNIT = re.compile(
    r"(20\d\d|二[^年]{3}(?=年))(年度|年)?|政府信息公开.*|政务公开.*|信息公开.*|工作报告|关于"
)


def _unit(title: Piece | None) -> str:
    """Return the name of the organ in a title: what is neither year nor 政府信息公开工作年度报告."""
    return _NOT_UNIT.sub("", _joined(title.text).strip("*#《》")) if title is not None else ""


def _sections(outline: Outline, form: Form) -> Iterator[Section]:
    taken: set[str] = set()
    for part in outline.sections:
        assert part.heading is not None
        key, covers, standing = _recognised(fold(part.heading.title.text), form)
        if key in taken and standing == "similar":
            key, covers, standing = "", (), ""
        taken.update(covers)
        yield Section(key, covers, standing, part)


# What a title has to say to be read as a section though none of its known names is met.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("review", r"复议|诉讼"),
    ("problems", r"问题.*(改进|整改|措施|打算|建议)|(不足|问题)$"),
    ("other", r"其[他它].*(报告|说明)?.*(事项|情况)"),
    ("applications", r"(收到|处理|办理).*申请|依申请公开"),
    ("disclosure", r"主动公开"),
    ("overview", r"^(工作)?总体|基本情况$|概况$"),
)


def _recognised(title: str, form: Form) -> tuple[str, tuple[str, ...], Standing]:
    known = form.section_titles.get(title)
    if known is not None:
        section, standing = known
        return section.key, (section.key,), standing  # type: ignore[return-value]
    here = {section.key for section in form.sections}
    signs = [key for key, sign in _SIGNS if key in here and re.search(sign, title)]
    if not signs:
        return "", (), ""
    order = [section.key for section in form.sections]
    places = sorted(map(order.index, signs))
    # A title that speaks of neighbouring sections joins them: 三、收到和处理申请及行政复议、行政诉讼情况.
    joined = places == list(range(places[0], places[-1] + 1))
    covers = tuple(order[place] for place in places) if joined else (signs[0],)
    return covers[0], covers, "similar"
