"""HDR004 superseded-basis."""

import re
from collections.abc import Iterator

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Severity, Span, Text, Undetermined, rule

from nianbao_rules.shared import YEAR_UNKNOWN, Results
from nianbao_rules.shared.basis import NEW_FORM, REGULATION_2019

_OLD_NOTICE = Text(
    "{year}年度的报告仍以“{text}”为依据，该格式自2021年度起已由国办公开办函〔2021〕30号的格式取代",
    "a report on {year} is still based on “{text}”; since the reports on 2021 the form is that of 国办公开办函〔2021〕30号",
)
_OLD_NOTICE_HELP = Text(
    "改为国办公开办函〔2021〕30号，通知名称也相应改为《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》",
    "cite 国办公开办函〔2021〕30号, with the name of that notice",
)
_OLD_LAW = Text(
    "“{text}”是2007年公布的条例，2019年5月15日起施行的是修订后的条例（国务院令第711号）",
    "“{text}” is the regulation of 2007; the one in force since 15 May 2019 is 国务院令第711号",
)
_OLD_LAW_HELP = Text("改为国务院令第711号", "cite 国务院令第711号")
# Patterns are plain texts, compiled when a report first needs them.
_NOTICE_60 = r"[〔﹝\[［(（【]\s?2019\s?[〕﹞\]］)）】]\s?(?:第\s?)?60\s?号"
_DECREE_492 = r"(?:国务院)?令\s?(?:第\s?)?492\s?号"
_NAME_REACH = 40  # characters before the number of a notice that may have its name
_REPEALED = r"废止|取代|代替|替代|停止|不再"
_REVISED = r"废止|取代|代替|替代|停止|不再|修订|修改|711"


@rule(
    "HDR004",
    "superseded-basis",
    summary=Text(
        "不以已被取代的格式通知、条例为依据", "the report is not based on a superseded notice or regulation"
    ),
    basis=(NEW_FORM, REGULATION_2019),
    severity=Severity.WARNING,
)
def superseded_basis(report: Report, context: Context) -> Results:
    """2021年度起的报告不应再以国办公开办函〔2019〕60号为依据，各年度都不应以国务院令第492号为依据。

    为什么：〔2019〕60号印发的是试行格式，只用于2019、2020年度；国务院令第492号是修订前的条例。
    照旧依据编制，表格往往也是旧的。同一句说到它已经废止、修订的，是在讲沿革，不算。

    反例：2023年度报告写“按照国办公开办函〔2019〕60号要求编制”。
    正例：2020年度报告写“按照国办公开办函〔2019〕60号要求编制”。

    怎样改：改为国办公开办函〔2021〕30号、国务院令第711号，并对照新格式检查表格。
    """
    if report.year is None:
        yield Undetermined(YEAR_UNKNOWN)
        return
    cited = [(["492"], _DECREE_492, _REVISED, _OLD_LAW, _OLD_LAW_HELP, "国务院令第711号")]
    if report.year >= 2021:
        cited.append((["2019", "60"], _NOTICE_60, _REPEALED, _OLD_NOTICE, _OLD_NOTICE_HELP, "〔2021〕30号"))
    for piece in report.paragraphs:
        for numbers, pattern, history, message, advice, right in cited:
            if not all(number in piece.text for number in numbers):
                continue
            for span in _as_basis(piece, pattern, history):
                text = report.source[span]
                title = Text("改为{right}", "change it to {right}").fill(right=right)
                # The name of the old notice before it would stay: a person has to write the new one.
                named = "试行" in report.text[max(0, span.start - _NAME_REACH) : span.start]
                fix = None if named else Fix(title, False, (Edit(span, text, right),))
                yield Finding(span, message.fill(year=report.year, text=text), advice, fix=fix)


def _as_basis(piece: Piece, pattern: str, history: str) -> Iterator[Span]:
    """Yield the spans of *pattern* in *piece*, except in a sentence with words of its *history*."""
    for match in re.finditer(pattern, piece.text):
        start = piece.text.rfind("。", 0, match.start()) + 1
        end = piece.text.find("。", match.end())
        if not re.search(history, piece.text[start : end if end >= 0 else len(piece.text)]):
            yield Span(piece.span.start + match.start(), piece.span.start + match.end())
