"""Parts that rules of several families are made of: no rule is in here."""

from collections.abc import Iterator

from nianbao.api import Finding, NotApplicable, Undetermined

# What a rule yields.
Results = Iterator[Finding | Undetermined | NotApplicable]
