"""The reader of PDF: the drawings on its pages, laid out again as paragraphs and tables.

A library takes the file apart in a process of its own, within bounds (`extract.py`); everything else works on
glyphs and lines and their positions. Needs the extra `pdf`.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from nianbao.readers import limits
from nianbao.readers.child import Answer, Bounds
from nianbao.readers.document import render
from nianbao.readers.kept_child import answered
from nianbao.readers.pdf.grid import TooManyRulesError
from nianbao.readers.pdf.layout import document
from nianbao.readers.pdf.lines import named
from nianbao.readers.pdf.page import Box, Glyph, Page, Rule
from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_ADVICE_ZH = "请检查 Word 原稿（.docx），或者把文字另存为 .txt 再检查"
_ADVICE_EN = "check the Word file that it was made from (.docx), or save its text as .txt and check that"


def _reason(zh: str, en: str) -> Text:
    return Text(f"{zh}；{_ADVICE_ZH}", f"{en}; {_ADVICE_EN}")


_TOO_BIG = _reason("PDF 文件超过 {most} MiB", "the PDF is larger than {most} MiB")
_FAULTS = {
    "encrypted": Text(
        "PDF 有打开密码，无法读取；请去掉密码另存一份再检查",
        "the PDF needs a password to be opened; save a copy without one and check that",
    ),
    "damaged": Text(
        "PDF 文件已损坏或者不完整，无法读取；请重新导出或者重新下载",
        "the PDF is damaged or incomplete; export or download it again",
    ),
    "large": _reason("PDF 页面内容过大，已停止读取", "the drawings in the PDF are more than any report has"),
    "memory": _reason("读取 PDF 需要的内存过多，已停止读取", "reading the PDF takes too much memory"),
    "pages": _reason("PDF 有 {count} 页，最多读 {most} 页", "the PDF has {count} pages; {most} is the most"),
    "ended": _reason("读取 PDF 的程序中途退出", "the program that reads the PDF ended before it was done"),
    "missing": Text(
        "读取 PDF 需要另外安装组件：请运行 pip install 'nianbao[pdf]'",
        "reading a PDF needs one more package: run pip install 'nianbao[pdf]'",
    ),
}
_LATE = {
    "processor": _reason(
        "读取 PDF 用了处理器 {seconds} 秒还没有读完，已停止读取",
        "reading the PDF took more than {seconds} seconds of the processor and was stopped",
    ),
    "clock": Text(
        "读取 PDF 过了 {seconds} 秒还没有读完，已停止读取；请等本机空闲些再检查",
        "reading the PDF took more than {seconds} seconds and was stopped; check it again when this machine has less to do",
    ),
}
_OCR = "ocrmypdf -l chi_sim --skip-text 扫描件.pdf 识别后.pdf"
_SCAN = Text(
    "PDF 的文字是图片（扫描件），没有文字层，无法读取；请检查 Word 原稿（.docx），或者先做文字识别（OCR），如运行 "
    f"{_OCR}，再检查识别后的文件",
    "the pages of the PDF are pictures (a scan) without any text; check the Word file that it was made from (.docx), or have its text recognised (OCR) first, as by "
    f"{_OCR}, and check what that writes",
)
_SCANNED_PAGES = Text(
    "PDF 第 {pages} 页是图片，没有文字层，读不到其中的内容；请检查 Word 原稿（.docx），或者先做文字识别（OCR），如运行 "
    f"{_OCR}，再检查识别后的文件",
    "page {pages} of the PDF is a picture without any text, so it cannot be read; check the Word file that it was made from (.docx), or have its text recognised (OCR) first, as by "
    f"{_OCR}, and check what that writes",
)
_EMPTY = _reason("PDF 里没有文字", "there is no text in the PDF")
_UNNAMED = _reason(
    "PDF 的字体没有说明它的字符是什么字，读出来是乱码",
    "the fonts of the PDF do not say which characters they draw, so its text cannot be read",
)
_MOST_UNNAMED = 0.05  # of the characters; a few of a symbol font do not make the text unreadable
_PICTURE = 0.5  # of a page; a smaller picture is an illustration


def read_pdf(data: bytes, name: str) -> Source:
    """Return the text of the PDF *data*; its origins are pages and boxes on them, in characters of a page.

    The characters of a page count from 0 in reading order. Page numbers, lines repeated at the head or foot of
    several pages, and slanted text are left out. Raises UnreadableError.
    """
    pages = drawn(data)
    _check(pages)
    try:
        laid_out = document(pages)
    except TooManyRulesError:
        raise UnreadableError(_FAULTS["large"]) from None
    return render(laid_out, name, "pdf", "utf-8")


def drawn(data: bytes) -> tuple[Page, ...]:
    """Return the pages of the PDF *data* with their drawings. Raises UnreadableError."""
    if len(data) > limits.PDF_BYTES:
        raise UnreadableError(_TOO_BIG.fill(most=limits.PDF_BYTES >> 20))
    return _pages(_extracted(data))


def _extracted(data: bytes) -> Answer:
    if sys.platform == "emscripten":  # a browser has no processes; its own clock ends what takes too long
        from nianbao.readers.pdf.extract import answer

        return Answer(json.dumps(answer(data, _task())).encode(), 0)
    try:
        return answered(_command, data, Bounds(limits.PDF_SECONDS, limits.PDF_CLOCK))
    except OSError:
        raise UnreadableError(_FAULTS["ended"]) from None


def _command(pipes: tuple[int, int] | None) -> Sequence[str]:
    script = Path(__file__).with_name("extract.py")
    task = {**_task(), "pipes": pipes} if pipes else _task()
    # -I and a script that imports nothing of ours: nothing in the folder of the report is ever imported.
    return (sys.executable, "-I", str(script), json.dumps(task))


def _task() -> Mapping[str, object]:
    """Return what the program that takes a PDF apart is told."""
    return {
        "path": [folder for folder in sys.path if folder],
        "seconds": limits.PDF_SECONDS,
        "pages": limits.PDF_PAGES,
        "page_content": limits.PDF_PAGE_CONTENT,
        "content": limits.PDF_CONTENT,
        "glyphs": limits.PDF_GLYPHS,
        "lines": limits.PDF_LINES,
    }


def _pages(answer: Answer) -> tuple[Page, ...]:
    """Return the pages in the answer of the child, which is trusted as little as the file."""
    if answer.late:
        seconds = limits.PDF_SECONDS if answer.late == "processor" else limits.PDF_CLOCK
        raise UnreadableError(_LATE[answer.late].fill(seconds=seconds))
    try:
        output = json.loads(answer.output)
        fault = output.get("fault")
        if fault is None:
            return tuple(_page(number, *page) for number, page in enumerate(output["pages"], 1))
        reason = _FAULTS[fault].fill(count=int(output["count"]), most=limits.PDF_PAGES)
    except (ValueError, TypeError, KeyError, AttributeError):  # it was killed while writing, or before
        reason = _FAULTS["ended" if answer.code else "damaged"]
    raise UnreadableError(reason)


def _page(number: int, width: Any, height: Any, pictures: Any, glyphs: Any, rules: Any) -> Page:
    width, height = map(_number, (width, height))
    boxes = tuple(Box(*map(_number, box)) for box in pictures)
    return Page(number, width, height, boxes, tuple(_glyphs(glyphs)), tuple(_rules(rules)))


def _number(value: Any) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return number


def _glyphs(values: Any) -> Iterator[Glyph]:
    for text, *sides in values:
        left, top, right, bottom = map(_number, sides)
        yield Glyph(named(str(text)), Box(left, top, right, bottom))


def _rules(values: Any) -> Iterator[Rule]:
    for upright, *offsets in values:
        at, start, end = map(_number, offsets)
        yield Rule(bool(upright), at, start, end)


def _check(pages: Sequence[Page]) -> None:
    """Raise UnreadableError if the file does not have its text as text.

    A picture that fills a page before or after the text is a cover or an annex; one between is text.
    """
    with_text = [page.number for page in pages if any(not glyph.text.isspace() for glyph in page.glyphs)]
    scanned = [page.number for page in pages if page.number not in with_text and page.covered >= _PICTURE]
    if not with_text:
        raise UnreadableError(_SCAN if scanned else _EMPTY)
    between = [number for number in scanned if with_text[0] < number < with_text[-1]]
    if between:
        raise UnreadableError(_SCANNED_PAGES.fill(pages="、".join(map(str, between))))
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    if text.count("\ufffd") > _MOST_UNNAMED * len(text):
        raise UnreadableError(_UNNAMED)
