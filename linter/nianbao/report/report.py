"""The report as rules see it: title, issuer, year, sections, keyed cells."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.binding import Binding, bind
from nianbao.report.bounds import bounds_of
from nianbao.report.equations import Equation, Imbalance, equations, imbalances
from nianbao.report.form import Form, TableForm, fitting_form, form_of, mixed_form
from nianbao.report.issuer import Issuer, Level, infer
from nianbao.report.kind import Other, other_kind
from nianbao.report.organ_names import OrganNames, called, organ_names
from nianbao.report.period import Period, plain_digits, statements
from nianbao.report.sections import Section, paragraphs_of, sections_of
from nianbao.report.syntax import Grid, Outline, Part, Piece, read
from nianbao.report.table import Cell, Label, Table
from nianbao.report.title import TITLE_YEAR, joined, organ_in, title_of
from nianbao.text.folding import fold, split_numeral
from nianbao.text.pictures import is_hidden, is_of_sheet, pictures_in
from nianbao.text.source import Source, Span
from nianbao.text.traditional import is_traditional

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.report.neighbour import Neighbour, Neighbours, Siblings, Unread

_SHORTEST_SEEN = 4  # shorter labels are words of other rows too: 其他, 总计, 重复申请
_SHORTEST_ORGAN = 2
_HEAD = 2000  # characters of a text in which it says what it is
_A_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_PART_OR_BEFORE = re.compile("上一?年(?!度?结转)|去年|同期|其中")
_AN_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,10}(?:镇|乡|街道|局)")
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表说明)[:：]?")
_RUN_OF_FIGURES = re.compile(r"(?:(?<![\d.])\d+[\s|,，]+){4}\d")  # five: no sentence has them
_ANNEX = re.compile(r"(?m)^[ \t\u3000#*]*附[ \u3000]*[件表图]")
YearStatement = Literal["title", "period", "name", "sentences"]
# The report is named in its preamble: 编制了2023年政府信息公开年度报告.
NAMED_YEAR = re.compile(
    r"(?<!\d)(20\d\d)年?度?(?:的)?(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
SPOKEN_YEAR = re.compile(
    r"(?<![\d《〈])(20\d\d)\s?年度?(?:的)?(?:政府|政务)(?:信息)?公开"
    r"(?!(?:工作)?(?:要点|计划|方案|安排|任务)|[^。，；]{0,8}[》〉])"
)
OPENING_YEAR = re.compile(
    r"(?:^|(?<=[\n。；，）]))\s*(20\d\d)\s?年(?!\s?\d{1,2}\s?月|度?(?:预算|决算)|，?将)"
)


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
        """Read *source*. *level* and *region* are taken as given, not inferred. Never fails.

        *year* is the year that is expected: it is that of a report which states none.

        `text` is that of *source* up to a second report, with spaces for its comments and its table of contents,
        which are no part of a report; `words` are the folded texts of the cells of its tables, bare figures left out.
        """
        self.source = source
        whole = _without_comments(source.text)
        bounds = bounds_of(whole)
        self.text = bounds.within(whole)
        self.second: Span | None = bounds.second
        self.forms = tuple(forms)
        self.expected_year = year
        self._take(read(self.text))
        form = self.form or forms[-1]
        binding = bind(form, self.grids)
        if len(binding.tables) < len(form.tables) or not binding.whole:
            binding = self._with_loose(binding)
        self.sections: tuple[Section, ...] = tuple(sections_of(self.outline, self.form or forms[-1]))
        self.tables: dict[str, Table] = binding.tables
        for table in self.tables.values():
            if table.lacking:
                self._see_unread(table)
        self.items: dict[str, Label] = binding.items
        organ = infer(organ_in(self.title))
        if len(organ.name) < _SHORTEST_ORGAN:
            organ = self._publisher() or organ
        self.issuer = Issuer(organ.name, level or organ.level, organ.government)
        for table in self.tables.values():
            if table.again is not None and self._of_others(table, table.again):
                table.again = None
        self.region = region
        self.itself: Neighbour | None = None  # as others see it
        self.previous: Neighbour | Unread | None = None
        self.members: tuple[Neighbour | Unread, ...] | None = None
        self.siblings: Siblings | None = None
        self.looked: Looked | None = None  # kept only while a rule is watched

    def __getstate__(self) -> dict[str, Any]:
        """Return all but what it knows of others, which in another process it knows no more."""
        alone = dict.fromkeys(("itself", "previous", "members", "siblings"))
        return {**vars(self), **alone}

    def know(self, neighbours: "Neighbours") -> None:
        """Have it know the reports of others: that of the year before, those below it, those beside it."""
        self.itself, self.previous, self.members, self.siblings = neighbours

    def _take(self, outline: Outline, words: frozenset[str] = frozenset()) -> None:
        """Read title, year and form from *outline*; *words* are those that its tables may have beside."""
        self.outline: Outline = outline
        self.title: Piece | None = title_of(self.source, outline)
        for name in ("title_years", "periods", "stated_year", "year_statements", "paragraphs", "prose"):
            self.__dict__.pop(name, None)
        self.grids: tuple[Grid, ...] = tuple(_all_grids(outline))
        cells = [cell.text for grid in self.grids for row in grid.rows for cell in row]
        self.words = frozenset([fold(text) for text in cells if not text.isdecimal()])
        self.year: int | None = self.stated_year or self.expected_year
        self.official_form: Form | None = form_of(self.year, self.forms) if self.year else None
        # The labels decide; the form that the year asks for is compared with this one later.
        seen = self.words | words
        self.form: Form | None = fitting_form(seen, self.forms, self.official_form) or self.official_form
        if self.form is not None and self.official_form is not None:
            self.form = mixed_form(self.form, self.official_form, seen)

    def _with_loose(self, binding: Binding) -> Binding:
        """Return *binding* with the tables that more is found of by the words of the form alone.

        If there are any, their lines are tables in the outline and no prose.
        """
        from nianbao.report.loose import grids_of, words_of  # most reports do not need it

        ordinary = self.outline
        words = words_of(self.text)
        self._take(ordinary, words)
        form = self.form or self.forms[-1]
        found = grids_of(self.text, form)
        mixed = binding
        if found:
            self._take(read(self.text, found), words)
            mixed = binding.or_better(bind(form, self.grids))
        if mixed.tables == binding.tables:
            self._take(ordinary)
            return binding
        return mixed

    def _publisher(self) -> Issuer | None:
        from nianbao.report.publisher import publisher  # most titles name the organ

        return publisher(self.text, self.outline, self.prose)

    def _see_unread(self, table: Table) -> None:
        """Note the rows that *table* seems to lack and that may be there, unread: their words are in it, or a picture."""
        from nianbao.report.loose import letters_of  # most reports do not need it

        pictured = self.picture_for(table.form) is not None
        words = letters_of(self.text[slice(*table.span)])
        for row in table.lacking:
            label = letters_of(split_numeral(fold(row.label))[1])
            if pictured or (len(label) > _SHORTEST_SEEN and label in words):
                table.unread.append(Label(row.key, row.label, table.span, row.label, exact=True))

    def _of_others(self, table: Table, other: Table) -> bool:
        """Return whether *other*, below *table*, is of another year or organ by what is above it, the last sentence at most."""
        first = min(cell.span.start for cell in other.cells)
        end = max((cell.span.end for cell in table.cells if cell.span.end <= first), default=0)
        above = self.text[end:first].split("。")[-2:]
        words = "\n".join(above)
        years = map(int, _A_YEAR.findall(plain_digits(words)))
        if _PART_OR_BEFORE.search(words) or any(year != self.year for year in years):
            return True
        return any(organ not in self.issuer.name for organ in _AN_ORGAN.findall(above[-1]))

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
        """The year reported on: the one that most statements of it give, in doubt the title's, then the period's.

        Statements are the title, the statistics period, the name of the report in the preamble, and the sentences
        that begin with a year.
        """
        votes = Counter[int]()
        for years in self.year_statements.values():
            votes.update(years)
        most = max(votes.values(), default=0)
        order = (year for years in self.year_statements.values() for year in years)
        stated = next((year for year in order if votes[year] == most), None)
        return self._spoken_year if stated is None else stated

    @property
    def _spoken_year(self) -> int | None:
        """The year of the work that is reported on, in passing, if only one is: 汇报我镇2023年政府信息公开工作."""
        said = set(SPOKEN_YEAR.findall(plain_digits(self.prose[:20000]))) if self.outline.sections else set()
        return int(said.pop()) if len(said) == 1 else None

    @cached_property
    def year_statements(self) -> dict[YearStatement, tuple[int, ...]]:
        """The years that the report states, by where it does; each place has one, if it has any."""
        preamble = plain_digits("".join(piece.text for piece in self.outline.preamble.paragraphs))
        named = NAMED_YEAR.findall(preamble) if "信息公开" in preamble else ()
        whole = tuple(period.start.year for period in self.periods if period.is_year)
        if self.title_years and whole and self.title_years[-1] in whole:
            year = (self.title_years[-1],)
            return {"title": year, "period": year, "name": (), "sentences": ()}
        text = "\n".join(piece.text for piece in self.paragraphs) if self.outline.sections else ""
        opening = Counter(map(int, OPENING_YEAR.findall(plain_digits(text[:20000]))))
        usual = max(opening, key=opening.__getitem__, default=None)
        sure = usual is not None and 2 * opening[usual] > opening.total()
        return {
            "title": self.title_years[-1:],
            "period": whole[:1],
            "name": tuple(map(int, named[:1])),
            "sentences": (usual,) if usual is not None and sure else (),
        }

    @cached_property
    def paragraphs(self) -> tuple[Piece, ...]:
        """Every paragraph outside the tables, preamble first."""
        head = self.outline.head if self.title is None else ()
        end = self.title.span.end if self.title is not None else 0
        parts = (self.outline.preamble, *self.outline.sections)
        below = (paragraph for part in parts for paragraph in paragraphs_of(part))
        return (*head, *(paragraph for paragraph in below if paragraph.span.start >= end))

    @cached_property
    def prose(self) -> str:
        """The text of `paragraphs`, one a line, to see at once that a word is in none of them."""
        return "\n".join([piece.text for piece in self.paragraphs])

    @cached_property
    def names(self) -> OrganNames:
        """The names by which the organ is known and calls itself."""
        return organ_names(self.issuer.name, called(self.issuer.name, self.prose))

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
        """Whether it is a report on disclosure that has one of the form's sections; else it may be anything.

        Under words of its own one is enough only if the text calls itself a report.
        """
        about_disclosure = "信息公开" in self.text or "公开政府信息" in self.text
        keyed = [section.standing for section in self.sections if section.key]
        titled = re.search("公开[^。，；]{0,12}(?:报告|年报)", self.text[:_HEAD])
        sure = len(keyed) > 1 or bool(keyed and titled) or any(standing != "similar" for standing in keyed)
        known = about_disclosure and sure and not self.only_tables
        return known and self.other is None and not self.traditional

    @cached_property
    def only_tables(self) -> bool:
        """Whether it is a workbook with tables of the form and no more: the rest of the report is in another file.

        One that has the heading of a part without a table, or a sentence that is no note, is a report.
        """
        if not (self.source.in_cells and self.tables and self.form):
            return False
        tabled = {table.section for table in self.form.tables}
        if any(section.key and not tabled & {section.key, *section.covers} for section in self.sections):
            return False
        return not any("。" in piece.text and not _NOTE.match(piece.text) for piece in self.paragraphs)

    @cached_property
    def headless(self) -> bool:
        """Whether its beginning seems to be lost: it has no title, and its first part is a later one of the form."""
        first = next((section for section in self.sections if section.key), None)
        if first is None or self.form is None or self.title is not None:
            return False
        return bool(first.numeral) and first.key != self.form.sections[0].key

    @cached_property
    def traditional(self) -> bool:
        """Whether the text is in traditional characters, in which the words of the forms are not looked for."""
        return is_traditional(self.text)

    @cached_property
    def other(self) -> Other | None:
        """The kind of the text by its title if it is no report of an organ; with figures in the form's tables it is one."""
        if any(cell.value is not None for table in self.tables.values() for cell in table.cells):
            return None
        official = sum(section.standing == "official" for section in self.sections)
        return other_kind(self.text, headed=official > 1)

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
        """Keys of the tables that are, or may be, in the report, and could not be bound."""
        if self.form is None and not self.outline.sections:
            return frozenset()
        poor = {key for key, table in self.tables.items() if not table.readable}
        forms = self.form.tables if self.form else ()
        unseen = [table for table in forms if table.key not in self.tables]
        if unseen:
            prose, text = fold(self.prose), fold(self.text)
            poor.update(
                table.key for table in unseen if self._may_have(table, prose, text) or self.picture_for(table)
            )
        return frozenset(poor)

    @cached_property
    def pictures(self) -> tuple[Span, ...]:
        """The pictures, embedded files and signs of what is hidden in the text, none of which is read; the last come first."""
        signs = pictures_in(self.text)
        return tuple(sorted(signs, key=lambda sign: not is_hidden(self.text[slice(*sign)])))

    def picture_for(self, table: TableForm) -> Span | None:
        """Return the first picture that *table*, or some of it, may be in: one in its section, in an annex or hidden in its sheet.

        A table that was not found may be in anything that is hidden.
        """
        if not self.pictures:
            return None
        annex = _ANNEX.search(self.text)
        for picture in self.pictures:
            section = self.section_around(picture.start)
            own = section is not None and table.section in (section.key, *section.covers)
            annexed = annex is not None and annex.start() < picture.start
            if own or annexed or self._may_hide(self.text[slice(*picture)], table):
                return picture
        return None

    def _may_hide(self, sign: str, table: TableForm) -> bool:
        """Return whether what *sign* says is hidden may be *table*, or rows and columns of it."""
        found = self.tables.get(table.key)
        if found is None or not is_hidden(sign):
            return is_hidden(sign)
        return any(is_of_sheet(sign, place.origin.part) for place in self.source.locate(found.span)[:1])

    @property
    def partly_read(self) -> tuple[Table, ...]:
        """The tables with rows that are there and could not be read, though most of the others could."""
        return tuple(table for table in self.tables.values() if table.unread and table.readable)

    def _may_have(self, table: TableForm, prose: str, text: str) -> bool:
        """Return whether *table* may be in the report: its words are, or figures that can be nothing else.

        Rows of table three that have lost their cells may be headings, so they are in *text*, not in *prose*.
        """
        words = {fold(line.label) for line in table.lines if len(line.label) > 3}
        seen = sum(word in text for word in words)
        item = f"第二十条第({table.item})项"
        if (item in prose and "信息内容" in prose) if table.item else 2 * seen > len(words):
            return True
        section = next((s for s in self.sections if table.section in (s.key, *s.covers)), None)
        others = {other.section for key in self.tables if (other := self._form_of(key))}
        if section is None or table.section in others:
            return False
        cells = "\n".join(cell.text for grid in _grids_of(section.part) for row in grid.rows for cell in row)
        if any(word in fold(cells) for word in words):
            return True
        lines = "\n".join(piece.text for piece in section.paragraphs)
        return _RUN_OF_FIGURES.search(f"{lines}\n{cells}") is not None

    def _form_of(self, key: str) -> TableForm | None:
        return self.form.table(key) if self.form else None

    def equations(self, key: str, name: str | None = None) -> tuple[Equation, ...]:
        """Return the identities of table *key* bound to cells, or only those called *name*."""
        bound = self._equations(key)
        chosen = bound if name is None else tuple([e for e in bound if e.identity.name == name])
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
        number = bisect_right(self._begins, offset)
        return self.sections[number - 1] if number else None

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        return tuple(section.heading.start for section in self.sections)

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
    return (grid for part in (outline.preamble, *outline.sections) for grid in _grids_of(part))


def _grids_of(part: Part) -> Iterator[Grid]:
    stack = [part]
    while stack:
        part = stack.pop()
        yield from part.grids
        stack.extend(reversed(part.parts))
