"""The places of rules and of their cases: one file, two files in a folder, or a checkout of nianbao."""

import os

_RULES = os.path.join("rules", "nianbao_rules")
_TESTS = os.path.join("tests", "rules")
_PYTHON, _CASES, _NATIONAL = ".py", ".cases.yaml", ".yaml"


def checkout_of(file: str) -> str:
    """Return the root of the checkout that *file* of the national rules is in, "" for one that is installed."""
    root, inside, _ = os.path.abspath(file).rpartition(f"{os.sep}{_RULES}{os.sep}")
    return root if inside and os.path.isdir(os.path.join(root, _TESTS)) else ""


def national_cases(file: str) -> str:
    """Return the path of the cases of the national rule in *file*, "" unless it is in a checkout."""
    root = checkout_of(file)
    if not root:
        return ""
    inner = os.path.relpath(os.path.abspath(file), os.path.join(root, _RULES))
    return os.path.join(root, _TESTS, inner.removesuffix(_PYTHON) + _NATIONAL)


def cases_of(file: str) -> str:
    """Return the file that has the cases of the rule in *file*, "" for none."""
    if not file.endswith(_PYTHON):
        return file  # a rule in YAML has its cases with it
    known = (file.removesuffix(_PYTHON) + _CASES, national_cases(file))
    return next((path for path in known if os.path.isfile(path)), "")


def page_of(file: str, family: str) -> str:
    """Return the page of the reference on *family*, "" unless the national rule in *file* is in a checkout."""
    root = checkout_of(file)
    page = os.path.join(root, "docs", "reference", f"{family}.md")
    return page if root and os.path.isfile(page) else ""


def from_here(path: str) -> str:
    """Return *path* from the current folder if that is above it, else from the root."""
    path = os.path.abspath(path)
    return os.path.relpath(path) if path.startswith(os.path.join(os.getcwd(), "")) else path
