"""Redacted text: stars in place of characters, every offset kept."""

from collections.abc import Iterable

from nianbao.text.source import Source, Span

# A star as wide in UTF-8, and therefore in UTF-16, as the character it masks: no offset moves.
_STARS = {1: "*", 2: "×", 3: "＊", 4: "\U0001f7b6"}


def masked(source: Source, redacted: Iterable[Span]) -> Source:
    """Return *source* with stars in place of the spans *redacted*, every offset as it was."""
    text, pieces, done = source.text, [], 0
    for start, end in sorted(redacted):
        pieces += [text[done:start], _stars(text[max(start, done) : end])]
        done = max(done, end)
    return source.copied(text="".join(pieces) + text[done:])


def _stars(text: str) -> str:
    return "".join(_STARS[len(character.encode("utf-8", "surrogatepass"))] for character in text)
