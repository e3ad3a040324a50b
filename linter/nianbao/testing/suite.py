"""Rules and their cases as files hold them, and the results of the cases."""

import os
from collections.abc import Callable, Iterator

from nianbao_grammar.records import NamedTuple

from nianbao.engine.rule import Rule
from nianbao.files.lookup import RULES
from nianbao.files.yaml_file import FaultError, FileError
from nianbao.plugins.loading import load, load_file
from nianbao.plugins.rule_names import with_known_names
from nianbao.report.form import Form, load_forms
from nianbao.testing.cases import Case, load_cases
from nianbao.testing.coverage import said, templates, unsaid
from nianbao.testing.judging import Failure, failure
from nianbao.text.language import Text
from nianbao.text.source import Source

_OTHER_KIND = Text(
    "不是规则或用例的文件；文件名应以 .rules.yaml、.cases.yaml 或 .py 结尾",
    "neither rules nor cases: the name of such a file ends in .rules.yaml, .cases.yaml or .py",
)
CASES, PYTHON = ".cases.yaml", ".py"


class Suite(NamedTuple):
    """The cases in the file at *path* and the rules they are judged by, or with *alone* each by its own."""

    path: str
    cases: tuple[Case, ...]
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...]
    alone: bool = False

    def failure(self, case: Case) -> Failure | None:
        """Return the failure of *case*, None if it holds."""
        return failure(case, self.rules, self.forms, alone=self.alone)


class Judged(NamedTuple):
    """One case and its failure, None for one that holds."""

    case: Case
    failure: Failure | None


class Results(NamedTuple):
    """The results of all cases of a suite."""

    suite: Suite
    judged: tuple[Judged, ...]

    @property
    def failed(self) -> tuple[Judged, ...]:
        """The cases that do not hold."""
        return tuple(judged for judged in self.judged if judged.failure is not None)


def files(path: str) -> Iterator[str]:
    """Yield the files to test that *path* means: itself, or all in the folder and below, hidden ones left out."""
    if not os.path.isdir(path):
        yield path
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        tested = (name for name in names if name.endswith((RULES, CASES)) and not name.startswith("."))
        yield from (os.path.normpath(os.path.join(folder, name)) for name in sorted(tested))


def collect(path: str, require: Callable[[str], None] = lambda python: None) -> Suite:
    """Return the suite at *path*.

    A `*.rules.yaml` holds its cases itself. A `NAME.cases.yaml` is about the rules of `NAME.py` and
    `NAME.rules.yaml` in the same folder, or if there is neither about those installed; `NAME.py` means the
    same. Raises FileError for a faulty file, PluginError for a faulty plugin, and what *require* raises of a
    Python file before it is run.
    """
    forms = load_forms(load().forms)
    if path.endswith(RULES):
        from nianbao.plugins.declared.reading import read_rules
        from nianbao.testing.declared_cases import read_cases

        return Suite(path, read_cases(path, forms), read_rules(path, forms), forms, alone=True)
    ending = next((ending for ending in (CASES, PYTHON) if path.endswith(ending)), None)
    if ending is None:
        raise FileError(Source("", path), FaultError(0, _OTHER_KIND))
    stem = path.removesuffix(ending)
    cases = load_cases(stem + CASES)
    return Suite(stem + CASES, cases, _rules_named(stem, forms, require) or load().rules, forms)


def _rules_named(stem: str, forms: tuple[Form, ...], require: Callable[[str], None]) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    if os.path.isfile(stem + PYTHON):
        require(stem + PYTHON)
        tables = {form.name: [table.key for table in form.tables] for form in forms}
        loaded = with_known_names(load_file(stem + PYTHON), tables)
        if loaded.fault is not None:
            raise loaded.fault
        rules.extend(loaded.rules)
    if os.path.isfile(stem + RULES):
        from nianbao.plugins.declared.reading import read_rules

        rules.extend(read_rules(stem + RULES, forms))
    return tuple(rules)


def run_suite(suite: Suite) -> Results:
    """Return the results of *suite*."""
    return Results(suite, tuple(Judged(case, suite.failure(case)) for case in suite.cases))


def silent(suite: Suite) -> dict[str, Text]:
    """Return the messages of the rules that no case of *suite* produces, by their names.

    Only of the rules that a case is about: other installed rules are tested elsewhere.
    """
    codes = {case.rule for case in suite.cases}
    texts = templates([rule for rule in suite.rules if rule.code in codes])
    return unsaid(texts, said(suite.cases, suite.rules, suite.forms, alone=suite.alone))
