"""TYP012 broken-address."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.typos.shared import CHANGE, span_in

_BROKEN = Text("“{text}”这个地址打不开", "the address “{text}” leads nowhere")
_BROKEN_HELP = Text("改为“{right}”，并点开核对", "write “{right}”, and open it to check")
_TWO_SCHEMES = Text(
    "“{text}”写了http、https两个开头，核对后只留一个", "“{text}” has http and https; check and keep one"
)
_BLANK = r"[ \t\u3000\xa0]?"
_LAST = r"(?:gov|com|cn|org|net|edu)(?![a-z0-9])"
# A dot between two words of a host, or what is written for it.
_DOT = (
    rf"(?:\.{{1,3}}|．)(?=[a-z0-9])|[.．。，,、]{_BLANK}(?={_LAST})|[ \t\u3000\xa0][.．]{_BLANK}(?={_LAST})"
    rf"|(?<=www){_BLANK}[.．。，,、]{_BLANK}(?=[a-z0-9])|(?<=www)[ \t\u3000\xa0](?=[a-z0-9])"
)
_NAMES = r"h+t+p+s*"
_SCHEME = rf"{_NAMES}{_BLANK}(?:[:：;；]{_BLANK}[/／\\]{{0,4}}|[/／\\]{{1,4}}[:：]?){_BLANK}"
_ADDRESS = (
    rf"(?i)(?<![a-z0-9@./:\-])(?:(?P<scheme>(?:{_SCHEME}){{1,2}})|(?P<box>[a-z0-9._\-]{{1,40}}@{{1,2}}))?"
    rf"(?P<host>[a-z0-9][a-z0-9\-]*(?:(?:{_DOT})[a-z0-9\-]+)+)(?P<path>[:/?][!-~]*)?"
)
_OF_A_SITE = r"(?i)ww+[^a-z0-9]|.*gov"
_SIGNS = ("ttp", "htp", "www", "ww.", "gov", "@")
# What a host is often written as, and what it has to be.
_SLIPS = (
    (r"^(?:www\.www|ww|w{4,})\.", "www."),
    (r"\.(com|cn|gov|org|net|edu)\.\1$", r".\1"),
    (r"\.(?:gov\.(?:c|n|cnn|cm|con)|govcn|gvo\.cn|gov)$", ".gov.cn"),
    (r"\.con$", ".com"),
)


@rule(
    "TYP012",
    "broken-address",
    summary=Text("网址、邮箱写得对", "web and mail addresses are written rightly"),
    basis=ACCURATE,
)
def broken_address(report: Report, context: Context) -> Results:
    """网址、邮箱不应漏写、错写其中的字母和符号。

    为什么：读者照着地址打不开，就看不到报告所说的内容。只查一看就知道写错的：http、www 后面的符号，
    重复的结尾，中文的句号、逗号，中间的空格（转换文件时也会多出空格，只作提示）；不查地址是不是真的有。

    反例：http//www.example.gov.cn；www。example.gov.cn；www.example.gov,cn；www.example.com.com。
    正例：http://www.example.gov.cn；www.example.gov.cn:8080/zwgk。

    怎样改：按提示改正，点开核对。
    """
    for piece in report.paragraphs:
        lower = piece.text.lower()
        if not any(sign in lower for sign in _SIGNS):
            continue
        for match in re.finditer(_ADDRESS, piece.text):
            address, right = match[0], _right(match)
            if address == right:
                continue
            span = span_in(piece, *match.span())
            if len(set(re.findall(_NAMES, (match["scheme"] or "").lower()))) > 1:
                yield Finding(span, _TWO_SCHEMES.fill(text=address), _BROKEN_HELP.fill(right=right))
                continue
            fix = Fix(CHANGE.fill(right=right), False, (Edit(span, address, right),))
            most = Severity.INFO if "".join(address.split()) == right else None
            message, advice = _BROKEN.fill(text=address), _BROKEN_HELP.fill(right=right)
            yield Finding(span, message, advice, fix=fix, at_most=most)


def _right(match: re.Match[str]) -> str:
    """Return the address that is meant by the one written; what is no address is returned as it is."""
    scheme, box, host, path = match["scheme"] or "", match["box"] or "", match["host"], match["path"] or ""
    if not (scheme or box or re.match(_OF_A_SITE, host)):
        return match[0]
    if scheme and not re.fullmatch("(?i)https?://", scheme):
        scheme = "https://" if "s" in scheme.lower() else "http://"
    host = re.sub(rf"(?i){_DOT}", ".", host)
    for slip, right in _SLIPS:
        host = re.sub(rf"(?i){slip}", right, host)
    return f"{scheme}{box.replace('@@', '@')}{host}{path}"
