"""«…» around the words of a text that must be found; a « or » of the text itself is written twice.

If three are adjacent the outer one is the mark: «««名»»» marks «名».
"""

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.yaml_file import FaultError
from nianbao.text.language import Text
from nianbao.text.source import Span

_SIGNS = re.compile("«+|»+")

_NESTED = Text(
    "“«”之内又有“«”；标记不能套在标记里，文字本身有 « 时写两个",
    "« inside «…»: marks do not nest, and a « of the text itself is written twice",
)
_UNOPENED = Text(
    "“»”之前没有“«”；补上，文字本身有 » 时写两个",
    "» without a « before it: add one; a » of the text itself is written twice",
)
_UNCLOSED = Text(
    "“«”之后没有“»”；补上，文字本身有 « 时写两个",
    "« without a » after it: add one; a « of the text itself is written twice",
)


class Marked(NamedTuple):
    """A text without its marks, and the spans that they were around, in order."""

    text: str
    spans: tuple[Span, ...]


def read(text: str) -> Marked:
    """Return *text* without its marks. Raises FaultError for one inside another and one without its pair."""
    pieces: list[str] = []
    spans = []
    length = after = 0
    opened: tuple[int, int] | None = None  # the offset of the mark, and of its words
    for match in _SIGNS.finditer(text):
        signs = match[0]
        own = signs[: len(signs) // 2]  # of the text itself
        pieces += (text[after : match.start()], own)
        start = length + match.start() - after
        length, after = start + len(own), match.end()
        if len(signs) % 2 == 0:
            continue
        if signs[0] == "«":
            if opened is not None:
                raise FaultError(match.start(), _NESTED)
            opened = (match.start(), start)
        else:
            if opened is None:
                raise FaultError(match.start(), _UNOPENED)
            spans.append(Span(opened[1], length))
            opened = None
    if opened is not None:
        raise FaultError(opened[0], _UNCLOSED)
    return Marked("".join((*pieces, text[after:])), tuple(spans))
