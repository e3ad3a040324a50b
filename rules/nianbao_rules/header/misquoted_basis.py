"""HDR011 misquoted-basis."""

from collections.abc import Iterator

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Severity, Span, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, NEW_FORM, NUMBER_OF_A_PAPER, REGULATION_2019
from nianbao_rules.shared.citations import NOTICE_30, NOTICE_60, cited, misnamed, notice_of
from nianbao_rules.shared.regulation import Said, slips

_NUMBER = Text("“{text}”写错了，应当是{right}", "“{text}” is wrong: it is {right}")
_BRACKETS = Text(
    "“{text}”的写法不合规范，发文字号的年份用六角括号“〔〕”，序号不加“第”",
    "“{text}” is not written as numbers of papers are: the year in “〔〕”, the serial number without “第”",
)
_NAME = Text("{number}的名称不是“{text}”，是《{right}》", "{number} is not called “{text}”, but 《{right}》")
_SAID = {
    Said.NAME: Text(
        "没有“{text}”，条例的名称是《{right}》", "there is no “{text}”: the regulation is 《{right}》"
    ),
    Said.DECREE: Text(
        "“{text}”写错了，修订后的条例由{right}公布", "“{text}” is wrong: the revised regulation is {right}"
    ),
    Said.DATE: Text(
        "“{text}”与条例的日期不符：2019年4月3日修订公布，2019年5月15日起施行",
        "“{text}” is no date of the regulation: it was revised on 3 April 2019, in force since 15 May 2019",
    ),
    Said.FIRST: Text(
        "“{text}”说的是修订前的条例，修订后的条例自2019年5月15日起施行",
        "“{text}” is the regulation before its revision; the revised one is in force since 15 May 2019",
    ),
    Said.ARTICLE: Text("条例共五十六条，没有“{text}”", "the regulation has 56 articles, no “{text}”"),
    Said.OTHER_ARTICLE: Text(
        "条例{text}不是关于年度报告的，年度报告由第四十九条、第五十条规定",
        "{text} of the regulation is not about annual reports: articles 49 and 50 are",
    ),
}
_HELP = Text(
    "对照原文，改正引用的名称、文号、日期或者条款",
    "correct the name, number, date or article by the original",
)
_TITLE = Text("改为{right}", "change it to {right}")


@rule(
    "HDR011",
    "misquoted-basis",
    summary=Text(
        "依据的名称、文号、条款没有引错", "name, number and article of the basis are quoted rightly"
    ),
    basis=(REGULATION_2019, ARTICLE_50, NEW_FORM, NUMBER_OF_A_PAPER),
    severity=Severity.WARNING,
)
def misquoted_basis(report: Report, context: Context) -> Results:
    """引用条例和国务院办公厅的通知、办法，名称、文号、日期、条款要与原文一致。

    为什么：依据写错，读的人查不到，也看得出没有对照过原文。查的是条例（国务院令第711号）、
    国办公开办函〔2021〕30号和〔2019〕60号、国办函〔2020〕109号；省、市、县的规定和通知不查。
    “国令第711号”“国务院第711号令”、简称《条例》《政府信息公开条例》都对。
    只是括号的形状、名称里少一两个字的，作提示。引用已被取代的依据，见 HDR004。

    反例：国令第711条；国办公开函〔2021〕30号；《中华人民共和国信息公开条例》；根据《条例》第三十二条编制本报告。
    正例：国务院令第711号；国办公开办函〔2021〕30号；根据《条例》第五十条编制本报告。

    怎样改：对照原文改正。
    """
    for piece in report.paragraphs:
        if "国" in piece.text or "条例" in piece.text or "公开" in piece.text:
            yield from _numbers(piece, report.year)
            yield from _names(piece, report.year)
            yield from _regulation(piece)


def _numbers(piece: Piece, year: int | None) -> Iterator[Finding]:
    for number in cited(piece.text, year):
        text, right = piece.text[number.start : number.end], number.paper.number
        written = "".join(text.split()).translate({ord("﹝"): "〔", ord("﹞"): "〕"})
        if number.right and (
            number.untimely(year) or written in (right, right.removeprefix(number.paper.body))
        ):
            continue
        if number.right and written.startswith(number.paper.body) and written.endswith("号"):
            yield _finding(piece, number.start, number.end, right, _BRACKETS, safe=True, slight=True)
        else:
            yield _finding(piece, number.start, number.end, right, _NUMBER, safe=number.right)


def _names(piece: Piece, year: int | None) -> Iterator[Finding]:
    for name in misnamed(piece.text, year):
        if name.paper in (NOTICE_30, NOTICE_60) and name.paper is not notice_of(year or name.paper.year):
            continue  # HDR004
        values = {"number": name.paper.number}
        yield _finding(
            piece, name.start, name.end, name.paper.name, _NAME, safe=False, slight=name.slight, values=values
        )


def _regulation(piece: Piece) -> Iterator[Finding]:
    for slip in slips(piece.text):
        yield _finding(piece, slip.start, slip.end, slip.right, _SAID[slip.said], safe=slip.safe)


def _finding(
    piece: Piece,
    start: int,
    end: int,
    right: str,
    message: Text,
    *,
    safe: bool,
    slight: bool = False,
    values: dict[str, str] | None = None,
) -> Finding:
    """Return the finding on the words from *start* to *end*, with a fix if they have one right form."""
    text = piece.text[start:end]
    span = Span(piece.span.start + start, piece.span.start + end)
    fix = Fix(_TITLE.fill(right=right), safe, (Edit(span, text, right),)) if right else None
    said = message.fill(text=text, right=right, **(values or {}))
    return Finding(span, said, _HELP, fix=fix, at_most=Severity.INFO if slight else None)
