"""What a rule yields."""

from collections.abc import Iterator

from nianbao.api import Finding, NotApplicable, Undetermined

Results = Iterator[Finding | Undetermined | NotApplicable]
