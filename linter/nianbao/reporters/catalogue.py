"""The rules as JSON: what each checks, on which reports, and on what it rests."""

import inspect
from collections.abc import Sequence
from typing import Any

from nianbao.engine.rule import Rule
from nianbao.reporters.json_ import SCHEMA_VERSION, clauses, tool
from nianbao.text.language import Language


def catalogue(rules: Sequence[Rule], language: Language) -> dict[str, Any]:
    """Return *rules* as `nianbao rules --format json` has them, with their summaries in *language*."""
    records = [_record(rule, language) for rule in rules]
    return {"schema_version": SCHEMA_VERSION, "tool": tool(), "rules": records}


def _record(rule: Rule, language: Language) -> dict[str, Any]:
    applies = rule.applies
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "enabled": rule.enabled,
        "summary": rule.summary.of(language),
        "basis": clauses(rule.basis),
        "forms": list(rule.forms),
        "tables": {"all_of": list(rule.needs), "any_of": list(rule.any_of)},
        "levels": list(applies.levels),
        "years": {"first": applies.first, "last": applies.last},
        "regions": list(applies.regions),
        "beside": list(rule.beside),
        "options": [
            {
                "name": option.name,
                "default": list(option.default) if isinstance(option.default, tuple) else option.default,
                "about": option.about.of(language),
            }
            for option in rule.options
        ],
        "documentation": inspect.cleandoc(rule.documentation),
    }
