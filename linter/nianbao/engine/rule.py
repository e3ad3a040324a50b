"""A rule: a frozen value made by a decorator from a generator function."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Basis, Finding, NotApplicable, Severity, Undetermined
from nianbao.report.issuer import Level
from nianbao.report.report import Report
from nianbao.text.language import Text

CODE = r"[A-Z]{2,4}[0-9]{3}"  # SUM001
NAME = r"[a-z0-9]+(-[a-z0-9]+)*"  # application-balance
_SINCE_2019 = ("2019", "2021")


class Option(NamedTuple):
    """A value of a rule that `options` in nianbao.yaml can set; its type is that of *default*."""

    name: str
    default: int | str | bool | tuple[str, ...]
    about: Text


class Context(NamedTuple):
    """What a rule knows besides the report: its own options, each at its default unless it is set."""

    options: Mapping[str, object] = {}

    def whole(self, name: str) -> int:
        """Return the option *name*, a whole number. Raises KeyError or TypeError if it is none."""
        value = self.options[name]
        if not isinstance(value, int):
            raise TypeError(f"option {name} is {value!r}, not a whole number")
        return value


Result = Finding | Undetermined | NotApplicable
Check = Callable[[Report, Context], Iterator[Result]]


class Applies(NamedTuple):
    """Which of the reports on its forms a rule concerns; an empty field excludes none."""

    levels: tuple[Level, ...] = ()
    first: int | None = None  # the first year reported on
    last: int | None = None  # and the last
    regions: tuple[str, ...] = ()  # names of places; one of them has to hold the organ


class Target(NamedTuple):
    """What a rule looks for, so that one that never meets it can be reported. *fault*: meeting it is the fault."""

    words: Text
    fault: bool = False


ANY_REPORT = Applies()
Beside = Literal["previous", "members", "siblings"]


class Rule(NamedTuple):
    """One rule, the same value whether it was written in Python or in YAML.

    *needs* are tables of the form: without one of them the rule does not apply, and if one could not be
    read it is undetermined. *any_of* are tables too, of which one is enough. *forms* are the forms it is made
    for, and *applies* says which reports on them. *beside* are the other reports that it compares with: without them
    it does not apply, and if one of them could not be read it is undetermined.
    """

    code: str
    name: str
    summary: Text
    basis: tuple[Basis, ...]
    severity: Severity
    check: Check
    documentation: str
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    forms: tuple[str, ...] = _SINCE_2019
    enabled: bool = True
    applies: Applies = ANY_REPORT
    options: tuple[Option, ...] = ()
    beside: tuple[Beside, ...] = ()
    target: Target | None = None  # of rules from a file beside the reports
    origin: str = ""  # the plugin or the file it comes from, set when it is loaded
    file: str = ""  # that it is written in
    line: int = 0  # of *file* that it begins in

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")


def rule(
    code: str,
    name: str,
    *,
    summary: Text,
    basis: Basis | tuple[Basis, ...],
    severity: Severity | None = None,
    needs: str | tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
    forms: tuple[str, ...] = _SINCE_2019,
    enabled: bool = True,
    applies: Applies = ANY_REPORT,
    options: tuple[Option, ...] = (),
    beside: Beside | tuple[Beside, ...] = (),
) -> Callable[[Check], Rule]:
    """Return a decorator that makes a generator function a Rule; its docstring is the documentation.

    The severity is that which the strongest basis allows, unless a lower one is given.
    Raises ValueError for a malformed code or name, a missing docstring or a severity above the basis.
    """
    clauses = (basis,) if isinstance(basis, Basis) else basis
    ceiling = max((clause.strength.ceiling for clause in clauses), key=lambda s: s.rank)

    def make(check: Check) -> Rule:
        if not re.fullmatch(CODE, code) or not re.fullmatch(NAME, name):
            raise ValueError(f"{code} {name}: a code is like SUM001, a name like application-balance")
        if not check.__doc__:
            raise ValueError(f"{code}: a rule without a docstring explains nothing")
        if severity is not None and severity.rank > ceiling.rank:
            raise ValueError(f"{code}: its basis allows {ceiling.value} at most, not {severity.value}")
        tables = (needs,) if isinstance(needs, str) else needs
        others: tuple[Beside, ...] = (beside,) if isinstance(beside, str) else beside
        code_object = getattr(check, "__code__", None)
        return Rule(
            code=code,
            name=name,
            summary=summary,
            basis=clauses,
            severity=severity or ceiling,
            check=check,
            documentation=check.__doc__,
            needs=tables,
            any_of=any_of,
            forms=forms,
            enabled=enabled,
            applies=applies,
            options=options,
            beside=others,
            file=code_object.co_filename if code_object else "",
            line=code_object.co_firstlineno if code_object else 0,
        )

    return make
