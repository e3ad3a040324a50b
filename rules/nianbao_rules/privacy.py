"""What a published report must not give away: numbers and names of persons, private mailboxes, secret marks.

Every finding hides what it has found: no output shows the number again.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from nianbao.api import Context, Finding, Piece, Report, Severity, Span, Text, rule

from nianbao_rules.basis import OFFICIAL_CONTACT, PRIVACY, SECRECY

Results = Iterator[Finding]

# Patterns as strings are compiled when a report first gives occasion for them: most have no long number at all.
_LONG_NUMBER = re.compile(r"[0-9０-９]{4}[ \u00a0-]?[0-9０-９]{4}")
_REACH = 24  # so many characters before a number say what it is the number of
# A number goes on in none of these: an address of the web, a number of a document, a code with letters.
_OPEN = r"(?<![A-Za-z\d_./=%#&?+*＊×-])"
_SHUT = r"(?![A-Za-z\d_=%#&*＊×]|[./-][A-Za-z\d])"
_OTHER_CODE = r"信用代码|机构代码|索引号|文号|编号|统一代码|备案号|许可证|项目代码|案号|单号|流水号"
_GAP = r"[ \u00a0-]?"


@lru_cache(maxsize=1)  # three rules ask, one after the other
def _texts(report: Report) -> tuple[Piece, ...]:
    """Return the paragraphs that have a number long enough to be a person's."""
    if not _LONG_NUMBER.search(report.prose):
        return ()
    return tuple(piece for piece in report.paragraphs if _LONG_NUMBER.search(piece.text))


def _before(piece: Piece, start: int) -> str:
    return piece.text[max(0, start - _REACH) : start]


def _digits(text: str) -> str:
    """Return the figures of *text* in ASCII, and its X."""
    return "".join("X" if sign in "xXｘＸ" else str(int(sign)) for sign in text if sign.isalnum())


def _hiding(
    piece: Piece, span: tuple[int, int], hidden: tuple[int, int], message: Text, advice: Text
) -> Finding:
    """Return the finding on *span* of *piece*, whose part *hidden* no output shows."""
    start, end = span
    first, last = hidden
    shown = f"{piece.text[start:first]}{'*' * (last - first)}{piece.text[last:end]}"
    at = piece.span.start
    return Finding(
        Span(at + start, at + end),
        message.fill(text=shown),
        advice,
        data={"text": shown},
        hidden=(Span(at + first, at + last),),
    )


_IDENTITY = Text("“{text}”是公民身份号码", "“{text}” is the number of a citizen's identity card")
_IDENTITY_HELP = Text(
    "删去号码；确需指明某人的，用“申请人张某”一类写法，并核对这段文字能不能公开",
    "delete the number; where a person has to be named, write 申请人张某, and check that the passage may be published",
)
_EIGHTEEN = rf"{_OPEN}\d{{6}}{_GAP}(?:19|20|１９|２０)\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXxｘＸ]{_SHUT}"
_FIFTEEN = rf"{_OPEN}\d{{15}}{_SHUT}"
_REGIONS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


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
    for piece in _texts(report):
        for match in re.finditer(f"{_EIGHTEEN}|{_FIFTEEN}", piece.text):
            before = _before(piece, match.start())
            if is_identity_number(_digits(match[0]), "身份" in before) and not re.search(_OTHER_CODE, before):
                hidden = (match.start() + 3, match.end() - 2)
                yield _hiding(piece, match.span(), hidden, _IDENTITY, _IDENTITY_HELP)


def is_identity_number(digits: str, said: bool = False) -> bool:
    """Return whether *digits* are the number of an identity card; one of 15 figures only if it is *said* so."""
    if digits[:2] not in _REGIONS:
        return False
    birth = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    if not (1900 <= int(birth[:4]) <= 2099 and 1 <= int(birth[4:6]) <= 12 and 1 <= int(birth[6:]) <= 31):
        return False
    if len(digits) == 15:
        return said
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return len(digits) == 18 and _CHECK_DIGITS[total % 11] == digits[17]


_MOBILE = Text("“{text}”是手机号码", "“{text}” is the number of a mobile telephone")
_MOBILE_HELP = Text(
    "换成办公电话；属于个人的号码删去。确是对外公布的工作手机的，可以不改",
    "give the telephone of the office, and delete a private number; one that is published for work may stay",
)
_ELEVEN = rf"{_OPEN}(?:\+?86{_GAP})?(?P<number>[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}){_SHUT}"
_ON_DUTY = r"(?:值班|工作|公务|办公|服务|监督|举报)(?:用)?(?:手机|电话|热线|号码|号)[^，。；、\d]{0,4}$"
_TO_CALL = r"电话|手机|联系|号码|微信|致电|拨打|短信"
_MOST_NOUGHTS = 6  # 13000000000 is a row of cells run together, not a number


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
    for piece in _texts(report):
        for match in re.finditer(_ELEVEN, piece.text):
            before = _before(piece, match.start())
            if report.unreadable and not re.search(_TO_CALL, before):  # it may be a row of that table
                continue
            if _digits(match[0]).count("0") <= _MOST_NOUGHTS and not re.search(
                f"{_ON_DUTY}|(?:{_OTHER_CODE})", before
            ):
                hidden = (match.start("number") + 3, match.end() - 4)
                yield _hiding(piece, match.span(), hidden, _MOBILE, _MOBILE_HELP)


