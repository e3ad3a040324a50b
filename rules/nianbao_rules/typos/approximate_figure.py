"""TYP007 approximate-figure."""

from nianbao.api import Context, Finding, Piece, Related, Report, Severity, Text, rule, same
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import NUMBERS
from nianbao_rules.typos.shared import span_in

_UNIT = r"(?:条|件|篇|次|人|份|期|个|项|户|元|场|批|万|亿)"
_INEXACT = Text("“{text}”：个位不是零的数后面不用“余”“多”", "“{text}”: 余 and 多 go only with a round figure")
_INEXACT_HELP = Text(
    "写准确的数，或者写整数加“余”，如60余条", "give the exact figure, or a round one with 余"
)
_TWO_WAYS = Text(
    "“{text}”前后两个约数词互相矛盾或者重复", "“{text}” has two words for about, nearly or more than"
)
_TWO_WAYS_HELP = Text("只留一个：近70条，或者60余条", "keep one of them")
_MIXED_NUMERAL = Text(
    "“{text}”把阿拉伯数字和汉字数字混在一个数里", "“{text}” mixes two ways of writing one number"
)
_MIXED_NUMERAL_HELP = Text(
    "全部用阿拉伯数字；单位可以用“万”“亿”，不用“千”“百”", "use figures, with 万 and 亿 but not 千 and 百"
)
_TIMES_FEWER = Text("“{text}”：减少不用“倍”表示", "“{text}”: nothing falls by times its size")
_TIMES_FEWER_HELP = Text(
    "写减少的数、百分比，或者减到几分之几", "give the number or percentage, or the fraction that is left"
)
_VISITS = Text("“{text}”不必加括号（共{count}处）", "“{text}” needs no brackets ({count} times)")
_VISITS_HELP = Text("写作“人次”", "write 人次")
# Searched by the sign after the figure: tables are full of figures, but few have one of these.
_BEHIND_A_FIGURE = r"[余多千百万](?<=\d.)"
_GOES_ON = rf"[余多](?={_UNIT})|[千百](?=[余多]?{_UNIT}|\d)|万(?=\d+千)"
_VISITORS = r"[（(]人[）)]次"
_MANY = r"(?:\d{2,}|\d*[一二两三四五六七八九几数]?[十百千万])[\d万余多]{0,6}"
_WRONG_WAYS = (
    (rf"(?:超过?|逾|突破|不少于)[近约]{_MANY}{_UNIT}", _TWO_WAYS, _TWO_WAYS_HELP),
    (rf"[近约]{_MANY}{_UNIT}次?(?:左右|上下|以上)", _TWO_WAYS, _TWO_WAYS_HELP),
    (rf"(?:超过|逾|突破|不少于){_MANY}{_UNIT}次?(?:左右|上下|以上|以内)", _TWO_WAYS, _TWO_WAYS_HELP),
    (rf"[一二两三四五六七八九几][十百千万]\d{{1,4}}{_UNIT}", _MIXED_NUMERAL, _MIXED_NUMERAL_HELP),
    (
        r"(?:下降|降低|减少|缩短|压缩)[了近约超过达]{0,3}(?:[1-9]\d*(?:\.\d+)?|[一两三四五六七八九十])倍",
        _TIMES_FEWER,
        _TIMES_FEWER_HELP,
    ),
)
_FIGURE_REACH = 16
_FIGURE = r"(?P<nearly>[近约])?(?P<figure>(?:\d+万)?\d[\d.]*)$"


@rule(
    "TYP007",
    "approximate-figure",
    summary=Text("约数、大数写法规范", "round and large figures are written in the usual way"),
    basis=NUMBERS,
    severity=Severity.INFO,
)
def approximate_figure(report: Report, context: Context) -> Results:
    """“余”“多”只跟在整数后面；一个数不混用两种数字；减少不说几倍；“人次”不加括号。

    为什么：“68余条”既像准确数又像约数，别处写68条还是69条就说不清；“近60余条”前后矛盾；
    “3千余条”“1万2千”不合数字用法的国家标准。“12345百姓热线”等专名不算。

    反例：发布信息68余条；近60余条；超过近万条；5千余次；一百20条；下降了2倍；访问982（人）次。
    正例：发布信息60余条；近70条；5000余次；1.2万人次。

    怎样改：写准确的数，或者写整数加“余”。
    """
    if re.search(_BEHIND_A_FIGURE, report.prose):
        for piece in report.paragraphs:
            for match in re.finditer(_BEHIND_A_FIGURE, piece.text):
                yield from _inexact(piece, match.start())
    for pattern, message, advice in _WRONG_WAYS:
        for piece in report.paragraphs if re.search(pattern, report.prose) else ():
            for match in re.finditer(pattern, piece.text):
                yield Finding(span_in(piece, *match.span()), message.fill(text=match[0]), advice)
    if "人）次" in report.prose or "人)次" in report.prose:
        visits = [span_in(p, *m.span()) for p in report.paragraphs for m in re.finditer(_VISITORS, p.text)]
        related = tuple(Related(span, same(report.source[span])) for span in visits[1:])
        for first in visits[:1]:
            message = _VISITS.fill(text=report.source[first], count=len(visits))
            yield Finding(first, message, _VISITS_HELP, related=related)


def _inexact(piece: Piece, at: int) -> Results:
    """Yield the finding on the figure before the sign at *at*, if it is written wrong."""
    figure = re.search(_FIGURE, piece.text[max(0, at - _FIGURE_REACH) : at])
    after = piece.text[at : at + _FIGURE_REACH]
    if figure is None or not re.match(_GOES_ON, after):
        return
    round_one = figure["figure"][-1] in "0０" or "." in figure["figure"]
    if piece.text[at] not in "余多" and "万" in figure["figure"]:
        return  # 1万2千 is reported at its 万
    if piece.text[at] not in "余多":
        message, advice = _MIXED_NUMERAL, _MIXED_NUMERAL_HELP
    elif figure["nearly"]:
        message, advice = _TWO_WAYS, _TWO_WAYS_HELP
    elif not round_one:
        message, advice = _INEXACT, _INEXACT_HELP
    else:
        return
    end = re.match(rf"[余多千百万]\d*[余多千]?(?:{_UNIT})?", after)
    assert end is not None
    start, end_at = at - len(figure[0]), at + end.end()
    message = message.fill(text=piece.text[start:end_at])
    yield Finding(span_in(piece, start, end_at), message, advice)
