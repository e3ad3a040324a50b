"""PRV003 bank-card."""

from nianbao.api import Context, Report, Severity, Text, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import GAP, OPEN, OTHER_CODE, SHUT, digits_of, is_identity_number

from nianbao_rules.privacy.shared import masking, texts, words_before
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PRIVACY

_CARD = Text("“{text}”是银行卡号", "“{text}” is the number of a bank card")
_CARD_HELP = Text(
    "删去卡号；需要公布缴费账户的，写单位的户名、开户行和账号，由财务核对",
    "delete it; for payments give the organ's account with its name and bank, checked by the finance staff",
)
_CARD_NUMBER = rf"{OPEN}\d{{4}}(?:{GAP}\d{{4}}){{3}}(?:{GAP}\d{{1,3}})?{SHUT}"
_OF_A_BANK = r"银行|[账帐]号|[账帐]户|卡号|开户|一卡通|社保卡"
_ISSUED_IN_CHINA = "62"


@rule(
    "PRV003",
    "bank-card",
    summary=Text("文中没有银行卡号", "no number of a bank card is published"),
    basis=PRIVACY,
    severity=Severity.WARNING,
)
def bank_card(report: Report, context: Context) -> Results:
    """年度报告里不得出现个人的银行卡号。

    为什么：卡号关系到财产安全，属于不得公开的个人信息，多半是补贴发放名单或者申请材料里带进来的。
    十六至十九位、校验码正确，并且以62开头或者前面写明银行、账号、卡号的才算。
    身份号码由 PRV001 指出，这里不重复；流水号、编号不算。

    反例：补贴已发到622×××××××××××××（实际卡号没有遮去）。
    正例：补贴已通过银行代发到户。

    怎样改：删去卡号。
    """
    for piece in texts(report):
        for match in re.finditer(_CARD_NUMBER, piece.text):
            digits, before = digits_of(match[0]), words_before(piece, match.start())
            known = digits.startswith(_ISSUED_IN_CHINA) or re.search(_OF_A_BANK, before)
            other = is_identity_number(digits) or re.search(OTHER_CODE, before)
            if known and not other and _luhn(digits):
                hidden = (match.start() + 3, match.end() - 3)
                yield masking(piece, match.span(), hidden, _CARD, _CARD_HELP)


def _luhn(digits: str) -> bool:
    """Return whether the last of *digits* is the check digit of the others; zeros alone are no number."""
    single = sum(map(int, digits[::-2]))
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return single + doubled > 0 and (single + doubled) % 10 == 0
