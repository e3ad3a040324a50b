"""TXT008 all-closed."""

from decimal import Decimal

from nianbao.api import (
    Context,
    Finding,
    NotApplicable,
    Related,
    Report,
    Severity,
    Text,
    Undetermined,
    rule,
    same,
)

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50
from nianbao_rules.shared.counts import counts
from nianbao_rules.shared.organs import Whose
from nianbao_rules.shared.statements import paragraphs
from nianbao_rules.text.shared import NO_FIGURE, WHOSE, words_at

_NOT_ALL = Text(
    "正文说“{words}”，表三却有{count}件结转下年度继续办理（{place}）",
    "the text says “{words}”, but {count} are carried over ({place})",
)
_NOT_ALL_HELP = Text(
    "写明办结多少件、结转下年度多少件；只指到期的，写“按期办结”",
    "say how many were closed and how many carried over; if only those due are meant, say so",
)
_NO_CLAIM = Text("正文没有说申请全部办结", "the text does not say that all were answered")


@rule(
    "TXT008",
    "all-closed",
    summary=Text(
        "说申请全部办结的，没有结转下年度的",
        "if all applications are said to be answered, none is carried over",
    ),
    basis=ARTICLE_50,
    severity=Severity.WARNING,
    needs="applications",
)
def all_closed(report: Report, context: Context) -> Results:
    """正文说政府信息公开申请“全部办结”“均已答复”“办结率100%”的，表三“四、结转下年度继续办理”应是0。

    为什么：有结转的，就还没有全部办结。年末收到的申请依法可以结转，写明即可。
    “按时办结率100%”“均在法定期限内答复”说的是到期的，不矛盾；同一句话写明结转的，也不矛盾。
    “全部”有时只指到期的，所以只作警告。

    反例：正文“收到的申请已全部办结”，表三结转下年度3。
    正例：正文“办结44件，按时办结率100%；3件结转下年度继续办理”。

    怎样改：改为实际的办结件数和结转件数。
    """
    table = report.table("applications")
    claims = [claim for paragraph in paragraphs(report) for claim in paragraph.claims]
    if table is None or not claims:
        yield NotApplicable(_NO_CLAIM)
        return
    cell = table["carried_out", "total"]
    (carried,) = counts(report, table, "carried out")
    for claim in claims:
        words = words_at(report, claim.span)
        none_carried = carried.between(report, Decimal(0), Decimal(0))
        if none_carried is None:
            yield Undetermined(NO_FIGURE.fill(place=cell.place, words=words))
        elif not none_carried and claim.actor.whose is Whose.OTHER:
            yield Undetermined(WHOSE.fill(words=words, table=table.form.place))
        elif not none_carried:
            message = _NOT_ALL.fill(words=words, count=carried.written(), place=cell.place)
            related = (Related(cell.span, same(f"{cell.place} {cell.text or '空'}"), cell),)
            yield Finding(claim.span, message, _NOT_ALL_HELP, related=related)
