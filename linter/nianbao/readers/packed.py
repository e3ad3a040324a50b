"""What is packed in a way that is not read here: told to be that, whatever it is called."""

from nianbao.text.language import Text
from nianbao.text.source import Source, UnreadableError

_MARKS = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar", b"\x1f\x8b\x08": "gz"}
_TO_UNPACK = Text(
    "是压缩包（{kind}），读不了；先解压，再检查里面的报告",
    "an archive ({kind}), which cannot be read: unpack it and check the reports in it",
)


def read_packed(data: bytes, name: str) -> Source:
    """Raise UnreadableError: *data* is to be unpacked first."""
    kind = next((kind for mark, kind in _MARKS.items() if data.startswith(mark)), "zip")
    raise UnreadableError(_TO_UNPACK.fill(kind=kind))
