"""`python -m tests.bench.mutants MODULE`: which small changes of a module its tests notice (docs/adr/0015)."""

import argparse
import difflib
import os
import pickle
import random
import re
import resource
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import parso
import pytest
import yaml
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from hypothesis import Phase, settings

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
EQUIVALENTS = Path(__file__).with_name("equivalents.yaml")
OWN = ("nianbao", "nianbao_rules", "nianbao_grammar")
MEMORY = 4 << 30

# By the last part of a module's name: test files beside the one that is named after it, and the codes of the rules
# whose cases are tried. A module of rules is tried with the tests named after its family and the cases of the codes
# in it, what a family shares with those of the family.
MORE_TESTS = {
    "amount": ["test_sentences.py"],
    "baseline": ["test_living.py"],
    "breakdown": ["test_sentences.py"],
    "cells": ["test_binding.py"],
    "columns": ["test_binding.py"],
    "divisions": ["test_sentences.py"],
    "fixing": ["test_rule_fixes.py"],
    "proof": ["test_fixing.py", "test_rule_fixes.py"],
    "reading": ["test_binding.py"],
    "row_names": ["test_binding.py"],
    "rows": ["test_binding.py"],
    "waivers": ["test_living.py"],
}
RULES = {
    "binding": "TAB|SUM",
    "cells": "TAB|SUM",
    "columns": "TAB|SUM",
    "counts": "TXT",
    "equations": "SUM",
    "period": "PER",
    "reading": "TAB|SUM",
    "row_names": "TAB|SUM",
    "rows": "TAB|SUM",
}
# A test that measures time fails while a neighbour works: it says nothing of a mutant.
TIMED = re.compile("time|at_once|proportion")


# -- the changes -----------------------------------------------------------------------------------------


class _Operator(Operator):
    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


class Membership(_Operator):
    """Swaps `in` and `not in`."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "comparison" and self._sign(node) in ("in", "not in"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = parso.parse(" in" if self._sign(node) == "not in" else " not in")
        return node

    def _sign(self, node: Any) -> str:
        return " ".join(node.children[1].get_code().split())


class Condition(_Operator):
    """Negates the condition of a comprehension."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "comp_if":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[1] = parso.parse(f" not ({node.children[1].get_code().strip()})")
        return node


