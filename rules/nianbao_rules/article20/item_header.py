"""ART002 item-header."""

from nianbao.api import Context, Edit, Finding, Fix, Related, Report, Severity, Text, rule, same

from nianbao_rules.article20.shared import ITEM, TABLES, tables_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import TABLE_TWO

_NO_HEADER = Text("{places}的表格没有“{items}”标题行", "the tables {places} lack their header line {items}")
_WRONG_HEADER = Text(
    "{place}的标题行写成“{found}”，应为“{official}”",
    "the header line of {place} says “{found}”; it should be “{official}”",
)
_HEADER_HELP = Text("在表格上方补上这一行", "put this line above the table")
_NUMBER_HELP = Text("改为“{official}”", "change it to “{official}”")


@rule(
    "ART002",
    "item-header",
    summary=Text(
        "表二各项有“第二十条第（X）项”标题行", "each table of section two names its item of 第二十条"
    ),
    basis=TABLE_TWO,
    severity=Severity.WARNING,
    any_of=TABLES,
)
def item_header(report: Report, context: Context) -> Results:
    """第二部分各项表格的上方，应有“第二十条第（一）项”这样的标题行，项的序号与内容相符。

    为什么：读者凭标题行对照条例；标题行丢失或写错，汇总时会归到别的项下。

    反例：行政事业性收费的标题行写成“第二十条第（七）项”。
    正例：行政事业性收费的标题行为“第二十条第（八）项”。

    怎样改：照格式补上标题行，或者改正序号。
    """
    without = []
    for table in tables_of(report):
        if table.header is None:
            without.append(table)
        elif table.header.key != table.form.item or not table.header.exact:
            official = ITEM.format(item=table.form.item)
            found = "".join(table.header.text.split())
            message = _WRONG_HEADER.fill(place=table.form.place, found=found, official=official)
            help_text = _NUMBER_HELP.fill(official=official)
            fix = Fix(help_text, True, (Edit(table.header.span, table.header.text, official),))
            yield Finding(table.header.span, message, help_text, fix=fix, place=table.form.place)
    if without:
        places = "、".join("、".join(row.label for row in table.form.rows) for table in without)
        items = "”“".join(ITEM.format(item=table.form.item) for table in without)
        related = tuple(Related(table.span, same(table.form.place)) for table in without[1:])
        message = _NO_HEADER.fill(places=places, items=items)
        yield Finding(without[0].span, message, _HEADER_HELP, related=related, place=without[0].form.place)
