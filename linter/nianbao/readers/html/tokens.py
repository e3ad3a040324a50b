"""An HTML page as tokens, each with its exact range in the page.

They are those of browsers, with one exception: an attribute whose quote is never closed ends with its tag.
Every character is looked at once, whatever the page.
"""

from collections.abc import Iterator
from enum import Enum
from functools import partial

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple


class Kind(Enum):
    """The kind of a token."""

    TEXT = "text"
    START = "start"
    END = "end"
    COMMENT = "comment"


class Token(NamedTuple):
    """A piece of the page from *start* to *end*: text, a comment, or a tag with its name in lower case.

    *attributes* is the offset of the attributes of a start tag; they end with the token.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: int = 0


class Value(NamedTuple):
    """The value of an attribute as written, and its offset in the attributes of its tag."""

    text: str
    start: int


_token = partial(tuple.__new__, Token)  # a third of the cost of Token(): a page has thousands
# The slash and the name of a tag, its attributes to its end if it has one, or what begins a comment. Quotes count
# only after an equals sign. The pattern never backtracks.
_MARKUP = re.compile(
    r"""<(?:(/?)([A-Za-z][^\s/>]*+)((?>[^>"'=]+|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+>)?+|(!--)|[!?/])"""
)
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?""")
# The content of these is text and no markup, whatever it looks like.
_PLAIN = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"}
)


def tokens(page: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of *page* from *start* to *end*. A tag that is never closed ends the page."""
    text, opening, closing = Kind.TEXT, Kind.START, Kind.END
    at, last = start, len(page) if end is None else end
    while match := _MARKUP.search(page, at, last):
        begin, until = match.span()
        slash, name, rest, comment = match.groups()
        if begin > at:
            yield _token((text, at, begin, "", 0))
        at = until
        if name is None:  # else what browsers take for a comment: `<![if]>`, `<?xml>`
            at = _comment_end(page, until, last) if comment else page.find(">", until, last) + 1 or last
            yield Token(Kind.COMMENT, begin, at)
        elif rest is None:
            return
        elif slash:
            yield _token((closing, begin, at, name.lower(), match.end(2)))
        else:
            name = name.lower()
            yield _token((opening, begin, at, name, match.end(2)))
            if name in _PLAIN:
                end_tag = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at, last)
                at = end_tag.start() if end_tag else last
                if at > until:
                    yield Token(text, until, at)
    if at < last:
        yield Token(text, at, last)


def _comment_end(page: str, inside: int, last: int) -> int:
    """Return the end of the comment whose content begins at *inside*."""
    end = _COMMENT_END.search(page, inside - 2, last)  # <!--> and <!---> are whole comments
    return end.end() if end else last


def attributes(written: str) -> dict[str, Value]:
    """Return the attributes *written* in a start tag by their names in lower case; the first of two with one name."""
    values: dict[str, Value] = {}
    for match in _ATTRIBUTE.finditer(written):
        group = match.lastindex or 1
        value = Value(match[group], match.start(group)) if group > 1 else Value("", match.end())
        values.setdefault(match[1].lower(), value)
    return values
