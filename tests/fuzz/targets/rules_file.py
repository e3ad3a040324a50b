"""Rules in YAML: a file is refused with its place, or its rules judge a report without failing."""

import re
from functools import cache
from pathlib import Path

from nianbao.engine.lint import lint
from nianbao.files.yaml_file import FileError
from nianbao.plugins.declared.file import KINDS
from nianbao.plugins.declared.reading import read_rules
from nianbao.report.report import Report
from nianbao.testing import official_forms
from nianbao.text.source import Source

from tests.fuzz import held, seeds
from tests.fuzz.changes import listed, pieces
from tests.fuzz.target import Refused, Target

_TESTS = Path(__file__).parents[2]
_KEYS = listed(
    "rules code name kind with applies basis message help why cases summary severity enabled in phrases phrase by except years region level form article strength document before after cell row column table at most least pass fail text"
)
_WORDS = (
    *(f"{key}: " for key in _KEYS), *(f"kind: {kind}\n" for kind in KINDS), "- ", "\n  - ", "&a ", "*a", "!!python/object:os.system ", "---\n", "{", "}", "[", "]", "'", '"', "|\n", ">-\n", "? ", "<<: ", "~", "yes", "2021..2030", "0x10", "{found}", "{", "{{", "{0.__class__}", "applications/granted/natural_person", "总体情况", "*", ".*", "(a+)+$",
)  # fmt: skip


def refused(error: FileError) -> Refused:
    """Hold *error* to name a place in the file, and return it as an answer."""
    assert 0 <= error.fault.offset <= len(error.source.text), error
    return Refused(held.reason(error.text.zh))


@cache
def _reports() -> tuple[Report, ...]:
    return tuple(Report(Source(text), official_forms()) for text in seeds.reports()[:2])


def run(data: bytes) -> object:
    """Return the rules in *data* and what they find."""
    try:
        rules = read_rules("县.rules.yaml", official_forms(), data.decode("utf-8", "replace"))
    except FileError as error:
        return refused(error)
    assert all(re.fullmatch("[A-Z]{2,4}[0-9]{3}", rule.code) for rule in rules)
    return [held.verdict(lint(report, rules)) for report in _reports()]


@cache
def _seeds() -> tuple[bytes, ...]:
    whole = (_TESTS / "plugins" / "qingshi" / "nianbao_qingshi" / "qingshi.rules.yaml").read_bytes()
    _, *rules = whole.decode().split("\n  - code:")
    return whole, *(f"rules:\n  - code:{rule}\n".encode() for rule in rules)


TARGET = Target(run, _seeds, pieces(r"\n *(?:- )?|\w+: |[\[\]{},]|[^\n\[\]{},:]+|:", _WORDS), longest=2**14)
