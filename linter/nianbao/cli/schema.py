"""`nianbao schema`: what the JSON outputs look like, as JSON Schema."""

from functools import partial

import click

from nianbao.cli.command import Command, OneOf
from nianbao.cli.console import output
from nianbao.language import Language, Text
from nianbao.schema import SCHEMAS, schema_of

_HELP = Text(
    "输出 JSON Schema（2020-12），用来核对 JSON 输出。",
    "Prints the JSON Schema (draft 2020-12) that the JSON output follows.",
)
_OF = Text(
    "哪种输出：check（默认）、jsonl（其中每一行）、rules、show",
    "of which output: check (default), jsonl (each of its lines), rules, show",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    option = click.Option(
        ["--of", "name"],
        callback=OneOf(language, SCHEMAS),
        default="check",
        metavar="|".join(SCHEMAS),
        help=_OF.of(language),
    )
    return Command("schema", language, _HELP, [option], partial(schema))


def schema(*, name: str) -> None:
    """Write the schema of the output *name*."""
    import json

    output().write(json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n", "utf-8")
    click.get_current_context().exit(0)
