"""The grammars of a report and of its sentences, and the official forms.

Offers parsers, of a report and of a sentence in it, and the forms as plain data. Both come from modules generated
when the package was built; if the sources have changed since (in a checkout), they are made again with lark and
yaml, so the program always follows the two grammars and `forms/`.
"""

import os
from typing import Any

from nianbao_grammar.automaton import Parser, Tables

HERE = os.path.dirname(__file__)


def _read(*names: str) -> str:
    # os.path and open: importing pathlib or importlib.resources costs as much as parsing ten reports.
    with open(os.path.join(HERE, *names), encoding="utf-8", newline="") as file:
        return file.read()


def grammar_source() -> str:
    """Return the text of `report.lark`."""
    return _read("report.lark")


def form_sources() -> dict[str, str]:
    """Return the text of each official form by its file name, in the order of the years."""
    folder = os.path.join(HERE, "forms")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".yaml"))
    return {name: _read("forms", name) for name in names}


def quantity_source() -> str:
    """Return the text of `quantity.lark`."""
    return _read("quantity.lark")


def parser() -> Parser:
    """Return a parser of reports: `.parse(text)` gives a tree of tokens with their positions.

    The text has to be in the plain alphabet of the grammar and to end in a line feed; then every text parses.
    """
    return _parser(grammar_source(), "TABLES", "SOURCE")


def quantity_parser() -> Parser:
    """Return a parser of counts, breakdowns and denials in sentences.

    The text has to be in the plain alphabet of `quantity.lark`; then every text whose brackets close parses.
    """
    return _parser(quantity_source(), "QUANTITY_TABLES", "QUANTITY_SOURCE")


def _parser(source: str, tables: str, made_of: str) -> Parser:
    """Return a parser with the generated tables of these names, or with new ones if *source* has changed."""
    try:
        from nianbao_grammar import _tables
    except ImportError:
        pass
    else:
        if source == getattr(_tables, made_of, None):
            return Parser(Tables(*getattr(_tables, tables)))
    from nianbao_grammar.compile import build_tables

    return Parser(build_tables(source))


def official_forms() -> list[Any]:
    """Return the official forms as plain data (see `nianbao.report.form`), oldest first."""
    sources = form_sources()
    try:
        from nianbao_grammar import _forms
    except ImportError:
        pass
    else:
        if "".join(sources.values()) == getattr(_forms, "SOURCE", None):
            data: list[Any] = _forms.FORMS
            return data
    from nianbao_grammar.compile import load_forms

    return load_forms(sources)
