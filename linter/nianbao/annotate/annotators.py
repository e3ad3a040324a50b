"""The annotator of each kind of file."""

from collections.abc import Callable, Sequence

from nianbao.annotate.notes import Note, Style, notes
from nianbao.engine.verdict import Verdict
from nianbao.text.language import Text
from nianbao.writers.writer import RefusedError

_UNKNOWN = Text(
    "由插件的读取器（{kind}）读入的文件不能批注",
    "a file read by the reader of a plugin ({kind}) cannot be annotated",
)
_SHOWN = frozenset({"", "office", "xlsx", "mht", "ofd"})  # the kinds of which the text is shown as a page
Annotator = Callable[[bytes, Verdict, Sequence[Note], Style], bytes]


def annotated(data: bytes, verdict: Verdict, style: Style) -> bytes:
    """Return a copy of *data*, the file of *verdict*, with a note on each finding that counts.

    A docx has comments, an HTML page and a PDF marks; of every other kind the text that was read becomes an HTML page.
    Private numbers are shown in no note. Raises RefusedError for a file that cannot be annotated.
    """
    return _annotator(verdict.report.source.kind)(data, verdict, notes(verdict), style)


def _annotator(kind: str) -> Annotator:
    if kind == "docx":
        from nianbao.annotate import docx

        return docx.annotated
    if kind == "pdf":
        from nianbao.annotate import pdf

        return pdf.annotated
    if kind == "html":
        from nianbao.annotate import html

        return html.annotated
    if kind in _SHOWN:
        from nianbao.annotate import html

        return html.shown
    raise RefusedError(_UNKNOWN.fill(kind=kind))
