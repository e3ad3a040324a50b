"""A heading as messages say it."""

from collections.abc import Sequence

import pytest
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.text.source import Source
from nianbao_rules.shared.headings import heading_of


@pytest.mark.parametrize(
    "line",
    [
        *("七、收费情况", "七、收费情况：", "七、收费情况。", "**七、收费情况**", "# 七、收费情况"),
        "#\N{IDEOGRAPHIC SPACE}七、收费情况",
    ],
)
def test_a_heading_is_said_without_the_signs_around_it(line: str, forms: Sequence[Form]) -> None:
    report = Report(Source(f"望川县2021年政府信息公开工作年度报告\n\n{line}\n没有收费。\n"), forms)
    assert heading_of(report, report.sections[0]) == "七、收费情况"
