"""NUM004 wrong-rate."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.api import Context, Finding, Quantity, Report, Text, number, quantities, rule
from nianbao_grammar import patterns as re

from nianbao_rules.numbers.shared import SEGMENTS, misstated, parted
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.changes import agrees

_ABOVE_ALL = Text("“{words}”超过了100%", "“{words}” is more than 100%")
_ABOVE_ALL_HELP = Text(
    "核对后改正：办结、满意的不会比全部还多",
    "correct it: no more can be done, or be satisfied, than there are",
)
_AT_MOST_ALL = r"(?:办结|办复|答复|回复|处理|反馈|满意|合格|达标|回收|公开|覆盖|知晓|及时|按时|准确)[率度](?:均?为|是|均?达到?|\s)*$"
_RATE = r"(?<!按时)(?<!按期)(?<!及时)(?<!限时)(?P<rate>办结|办复|答复|回复|处理|反馈)率(?:为|是|达到?|已)*$"
_RECEIVED = r"收到|受理|新收|接到|接收|交办|承办|共有|提交|提出|转来"
_FINISHED = r"(?:办结|办复|答复|回复|处理|反馈|办理)(?:完毕|完成)?(?:了)?(?:共|共计|为)?$"
_CARRIED_IN = r"(?:上年|\d{4}年)度?(?:结转(?!到|至|下)|遗留)"
_AMONG = {  # what a rate of its kind is the share of, among what was sent, examined or asked
    "回收": r"回收|收回",
    "满意": r"(?<!不)满意",
    "合格": r"(?<!不)合格",
    "达标": r"(?<![不未])达标",
    "采纳": r"(?<![不未])采纳",
}
_SHARE = r"^(?:其中|问卷|抽检|抽查|检查|群众)*(?P<kind>回收|满意|合格|达标|采纳)[率度](?:为|是|达到?|\s)*$"
_NOT_SO = r"[不未]"
_LEFT_OVER = r"结转|未办|尚未|正在|尚在|在办"


@rule(
    "NUM004",
    "wrong-rate",
    summary=Text("办结率、答复率与办结数、收到数相符", "rates of completion follow from the counts"),
    basis=ACCURATE,
)
def wrong_rate(report: Report, context: Context) -> Results:
    """办结率、答复率应当等于办结数除以收到数；回收率、满意率、合格率也应当等于旁边的两个数相除。

    为什么：两个数就在旁边，算不出写明的比率，总有一个数是错的。
    有上年结转的，以收到数或者收到数加结转数为基数都算对；按时办结率是另一回事，不在此列；一句里数太多、看不出基数的不作判断。

    反例：收到信件24件，办结21件，办结率100%。
    正例：收到信件24件，办结21件，办结率87.5%。

    怎样改：重新计算，改正比率或者前面的数。
    """
    for piece in report.paragraphs:
        if ("率" in piece.text or "满意度" in piece.text) and ("%" in piece.text or "％" in piece.text):
            figures = quantities(piece.text, piece.span.start)
            runs = list(parted(piece, figures, SEGMENTS))
            wrong = [
                found for run in runs for of in (_wrong_rates, _wrong_shares) for found in of(report, run)
            ]
            yield from wrong
            known = {found.span for found in wrong}
            yield from (found for found in _above_all(report, figures) if found.span not in known)


def _above_all(report: Report, figures: Sequence[Quantity]) -> Iterator[Finding]:
    for figure in figures:
        if figure.unit == "%" and figure.value > 100 and re.search(_AT_MOST_ALL, figure.lead):
            words = figure.lead.strip() + report.text[figure.whole.start : figure.whole.end]
            yield Finding(figure.whole, _ABOVE_ALL.fill(words=words), _ABOVE_ALL_HELP)


def _wrong_rates(report: Report, run: Sequence[Quantity]) -> Iterator[Finding]:
    start = 0
    for index, figure in enumerate(run):
        if figure.unit != "%":
            continue
        named = re.search(_RATE, figure.lead) if figure.exact and figure.role == "count" else None
        counts = run[start:index]
        start = index + 1
        completed = _done_and_received(counts) if named else None
        if named is None or completed is None:
            continue
        done, wholes = completed
        if not any(agrees(figure, done.value, whole) for whole in wholes):
            words = f"{named['rate']}率{number(figure.value)}%"
            yield misstated(report, figure, done.value, wholes[0], words)


def _done_and_received(counts: Sequence[Quantity]) -> tuple[Quantity, list[Decimal]] | None:
    """Return the number handled and the counts that it may be a share of, None if they are not certain."""
    if not counts or not all(c.counted and c.exact and c.unit == counts[0].unit for c in counts):
        return None
    carried = [c for c in counts if re.search(_CARRIED_IN, c.lead)]
    rest = [c for c in counts if c not in carried and not re.search(_LEFT_OVER, c.lead)]
    if len(rest) != 2 or len(carried) > 1:
        return None
    received, done = rest
    apart = re.search(_FINISHED, done.lead.strip()) and (
        re.search(_RECEIVED, received.lead) or not re.search(_FINISHED, received.lead.strip())
    )
    if not apart or not received.value or done.value > received.value + sum(c.value for c in carried):
        return None
    wholes = [received.value, *(received.value + c.value for c in carried)]
    return done, wholes


def _wrong_shares(report: Report, run: Sequence[Quantity]) -> Iterator[Finding]:
    """Yield the rates of what was returned, found satisfactory and the like, that no two counts before them give."""
    for index, figure in enumerate(run):
        named = re.match(_SHARE, figure.lead.strip()) if figure.unit == "%" and figure.exact else None
        if named is None:
            continue
        kind = _AMONG[named["kind"]]
        counts = [f for f in run[:index] if f.unit != "%"]
        among = [f for f in counts if re.search(kind, f.lead + f.noun)]
        wholes = [f for f in counts if f not in among and not re.search(_NOT_SO, f.lead + f.noun)]
        if (
            not among
            or not wholes
            or not all(
                f.counted and f.exact and f.value and f.unit == among[0].unit for f in (*wholes, *among)
            )
        ):
            continue
        parts, bases = ([*(f.value for f in fs), _total(fs)] for fs in (among, wholes))
        base = wholes[-1]
        part = next((f for f in among if f.span > base.span), among[0])
        if base.value < part.value:
            continue
        if not any(agrees(figure, one, whole) for one in parts for whole in (*bases, *parts)):
            words = f"{named['kind']}率{number(figure.value)}%"
            yield misstated(report, figure, part.value, base.value, words)


def _total(figures: Sequence[Quantity]) -> Decimal:
    return sum((figure.value for figure in figures), Decimal(0))
