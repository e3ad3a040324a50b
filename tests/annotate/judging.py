"""Verdicts for the tests of annotated copies: of real rules, and of findings said outright."""

from collections.abc import Sequence
from typing import NamedTuple

from nianbao.annotate.notes import Style
from nianbao.engine.finding import Basis, Diagnostic, Finding, Severity, Strength
from nianbao.engine.verdict import Verdict
from nianbao.report.report import Report
from nianbao.run.linter import Input, linter
from nianbao.run.settings import Settings
from nianbao.testing import compliant, official_forms
from nianbao.text.language import Text, same
from nianbao.text.source import Source, Span
from rendering import content
from rendering.grids import Block, Line

STYLE = Style("zh", "2026-01-31T08:00:00Z")
IDENTITY, MOBILE = "110000199001010013", "13812345678"
PRIVATE = f"申请人李文海的身份证号为{IDENTITY}，联系电话{MOBILE}已登记。"
CLAUSE = "《青禾县政务公开办法》"


class Said(NamedTuple):
    """A finding on *words*, the first of them in the text unless *nth* says otherwise."""

    words: str
    message: str
    nth: int = 0


def verdict_on(source: Source, said: Sequence[Said | Span]) -> Verdict:
    """Return a verdict that finds what is *said*; a bare span has a message of its own."""
    found = []
    for number, one in enumerate(said):
        if isinstance(one, Span):
            span, message = one, f"第{number}处"
        else:
            start = -1
            for _ in range(one.nth + 1):
                start = source.text.index(one.words, start + 1)
            span, message = Span(start, start + len(one.words)), one.message
        basis = (Basis(CLAUSE, "第三条", Strength.LAW),)
        finding = Finding(span, same(message), Text("改正", "put it right"))
        found.append(
            Diagnostic("QH001", "qinghe", Severity.ERROR, basis, "标题", number, finding, source[span])
        )
    return Verdict(Report(source, official_forms()), tuple(found), ())


def faulty() -> Sequence[Block]:
    """Return a report with a wrong total, 1 + 0 + 0 + 0 said to be 2, and private numbers in its last line."""
    draft = compliant("2021", "county", 3)
    for column, text in zip(("upheld", "corrected", "other", "pending", "total"), "10002", strict=True):
        draft.set(f"review/cases/review_{column}", text)
    blocks = content(draft)
    assert blocks is not None
    return [*blocks, Line(PRIVATE, "prose")]


def judged(data: bytes, name: str) -> Verdict:
    """Return the verdict of the national rules on the file *data*."""
    checked = linter(Settings()).check(Input(name, data=data))
    assert checked.verdict is not None, checked.error
    return checked.verdict
