"""Cases of rules as data: a compliant report, one change, and exactly what must be found.

A case file is a YAML list of mappings; the keys are the fields of Case. `run` tells what differs from what
the case expects, and `variations` write the same report in ways that must not matter.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from nianbao.diagnostic import Diagnostic, State
from nianbao.engine import Verdict, lint
from nianbao.folding import fold
from nianbao.form import Form
from nianbao.issuer import Level
from nianbao.report import Report
from nianbao.rule import Rule
from nianbao.source import Source
from nianbao.testing.compliant import compliant
from nianbao.testing.draft import Draft, noisy

Kind = Literal["fail", "pass", "tempting"]
_BASE = frozenset({"form", "level", "seed", "notation"})
_EXPECTED = frozenset({"code", "at", "place", "says"})
_ASTRAL = "\U00020bb7"  # 𠮷: one character, two UTF-16 units, four bytes of UTF-8


class CaseError(ValueError):
    """A case that cannot be understood; the message names its file and the case."""


class Case(NamedTuple):
    """One case: a compliant report, what is changed in it, in this order, and what must come of it."""

    rule: str  # the code of the rule that the case is about
    name: str  # one line, unique in its file
    kind: Kind  # tempting: it looks wrong and is right
    base: Mapping[str, Any] = {}  # form, level, seed, notation, as `compliant` takes them
    set: Mapping[str, str] = {}  # address of a cell to what is written in it
    rename: Mapping[str, str] = {}  # address of a label, or "title", to what it reads (see Draft.rename)
    drop: Sequence[str] = ()  # what is left out (see Draft.drop)
    replace: Sequence[Sequence[str]] = ()  # [old, new] in the text as written out; the first occurrence
    append: str = ""  # text at the very end
    text: str | None = None  # the whole report, instead of base and changes
    year: int | None = None  # as given, not inferred
    level: Level | None = None
    options: Mapping[str, Mapping[str, object]] = {}  # of rules, by code
    select: Sequence[str] = ()  # rules that run though they are off by default
    expect: Sequence[Mapping[str, Any]] = ()  # exactly the findings of all rules: code, and at, place, says
    undetermined: Sequence[str] = ()  # codes of rules that must end undetermined

    def draft(self) -> Draft | None:
        """Return the report as changed, but for `replace` and `append`; None for a case with a text."""
        if self.text is not None:
            return None
        draft = compliant(**{**self.base, "form": str(self.base.get("form", "2021"))})
        for address, text in self.set.items():
            draft.set(address, str(text))
        for address, text in self.rename.items():
            draft.rename(address, str(text))
        for address in self.drop:
            draft.drop(address)
        return draft

    def finish(self, text: str) -> str:
        """Return *text* with `replace` and `append` done. Raises CaseError where old words do not occur."""
        for old, new in self.replace:
            if old not in text:
                raise CaseError(f"{self.rule} {self.name}: {old!r} does not occur in the report")
            text = text.replace(old, new, 1)
        return text + self.append

    def written(self) -> str:
        """Return the report of this case."""
        draft = self.draft()
        return self.finish(self.text or "") if draft is None else self.finish(draft.render())


def load_cases(path: str) -> list[Case]:
    """Return the cases in the file at *path*. Raises CaseError for what is no case, or a name used twice."""
    import yaml

    with open(path, encoding="utf-8") as file:
        items = yaml.safe_load(file) or []
    if not isinstance(items, list):
        raise CaseError(f"{path}: a list of cases is expected")
    cases = [_case(path, item) for item in items]
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{path}: two cases are called {name!r}")
    return cases


def _case(path: str, item: Any) -> Case:
    where = f"{path}: {item.get('name', item) if isinstance(item, dict) else item!r}"
    if not isinstance(item, dict):
        raise CaseError(f"{where}: not a mapping")
    unknown = set(item) - set(Case._fields)
    lacking = {"rule", "name", "kind", "expect"} - set(item)
    if unknown or lacking:
        raise CaseError(f"{where}: unknown {sorted(unknown)}, lacking {sorted(lacking)}")
    case = Case(**item)
    if case.kind not in get_args(Kind):
        raise CaseError(f"{where}: kind is {case.kind!r}, not one of {get_args(Kind)}")
    if set(case.base) - _BASE:
        raise CaseError(f"{where}: unknown keys in base: {sorted(set(case.base) - _BASE)}")
    if any(set(expected) - _EXPECTED or "code" not in expected for expected in case.expect):
        raise CaseError(f"{where}: each entry of expect has a code, and may have at, place, says")
    if (case.kind == "fail") != any(expected["code"] == case.rule for expected in case.expect):
        raise CaseError(f"{where}: a failing case expects {case.rule}, and no other case does")
    return case


# -- running -----------------------------------------------------------------------------------------------


def run(case: Case, rules: Sequence[Rule], forms: Sequence[Form], source: Source | None = None) -> list[str]:
    """Return what differs from what *case* expects, one line for each difference; nothing where all is well.

    Those of *rules* run that are enabled or that the case selects. *source* is given where the report is
    written in another way (see `variations`).
    """
    verdict = judge(case, rules, forms, source)
    missed, surplus = _compared(case.expect, verdict.diagnostics)
    ended = {outcome.code: outcome.state.value for outcome in verdict.outcomes}
    return [
        *(f"not found: {dict(expected)}" for expected in missed),
        *(f"not expected: {d.code} at {d.text!r} [{d.address}] {d.finding.message.zh}" for d in surplus),
        *(
            f"{code} was to end undetermined: {ended.get(code, 'no such rule')}"
            for code in case.undetermined
            if ended.get(code) != State.UNDETERMINED.value
        ),
        *(f"crashed: {o.code} {o.reason}" for o in verdict.outcomes if o.state is State.CRASHED),
    ]


def judge(case: Case, rules: Sequence[Rule], forms: Sequence[Form], source: Source | None = None) -> Verdict:
    """Return the verdict of *rules* on the report of *case*."""
    chosen = [rule for rule in rules if rule.enabled or rule.code in case.select]
    report = Report(source or Source(case.written()), forms, year=case.year, level=case.level)
    return lint(report, chosen, case.options)


def _compared(
    expected: Sequence[Mapping[str, Any]], found: Sequence[Diagnostic]
) -> tuple[list[Mapping[str, Any]], list[Diagnostic]]:
    """Return the expected that are not found, and the found that are not expected."""
    left, missed = list(found), []
    for wanted in sorted(expected, key=len, reverse=True):  # the more is said, the fewer it can fit
        match = next((d for d in left if _fits(wanted, d)), None)
        if match is None:
            missed.append(wanted)
        else:
            left.remove(match)
    return missed, left


def _fits(wanted: Mapping[str, Any], found: Diagnostic) -> bool:
    # Folded: the same case holds where a label has other brackets or a cell full-width figures.
    message = fold(found.finding.message.zh)
    return (
        wanted["code"] == found.code
        and fold(str(wanted.get("at", found.text))) == fold(found.text)
        and fold(str(wanted.get("place", found.address))) == fold(found.address)
        and all(fold(str(words)) in message for words in wanted.get("says", ()))
    )


# -- what must not matter ----------------------------------------------------------------------------------


def variations(case: Case) -> Iterator[tuple[str, Source]]:
    """Yield the report of *case* in each of the ways of writing it that must not matter, with its name.

    Line ends, encodings, full-width figures in cells, a character beyond the first plane, noise in labels.
    Those that a case takes away by its own change are left out.
    """
    text = case.written()
    yield "CRLF", Source(text.replace("\n", "\r\n"))
    yield "BOM", Source.decode(b"\xef\xbb\xbf" + text.encode(), "<text>")
    yield "GB18030", Source.decode(text.encode("gb18030"), "<text>")
    draft = case.draft()
    if draft is None:
        return
    for name, vary in _VARIED.items():
        try:
            yield name, Source(case.finish(vary(draft).render()))
        except CaseError:
            continue  # the words that the case replaces are among those varied


def _full_width(draft: Draft) -> Draft:
    other = draft.copy()
    for address, text in draft.cells.items():
        other.cells[address] = "".join(
            chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isdigit() else sign for sign in text
        )
    return other


def _astral(draft: Draft) -> Draft:
    other = draft.copy()
    for name, sentence in draft.preamble.items():
        other.preamble[name] = f"{_ASTRAL}{sentence}"
        break
    return other


_VARIED: dict[str, Callable[[Draft], Draft]] = {
    "full-width figures": _full_width,
    "astral character": _astral,
    "label noise": noisy,
}
