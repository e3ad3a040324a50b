"""Pictures, embedded files and hidden cells in a text: the signs that a reader puts for them, and those that a text has itself."""

from collections.abc import Iterator

from nianbao_grammar import patterns as re

from nianbao.text.source import Span

PICTURE, EMBEDDED = "（图片）", "（嵌入对象）"  # what a reader writes where one is, as it cannot be read
_SIGN = re.compile(
    r"（图片）|[\[【]图片[\]】]|（嵌入对象）|!\[[^\[\]\n]*\](?:\([^()\n]*\)?|\[[^\[\]\n]*\]?)|!\[\[[^\[\]\n]*\]\]"
    r"|<(?:img|svg|object|embed|canvas|iframe)\b[^<>\n]*>?|（工作表“[^\n]{1,99}?是隐藏的，没有读）",
    re.IGNORECASE,
)


def hidden(what: str) -> str:
    """Return what a reader writes for *what*, a sheet or some of its rows and columns, which no one sees."""
    return f"（{what}是隐藏的，没有读）"


def is_hidden(sign: str) -> bool:
    """Return whether *sign* is that of something hidden."""
    return sign.endswith("是隐藏的，没有读）")


def is_of_sheet(sign: str, sheet: str) -> bool:
    """Return whether *sign* is that of something hidden in the sheet that is called *sheet*."""
    return is_hidden(sign) and sign.startswith(f"（工作表“{sheet}”")


def pictures_in(text: str) -> Iterator[Span]:
    """Yield the spans of the signs of pictures and embedded files in *text*."""
    return (Span(*match.span()) for match in _SIGN.finditer(text))


def has_picture(text: str) -> bool:
    """Return whether *text* has a picture or an embedded file, or a sign left by one."""
    return _SIGN.search(text) is not None
