"""The one comparison of sentences with tables: TXT001 to TXT007 each yield its results under their code."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, product

from nianbao.api import (
    Cell,
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
    same,
)
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import Results
from nianbao_rules.shared.counts import IN_YUAN, Count, Term, counts, figure_at
from nianbao_rules.shared.organs import OWN, Actor, Whose
from nianbao_rules.shared.statements import Saying, paragraphs
from nianbao_rules.shared.subjects import SUBJECTS

WHOSE = Text(
    "看不出“{words}”说的是不是{table}的范围，没有与表对照",
    "whether “{words}” counts the same offices as {table} is not known",
)
NO_FIGURE = Text(
    "{place}有空白或读不出的格，无法与正文“{words}”对照",
    "{place} has blank or unreadable cells, so “{words}” cannot be compared with it",
)
_DIFFERS = Text(
    "正文“{words}”与{table}不符：{sums}。表中填的是：{cells}",
    "“{words}” differs from {table}: {sums}. The table says: {cells}",
)
_DENIES = Text(
    "正文说“{words}”，{table}却不是0：{sums}。表中填的是：{cells}",
    "the text says “{words}”, but {table} is not 0: {sums}. The table says: {cells}",
)
_HELP = Text(
    "对照台账核对：表中的数无误的，改正文；正文无误的，改表中的数",
    "check the ledger: if the table is right, correct the text; if the text is right, correct the table",
)
_REACH = 80  # characters in which the figures of its offices stand behind that of a 机关
AGAIN = Text("这里也是这样写的", "it is written here too")


class _Wrong(NamedTuple):
    """A saying that the table contradicts: the code of its rule, the contradicted subjects, and the table's sums."""

    code: str
    saying: Saying
    subjects: tuple[str, ...]
    counts: tuple[Count, ...]
    sure: bool = True  # whether it is known to be about what the table counts


class _Compared(NamedTuple):
    """The results for all sentences by the code of the rule: codes with a sentence, findings, undetermined ones."""

    mentioned: frozenset[str]
    findings: tuple[tuple[str, Finding], ...]
    undetermined: tuple[tuple[str, Text], ...]


# Seven rules ask for one comparison.
@lru_cache(maxsize=1)
def _compared(report: Report) -> _Compared:
    mentioned: set[str] = set()
    undetermined: list[tuple[str, Text]] = []
    wrong: list[_Wrong] = []
    confirmed = {OWN}
    heard: list[tuple[Actor, str, _Wrong]] = []
    for saying in [saying for paragraph in paragraphs(report) for saying in paragraph.sayings]:
        meant = _meant(report, saying) if saying.year in (None, report.year) else ()
        if not meant:
            continue
        code = SUBJECTS[saying.subjects[0]].code if saying.high != 0 else "TXT007"
        mentioned.add(code)
        judged = _judged(report, code, saying, meant)
        if isinstance(judged, Text):
            undetermined.append((code, judged))
        elif judged is None:
            confirmed.update([saying.actor] if saying.high else [])
        else:
            heard.append((saying.actor, meant[0][0].cells[0].table.place, judged))
    for actor, place, judged in heard:
        if actor.whose is not Whose.OTHER or actor in confirmed:
            wrong.append(judged._replace(sure=actor.whose is Whose.OWN or actor in confirmed))
        else:
            words = words_at(report, judged.saying.span)
            undetermined.append((judged.code, WHOSE.fill(words=words, table=place)))
    return _Compared(frozenset(mentioned), tuple(_findings(report, wrong)), tuple(undetermined))


def _meant(report: Report, saying: Saying) -> tuple[tuple[Count, ...], ...]:
    """Return the sums that the table may mean by each subject of *saying*, () if it does not count them."""
    table = report.table(SUBJECTS[saying.subjects[0]].table)
    if table is None:
        return ()
    meant = tuple(counts(report, table, key) for key in saying.subjects)
    if not all(meant):
        return ()
    if saying.together:
        return (tuple(Count(tuple(t for count in way for t in count.terms)) for way in product(*meant)),)
    return meant


def _judged(
    report: Report, code: str, saying: Saying, meant: Sequence[tuple[Count, ...]]
) -> _Wrong | Text | None:
    """Return *saying* as wrong, None if it agrees with the table, or why it is undetermined."""
    failed: list[tuple[str, tuple[Count, ...]]] = []
    for key, ways in zip(saying.subjects, meant, strict=False):
        verdicts = [_agrees(report, saying, way) for way in ways]
        if True in verdicts:
            continue
        if None in verdicts:
            unread = ways[verdicts.index(None)].cells[0].place
            return NO_FIGURE.fill(place=unread, words=words_at(report, saying.span))
        failed.append((key, ways))
    keys = tuple(key for key, _ in failed)
    if not failed or _with_others(report, saying, meant):
        return None
    return _Wrong(code, saying, keys, tuple(way for _, ways in failed for way in ways))


