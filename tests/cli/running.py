"""How a run of the command line is described, and the reports that these tests start from."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from nianbao.schema import schema_of
from nianbao.testing import compliant

# What the environment of whoever runs the tests must not decide.
SWAYING = (
    "COLUMNS",
    "FORCE_COLOR",
    "LC_ALL",
    "LC_MESSAGES",
    "NIANBAO_AMBIGUOUS_WIDTH",
    "NIANBAO_LANG",
    "NO_COLOR",
    "PYTEST_ADDOPTS",
    "PYTHONIOENCODING",
    "PYTHONUTF8",
    "TERM",
)

# Seconds until a process counts as hanging. How long one takes is never judged by the clock: others run beside it.
PATIENCE = 600


class Ended(NamedTuple):
    """How a run ended: exit code and what it wrote."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    def json(self, of: str = "check") -> Any:
        """Return the JSON written, checked against its schema."""
        return validated(of, json.loads(self.stdout))

    def lines(self, of: str = "jsonl") -> list[Any]:
        """Return the JSON lines written, each checked against its schema."""
        return [validated(of, json.loads(line)) for line in self.stdout.decode().split("\n") if line]


Run = Callable[..., Ended]


def validated(of: str, value: Any) -> Any:
    """Return *value*, checked against the schema of the output *of*."""
    Draft202012Validator(schema_of(of)).validate(value)
    return value


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without what would sway the output, and with *env*."""
    kept = {name: value for name, value in os.environ.items() if name not in SWAYING}
    return {**kept, "LANG": "C.UTF-8", **(env or {})}


def command(*arguments: object) -> list[str]:
    """Return the command line of a process that runs the program as the console script does."""
    start = "import sys; from nianbao.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, *map(str, arguments)]


def wrong_total(organ: str = "") -> str:
    """Return a report on 2024 with one error among its sums: in table four 1 + 0 + 0 + 0 is said to be 2.

    It is of *organ*, if that is given.
    """
    draft = compliant("2021", "county", 3)
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    return draft.render().replace(draft.organ, organ or draft.organ)
