"""The writer of each kind of file."""

from nianbao.text.language import Text
from nianbao.text.source import Source
from nianbao.writers.writer import RefusedError, Writer

_PDF = Text(
    "PDF 不能改；请在生成它的 Word 文件里改，再重新导出 PDF",
    "a PDF cannot be changed: change the Word file it was made from and export it again",
)
_OFD = Text(
    "OFD 不能改；请在生成它的 Word 文件里改，再重新导出 OFD",
    "an OFD cannot be changed: change the Word file it was made from and export it again",
)
_CONVERTED = Text(
    "doc、wps、rtf、xls 文件不能改；请用 Office 或 WPS 打开，按提示自行修改，文字文档也可以另存为 .docx，再改那一份",
    "a doc, wps, rtf or xls file cannot be changed: change it by hand, or save a document as .docx and change that",
)
_WORKBOOK = Text(
    "工作簿不能改；请按提示在 Excel 或 WPS 里自行修改",
    "a workbook is not changed: change it by hand in Excel or WPS",
)
_ARCHIVE = Text(
    "单个文件的网页（.mht）不能改；请在发布系统里改，再重新保存",
    "a web page archive (.mht) is not changed: change the page itself and save it again",
)
_UNKNOWN = Text(
    "由插件的读取器（{kind}）读入的文件不能改；请按提示自行修改",
    "a file read by the reader of a plugin ({kind}) cannot be changed: change it by hand",
)


def writer_for(source: Source) -> Writer:
    """Return the writer for the file that *source* was read from. Raises RefusedError if there is none."""
    if source.kind == "":
        from nianbao.writers import text

        return Writer(text.edited)
    if source.kind == "html":
        from nianbao.writers import html

        return Writer(html.edited)
    if source.kind == "docx":
        from nianbao.writers import docx

        return Writer(docx.edited)
    if source.kind == "pdf":
        raise RefusedError(_PDF)
    if source.kind == "ofd":
        raise RefusedError(_OFD)
    if source.kind == "xlsx":
        raise RefusedError(_WORKBOOK)
    if source.kind == "mht":
        raise RefusedError(_ARCHIVE)
    if source.kind in ("office", "doc", "rtf"):
        raise RefusedError(_CONVERTED)
    raise RefusedError(_UNKNOWN.fill(kind=source.kind))
