"""Which words no test misses: `python -m tests.bench.words [MODULE …] [--sample N --seed S]`.

Each word of each list and each alternative of each pattern by which the national rules and the readers of
prose and headings decide is taken away in turn, and the cases of the rules and the tests of examples that it
could matter to are run. What none of them misses is listed, and the exit code is 1. MODULE is a module or a
package, as nianbao_rules.fees.
"""

import argparse
import ast
import importlib
import importlib.util
import inspect
import multiprocessing
import os
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from nianbao.engine.rule import Rule  # noqa: E402
from nianbao.plugins.loading import load  # noqa: E402
from nianbao.report.form import Form  # noqa: E402
from nianbao.report.report import Report  # noqa: E402
from nianbao.testing import Case, judging, load_cases, official_forms  # noqa: E402
from nianbao.text.folding import fold  # noqa: E402
from nianbao.text.source import Source  # noqa: E402

from tests.bench.alternatives import Alternative, alternatives  # noqa: E402

PACKAGES = ("nianbao", "nianbao_rules")
# What reads no prose and no heading of a report, and judges none.
ASIDE = (
    *("annotate", "cli", "declared", "engine", "files", "lsp", "plugins", "readers", "reporters", "run"),
    *("scaffold", "schema", "suppression", "testing", "writers"),
)
# Dictionaries: each entry stands for itself, and tests/rules/test_confusions.py, test_slips.py and test_alike.py and
# tests/report/test_issuer.py go through them.
NO_REPORT = ("nianbao.report.form_file",)  # reads the files of forms
DICTIONARIES = (".confusions", ".set_phrases", ".alike", ".county_cities")
QUICK = 0.2  # seconds of processor time
AT_ONCE = 20  # cases: the first few of those that could tell mostly do
SECONDS = 30  # of the processor for so many cases; without a word something may never end, and then a test has missed it


def modules(names: Sequence[str] = ()) -> list[ModuleType]:
    """Return the modules whose words are held by tests: all of them, or those named and what is in them."""
    found = []
    for package in map(importlib.import_module, PACKAGES):
        for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if each.name.split(".")[1] in ASIDE or each.name.endswith(DICTIONARIES) or each.name in NO_REPORT:
                continue
            if not names or any(f"{each.name}.".startswith(f"{name}.") for name in names):
                found.append(importlib.import_module(each.name))
    return found


# -- a module without one of its words -------------------------------------------------------------------


class Code:
    """The modules that are loaded, their syntax, and which takes what from which."""

    def __init__(self) -> None:
        self.modules: dict[str, ModuleType] = {}
        self.trees: dict[str, ast.Module] = {}
        # By the module that a name is taken from: who takes it, and what it is called there and here.
        self.takers: dict[str, list[tuple[str, str, str]]] = {}
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in PACKAGES and (module.__file__ or "").endswith(".py"):
                self.add(module)

    def add(self, module: ModuleType) -> None:
        """Have *module* take part in what changes."""
        name = module.__name__
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        self.modules[name], self.trees[name] = module, tree
        for source, there, here in _taken(tree):
            self.takers.setdefault(source, []).append((name, there, here))

    def users(self, name: str) -> set[str]:
        """Return the modules that use module *name*, itself and those that use these among them."""
        found, left = {name}, [name]
        while left:
            one = left.pop()
            # What is taken from a package may be a module in it.
            package, _, last = one.rpartition(".")
            takers = {taker for taker, _, _ in self.takers.get(one, ())}
            takers |= {taker for taker, there, _ in self.takers.get(package, ()) if there == last}
            left += takers - found
            found |= takers
        return found

    @contextmanager
    def without(self, module: str, one: Alternative) -> Iterator[None]:
        """Have *module* be without *one*, and be as it was behind."""
        written = {name: getattr(one.node, name) for name in one.without}
        undone: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for name, value in one.without.items():
            setattr(one.node, name, value)
        try:
            self._execute(module, [one.statement], undone)
            self._forget()
            yield
        finally:
            for name, value in written.items():
                setattr(one.node, name, value)
            for names, before in reversed(undone):
                names.update(before)
            self._forget()

    def _execute(self, module: str, statements: Sequence[ast.stmt], undone: list[Any]) -> None:
        """Execute *statements* of *module* again, and wherever that changes anything what is made of it."""
        names = vars(self.modules[module])
        before = dict(names)
        undone.append((names, before))
        for statement in statements:
            code = ast.Module([statement], [])
            exec(compile(ast.fix_missing_locations(code), f"<{module}>", "exec"), names)
        changed = {name for name, value in before.items() if names[name] is not value}
        self._spread(module, changed, before, statements, undone)

    def _spread(
        self,
        module: str,
        changed: set[str],
        before: dict[str, Any],
        done: Sequence[ast.stmt],
        undone: list[Any],
    ) -> None:
        names = vars(self.modules[module])
        made = [
            statement
            for statement in self.trees[module].body
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement not in done
            and changed & {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} - _bound(statement)
        ]  # fmt: skip
        for taker, there, here in self.takers.get(module, ()):
            other = vars(self.modules[taker])
            if there in changed and other.get(here) is before[there]:
                undone.append((other, {here: other[here]}))
                other[here] = names[there]
                self._spread(taker, {here}, {here: before[there]}, (), undone)
        if made:
            self._execute(module, made, undone)

    def _forget(self) -> None:
        for module in self.modules.values():
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _taken(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Yield what *tree* imports by name: from which module, what it is called there and here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name, alias.asname or alias.name


def _bound(statement: ast.stmt) -> set[str]:
    return {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


# -- what may miss it ------------------------------------------------------------------------------------


class Example(NamedTuple):
    """One test of examples, with one set of its parameters."""

    text: str  # all that is in it
    run: Callable[[], None]


def examples(module: ModuleType, given: dict[str, Any]) -> Iterator[Example]:
    """Yield the examples of a test module that need nothing but parameters, and what is *given* by name."""
    for name, test in vars(module).items():
        if not name.startswith("test_") or not isinstance(test, FunctionType) or hasattr(test, "hypothesis"):
            continue
        marks = getattr(test, "pytestmark", [])
        wanted = set(inspect.signature(test).parameters)
        text = inspect.getsource(test)
        for choice in product(*(_choices(mark) for mark in marks if mark.name == "parametrize")):
            values = {name: value for each in choice for name, value in each.items()}
            values |= {name: given[name] for name in wanted - set(values) if name in given}
            if set(values) == wanted and all(mark.name == "parametrize" for mark in marks):
                example = Example(
                    _unescaped("\n".join((text, str(values), *map(str, values.values())))),
                    _Call(module, name, values),
                )
                if _quick(example.run):
                    yield example


def _unescaped(source: str) -> str:
    """Return *source* with its signs for blanks and line ends as they are in a report."""
    return re.sub(
        r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])", lambda sign: ast.literal_eval(f'"{sign[0]}"'), source
    )


