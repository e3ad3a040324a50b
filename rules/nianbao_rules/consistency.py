"""What the sentences say, against what the tables say."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from nianbao.api import (
    Cell,
    Context,
    Finding,
    NotApplicable,
    Quantity,
    Related,
    Report,
    Severity,
    Span,
    Text,
    Undetermined,
    number,
    quantities,
    rule,
    same,
)

from nianbao_rules.basis import ARTICLE_50, OWN_READING, TABLE_FOUR, TABLE_THREE, TABLE_TWO
from nianbao_rules.counts import Count, counts, place
from nianbao_rules.statements import Saying, paragraphs
from nianbao_rules.subjects import SUBJECTS

Results = Iterator[Finding | Undetermined | NotApplicable]

# -- one sentence against the table ----------------------------------------------------------------------

_WHOSE = Text(
    "看不出“{words}”说的是不是{table}的范围，没有与表对照",
    "whether “{words}” is of the same offices as {table} cannot be told",
)
_NO_FIGURE = Text(
    "{place}有空白或读不出的格，无法与正文“{words}”对照",
    "{place} has blank or unreadable cells, so “{words}” cannot be compared with it",
)
_DIFFERS = Text(
    "正文“{words}”与{table}不符：{sums}。表中填的是：{cells}",
    "“{words}” differs from {table}: {sums}. The table says: {cells}",
)
_DENIES = Text(
    "正文说“{words}”，{table}却不是0：{sums}。表中填的是：{cells}",
    "the text says “{words}”, and {table} is not 0: {sums}. The table says: {cells}",
)
_HELP = Text(
    "对照台账核对：表中的数无误的，改正文；正文无误的，改表中的数",
    "check the ledger: correct the text where the table is right, the table where the text is",
)
_AGAIN = Text("这里也是这样写的", "it is said here too")


class _Wrong(NamedTuple):
    """A saying that the table contradicts: by *code*, in which of its subjects, and what the table may mean."""

    code: str
    saying: Saying
    subjects: tuple[str, ...]
    counts: tuple[Count, ...]


class _Compared(NamedTuple):
    """What came of all sentences, by the code of the rule: what was told of, found, and could not be judged."""

    told: frozenset[str]
    findings: tuple[tuple[str, Finding], ...]
    unknown: tuple[tuple[str, Text], ...]


# Seven rules ask for one comparison.
@lru_cache(maxsize=1)
def _compared(report: Report) -> _Compared:
    told: set[str] = set()
    unknown: list[tuple[str, Text]] = []
    wrong: list[_Wrong] = []
    narrower: set[str] = set()  # tables of which the text tells a part: what follows may be of that part too
    for paragraph in paragraphs(report):
        confirmed: set[tuple[str, str]] = set()  # whose counts, as this paragraph tells them, the table has
        for saying in paragraph.sayings:
            meant = _meant(report, saying) if saying.year in (None, report.year) else ()
            if not meant:
                continue
            code = SUBJECTS[saying.subjects[0]].code if saying.high != 0 else "TXT007"
            told.add(code)
            judged = _judged(report, code, saying, meant)
            table = meant[0][0].cells[0].table
            whose = (table.key, saying.scope)
            if isinstance(judged, Text):
                unknown.append((code, judged))
            elif judged is None:
                confirmed.update([whose] if saying.high else [])
            elif whose in confirmed or (_own(report, saying.scope) and table.key not in narrower):
                wrong.append(judged)
            else:
                narrower.add(table.key)
                unknown.append((code, _WHOSE.fill(words=_words(report, saying.span), table=table.place)))
    return _Compared(frozenset(told), tuple(_findings(report, wrong)), tuple(unknown))


def _meant(report: Report, saying: Saying) -> tuple[tuple[Count, ...], ...]:
    """Return what the table may mean by each subject of *saying*, () where it counts no such thing."""
    table = report.table(SUBJECTS[saying.subjects[0]].table)
    if table is None:
        return ()
    meant = tuple(counts(report, table, key) for key in saying.subjects)
    if not all(meant):
        return ()
    if saying.together:
        return (tuple(Count(tuple(t for one in way for t in one.terms)) for way in product(*meant)),)
    return meant


_ONE_OFFICE = ("township", "bureau", "ministry")
_WE = ("我镇", "我乡", "我街道", "我局", "我委", "我办", "我厅", "全镇", "全乡", "全街道", "全局")


def _own(report: Report, scope: str) -> bool:
    """Return whether *scope* is the organ itself; the report of a government counts what others did as well."""
    if not scope or report.issuer.level not in _ONE_OFFICE:
        return not scope
    name, plain = (words.replace("人民政府", "政府") for words in (report.issuer.name, scope))
    return scope in _WE or (len(plain) > 1 and name.endswith(plain))


def _judged(
    report: Report, code: str, saying: Saying, meant: Sequence[tuple[Count, ...]]
) -> _Wrong | Text | None:
    """Return what is wrong with *saying*, None for nothing, or why that cannot be told."""
    failed: list[tuple[str, tuple[Count, ...]]] = []
    for key, ways in zip(saying.subjects, meant, strict=False):
        verdicts = [_agrees(report, saying, way) for way in ways]
        if True in verdicts:
            continue
        if None in verdicts:
            unread = ways[verdicts.index(None)].cells[0].place
            return _NO_FIGURE.fill(place=unread, words=_words(report, saying.span))
        failed.append((key, ways))
    keys = tuple(key for key, _ in failed)
    return _Wrong(code, saying, keys, tuple(way for _, ways in failed for way in ways)) if failed else None


def _agrees(report: Report, saying: Saying, count: Count) -> bool | None:
    """Return whether *count* can be what is said, None where a cell without a figure leaves that open."""
    cell = count.cells[0]
    if cell.column.unit is None or saying.quantity is None or not saying.high:
        return count.between(report, saying.low, saying.high)
    return None if cell.value is None else _same_amount(saying.quantity, cell)


def _same_amount(quantity: Quantity, cell: Cell) -> bool:
    """Return whether both say the same 元, either of them rounded or cut off at the last place it is written with."""
    assert cell.value is not None
    scale = Decimal(1) if cell.unit == "元" else Decimal(10000)
    places = len(cell.text.rstrip("万亿元 ").partition(".")[2])
    half = (quantity.high or quantity.value) - quantity.value
    written = 2 * half or Decimal(1).scaleb(-quantity.places)
    return abs(cell.value * scale - quantity.value) < max(scale.scaleb(-places), written)


def _words(report: Report, span: Span) -> str:
    return "".join(report.source[span].split())


def _findings(report: Report, wrong: Sequence[_Wrong]) -> Iterator[tuple[str, Finding]]:
    """Yield a finding for each count that is wrong; said again in another sentence it is still one."""
    found: dict[tuple[object, ...], tuple[str, Finding]] = {}
    for one in wrong:
        key = (one.code, one.subjects, one.saying.low, one.saying.high)
        if key in found:
            first = found[key][1]
            again = Related(one.saying.span, _AGAIN)
            found[key] = (one.code, first._replace(related=(*first.related, again)))
        else:
            found[key] = (one.code, _finding(report, one))
    yield from found.values()


def _finding(report: Report, wrong: _Wrong) -> Finding:
    quantity, cells = wrong.saying.quantity, [cell for count in wrong.counts for cell in count.cells]
    unit = (cells[0].unit or cells[0].column.unit or "") if quantity else ""
    figure = "0" if quantity is None else report.source[quantity.whole] if unit else number(quantity.value)
    sums = [f"{count.written()}{unit} ≠ {figure}" for count in wrong.counts]
    terms = [term for count in wrong.counts for term in count.terms]
    values = {
        "words": _words(report, wrong.saying.span),
        "table": cells[0].table.place,
        "sums": _listed(sums),
        "cells": _listed(place(report, term) for term in [term for term in terms if term.value] or terms[:1]),
    }
    shown = {cell.address: cell for cell in [cell for cell in cells if cell.value] or cells[:1]}
    related = tuple(
        Related(cell.span, same(f"{cell.place} {cell.text or '空'}"), cell) for cell in shown.values()
    )
    message = (_DIFFERS if wrong.saying.high else _DENIES).fill(**values)
    return Finding(wrong.saying.span, message, _HELP, related=related, data={"sums": "；".join(sums)})


def _listed(items: Iterable[str]) -> Text:
    words = list(dict.fromkeys(items))
    return Text("；".join(words), "; ".join(words))


_SILENT = Text("正文没有说到可以与表对照的数", "the text states no figure that the table has")


def _results(report: Report, code: str) -> Results:
    compared = _compared(report)
    for found, finding in compared.findings:
        if found == code:
            yield finding
    for found, reason in compared.unknown:
        if found == code:
            yield Undetermined(reason)
    if code not in compared.told:
        yield NotApplicable(_SILENT)


# -- the rules -----------------------------------------------------------------------------------------------


@rule(
    "TXT001",
    "applications-received",
    summary=Text("正文的申请件数与表三一致", "the applications of the text are those of table three"),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def applications_received(report: Report, context: Context) -> Results:
    """正文写的收到、受理、办理政府信息公开申请件数，应与表三的“一、本年新收”一致，或者是新收与上年结转之和。

    为什么：同一份报告的正文和表格说的是同一件事，数不一致，必有一处是错的；正文多半沿用了上年的数或草稿的数。
    只在整句都读得懂、确实是全年收到的申请时才比较：网上、信函等渠道的件数，某季度、某部门的件数，
    提案、信件、热线、留言，都不是表三的数，不比较。看不出是不是同一范围（全县、代表县政府）的，结论是“无法判断”。
    申请人分类的件数与表三相应的列比较。表三自己算不平、正文与各数之和相符的，由 SUM001 至 SUM003 指出，这里不重复。

    反例：正文“全年收到政府信息公开申请212件”，表三新收208、上年结转3：208 ≠ 212；208 + 3 = 211 ≠ 212。
    正例：正文“共办理政府信息公开申请211件，其中新收208件、上年结转3件”。

    怎样改：对照申请台账，改正文或表三中有误的一处。
    """
    yield from _results(report, "TXT001")


@rule(
    "TXT002",
    "applications-closed-and-carried",
    summary=Text("正文的办结、结转件数与表三一致", "those closed and carried over are those of table three"),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def applications_closed_and_carried(report: Report, context: Context) -> Results:
    """正文写的上年结转、办结（答复）、结转下年度的件数，应与表三“二”“三（七）总计”“四”一致。

    为什么：结转的件数下一年还要对得上，正文和表格不一致，下一年就无从核对。
    “答复”可以不含不再处理的“其他处理”；办结、答复也可以只说当年新收的，这样相符的都算一致。

    反例：正文“办结205件，6件结转下年度”，表三（七）总计206、结转下年度5：206 ≠ 205；5 ≠ 6。
    正例：“答复206件（含上年结转申请3件，另有5件结转下年度答复）”。

    怎样改：对照申请台账，改正文或表三中有误的一处。
    """
    yield from _results(report, "TXT002")


@rule(
    "TXT003",
    "outcomes",
    summary=Text("正文的各类办理结果与表三一致", "the outcomes of the text are those of table three"),
    basis=(TABLE_THREE, ARTICLE_50),
    needs="applications",
)
def outcomes(report: Report, context: Context) -> Results:
    """正文写的予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，应与表三各行一致。

    为什么：表三分行多，正文往往只看了“自然人”一列，或者漏加几行。
    一类有几行的，与各行之和比较；“予以公开及部分公开”与两行之和比较。表中有空白格的，只在已填的数已经超过正文时才指出。
    限定了原因的（因本机关不掌握无法提供……）不与整类比较。

    反例：正文“予以公开和部分公开120件”，表三予以公开118、部分公开9：118 + 9 = 127 ≠ 120。
    正例：正文“不予公开4件”，表三（三）各行为1、0、0、2、0、1、0、0。

    怎样改：按表三各行重新相加，改正有误的一处。
    """
    yield from _results(report, "TXT003")


@rule(
    "TXT004",
    "normative-documents",
    summary=Text(
        "正文的规章、规范性文件件数与表二一致", "rules and normative documents are those of table two"
    ),
    basis=(TABLE_TWO, ARTICLE_50),
    needs="regulations",
)
def normative_documents(report: Report, context: Context) -> Results:
    """正文写的规章、行政规范性文件制发、废止、现行有效件数，应与表二第二十条第（一）项一致。

    为什么：这几个数要与司法行政部门核对一致，正文和表格各写各的，说明没有核对。
    2019年和2020年的格式比较新制作、新公开、对外公开总数量。网站公开了多少件、政策文件、党内规范性文件、
    只说政府或政府办的，不比较。

    反例：正文“全年制发行政规范性文件6件”，表二本年制发件数4：4 ≠ 6。
    正例：正文“制发行政规范性文件4件，废止2件，现行有效31件”，表二4、2、31。

    怎样改：与司法行政部门核对后，改正有误的一处。
    """
    yield from _results(report, "TXT004")


@rule(
    "TXT005",
    "decisions-and-charges",
    summary=Text("正文的许可、处罚、强制、收费与表二一致", "decisions and charges are those of table two"),
    basis=(TABLE_TWO, ARTICLE_50),
    any_of=("permits", "penalties", "charges"),
)
def decisions_and_charges(report: Report, context: Context) -> Results:
    """正文写的行政许可、行政处罚、行政强制决定件数和行政事业性收费金额，应与表二一致。

    为什么：表二填的是全部处理决定和全部收费，正文与它不一致，必有一处不全。
    收费按元、万元换算，四舍五入或截去尾数都算一致；2019年和2020年的格式没有收费金额，不比较。
    公示了多少条、办理（受理）了多少件的，不是决定的件数，不比较。

    反例：正文“作出行政处罚决定35件”，表二行政处罚处理决定数量53：53 ≠ 35。
    正例：正文“收取行政事业性收费1204500元”，表二120.45万元。

    怎样改：与业务机构、财务核对后，改正有误的一处。
    """
    yield from _results(report, "TXT005")


@rule(
    "TXT006",
    "review-and-litigation",
    summary=Text("正文的复议、诉讼件数与表四一致", "review and litigation are those of table four"),
    basis=(TABLE_FOUR, ARTICLE_50),
    needs="review",
)
def review_and_litigation(report: Report, context: Context) -> Results:
    """正文写的因政府信息公开被申请行政复议、被提起行政诉讼的件数和结果，应与表四一致。

    为什么：行政诉讼是“未经复议直接起诉”与“复议后起诉”两块之和，正文常常只写了一块。
    只比较说明是政府信息公开的，或者写在第四部分的；办理的其他行政复议、应诉案件不在表四里，不比较。

    反例：正文“因政府信息公开被提起行政诉讼2件”，表四两块总计2和1：2 + 1 = 3 ≠ 2。
    正例：正文“被申请行政复议4件，其中结果维持3件、尚未审结1件”，表四同。

    怎样改：对照案件台账，改正有误的一处。
    """
    yield from _results(report, "TXT006")


@rule(
    "TXT007",
    "denied-by-the-text",
    summary=Text("正文说没有的，表中是0", "what the text says there was none of is 0 in the tables"),
    basis=(TABLE_TWO, TABLE_THREE, TABLE_FOUR, ARTICLE_50),
    any_of=("applications", "review", "regulations", "permits", "penalties", "charges"),
)
def denied_by_the_text(report: Report, context: Context) -> Results:
    """正文写“未收到”“无”“没有发生”“0件”的，表中相应的数应是0。

    为什么：一句话说没有，表里却有，多半是沿用了上年的文字。反过来，正文写了件数而表中是0的，由比较件数的规则指出。
    否定的只是一部分（没有网上申请、没有败诉案件）的，不与总数比较；“无不予公开”只说不予公开的没有。

    反例：正文“未收到政府信息公开申请”，表三本年新收2：2 ≠ 0。
    正例：正文“没有因政府信息公开被申请行政复议、提起行政诉讼”，表四全是0。

    怎样改：对照台账，改正文或表中有误的一处。
    """
    yield from _results(report, "TXT007")


_NOT_ALL = Text(
    "正文说“{words}”，表三却有{count}件结转下年度继续办理（{place}）",
    "the text says “{words}”, and {count} are carried over ({place})",
)
_NOT_ALL_HELP = Text(
    "写明办结多少件、结转下年度多少件；只指到期的，写“按期办结”",
    "say how many were closed and how many carried over; where only those due are meant, say so",
)
_NO_CLAIM = Text("正文没有说申请全部办结", "the text does not say that all were answered")


@rule(
    "TXT008",
    "all-closed",
    summary=Text(
        "说申请全部办结的，没有结转下年度的", "where all are said to be answered none are carried over"
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
        words = _words(report, claim.span)
        nothing = carried.between(report, Decimal(0), Decimal(0))
        if nothing is None:
            yield Undetermined(_NO_FIGURE.fill(place=cell.place, words=words))
        elif not nothing and not _own(report, claim.scope):
            yield Undetermined(_WHOSE.fill(words=words, table=table.form.place))
        elif not nothing:
            message = _NOT_ALL.fill(words=words, count=carried.written(), place=cell.place)
            related = (Related(cell.span, same(f"{cell.place} {cell.text or '空'}"), cell),)
            yield Finding(claim.span, message, _NOT_ALL_HELP, related=related)


_GUIDES = Text(
    "正文写办事指南{count}{unit}，表二行政许可和其他对外管理服务事项却全部是0",
    "{count} guides to services are told of, and table two has no permit and no service",
)
_GUIDES_HELP = Text(
    "办事指南是按事项编的：核对本机关有没有行政许可和其他对外管理服务事项，有的填入表二",
    "a guide belongs to a service: enter the permits and services of the organ where it has any",
)
_NO_GUIDES = Text("正文没有写办事指南的数", "the text counts no guides")


@rule(
    "TXT009",
    "guides-without-services",
    summary=Text("有办事指南的，表二有相应的事项", "where there are guides there are services"),
    basis=OWN_READING,
    needs="permits",
    forms=("2019",),
)
def guides_without_services(report: Report, context: Context) -> Results:
    """正文写公布了多少办事指南的，表二第二十条第（五）项的行政许可和其他对外管理服务事项不应全部是0。

    为什么：办事指南是为办理事项编的，有指南就有事项；表里全是0，多半是没有填。
    指南也可能是上级部门的，所以只作提示；2021年起的表二没有这一行。

    反例：正文“公布办事指南28条”，表二行政许可、其他对外管理服务事项各格都是0。
    正例：正文“公布办事指南28条”，表二其他对外管理服务事项上一年项目数量26、本年增2。

    怎样改：核对权责清单和公共服务事项，填入表二。
    """
    table = report.table("permits")
    told = (piece for piece in report.paragraphs if "办事指南" in piece.text)
    guides = [found for piece in told for found in _guides(piece.text, piece.span.start)]
    if table is None or not guides:
        yield NotApplicable(_NO_GUIDES)
        return
    cells = [table[row.key, column.key] for row in table.form.rows for column in table.form.columns]
    if any(cell.value for cell in cells):
        return
    if any(cell.value is None for cell in cells):
        yield Undetermined(_NO_FIGURE.fill(place=table.form.place, words="办事指南"))
        return
    (first, span), *others = guides
    message = _GUIDES.fill(count=number(first.value), unit=first.unit)
    services = [cell for cell in cells if cell.row.key == "services"]
    related = [Related(cell.span, same(f"{cell.place} {cell.text}"), cell) for cell in services]
    related += [Related(where, _AGAIN) for _, where in others]
    yield Finding(span, message, _GUIDES_HELP, related=tuple(related))


_GUIDE_UNITS = ("条", "件", "篇", "份", "项", "个")


def _guides(text: str, start: int) -> Iterator[tuple[Quantity, Span]]:
    """Yield every count of 办事指南 in *text*, which begins at *start*, and where it is."""
    for quantity in quantities(text, start):
        if not (quantity.counted and quantity.value and quantity.unit in _GUIDE_UNITS):
            continue
        at = quantity.span.start - start
        if quantity.lead.rstrip("共计为有 ").endswith("办事指南"):
            yield quantity, Span(start + text.rindex("办事指南", 0, at), quantity.whole.end)
        elif quantity.tail.startswith("办事指南"):
            yield quantity, Span(quantity.span.start, quantity.whole.end + len("办事指南"))
