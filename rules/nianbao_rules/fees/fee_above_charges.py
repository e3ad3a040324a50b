"""FEE002 fee-above-charges."""

from decimal import Decimal

from nianbao.api import Cell, Context, Finding, Related, Report, Text, Undetermined, rule

from nianbao_rules.fees.shared import charges_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FEE_IS_A_CHARGE
from nianbao_rules.shared.counts import IN_YUAN

_MORE = Text(
    "信息处理费{fee}元 ÷ 10000 = {converted}万元，大于{place}填的{charge}万元",
    "信息处理费 of {fee} 元 ÷ 10000 = {converted} 万元, more than the {charge} 万元 of {place}",
)
_MORE_HELP = Text(
    "信息处理费也是行政事业性收费，核对两处的金额和单位（正文是元，表二是万元）；由其他单位执收的，在正文写明",
    "信息处理费 is one of the charges: check both amounts and their units (元 in the text, 万元 in the table); if another organ collects it, say so",
)
_CHARGE_UNREAD = Text(
    "{place}空白或者读不出金额，不能与正文的信息处理费相比",
    "{place} is blank or no amount, so 信息处理费 cannot be compared with it",
)
_NOT_SURE = Text(
    "不能确定“{text}”是不是已经收取的信息处理费",
    "whether “{text}” is 信息处理费 that was collected is not known",
)
_TABLE_AMOUNT = Text("表二填的金额", "the amount in table two")


@rule(
    "FEE002",
    "fee-above-charges",
    summary=Text(
        "信息处理费不大于表二的行政事业性收费", "信息处理费 is no more than the 行政事业性收费 of table two"
    ),
    basis=FEE_IS_A_CHARGE,
    needs="charges",
    forms=("2021",),
)
def fee_above_charges(report: Report, context: Context) -> Results:
    """正文写的信息处理费（元），不应大于表二第二十条第（八）项的行政事业性收费（万元）。

    为什么：信息处理费是行政事业性收费的一种，部分不能大于全部；最常见的是两处单位弄混，或者表二漏填。
    表二按所填的小数位数比较，四舍五入、截去尾数都不算错；填 0 是没有收费，不是约数。
    写明由其他单位收取的、往年的、每件每页的标准，都不比较；应收而不知道是否收到的，不作判断。

    反例：正文“收取信息处理费400元”，表二填 0 或 0.03。
    正例：正文“收取信息处理费400元”，表二填 0.04。

    怎样改：核对收费台账，改正写错的一处。
    """
    charges = sorted(charges_of(report), key=lambda charge: charge.amount.low or 0, reverse=True)
    table = report.table("charges")
    if not charges or table is None:
        return
    cell = table["charges", "amount"]
    if cell.value is None or cell.unit not in IN_YUAN:
        yield Undetermined(_CHARGE_UNREAD.fill(place=cell.place))
        return
    above = [charge for charge in charges if _is_above(charge.amount.low or Decimal(0), cell)]
    sure = next((charge.amount for charge in above if charge.sure), None)
    if sure is not None:
        converted = f"{sure.value / 10000:f}"
        charge = f"{cell.value * IN_YUAN[cell.unit] / 10000:f}"
        message = _MORE.fill(fee=f"{sure.value:f}", converted=converted, place=cell.place, charge=charge)
        yield Finding(sure.whole, message, _MORE_HELP, related=(Related(cell.span, _TABLE_AMOUNT, cell),))
    elif above:
        yield Undetermined(_NOT_SURE.fill(text=report.text[slice(*above[0].amount.whole)]))


def _is_above(yuan: Decimal, cell: Cell) -> bool:
    """Return whether *yuan* is more than *cell* can mean, rounded or cut off at its last decimal place; 0 is exact."""
    assert cell.value is not None
    if not cell.value:
        return True
    step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
    return yuan >= (cell.value + step) * IN_YUAN[cell.unit]
