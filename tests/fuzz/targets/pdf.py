"""A PDF, read in this process: the drawings on its pages are laid out as a report or refused with a reason.

In use two libraries take it apart in a process that is ended when its time is up, which is here an answer as well.
"""

import io
import json
import logging
import sys
from functools import cache

from nianbao.readers import limits
from nianbao.readers.child import Answer
from nianbao.text.source import UnreadableError

from tests.fuzz import held, seeds
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
_TASK = {
    "pages": limits.PDF_PAGES,
    "page_content": limits.PDF_PAGE_CONTENT,
    "content": limits.PDF_CONTENT,
    "glyphs": limits.PDF_GLYPHS,
    "lines": limits.PDF_LINES,
}


def run(data: bytes) -> object:
    """Return the text of *data*, or the reason that it was refused with."""
    from nianbao.readers import pdf

    logging.disable()
    answer = _answered(data)
    if answer is None:  # the process would be ended
        return None
    try:
        drawn = pdf._pages(answer)
        pdf._check(drawn)
        read = pdf.render(pdf.document(drawn), "报告.pdf", "pdf", "utf-8")
    except UnreadableError as error:
        return Refused(held.reason(error.reason.zh))
    except pdf.TooManyRulesError:
        return Refused("too many lines")
    return held.source(read), held.report(read)


def _answered(data: bytes) -> Answer | None:
    """Return what the process that takes PDFs apart would answer, None if its time were up."""
    from nianbao.readers.pdf import extract

    written, stdin, argv, path = io.StringIO(), sys.stdin, sys.argv, list(sys.path)
    sys.stdin, sys.argv = (
        io.TextIOWrapper(io.BytesIO(data)),
        ["extract.py", json.dumps({**_TASK, "path": path})],
    )
    stdout, sys.stdout = sys.stdout, written
    try:
        extract.main()
    except SpentError:
        return None
    except RecursionError:  # while the answer is written: it ends as a program does
        return Answer(b"", 1)
    finally:
        sys.stdin, sys.argv, sys.stdout = stdin, argv, stdout
        sys.path[:] = path
    return Answer(written.getvalue().encode(), 0)


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
