"""A report as `nianbao new report` begins it: what part five says until somebody writes it, and whether anybody has.

The sentences are there so that the form is whole; an organ that leaves them has told nothing of its problems.
"""

from nianbao.report.report import Report

PROBLEMS = (
    "存在的主要问题：本报告以数据为主，对工作情况的文字说明还不够充分。",
    "改进情况：对照《中华人民共和国政府信息公开条例》第五十条，逐项补充工作情况和上年问题的整改情况。",
)
_HANDED_ON = ("carried_in", "carried_out", "in_force")  # rows and columns that last year's report fills


def as_begun(text: str) -> bool:
    """Return whether *text*, that of part five, still has a sentence that it began with."""
    plain = "".join(text.split())
    return any(sentence.partition("：")[2] in plain for sentence in PROBLEMS)


def unfilled(report: Report) -> bool:
    """Return whether *report* is as it was begun: part five, and no figure but those that last year's report hands on."""
    if not any(as_begun(piece.text) for piece in report.paragraphs):
        return False
    cells = (cell for table in report.tables.values() for cell in table.cells if cell.value)
    return all(cell.row.key in _HANDED_ON or cell.column.key in _HANDED_ON for cell in cells)