class _Call(NamedTuple):
    module: ModuleType
    name: str
    values: dict[str, Any]

    def __call__(self) -> None:
        getattr(self.module, self.name)(**self.values)


def _choices(mark: Any) -> list[dict[str, Any]]:
    names, choices = mark.args[0], mark.args[1]
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [
        getattr(choice, "values", None) if type(choice).__name__ == "ParameterSet" else choice
        for choice in choices
    ]
    return [
        dict(zip(names, row if type(r).__name__ == "ParameterSet" or len(names) > 1 else (row,), strict=True))
        for r, row in zip(choices, rows, strict=True)
    ]


def _quick(run: Callable[[], None]) -> bool:
    """Return whether *run* passes, and can be run for thousands of words."""
    start = time.process_time()
    return not _fails(run) and time.process_time() - start < QUICK


def _fails(run: Callable[[], None]) -> bool:
    try:
        run()
    except Exception:
        return True
    return False


class _EndlessError(BaseException):
    """Something takes so long that it may never end."""


def _ring(*_: object) -> None:
    raise _EndlessError


@contextmanager
def _limited() -> Iterator[None]:
    """Raise _EndlessError in what takes more than SECONDS of the processor: others may be at work on it too."""
    signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Tests:
    """The cases of the rules and the tests of examples, run against code that misses a word."""

    def __init__(self) -> None:
        self.rules: Sequence[Rule] = load().rules
        self.forms = official_forms()
        files = sorted((ROOT / "tests" / "rules").rglob("*.yaml"))
        self.cases = [case for file in files for case in load_cases(str(file))]
        self.texts = [_searched("\n".join(_texts(case))) for case in self.cases]
        self.files = {
            file: {source for source, _, _ in _taken(ast.parse(file.read_text(encoding="utf-8")))}
            for file in sorted((ROOT / "tests").rglob("test_*.py"))
        }
        self.code = Code()
        self.examples: dict[str, list[Example]] = {}
        self.reports: dict[Any, Report] = {}
        self.usual: dict[tuple[int, str], tuple[str, ...]] = {}

    def misses(self, module: str, one: Alternative) -> bool:
        """Return whether a test fails as soon as *module* is without *one*."""
        # Where no reader changes, a report that has been read is as it would be read again.
        judging.Report = self._read if module.startswith("nianbao_rules") else Report  # type: ignore[attr-defined,misc]
        users = self.code.users(module)
        rules = [rule for rule in self.rules if rule.check.__module__ in users]
        codes = {rule.code for rule in rules}
        cases = [i for i, case in enumerate(self.cases) if case.expect is not None or case.rule in codes]
        cases = [i for i in cases if one.could is None or one.could.search(self.texts[i])]
        cases.sort(key=lambda i: self.cases[i].rule not in codes)
        tried = [e for e in self._examples(module) if one.could is None or one.could.search(e.text)]
        try:
            with self.code.without(module, one), _limited():
                if any(_fails(e.run) for e in tried):
                    return True
            return any(
                self._differs(cases[at : at + AT_ONCE], rules, module, one)
                for at in range(0, len(cases), AT_ONCE)
            )
        except _EndlessError:
            return True
        except (KeyError, re.error, AssertionError, ValueError, IndexError, AttributeError):
            return True  # the module cannot even be made

    def _differs(self, cases: Sequence[int], rules: Sequence[Rule], module: str, one: Alternative) -> bool:
        """Return whether one of *cases* comes out otherwise without *one*."""
        usual = {i: self._usual(i, rules) for i in cases}
        with self.code.without(module, one), _limited():
            changed = self._now(rules)
            return any(self._run(i, changed) != usual[i] for i in cases)

    def _now(self, rules: Sequence[Rule]) -> list[Rule]:
        """Return *rules*, those made again as they now are."""
        made = {
            value.code: value
            for rule in rules
            for value in vars(self.code.modules[rule.check.__module__]).values()
            if isinstance(value, Rule)
        }
        return [made.get(rule.code, rule) for rule in rules]

    def _run(self, index: int, rules: Sequence[Rule]) -> tuple[str, ...]:
        return tuple(each.words.zh for each in judging.run(self.cases[index], rules, self.forms))

    def _usual(self, index: int, rules: Sequence[Rule]) -> tuple[str, ...]:
        key = (index, " ".join(rule.code for rule in rules))
        if key not in self.usual:
            self.usual[key] = self._run(index, rules)
        return self.usual[key]

    def _read(self, source: Source, forms: Sequence[Form], **given: Any) -> Report:
        key = (source.text, *given.values())
        if key not in self.reports:
            self.reports[key] = Report(source, forms, **given)
        return self.reports[key]

    def _examples(self, name: str) -> list[Example]:
        """Return the examples of the tests that import module *name*, its package, or what uses it there."""
        if name not in self.examples:
            package = name.rpartition(".")[0]
            sources = {user for user in self.code.users(name) if user.rpartition(".")[0] == package}
            sources = (sources | {package}) - set(PACKAGES)
            given = {"forms": self.forms, "all_rules": self.rules}
            found = [_imported(file) for file, taken in self.files.items() if taken & sources]
            for module in found:
                if module.__name__ not in self.code.modules:
                    self.code.add(module)
            self.examples[name] = [example for module in found for example in examples(module, given)]
        return self.examples[name]


