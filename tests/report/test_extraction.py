"""Reports as data: what is not read is never taken for absent, and no two columns have one name."""

import pytest
from nianbao.report.extraction import Layout, Row, data_of
from nianbao.report.report import Report
from nianbao.report.table import Label
from nianbao.testing import compliant, official_forms
from nianbao.text.source import Source, Span

ROW = "security"


@pytest.mark.parametrize(
    ("unread", "state"),
    [
        (None, "absent"),
        (ROW, "unread"),
        ("petition", "absent"),  # another row, which the report has
        ("no row of the form", "unread"),  # it may be any of those that seem to be missing
    ],
)
def test_a_row_that_may_be_there_is_not_absent(unread: str | None, state: str) -> None:
    draft = compliant("2021", "county", 3)
    draft.drop(f"applications/{ROW}")
    report = Report(Source(draft.render()), official_forms())
    if unread is not None:
        report.tables["applications"].unread.append(Label(unread, unread, Span(0, 0), unread, exact=True))
    states = {
        datum.cell.row.key: datum.state for datum in data_of(report) if datum.cell.table.key == "applications"
    }

    assert states.pop(ROW) == state
    assert set(states.values()) == {"number"}


def test_a_report_without_a_form_has_no_cells() -> None:
    assert list(data_of(Report(Source("关于植树的报告\n\n种树两千株。\n"), official_forms()))) == []


def test_two_columns_of_one_label_have_their_keys_behind_it() -> None:
    about = ("甲.txt", None, None, None, None, None)
    layout = Layout()
    row = Row(
        about,
        {"a/b/c": "1", "a/b/d": "2", "a/b/e": "3"},
        {},
        {"a/b/c": "数量", "a/b/d": "数量", "a/b/e": "金额"},
        2021,
    )
    layout.meet(row)
    head, values = layout.lines([row], labelled=True)

    assert head[6:] == ["数量（a/b/c）", "数量（a/b/d）", "金额"]
    assert values[6:] == ["1", "2", "3"]
