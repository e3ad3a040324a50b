"""Files written by hand, checked as they are typed: settings, waivers, rules."""

import os
from collections.abc import Collection, Iterator
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.files.lookup import RULES, SETTINGS, WAIVERS
from nianbao.files.values import entries, members
from nianbao.files.yaml_file import FileError, Item, read_file
from nianbao.plugins.loaded import PluginError
from nianbao.plugins.loading import load
from nianbao.report.form import load_forms
from nianbao.run.linter import today
from nianbao.run.settings_file import SettingsFile
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

Kind = Literal["settings", "waivers", "rules", ""]

_ELSEWHERE = Text("它用到的文件有误：{error}", "a file that it uses is wrong: {error}")
_CASE = Text("{rule} 的用例“{name}”没有通过：{words}", "case {name} of {rule} fails: {words}")
_CLOSED_BY = {"'": "'", '"': '"', "{": "}", "[": "]"}


class Fault(NamedTuple):
    """A fault of a file; *code* is the kind of the file, or the rule that the fault is about."""

    span: Span
    message: Text
    code: str
    severity: Severity = Severity.ERROR


def kind_of(path: str, rule_files: Collection[str]) -> Kind:
    """Return the kind of the file at *path*; *rule_files* are those that settings name."""
    name = os.path.basename(path)
    if name == SETTINGS:
        return "settings"
    if name == WAIVERS:
        return "waivers"
    real = os.path.realpath(path)
    named = any(os.path.realpath(file) == real for file in rule_files)
    return "rules" if name.endswith(RULES) or named else ""


def faults(kind: Kind, source: Source, codes: Collection[str], *, trusted: bool = False) -> tuple[Fault, ...]:
    """Return the faults of *source*, a file of that *kind* as it is; *codes* are those of all rules.

    No Python file that settings name is run; with *trusted* they may name files anywhere. Never raises: a file that it uses and that cannot be read is a fault of *source*.
    """
    try:
        if kind == "settings":
            SettingsFile(source.path, source.text, trusted=trusted, runs=False)
        elif kind == "waivers":
            return tuple(_on_waivers(source, codes))
        elif kind == "rules":
            return tuple(_on_cases(source))
    except FileError as error:
        if os.path.abspath(error.path) == os.path.abspath(source.path):
            return faults_of(error, kind)
        return (_elsewhere(error.text, source, kind),)
    except PluginError as error:
        return (_elsewhere(error.text, source, kind),)
    return ()


def faults_of(error: FileError, kind: Kind) -> tuple[Fault, ...]:
    """Return the faults of *error*, each at its place in the file that has them."""
    text = error.source.text
    return tuple(Fault(word_at(text, fault.offset), fault.reason, kind) for fault in error.fault.all)


def _elsewhere(text: Text, source: Source, kind: Kind) -> Fault:
    """Return the fault *text* of another file, at the words of *source* that name it."""
    return Fault(_named(text, source), _ELSEWHERE.fill(error=text), kind)


def _named(text: Text, source: Source) -> Span:
    """Return the span in *source* of the name of the file that *text* begins with, else its first words."""
    try:
        _, item = read_file(source.path, source.text)
    except FileError:
        return word_at(source.text, 0)
    folder = os.path.dirname(source.path)
    for key in ("extends", "plugins", "rules"):
        for word in _members(item, key):
            path = os.path.normpath(os.path.join(folder, word.written))
            if text.zh.startswith((path, word.written)):
                return word_at(source.text, word.offset)
    return word_at(source.text, 0)


def _members(item: Item, key: str) -> tuple[Item, ...]:
    known = isinstance(item.content, dict) and key in entries(item)
    return members(item, key) if known else ()


def word_at(text: str, offset: int) -> Span:
    """Return the span of the word or value at *offset* of a YAML *text*.

    It ends with its quote or bracket, else before its colon, comma or comment, else with its line.
    """
    end = text.find("\n", offset)
    line = text[offset : end if end >= 0 else len(text)].rstrip()
    if line[:1] in _CLOSED_BY:
        close = line.find(_CLOSED_BY[line[0]], 1)
        return Span(offset, offset + (close + 1 if close > 0 else len(line)))
    ends = [at for sign in (": ", " #", ", ", "]", "}") if (at := line.find(sign)) > 0]
    length = min(ends, default=len(line.removesuffix(":")))
    return Span(offset, min(offset + max(length, 1), len(text)))


def _on_waivers(source: Source, codes: Collection[str]) -> Iterator[Fault]:
    from nianbao.suppression.waivers import read_waivers

    waivers = read_waivers(source.path, source.text)
    for notice in waivers.notices((), codes, today()):
        finding = notice.finding
        message = Text(*(f"{m}\n{h}" for m, h in zip(finding.message, finding.help, strict=True)))
        yield Fault(finding.span, message, notice.code, notice.severity)


def _on_cases(source: Source) -> Iterator[Fault]:
    """Yield a fault for each case that does not hold, on the lines of its head. Raises FileError, PluginError."""
    from nianbao.plugins.declared.reading import read_rules
    from nianbao.testing.declared_cases import read_cases
    from nianbao.testing.suite import Suite, run_suite

    forms = load_forms(load().forms)
    cases = read_cases(source.path, forms, source.text)
    suite = Suite(source.path, cases, read_rules(source.path, forms, source.text), forms, alone=True)
    lines = source.text.split("\n")
    for case, failure in run_suite(suite).failed:
        if failure is None:
            continue
        said = [difference.words for difference in failure.differences]
        words = Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))
        start = sum(len(line) + 1 for line in lines[: case.line - 1])
        line = lines[case.line - 1].rstrip()
        indent = len(line) - len(line.lstrip(" -"))
        span = Span(start + min(indent, len(line)), start + len(line))
        yield Fault(span, _CASE.fill(rule=case.rule, name=case.name, words=words), case.rule)
