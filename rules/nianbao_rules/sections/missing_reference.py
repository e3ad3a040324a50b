"""SEC012 missing-reference."""

from collections.abc import Callable

from nianbao.api import Context, Finding, Piece, Report, Severity, Span, Text, Undetermined, has_picture, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.headings import VALUES, value_of

_SEE = r"(?:详见|参见|请见|见)(?:本报告|本年报|后文|下文|文后|文末)?(?:的)?[“（(]?"
_NUMBER = r"(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})"
_OF_THE_FORM = r"申请|复议|诉讼|规章|规范性文件|许可|处罚|强制|收费|数据"  # 下表 may be one of the form
_CITED = r"[〔\[（]20\d\d[〕\]）]\s?\d+号"  # a document, whose annex it may be
_LINE = r"(?m)^[^\w\n]*"  # its beginning, with the signs that stand before the first word
_ANNEX = rf"{_LINE}附[件表录]|附[:：]|附件下载|另附|附[件表][^。]{{0,4}}另|\.(?:docx?|xlsx?|pdf|ofd|wps|et|rar|zip|jpg|png)\b|\]\("
_CAPTION = rf"{_LINE}图\s?[\d一二三四五六七八九]"
_SHORT, _LINES = 20, 3  # so many short lines may be the cells of a table whose lines are lost
_HELP = Text(
    "补上所指的内容；没有这项内容的，删去或者改正这句话",
    "add what is referred to, or delete or correct the sentence",
)
_NOT_READ = Text("“{text}”后面可能有没读懂的表", "what follows “{text}” may be a table that was not read")


def _has_table_below(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    """Return whether a table follows before the next part; one in the midst of a sentence may mean that of the form."""
    at = piece.span.start + match.start()
    ends = (section.heading.start for section in report.sections if section.heading.start > at)
    end = next(ends, len(report.text)) if report.section_around(at) else len(report.text)
    if any(at < grid.span.start < end for grid in report.grids) or has_picture(report.text[at:end]):
        return True
    announces = not piece.text[match.end() :].strip("：: ")
    return not announces and re.search(_OF_THE_FORM, piece.text) is not None


def _has_table(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    value = _value(match)
    named = re.finditer(rf"{_LINE}表\s?{_NUMBER}", report.text)
    return value <= len(report.grids) or any(_value(caption) == value for caption in named)


def _has_figure(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    """Return whether a picture is there, or a caption whose picture was lost, or an annex that may have it."""
    return has_picture(report.text) or any(re.search(sign, report.text) for sign in (_CAPTION, _ANNEX))


def _has_annex(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    """Return whether an annex is named or linked anywhere, or may be that of another text."""
    sentence = piece.text[: match.start()].rpartition("。")[2]
    return re.search(_CITED, sentence) is not None or re.search(_ANNEX, report.text) is not None


def _has_part(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    """Return whether the parts are so many, or not numbered one by one."""
    values = [value_of(section.numeral) for section in report.sections if section.key or section.numeral]
    return values != list(range(1, len(values) + 1)) or not len(values) < _value(match)


def _has_item(report: Report, piece: Piece, match: re.Match[str]) -> bool:
    return re.search(rf"{_LINE}[（(]{match['number']}[）)]", report.text) is not None


def _value(match: re.Match[str]) -> int:
    return VALUES.get(match["number"]) or int(match["number"])


# How it is referred to, whether it is there, and what to say if not.
_Kind = tuple[str, Callable[[Report, Piece, re.Match[str]], bool], Text]
_KINDS: tuple[_Kind, ...] = (
    (
        r"(?:如|见)下(?:列|面的?)?表格?(?:所示)?|下表(?:所示|中|为|是|反映|列出|可)|以下表格",
        _has_table_below,
        Text("“{text}”后面没有表", "no table follows “{text}”"),
    ),
    (
        rf"(?:如|见)表\s?{_NUMBER}(?!\d)",
        _has_table,
        Text("“{text}”：报告里没有这个表", "“{text}”: the report has no such table"),
    ),
    (
        rf"(?:如|见)下?图(?:\s?(?:[一二三四五六七八九十]|\d{{1,2}}))?(?=所示|[）)，。：；])|下图所示|{_SEE}附图",
        _has_figure,
        Text("“{text}”：报告里没有看到图", "“{text}”: no figure is seen in the report"),
    ),
    (
        rf"{_SEE}附[件表]",
        _has_annex,
        Text("“{text}”：文后没有列出附件", "“{text}”: no annex is listed"),
    ),
    (
        rf"{_SEE}第{_NUMBER}(?:部分|章)",
        _has_part,
        Text("“{text}”：报告没有这个部分", "“{text}”: the report has no such part"),
    ),
    (
        rf"{_SEE}第[（(]{_NUMBER}[）)](?:项|部分|点)",
        _has_item,
        Text("“{text}”：报告没有这一项", "“{text}”: the report has no such item"),
    ),
)


@rule(
    "SEC012",
    "missing-reference",
    summary=Text(
        "文中所指的表、图、附件和部分都有", "the tables, figures, annexes and parts referred to are there"
    ),
    basis=ACCURATE,
    severity=Severity.WARNING,
)
def missing_reference(report: Report, context: Context) -> Results:
    """写了“见下表”“如图1”“见附件”“详见第八部分”的，报告里要有所指的内容。

    为什么：读者按所指的地方去找，却没有，就不知道是漏了内容，还是这句话从别处抄来没有改。
    附件可以是另一个文件，文后列出名称的就算有；格式规定的各表、读到的图片都算。图在复制时容易丢失，只作提示。

    反例：主动公开信息的分类情况如下表：（后面没有表）；具体事项见附件（文后没有列出附件）；详见第八部分。
    正例：收到和处理申请的情况见下表（后面是表三）。

    怎样改：补上所指的内容，或者改正这句话。
    """
    for piece in report.paragraphs:
        if not any(sign in piece.text for sign in ("下表", "下图", "如表", "如图", "如下", "见")):
            continue
        for pattern, is_there, message in _KINDS:
            for match in re.finditer(pattern, piece.text):
                if is_there(report, piece, match):
                    continue
                span = Span(piece.span.start + match.start(), piece.span.start + match.end())
                text = match[0]
                if is_there is _has_table_below and _may_follow(report, span.end):
                    yield Undetermined(_NOT_READ.fill(text=text))
                else:
                    most = Severity.INFO if is_there is _has_figure else None
                    yield Finding(span, message.fill(text=text), _HELP, at_most=most)


def _may_follow(report: Report, end: int) -> bool:
    """Return whether a table may follow *end* unread: the next lines are as short as cells."""
    if report.unreadable:
        return True
    lines = [line.strip() for line in report.text[end:].split("\n")[1:] if line.strip()][:_LINES]
    return len(lines) == _LINES and all(len(line) <= _SHORT and "。" not in line for line in lines)
