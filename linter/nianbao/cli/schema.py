"""`nianbao schema`: the JSON Schema of a JSON output or of a file written by hand."""

from functools import partial

from nianbao.cli.command import Command
from nianbao.cli.console import output
from nianbao.cli.options import Option, one_of
from nianbao.plugins.loading import load
from nianbao.schema import FILES, OUTPUTS, schema_of
from nianbao.text.language import Language, Text

_HELP = Text(
    "输出 JSON Schema（2020-12），用来核对 JSON 输出，或者让编辑器提示配置、规则、豁免文件的写法。",
    "Prints the JSON Schema (draft 2020-12) that an output follows, or that lets an editor help with a file of settings, rules or waivers.",
)
_OF = Text(
    "哪种输出：check（默认）、jsonl（其中每一行）、rules、show、plugins、extract、extract-jsonl；或者哪种文件：settings（nianbao.yaml）、rule-file、waivers",
    "the output: check (default), jsonl (each of its lines), rules, show, plugins, extract, extract-jsonl; or the file: settings (nianbao.yaml), rule-file, waivers",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    option = Option(
        ("--of",),
        field="name",
        value=one_of(language, *OUTPUTS, *FILES),
        default="check",
        word="NAME",
        help=_OF.of(language),
    )
    return Command("schema", language, _HELP, [option], partial(schema, language))


def schema(language: Language, *, name: str) -> int:
    """Write the schema of *name*. Raises Failure for a broken plugin, as every command does."""
    import json

    load()

    output().write(json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 0
