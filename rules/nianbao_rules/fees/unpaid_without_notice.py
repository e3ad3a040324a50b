"""FEE004 unpaid-without-notice."""

from collections.abc import Iterator

from nianbao.api import Context, Finding, Related, Report, Severity, Span, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.fees.shared import is_of
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import FEE_NOTICE

_ISSUED = r"(?:发出|发送|发放|作出|做出|下达|出具|开具|制发|制作|送达|产生|存在|过|任何|政府信息公开|信息公开|信息处理费)"
_NOTICE = r"(?:收费|缴费|缴纳费用)通知(?:书|单)?"
_NO_NOTICE = (
    rf"(?:未|没有|从未|无)(?:向(?:任何)?申请人)?{_ISSUED}{{0,4}}{_NOTICE}"
    rf"|{_NOTICE}(?:数量|件数|份数|发出)?[为共计：: ]{{0,3}}(?:0|０|零)[ ]?[件份次]"
)
_UNPAID = Text(
    "正文写“{text}”，{place}却有{count}件：没有收费通知，就不会有逾期未缴费",
    "the text says “{text}”, but {place} has {count}: without a notice no payment can be late",
)
_UNPAID_HELP = Text(
    "核对有没有发出收费通知：发出过的，改正文；没有发出的，改表三",
    "check whether notices were sent: if so, correct the text, else table three",
)
_ROW_UNREAD = Text("{place}空白或者不是数", "{place} is blank or no number")
_ROW_WRONG = Text(
    "{place}与表三的勾稽关系不符，先改这一格",
    "{place} does not fit the sums of table three: correct it first",
)
_UNPAID_ROW = Text("逾期未缴费的件数", "requests closed for lack of payment")


@rule(
    "FEE004",
    "unpaid-without-notice",
    summary=Text(
        "有逾期未缴费的，就有收费通知", "requests are closed for lack of payment only after a notice to pay"
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
    wrong_sum = any(
        cause.cell is not None and cause.cell.address == cell.address
        for cause in report.imbalances("applications")
    )
    for span in _no_notices(report):
        if cell.value is None:
            yield Undetermined(_ROW_UNREAD.fill(place=cell.place))
        elif wrong_sum:
            yield Undetermined(_ROW_WRONG.fill(place=cell.place))
        else:
            text = "".join(report.text[span.start : span.end].split())
            message = _UNPAID.fill(text=text, place=cell.place, count=cell.text)
            yield Finding(span, message, _UNPAID_HELP, related=(Related(cell.span, _UNPAID_ROW, cell),))
        return


def _no_notices(report: Report) -> Iterator[Span]:
    """Yield the places where the text says that no notice to pay was sent in the year."""
    for piece in report.paragraphs:
        if "通知" not in piece.text:
            continue
        for match in re.finditer(_NO_NOTICE, piece.text):
            sentence = re.split(r"[。；;]", piece.text[: match.start()])[-1]
            if is_of(sentence, report.year):
                start = piece.span.start
                yield Span(start + match.start(), start + match.end())
