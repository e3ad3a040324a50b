"""Tables whose notation is lost: read by the words of the form, or named as not read."""

from collections.abc import Sequence
from random import Random

import pytest
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.text.source import Source
from rendering import content
from rendering.lost import NOTATIONS, Notation, pipes_alone, written

DRAFTS = [("2019", "township", 2), ("2021", "county", 0), ("2021", "bureau", 7), ("2021", "ministry", 8)]
IDS = [getattr(notation, "called", notation.__name__) for notation in NOTATIONS]


def _text(draft: Draft, notation: Notation) -> str:
    blocks = content(draft)
    assert blocks is not None
    return written(blocks, notation)


def _wrong(report: Report, draft: Draft) -> list[str]:
    """Return the cells of *report* that are not what *draft* has there."""
    return [
        f"{cell.address}: {cell.text} instead of {draft.cells[cell.address]}"
        for table in report.tables.values()
        for cell in table.cells
        if cell.text != draft.cells[cell.address]
    ]


@pytest.mark.parametrize("notation", NOTATIONS, ids=IDS)
@pytest.mark.parametrize(("form", "level", "seed"), DRAFTS)
def test_every_cell_is_bound_and_nothing_is_reported(
    form: str, level: str, seed: int, notation: Notation, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    draft = compliant(form, level, seed)  # type: ignore[arg-type]
    report = Report(Source(_text(draft, notation)), forms)
    assert not _wrong(report, draft)
    assert {cell.address for t in report.tables.values() for cell in t.cells} == draft.cells.keys()
    assert not [f"{d.code} {d.finding.message.zh}" for d in lint(report, rules).diagnostics]


def test_a_semicolon_parts_figures_that_fell(forms: Sequence[Form]) -> None:
    text = (
        "第二十条第（五）项;;;\n信息内容;上一年项目数量;本年增/减;处理决定数量\n"
        "行政许可;40;-12;96\n其他对外管理服务事项;8;+3;7\n"
    )
    cells = Report(Source(text), forms).tables["permits"].cells
    assert [int(cell.value or 0) for cell in cells] == [40, -12, 96, 8, 3, 7]


@pytest.mark.parametrize("notation", NOTATIONS, ids=IDS)
def test_a_line_lost_or_twice_there_never_puts_a_figure_in_a_wrong_cell(
    notation: Notation, forms: Sequence[Form]
) -> None:
    """A figure less or more in a row, a label lost: what is bound is right.

    Pipes on lines of their own part cells, so there an empty one is seen.
    """
    if notation is pipes_alone:
        pytest.skip("a notation that tells where cells are")
    rng = Random(notation.__name__)
    draft = compliant("2021", "county", rng.randrange(30))
    lines = _text(draft, notation).split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("二、"))
    for _ in range(10):
        at = rng.randrange(start, len(lines))
        twice = rng.random() < 0.3
        changed = [*lines[:at], *([lines[at]] * 2 if twice else []), *lines[at + 1 :]]
        assert not _wrong(Report(Source("\n".join(changed)), forms), draft), (lines[at], twice)


@pytest.mark.parametrize("notation", NOTATIONS, ids=IDS)
@pytest.mark.parametrize("sentence", ["本年度没有行政复议、行政诉讼。", "没有复议和诉讼。"])
def test_a_sentence_of_words_of_the_form_is_none_of_its_lines(
    notation: Notation, sentence: str, rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    draft = compliant("2021", "township", 4)
    heading = "四、政府信息公开行政复议、行政诉讼情况\n"
    text = _text(draft, notation)
    assert heading in text
    report = Report(Source(text.replace(heading, f"{heading}{sentence}\n", 1)), forms)
    assert {cell.address for t in report.tables.values() for cell in t.cells} == draft.cells.keys()
    assert "DOC002" not in {d.code for d in lint(report, rules).diagnostics}
