"""The known word nearest to an unknown one."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the word of *known* most like *word*, "" if none reaches *likeness* (0 to 1)."""
    from difflib import get_close_matches  # takes 5 ms, needed only after a mistake

    return next(iter(get_close_matches(word, tuple(known), 1, likeness)), "")
