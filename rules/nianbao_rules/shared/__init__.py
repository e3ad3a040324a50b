"""Parts shared by the rules of several families: no rule is in here."""

from collections.abc import Iterator

from nianbao.api import Finding, NotApplicable, Text, Undetermined

# The results that a rule yields.
Results = Iterator[Finding | Undetermined | NotApplicable]

REACH = 1000  # characters on either side, more than a sentence has

YEAR_UNKNOWN = Text("看不出是哪一年的报告", "the year reported on is not known")


def sentence_at(text: str, at: int) -> str:
    """Return the sentence of *text* around offset *at*, without its full stop; of a very long one what is near."""
    start, end = max(0, at - REACH), text.find("。", at, at + REACH)
    return text[max(start, text.rfind("。", start, at) + 1) : end if end >= 0 else at + REACH]