def _texts(case: Case) -> Iterator[str]:
    """Yield the text of *case* and those of the reports beside it."""
    yield case.written()
    others = (case.previous, *(case.members or ()), *(case.siblings or ()))
    yield from (other.written() for other in others if isinstance(other, Case))


def _searched(text: str) -> str:
    """Return *text* in the forms in which a module may look through it."""
    return f"{text}\n{''.join(text.split())}\n{fold(text)}"


def _imported(file: Path) -> ModuleType:
    if file.stem in sys.modules:
        return sys.modules[file.stem]
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


# -- the command -------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """An alternative and the name of the module it is in."""

    module: str
    one: Alternative


_AT_WORK: tuple[Tests, list[Place]] | None = None  # what the processes forked from this one work on


def _missed(index: int) -> bool:
    assert _AT_WORK
    tests, places = _AT_WORK
    return tests.misses(*places[index])


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.words", description="Lists the words that no test misses."
    )
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="a module or package; all that judge, without"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try only so many, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="another number draws others")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Print which words no test misses; return 1 for any, 0 for none."""
    global _AT_WORK
    chosen = _parsed(argv)
    start = time.monotonic()
    judging_modules = modules(chosen.modules)
    tests = Tests()
    places = [
        Place(module.__name__, one)
        for module in judging_modules
        for one in alternatives(Path(module.__file__ or ""), tests.code.trees[module.__name__])
    ]
    if chosen.sample is not None:
        places = sorted(
            Random(chosen.seed).sample(places, min(chosen.sample, len(places))), key=lambda p: p.module
        )
    _AT_WORK = tests, places
    kept = 0
    with multiprocessing.get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
        for place, missed in zip(places, pool.imap(_missed, range(len(places))), strict=True):
            kept += missed
            if not missed:
                one = place.one
                print(f"{os.path.relpath(one.path, ROOT)}:{one.line} {one.list} {one.word!r}", flush=True)  # noqa: T201
    print(  # noqa: T201
        f"alternatives {len(places)}: held {kept}, not held {len(places) - kept}; {time.monotonic() - start:.0f} s"
    )
    return 0 if kept == len(places) else 1


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.exit(main())
