"""Archives, pictures and programs: told to be what they are, whatever they are called; none is read here."""

from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_TO_UNPACK = Text(
    "是压缩包（{kind}），读不了；先解压，再检查里面的报告",
    "an archive ({kind}), which cannot be read: unpack it and check the reports in it",
)
_PICTURE = Text(
    "是图片（{kind}），里面没有文字，读不了；请检查报告的 Word、网页或者文本文件",
    "a picture ({kind}), which has no text to read: check the Word file, the web page or the text of the report",
)
_PROGRAM = Text(
    "是程序（{kind}），不是报告，没有读；请核对文件",
    "a program ({kind}), not a report, and was not read: check the file",
)
_MARKS = {
    b"7z\xbc\xaf\x27\x1c": ("7z", _TO_UNPACK),
    b"Rar!\x1a\x07": ("rar", _TO_UNPACK),
    b"\x1f\x8b\x08": ("gz", _TO_UNPACK),
    b"\x89PNG\r\n": ("PNG", _PICTURE),
    b"\xff\xd8\xff": ("JPEG", _PICTURE),
    b"GIF8": ("GIF", _PICTURE),
    b"BM": ("BMP", _PICTURE),
    b"II*\0": ("TIFF", _PICTURE),
    b"MM\0*": ("TIFF", _PICTURE),
    b"MZ": ("Windows", _PROGRAM),
    b"\x7fELF": ("Linux", _PROGRAM),
}


def read_other(data: bytes, name: str) -> Source:
    """Raise UnreadableError: *data* is an archive, a picture or a program."""
    kind, words = next(said for mark, said in _MARKS.items() if data.startswith(mark))
    raise UnreadableError(words.fill(kind=kind))
