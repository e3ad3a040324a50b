"""HDR007 part-count."""

from nianbao.api import Context, Finding, Report, Section, Text, Undetermined, rule

from nianbao_rules.header.shared import UNRELIABLE
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.contents import Contents, announced, headings, unmatched, usual_names

_COUNTS = Text(
    "导语与正文的部分对不上：{counts}{details}", "preamble and text disagree on the parts: {counts}{details}"
)
_SAYS = Text("导语写“{words}”", "the preamble says “{words}”")
_LISTS = Text("列出{listed}个名称", "it lists {listed} names")
_HAS = Text("正文有{headed}个部分", "the text has {headed} parts")
_NOT_HEADED = Text("；列出的“{names}”没有对应的标题", "; no heading for the listed “{names}”")
_NOT_LISTED = Text("；正文的“{names}”没有列出", "; the headings “{names}” are not listed")
_COUNTS_HELP = Text(
    "先按格式核对正文有没有缺少或者多出的部分，再把导语的部分数和名称改成与正文一致",
    "check the parts of the text against the form, then make the number and names in the preamble agree with them",
)

_MOST_UNNAMED = 2  # names that 等 may stand for before the list counts as examples only


@rule(
    "HDR007",
    "part-count",
    summary=Text(
        "导语说的部分数、列出的名称与正文标题的数目一致",
        "the number of parts in the preamble agrees with the names it lists and with the headings",
    ),
    basis=ACCURATE,
)
def part_count(report: Report, context: Context) -> Results:
    """导语写“由……六部分组成”的，数目应与列出的名称、正文的一级标题都一致。

    为什么：数目不一，多半是导语从别处照搬，或者正文删改后没有同步。
    名称里的顿号（行政复议、行政诉讼情况）不拆开；“……等六部分”只举例列出几个的，只比较数目；差一两个就列全的，是漏列。

    反例：列出五个名称，却写“六部分组成”；写“五部分”而正文有六个部分。
    正例：列出六个名称，写“六部分组成”，正文有六个部分。

    怎样改：以格式规定的六个部分为准，改导语的数目或名称。
    """
    contents = announced(report)
    if contents is None:
        return
    parts = headings(report)
    listed = len(contents.names) or None
    if listed and contents.more and (contents.said is None or listed < contents.said - _MOST_UNNAMED):
        listed = None
    headed = len(parts) if parts is not None else None
    if len({count for count in (contents.said, listed, headed) if count is not None}) > 1:
        yield _disagreement(report, contents, parts)
    elif parts is None:
        yield Undetermined(UNRELIABLE)


def _disagreement(report: Report, contents: Contents, parts: tuple[Section, ...] | None) -> Finding:
    counts = []
    if contents.said is not None:
        counts.append(_SAYS.fill(words="".join(report.source[contents.words].split())))
    if contents.names:
        counts.append(_LISTS.fill(listed=len(contents.names)))
    if parts is not None:
        counts.append(_HAS.fill(headed=len(parts)))
    details = Text("", "")
    if parts is not None and contents.names and report.form is not None:
        names, sections = unmatched(contents, parts, usual_names(report.form, parts))
        for message, left in ((_NOT_HEADED, names), (_NOT_LISTED, [part.title for part in sections])):
            if left:
                words = message.fill(names="”“".join(piece.text for piece in left))
                details = Text(details.zh + words.zh, details.en + words.en)
    listed = Text("，".join(count.zh for count in counts), ", ".join(count.en for count in counts))
    return Finding(contents.words, _COUNTS.fill(counts=listed, details=details), _COUNTS_HELP, place="导语")
