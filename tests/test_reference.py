"""The reference is what rules, shapes and docstrings say."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from nianbao.schema import schema_of
from nianbao_rules import FAMILIES, nianbao_add_rules

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def generate() -> Any:
    """The module docs/generate.py, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_fresh(generate: Any) -> None:
    """`python docs/generate.py` would change nothing."""
    found = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").iterdir()}

    assert {
        name: text for name, text in found.items() if name not in generate.OTHERS
    } == generate.everything()


def test_the_catalogue_follows_the_schema_that_is_printed_for_the_list_of_rules(generate: Any) -> None:
    """What is measured of a rule is in it, or null where no text by another hand let it judge."""
    catalogue = json.loads(generate.of_programs()["catalogue.json"])
    jsonschema.validate(catalogue, schema_of("rules"))

    rules = {record["code"]: record for record in catalogue["rules"]}
    assert list(rules) == sorted(rule.code for rule in nianbao_add_rules())
    told = [record["measured"] for record in rules.values()]
    assert all(one is None or one["false_rate"] == round(one["false"] / one["texts"], 4) for one in told)
    assert None in told
    assert any(one is not None and one["found"] for one in told)


def test_every_rule_has_a_line_in_the_index_that_leads_to_its_heading(generate: Any) -> None:
    """A link of the index is the heading's text as Markdown makes an anchor of it."""
    made = generate.pages(nianbao_add_rules())
    for rule in nianbao_add_rules():
        anchor = f"{rule.code} {rule.name}".lower().replace(" ", "-")

        assert f"({rule.family}.md#{anchor})" in made["rules.md"]
        assert f"\n## {rule.code} {rule.name}\n" in made[f"{rule.family}.md"]


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_readme_has_every_family_under_its_title(page: str, language: str, generate: Any) -> None:
    text = (DOCS.parent / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([A-Z]+)\]\(docs/reference/\1\.md\) \| (.*) \|$", text, re.MULTILINE)

    assert rows == [(family.PREFIX, getattr(family.TITLE, language)) for family in FAMILIES]
    assert text == generate.readmes()[page]
