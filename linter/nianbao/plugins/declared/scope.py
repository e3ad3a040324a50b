"""The scope of a rule: the whole report, or the sections that its `in` names."""

from collections.abc import Iterator, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import NotApplicable, Undetermined
from nianbao.files.scalars import Words, correction
from nianbao.files.shape import Key, Many
from nianbao.files.values import members
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.plugins.declared.kind import Found, Look, alternatives
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.report.sections import Section
from nianbao.report.syntax import Part, Piece
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Span

IN = Key(
    "in",
    Many(Words(), single=True),
    Text(
        "在哪个部分里找：部分的键（overview）或规定的标题（总体情况），可以写几个；不写就是全文",
        "the sections to look in, by key (overview) or official title (总体情况); left out, the whole report",
    ),
)
_NO_SECTION = Text(
    "格式 {form} 没有“{name}”这个部分；{remedy}", "form {form} has no section {name}: {remedy}"
)
_ABSENT = Text("报告中没有“{titles}”这个部分", "the report has no section “{titles}”")
_WHOLE = Text("全文", "the report")
_PART = Text("“{titles}”部分", "section “{titles}”")


class Scope(NamedTuple):
    """The sections that a rule looks in, by *keys* and by *titles*; without any, the whole report."""

    keys: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def words(self) -> Text:
        """Its name in a message: 全文, “总体情况”部分."""
        return _PART.fill(titles=alternatives(self.titles)) if self.keys else _WHOLE

    def sections(self, report: Report) -> tuple[Section, ...]:
        """Return the sections of *report* in scope, all of them if none is named."""
        return report.parts_of(*self.keys) if self.keys else report.parts

    def parts(self, report: Report) -> Iterator[Part]:
        """Yield the parts of *report* in scope, the preamble among the whole report's."""
        if not self.keys:
            yield report.outline.preamble
        for section in self.sections(report):
            yield section.part

    def head(self, report: Report) -> Span:
        """Return the place of a finding about missing words: the heading of the section named, else the title."""
        return self.sections(report)[0].heading if self.keys else report.anchor

    def has_picture(self, report: Report) -> bool:
        """Return whether there is a picture in scope, which may say what is looked for."""
        sections = [section.heading for section in self.sections(report)]
        around = [report.section_around(picture.start) for picture in report.pictures]
        return any(not self.keys or (found is not None and found.heading in sections) for found in around)

    def look(self, look: Look) -> Look:
        """Return *look* so that it does not apply to a report that has none of the sections named."""

        def scoped(report: Report) -> Iterator[Found | Undetermined | NotApplicable]:
            if self.keys and not self.sections(report):
                yield NotApplicable(_ABSENT.fill(titles=alternatives(self.titles)))
            else:
                yield from look(report)

        return scoped

    def pieces(self, report: Report) -> Iterator[Piece]:
        """Yield every heading and paragraph in scope, the title and the lines about it among the whole report's."""
        if self.keys:
            for section in self.sections(report):
                yield section.title
                yield from section.paragraphs
            return
        if report.title is not None:  # else its lines are among the paragraphs
            yield from report.outline.head
        yield from report.paragraphs
        yield from (section.title for section in report.sections)

    def paragraphs(self, report: Report) -> Iterator[Piece]:
        """Yield every paragraph in scope, headings left out."""
        for part in self.parts(report):
            yield from _prose(part)

    def headings(self, report: Report) -> Iterator[Piece]:
        """Yield the titles of all headings in scope; that of a section named is not inside it."""
        if not self.keys:
            yield from _titles(report.outline.preamble)
        for section in self.sections(report):
            yield from () if self.keys else (section.title,)
            yield from _titles(section.part)


WHOLE = Scope((), ())


def _prose(part: Part) -> Iterator[Piece]:
    yield from part.paragraphs
    for inner in part.parts:
        yield from _prose(inner)


def _titles(part: Part) -> Iterator[Piece]:
    for inner in part.parts:
        if inner.heading is not None:
            yield inner.heading.title
        yield from _titles(inner)


def scope(given: Item, forms: Sequence[Form]) -> Scope:
    """Return the scope that `in` names. Raises FaultError for each section that one of *forms* does not have."""
    sections = []
    with Faults() as faults:
        for name in members(given, "in"):
            with faults.noted:
                sections.append(section_of(name, forms))
    return Scope(tuple(key for key, _ in sections), tuple(title for _, title in sections))


def section_of(name: Item, forms: Sequence[Form]) -> tuple[str, str]:
    """Return key and title of the section *name*, by the last of *forms*."""
    key_and_title = ("", "")
    for form in forms:
        known = {word: (s.key, s.title) for s in form.sections for word in (s.key, fold(s.title))}
        if fold(name.written) not in known:
            titles = {word for s in form.sections for word in (s.key, s.title)}
            remedy = correction(name.written, sorted(titles))
            raise FaultError(name.offset, _NO_SECTION.fill(form=form.name, name=name.written, remedy=remedy))
        key_and_title = known[fold(name.written)]
    return key_and_title
