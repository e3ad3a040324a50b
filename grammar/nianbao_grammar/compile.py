"""From `report.lark` and the forms to modules that load without lark or yaml.

Importing lark costs four times what starting Python does, and yaml as much again as Python itself
(docs/adr/0002). Both are needed only when a grammar or a form is new, so the tables are written
once, by lark's own stand-alone generator, when the package is built.
"""

import io
import sys
import zlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def build_parser(grammar: str, *, strict: bool = False) -> Any:
    """Return lark's parser for *grammar*; with *strict* any conflict raises lark's own error."""
    from lark import Lark

    # One lexer for every state of the parser: its pattern is compiled at each start.
    return Lark(grammar, parser="lalr", lexer="basic", strict=strict, maybe_placeholders=False)


def load_forms(sources: dict[str, str]) -> list[Any]:
    """Return the forms as plain data, in the order of their names."""
    import yaml

    return [yaml.safe_load(sources[name]) for name in sorted(sources)]


def write(target: Path) -> None:
    """Write `_parser.py` and `_forms.py` into *target*, each with the checksum of what it was made from."""
    from lark.tools import standalone

    from nianbao_grammar import form_sources, grammar_source

    grammar = grammar_source()
    tables = io.StringIO()
    generate: Any = standalone.gen_standalone  # untyped
    generate(build_parser(grammar, strict=True), out=tables)
    checksum = f"CHECKSUM = {zlib.crc32(grammar.encode())}\n"
    (target / "_parser.py").write_text(tables.getvalue() + checksum, encoding="utf-8")
    forms = form_sources()
    checksum = f"CHECKSUM = {zlib.crc32(''.join(forms.values()).encode())}\n"
    (target / "_forms.py").write_text(f"FORMS = {load_forms(forms)!r}\n{checksum}", encoding="utf-8")


def main() -> None:
    """Check the grammar for conflicts: `python -m nianbao_grammar.compile` is silent or fails."""
    from nianbao_grammar import grammar_source

    build_parser(grammar_source(), strict=True)
    sys.stdout.write("report.lark: LALR(1), strict, no conflict\n")


if __name__ == "__main__":
    main()
