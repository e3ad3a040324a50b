"""要算的规则：YAML 写不了，用 Python 写。"""

from collections.abc import Iterator

from nianbao.api import (
    Basis,
    Context,
    Finding,
    Related,
    Report,
    Strength,
    Text,
    Undetermined,
    number,
    rule,
    same,
    written,
)

_FORM = Basis("青石政办发〔2031〕2号", "附件表二", Strength.FORM)

_BALANCE = Text(
    "“{column}”列不平：{sum}，相差 {difference}", "column {column} does not add up: {sum}, {difference} apart"
)
_CHECK = Text("逐格核对这一列的数", "check each figure of the column")
_TOO_MANY = Text(
    "网上提交的申请 {online} 件，多于新收的 {received} 件",
    "{online} applications came in online, more than the {received} received",
)
_CORRECT = Text(
    "网上提交的是新收申请的一部分，核对这两个数", "those online are part of those received: check both"
)
_NO_FIGURE = Text("表二的新收件数或网上提交件数读不出来", "a figure of table two cannot be read")


@rule(
    "QS001",
    "balance-of-2031",
    summary=Text("青石格式表二每一列都平", "every column of table two of the Qingshi form adds up"),
    basis=_FORM,
    needs="applications",
    forms=("2031",),
)
def balance_of_2031(report: Report, context: Context) -> Iterator[Finding]:
    """表二的每一列，新收加上年结转，应等于办结加结转下年。

    格式的表头印明了这一关系，填表时最容易漏填结转数。

    反例：新收 120，上年结转 30，办结 139，结转下年 10。

    正例：新收 120，上年结转 30，办结 140，结转下年 10。

    怎样改：逐格核对这一列的四个数。
    """
    for equation in report.equations("applications"):
        if equation.holds is False:
            cell = equation.right[0]
            message = _BALANCE.fill(
                column=cell.column.label, sum=written(equation), difference=number(abs(equation.difference))
            )
            others = [other for other in (*equation.left, *equation.right) if other is not cell]
            related = tuple(
                Related(other.span, same(f"{other.place} {other.text}"), other) for other in others
            )
            yield Finding(cell.span, message, _CHECK, cell, related, {"sum": written(equation)})


@rule(
    "QS002",
    "online-within-received",
    summary=Text("网上提交的申请不多于新收的申请", "no more applications online than received"),
    basis=_FORM,
    needs="applications",
    forms=("2031",),
)
def online_within_received(report: Report, context: Context) -> Iterator[Finding | Undetermined]:
    """表二中网上提交的申请是新收申请的一部分，件数不应多于新收。

    青石格式比全国的格式多出这一行，县里按它考核网上受理。

    反例：新收 120，网上提交 130。

    正例：新收 120，网上提交 45。

    怎样改：核对登记台账，改正有误的一个数。
    """
    table = report.table("applications")
    assert table is not None
    online, received = table["online", "total"], table["received", "total"]
    if online.value is None or received.value is None:
        yield Undetermined(_NO_FIGURE)
    elif online.value > received.value:
        message = _TOO_MANY.fill(online=number(online.value), received=number(received.value))
        related = (Related(received.span, same(f"{received.place} {received.text}"), received),)
        yield Finding(online.span, message, _CORRECT, online, related)
