"""`nianbao rules`: the list of all rules, those of plugins included."""

from functools import partial
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.console import display, output
from nianbao.cli.options import Option, one_of
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.engine.rule import Rule
from nianbao.reporters.terminal_width import aligned
from nianbao.run.resolve import Requested, linter_by
from nianbao.text.language import Language, Text

_HELP = Text(
    "列出全部规则：编号、程度、名称、检查什么；插件的规则也在其中。",
    "Lists all rules, those of plugins too: code, severity, name, what each checks.",
)
_FORMAT = Text("text（默认）或 json", "text (default) or json")
_OFF = Text("（默认不启用）", " (off by default)")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    kinds = one_of(language, "text", "json")
    option = Option(
        ("--format",), field="kind", value=kinds, default="text", word="text|json", help=_FORMAT.of(language)
    )
    return Command("rules", language, _HELP, [option, *settings_params(language)], partial(rules, language))


def rules(language: Language, *, kind: str, **sought: Any) -> int:
    """Write the list as text or JSON."""
    known = linter_by(resolver_of(Requested(**sought), language, lenient=True).settings("")).known
    console = output()
    if kind == "json":
        console.write(_json(known, language), "utf-8")
    else:
        view = display(console, language)
        rows = [
            [
                rule.code,
                rule.severity.text.of(language),
                rule.name,
                rule.summary.of(language) + ("" if rule.enabled else _OFF.of(language)),
            ]
            for rule in known
        ]
        console.write(view.shown_lines(aligned(view.ruler, rows)) + "\n")
    return 0


def _json(known: tuple[Rule, ...], language: Language) -> str:
    from nianbao.reporters.catalogue import catalogue
    from nianbao.reporters.json_tree import serialised

    return serialised(catalogue(known, language))
