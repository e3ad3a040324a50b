"""Header lines of which the groups decide which column is which."""

import pytest
from nianbao.report.columns import HeaderLine, bind_columns
from nianbao.report.form import Form, TableForm
from nianbao.report.syntax import Piece
from nianbao.testing import official_forms
from nianbao.text.source import Span

UNDER = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CASES = ("行政复议", "未经复议直接起诉", "复议后起诉")


def _table(key: str) -> TableForm:
    form: Form = next(form for form in official_forms() if form.name == "2021")
    return next(table for table in form.tables if table.key == key)


def _line(*words: str) -> HeaderLine:
    labels = tuple(Piece(text, Span(at, at + len(text))) for at, text in enumerate(words))
    return HeaderLine(labels, tuple((at,) for at in range(len(words))), len(words))


@pytest.mark.parametrize("first", ["自然人", "自燃人"])
@pytest.mark.parametrize("group", [("法人或其他组织", *UNDER, "总计"), ("法人或其他组织", "总计", *UNDER)])
@pytest.mark.parametrize("above", [(), ("申请人情况",)])
def test_a_header_of_table_three_in_one_line(
    above: tuple[str, ...], group: tuple[str, ...], first: str
) -> None:
    table = _table("applications")
    columns = bind_columns(table, [_line(*above, first, *group)])
    assert columns.order == table.columns
    assert [label.text for label in columns.labels.values()] == [first, *UNDER, "总计"]


@pytest.mark.parametrize(
    ("upper", "order"),
    [(("行政复议", "行政诉讼"), CASES), (("行政诉讼", "行政复议"), (*CASES[1:], CASES[0]))],
)
def test_the_groups_of_table_four_in_either_order(upper: tuple[str, ...], order: tuple[str, ...]) -> None:
    table = _table("review")
    columns = bind_columns(table, [_line(*upper), _line(*CASES[1:]), _line(*RESULTS * 3)])
    assert [column.under for column in columns.order] == [case for case in order for _ in RESULTS]
