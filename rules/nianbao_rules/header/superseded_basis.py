"""HDR004 superseded-basis."""

from collections.abc import Iterator

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Severity, Span, Text, Undetermined, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import YEAR_UNKNOWN, Results, sentence_at
from nianbao_rules.shared.basis import NEW_FORM, REGULATION_2019
from nianbao_rules.shared.citations import NOTICE_30, NOTICE_60, Paper, cited, notice_of, superseded_name
from nianbao_rules.shared.regulation import DECREE

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
_NEW_NOTICE = Text(
    "{year}年度的报告以“{text}”为依据，该格式2021年9月才印发，自2021年度起使用",
    "a report on {year} is based on “{text}”, the form of the reports since 2021, issued in September 2021",
)
_NEW_NOTICE_HELP = Text(
    "改为国办公开办函〔2019〕60号；如果是2021年以后的报告，核对标题和统计期限里的年份",
    "cite 国办公开办函〔2019〕60号, or put right the year in title and period",
)
# Patterns are plain texts, compiled when a report first needs them.
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
    """2021年度起的报告不应再以国办公开办函〔2019〕60号为依据，以前的不应以〔2021〕30号为依据，各年度都不应以国务院令第492号为依据。

    为什么：〔2019〕60号印发的是试行格式，只用于2019、2020年度；国务院令第492号是修订前的条例。
    照旧依据编制，表格往往也是旧的。同一句说到它已经废止、修订的，是在讲沿革，不算。

    反例：2023年度报告写“按照国办公开办函〔2019〕60号要求编制”。
    正例：2020年度报告写“按照国办公开办函〔2019〕60号要求编制”。

    怎样改：改为国办公开办函〔2021〕30号、国务院令第711号，并对照新格式检查表格。
    """
    if report.year is None:
        yield Undetermined(YEAR_UNKNOWN)
        return
    for piece in report.paragraphs:
        if "492" in piece.text:
            for match in re.finditer(_DECREE_492, piece.text):
                if not _told(piece.text, match.start(), _REVISED):
                    yield _finding(report, piece, match.span(), (_OLD_LAW, _OLD_LAW_HELP), DECREE)
        if "公开" in piece.text:
            yield from _notices(report, piece, report.year)


def _issue(paper: Paper) -> str:
    """Return the year and serial number of *paper*: 〔2021〕30号."""
    return paper.number.removeprefix(paper.body)


# By the issue that is right: the words of the name that the other notice has.
_NAMED_BY = {
    _issue(NOTICE_30): ("试行", "有关事项"),
    _issue(NOTICE_60): ("格式",),
    DECREE: (),
    "": (),
}


def _notices(report: Report, piece: Piece, year: int) -> Iterator[Finding]:
    """Yield a finding on each notice in *piece* that is not on the reports of *year*, by its number or its name."""
    right = notice_of(year)
    said = (_OLD_NOTICE, _OLD_NOTICE_HELP) if right is NOTICE_30 else (_NEW_NOTICE, _NEW_NOTICE_HELP)
    issue = _issue(right)
    for number in cited(piece.text, year):
        if number.untimely(year) and not _told(piece.text, number.issue, _REPEALED):
            yield _finding(report, piece, (number.issue, number.end), said, issue)
    for start, end in superseded_name(piece.text) if right is NOTICE_30 else ():
        if not _told(piece.text, start, _REPEALED):
            yield _finding(report, piece, (start, end), said, "")


def _told(text: str, at: int, history: str) -> bool:
    """Return whether the sentence around *at* has words of a *history*."""
    return re.search(history, sentence_at(text, at)) is not None


def _finding(
    report: Report, piece: Piece, at: tuple[int, int], said: tuple[Text, Text], right: str
) -> Finding:
    text = piece.text[slice(*at)]
    span = Span(piece.span.start + at[0], piece.span.start + at[1])
    # The name of the wrong notice before its number would stay: a person has to write the right one.
    named = any(word in piece.text[max(0, at[0] - _NAME_REACH) : at[0]] for word in _NAMED_BY[right])
    title = Text("改为{right}", "change it to {right}").fill(right=right)
    fix = Fix(title, False, (Edit(span, text, right),)) if right and not named else None
    return Finding(span, said[0].fill(year=report.year or 0, text=text), said[1], fix=fix)
