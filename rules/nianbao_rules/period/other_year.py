"""PER004 other-year."""

from collections.abc import Iterator

from nianbao.api import Context, Finding, Piece, Report, Span, Text, Undetermined, quantities, rule
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao_rules.shared import YEAR_UNKNOWN, Results
from nianbao_rules.shared.basis import ACCURATE
from nianbao_rules.shared.organs import Actor, Names, Whose, names_of
from nianbao_rules.shared.wrong_title import title_is_wrong

_OTHER_YEAR = Text(
    "报告的是{year}年，这里说的是{found}年的情况：“{text}”",
    "the report is on {year}, but this is about {found}: “{text}”",
)
_OTHER_YEAR_HELP = Text(
    "核对这句话是哪一年的情况：沿用了上年文字的，按本年的情况改写；只是年份写错的，改正年份",
    "check which year it was: rewrite a passage taken over from last year, or correct the year",
)
_NO_SUCH_YEAR = Text(
    "报告的是{year}年，“{text}”的年份对不上",
    "the report is on {year}, to which the year of “{text}” does not fit",
)
_NO_SUCH_YEAR_HELP = Text(
    "结转的是上一年度、下一年度，比较的是以前的年度：核对后改正年份",
    "applications are carried from the year before or to the year after, and figures compared with those of years before: correct the year",
)
# A year that is named as the next, or as one to compare with.
_CARRIED_TO = r"结转(?:至|到|入)?(?P<year>20\d\d)年(?!度?(?:之?前|以前))"
_COMPARED_WITH = r"(?:同|相)?[比较](?P<year>20\d\d)年(?:度|同期|全年)?(?:[^，。；]{0,12})?(?:增|减|上升|下降|提高|提升|翻|持平|多|少)"
_QUOTED = 24
_SENTENCE = r"[^。！？\n]+"
_CLAUSE = r"[^，,：:；;]+"
_OPENING = r"(?:\D{0,12}\s)?\s*(?:[一二三四五六七八九十]是|\d{1,2}[.．、]|（\d+）)?\s*"
# A whole year, perhaps up to its end; not 2019年以来, 2023年3月.
_TIME = (
    r"(?:截[至止]到?|在)?(?:(?:本年度?|报告期)[（(])?(?:20\d\d年1月1日.{1,3})?"
    r"(?P<year>20\d\d)年(?:度|全年|年?[底末]|内|期间|12月(?:31日|底)止?|[上下]半年)*[）)]?(?!以|\d)\s*"
)
_DONE = (
    r"(?:(?:通过|利用|依托|在)[^，；的]{2,16}?)?(?:共计?|累计|总计|一共|均|已|也|并|及时|主动|全年)*"
    r"(?:(?:没有|未|无)(?![^，]{1,4}的)|(?:新?收(?:到|(?!到|取))|收取|征收|受理|办理|办结|答复|公开|发布|更新|推送|编发|制发|作出|发生|开展|举办|召开|组织|发出)(?!了?的|指|栏(?!目))"
    r"|\d|因政府信息|(?:政府)?信息公开工作|认真|严格|深入|持续|扎实|全面|积极)"
)
_ON_THE_WAY = r"在|按照|根据|依据|围绕|坚持|以|为|结合"
# A sentence with one of these is rightly about another year: history, a document, an honour, a later result.
_BY_RIGHT = (
    r"成立|组建|建成|投用|启用|开通|挂牌|设立|上线|印发|建立(?!健全)|(?:制定|出台|修订|发布|公布|通过|施行|实施)了?《"
    r"|目前|现已|至今|整改|遗留|历年|年报|年度报告|获|评为|表彰"
)
_PLANNED = r"将|计划|拟|下一步|打算|今后|继续|进一步|重点|力争|做好|推进|加强|不少于"
# 新收15件，2023年新收12件，增长25%: the first figure is that of the year.
_COMPARED = r"^(?:(?!20\d\d年).)*?\d([件条篇次]).*20\d\d年.*\d\1.*(?:同比|增长|增加|下降|减少|上升|提高|持平)"
_THIS_YEAR = r"今年|本年(?!度?[（(]20)"


