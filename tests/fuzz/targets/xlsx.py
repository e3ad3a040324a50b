"""A workbook: any bytes make a report or are refused with a reason, and no more cells are taken than are there."""

from random import Random

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, elements, listed, pieces, zipped
from tests.fuzz.target import Target

_NAMES = (
    *listed("row c v f is t r rPh si sheetData cols mergeCells drawing oleObjects numFmts cellXfs borders border"),
    'row hidden="1"', 'row r="1048576"', 'row r="0"', 'c r="XFD1"', 'c t="s"', 'c t="inlineStr"', 'c t="b"', 'c t="e"', 'c s="1"', 'c s="-1"', 'col min="1" max="16384" hidden="1"',
    'mergeCell ref="A1:XFD1048576"', 'mergeCell ref="B2:A1"', 'sheetView showZeros="0"', 'sheet state="hidden"', 'sheet state="veryHidden" name="表（二）"', 'workbookPr date1904="1"',
    'numFmt numFmtId="164" formatCode="0.0%"', 'xf numFmtId="14" borderId="1"', 'left style="thin"', 'vertAlign val="superscript"',
)  # fmt: skip
_VALUES = (
    "13612.0", "0.28499999999999998", "1e308", "-1e-300", "nan", "inf", "45657", "2958466", "0", "-0", "1048577", "A1:A9", "$B$3", "AAAA1", "General", "0;;;@", "[h]:mm:ss", "[>1]0;[<0]0;@",
    'yyyy"年"m"月"d"日"', "#,##0.00,,", "00-00", "?/?", "0E+00", "_(* #,##0_)", "上午/下午h", "\\", '"', "aaaa", "0." + "0" * 200, "<!DOCTYPE a [<!ENTITY b 'c'>]>", "一、总体情况", "第二十条第（一）项",
)  # fmt: skip
_BLOCKS = 12


def run(data: bytes) -> object:
    """Return the text of *data* and the cells of the report in it."""
    from nianbao.readers.xlsx import read_xlsx

    return held.reading(read_xlsx, data, "报告.xlsx")


def _seeds() -> list[bytes]:
    from nianbao.testing import compliant
    from rendering import DOCUMENTS, content

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    blocks = blocks[:_BLOCKS]  # a whole report takes ten times as long
    return [write(blocks, Random(1)) for kind, write in DOCUMENTS.items() if kind.startswith("xlsx")]


_TEXT = pieces(r"<[^>]*>|[^<]+|<", (*_VALUES, *seeds.labels()))
_XML = elements(_NAMES, _TEXT)
TARGET = Target(run, _seeds, zipped(either(_XML, _XML, _XML, _TEXT)), longest=2**17)
