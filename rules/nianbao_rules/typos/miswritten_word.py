"""TYP001 miswritten-word."""

from collections.abc import Iterator
from functools import lru_cache

from nianbao.api import Context, Edit, Finding, Fix, Piece, Report, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import STANDARD_WRITING
from nianbao_rules.shared.confusions import CONFUSIONS, PAIRS, SINGLE, SOUND, Confusion, Miswritten
from nianbao_rules.shared.contents import lists_parts
from nianbao_rules.typos.shared import CHANGE, span_in, text_written, written

# Patterns are compiled only if a text needs them: most do not.
_MISWRITTEN = Text("“{wrong}”应为“{right}”（{reason}）", "“{wrong}” should read “{right}”")
_MISWRITTEN_HELP = Text(
    "改为“{right}”；确属引用原文的，可以不改", "write “{right}”, unless the words are quoted as they are"
)
_BEFORE_DATE = r"截止(?=20\d\d年|[本当上去今]年|\d{1,2}月\d|目前|年底|年末)"
_BEFORE_SITE = r"登陆(?=[^，。；：！？\n]{0,24}?(?:网站|网页|网址|官网|门户|主页|平台|系统|客户端|邮箱|公众号|小程序|账号|APP))"
_LANDING = "台风|飓风|风暴|登陆点"
_AS_PRINTED = r"其它(?=需要报告|处理|结果|法律行政法规|对外管理服务)"


@rule(
    "TYP001",
    "miswritten-word",
    summary=Text("正文没有常见的错别字", "no word is written in one of the common wrong ways"),
    basis=STANDARD_WRITING,
)
def miswritten_word(report: Report, context: Context) -> Results:
    """正文和小标题不应有常见的错别字，例如“政务信心”“行政复义”“截止2024年12月31日”。

    为什么：年度报告是公开的正式文件，错别字会改变意思，也让人怀疑数据是不是同样没有核对。
    查两样：一张固定的词表，表中的写法在这类报告里没有别的用法，“总结”“其它”等有正当用法的词不在其中，
    只在小标题用了格式印有的“其他……”时才指出“其它”；条例、格式和日常工作的固定说法，如“规范性文件”
    “社会评议”“应公开尽公开”，其中一个字写成同音、近音或者形近的字，而写成的又不是别的词。
    表格的行列名称由 SUM007、ART006 检查，各部分的标题由 SEC004 检查，
    导语所列各部分的名称由 HDR008 检查，这里都不重复。

    反例：“利用公众号及时公开政务信心”；“截止2024年12月31日，共收到申请12件”；“开展社会平议”。
    正例：“利用公众号及时公开政务信息”；“意见征集于12月31日截止”。

    怎样改：按提示改正；引用原文的除外。
    """
    suspects = set(_suspects(text_written(report)))
    for piece, headed in written(report):
        end = 0
        for word in sorted(
            {*_listed(piece.text, suspects), *_slips(piece.text), *_by_context(piece.text, headed)}
        ):
            if word.start >= end:  # 建立建全制度 matches two entries and is one mistake
                yield _miswritten(piece, word)
                end = word.start + len(word.wrong)


def _suspects(text: str) -> Iterator[Confusion]:
    """Yield the entries whose wrong words are in *text*, found by their signs."""
    for match in re.finditer(SINGLE, text):
        at = match.start()
        for entry in CONFUSIONS[match[0]]:
            if text.startswith(entry[1], at - entry[0]):
                yield entry
    for sign in PAIRS:
        if sign in text:
            yield from (entry for entry in CONFUSIONS[sign] if entry[1] in text)


def _listed(text: str, suspects: set[Confusion]) -> Iterator[Miswritten]:
    """Yield the wrong words of *suspects* in *text*, except inside a longer word in which they are right."""
    for _, wrong, right, reason, longer in suspects:
        start = text.find(wrong)
        while start >= 0:
            around = any(
                text.startswith(word, start - word.index(wrong))
                for word in longer
                if start >= word.index(wrong)
            )
            if not around and not lists_parts(text, start):
                yield Miswritten(start, wrong, right, reason)
            start = text.find(wrong, start + len(wrong))


# In an editor most paragraphs come again with each version.
@lru_cache(maxsize=4096)
def _slips(text: str) -> tuple[Miswritten, ...]:
    from nianbao_rules.shared.slips import slips  # a long list, which only a check needs

    return tuple(word for word in slips(text) if not lists_parts(text, word.start))


def _by_context(text: str, headed: bool) -> Iterator[Miswritten]:
    """Yield the words in *text*, a heading if *headed*, that are wrong before what follows them."""
    for match in re.finditer(_BEFORE_DATE, text) if "截止" in text else ():
        yield Miswritten(match.start(), "截止", "截至", "后面有日期")
    if "登陆" in text and not re.search(_LANDING, text):
        for match in re.finditer(_BEFORE_SITE, text):
            yield Miswritten(match.start(), "登陆", "登录", SOUND)
    for match in re.finditer(_AS_PRINTED, text) if headed else ():
        yield Miswritten(match.start(), "其它", "其他", "格式用字")


def _miswritten(piece: Piece, word: Miswritten) -> Finding:
    span = span_in(piece, word.start, word.start + len(word.wrong))
    values = {"wrong": word.wrong, "right": word.right, "reason": word.reason}
    fix = Fix(CHANGE.fill(**values), False, (Edit(span, word.wrong, word.right),))
    return Finding(span, _MISWRITTEN.fill(**values), _MISWRITTEN_HELP.fill(**values), data=values, fix=fix)
