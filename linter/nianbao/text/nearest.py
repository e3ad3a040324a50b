"""The known word that is nearest to one that is not known."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the word of *known* most like *word*, "" if none is at least so like it (0 to 1)."""
    from difflib import get_close_matches  # 5 ms that only a mistake has to wait for

    return next(iter(get_close_matches(word, tuple(known), 1, likeness)), "")
