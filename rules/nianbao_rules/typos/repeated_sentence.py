"""TYP005 repeated-sentence."""

from collections.abc import Sequence
from itertools import pairwise

from nianbao.api import Context, Edit, Finding, Fix, Related, Report, Span, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.typos.shared import span_in

_AGAIN = Text(
    "这句话前面已经写过：“{text}”（这一段共{count}句）",
    "this was written before: “{text}” ({count} such sentences in this paragraph)",
)
_AGAIN_HELP = Text("留一处，另一处删去或者改写", "keep one of them, and delete or rewrite the other")
_TWICE = Text("“{text}”连着写了两遍", "“{text}” is written twice in a row")
_TWICE_HELP = Text("删去一遍", "delete one of them")
_FIRST_TIME = Text("第一次写在这里", "first written here")
_LONG_ENOUGH = 20  # characters of a sentence that is not written twice by chance
_SENTENCE = rf"[^，,。；;！!？?：:\n]{{{_LONG_ENOUGH},}}"
# Figures, denials and laws are rightly repeated in each place to which they belong.
_MAY_BE_REPEATED = r"\d|没有|未|无|《|国务院办公厅|条例"
_PREFIX = 40
_STOPS = "。！？"  # at the end of a sentence
_NO_CHANCE = 7  # characters that nobody writes twice in a row on purpose


@rule(
    "TYP005",
    "repeated-sentence",
    summary=Text("没有重复的句子", "no sentence is written twice"),
    basis=OWN_READING,
)
def repeated_sentence(report: Report, context: Context) -> Results:
    """同样的话不应写两遍。

    为什么：重复的句子多半是粘贴时留下的，也占去了本来应当写做法和结果的篇幅。
    二十个字以上、一字不差的才算，一段只提示一次。有数字的、说没有发生的、有法规和文件名称的不算：
    这些在总体情况和后面的部分里本来就可能各写一次。同一段里紧接着又写一遍的，七个字以上都算。

    反例：第一段、第三段都写“最大限度地方便群众了解和监督政府各项工作的开展”。
    正例：总体情况和第四部分都写“没有因政府信息公开工作被申请行政复议的情况”。

    怎样改：留一处。
    """
    seen: dict[str, tuple[int, Span]] = {}
    for number, piece in enumerate(report.paragraphs):
        in_a_row = _in_a_row(piece.text)
        for start, middle, end, text in in_a_row:
            message = _TWICE.fill(text=text if len(text) <= _PREFIX else f"{text[:_PREFIX]}……")
            once = span_in(piece, start, middle)
            fix = Fix(_TWICE_HELP, False, (Edit(once, piece.text[start:middle], ""),))
            beside = (Related(once, _FIRST_TIME),)
            yield Finding(span_in(piece, middle, end), message, _TWICE_HELP, related=beside, fix=fix)
        again: list[Span] = []
        before: dict[int, Span] = {}  # what was written first, by its paragraph
        for match in re.finditer(_SENTENCE, piece.text):
            words = "".join(match[0].split())
            span = span_in(piece, *match.span())
            paragraph, first = seen.setdefault(words, (number, span))
            if (
                not in_a_row
                and first is not span
                and len(words) >= _LONG_ENOUGH
                and not re.search(_MAY_BE_REPEATED, words)
            ):
                again.append(span)
                one = before.get(paragraph, first)
                before[paragraph] = Span(min(one.start, first.start), max(one.end, first.end))
        if again:
            text = "".join(report.source[again[0]].split())
            text = text if len(text) <= _PREFIX else f"{text[:_PREFIX]}……"
            related = tuple(Related(first, _FIRST_TIME) for first in before.values())
            whole = Span(again[0].start, again[-1].end)
            yield Finding(whole, _AGAIN.fill(text=text, count=len(again)), _AGAIN_HELP, related=related)


def _in_a_row(text: str) -> Sequence[tuple[int, int, int, str]]:
    """Return where a sentence, part or clause of *text* begins that is written twice in a row, where again, its end and words."""
    clauses = [clause for part in re.findall(rf"[^{_STOPS}；，\n]+", text) if (clause := part.strip())]
    if len(set(clauses)) == len(clauses):
        return ()  # so it is with most paragraphs
    found: set[tuple[int, int, int, str]] = set()
    for ends in (_STOPS, f"{_STOPS}；", f"{_STOPS}；，"):
        parts = [
            (match[1].strip(), *match.span()) for match in re.finditer(rf"([^{ends}\n]+)(?:[{ends}]|$)", text)
        ]
        found.update(
            (start, middle, end, one)
            for (one, start, middle), (other, again, end) in pairwise(parts)
            if one == other and middle == again and len(one) >= _NO_CHANCE
        )
    return sorted(found)
