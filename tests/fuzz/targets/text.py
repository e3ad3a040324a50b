"""A file of text: any bytes are a text or refused with a reason, and make a report that says where its words stand."""

from nianbao.plugins.builtin import nianbao_add_readers

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, pieces, raw
from tests.fuzz.target import Target

_READER = nianbao_add_readers()[-1]


def run(data: bytes) -> object:
    """Return the text of *data* and the cells of the report in it."""
    return held.reading(_READER.read, data, "报告.txt")


def _seeds() -> list[bytes]:
    first, *others = seeds.reports()
    encoded = [first.encode("gb18030"), first.encode("utf-16"), b"\xef\xbb\xbf" + first.encode()]
    return [*encoded, *(text.encode() for text in others)]


TARGET = Target(run, _seeds, either(pieces(r"[^\n\t|]*[\n\t|]?", seeds.labels()), raw))
