"""The verdict on one report: findings and outcomes of all rules."""

from collections import Counter
from enum import StrEnum

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Outcome, OutcomeState
from nianbao.engine.rule import Rule
from nianbao.report.report import Report
from nianbao.text.language import Text
from nianbao.text.source import Source, Span


class Lack(StrEnum):
    """The reason why there is no verdict, or none in full."""

    TABLES = "tables"
    TEXT = "text"
    REPORT = "report"
    RULES = "rules"
    CONCLUSIONS = "conclusions"

    @property
    def text(self) -> Text:
        """The reason in words."""
        return _LACKS[self]


_LACKS = {
    Lack.TABLES: Text("有表格没读懂", "tables could not be read"),
    Lack.TEXT: Text(
        "工作簿里只有表格，正文没有读到，没有检查", "a workbook of tables only, whose text was not read"
    ),
    Lack.REPORT: Text("不是一份能核对的年度报告", "not one annual report that can be checked"),
    Lack.RULES: Text("所选的规则都不适用", "none of the chosen rules applies"),
    Lack.CONCLUSIONS: Text("多数规则无法判断", "most rules could not judge"),
}


class Verdict(NamedTuple):
    """The result of all rules on one report, the findings in the order of the text.

    *rules* are those that have judged it if `nianbao.lint` did; in a run its summary has them.
    """

    report: Report
    diagnostics: tuple[Diagnostic, ...]
    outcomes: tuple[Outcome, ...]
    hidden: tuple[Span, ...] = ()  # the parts of the text that no output may show
    rules: tuple[Rule, ...] = ()

    def __repr__(self) -> str:
        path = self.report.source.path
        return f"<Verdict on {path!r}: {len(self.open)} of {len(self.diagnostics)} findings count>"

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """The findings that count: those not suppressed."""
        return tuple(d for d in self.diagnostics if d.suppressed is None)

    @property
    def source(self) -> Source:
        """The text of the report as it may be shown, its hidden parts masked by stars."""
        if not self.hidden:
            return self.report.source
        from nianbao.text.masking import masked  # few reports need it

        return masked(self.report.source, self.hidden)

    @property
    def judged(self) -> bool:
        """Whether nothing is lacking."""
        return self.lack is None

    @property
    def lack(self) -> Lack | None:
        """What there is no full verdict for, None if there is one.

        That is if the text was one report, more than the tables of one, none of its tables or rows went unread, and most rules came to a
        conclusion. Rules that do not apply are not counted, nor those whose part the finding of another has told.
        """
        report = self.report
        if report.unreadable or report.partly_read:
            return Lack.TABLES
        if report.only_tables:
            return Lack.TEXT
        if report.second is not None or not report.recognised:
            return Lack.REPORT
        ended = Counter(outcome.state for outcome in self.outcomes)
        concluded = ended[OutcomeState.PASSED] + ended[OutcomeState.FAILED]
        unknown = [each for each in self.outcomes if each.state is OutcomeState.UNDETERMINED]
        if ended[OutcomeState.NOT_APPLICABLE] == len(self.outcomes):
            return Lack.RULES
        failed = {each.code for each in self.outcomes if each.state is OutcomeState.FAILED}
        left = sum(each.told_by not in failed for each in unknown)
        return None if concluded and concluded >= left else Lack.CONCLUSIONS
