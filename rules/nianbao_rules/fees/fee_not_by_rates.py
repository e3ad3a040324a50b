"""FEE003 fee-not-by-rates."""

from decimal import Decimal

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.fees.shared import charges_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FEE_RATES

_ODD = Text(
    "信息处理费{fee}元不是{unit}元的整数倍（{fee} ÷ {unit} = {quotient}余{rest}）",
    "信息处理费 of {fee} 元 is no multiple of {unit} 元 ({fee} ÷ {unit} = {quotient}, {rest} left)",
)
_HUGE = Text(
    "信息处理费“{text}”合{fee}元，全年的申请按每件{unit}元算也只有{most}元，可能是把元写成了万元",
    "信息处理费 of “{text}” is {fee} 元; at {unit} 元 each all applications make {most} 元: 元 may have been written as 万元",
)
_HUGE_HELP = Text("核对收费台账的金额和单位", "check amount and unit in the ledger")
_MOST = 1000  # 元 for an application: ten times the first rate
_ODD_HELP = Text(
    "核对金额：按件计收的每件100元或更多，按量计收的每页10元、20元或40元；只缴了一部分的，写明",
    "check the amount: 100 元 or more for each request, or 10, 20 or 40 元 for each page; say so if only a part was paid",
)


@rule(
    "FEE003",
    "fee-not-by-rates",
    summary=Text("信息处理费的金额与收费标准相符", "信息处理费 is an amount that the rates can give"),
    basis=FEE_RATES,
    severity=Severity.INFO,
    forms=("2021",),
)
def fee_not_by_rates(report: Report, context: Context) -> Results:
    """信息处理费应是10元的整数倍；写明按件计收的，应是100元的整数倍。

    为什么：按件计收每件100元起，每档增加100元；按量计收每页10元、20元或40元，别的金额凑不出来。
    写明减免、只缴了一部分的不算。写成“万元”、平均每件申请超过一千元的，多半是单位写错。
    金额可能另有原因，所以只是提示。

    反例：收取信息处理费385元；按件计收信息处理费50元；收到申请8件，收取信息处理费400万元。
    正例：收取信息处理费380元；按件计收信息处理费400元。

    怎样改：核对金额。
    """
    seen = set()
    most = _most(report)
    for charge in charges_of(report):
        amount = charge.amount
        if not charge.sure or amount.value in seen:
            continue
        text = report.text[slice(*amount.whole)]
        if "万" in text and most is not None and amount.value > most:
            seen.add(amount.value)
            message = _HUGE.fill(text=text, fee=f"{amount.value:f}", most=f"{most:f}", unit=_MOST)
            yield Finding(amount.whole, message, _HUGE_HELP)
        unit = 100 if charge.by_request else 10
        if not amount.exact or not amount.value % unit:
            continue
        seen.add(amount.value)
        quotient, rest = divmod(amount.value, unit)
        values = {"fee": f"{amount.value:f}", "quotient": f"{quotient:f}", "rest": f"{rest:f}"}
        yield Finding(amount.whole, _ODD.fill(unit=unit, **values), _ODD_HELP)


def _most(report: Report) -> Decimal | None:
    """Return the fee, in 元, that all applications of the year can hardly exceed, None if they are not read."""
    table = report.table("applications")
    if table is None:
        return None
    received, carried = table["received", "total"].value, table["carried_in", "total"].value
    return None if received is None or carried is None else _MOST * max(received + carried, Decimal(1))
