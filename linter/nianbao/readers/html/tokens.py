"""An HTML page as tokens, each with its exact range in the page.

They are those of browsers, with one exception: an attribute whose quote is never closed ends with its tag.
Every character is looked at once, whatever the page.
"""

from collections.abc import Iterator
from enum import Enum

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
    """The value of an attribute as written, and its offset in the page."""

    text: str
    start: int


_MARKUP = re.compile(r"<(?:(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*)|(?P<comment>!--)|[!?/])")
# Quotes count only after an equals sign. The pattern never backtracks.
_TAG_END = re.compile(r"""(?>[^>"'=]+|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+>""")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?""")
# The content of these is text and no markup, whatever it looks like.
_PLAIN = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"}
)


def tokens(page: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of *page* from *start* to *end*. A tag that is never closed ends the page."""
    at, last = start, len(page) if end is None else end
    while match := _MARKUP.search(page, at, last):
        if match.start() > at:
            yield Token(Kind.TEXT, at, match.start())
        if match["name"] is None:
            at = _comment_end(page, match, last)
            yield Token(Kind.COMMENT, match.start(), at)
            continue
        close = _TAG_END.match(page, match.end(), last)
        if close is None:
            return
        at = close.end()
        name = match["name"].lower()
        yield Token(Kind.END if match["slash"] else Kind.START, match.start(), at, name, match.end())
        if name in _PLAIN and not match["slash"]:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, at, last)
            until = closing.start() if closing else last
            if until > at:
                yield Token(Kind.TEXT, at, until)
            at = until
    if at < last:
        yield Token(Kind.TEXT, at, last)


def _comment_end(page: str, match: re.Match[str], last: int) -> int:
    """Return the end of the comment that *match* begins, or of what browsers take for one: `<![if]>`, `<?xml>`."""
    if match["comment"]:
        # <!--> and <!---> are whole comments.
        end = _COMMENT_END.search(page, match.end() - 2, last)
        return end.end() if end else last
    return page.find(">", match.end(), last) + 1 or last


def attributes(page: str, token: Token) -> dict[str, Value]:
    """Return the attributes of a start tag by their names in lower case; the first of two with one name."""
    values: dict[str, Value] = {}
    for match in _ATTRIBUTE.finditer(page, token.attributes, token.end - 1):
        group = match.lastindex or 1
        value = Value(match[group], match.start(group)) if group > 1 else Value("", match.end())
        values.setdefault(match[1].lower(), value)
    return values
