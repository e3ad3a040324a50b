"""The grammars and the forms compiled to modules that load without lark or yaml.

Importing lark costs four times what starting Python does, and yaml as much again as Python itself
(docs/adr/0002). Both are needed only when a grammar or a form is new: lark checks the grammar and makes
its tables when the package is built.
"""

import sys
from pathlib import Path
from typing import Any

from nianbao_grammar import form_sources, grammar_source, quantity_source
from nianbao_grammar import patterns as re
from nianbao_grammar.automaton import Tables

HERE = Path(__file__).parent


def build_parser(grammar: str, *, strict: bool = False) -> Any:
    """Return lark's parser for *grammar*; with *strict* any conflict raises lark's own error."""
    from lark import Lark

    # One lexer for all states of the parser: its pattern is compiled at each start.
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
        "|".join(
            f"(?P<{terminal.name}>{_uncaptured(terminal.pattern.to_regexp())})"
            for terminal in lexer.terminals
        ),
        tuple(lark.ignore_tokens),
        tuple((str(rule.origin.name), _tree(rule), len(rule.expansion)) for rule in rules),
        tuple(states),
        numbers[table.start_states["start"]],
        numbers[table.end_states["start"]],
    )


# An escaped character, a class of characters, or the opening of a group without a name.
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<group>\((?!\?))", re.DOTALL)


def _uncaptured(pattern: str) -> str:
    """Return *pattern* with groups that capture nothing, which saves `re` a third of its time."""
    return _GROUP.sub(lambda match: "(?:" if match["group"] else match[0], pattern)


def _tree(rule: Any) -> str:
    """Return the name of the tree of *rule*, "" if its children go to the rule above."""
    name = str(rule.origin.name)
    return "" if name.startswith("_") else str(rule.alias or name)


def load_forms(sources: dict[str, str]) -> list[Any]:
    """Return the forms as plain data, in the order of their names."""
    import yaml

    return [yaml.safe_load(sources[name]) for name in sorted(sources)]


def write(target: Path) -> None:
    """Write `_tables.py` and `_forms.py` into *target*, each value with its source."""
    report, quantity, forms = grammar_source(), quantity_source(), form_sources()
    tables = _assigned("", "TABLES", tuple(build_tables(report, strict=True)), report)
    tables += _assigned("QUANTITY_", "TABLES", tuple(build_tables(quantity, strict=True)), quantity)
    (target / "_tables.py").write_text(tables, encoding="utf-8")
    compiled = _assigned("", "FORMS", load_forms(forms), "".join(forms.values()))
    (target / "_forms.py").write_text(compiled, encoding="utf-8")


def _assigned(prefix: str, name: str, value: Any, source: str) -> str:
    return f"{prefix}{name} = {value!r}\n{prefix}SOURCE = {source!r}\n"


def main() -> None:
    """Check the grammars for conflicts: `python -m nianbao_grammar.compile` reports none or fails."""
    for name, source in (("report.lark", grammar_source()), ("quantity.lark", quantity_source())):
        build_tables(source, strict=True)
        sys.stdout.write(f"{name}: LALR(1), strict, no conflict\n")


if __name__ == "__main__":
    main()
