"""A text with tables: sections, rows and cells are found in it whatever it says, each where it stands."""

from nianbao.text.source import Source

from tests.fuzz import held, seeds
from tests.fuzz.changes import pieces
from tests.fuzz.target import Target


def run(data: bytes) -> object:
    """Return the cells of the report in *data*."""
    return held.report(Source(data.decode("utf-8", "replace")))


TARGET = Target(
    run,
    seeds.as_bytes,
    pieces(
        r"[^\n\t|\x1f]*[\n\t|\x1f]?",
        (*seeds.labels(), "\x1f\x1f", "|---|---|\n", "# ", "一、", "（一）", "1."),
    ),
)
