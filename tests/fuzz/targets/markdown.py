"""A text with tables in HTML: they become tables of lines, each cell where it was, or the text stays as it is."""

from nianbao.text.source import Source, UnreadableError

from tests.fuzz import held, seeds
from tests.fuzz.changes import pieces
from tests.fuzz.target import Refused, Target

_TAGS = ("<table>", "</table>", "<tr>", "</tr>", "<td>", '<td colspan="2">', '<td rowspan=3>', "<th>", "<!--", "-->", "\n\n", "```\n", "| --- |\n")  # fmt: skip


def run(data: bytes) -> object:
    """Return the text of *data* with its tables as lines, and the cells of the report in it."""
    from nianbao.readers.markdown import with_tables

    try:
        read = with_tables(Source.decode(data, "报告.md"))
    except UnreadableError as error:
        return Refused(held.reason(error.reason.zh))
    return held.source(read), held.report(read)


def _seeds() -> list[bytes]:
    from random import Random

    from nianbao.testing import compliant
    from rendering import TEXTS, content

    blocks = content(compliant("2021", "county", 3))
    assert blocks is not None
    return [write(blocks, Random(1)) for kind, write in TEXTS.items() if kind.startswith("md")]


TARGET = Target(run, _seeds, pieces(r"<[^>]*>|[^<\n|]+|[\n|]|<", (*_TAGS, *seeds.labels())))
