"""The coverage of messages: those that rules can produce and no case has produced."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from inspect import getclosurevars, isfunction

from nianbao_grammar import patterns as re

from nianbao.engine.rule import Rule
from nianbao.engine.verdict import Verdict
from nianbao.report.form import Form
from nianbao.testing.cases import Case, CaseError
from nianbao.testing.judging import judge
from nianbao.text.language import Text

_FIELD = re.compile(r"\{+\w*\}+")  # `{{` is a field of a template made from this one


def templates(rules: Sequence[Rule]) -> dict[str, Text]:
    """Return the messages of *rules* by their names.

    For a rule written in Python these are the constants of its module that are a Text; for one declared in a
    file the Texts that its check was made of, as `CODE message`.
    """
    messages: dict[str, Text] = {}
    for rule in rules:
        made_of = _texts(getclosurevars(rule.check).nonlocals) if isfunction(rule.check) else {}
        if made_of:
            messages.update({f"{rule.code} {name}": text for name, text in made_of.items()})
        else:
            messages.update(_texts(getattr(rule.check, "__globals__", {})))
    summaries = {rule.summary for rule in rules}
    return {name: text for name, text in messages.items() if text not in summaries}


def _texts(named: Mapping[str, object]) -> dict[str, Text]:
    return {name: value for name, value in named.items() if isinstance(value, Text)}


def unsaid(texts: Mapping[str, Text], said: str) -> dict[str, Text]:
    """Return those of *texts* that do not occur in *said*, with any words filled in."""
    return {name: text for name, text in texts.items() if not _pattern(text.zh).search(said)}


def said(cases: Iterable[Case], rules: Sequence[Rule], forms: Sequence[Form], *, alone: bool = False) -> str:
    """Return all Chinese texts that *rules* produce on *cases*; a case that cannot be written out is left out.

    For *alone* see `nianbao.testing.run`.
    """
    texts: list[str] = []
    for case in cases:
        with suppress(CaseError):
            texts.extend(_produced(judge(case, rules, forms, alone=alone)))
    return "\n".join(texts)


def _produced(verdict: Verdict) -> Iterator[str]:
    for diagnostic in verdict.diagnostics:
        finding = diagnostic.finding
        yield finding.message.zh
        yield finding.help.zh
        yield from (related.label.zh for related in finding.related)
        if finding.fix is not None:
            yield finding.fix.title.zh
    yield from (outcome.reason.zh for outcome in verdict.outcomes if outcome.reason is not None)


def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a filled-in *template*."""
    return re.compile(".*?".join(map(re.escape, _FIELD.split(template))))
