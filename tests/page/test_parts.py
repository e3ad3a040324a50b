"""What is in the built page: every module that it names, no request that it could make, and not too much."""

import ast
import base64
import gzip
import hashlib
import io
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

MOST = 15_000_000  # bytes of the page
ROOT = Path(os.__file__).parent
# What only processes need, what makes the patterns before the page is built, and what `collections` makes by itself.
NEVER = {
    "collections.abc",
    "ast",
    "dataclasses",
    "inspect",
    "multiprocessing",
    "multiprocessing.connection",
    "pkgutil",
}


def _names(built: Path, part: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(gzip.decompress((built.parent / f"{part}.gz").read_bytes()))) as archive:
        return archive.namelist()


def _source(name: str) -> Path | None:
    """Return the file that the module *name* of the page was compiled from, None for one that is the page's alone."""
    package, _, rest = name.partition("/")
    spec = find_spec(package) if rest else None
    return Path(spec.origin).parent / rest.replace(".pyc", ".py") if spec and spec.origin else None


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_every_module_of_python_that_the_page_names_is_in_it(built: Path) -> None:
    """Wherever the import stands: what is read once in a thousand reports is missed by any trace."""
    there = set(_names(built, "stdlib"))
    ours = [name for name in _names(built, "app") if name.startswith("nianbao") and name.endswith(".pyc")]
    assert len(ours) > 200
    lacking = set()
    for source in filter(None, map(_source, ours)):
        for name in set(_imported(source)) - NEVER:
            path = name.replace(".", "/")
            of_python = name.partition(".")[0] in sys.stdlib_module_names
            files = (f"{path}.py", f"{path}/__init__.py")  # which of the two it is differs by version
            if not (of_python and any((ROOT / file).is_file() for file in files)):
                continue
            if not there.intersection(f"{file}c" for file in files):
                lacking.add(name)
    assert lacking == set()


def test_every_rule_and_every_part_of_the_program_that_a_page_calls_is_in_it(built: Path) -> None:
    there = set(_names(built, "app"))
    for package in (
        "nianbao_rules",
        "nianbao/rules",
        "nianbao/readers",
        "nianbao/reporters",
        "nianbao/writers",
    ):
        spec = find_spec(package.partition("/")[0])
        assert spec is not None
        assert spec.origin is not None
        root = Path(spec.origin).parent.parent
        wanted = {
            str(path.relative_to(root)).replace(".py", ".pyc") for path in (root / package).rglob("*.py")
        }
        assert wanted <= there


def test_it_is_not_too_large(built: Path) -> None:
    assert built.stat().st_size <= MOST


def test_its_policy_lets_it_connect_to_nothing_and_run_nothing_else(built: Path) -> None:
    page = built.read_text(encoding="utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    policy = dict(each.strip().split(" ", 1) for each in found[1].split(";"))
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy["script-src"] == f"{_hash(script)} 'wasm-unsafe-eval'"
    assert policy["style-src"] == _hash(style)
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b|\bon\w+=", page[: page.index("part-")])


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("part", ["wasm", "stdlib", "app", "pdf", "worker"])
def test_it_has_its_parts_in_itself(built: Path, part: str) -> None:
    page = built.read_text(encoding="utf-8")
    found = re.search(rf'<script type="text/plain" id="part-{part}">([^<]*)</script>', page)
    assert found is not None
    assert base64.b64decode(found[1]) == (built.parent / f"{part}.gz").read_bytes()
