"""The page on arguable rules is about every rule that is a hint or off by default, once, and leads to it."""

import re
from collections import Counter
from pathlib import Path

from nianbao.engine.finding import Severity
from nianbao.plugins.loading import load

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "arguable.md"
RULES = load().rules
ROW = re.compile(r"^\| \[([A-Z]{3}\d{3})\]\(([^)]+)\) \|", re.MULTILINE)


def test_every_hint_and_every_rule_that_is_off_has_its_reason() -> None:
    """What has options for the customs of a place is in a table of its own at the end."""
    hints, customs = PAGE.read_text(encoding="utf-8").split("## 当地另有规定的")
    told = Counter(code for code, _ in ROW.findall(hints))
    due = {rule.code for rule in RULES if rule.severity is Severity.INFO or not rule.enabled}

    assert told == Counter(due)
    assert {code for code, _ in ROW.findall(customs)} <= {rule.code for rule in RULES if rule.options}


def test_what_is_off_stands_under_its_own_heading() -> None:
    off = PAGE.read_text(encoding="utf-8").split("\n## ")[1]

    assert off.startswith("默认不启用")
    assert {code for code, _ in ROW.findall(off)} == {rule.code for rule in RULES if not rule.enabled}


def test_links_lead_to_the_headings_of_the_reference() -> None:
    anchors = {rule.code: f"{rule.family}.md#{rule.code}-{rule.name}".lower() for rule in RULES}
    links = ROW.findall(PAGE.read_text(encoding="utf-8"))

    assert not [code for code, link in links if link.lower() != anchors[code]]
