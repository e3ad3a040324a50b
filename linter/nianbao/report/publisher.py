"""The organ of a report whose title does not name one: by its metadata, its preamble or its signature."""

from collections import Counter
from collections.abc import Iterator

from nianbao_grammar import patterns as re

from nianbao.report.issuer import Issuer, infer
from nianbao.report.syntax import Outline
from nianbao.report.title import joined

_LABELLED = re.compile(
    r"(?:发布|公开|编制|责任|制发|发文|公布)(?:机构|单位|机关|部门|主体)\s*(?:[:：|]|\n|\s)\s*(?P<name>[\u4e00-\u9fff（）()]{3,30})"
)
_MADE_BY = re.compile(r"由(?P<name>[\u4e00-\u9fff]{3,25}?)(?:负责)?(?:编制|编写|撰写)")
_SUBJECT = re.compile(
    r"(?:^|[，。；\n])(?:现将|现公布|现向社会公布)?(?P<name>[\u4e00-\u9fff]{4,20}?)(?=根据|按照|依据|对照|结合|汇总|20\d\d年)"
)
_SIGNED = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）() \u3000]{3,40})\n\s*(?:20\d\d|二[〇○零Ｏ0O]\S\S)\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日\s*$"
)
_SELF = re.compile(r"[我本](局|委|办|厅|院|镇|乡|街道|中心|队|处|公司)")
_HEAD, _TAIL = 1500, 200  # characters of a text that may name the organ
_SHORTEST = 4


def publisher(text: str, outline: Outline, prose: str) -> Issuer | None:
    """Return the organ that publishes *text*, None if nothing but its title could name it.

    What the report calls itself in its *prose* (我局, 我镇) has to fit: a site may publish what others have written.
    """
    own = Counter(_SELF.findall(prose))
    word = own.most_common(1)[0][0] if own else ""
    for name in _named(text, outline):
        organ = infer(name)
        if len(name) >= _SHORTEST and organ.level is not None and word in name:
            return organ
    return None


def _named(text: str, outline: Outline) -> Iterator[str]:
    """Yield the names that may be those of the organ, the surest first."""
    end = outline.sections[0].heading.span.start if outline.sections and outline.sections[0].heading else 0
    head = text[: min(end, _HEAD)]
    places = ((_SIGNED, text[-_TAIL:]), (_LABELLED, head), (_MADE_BY, head), (_SUBJECT, head))
    for pattern, where in places:
        for match in pattern.finditer(where.rstrip() if pattern is _SIGNED else where):
            yield joined(match["name"])