class Effect(_Operator):
    """Leaves out a call that is a statement of its own."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "simple_stmt" and node.children[0].type == "atom_expr":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.children[0] = parso.parse(f"{node.children[0].get_first_leaf().prefix}pass")
        return node


# Of the many replacements of one sign by another those are taken that a slip of the pen makes.
OPERATORS: tuple[Operator, ...] = (
    *(
        get_operator(f"core/{name}")()
        for name in (
            *(
                f"ReplaceComparisonOperator_{change}"
                for change in (
                    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
                    *("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt"),
                )
            ),
            *(
                f"ReplaceBinaryOperator_{change}"
                for change in ("Add_Sub", "Sub_Add", "Mul_Add", "Div_Mul", "FloorDiv_Mul", "Mod_Mul")
            ),
            *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_USub", "AddNot"),
            *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
            *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
            *("NumberReplacer", "RemoveDecorator", "ExceptionReplacer"),
        )
    ),
    *(Membership(), Condition(), Effect()),
)


class Mutant(NamedTuple):
    """A module with one change in it, and what the change is."""

    line: int
    before: str  # the lines that differ, without the space around them
    after: str
    code: CodeType


def mutants(path: Path, wanted: Iterable[tuple[Operator, int]]) -> Iterator[Mutant]:
    """Yield the file at *path* with each of the changes *wanted* that leaves it Python."""
    text = path.read_text(encoding="utf-8")
    old = text.splitlines()
    for operator, occurrence in wanted:
        changed = mutate_code(text, operator, occurrence)
        new = changed.splitlines()
        try:
            code = compile(changed, str(path), "exec")
        except SyntaxError:
            continue
        blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        _, first, last, begin, end = next(block for block in blocks if block[0] != "equal")
        yield Mutant(first + 1, _words(old[first:last]), _words(new[begin:end]), code)


def changes(path: Path, within: str, lines: Sequence[int]) -> list[tuple[Operator, int]]:
    """Return the changes of the file at *path*: all, or those in *lines* or in lines that the pattern *within* is in."""
    text = path.read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(text)))
    chosen = {
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(within, line) and (not lines or number in lines)
    }
    found = [
        (start, operator, occurrence)
        for operator in OPERATORS
        for occurrence, (start, _) in enumerate(
            place for node in nodes for place in operator.mutation_positions(node)
        )
        if start[0] in chosen
    ]
    return [(operator, occurrence) for _, operator, occurrence in sorted(found, key=lambda change: change[0])]


def _words(lines: Iterable[str]) -> str:
    return re.sub(r"(?<=[(\[]) ", "", " ".join(" ".join(lines).split()))


# -- the tests -------------------------------------------------------------------------------------------


class _Cases:
    """Leaves out tests that measure time, and of the cases of rules those that *codes* are not about."""

    def __init__(self, codes: str) -> None:
        self.codes = re.compile(rf"({codes or 'none'})\d* ")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if self._wanted(item)]

    def _wanted(self, item: pytest.Item) -> bool:
        if item.path.name == "test_rules.py":
            name, _, case = item.name.partition("[")
            return name == "test_case" and self.codes.match(case) is not None
        return not TIMED.search(item.name.partition("[")[0])


def tests_of(module: str, path: Path) -> tuple[list[list[str]], str]:
    """Return the runs of test files that try *module*, and the codes of the rules whose cases are among them."""
    *_, package, name = ("", *module.split("."))
    named = [name, package] if module.startswith("nianbao_rules.") else [name]
    names = {*(f"test_{word}.py" for word in named), *MORE_TESTS.get(name, ())}
    files = sorted(str(file) for file in TESTS.rglob("test_*.py") if file.name in names)
    codes = RULES.get(name, "")
    if module.startswith("nianbao_rules.") and not codes:
        rules = path.parent.glob("*.py") if name == "shared" else [path]
        texts = [rule.read_text(encoding="utf-8") for rule in rules]
        codes = "|".join(sorted({code for text in texts for code in re.findall(r'"([A-Z]{3}\d{3})"', text)}))
    return [run for run in (files, [str(TESTS / "rules" / "test_rules.py")] if codes else []) if run], codes


def tried(module: str, code: CodeType | None, runs: Sequence[list[str]], codes: str) -> int:
    """Run the tests in this process, with *code* in the place of *module*; return the code pytest ends with."""
    if code is not None:
        load = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
            return code if fullname == module else load(loader, fullname)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", derandomize=True, database=None, deadline=None, phases=phases)
    options = ["-o", "addopts=--import-mode=importlib", "-x", "-q", "--tb=no", "--no-header"]
    options += ["-p", "no:cacheprovider", "--hypothesis-profile=mutants"]
    # Pytest, of which we are a plugin, would else load our modules by a way of its own.
    options.append("--assert=plain")
    for files in runs:
        status = pytest.main([*options, *files], plugins=[_Cases(codes)])
        if status:
            return int(status)
    return 0


# -- a process each --------------------------------------------------------------------------------------


def forked(work: partial[int], seconds: float = 0) -> int:
    """Begin *work* in a child that is silent; it is killed after *seconds* of its own time, or after many more by the clock."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        if seconds:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(20 * int(seconds))
        status = work()
    finally:
        os._exit(status)


def warmed(work: partial[int]) -> float:
    """Run *work* unchanged in a child, import here what it has imported that is not ours; return its seconds."""
    reading, writing = os.pipe()

    def first() -> int:
        status = work()
        names = [name for name, module in sys.modules.items() if not _ours(name, module)]
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump((names, time.process_time()), pipe)  # a child's time begins with it
        return status

    child = forked(partial(first))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        names, seconds = pickle.load(pipe)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the tests fail on the module as it is")
    for name in names:
        with suppress(Exception):  # what cannot be imported by itself, a child imports again
            import_module(name)
    return float(seconds)


def _ours(name: str, module: ModuleType) -> bool:
    return name.partition(".")[0] in OWN or str(TESTS) in str(getattr(module, "__file__", ""))


def survivors(wanted: Iterable[Mutant], trial: partial[int], seconds: float, jobs: int) -> Iterator[Mutant]:
    """Yield the mutants that the tests of *trial* let pass, *jobs* at a time."""
    running: dict[int, Mutant] = {}

    def ended() -> Iterator[Mutant]:
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            yield mutant

    for mutant in wanted:
        running[forked(partial(trial, code=mutant.code), seconds)] = mutant
        if len(running) >= jobs:
            yield from ended()
    while running:
        yield from ended()


