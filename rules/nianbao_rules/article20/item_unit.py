"""ART009 item-unit."""

from nianbao.api import LEVEL_NAMES, Context, Finding, Level, Report, Severity, Text, rule

from nianbao_rules.article20.shared import TABLES, tables_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO

_UNIT = Text(
    "{place}填的是“{text}”，单位不应写在格里", "{place} says “{text}”: a unit does not belong in a cell"
)
_UNIT_HELP = Text("只填数字", "enter only the number")
_IN_COLUMN_UNIT = Text("换算成{unit}，只填数字", "convert it to {unit} and enter only the number")
_LARGE = Text(
    "{place}填的是{text}万元，就{level}而言过大，可能把元当作万元填报",
    "{place} says {text} 万元, too much for an organ of this level: perhaps 元 was entered as 万元",
)
_LARGE_HELP = Text("核对收费台账；单位为万元", "check the ledger; the unit is 万元 (ten thousand yuan)")
_MOST: dict[Level, int] = {"township": 100_000, "county": 1_000_000}  # 万元


@rule(
    "ART009",
    "item-unit",
    summary=Text(
        "表二的格里只填数字，金额单位无误", "cells of section two have only numbers, in the right unit"
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=TABLES,
)
def item_unit(report: Report, context: Context) -> Results:
    """第二部分的格里只填数字，不带单位；收费金额的单位是万元，乡镇、县级的数额大得出奇时给出提示。

    为什么：带单位的格无法汇总；把元当作万元填报，数额会差一万倍。
    乡镇（街道）超过 100000 万元、县级超过 1000000 万元才提示。

    反例：收费金额填“96万元”；某镇收费金额填“1904573”。
    正例：收费金额填“190.4573”。

    怎样改：只填数字，按万元换算。
    """
    for cell in (cell for table in tables_of(report) for cell in table.cells):
        if cell.unit and cell.column.unit != "":  # the form of 2019 prints no unit for 采购总金额
            unit = cell.column.unit
            help_text = _UNIT_HELP if unit is None else _IN_COLUMN_UNIT.fill(unit=unit)
            yield Finding(cell.span, _UNIT.fill(place=cell.place, text=cell.text), help_text, cell)
        elif cell.column.unit == "万元" and cell.value is not None:
            level = report.issuer.level
            if level in _MOST and cell.value > _MOST[level]:
                values = {"place": cell.place, "text": cell.text, "level": LEVEL_NAMES[level]}
                yield Finding(cell.span, _LARGE.fill(**values), _LARGE_HELP, cell)
