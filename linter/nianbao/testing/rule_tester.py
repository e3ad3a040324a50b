"""RuleTester: one rule, tried on texts whose «…» mark what it must find."""

from collections.abc import Mapping, Sequence
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.engine.rule import Rule
from nianbao.report.form import Form, form_of
from nianbao.report.issuer import Level
from nianbao.reporters.display import Display
from nianbao.testing.cases import Case, Kind
from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.draft import Draft
from nianbao.testing.judging import Difference, Failure, against_marks, failure, judge
from nianbao.text.language import Text
from nianbao.text.locale import language

_HEAD = {
    "pass": Text("{code} {name} 应通过，却没有通过", "{code} {name} was to pass and did not"),
    "fail": Text("{code} {name} 发现的与标出的不同", "{code} {name} did not find what it was to find"),
}
_MARK = Text(
    "文字里没有用 «» 标出应发现什么；下面是实际发现的，核对后标上",
    "nothing is marked with «»: here is what was found; check it and mark it",
)
_OTHER_KIND = Text("给 {method} 的用例 kind 不能是 {kind}", "{method} takes no case of kind {kind}")

Given = str | Draft | Case
Expected = Sequence[Mapping[str, Any]]


class RuleTester(NamedTuple):
    """Tests one *rule*, on the official forms or on *forms*.

    It is given a report or a piece of one: a text, a Draft with changes, or a Case if year, level, region or
    options matter. A piece is judged without the guards on facts that it does not show. Each is judged again
    under every variation that must not matter, a Case with `vary=False` excepted.
    """

    rule: Rule
    forms: tuple[Form, ...] | None = None

    def passes(self, *given: Given) -> None:
        """Raise AssertionError for the first of *given* in which the rule finds anything or cannot judge."""
        for each in given:
            self._hold(self._case(each, "pass"))

    def fails(
        self,
        *given: Given,
        expect: Expected | None = None,
        fixed: Mapping[str, str] | None = None,
        unsafe: bool = False,
    ) -> None:
        """Raise AssertionError for the first of *given* in which the rule does not find exactly what it must.

        These are the words in «…» and, with *expect*, these findings in this order: `at` (its words, or the address
        of its cell), `place`, `says` (words of the message), `data` and `related` (the words it marks, or the
        addresses of their cells, in the order of the report), each as far as it is given, the last two exactly. With
        *fixed*, the fixes replace these words, each once in the report, by those; with *unsafe* all of them wait for
        a person, else none.
        """
        for each in given:
            case = self._case(each, "fail")
            if expect is not None:
                case = case._replace(expect=[{"code": self.rule.code, **wanted} for wanted in expect])
            if fixed is not None:
                case = case._replace(fixed=fixed, unsafe=unsafe)
            self._hold(case)

    @staticmethod
    def report(level: Level = "county", year: int = 2021, seed: int = 0) -> Draft:
        """Return a compliant report to start from. Raises ValueError for a year without an official form."""
        form = form_of(year, official_forms())
        if form is None or not form.tables:
            raise ValueError(f"there is no official form with tables for {year}")
        return compliant(form.name, level, seed, year=year)

    def _case(self, given: Given, kind: Kind) -> Case:
        if isinstance(given, Case):
            if (given.kind == "fail") != (kind == "fail"):
                method = "fails" if kind == "fail" else "passes"
                raise ValueError(_OTHER_KIND.fill(method=method, kind=given.kind).en)
            return given._replace(rule=self.rule.code, ordered=True)
        case = Case(self.rule.code, self.rule.name, kind, ordered=True)
        return case._replace(text=given) if isinstance(given, str) else case._replace(base=given)

    def _hold(self, case: Case) -> None:
        forms = official_forms() if self.forms is None else self.forms
        rule = self.rule._replace(enabled=True)
        failed = failure(case, (rule,), forms, alone=True) or _unmarked(case, rule, forms)
        if failed is not None:
            raise AssertionError(_explained(case, rule, failed))


def _unmarked(case: Case, rule: Rule, forms: Sequence[Form]) -> Failure | None:
    """Return the findings of a failing case that has no marks, None if it has or the case is to pass."""
    sample = case.sample()
    if case.kind != "fail" or case.expect is not None or sample.marked:
        return None
    found = judge(case, (rule,), forms, sample, alone=True).diagnostics
    return Failure(sample.source, (Difference(_MARK), *against_marks(sample, found)))


def _explained(case: Case, rule: Rule, failed: Failure) -> str:
    display = Display(language=language(()))
    head = display.say(_HEAD["fail" if case.kind == "fail" else "pass"].fill(code=rule.code, name=rule.name))
    return "\n".join((head, *failed.lines(display)))
