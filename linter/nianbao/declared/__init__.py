"""Rules that a county declares in YAML, beside its reports."""

from nianbao.declared.cases import read_cases
from nianbao.declared.file import KINDS, RULES_FILE
from nianbao.declared.kind import Kind
from nianbao.declared.reading import read_rules

__all__ = ["KINDS", "RULES_FILE", "Kind", "read_cases", "read_rules"]
