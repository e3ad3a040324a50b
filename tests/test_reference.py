"""The reference is what rules, shapes and docstrings say."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
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
    found = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").glob("*.md")}

    assert {
        name: text for name, text in found.items() if name not in generate.OTHERS
    } == generate.everything()


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
