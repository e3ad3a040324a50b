"""ART004 item-removed."""

from collections.abc import Iterator

from nianbao.api import Context, Finding, Piece, Report, Severity, Text, fold, rule

from nianbao_rules.article20.shared import TABLES
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO_2021

_REMOVED = Text(
    "2021年起的格式没有第二十条第（九）项（政府集中采购），报告中仍有“{found}”",
    "the form in force from 2021 has no item （九） (procurement), but the report still has “{found}”",
)
_REMOVED_HELP = Text(
    "删去第（九）项的标题行、表头和数据", "remove the header, labels and figures of item （九）"
)
_PROCUREMENT = "表二 · 第二十条第（九）项"


@rule(
    "ART004",
    "item-removed",
    summary=Text("2021年起表二没有第（九）项", "since 2021 section two has no item （九）"),
    basis=TABLE_TWO_2021,
    severity=Severity.WARNING,
    any_of=TABLES,
    forms=("2021",),
)
def item_removed(report: Report, context: Context) -> Results:
    """2021年起的格式，第二部分没有第二十条第（九）项政府集中采购，报告中不应再有。

    为什么：〔2021〕30号取消了这一项，留着它说明套用了旧表。2019、2020年度的报告应当有这一项。

    反例：2023年度报告第二部分末尾还有“第二十条第（九）项 政府集中采购 0 0”。
    正例：2023年度报告第二部分到第（八）项行政事业性收费为止。

    怎样改：删去第（九）项；政府采购情况可以写在总体情况里。
    """
    if report.official_form is not None and report.official_form.name != "2021":
        return  # a newer form in an older report: ART003 reports it
    cell = next(_cells(report, "政府集中采购"), None)
    item = report.items.get("九")
    claimed = any(table.header is item for table in report.tables.values())
    label = cell if item is None or claimed else Piece(item.text, item.span)
    if label is not None:
        words = "".join(label.text.split())
        yield Finding(label.span, _REMOVED.fill(found=words), _REMOVED_HELP, place=_PROCUREMENT)


def _cells(report: Report, words: str) -> Iterator[Piece]:
    for grid in report.grids:
        for row in grid.rows:
            yield from (cell for cell in row if fold(cell.text) == words)
