"""Sections that are not in the form, out of order or under another title."""

from collections.abc import Iterator, Sequence

from nianbao.api import Edit, Finding, Fix, Form, Report, Section, Text, fold

from nianbao_rules.shared.headings import second_numberings, value_of

_APPENDICES = ("附件", "附表", "附录", "附注", "附图", "附:", *(f"表{n}" for n in "一二三四1234"))
_OLD_REGIME = ("收费", "减免")


def foreign_sections(report: Report) -> Iterator[Section]:
    """Yield the level-one sections that are no part of the form, without appendices.

    If the parts are numbered 一、 to 六、, a heading without such a numeral is of another level, and those of a
    second numbering belong to a part.
    """
    parts = report.parts
    numbered = any(value_of(section.numeral) for section in parts if section.key)
    nested = {section.heading for series in second_numberings(report) for section in series.headings}
    for section in parts:
        if section.key or section.heading in nested or (numbered and value_of(section.numeral) is None):
            continue
        if not _is_appendix(fold(section.title.text)):
            yield section


def _is_appendix(title: str) -> bool:
    return title.startswith(_APPENDICES) or title in ("附", "目录")


def misplaced(report: Report) -> tuple[Section, list[str], list[str]] | None:
    """Return the first section out of order, the keys of the parts in their order, and in that of the form."""
    order = [section.key for section in report.form.sections] if report.form else []
    parts = [section for section in report.parts if section.key]
    keys = list(dict.fromkeys(section.key for section in parts))
    due = sorted(keys, key=order.index)
    return next(
        ((section, keys, due) for section, key in zip(parts, due, strict=False) if section.key != key), None
    )


def is_obsolete(title: str, form: Form) -> bool:
    """Return whether *title* is of a part that *form* no longer has."""
    return title in map(fold, form.obsolete_titles) or speaks(title, _OLD_REGIME)


def speaks(text: str, words: Sequence[str]) -> bool:
    """Return whether *text* has one of *words*."""
    return any(word in text for word in words)


_TITLE_HELP = Text("标题改为“{official}”", "head it “{official}”")


def retitled(section: Section, official: str, message: Text) -> Finding:
    """Return the finding on a title; its fix is safe if the title only has 其它 for the 其他 of the form."""
    help_text = _TITLE_HELP.fill(official=official)
    safe = fold(section.title.text).replace("其它", "其他") == fold(official)
    fix = Fix(help_text, safe, (Edit(section.title.span, section.title.text, official),))
    return Finding(section.heading, message, help_text, data={"official": official}, fix=fix)