_CARD = Text("“{text}”是银行卡号", "“{text}” is the number of a bank card")
_CARD_HELP = Text(
    "删去卡号；需要公布缴费账户的，写单位的户名、开户行和账号，由财务核对",
    "delete it; for payments give the office's account with its name and bank, checked by those who keep it",
)
_CARD_NUMBER = rf"{_OPEN}\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?{_SHUT}"
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
    for piece in _texts(report):
        for match in re.finditer(_CARD_NUMBER, piece.text):
            digits, before = _digits(match[0]), _before(piece, match.start())
            known = digits.startswith(_ISSUED_IN_CHINA) or re.search(_OF_A_BANK, before)
            other = is_identity_number(digits) or re.search(_OTHER_CODE, before)
            if known and not other and _luhn(digits):
                hidden = (match.start() + 3, match.end() - 3)
                yield _hiding(piece, match.span(), hidden, _CARD, _CARD_HELP)


def _luhn(digits: str) -> bool:
    """Return whether the last of *digits* is the check digit of the others; noughts alone are no number."""
    single = sum(map(int, digits[::-2]))
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return single + doubled > 0 and (single + doubled) % 10 == 0


_MAILBOX = Text(
    "“{text}”是公共邮箱，不是政务邮箱", "“{text}” is a mailbox anybody can have, not one of the government"
)
_MAILBOX_HELP = Text(
    "换成本机关的政务邮箱；没有的，只写办公电话和地址",
    "give the mailbox of the organ; where it has none, its telephone and address are enough",
)
_PRIVATE_MAIL = (
    r"(?P<name>[A-Za-z0-9_.+-]{1,64})@(?:vip\.)?"
    r"(?:qq|foxmail|163|126|139|189|yeah|sina|sohu|tom|21cn|aliyun|gmail|hotmail|outlook|live|yahoo|icloud)"
    r"\.(?:com|cn|net)(?:\.cn)?(?![A-Za-z0-9]|[.-][A-Za-z0-9])"
)


@rule(
    "PRV004",
    "private-mailbox",
    summary=Text("联系邮箱是政务邮箱", "the mailbox to write to is one of the government"),
    basis=OFFICIAL_CONTACT,
)
def private_mailbox(report: Report, context: Context) -> Results:
    """对外公布的邮箱应当是政务邮箱，不用 QQ、163 等公共邮箱。

    为什么：公共邮箱归个人管理，人走了就收不到，来信里的个人信息也没有保障。
    有的乡镇确实没有政务邮箱，所以只作警告。提示里邮箱的用户名只显示第一个字符。

    反例：电子邮箱：q×××@qq.com（实际用户名没有遮去）。
    正例：电子邮箱：xxgk@qinghe.gov.cn。

    怎样改：换成政务邮箱。
    """
    if "@" not in report.prose:
        return
    for piece in report.paragraphs:
        for match in re.finditer(_PRIVATE_MAIL, piece.text, re.IGNORECASE) if "@" in piece.text else ():
            start, end = match.span("name")
            yield _hiding(piece, match.span(), (min(start + 1, end - 1), end), _MAILBOX, _MAILBOX_HELP)


_NAMED = Text("“{text}”写出了当事人的姓名", "“{text}” gives the name of a party")
_NAMED_HELP = Text(
    "改为“申请人张某”一类写法，或者只写“申请人”", "write 申请人张某 or the like, or 申请人 alone"
)
_PARTIES = (
    "申请人",
    "举报人",
    "投诉人",
    "信访人",
    "当事人",
    "上访人",
    "原告",
    "起诉人",
    "上诉人",
    "村民",
    "居民",
)
# Surnames that begin few other words; 于, 和, 高, 方, 时, 安, 许 and their like would be read into the sentence.
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚"
_NOT_NAMES = (
    r"陈述|陈情|周期|周知|周边|周围|何时|何种|何地|何事|林业|林地|马上|程序|曹操|丁等|田地|范围|范文|龙头|段落|雷同|钱款|钱物|武装"
    r"|贺信|赖以|胡乱|谢绝|谢意|郑重|曾经|曾就|曾向|曾以|曾因|曾对|曾于|曾在|曾申|曾提|夏季|秦岭|孟春|黄河|黄金|汪洋|马路|杨树|罗列|顾虑"
    r"|杜绝|戴上|孔庙|邵阳|沈阳|郑州|温州|徐州|苏州|贺州|林州|邓州|雷州|.(?:女士|先生|小姐|同志|老师|[某姓氏])|韩国|唐山|吴江|黎明|张贴|张榜|张挂|宋体|孙子|唐代|宋代"
)
_NAME = (
    rf"(?:{'|'.join(_PARTIES)})(?:（[^（）\n]{{1,12}}）)?[：:]?[“\"]?"
    rf"(?P<name>(?!{_NOT_NAMES})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[，,。；;、）)”\"]|[因向于对就以等与和诉的]|提[出起交]|申[请诉]|起诉|不服|要求|反映|投诉|举报|来[信访电]|通过|认为|不满|撤[回诉]|收到)"
)
_WITHHELD = "某×xXＸ*＊"
_BEFORE_A_NAME = '（：:“"'


