"""A PDF, read in this process: the drawings on its pages are laid out as a report or refused with a reason.

In use PDFium takes it apart in a process that is ended when its time is up, which is here an answer as well; a fault
of PDFium itself ends this process.
"""

import io
import json
from functools import cache
from unittest.mock import patch

from nianbao.readers.child import Answer, Bounds
from nianbao.readers.kept_child import Command
from nianbao.text.source import UnreadableError

from tests.fuzz import held
from tests.fuzz.budget import SpentError
from tests.fuzz.changes import either, pieces, raw
from tests.fuzz.target import Refused, Target

_WORDS = (
    "obj", "endobj", "stream\n", "endstream", "xref\n", "trailer", "startxref\n", "%%EOF", "%PDF-1.7\n", "R", "<<", ">>", "[", "]", "null", "true",
    "/Type", "/Pages", "/Page", "/Kids", "/Count", "/Parent", "/Contents", "/Resources", "/MediaBox", "/Font", "/XObject", "/Subtype", "/Form", "/Image",
    "/Filter", "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/RunLengthDecode", "/DecodeParms", "/Predictor", "/Length", "/ObjStm", "/XRef", "/W", "/Index", "/Prev",
    "/Encrypt", "/ToUnicode", "/Identity-H", "/Rotate", "/CropBox", "BT\n", "ET\n", "Tf", "Tj", "TJ", "Td", "Tm", "cm", "q\n", "Q\n", "re", "f\n", "S\n", "m", "l", "Do", "0 0 595 842", "1e400", "-0.0",
    "(\\260\\241)", "<4E00>", "/F1 9 Tf",
)  # fmt: skip


def run(data: bytes) -> object:
    """Return the text of *data*, or the reason that it was refused with."""
    from nianbao.readers import pdf

    try:
        with patch("nianbao.readers.pdf.answered", _here):
            read = pdf.read_pdf(data, "报告.pdf")
    except UnreadableError as error:
        return Refused(held.reason(error.reason.zh))
    return held.source(read), held.report(read)


def _here(command: Command, data: bytes, bounds: Bounds) -> Answer:
    """Return what the process that takes PDFs apart would answer."""
    from nianbao.readers.pdf import extract

    _, _, _, task = command(None)
    try:
        return Answer(json.dumps(extract.answer(data, json.loads(task))).encode(), 0)
    except SpentError:
        return Answer(b"", 1, "clock")


@cache
def _seeds() -> tuple[bytes, ...]:
    from rendering.hostile import pdf

    plain = pdf(b"BT /F1 9 Tf 72 700 Td (1 2 3) Tj ET 72 690 200 12 re S 72 690 m 272 690 l S", 0, "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>")  # fmt: skip
    return (_drawn(), plain, pdf(b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"))


def _drawn() -> bytes:
    """Return a page with a heading and a table with lines, its font that of the Chinese that every reader knows."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True, pageCompression=0)
    canvas.setFont("STSong-Light", 11)
    canvas.drawString(72, 780, "一、总体情况")
    for row, words in enumerate((("信息内容", "本年制发件数"), ("规章", "0"), ("行政规范性文件", "3"))):
        for column, word in enumerate(words):
            canvas.rect(72 + 120 * column, 700 - 20 * row, 120, 20)
            canvas.drawString(76 + 120 * column, 706 - 20 * row, word)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


_CHANGE = pieces(r"\d+ \d+ R|/\w+|[-\d.]+|<<|>>|\s+|\w+|.", _WORDS, "latin-1")
TARGET = Target(run, _seeds, either(_CHANGE, _CHANGE, raw))
