"""Words without white space, and dates with a wrong sign."""

# 2024年11日, 2024年12日31日, 2024年1月1月: 年, 月 or 日 is lost, or another stands in its place.
WRONG_SIGNS = (
    r"(?<![\d〔])20\d\d\s?年\s?\d{1,4}\s?日(?:\s?\d{1,2}日|(?=[起至到止，。,；）)—-]))"
    r"|(?<!\d)20\d\d年\s?\d{1,2}月\s?\d{1,2}月(?=[起至到止—-])"
)


def plain(text: str) -> str:
    """Return *text* without white space."""
    return "".join(text.split())
