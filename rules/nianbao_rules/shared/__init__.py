"""Parts shared by the rules of several families: no rule is in here."""

from collections.abc import Iterator

from nianbao.api import Finding, NotApplicable, Text, Undetermined

# The results that a rule yields.
Results = Iterator[Finding | Undetermined | NotApplicable]

YEAR_UNKNOWN = Text("看不出是哪一年的报告", "the year reported on is not known")
