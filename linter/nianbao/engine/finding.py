"""Findings, outcomes and diagnostics: what a rule yields, and the same signed by the engine."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.report.table import Cell
from nianbao.text.edit import Edit
from nianbao.text.language import Text
from nianbao.text.source import Span

_NOTATION = re.compile(r"[\s|#\x1f]+|\*\*|:?-{3,}:?")


class Severity(Enum):
    """How much a finding weighs; the order is that of `--fail-on`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)

    @property
    def text(self) -> Text:
        """The word for it in both languages."""
        return {
            "error": Text("错误", "error"),
            "warning": Text("警告", "warning"),
            "info": Text("提示", "info"),
        }[self.value]


class Strength(Enum):
    """How strongly a clause is worded; it bounds the severity of a rule that rests on it."""

    LAW = "law"  # 应当 in a law, or a binding notice in those words
    FORM = "form"  # printed on the official form
    NOTICE = "notice"  # a notice's wording short of 应当, or a local notice
    PRACTICE = "practice"  # wide practice, or a clause not confirmed in the original
    HEURISTIC = "heuristic"  # our own reading

    @property
    def ceiling(self) -> Severity:
        """The most severe that a rule resting on this may be."""
        return {
            "law": Severity.ERROR,
            "form": Severity.ERROR,
            "notice": Severity.WARNING,
            "practice": Severity.WARNING,
            "heuristic": Severity.INFO,
        }[self.value]


class Basis(NamedTuple):
    """A clause that a rule rests on."""

    document: str  # 《中华人民共和国政府信息公开条例》, 国办公开办函〔2021〕30号
    article: str  # 第五十条第（四）项, 附件表三
    strength: Strength
    gist: str = ""  # what is said there: 公布上一年度政府信息公开工作年度报告

    @property
    def clause(self) -> str:
        """The article and its gist, whichever there is: 第四十九条：公布上一年度政府信息公开工作年度报告."""
        return "：".join(filter(None, (self.article, self.gist)))

    def __str__(self) -> str:
        colon = "：" if self.gist and not self.article else ""
        return f"{self.document}{colon}{self.clause}"


class Fix(NamedTuple):
    """Edits that put a finding right. *safe* only if there is one right answer and no figure changes."""

    title: Text
    safe: bool
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """Another place that a finding mentions, and its label."""

    span: Span
    label: Text
    cell: Cell | None = None


class Elsewhere(NamedTuple):
    """Words of another report that a finding mentions: the path of that report, the *place* in it, and the words."""

    path: str
    place: str
    text: str


class Finding(NamedTuple):
    """One thing a rule has found.

    *message* says where, what and, for a sum, the numbers; *help* what to do about it. *place* is given
    if neither the cell nor the section of *span* says where it is. *hidden* are the parts of *span* that
    no output may show, such as the middle of a private number. *at_most* is how much it weighs if that is less
    than its rule. *elsewhere* are words of other reports, beside which it is to be read.
    """

    span: Span
    message: Text
    help: Text
    cell: Cell | None = None
    related: tuple[Related, ...] = ()
    data: Mapping[str, str] = {}
    fix: Fix | None = None
    place: str | None = None
    hidden: tuple[Span, ...] = ()
    at_most: Severity | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


class Undetermined(NamedTuple):
    """The answer of a rule that cannot judge, with the reason.

    *told_by* is the code of the rule whose finding is that reason, if another has found it: nothing is left to judge.
    """

    reason: Text
    told_by: str = ""


class NotApplicable(NamedTuple):
    """The answer of a rule to a report without anything that it is about, with the reason."""

    reason: Text


class OutcomeState(Enum):
    """How one rule ended on one report. Silence never means passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"
    CRASHED = "crashed"


class Outcome(NamedTuple):
    """How rule *code* ended; *reason* for undetermined, not applicable and crashed, *told_by* as for `Undetermined`."""

    code: str
    state: OutcomeState
    reason: Text | None = None
    told_by: str = ""


class Suppression(NamedTuple):
    """Why a finding does not count: there is a reason for it, or it was there before.

    *origin* is the place where that is written, as `path:line`.
    """

    by: Literal["waiver", "comment", "baseline"]
    reason: str
    origin: str


def bare(text: str) -> str:
    """Return *text* without white space and the signs of a notation, so that it is the same in every format."""
    return _NOTATION.sub("", text)


class Diagnostic(NamedTuple):
    """A finding signed by the engine."""

    code: str
    name: str
    severity: Severity
    basis: tuple[Basis, ...]
    address: str
    ordinal: int  # which of the findings with one code, address and text this is, from 0
    finding: Finding
    text: str  # the report's own words at the span, stars in place of the hidden parts
    suppressed: Suppression | None = None

    @property
    def fixable(self) -> bool:
        """Whether a fix may be made: the finding has one, counts, and hides nothing."""
        return self.finding.fix is not None and self.suppressed is None and not self.finding.hidden

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stay the same when lines move: code, address, words, ordinal."""
        from hashlib import blake2b  # 3 ms at start, only machine formats ask for it

        words = "\x1f".join((self.code, self.address, bare(self.text)[:200], str(self.ordinal)))
        return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def numbered(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield *diagnostics*, each with its ordinal among those with its code, address and bare text."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in diagnostics:
        identity = diagnostic.code, diagnostic.address, bare(diagnostic.text)
        yield diagnostic._replace(ordinal=seen[identity])
        seen[identity] += 1


def clauses(basis: tuple[Basis, ...]) -> Text:
    """Return *basis* in one line; a document quoted twice in a row is named once."""
    named = [
        clause.clause if index and clause.document == basis[index - 1].document else str(clause)
        for index, clause in enumerate(basis)
    ]
    return Text("；".join(named), "; ".join(named))


STATES = {
    OutcomeState.PASSED: Text("通过", "passed"),
    OutcomeState.FAILED: Text("不通过", "failed"),
    OutcomeState.UNDETERMINED: Text("无法判断", "undetermined"),
    OutcomeState.NOT_APPLICABLE: Text("不适用", "not applicable"),
    OutcomeState.CRASHED: Text("规则出错", "crashed"),
}