def _may_name(text: str) -> bool:
    """Return whether a party in *text* is followed by what may be a surname: the pattern costs more to compile."""
    signs = (behind[:1] for party in _PARTIES if party in text for behind in text.split(party)[1:])
    return any(sign and (sign in _SURNAMES or sign in _BEFORE_A_NAME) for sign in signs)


@rule(
    "PRV005",
    "party-named",
    summary=Text("不写申请人、举报人等的姓名", "no applicant or complainant is named"),
    basis=PRIVACY,
    severity=Severity.WARNING,
)
def party_named(report: Report, context: Context) -> Results:
    """讲到某一件申请、投诉、复议时，不应写出当事人的姓名。

    为什么：谁申请了什么、同谁打官司，是个人的事情，条例第十五条规定不得公开；多半是从答复书里照抄来的。
    只查紧跟在“申请人”“举报人”“原告”等后面的姓名；已经写作“张某某”的不算，公职人员的姓名不查。

    反例：申请人张××（实际写了全名）因不服答复提起行政复议。
    正例：申请人张某因不服答复提起行政复议；政务公开由副镇长分管。

    怎样改：改为“张某”或者只写“申请人”。
    """
    for piece in report.paragraphs if _may_name(report.prose) else ():
        for match in re.finditer(_NAME, piece.text) if _may_name(piece.text) else ():
            start, end = match.span("name")
            if not any(sign in match["name"] for sign in _WITHHELD):
                yield _hiding(piece, (start, end), (start + 1, end), _NAMED, _NAMED_HELP)


_MARK = Text("“{text}”是密级或者内部资料的标记", "“{text}” marks a secret or an internal document")
_MARK_HELP = Text(
    "核对这段内容能不能公开：不能公开的删去，可以公开的删去标记",
    "check whether the passage may be published: delete it if not, else delete the mark",
)
_MARKS = (
    r"(?:绝密|机密|秘密) ?[★☆▲](?: ?(?:长期|\d{1,2} ?[年月]))?"
    r"|密 ?级 ?[：:] ?(?:绝密|机密|秘密|内部)"
    r"|内部(?:资料|文件|材料|刊物)[，,、；;（( ]{0,2}(?:注意保密|注意保存|不得外传|严禁外传|请勿外传|不得公开|禁止公开|妥善保管)"
    r"|(?:仅供|只供|限)(?:机关|单位|系统)?内部(?:使用|参考|传阅|掌握)"
)

# One of these is in each of them.
_MARK_SIGNS = (
    *("★", "☆", "▲", "密级", "密 级"),
    *("内部" + use for use in ("资料", "文件", "材料", "刊物", "使用", "参考", "传阅", "掌握")),
)


@rule(
    "PRV006",
    "secrecy-mark",
    summary=Text("没有留下密级、内部资料的标记", "no mark of secrecy or internal use is left"),
    basis=SECRECY,
    severity=Severity.INFO,
)
def secrecy_mark(report: Report, context: Context) -> Results:
    """公开的报告里不应留有“秘密★1年”“内部资料 注意保密”一类标记。

    为什么：有标记的文字可能是从不公开的文件里摘来的，公开前应当审查；也可能只是标记没有删去。
    讲保密审查制度、引用“属于国家秘密”的，不算。程序看不出内容是不是涉密，所以只作提示。

    反例：（机密★一年）……；内部资料，注意保密。
    正例：公开前逐件审查，防止泄露国家秘密；不予公开的申请中属于国家秘密的2件。

    怎样改：核对内容能否公开，再删去内容或者标记。
    """
    if not any(sign in report.prose for sign in _MARK_SIGNS):
        return
    for piece in report.paragraphs:
        for match in re.finditer(_MARKS, piece.text):
            at = piece.span.start
            span = Span(at + match.start(), at + match.end())
            yield Finding(span, _MARK.fill(text=match[0]), _MARK_HELP)
