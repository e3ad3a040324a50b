"""PRV005 party-named."""

from nianbao.api import Context, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.privacy.shared import masking
from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import PRIVACY

_NAMED = Text("“{text}”写出了当事人的姓名", "“{text}” gives the name of a party")
_NAMED_HELP = Text(
    "改为“申请人张某”一类写法，或者只写“申请人”", "write for example 申请人张某, or only 申请人"
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
# Surnames that begin few other words; 于, 和, 高, 方, 时, 安, 许 and others would match ordinary words.
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚"
_BEHIND = r"(?=[，,。；;、）)”\"]|[因向于对就以等与和诉的]|提[出起交]|申[请诉]|起诉|不服|要求|反映|投诉|举报|来[信访电]|通过|认为|不满|撤[回诉]|收到|当面|本人|签收|领取)"
_NOT_NAMES = (
    r"陈述|陈情|周期|周知|周边|周围|何时|何种|何地|何事|林业|林地|马上|程序|曹操|丁等|田地|范围|范文|龙头|段落|雷同|钱款|钱物|武装"
    r"|贺信|赖以|胡乱|谢绝|谢意|郑重|曾经|曾就|曾向|曾以|曾因|曾对|曾于|曾在|曾申|曾提|夏季|秦岭|孟春|黄河|黄金|汪洋|马路|杨树|罗列|顾虑"
    r"|杜绝|戴上|孔庙|邵阳|沈阳|郑州|徐州|苏州|贺州|林州|邓州|雷州|.(?:女士|先生|小姐|同志|老师|[姓氏])|韩国|唐山|吴江|黎明|张贴|张榜|张挂|宋体|孙子|唐代|宋代"
    rf"|周[一二三四五六日末]{_BEHIND}"
)
_NAME = (
    rf"(?:{'|'.join(_PARTIES)})(?:（[^（）\n]{{1,12}}）)?[：:]?[“\"]?"
    rf"(?P<name>(?!{_NOT_NAMES})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?){_BEHIND}"
)
_BEFORE_A_NAME = '（：:“"'


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
            if "某" not in match["name"]:
                yield masking(piece, (start, end), (start + 1, end), _NAMED, _NAMED_HELP)


def _may_name(text: str) -> bool:
    """Return whether a party in *text* is followed by a possible surname: the pattern costs more to compile."""
    signs = (after[:1] for party in _PARTIES if party in text for after in text.split(party)[1:])
    return any(sign and (sign in _SURNAMES or sign in _BEFORE_A_NAME) for sign in signs)