# -- the command -----------------------------------------------------------------------------------------


def equivalents(module: str) -> set[tuple[str, str]]:
    """Return the changes of *module* that change nothing, as lines before and after, with a reason each in the file."""
    listed = yaml.safe_load(EQUIVALENTS.read_text(encoding="utf-8"))
    entries = [one for name, found in listed.items() if f".{module}".endswith(f".{name}") for one in found]
    return {(entry["before"], after) for entry in entries if entry["reason"] for after in entry["after"]}


def modules(name: str) -> dict[str, Path]:
    """Return the modules called *name* or in the package of that name, none imported, and the file of each."""
    top, *parts = name.split(".")
    spec = find_spec(top)
    for folder in (spec and spec.submodule_search_locations) or ():
        place = Path(folder, *parts)
        if place.is_dir():
            paths = [path.relative_to(folder).with_suffix("") for path in sorted(place.rglob("*.py"))]
            return {
                ".".join((top, *path.parts)).removesuffix(".__init__"): Path(folder, path).with_suffix(".py")
                for path in paths
            }
        if place.with_suffix(".py").exists():
            return {name: place.with_suffix(".py")}
    raise SystemExit(f"no module {name}")


class Score(NamedTuple):
    """How many changes were noticed, of how many, and how many that change nothing were left out."""

    killed: int
    tried: int
    equivalent: int

    @property
    def percent(self) -> float:
        """How many of a hundred were noticed; a hundred if none were tried."""
        return 100 * self.killed / self.tried if self.tried else 100

    def __str__(self) -> str:
        words = f"{self.killed} of {self.tried} killed, {self.percent:.1f} %"
        return f"{words}; {self.equivalent} equivalent, left out"


def score(module: str, path: Path, wanted: Sequence[tuple[Operator, int]], jobs: int) -> Score:
    """Make the changes *wanted* in *module* and print those that its tests let pass."""
    runs, codes = tests_of(module, path)
    if not runs:
        raise SystemExit(f"no test is named after {module}: name some in MORE_TESTS or RULES")
    trial = partial(tried, module, runs=runs, codes=codes)
    seconds = 3 + 1.5 * warmed(partial(trial, code=None))
    known, made = equivalents(module), list(mutants(path, wanted))
    differing = [mutant for mutant in made if (mutant.before, mutant.after) not in known]
    alive = 0
    for mutant in survivors(differing, trial, seconds, jobs):
        alive += 1
        print(f"{path.relative_to(ROOT)}:{mutant.line}: {mutant.before}\n  -> {mutant.after}", flush=True)  # noqa: T201
    return Score(len(differing) - alive, len(differing), len(made) - len(differing))


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutants", description=__doc__)
    parser.add_argument("module", help="a module or a package of them, such as nianbao.report")
    parser.add_argument("--sample", type=int, metavar="N", help="try N changes of a module, drawn by chance")
    parser.add_argument("--seed", type=int, default=0, help="of the drawing")
    parser.add_argument(
        "--within", default="", metavar="PATTERN", help="only in lines that the pattern is in"
    )
    parser.add_argument("--line", type=int, action="append", default=[], help="only in this line")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument(
        "--least", type=float, default=0, metavar="PERCENT", help="exit with 1 below this score"
    )
    return parser.parse_args(given)


def main(given: Sequence[str]) -> int:
    """Print the survivors and the score of each module and of all; return 1 if that is below the least."""
    asked = _arguments(given)
    os.chdir(ROOT)
    scores = []
    for module, path in modules(asked.module).items():
        started = time.monotonic()
        wanted = changes(path, asked.within, asked.line)
        if asked.sample:
            wanted = random.Random(asked.seed).sample(wanted, min(asked.sample, len(wanted)))
        if wanted:
            scores.append(score(module, path, wanted, asked.jobs))
            print(f"{module}: {scores[-1]}; {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
    whole = Score(*map(sum, zip(*scores, strict=True))) if scores else Score(0, 0, 0)
    if len(scores) > 1:
        print(f"{asked.module}: {whole}")  # noqa: T201
    return int(whole.percent < asked.least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
