"""Findings that no rule makes: on waivers and comments without effect, and on a rule that failed."""

from collections.abc import Iterable, Iterator, Mapping

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Basis, Diagnostic, Finding, Severity, Strength, numbered
from nianbao.text.language import Text
from nianbao.text.nearest import nearest
from nianbao.text.source import Source

UNUSED, EXPIRED, UNKNOWN, REASONLESS, AMBIGUOUS = "WVR001", "WVR002", "WVR003", "WVR004", "WVR005"
CRASH = "DOC900"


class Notice(NamedTuple):
    """One kind of finding that no rule makes; *severity* is the highest it may have."""

    code: str
    name: str
    severity: Severity
    summary: Text
    documentation: str
    basis: tuple[Basis, ...] = (Basis("nianbao", "", Strength.PRACTICE),)


class Raised(NamedTuple):
    """A finding of the kind *code* before it is signed; it has a place, and a severity if not that of its kind."""

    code: str
    finding: Finding
    severity: Severity | None = None


_ALL = (
    Notice(
        UNUSED,
        "unused-waiver",
        Severity.WARNING,
        Text("豁免或注释没有用上", "a waiver or a comment suppresses nothing"),
        """
        写明了理由的地方，已经没有那条规则的问题。

        为什么：问题改好以后，留下的豁免会在同一处再出错时把它遮住。
        只有那条规则在这次检查中对那份报告有了结论（通过或不通过），才这样说；没有检查到的报告、无法判断和不适用的不算。
        没有写 report 或者 report 中有通配符的豁免可能用于没有检查到的报告，所以只是提示。

        反例：waivers 中有 SUM004 的一条，报告的合计已经改正。
        正例：改正合计的同时删去这一条。

        怎样改：删去这一条豁免或注释；位置改了名称的，把 at 改成新的名称。
        """,
    ),
    Notice(
        EXPIRED,
        "expired-waiver",
        Severity.WARNING,
        Text("豁免到期，问题还在", "a waiver has expired and its finding is still there"),
        """
        豁免的到期日（until）已经过去，它说明的问题还在报告中，重新计入。

        为什么：写了到期日，就是说过了那一天要重新看。到期日当天仍然有效。

        反例：until: 2026-03-31，4 月 1 日检查时合计仍然不对。
        正例：到期以前改正报告，删去这一条。

        怎样改：改正报告；确有理由的，重新写明理由，把 until 改到新的日期。
        """,
    ),
    Notice(
        UNKNOWN,
        "unknown-waiver",
        Severity.WARNING,
        Text("豁免或注释写的规则不存在", "a waiver or a comment names no rule"),
        """
        豁免或注释写的不是任何一条规则的编号，所以不起作用。

        为什么：编号写错一位，要豁免的问题照样计入，而写的人以为已经说明。
        只认编号，不认规则的名称，也不认编号开头的字母。

        反例：<!-- nianbao: ignore SUM04 上年结转数以复议决定为准 -->
        正例：<!-- nianbao: ignore SUM004 上年结转数以复议决定为准 -->

        怎样改：改成规则的编号；用 nianbao rules 查看全部编号。规则已经取消的，删去这一条。
        """,
    ),
    Notice(
        REASONLESS,
        "waiver-without-reason",
        Severity.WARNING,
        Text("注释没有写理由", "a comment gives no reason"),
        """
        注释写了规则的编号，没有写理由，所以不起作用。

        为什么：没有理由的豁免，过后没有人说得清为什么可以不改。

        反例：<!-- nianbao: ignore SUM004 -->
        正例：<!-- nianbao: ignore SUM004 上年结转数以复议决定为准 -->

        怎样改：在编号后面写明理由。
        """,
    ),
    Notice(
        AMBIGUOUS,
        "ambiguous-baseline",
        Severity.WARNING,
        Text("基线对不上一份报告", "a baseline has a report twice"),
        """
        基线中没有以这份报告的文件名记下的问题，同一机关、同一年度的却有两份，分不清是哪一份，所以都没有用。

        为什么：改过名称的报告（如修改稿）按机关和年度对上基线；对上两份时，用哪一份都可能遮住问题。

        反例：基线中有“青禾镇”和“旧/青禾镇”，都是青禾镇人民政府 2024 年度的，检查的是“青禾镇（修改稿）”。
        正例：基线中只有“青禾镇”。

        怎样改：从基线中删去不用的一份的记录，或者对这份报告运行 nianbao baseline update。
        """,
    ),
    Notice(
        CRASH,
        "rule-crashed",
        Severity.ERROR,
        Text("规则自身出错", "a rule failed by itself"),
        """
        这条规则对这份报告没有结论，其余规则照常检查。

        为什么：这是规则的缺陷，不是报告的问题；退出码为 2。

        怎样改：把报告和显示的信息交给规则的作者。
        """,
        (Basis("nianbao", "", Strength.LAW),),
    ),
)
NOTICES: Mapping[str, Notice] = {notice.code: notice for notice in _ALL}


def signed(raised: Iterable[Raised], source: Source) -> Iterator[Diagnostic]:
    """Yield the findings *raised* about *source* as diagnostics, in the order of the text."""
    ordered = sorted(raised, key=lambda each: (each.finding.span, each.code))
    yield from numbered(_diagnostic(each, source) for each in ordered)


def _diagnostic(raised: Raised, source: Source) -> Diagnostic:
    notice, finding = NOTICES[raised.code], raised.finding
    severity = raised.severity or notice.severity
    address, text = finding.place or "", source[finding.span]
    return Diagnostic(notice.code, notice.name, severity, notice.basis, address, 0, finding, text)


def near(code: str, known: Iterable[str]) -> Text:
    """Return the help for *code*, which no rule has: the nearest of *known*, and where to find all."""
    close = nearest(code.upper(), known)
    return (_NEAR if close else _LIST).fill(close=close)


_NEAR = Text(
    "是不是 {close}？全部编号用 nianbao rules 查看",
    "did you mean {close}? nianbao rules lists all codes",
)
_LIST = Text("改成规则的编号，用 nianbao rules 查看", "write the code of a rule: nianbao rules lists them")
