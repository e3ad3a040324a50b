"""The patterns of packages compiled to a module that `nianbao_grammar.patterns` loads.

    python -m nianbao_grammar.compile_patterns nianbao_grammar nianbao nianbao_rules

writes it for the interpreter that runs it. A pattern that is made while a report is read is not among them.
"""

import ast
import inspect
import pkgutil
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from nianbao_grammar import parser, patterns, quantity_parser
from nianbao_grammar.patterns import table_name

HERE = Path(__file__).parent
# The functions that take a pattern, with the place of their flags.
_FLAGS_AT = {
    "compile": 1,
    "search": 2,
    "match": 2,
    "fullmatch": 2,
    "finditer": 2,
    "findall": 2,
    "split": 3,
    "sub": 4,
}
Asked = tuple[str | bytes, int]  # a pattern and its flags, as they are written


def asked(packages: Iterable[str]) -> set[Asked]:
    """Return the patterns that the modules of *packages* ask for by constants of theirs, and those of the scanners.

    A module that something it needs is missing for is left out.
    """
    found: set[Asked] = {(parser().pattern.pattern, 0), (quantity_parser().pattern.pattern, 0)}
    for module in _modules(packages):
        found.update(_called(module))
    return found


def _modules(packages: Iterable[str]) -> Iterator[ModuleType]:
    for name in packages:
        package = import_module(name)
        yield package
        for each in pkgutil.walk_packages(package.__path__, f"{name}.", onerror=lambda name: None):
            if each.name.endswith(".__main__"):  # importing it runs it
                continue
            try:
                yield import_module(each.name)
            except ImportError:
                continue


def _called(module: ModuleType) -> Iterator[Asked]:
    """Yield the patterns of the calls of `re` in *module* whose arguments are its constants, or go through one."""
    known = {name for name, value in vars(module).items() if value is patterns}
    tree = ast.parse(inspect.getsource(module)) if known else ast.Module([], [])
    loops = [each for each in ast.walk(tree) if isinstance(each, ast.For | ast.comprehension)]
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name(of), name), [pattern, *_]) if (
                of in known and name in _FLAGS_AT
            ):
                said = [word.value for word in node.keywords if word.arg == "flags"]
                at = _FLAGS_AT[name]
                flags = _value(module, *(said or node.args[at : at + 1])) or 0
                for text in (_value(module, pattern), *_gone_through(module, pattern, loops)):
                    if isinstance(text, str | bytes):
                        yield text, int(flags)


def _value(module: ModuleType, *words: ast.expr) -> Any:
    """Return the value of the first of *words*, None if it is of names that only a call has."""
    try:
        return next(
            (eval(compile(ast.Expression(each), "", "eval"), dict(vars(module))) for each in words), None
        )
    except (NameError, AttributeError):
        return None


def _gone_through(
    module: ModuleType, pattern: ast.expr, loops: Iterable[ast.For | ast.comprehension]
) -> Iterator[Any]:
    """Yield the values that the name *pattern* takes in *loops* through constants of *module*."""
    name = pattern.id if isinstance(pattern, ast.Name) else ""
    for loop in loops:
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        at = [n for n, each in enumerate(targets) if isinstance(each, ast.Name) and each.id == name]
        for value in (_value(module, loop.iter) or ()) if at else ():
            yield value[at[0]] if isinstance(value, tuple) and len(targets) > 1 else value


def code_of(pattern: str | bytes, flags: int) -> tuple[int, bytes, int, Mapping[str, int], tuple[Any, ...]]:
    """Return what the engine of `re` takes for *pattern*: flags, code, number of groups and their names."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    names = parsed.state.groupdict
    order: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        order[number] = name
    return flags | parsed.state.flags, code, parsed.state.groups - 1, dict(names), tuple(order)


def write(target: Path, packages: Iterable[str]) -> int:
    """Write the module for this interpreter into *target*; return the number of patterns, 0 if it has none."""
    try:
        name = table_name()
    except (ImportError, AttributeError):
        return 0
    wanted = sorted(asked(packages), key=repr)
    lines = [f"    {each!r}: {code_of(*each)!r}," for each in wanted]
    (target / f"{name}.py").write_text("\n".join(("PATTERNS = {", *lines, "}", "")), encoding="utf-8")
    return len(wanted)


def main() -> None:
    """Write the module beside this file, and say how many patterns it has."""
    sys.stdout.write(f"{write(HERE, sys.argv[1:])} patterns in {table_name()}\n")


if __name__ == "__main__":
    main()