@rule(
    "PER004",
    "other-year",
    summary=Text("讲本年情况的句子，年份是本年", "sentences about the work of the year name that year"),
    basis=ACCURATE,
)
def other_year(report: Report, context: Context) -> Results:
    """讲全年做了什么、收到多少件的句子，年份应当是报告的年度。

    为什么：年份不对，多半是沿用上年文本时漏改，读者不知道数字是哪一年的，审核时也最容易被退回。
    只查讲本机关全年情况的句子。同一句又说到本年的、旁边有本年的数可以对照的，是和上年比较，不算；
    机构沿革（2019年以来、2020年成立）、往年的文件和荣誉、今后打算，本来就是别的年份，也不算。
    统计期限由 PER006 检查，第五部分由 PRB006 检查；标题和统计期限的年份不一致的，由 HDR002 指出，这里不再逐句指出。

    反例：2023年度报告写“政府信息管理方面。2022年，我镇共发布信息120条”。
    正例：2023年度报告写“2022年制发的文件已全部清理”“2024年，我镇将……”。

    怎样改：改写这句话，或者改正年份。
    """
    year = report.year
    if year is None:
        yield Undetermined(YEAR_UNKNOWN)
        return
    others = set(re.findall(r"20\d\d年", report.prose)) - {f"{year}年"}
    if not others or title_is_wrong(report, year):
        return
    elsewhere = {piece.span for section in report.parts_of("problems") for piece in section.paragraphs}
    names = names_of(report)
    for piece in report.paragraphs:
        if piece.span in elsewhere or not any(other in piece.text for other in others):
            continue
        for sentence in re.finditer(_SENTENCE, piece.text):
            yield from _unfit(piece, sentence, year)
            found = _told(sentence[0], year, names)
            if found is None or _beside_this_year(piece, sentence, year):
                continue
            start = sentence.start() + found.start("year")
            text = piece.text[start : sentence.end()][:_QUOTED]
            message = _OTHER_YEAR.fill(year=year, found=found["year"], text=text)
            yield Finding(
                Span(piece.span.start + start, piece.span.start + start + 5), message, _OTHER_YEAR_HELP
            )


def _unfit(piece: Piece, sentence: re.Match[str], year: int) -> Iterator[Finding]:
    """Yield the years of *sentence* that are neither next to *year* though carried over, nor before it though compared with."""
    for pattern, fits in ((_CARRIED_TO, range(year - 1, year + 2)), (_COMPARED_WITH, range(year + 1))):
        for match in re.finditer(pattern, sentence[0]):
            if int(match["year"]) in fits or re.search(_PLANNED, sentence[0][: match.start()]):
                continue
            start, end = sentence.start() + match.start(), sentence.start() + match.end("year") + 1
            message = _NO_SUCH_YEAR.fill(year=year, text=piece.text[start:end])
            yield Finding(Span(piece.span.start + start, piece.span.start + end), message, _NO_SUCH_YEAR_HELP)


class _Clause(NamedTuple):
    """A clause without the time and the actor it begins with."""

    words: str
    time: re.Match[str] | None
    actor: Actor | None

    @property
    def own(self) -> bool:
        """Whether it may be about the organ itself."""
        return self.actor is None or self.actor.whose is not Whose.OTHER or self.actor.words.endswith("系统")


def _clauses(sentence: str, names: Names) -> Iterator[_Clause]:
    for clause in re.finditer(_CLAUSE, sentence):
        opening = re.match(_OPENING, clause[0])
        at = clause.start() + (opening.end() if opening else 0)
        time, actor = None, None
        for _ in range(2):  # either may come first
            if time is None and (time := re.compile(_TIME).match(sentence, at, clause.end())) is not None:
                at = time.end()
            if actor is None and (actor := names.actor(sentence[at : clause.end()])) is not None:
                at += len(actor.words)
        yield _Clause(sentence[at : clause.end()].strip(), time, actor)


def _told(sentence: str, year: int, names: Names) -> re.Match[str] | None:
    """Return the other year that *sentence* tells the work of the organ in, None for none."""
    if re.search(_COMPARED, sentence):
        return None
    if f"{year}年" in sentence or re.search(rf"{_THIS_YEAR}|{_BY_RIGHT}", sentence):
        return None
    told: re.Match[str] | None = None
    for clause in _clauses(sentence, names):
        told = clause.time or told
        if told is None:
            continue
        named = clause.actor is not None and clause.time is None  # 2023年，我镇……
        if clause.own and clause.words and (named or re.match(_DONE, clause.words)):
            return told if int(told["year"]) < year or _is_over(sentence) else None
        if clause.words and not (clause.own and re.match(_ON_THE_WAY, clause.words)):
            told = None
    return None


def _is_over(sentence: str) -> bool:
    """Return whether *sentence*, on a year to come, tells what was done, as one with a wrong year does."""
    return re.search(r"\d(?!\d*年)|没有|未|无", sentence) is not None and not re.search(_PLANNED, sentence)


def _beside_this_year(piece: Piece, sentence: re.Match[str], year: int) -> bool:
    """Return whether the paragraph has figures of this year with which those of *sentence* are compared.

    全年 is this year before the sentence; behind it, it is the year that the sentence names.
    """
    units = {figure.unit for figure in quantities(sentence[0]) if figure.counted}
    named = rf"{year}年|{_THIS_YEAR}"
    return any(
        figure.unit in units
        for other in re.finditer(_SENTENCE, piece.text)
        if re.search(named if other.start() >= sentence.start() else rf"{named}|全年|季度", other[0])
        for figure in quantities(other[0])
        if figure.counted
    )
