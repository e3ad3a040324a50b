"""FEE003 fee-not-by-rates."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.fees.shared import charges_of
from nianbao_rules.shared.basis import FEE_RATES
from nianbao_rules.shared.results import Results

_ODD = Text(
    "信息处理费{fee}元不是{unit}元的整数倍（{fee} ÷ {unit} = {quotient}余{rest}）",
    "信息处理费 of {fee} 元 is no multiple of {unit} 元 ({fee} ÷ {unit} = {quotient}, {rest} left)",
)
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
    写明减免、只缴了一部分的不算。金额可能另有原因，所以只是提示。

    反例：收取信息处理费385元；按件计收信息处理费50元。
    正例：收取信息处理费380元；按件计收信息处理费400元。

    怎样改：核对金额。
    """
    seen = set()
    for charge in charges_of(report):
        amount = charge.amount
        unit = 100 if charge.by_request else 10
        if not amount.exact or not charge.sure or amount.value in seen or not amount.value % unit:
            continue
        seen.add(amount.value)
        quotient, rest = divmod(amount.value, unit)
        values = {"fee": f"{amount.value:f}", "quotient": f"{quotient:f}", "rest": f"{rest:f}"}
        yield Finding(amount.whole, _ODD.fill(unit=unit, **values), _ODD_HELP)
