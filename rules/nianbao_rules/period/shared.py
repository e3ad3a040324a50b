"""What the rules of PER share."""


def plain(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())
