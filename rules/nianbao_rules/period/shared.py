"""Words without white space."""


def plain(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())
