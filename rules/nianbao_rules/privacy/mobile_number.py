"""PRV002 mobile-number."""

from nianbao.api import Context, Report, Severity, Text, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import GAP, OPEN, OTHER_CODE, SHUT, digits_of

from nianbao_rules.privacy.shared import masking, texts, words_before
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PRIVACY

_MOBILE = Text("“{text}”是手机号码", "“{text}” is the number of a mobile telephone")
_MOBILE_HELP = Text(
    "换成办公电话；属于个人的号码删去。确是对外公布的工作手机的，可以不改",
    "give the telephone of the office, and delete a private number; one published for work may be kept",
)
_ELEVEN = rf"{OPEN}(?:\+?86{GAP})?(?P<number>[1１][3-9３-９]\d{GAP}\d{{4}}{GAP}\d{{4}}){SHUT}"
_ON_DUTY = r"(?:值班|工作|公务|办公|服务|监督|举报)(?:用)?(?:手机|电话|热线|号)[^，。；、\d]{0,4}$"
_TO_CALL = r"电话|手机|联系|号码|微信|致电|拨打|短信"
_MOST_ZEROS = 6  # 13000000000 is a row of cells run together, not a telephone number


@rule(
    "PRV002",
    "mobile-number",
    summary=Text("文中没有手机号码", "no number of a mobile telephone is published"),
    basis=PRIVACY,
    severity=Severity.WARNING,
)
def mobile_number(report: Report, context: Context) -> Results:
    """联系方式应当写办公电话，不写手机号码。

    为什么：手机号码多半属于个人，公布后本人会不断受到打扰，人员一变动号码也就没用了；
    当事人的手机号码是个人隐私，条例第十五条规定不得公开。
    写明是值班手机、工作电话、监督电话等的，是有意公布的，不算。网址、索引号里的数字不算。

    反例：联系人：办公室，电话138××××5678（实际号码没有遮去）。
    正例：联系电话：0571-8850126；值班手机138××××5678。

    怎样改：换成办公电话。
    """
    for piece in texts(report):
        for match in re.finditer(_ELEVEN, piece.text):
            before = words_before(piece, match.start())
            if report.unreadable and not re.search(_TO_CALL, before):  # it may be a row of that table
                continue
            if digits_of(match[0]).count("0") <= _MOST_ZEROS and not re.search(
                f"{_ON_DUTY}|(?:{OTHER_CODE})", before
            ):
                hidden = (match.start("number") + 3, match.end() - 4)
                yield masking(piece, match.span(), hidden, _MOBILE, _MOBILE_HELP)
