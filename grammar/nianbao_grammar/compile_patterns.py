"""The patterns of packages compiled to a file that `nianbao_grammar.patterns` reads.

    python -m nianbao_grammar.compile_patterns nianbao_grammar nianbao nianbao_rules

writes it for the interpreter that runs it. A pattern that is made while a report is read is not among them.
"""

import ast
import inspect
import marshal
import pkgutil
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from nianbao_grammar import parser, patterns, quantity_parser
from nianbao_grammar.parts import packed
from nianbao_grammar.patterns import file_name

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
    """Yield the patterns of the calls of `re` in *module*.

    They are the values of its constants; of a name that only the call knows, all patterns among the constants that
    the function around it names: it goes through them, or takes one of them.
    """
    known = {name for name, value in vars(module).items() if value is patterns}
    tree = ast.parse(inspect.getsource(module)) if known else ast.Module([], [])
    for scope in _scopes(tree):
        for node in ast.walk(scope):
            match node:
                case ast.Call(ast.Attribute(ast.Name(of), name), [pattern, *_]) if (
                    of in known and name in _FLAGS_AT
                ):
                    said = [word.value for word in node.keywords if word.arg == "flags"]
                    at = _FLAGS_AT[name]
                    flags = int(_value(module, *(said or node.args[at : at + 1])) or 0)
                    text = _value(module, pattern)
                    texts = [text] if text is not None else _patterns_named(module, scope)
                    yield from ((text, flags) for text in texts if isinstance(text, str | bytes))


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the functions of a module and its methods, and every statement outside of them."""
    for statement in tree.body:
        yield from statement.body if isinstance(statement, ast.ClassDef) else (statement,)


def _value(module: ModuleType, *words: ast.expr) -> Any:
    """Return the value of the first of *words*, None if it is of names that only a call has."""
    try:
        return next(
            (eval(compile(ast.Expression(each), "", "eval"), dict(vars(module))) for each in words), None
        )
    except (NameError, AttributeError):
        return None


def _patterns_named(module: ModuleType, scope: ast.AST) -> Iterator[str]:
    """Yield the patterns among the constants of *module* that are named within *scope*; plain words are none."""
    names = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name)}
    for text in _strings(vars(module)[name] for name in sorted(names) if name in vars(module)):
        with suppress(re.error):
            if re.escape(text) != text:
                re.compile(text)
                yield text


def _strings(values: Iterable[Any]) -> Iterator[str]:
    """Yield the texts among *values*, and in those that are plain collections: a record is none."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif type(value) in (tuple, list, dict):
            yield from _strings(value)
            yield from _strings(value.values() if isinstance(value, dict) else ())


def code_of(
    pattern: str | bytes, flags: int
) -> tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]:
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
    """Write the file for this interpreter into *target*; return the number of patterns, 0 if it has none."""
    try:
        name = file_name()
    except (ImportError, AttributeError):
        return 0
    wanted = sorted(asked(packages), key=repr)
    (target / name).write_bytes(packed({each: marshal.dumps(code_of(*each)) for each in wanted}))
    return len(wanted)


def main() -> None:
    """Write the file beside this one, and say how many patterns it has."""
    sys.stdout.write(f"{write(HERE, sys.argv[1:])} patterns in {file_name()}\n")


if __name__ == "__main__":
    main()
