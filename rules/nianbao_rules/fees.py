"""Part six: the fee for handling requests, 信息处理费."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nianbao.api import (
    Applies,
    Cell,
    Context,
    Finding,
    Option,
    Quantity,
    Related,
    Report,
    Section,
    Severity,
    Span,
    Text,
    Undetermined,
    quantities,
    rule,
)

from nianbao_rules.basis import FEE_IS_A_CHARGE, FEE_NOTICE, FEE_RATES, FEE_REPORTED, NO_OTHER_FEE
from nianbao_rules.contents import lists_parts
from nianbao_rules.pictures import PICTURE, has_picture
from nianbao_rules.sections import heading_of

Results = Iterator[Finding | Undetermined]

_FEE = "处理费"
_TITLE = r"《[^《》]*》"
_SENTENCE = r"[^。；;\n]*"

# -- whether it is spoken of ---------------------------------------------------------------------------

# Other fees, and what the printed tables say of fees: none of it tells what was charged for requests.
_OTHER_FEES = (
    r"(?:事业性|涉企|服务性|教育|医疗|学校|停车|物业)收费|收费(?:标准|项目|目录|清单|公示|依据|政策|金额|站)"
    r"|逾期未按收费通知要求缴纳费用"
)
_SPOKEN_IN_SIX = r"收费|费用|收取|缴费|免费"
_SPOKEN = (
    r"(?:信息公开|公开申请|依申请)[^。；]{0,60}(?:收费|费用|缴费|收取[^。；，]{0,12}费)"
    r"|(?:收费|费用|缴费|收取[^。；，]{0,12}费)[^。；]{0,60}(?:信息公开|公开申请|依申请)"
)
_NONE = (
    r"(?:20\d\d年度?|本年度?|全年|目前|本机关|本单位|我[局镇乡县市区]|[，、：:])*"
    r"(?:暂无|没有|不涉及|不存在|无)(?:其[他它])?(?:需要?|应当|须)?(?:另行)?(?:报告|说明)?的?(?:其[他它])?(?:事项|情况|内容)?[。.！!]?"
)

_UNSPOKEN = Text(
    "“{heading}”没有写信息处理费的收取情况", "“{heading}” does not say whether 信息处理费 was charged"
)
_ONLY_NONE = Text(
    "“{heading}”只写了“{text}”，没有写信息处理费的收取情况",
    "“{heading}” says “{text}” and no more, not whether 信息处理费 was charged",
)
_UNSPOKEN_HELP = Text(
    "核对后补写一句：没有收取的，写“{year}年，本机关未收取信息处理费”；收取了的，写明金额",
    "see what was charged and add a sentence: 本机关未收取信息处理费 where nothing was in {year}, else the amount",
)


@rule(
    "FEE001",
    "fee-not-reported",
    summary=Text("写明信息处理费的收取情况", "the report says whether 信息处理费 was charged"),
    basis=FEE_REPORTED,
    forms=("2021",),
    applies=Applies(first=2021),
    options=(
        Option(
            "none_suffices",
            False,
            Text("只写“无”是否也算写明", "whether it is enough that the part says there is nothing"),
        ),
    ),
)
def fee_not_reported(report: Report, context: Context) -> Results:
    """2021年度起，“其他需要报告的事项”应写明收取信息处理费的情况，没有收取的也写明没有收取。

    为什么：信息处理费自2021年起收取，收取情况是公众和上级都要看的；只写“无”，看不出是没有收取，还是没有写。
    不少地方认可只写“无”，所以只作警告；当地认可的，把选项 none_suffices 设为 true。
    写在别的部分也算；没有第六部分的由 SEC001 指出。

    反例：2023年度报告的第六部分只写“无其他需要报告的事项。”
    正例：2023年，本机关未收取信息处理费。

    怎样改：核对收取情况，补写一句。
    """
    if f"信息{_FEE}" in report.text:
        return
    for section in report.parts_of("other"):
        rest = report.text[section.heading.end :]
        bare = _without_other_fees(rest)
        if re.search(_SPOKEN_IN_SIX, bare) or re.search(_SPOKEN, _without_other_fees(report.text)):
            return
        none = _says_none(section)
        if has_picture(rest):
            yield Undetermined(PICTURE)
        elif not (none and context.options["none_suffices"]):
            heading = heading_of(report, section)
            message = _ONLY_NONE.fill(heading=heading, text=none) if none else _UNSPOKEN.fill(heading=heading)
            yield Finding(section.heading, message, _UNSPOKEN_HELP.fill(year=report.year))


def _without_other_fees(text: str) -> str:
    """Return *text* without white space and without what it says of fees that are not for requests."""
    return re.sub(_OTHER_FEES, "", "".join(text.split()))


def _says_none(section: Section) -> str:
    """Return the words by which *section* says that there is nothing to report, "" where it says more."""
    first, *rest = (
        ("".join(piece.text.split()) for piece in section.paragraphs) if section.paragraphs else ("",)
    )
    signed = not any(text.endswith("。") for text in rest)  # who signs, and when
    return first if signed and re.fullmatch(_NONE, first) else ""


# -- how much it was -----------------------------------------------------------------------------------

_COLLECTED = r"收取|实收|收缴|征收|收入|缴纳|上缴|计收"
# Where one of these stands in the sentence the amount may never have come in, or not whole.
_DOUBTFUL = r"应收|应缴|应当|拟收|未[缴收按支]|逾期|放弃|拒|退[还回费款]|减免|免收|免除|免予|部分缴|差额|余款|通知[^，。；]{0,6}金额"
_ELSEWHERE = r"由(?!本|我)[^，。；]{1,20}[收征]|代收|代为收|委托"
_LEADS_TO_IT = rf"{_COLLECTED}|费用|{_FEE}|^(?:共|合计|总计|累计|计|金额|总额|分别|为|是|人民币|[：: ])*$"
_OTHER_MONEY = r"标准|罚|事业性|财政|支出"


class _Charge(NamedTuple):
    """An amount of 信息处理费, in 元, that the report says was collected in the year.

    *sure*: nothing in its sentence leaves open that it came in. *by_request*: it says 按件 and nothing of pages.
    """

    amount: Quantity
    sure: bool
    by_request: bool


def _charges(report: Report) -> Iterator[_Charge]:
    """Yield the amounts of 信息处理费 in the text; those of other years and of other organs are left out."""
    if _FEE not in report.prose:
        return
    for piece in report.paragraphs:
        if _FEE not in piece.text or "元" not in piece.text:
            continue
        for match in re.finditer(_SENTENCE, piece.text):
            words = match[0]
            if _FEE not in words or re.search(_ELSEWHERE, words):
                continue
            sure = re.search(_DOUBTFUL, words) is None
            by_request = "按件" in words and not re.search(r"按量|按页|每页", words)
            for amount in quantities(words, piece.span.start + match.start()):
                if amount.unit == "元" and _is_collected(amount, report.year):
                    yield _Charge(amount, sure, by_request)


def _is_collected(amount: Quantity, year: int | None) -> bool:
    """Return whether *amount* is one of the fee that came in, in *year*: no rate, no other money."""
    before = re.sub(_TITLE, "", amount.scope)
    lead = re.sub(_TITLE, "", amount.lead).strip()
    return (
        amount.counted
        and bool(amount.low)
        and (_FEE in amount.scope or _FEE in amount.tail)
        and re.search(_COLLECTED, before + amount.tail) is not None
        and re.search(_LEADS_TO_IT, lead) is not None
        and re.search(_OTHER_MONEY, lead) is None
        and not amount.tail.lstrip().startswith(("/", "／", "每"))
        and _is_of(before, year)
    )


def _is_of(words: str, year: int | None) -> bool:
    """Return whether *words* speak of *year*: the last that they name is that, or they name none."""
    named = re.findall(r"20\d\d(?=年)", words)
    return not named or year is None or int(named[-1]) == year


_MORE = Text(
    "信息处理费{fee}元 ÷ 10000 = {converted}万元，大于{place}填的{charge}万元",
    "信息处理费 of {fee} 元 ÷ 10000 = {converted} 万元, more than the {charge} 万元 of {place}",
)
_MORE_HELP = Text(
    "信息处理费也是行政事业性收费，核对两处的金额和单位（正文是元，表二是万元）；由其他单位执收的，在正文写明",
    "信息处理费 is one of the charges: check both amounts and their units (元 in the text, 万元 in the table); where another organ collects it, say so",
)
_CHARGE_UNREAD = Text(
    "{place}空白或者读不出金额，不能与正文的信息处理费相比",
    "{place} is blank or no amount, so 信息处理费 cannot be held against it",
)
_NOT_SURE = Text(
    "不能确定“{text}”是不是已经收取的信息处理费", "whether “{text}” of 信息处理费 came in cannot be told"
)
_TABLE_AMOUNT = Text("表二填的金额", "the amount in table two")
_IN_YUAN = {"": 10000, "万元": 10000, "元": 1, "亿元": 10**8}


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
    charges = sorted(_charges(report), key=lambda charge: charge.amount.low or 0, reverse=True)
    table = report.table("charges")
    if not charges or table is None:
        return
    cell = table["charges", "amount"]
    if cell.value is None or cell.unit not in _IN_YUAN:
        yield Undetermined(_CHARGE_UNREAD.fill(place=cell.place))
        return
    above = [charge for charge in charges if _is_above(charge.amount.low or Decimal(0), cell)]
    sure = next((charge.amount for charge in above if charge.sure), None)
    if sure is not None:
        converted = f"{sure.value / 10000:f}"
        charge = f"{cell.value * _IN_YUAN[cell.unit] / 10000:f}"
        message = _MORE.fill(fee=f"{sure.value:f}", converted=converted, place=cell.place, charge=charge)
        yield Finding(sure.whole, message, _MORE_HELP, related=(Related(cell.span, _TABLE_AMOUNT, cell),))
    elif above:
        yield Undetermined(_NOT_SURE.fill(text=report.text[slice(*above[0].amount.whole)]))


def _is_above(yuan: Decimal, cell: Cell) -> bool:
    """Return whether *yuan* is more than *cell* can stand for: rounded or cut at the places it prints, but for 0."""
    assert cell.value is not None
    if not cell.value:
        return True
    step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
    return yuan >= (cell.value + step) * _IN_YUAN[cell.unit]


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
    seen: set[Decimal] = set()
    for charge in _charges(report):
        amount = charge.amount
        unit = 100 if charge.by_request else 10
        if not amount.exact or not charge.sure or amount.value in seen or not amount.value % unit:
            continue
        seen.add(amount.value)
        quotient, rest = divmod(amount.value, unit)
        values = {"fee": f"{amount.value:f}", "quotient": f"{quotient:f}", "rest": f"{rest:f}"}
        yield Finding(amount.whole, _ODD.fill(unit=unit, **values), _ODD_HELP)


# -- what the notices were -----------------------------------------------------------------------------

_ISSUED = r"(?:发出|发送|发放|作出|做出|下达|出具|开具|制发|制作|送达|产生|存在|过|任何|政府信息公开|信息公开|信息处理费)"
_NOTICE = r"(?:收费|缴费|缴纳费用)通知(?:书|单)?"
_NO_NOTICE = (
    rf"(?:未|没有|从未|无)(?:向(?:任何)?申请人)?{_ISSUED}{{0,4}}{_NOTICE}"
    rf"|{_NOTICE}(?:数量|件数|份数|发出)?[为共计：: ]{{0,3}}(?:0|０|零)[ ]?[件份次]"
)

_UNPAID = Text(
    "正文写“{text}”，{place}却有{count}件：没有收费通知，就不会有逾期未缴费",
    "the text says “{text}”, and {place} has {count}: without a notice nobody is late to pay",
)
_UNPAID_HELP = Text(
    "核对有没有发出收费通知：发出过的，改正文；没有发出的，改表三",
    "see whether notices were sent: if so correct the text, else table three",
)
_ROW_UNREAD = Text("{place}空白或者不是数", "{place} is blank or no number")
_ROW_WRONG = Text(
    "{place}与表三的勾稽关系不符，先改这一格", "{place} breaks the sums of table three: mend it first"
)
_UNPAID_ROW = Text("逾期未缴费的件数", "requests dropped for want of payment")


@rule(
    "FEE004",
    "unpaid-without-notice",
    summary=Text(
        "有逾期未缴费的，就有收费通知", "requests dropped for want of payment were sent a notice to pay"
    ),
    basis=FEE_NOTICE,
    severity=Severity.INFO,
    needs="applications",
    forms=("2021",),
)
def unpaid_without_notice(report: Report, context: Context) -> Results:
    """表三（六）2“逾期未按收费通知要求缴纳费用”大于 0 的，正文不应写没有发出收费通知。

    为什么：先有收费通知，才有逾期未缴费。收费通知可能是上一年发出的，所以只是提示。
    只写没有收取信息处理费的不算：没有缴纳，正是没有收取。

    反例：表三（六）2的总计是 1，正文写“全年未发出收费通知”。
    正例：表三（六）2的总计是 1，正文写“发出收费通知1件，未收取信息处理费”。

    怎样改：核对两处，改正写错的一处。
    """
    table = report.table("applications")
    if table is None or "通知" not in report.prose:
        return
    cell = table["not_paid", "total"]
    if cell.value == 0:
        return
    accused = any(
        cause.cell is not None and cause.cell.address == cell.address
        for cause in report.imbalances("applications")
    )
    for span in _no_notices(report):
        if cell.value is None:
            yield Undetermined(_ROW_UNREAD.fill(place=cell.place))
        elif accused:
            yield Undetermined(_ROW_WRONG.fill(place=cell.place))
        else:
            text = "".join(report.text[span.start : span.end].split())
            message = _UNPAID.fill(text=text, place=cell.place, count=cell.text)
            yield Finding(span, message, _UNPAID_HELP, related=(Related(cell.span, _UNPAID_ROW, cell),))
        return


def _no_notices(report: Report) -> Iterator[Span]:
    """Yield where the text says of the year that no notice to pay was sent."""
    for piece in report.paragraphs:
        if "通知" not in piece.text:
            continue
        for match in re.finditer(_NO_NOTICE, piece.text):
            sentence = re.split(r"[。；;\n]", piece.text[: match.start()])[-1]
            if _is_of(sentence, report.year):
                start = piece.span.start
                yield Span(start + match.start(), start + match.end())


# -- what is charged no more ---------------------------------------------------------------------------

_OLD_WORDS = ("检索", "复制费", "复印费", "邮寄费", "工本费", "减免")
_OLD_FEE = (
    r"检索费|(?:检索|复制|复印|邮寄)(?:、|和|及|以及)(?:检索|复制|复印|邮寄|、|和|及|以及|等|成本)*费用?"
    r"|复制费|复印费|邮寄费|工本费|收费(?:及|和|与|、)(?:费用)?减免|减免(?:收取)?(?:检索|复制|复印|邮寄)"
)
_OF_REQUESTS = r"申请|政府信息|信息公开"
_TAKEN = r"收取|收缴|征收|缴纳|收费|减免"
_DENIED = (
    r"未|没有|无(?!法)|不(?:再|另|得|予|收|需|会|向|存在|涉及|发生)|免(?:收|费|除|予|缴|去|征)|取消|停征|停收|废止|为零|零收费|节省|节约"
    r"|(?<![\d.])0(?:\.0+)?[元件次笔]"
)

_ABOLISHED = Text(
    "“{text}”：2019年修订的条例已经取消检索、复制、邮寄等费用，现在只可以收取信息处理费",
    "“{text}”: the regulation of 2019 did away with fees for searching, copying and mailing; only 信息处理费 may be charged",
)
_ABOLISHED_HELP = Text(
    "核对这一段是不是沿用旧稿：是的，删去；收取的是信息处理费的，改用这个名称",
    "see whether the passage was taken from an old report: drop it, or call it 信息处理费 if that is what was charged",
)


@rule(
    "FEE005",
    "abolished-fee",
    summary=Text("不写已经取消的收费", "no fees are reported that were abolished"),
    basis=NO_OTHER_FEE,
    severity=Severity.WARNING,
)
def abolished_fee(report: Report, context: Context) -> Results:
    """不应写收取了检索费、复制费、复印费、邮寄费，或者收费及减免的情况。

    为什么：条例第四十二条规定，依申请提供政府信息不收取费用，只有数量、频次明显超过合理范围的可以收取信息处理费；
    这几种费用是2007年条例时期的，写出来多半是沿用旧稿。写没有收取、不收取的，不算；标题由 SEC010 检查，
    导语所列各部分的名称由 HDR008 检查。

    反例：依申请公开收取检索费、复印费共120元。
    正例：依申请提供政府信息，不收取检索、复制、邮寄等费用。

    怎样改：删去；收取的是信息处理费的，改用这个名称。
    """
    if not any(word in report.prose for word in _OLD_WORDS):
        return
    for piece in report.paragraphs:
        if not any(word in piece.text for word in _OLD_WORDS) or not re.search(_OF_REQUESTS, piece.text):
            continue
        for match in re.finditer(_SENTENCE, piece.text):
            fee = _taken(match[0])
            if fee is not None and not lists_parts(piece.text, match.start()):
                start = piece.span.start + match.start()
                text = "".join(fee[0].split())
                span = Span(start + fee.start(), start + fee.end())
                yield Finding(span, _ABOLISHED.fill(text=text), _ABOLISHED_HELP)


def _taken(sentence: str) -> re.Match[str] | None:
    """Return the abolished fee that *sentence* says was taken or remitted.

    A denial anywhere in it leaves open which fee is denied, but for one with an amount of its own.
    """
    told = re.search(_TAKEN, sentence) is not None and re.search(_DENIED, sentence) is None
    start = 0
    for clause in re.split(r"(?<=[，,])", sentence):
        fee = re.compile(_OLD_FEE).search(sentence, start, start + len(clause))
        start += len(clause)
        if fee is None or re.search(_DENIED, clause):
            continue
        if told or any(q.unit == "元" and q.counted and q.value for q in quantities(clause)):
            return fee
    return None
