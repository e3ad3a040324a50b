"""TYP008 collocation."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING
from nianbao_rules.typos.shared import CHANGE, span_in

_COLLOCATION = Text("“{text}”搭配不当，通常说“{right}”", "“{text}” is unusual; the usual words are “{right}”")
# The verb that each noun goes with, and verbs often written instead.
_RIGHT = {
    "力度": "加大",
    "意识": "增强",
    "步伐": "加快",
    "水平": "提高",
    "质量": "提高",
    "效率": "提高",
}
_WRONG = {
    "力度": ("加强", "提升", "提高", "增强", "扩大", "增加"),
    "意识": ("提高", "提升", "加大", "扩大", "增加"),
    "步伐": ("加强", "加大", "提高", "提升"),
    "水平": ("加强", "加大", "增加", "扩大"),
    "质量": ("加强", "加大", "增加", "扩大"),
    "效率": ("加强", "加大", "增加", "扩大"),
}
_MISUSED = ("加强", "加大", "提高", "提升", "增强", "扩大", "增加")
_OTHER_VERBS = (
    "和", "并", "与", "及", "以", "加快", "保障", "保证", "确保", "促进", "推动", "改进", "改善", "优化", "影响",
)  # fmt: skip
# A noun that may be part of a longer word is left out.
_NOUNS = rf"(?:{'|'.join(_RIGHT)})(?=[，,。；;、：和与及并等）)\s]|$)"
_BETWEEN = 8  # characters between a verb and its noun


@rule(
    "TYP008",
    "collocation",
    summary=Text("常用的搭配不写错", "verbs and nouns go together in the usual way"),
    basis=OWN_READING,
)
def collocation(report: Report, context: Context) -> Results:
    """力度说“加大”，意识说“增强”，水平、质量、效率说“提高”，步伐说“加快”。

    为什么：“加强力度”“提高意识”是公文里常见的搭配不当。语言习惯各人不同，所以只作提示。
    中间另有动作的（“加强培训，提高水平”“加强管理提高质量”）不算。

    反例：加强公开力度；提高服务意识；加大业务水平。
    正例：加大公开力度；增强服务意识；提高业务水平；加强力量。

    怎样改：按提示改换动词。
    """
    for piece in report.paragraphs:
        for match in re.finditer(_NOUNS, piece.text):
            at, noun = match.start(), match[0]
            right = _RIGHT[noun]
            start, verb = _nearest_verb(piece.text, at)
            if verb in _WRONG[noun]:
                corrected = f"{right}{piece.text[start + len(verb) : at]}{noun}"
                whole, edit = span_in(piece, start, at + len(noun)), span_in(piece, start, start + len(verb))
                advice = CHANGE.fill(right=corrected)
                message = _COLLOCATION.fill(text=report.source[whole], right=corrected)
                yield Finding(whole, message, advice, fix=Fix(advice, False, (Edit(edit, verb, right),)))


def _nearest_verb(text: str, at: int) -> tuple[int, str]:
    """Return the offset of the verb nearest before *at*, and the verb; "" if another verb or a sign is between."""
    start = max(0, at - _BETWEEN - 2)
    before = text[start:at]
    offset, verb = max((before.rfind(verb), verb) for verb in _MISUSED)
    between = before[offset + 2 :]
    parted = any(word in between for word in _OTHER_VERBS) or not (between.isalpha() or not between)
    return (at, "") if offset < 0 or parted else (start + offset, verb)
