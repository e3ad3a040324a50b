"""What the rules of figures in sentences say beside the words of a finding: figures, the fix, the severity."""

import pytest
from nianbao.engine.finding import Diagnostic, Severity
from nianbao.engine.lint import lint
from nianbao.plugins.loading import load
from nianbao.report.report import Report
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source

RULES = {rule.code: rule for rule in load().rules if rule.family == "NUM"}


def found(code: str, sentence: str) -> Diagnostic:
    """Return what *code* finds in a report that ends with *sentence*."""
    text = f"{compliant('2021', 'county', 0).render()}{sentence}\n"
    (diagnostic,) = lint(Report(Source(text), official_forms()), (RULES[code],)).diagnostics
    return diagnostic


def test_the_parts_are_beside_their_total() -> None:
    diagnostic = found("NUM001", "发布政务信息82条，其中机构职能5条、工作动态80条。")

    assert diagnostic.text == "82条"
    assert [related.label.zh for related in diagnostic.finding.related] == ["5条", "80条"]


def test_a_percentage_is_changed_only_where_a_person_asks_for_it() -> None:
    """Any of the three figures may be the wrong one."""
    fix = found("NUM004", "收到信件20件，办结15件，办结率100%。").finding.fix

    assert fix is not None
    assert (fix.safe, [(edit.old, edit.new) for edit in fix.edits]) == (False, [("100", "75")])


@pytest.mark.parametrize("code", sorted(RULES))
def test_only_parts_that_exceed_their_whole_are_an_error(code: str) -> None:
    """The regulation asks for accuracy; what two notices ask for is a warning, our own reading a hint (ADR 0005)."""
    due = {"NUM001": Severity.ERROR, "NUM006": Severity.INFO, "NUM007": Severity.INFO}

    assert RULES[code].severity is due.get(code, Severity.WARNING)
