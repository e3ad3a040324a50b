"""Parts shared by the rules of several families: no rule is in here."""

from collections.abc import Iterator

from nianbao.api import Finding, NotApplicable, Text, Undetermined

# The results that a rule yields.
Results = Iterator[Finding | Undetermined | NotApplicable]

YEAR_UNKNOWN = Text("看不出是哪一年的报告", "the year reported on is not known")


def sentence_at(text: str, at: int) -> str:
    """Return the sentence of *text* around offset *at*, without its full stop."""
    end = text.find("。", at)
    return text[text.rfind("。", 0, at) + 1 : end if end >= 0 else len(text)]
