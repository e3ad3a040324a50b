"""FEE005 abolished-fee."""

from nianbao.api import Context, Finding, Report, Severity, Span, Text, quantities, rule
from nianbao_grammar import patterns as re

from nianbao_rules.fees.shared import SENTENCE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NO_OTHER_FEE
from nianbao_rules.shared.contents import lists_parts

_OLD_WORDS = ("检索", "复制费", "复印费", "邮寄费", "工本费", "成本费", "减免")
_OLD_FEE = (
    r"检索费|(?:检索|复制|复印|邮寄)(?:、|和|及|以及)(?:检索|复制|复印|邮寄|、|和|及|以及|等|成本)*费用?"
    r"|复制费|复印费|邮寄费|工本费|成本费(?!用)|收费(?:及|和|与|、)(?:费用)?减免|减免(?:检索|复制|复印|邮寄)"
)
_OF_REQUESTS = r"申请|政府信息|信息公开|检索"  # nothing else was ever charged for searching
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
    "check whether the passage was taken from an old report: delete it, or write 信息处理费 if that was charged",
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
        for match in re.finditer(SENTENCE, piece.text):
            fee = _taken(match[0])
            if fee is not None and not lists_parts(piece.text, match.start()):
                start = piece.span.start + match.start()
                text = "".join(fee[0].split())
                span = Span(start + fee.start(), start + fee.end())
                yield Finding(span, _ABOLISHED.fill(text=text), _ABOLISHED_HELP)


def _taken(sentence: str) -> re.Match[str] | None:
    """Return the abolished fee that *sentence* says was charged or waived, None for none.

    If the sentence has a denial, which fee is denied is not certain: only a fee with an amount counts then.
    """
    certain = re.search(_TAKEN, sentence) is not None and re.search(_DENIED, sentence) is None
    start = 0
    for clause in re.split(r"(?<=[，,])", sentence):
        fee = re.compile(_OLD_FEE).search(sentence, start, start + len(clause))
        start += len(clause)
        if fee is None or re.search(_DENIED, clause):
            continue
        if certain or any(q.unit == "元" and q.counted and q.value for q in quantities(clause)):
            return fee
    return None
