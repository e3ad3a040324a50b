"""PRV004 private-mailbox."""

from nianbao.api import Context, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.privacy.shared import masking
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OFFICIAL_CONTACT

_MAILBOX = Text("“{text}”是公共邮箱，不是政务邮箱", "“{text}” is a public mailbox, not one of the government")
_MAILBOX_HELP = Text(
    "换成本机关的政务邮箱；没有的，只写办公电话和地址",
    "give the mailbox of the organ; if it has none, its telephone and address are enough",
)
_PRIVATE_MAIL = (
    r"(?P<name>[A-Za-z0-9_.+-]{1,64})@(?:vip\.)?"
    r"(?:qq|foxmail|163|126|139|189|yeah|sina|sohu|tom|21cn|aliyun|gmail|hotmail|outlook|live|yahoo|icloud)"
    r"\.(?:com|cn|net)(?:\.cn)?(?![A-Za-z0-9]|[.-][A-Za-z0-9])"
)


@rule(
    "PRV004",
    "private-mailbox",
    summary=Text("联系邮箱是政务邮箱", "the contact mailbox is one of the government"),
    basis=OFFICIAL_CONTACT,
    severity=Severity.INFO,
)
def private_mailbox(report: Report, context: Context) -> Results:
    """对外公布的邮箱应当是政务邮箱，不用 QQ、163 等公共邮箱。

    为什么：公共邮箱归个人管理，人走了就收不到，来信里的个人信息也没有保障。
    有的乡镇确实没有政务邮箱，没有条款不许用，所以只作提示。提示里邮箱的用户名只显示第一个字符。

    反例：电子邮箱：q×××@qq.com（实际用户名没有遮去）。
    正例：电子邮箱：xxgk@qinghe.gov.cn。

    怎样改：换成政务邮箱。
    """
    if "@" not in report.prose:
        return
    for piece in report.paragraphs:
        for match in re.finditer(_PRIVATE_MAIL, piece.text, re.IGNORECASE) if "@" in piece.text else ():
            start, end = match.span("name")
            yield masking(piece, match.span(), (min(start + 1, end - 1), end), _MAILBOX, _MAILBOX_HELP)
