"""SEC011 enumeration."""

from collections.abc import Iterator, Sequence

from nianbao.api import Context, Finding, Related, Report, Text, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.shared.enumerations import (
    SPOKEN,
    Enumeration,
    Numbered,
    announced,
    enumerations,
    numbered,
)
from nianbao_rules.shared.headings import VALUES

_STEP = Text("“{mark}”接在“{before}”之后，应为“{due}”", "“{mark}” follows “{before}” and should be “{due}”")
_FIRST = Text("“{mark}”前面没有“{due}”", "there is no “{due}” before “{mark}”")
_MIXED = Text(
    "“{mark}”接在“{before}”之后，两种写法混用", "“{mark}” follows “{before}”: two ways of counting mixed"
)
_COUNT = Text("前面写“{said}”，后面列了{count}项", "“{said}” is announced, and {count} are listed")
_HELP = Text("按顺序改正编号；中间漏了内容的，补上", "number them in order, or add what was left out")
_MIXED_HELP = Text("改为“{due}”", "write “{due}”")
_COUNT_HELP = Text("核对是数目写错还是漏了内容", "check whether the number is wrong or an item is missing")
_HAN = {number: numeral for numeral, number in VALUES.items()}
_BEGUN = r"首先|第一|其一|一方面|一、|（一）|1[.、）]|①"
_GOES_ON = r"此外|另外|最后|再次|另一方面"


@rule(
    "SEC011",
    "enumeration",
    summary=Text(
        "段落里的“一是”“（1）”等编号不跳号、不重号，项数与前面说的一致",
        "enumerations within paragraphs have no gap and no repeat, and as many items as announced",
    ),
    basis=OWN_READING,
)
def enumeration(report: Report, context: Context) -> Results:
    """正文里的“一是”“第一”“1.”“（1）”“①”应当连续，不跳号、不重号；说了“三个方面”的，就列三项。

    为什么：“一是”之后是“三是”，读者会以为漏了一点；写“三个方面”只列两项也是这样。
    每遇“一是”重新数起，一项之内另有一组“一是”“二是”的，各数各的；段首“（一）”的顺序由 SEC008 检查。
    表格没有读懂的部分不查。

    反例：一是充实队伍，三是加强培训；有三个方面的问题：一是……；二是……。
    正例：一是充实队伍，二是加强培训；问题：一是……，二是……。改进：一是……。

    怎样改：按顺序改正编号，漏了内容的补上，或者改正前面的数目。
    """
    for section in report.sections:
        tables = [t.key for t in report.form.tables if t.section in section.covers] if report.form else []
        if report.unreadable.isdisjoint(tables):  # rows of a table that could not be read are numbered too
            for text, start, found in enumerations(report, section):
                if found:
                    yield from _judged(text, start, found)


def _judged(text: str, start: int, found: Sequence[Enumeration]) -> Results:
    amiss = [*_out_of_step(text, start, found), *_mixed(text, start, found), *_unbegun(text, start, found)]
    yield from amiss
    for series, behind in zip(found, (*found[1:], None), strict=True) if not amiss else ():
        first, last = series.items[0], series.items[-1]
        nested = behind and behind.notation == series.notation and behind.items[0].span < last.span
        said = announced(text, first.span.start - start, len(series.items)) if first is not last else ""
        at = last.span.end - start
        if said and not nested and not re.search(_GOES_ON, text[at : text.find("\n", at)]):
            values = {"said": said, "count": len(series.items)}
            related = tuple(Related(item.span, same(item.text)) for item in series.items[1:])
            yield Finding(first.span, _COUNT.fill(**values), _COUNT_HELP, related=related)


def _out_of_step(text: str, start: int, found: Sequence[Enumeration]) -> Iterator[Finding]:
    """Yield the items that do not have the number after the one before."""
    for series in found:
        items = series.items
        due = (items[0].value or 0) + 1
        for before, item, after in zip(items, items[1:], (*items[2:], None), strict=False):
            at = item.span.start - start
            headed = series.notation == "（一）" and text[at - 1 : at] == "\n"  # of these SEC008 speaks
            value = item.value or 0
            if value != due and not headed and not _elsewhere(due, value, text[before.span.end - start : at]):
                values = {"mark": item.text, "before": before.text, "due": numbered(item, due)}
                related = (Related(before.span, same(before.text)),)
                yield Finding(item.span, _STEP.fill(**values), _HELP, related=related)
                value = (
                    due if after and after.value == due + 1 else value
                )  # numbered as if this one were right
            due = value + 1


def _elsewhere(due: int, value: int, between: str) -> bool:
    """Return whether the numbers from *due* up to *value* are in *between* in another notation."""
    return due < value and all(
        re.search(rf"{_HAN.get(n)}[、是要，：）]|{chr(ord('①') - 1 + n)}|(?<!\d){n}[.．、）)]", between)
        for n in range(due, value)
    )


def _mixed(text: str, start: int, found: Sequence[Enumeration]) -> Iterator[Finding]:
    """Yield the items that go on in another way of counting: 一是 …，第二 …."""
    spoken = [(item, series) for series in found if series.notation in SPOKEN for item in series.items]
    latest: dict[int | None, tuple[Numbered, Enumeration]] = {}
    for item, series in sorted(spoken, key=lambda pair: pair[0].span):
        before, other = latest.get((item.value or 0) - 1, (item, series))
        between = text[before.span.end - start : item.span.start - start]
        if (
            item is series.items[0]
            and other.notation != series.notation
            and not re.search("首先|其次", between)
        ):
            values = {"mark": item.text, "before": before.text, "due": numbered(before, item.value or 0)}
            yield Finding(item.span, _MIXED.fill(**values), _MIXED_HELP.fill(**values))
        latest[item.value] = item, series


def _unbegun(text: str, start: int, found: Sequence[Enumeration]) -> Iterator[Finding]:
    """Yield the enumerations that begin with 二是."""
    for series in found:
        first = series.items[0]
        begins = series.notation == "一是" and first.value == 2 and len(series.items) > 1
        if begins and not re.search(_BEGUN, text[: first.span.start - start]):
            values = {"mark": first.text, "due": numbered(first, 1)}
            yield Finding(first.span, _FIRST.fill(**values), _HELP)
