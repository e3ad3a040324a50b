"""From `report.lark` and the forms to modules that load without lark or yaml.

Importing lark costs four times what starting Python does, and yaml as much again as Python itself
(docs/adr/0002). Both are needed only when a grammar or a form is new: lark checks the grammar and makes
its tables when the package is built.
"""

import sys
import zlib
from pathlib import Path
from typing import Any

from nianbao_grammar import form_sources, grammar_source
from nianbao_grammar.automaton import Tables

HERE = Path(__file__).parent


def build_parser(grammar: str, *, strict: bool = False) -> Any:
    """Return lark's parser for *grammar*; with *strict* any conflict raises lark's own error."""
    from lark import Lark

    # One lexer for every state of the parser: its pattern is compiled at each start.
    return Lark(grammar, parser="lalr", lexer="basic", strict=strict, maybe_placeholders=False)


def build_tables(grammar: str, *, strict: bool = False) -> Tables:
    """Return the tables of *grammar*, made by lark; with *strict* any conflict raises lark's own error."""
    lark = build_parser(grammar, strict=strict)
    table = lark.parser.parser._parse_table
    lexer = lark.parser.lexer
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    numbers = {state: number for number, state in enumerate(table.states)}
    states = []
    for actions in table.states.values():
        shifts = {str(name): numbers[to] for name, (kind, to) in actions.items() if kind.name == "Shift"}
        reductions = {str(name): ~rules[by] for name, (kind, by) in actions.items() if kind.name == "Reduce"}
        states.append({**shifts, **reductions})
    return Tables(
        "|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in lexer.terminals),
        tuple(lark.ignore_tokens),
        tuple((str(rule.origin.name), _tree(rule), len(rule.expansion)) for rule in rules),
        tuple(states),
        numbers[table.start_states["start"]],
        numbers[table.end_states["start"]],
    )


def _tree(rule: Any) -> str:
    """Return the name of the tree of *rule*, "" where its children go to the rule above."""
    name = str(rule.origin.name)
    return "" if name.startswith("_") else str(rule.alias or name)


def load_forms(sources: dict[str, str]) -> list[Any]:
    """Return the forms as plain data, in the order of their names."""
    import yaml

    return [yaml.safe_load(sources[name]) for name in sorted(sources)]


def write(target: Path) -> None:
    """Write `_tables.py` and `_forms.py` into *target*, each with the checksum of what it was made from."""
    grammar, forms = grammar_source(), form_sources()
    made = (
        ("_tables.py", "TABLES", tuple(build_tables(grammar, strict=True)), grammar),
        ("_forms.py", "FORMS", load_forms(forms), "".join(forms.values())),
    )
    for name, variable, value, source in made:
        checksum = zlib.crc32(source.encode())
        (target / name).write_text(f"{variable} = {value!r}\nCHECKSUM = {checksum}\n", encoding="utf-8")


def main() -> None:
    """Check the grammar for conflicts: `python -m nianbao_grammar.compile` says so or fails."""
    build_tables(grammar_source(), strict=True)
    sys.stdout.write("report.lark: LALR(1), strict, no conflict\n")


if __name__ == "__main__":
    main()
