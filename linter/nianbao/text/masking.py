"""Stars over what is hidden, every place kept."""

from collections.abc import Iterable

from nianbao.text.source import Source, Span

# A star as wide in UTF-8, and with that in UTF-16, as the sign it covers: no place moves.
_STARS = {1: "*", 2: "×", 3: "＊", 4: "\U0001f7b6"}


def covered(source: Source, hidden: Iterable[Span]) -> Source:
    """Return *source* with stars over the spans *hidden*, every place as it was."""
    text, pieces, done = source.text, [], 0
    for start, end in sorted(hidden):
        pieces += [text[done:start], _stars(text[max(start, done) : end])]
        done = max(done, end)
    return Source(
        "".join(pieces) + text[done:],
        source.path,
        source.encoding,
        bom=source.bom,
        kind=source.kind,
        segments=source.segments,
        raw=source.raw,
    )


def _stars(text: str) -> str:
    return "".join(_STARS[len(sign.encode("utf-8", "surrogatepass"))] for sign in text)
