"""`nianbao explain`: what a rule checks, why, and how to put it right."""

import inspect
from collections.abc import Iterator
from functools import partial

import click

from nianbao.cli.command import Argument, Command
from nianbao.cli.console import display, output
from nianbao.cli.selection import configured, rules_named
from nianbao.diagnostic import Strength
from nianbao.engine import CRASH
from nianbao.language import Language, Text
from nianbao.rule import Rule

_HELP = Text(
    "说明一条规则：检查什么、为什么、反例和正例、怎样改。",
    "Explains a rule: what it checks, why, a failing and a passing example, how to put it right (in Chinese).",
)
_RULE = Text("规则", "RULE")
_RULES = Text(
    "规则的编号（SUM001）或名称（application-balance）", "the code (SUM001) or the name (application-balance)"
)
_SEVERITY = Text("程度：{severity}{off}", "severity: {severity}{off}")
_OFF = Text(
    "（默认不启用，用 --extend-select {code} 启用）", " (off by default; --extend-select {code} turns it on)"
)
_BASIS = Text("依据：{basis}（{strength}）", "basis: {basis} ({strength})")
_FORMS = Text("适用格式：{forms}", "forms: {forms}")
STRENGTHS = {
    Strength.LAW: Text("法律、法规的规定", "law"),
    Strength.FORM: Text("格式印明", "printed on the form"),
    Strength.NOTICE: Text("通知的要求", "a notice"),
    Strength.PRACTICE: Text("通行做法", "practice"),
    Strength.HEURISTIC: Text("经验判断", "our own reading"),
}
_CRASH = Text(
    "规则自身出错：这条规则对这份报告没有结论，其余规则照常检查。\n这是规则的缺陷，不是报告的问题，退出码为 2。请把报告和显示的信息交给规则的作者。",
    "A rule failed by itself: it has no verdict on this report, every other rule ran.\nThis is a fault of the rule, not of the report, and the exit code is 2. Send the report and what is shown to the author of the rule.",
)


def command(language: Language) -> Command:
    """Return the command in *language*."""
    rule = Argument("word", _RULE.of(language), _RULES.of(language))
    return Command("explain", language, _HELP, [rule], partial(explain, language))


def explain(language: Language, *, word: str) -> None:
    """Write what the rule or the family *word* is about. Raises Misuse for an unknown one."""
    view = display(output(), language)
    if word.upper() == CRASH:
        lines = [CRASH, "", *_CRASH.of(language).split("\n")]
    else:
        rules = rules_named(configured(language).known, word, language)
        lines = [line for rule in rules for line in (*_explained(rule, language), "")][:-1]
    wrapped = (piece for line in lines for piece in view.ruler.wrap(line, view.width))
    output().write(view.shown_lines(wrapped) + "\n")
    click.get_current_context().exit(0)


def _explained(rule: Rule, language: Language) -> Iterator[str]:
    colon = Text("：", ": ").of(language)
    yield f"{rule.code} {rule.name}{colon}{rule.summary.of(language)}"
    off = Text("", "") if rule.enabled else _OFF.fill(code=rule.code)
    yield _SEVERITY.fill(severity=rule.severity.text, off=off).of(language)
    for basis in rule.basis:
        yield _BASIS.fill(basis=basis, strength=STRENGTHS[basis.strength]).of(language)
    if rule.forms:
        yield _FORMS.fill(forms=Text("、".join(rule.forms), ", ".join(rule.forms))).of(language)
    yield ""
    yield from inspect.cleandoc(rule.documentation).split("\n")
