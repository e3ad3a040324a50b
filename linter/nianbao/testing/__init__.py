"""The kit to test rules with: compliant reports to start from, and cases written as data.

For authors of plugins as for the rules shipped with nianbao. Imports `nianbao.run` and what is below it. Tests,
`nianbao test`, the pytest plugin and the checks of rule files in an editor use it. `nianbao.testing.strategies`,
which needs hypothesis, is imported by its own name.
"""

from nianbao.testing.cases import Case, CaseError, Sample, load_cases
from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.compliant_county import County, compliant_county
from nianbao.testing.compliant_years import next_year
from nianbao.testing.draft import Draft, DraftSection, Notation, noisy
from nianbao.testing.judging import Difference, Failure, failure, judge, run
from nianbao.testing.rule_tester import RuleTester
from nianbao.testing.variations import variations

__all__ = [
    "Case",
    "CaseError",
    "County",
    "Difference",
    "Draft",
    "DraftSection",
    "Failure",
    "Notation",
    "RuleTester",
    "Sample",
    "compliant",
    "compliant_county",
    "failure",
    "judge",
    "load_cases",
    "next_year",
    "noisy",
    "official_forms",
    "run",
    "variations",
]
