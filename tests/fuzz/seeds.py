"""What fuzzing begins with: the examples, reports of every kind, and the words that the forms print."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from nianbao.report.issuer import Level
from nianbao.testing import Notation, compliant, official_forms

_EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
_KINDS: Sequence[tuple[str, Level, Notation]] = (
    ("2021", "county", "tabs"),
    ("2021", "township", "pipes"),
    ("2019", "province", "bars"),
)


@cache
def labels() -> tuple[str, ...]:
    """Return the words that the forms print: titles, labels of rows and of columns, notes."""
    found: dict[str, None] = {}
    for form in official_forms():
        for section in form.sections:
            found.update(dict.fromkeys((section.title, *section.aliases, *section.obsolete)))
        for table in form.tables:
            found.update(dict.fromkeys((table.item, table.note, *(row.label for row in table.rows))))
            found.update(
                dict.fromkeys(word for column in table.columns for word in (column.label, column.under))
            )
    return tuple(filter(None, found))


@cache
def reports() -> tuple[str, ...]:
    """Return reports as text: the examples, and one of each kind and notation."""
    written = [path.read_text("utf-8") for path in sorted(_EXAMPLES.iterdir())]
    return (
        *written,
        *(compliant(form, level, 7, notation=notation).render() for form, level, notation in _KINDS),
    )


def as_bytes() -> Iterator[bytes]:
    """Yield the same as files of text."""
    yield from (text.encode() for text in reports())
