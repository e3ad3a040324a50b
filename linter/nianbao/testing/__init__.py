"""The kit to test rules with: compliant reports to start from, and cases written as data.

For authors of plugins as for the rules shipped with nianbao. `nianbao.testing.strategies`, which needs
hypothesis, is imported by its own name.
"""

from nianbao.testing.cases import Case, CaseError, judge, load_cases, run, variations
from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.draft import Draft, DraftSection, Notation, noisy

__all__ = [
    "Case",
    "CaseError",
    "Draft",
    "DraftSection",
    "Notation",
    "compliant",
    "judge",
    "load_cases",
    "noisy",
    "official_forms",
    "run",
    "variations",
]
