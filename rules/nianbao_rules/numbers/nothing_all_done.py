"""NUM007 nothing-all-done."""

from nianbao.api import Context, Finding, Report, Span, Text, quantities, rule
from nianbao_grammar import patterns as re

from nianbao_rules.numbers.shared import SEGMENTS, parted
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_VACUOUS = Text("{figure}，谈不上“{words}”", "there were none ({figure}), so “{words}” means nothing")
_VACUOUS_HELP = Text("删去“{words}”", "delete “{words}”")
_ALL = ("均", "全部", "都", "率")  # each such phrase has one of these
_ALL_DONE = (
    r"\s*[^，,。；;、（(]{0,12}[，,]\s*(?P<words>(?:并|且)?(?:已|均|全部|都|依法|依规|按时|按期|及时|在法定(?:时限|期限)内|按照?规定(?:时限|期限)?){0,4}"
    r"(?:均|全部|都)(?:已|依法|依规|按时|按期|及时|在法定(?:时限|期限)内|按照?规定(?:时限|期限)?|予以|给予|得到|进行了?){0,4}(?:办结|办理完?毕?|答复|回复|办复|处理)"
    r"|(?:办结|办复|答复|回复)率(?:为|均为|达到?)?\s*100\s*[%％])"
)


@rule(
    "NUM007",
    "nothing-all-done",
    summary=Text("没有发生的不写“均已办结”", "if there were none, they are not said to be all handled"),
    basis=OWN_READING,
)
def nothing_all_done(report: Report, context: Context) -> Results:
    """一件也没有收到的，不必再写“均按时办结”“全部答复”“办结率100%”。

    为什么：这样的话多半是沿用套话，没有内容，读者还会疑心前面的 0 写错了。
    “均”所指的几项里有一项不是 0 的，不算。

    反例：收到政府信息公开申请0件，均按时办结。
    正例：没有收到政府信息公开申请。

    怎样改：删去后半句；确有办结的，改正前面的数。
    """
    for piece in report.paragraphs:
        if not any(word in piece.text for word in _ALL) or not any(zero in piece.text for zero in "0０零"):
            continue
        for run in parted(piece, quantities(piece.text, piece.span.start), SEGMENTS):
            for index, figure in enumerate(run):
                if not figure.counted or figure.value or not figure.exact:
                    continue
                match = re.compile(_ALL_DONE).match(piece.text, figure.whole.end - piece.span.start)
                if match is None or any(before.value for before in run[:index] if before.counted):
                    continue
                start, end = (at + piece.span.start for at in match.span("words"))
                values = {
                    "figure": report.text[figure.whole.start : figure.whole.end],
                    "words": match["words"].strip(),
                }
                yield Finding(Span(start, end), _VACUOUS.fill(**values), _VACUOUS_HELP.fill(**values))
