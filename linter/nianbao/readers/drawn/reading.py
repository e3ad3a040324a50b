"""The text of drawn pages, or what keeps it from being read."""

from collections.abc import Sequence

from nianbao.readers.document import render
from nianbao.readers.drawn.grid import TooManyRulesError
from nianbao.readers.drawn.layout import document
from nianbao.readers.drawn.page import Page
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_ADVICE_ZH = "请检查 Word 原稿（.docx），或者把文字另存为 .txt 再检查"
_ADVICE_EN = "check the Word file that it was made from (.docx), or save its text as .txt and check that"


def reason(zh: str, en: str) -> Text:
    """Return a reason not to read a file, with the advice to check what it was made from."""
    return Text(f"{zh}；{_ADVICE_ZH}", f"{en}; {_ADVICE_EN}")


LARGE = reason("{kind} 页面内容过大，已停止读取", "the drawings in the {kind} are more than any report has")
PAGES = reason("{kind} 有 {count} 页，最多读 {most} 页", "the {kind} has {count} pages; {most} is the most")
TOO_BIG = reason("{kind} 文件超过 {most} MiB", "the {kind} is larger than {most} MiB")
_SCAN = Text(
    "{kind} 的文字是图片（扫描件），没有文字层，无法读取；请检查 Word 原稿（.docx），或者先做文字识别（OCR）{how}",
    "the pages of the {kind} are pictures (a scan) without any text; check the Word file that it was made from (.docx), or have its text recognised (OCR) first{how}",
)
_SCANNED_PAGES = Text(
    "{kind} 第 {pages} 页是图片，没有文字层，读不到其中的内容；请检查 Word 原稿（.docx），或者先做文字识别（OCR）{how}",
    "page {pages} of the {kind} is a picture without any text, so it cannot be read; check the Word file that it was made from (.docx), or have its text recognised (OCR) first{how}",
)
# What adds a layer of text to a scan; nothing does to that of an OFD.
_HOW = {
    "PDF": Text(
        "，如运行 ocrmypdf -l chi_sim --skip-text 扫描件.pdf 识别后.pdf，再检查识别后的文件",
        ", as by ocrmypdf -l chi_sim --skip-text scan.pdf read.pdf, and check what that writes",
    )
}
_EMPTY = reason("{kind} 里没有文字", "there is no text in the {kind}")
_UNNAMED = reason(
    "{kind} 的字体没有说明它的字符是什么字，读出来是乱码",
    "the fonts of the {kind} do not say which characters they draw, so its text cannot be read",
)
# Of ideographs and other letters: a few signs of a symbol font do not make the text unreadable, and the dots and
# figures of a table of contents do not make it readable.
_MOST_UNNAMED = 0.05
_PICTURE = 0.5  # of a page; a smaller picture is an illustration


def read_pages(pages: Sequence[Page], name: str, kind: str) -> Source:
    """Return the text of *pages*; its origins are pages and boxes on them, in characters of a page.

    The characters of a page count from 0 in reading order. Page numbers and lines repeated at the head or foot of
    several pages are left out. *kind* is that of the file. Raises UnreadableError.
    """
    _check(pages, kind.upper())
    try:
        laid_out = document(pages)
    except TooManyRulesError:
        raise UnreadableError(LARGE.fill(kind=kind.upper())) from None
    return render(laid_out, name, kind, "utf-8")


def _check(pages: Sequence[Page], kind: str) -> None:
    """Raise UnreadableError if the file does not have its text as text.

    A picture that fills a page before or after the text is a cover or an annex; one between is text.
    """
    with_text = [page.number for page in pages if any(not glyph.text.isspace() for glyph in page.glyphs)]
    scanned = [page.number for page in pages if page.number not in with_text and page.covered >= _PICTURE]
    how = _HOW.get(kind, Text("", ""))
    if not with_text:
        raise UnreadableError((_SCAN if scanned else _EMPTY).fill(kind=kind, how=how))
    between = [number for number in scanned if with_text[0] < number < with_text[-1]]
    if between:
        raise UnreadableError(_SCANNED_PAGES.fill(kind=kind, how=how, pages="、".join(map(str, between))))
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    unnamed = text.count("\ufffd")
    if unnamed > _MOST_UNNAMED * (unnamed + sum(map(str.isalpha, text))):
        raise UnreadableError(_UNNAMED.fill(kind=kind))
