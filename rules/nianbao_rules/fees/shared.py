"""Amounts of 信息处理费 that the text says were collected."""

from collections.abc import Iterator

from nianbao.api import Quantity, Report, quantities
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

FEE = "处理费"
_TITLE = r"《[^《》]*》"
SENTENCE = r"[^。；;\n]*"
_COLLECTED = r"收取|实收|收缴|征收|收入|缴纳|上缴|计收"
# A sentence with one of these may be about an amount that was never collected, or not in full.
_DOUBTFUL = r"应收|应缴|应当|拟收|未[缴收按支]|逾期|放弃|拒|退[还回费款]|减免|免收|免除|免予|部分缴|差额|余款|通知[^，。；]{0,6}金额"
_ELSEWHERE = r"由(?!本|我)[^，。；]{1,20}[收征]|代收|代为收|委托"
_LEADS_TO_IT = rf"{_COLLECTED}|费用|{FEE}|^(?:共|合计|总计|累计|计|金额|总额|为|是|人民币)*$"
_OTHER_MONEY = r"标准|罚|事业性|财政|支出"


class Charge(NamedTuple):
    """An amount of 信息处理费, in 元, that the report says was collected in the year.

    *sure*: nothing in its sentence makes it doubtful that it was collected. *by_request*: the sentence says 按件
    and does not mention pages.
    """

    amount: Quantity
    sure: bool
    by_request: bool


def charges_of(report: Report) -> Iterator[Charge]:
    """Yield the amounts of 信息处理费 in the text; those of other years and of other organs are left out."""
    if FEE not in report.prose:
        return
    for piece in report.paragraphs:
        if FEE not in piece.text or "元" not in piece.text:
            continue
        for match in re.finditer(SENTENCE, piece.text):
            words = match[0]
            if FEE not in words or re.search(_ELSEWHERE, words):
                continue
            sure = re.search(_DOUBTFUL, words) is None
            by_request = "按件" in words and not re.search(r"按量|按页|每页", words)
            for amount in quantities(words, piece.span.start + match.start()):
                if amount.unit == "元" and _is_collected(amount, report.year):
                    yield Charge(amount, sure, by_request)


def _is_collected(amount: Quantity, year: int | None) -> bool:
    """Return whether *amount* is of the fee and was collected in *year*: no rate, no other money."""
    before = re.sub(_TITLE, "", amount.scope)
    lead = re.sub(_TITLE, "", amount.lead).strip()
    return (
        amount.counted
        and bool(amount.value)
        and (FEE in amount.scope or FEE in amount.tail)
        and re.search(_COLLECTED, before + amount.tail) is not None
        and re.search(_LEADS_TO_IT, lead) is not None
        and re.search(_OTHER_MONEY, lead) is None
        and not amount.tail.lstrip().startswith(("/", "／", "每"))
        and is_of(before, year)
    )


def is_of(words: str, year: int | None) -> bool:
    """Return whether *words* are about *year*: the last year that they name is *year*, or they name none."""
    named = re.findall(r"20\d\d(?=年)", words)
    return not named or year is None or int(named[-1]) == year