def _with_others(report: Report, saying: Saying, meant: Sequence[tuple[Count, ...]]) -> bool:
    """Return whether the figure of a 机关 and that of its offices are those of the table together: 部机关298件，流域机构32件."""
    first = saying.quantity
    if first is None or not saying.actor.words.endswith("机关") or not first.exact:
        return False
    end = first.whole.end
    behind = quantities(report.text[end : end + _REACH].partition("。")[0])
    sums = accumulate((figure.value for figure in behind if figure.unit == first.unit), initial=first.value)
    return not {count.value for ways in meant for count in ways}.isdisjoint(sums)


def _agrees(report: Report, saying: Saying, count: Count) -> bool | None:
    """Return whether *count* agrees with *saying*, None if a cell without a figure leaves that undetermined."""
    cell = count.cells[0]
    if cell.column.unit is None or saying.quantity is None or not saying.high:
        return count.between(report, saying.low, saying.high)
    if cell.value is None or cell.unit not in IN_YUAN:
        return None
    return _same_amount(saying.quantity, cell)


def _same_amount(quantity: Quantity, cell: Cell) -> bool:
    """Return whether both are the same amount in 元, either one rounded or cut off at its last decimal place."""
    assert cell.value is not None
    scale = Decimal(IN_YUAN[cell.unit])
    places = len(cell.text.rstrip("万亿元 ").partition(".")[2])
    half = (quantity.high or quantity.value) - quantity.value
    step = 2 * half or Decimal(1).scaleb(-quantity.places)
    return abs(cell.value * scale - quantity.value) < max(scale.scaleb(-places), step)


def words_at(report: Report, span: Span) -> str:
    """Return the words at *span* without white space."""
    return "".join(report.source[span].split())


def _findings(report: Report, wrong: Sequence[_Wrong]) -> Iterator[tuple[str, Finding]]:
    """Yield one finding for each wrong count, however many sentences repeat it."""
    findings: dict[tuple[object, ...], tuple[str, Finding]] = {}
    for item in wrong:
        key = (item.code, item.subjects, item.saying.low, item.saying.high)
        if key in findings:
            first = findings[key][1]
            again = Related(item.saying.span, AGAIN)
            findings[key] = (item.code, first._replace(related=(*first.related, again)))
        else:
            findings[key] = (item.code, _finding(report, item))
    yield from findings.values()


def _finding(report: Report, wrong: _Wrong) -> Finding:
    quantity, cells = wrong.saying.quantity, [cell for count in wrong.counts for cell in count.cells]
    unit = (cells[0].unit or cells[0].column.unit or "") if quantity else ""
    figure = "0" if quantity is None else report.source[quantity.whole] if unit else number(quantity.value)
    sums = [f"{count.written()}{unit} ≠ {figure}" for count in wrong.counts]
    terms = [term for count in wrong.counts for term in count.terms]
    values = {
        "words": words_at(report, wrong.saying.span),
        "table": cells[0].table.place,
        "sums": _listed(sums),
        "cells": _listed([figure_at(report, term) for term in terms if term.value] or _zeros(terms)),
    }
    shown = {cell.address: cell for cell in [cell for cell in cells if cell.value] or cells[:1]}
    related = tuple(
        Related(cell.span, same(f"{cell.place} {cell.text or '空'}"), cell) for cell in shown.values()
    )
    message = (_DENIES if wrong.saying.high == 0 else _DIFFERS).fill(**values)
    at_most = None if wrong.sure else Severity.WARNING
    data = {"sums": "；".join(sums)}
    return Finding(wrong.saying.span, message, _HELP, related=related, data=data, at_most=at_most)


def _zeros(terms: Sequence[Term]) -> Iterator[str]:
    """Yield the places of *terms*, which are all 0: the rows under one heading of table three as their sum."""
    for cell in [term.cells[0] for term in terms]:
        part = cell.row.place.partition("（")[0]  # 三 of 三（三）1.属于国家秘密
        rows = f"{part}{cell.row.under}各行之和" if len(terms) > 1 and cell.row.under else cell.row.place
        yield cell.place.replace(cell.row.place, rows) + " 0"


def _listed(items: Iterable[str]) -> Text:
    entries = list(dict.fromkeys(items))
    return Text("；".join(entries), "; ".join(entries))


_SILENT = Text("正文没有说到可以与表对照的数", "the text has no figure to compare with the table")


def results_of(report: Report, code: str) -> Results:
    """Yield the results of the one comparison of text and tables for the rule *code*."""
    compared = _compared(report)
    for rule_code, finding in compared.findings:
        if rule_code == code:
            yield finding
    for rule_code, reason in compared.undetermined:
        if rule_code == code:
            yield Undetermined(reason)
    if code not in compared.mentioned:
        yield NotApplicable(_SILENT)
