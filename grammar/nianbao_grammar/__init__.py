"""What a report looks like: the grammar of its text and the official forms.

Two things are handed out: a function that parses, and the forms as plain data. Both come from modules
generated when the package was built; where the sources have changed since (a checkout), they are made
anew with lark and yaml, so what runs is always what `report.lark` and `forms/` say.
"""

import os
import zlib
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


def parser() -> Parser:
    """Return a parser of reports: `.parse(text)` gives a tree of tokens with their positions.

    The text has to be in the plain alphabet of the grammar and to end in a line feed; then every text parses.
    """
    source = grammar_source()
    try:
        from nianbao_grammar import _tables
    except ImportError:
        pass
    else:
        if zlib.crc32(source.encode()) == _tables.CHECKSUM:
            return Parser(Tables(*_tables.TABLES))
    from nianbao_grammar.compile import build_tables

    return Parser(build_tables(source))


def official_forms() -> list[Any]:
    """Return the official forms as plain data (see `nianbao.form`), oldest first."""
    sources = form_sources()
    try:
        from nianbao_grammar import _forms
    except ImportError:
        pass
    else:
        if zlib.crc32("".join(sources.values()).encode()) == _forms.CHECKSUM:
            data: list[Any] = _forms.FORMS
            return data
    from nianbao_grammar.compile import load_forms

    return load_forms(sources)
