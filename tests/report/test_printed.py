"""The official tables as they are printed."""

import pytest
from nianbao.report.printed import Slot, expanded, filled, printed, printed_sections, widths
from nianbao.testing.compliant import official_forms

FORMS = [form for form in official_forms() if form.tables]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_figure_and_label_of_a_form_is_printed_once_in_a_rectangle(form: object) -> None:
    from nianbao.report.form import Form

    assert isinstance(form, Form)
    found: list[str] = []
    for _, section, slots in printed_sections(form):
        grid = expanded(slots)
        assert len({len(row) for row in grid}) == 1, section.key
        assert len(grid) == len(slots)
        assert len(widths(slots)) == len(grid[0])
        found += [slot.address for row in grid for slot, down, right in row if not (down or right)]
    for table in form.tables:
        for row in table.rows:
            for column in table.columns:
                assert found.count(f"{table.key}/{row.key}/{column.key}") == 1
            if row.label:
                assert found.count(f"{table.key}/{row.key}") == 1
        for column in table.columns:
            assert found.count(f"{table.key}//{column.key}") == 1


def test_the_head_of_table_four_is_that_of_the_form() -> None:
    table = FORMS[-1].table("review")
    assert table is not None
    first, second, third, figures = printed(table)
    assert [(slot.text, slot.columns) for slot in first] == [("行政复议", 5), ("行政诉讼", 10)]
    assert [(slot.text, slot.rows, slot.columns) for slot in second[-3:]] == [
        ("总计", 2, 1),
        ("未经复议直接起诉", 1, 5),
        ("复议后起诉", 1, 5),
    ]
    assert [slot.text for slot in third] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2
    assert len(figures) == 15


def test_a_group_goes_on_beside_the_rows_that_are_left_of_it() -> None:
    table = FORMS[-1].table("applications")
    assert table is not None
    gone = {"granted", "not_held", "still_unclear"}
    slots = printed(table._replace(rows=tuple(row for row in table.rows if row.key not in gone)))
    beside = {slot.text: slot.rows for row in slots for slot in row if "//group/" in slot.address}
    assert beside["（四）无法提供"] == 1
    assert beside["三、本年度办理结果"] == 19
    assert slots[5][0].text == "三、本年度办理结果"


def test_figures_are_put_into_their_places_and_labels_stay() -> None:
    slots = [[Slot("permits/permits", "行政许可"), Slot("permits/permits/decisions", "", figure=True)]]
    assert [slot.text for slot in filled(slots, {"permits/permits/decisions": "3"})[0]] == ["行政许可", "3"]
