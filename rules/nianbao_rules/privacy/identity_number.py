"""PRV001 identity-number."""

from collections.abc import Iterator

from nianbao.api import Context, Piece, Report, Text, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import (
    OPEN,
    OTHER_CODE,
    SHUT,
    digits_of,
    identity_numbers,
    is_identity_number,
)

from nianbao_rules.privacy.shared import masking, texts, words_before
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PRIVACY

_IDENTITY = Text("“{text}”是公民身份号码", "“{text}” is the number of a citizen's identity card")
_IDENTITY_HELP = Text(
    "删去号码；确需指明某人的，用“申请人张某”一类写法，并核对这段文字能不能公开",
    "delete the number; if a person has to be named, write 申请人张某, and check that the passage may be published",
)
_FIFTEEN = rf"{OPEN}\d{{15}}{SHUT}"


@rule(
    "PRV001",
    "identity-number",
    summary=Text("文中没有公民身份号码", "no number of an identity card is published"),
    basis=PRIVACY,
)
def identity_number(report: Report, context: Context) -> Results:
    """年度报告里不得出现公民身份号码。

    为什么：身份号码是个人隐私，登在网上就收不回来，条例第十五条规定不得公开。
    十八位的，地区、出生日期、校验码都对才算；十五位的旧号码，前面写明“身份证”才算。
    统一社会信用代码、索引号、文号不算。提示里号码的中间几位一律遮去。

    反例：申请人的身份证号为××××××19900101××××（实际号码没有遮去）。
    正例：答复了申请人李某的申请；索引号330182001/2022-00123。

    怎样改：删去号码，并检查同一段里有没有其他个人信息。
    """
    for piece in texts(report):
        for match in (*identity_numbers(piece.text), *_old_numbers(piece)):
            hidden = (match.start() + 3, match.end() - 2)
            yield masking(piece, match.span(), hidden, _IDENTITY, _IDENTITY_HELP)


def _old_numbers(piece: Piece) -> Iterator[re.Match[str]]:
    """Yield the numbers of 15 digits, of which the words before have to say what they are."""
    for match in re.finditer(_FIFTEEN, piece.text):
        before = words_before(piece, match.start())
        named = "身份" in before and not re.search(OTHER_CODE, before)
        if is_identity_number(digits_of(match[0]), named):
            yield match
