"""What sentences say of 《中华人民共和国政府信息公开条例》 itself: its name, decree, dates and articles."""

from collections.abc import Iterator
from enum import Enum

from nianbao.api import written_number
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

NAME = "中华人民共和国政府信息公开条例"
DECREE = "国务院令第711号"
ARTICLES = 56  # the last one says when it comes into force
# 第四条: its office draws the report up; 第十九、二十条: what is published; 第四十九、五十条: when, and what is in it.
_ON_THE_REPORT = {4, 19, 20, 49, 50}
_REVISED, _FIRST = (2019, 5, 15), (2008, 5, 1)  # from when the revised one and the first are in force


class Said(Enum):
    """What a sentence says wrongly of the regulation."""

    NAME = "name"
    DECREE = "decree"
    DATE = "date"
    FIRST = "first"  # the day of the first one, as if it were in force
    ARTICLE = "article"  # one that it does not have
    OTHER_ARTICLE = "other article"  # one that is not about annual reports


class Slip(NamedTuple):
    """Words of a text that say something wrong of the regulation, and the right ones, "" if there is not one."""

    start: int
    end: int
    said: Said
    right: str = ""
    safe: bool = False


_STATE = r"中(?:华|国)?(?:人民)?(?:共和)?国{0,2}"
_ABOUT = r"(?:政府|政务|行政|机关|公开|信息|工作|管理)+"
_NAMED = (
    rf"[《〈<](?P<name>{_STATE}{_ABOUT}(?:条例|条列|法|办法|规定)|{_ABOUT}(?:条例|法))[》〉>]"
    rf"|(?P<plain>中华人民共和国{_ABOUT}(?:条例|法(?![律规])))"
)
# The regulation is called so too.
_SHORT_NAMES = ("政府信息公开条例", "信息公开条例", "公开条例")
_LOCAL = r"[省市州县区][^《》，。]{0,3}"
_THE_REGULATION = r"(?:[《〈<“]?(?:中华人民共和国)?(?:政府)?信息公开条例[》〉>”]?|《条例》)"
_ANOTHER = r"(?<!公开)(?<![《〈<])条例[》〉>]"  # then 《条例》 may be that one

_OF_DECREE = r"(?:中华人民共和国|国务院|国办|国发|国令|国函|国家?主席|主席|全国人大(?:常委会)?)"
_DECREED = (
    rf"(?P<body>{_OF_DECREE}+(?:办公厅)?[发函政字]?令?)\s?(?P<year>[〔﹝\[［(（【]\s?20\d\d\s?年?\s?[〕﹞\]］)）】])?"
    r"\s?第?\s?(?P<serial>\d{3,4})\s?(?P<unit>号令|号|条|文|期|次|部)?(?!\d)"
)
_RIGHT_BODIES = ("国务院令", "国令", "中华人民共和国国务院令", "国务院", "中华人民共和国国务院")

_DAY = r"(?P<year>(?:20|19)\d\d)\s?年\s?(?:(?P<month>\d{1,2})\s?月\s?(?:(?P<day>\d{1,2})\s?日)?)?"
_HOW = r"(?:起|正式|开始|新|全面|进行|由国务院|国务院)*"
_VERB = r"(?P<verb>施行|实施|生效|执行|修订|修改|公布|颁布|发布|通过)"
_IN_FORCE = ("施行", "实施", "生效", "执行")
_DATED = (
    rf"{_DAY}{_HOW}{_VERB}(?:并实施|并施行)?(?:后|版)?的?(?:新版?|新修订的?|修订后的?|国务院|新的)*{_THE_REGULATION}",
    rf"{_THE_REGULATION}\s?[（(](?:国务院令第711号)?[，,；;]?\s?(?:自|于)?{_DAY}{_HOW}{_VERB}",
)
_HISTORY = r"修订|修改|2019|以来|原|至今|旧"

_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,3})"
_ONE_ARTICLE = rf"({_NUMERAL})\s?条"
_CITED_ARTICLES = (
    rf"(?P<basis>(?:根据|依据|按照|依照|遵照|按)[^。；]{{0,60}}?)?{_THE_REGULATION}(?:[（(][^（）()]{{0,40}}[）)])?(?:的|中|之)?"
    rf"(?P<articles>第\s?{_NUMERAL}\s?条(?:(?:第[（(]?[一二三四五六七八九十\d]+[）)]?[款项])*[、，和及与至到—-]{{0,2}}第?\s?{_NUMERAL}\s?条)*)"
)
_REPORTS = r"[^。；]{0,40}?(?:编制|制作|撰写|编写|起草|形成|公布|发布|公开|公示)[^。；]{0,40}?(?:报告|年报)"
_ANSWERS = ("申请", "答复", "主动公开", "解读")


def slips(text: str) -> Iterator[Slip]:
    """Yield the words of *text* that cite the regulation wrongly."""
    if any(sign in text for sign in ("《", "〈", "<", "中华人民共和国")):
        yield from _names(text)
    if "国" in text or "主席" in text:
        yield from _decrees(text)
    if "条例" in text and not re.search(_ANOTHER, text):
        yield from _days(text)
        yield from _articles(text)


def _names(text: str) -> Iterator[Slip]:
    """《中华人民共和国信息公开条例》, 《政府信息公开工作条例》; not a place's own 《政务公开条例》."""
    for match in re.finditer(_NAMED, text):
        which = "name" if match["name"] else "plain"
        name = match[which]
        of_state = name.startswith("中")
        if name in (NAME, *_SHORT_NAMES) or not ("公开" in name or (of_state and "信息" in name)):
            continue
        if of_state or not re.search(_LOCAL + name, text):
            yield Slip(*match.span(which), Said.NAME, NAME if of_state else "政府信息公开条例", of_state)


def _decrees(text: str) -> Iterator[Slip]:
    """国务院令第711条, 国发〔2019〕711号; 国务院令第710号 behind the name; 第492号 is HDR004's."""
    for match in re.finditer(_DECREED, text):
        serial, unit, body = int(match["serial"]), match["unit"] or "", match["body"]
        if serial == 711:
            ordered = "令" in body or unit == "号令"
            if body in _RIGHT_BODIES and ordered and not match["year"] and unit in ("", "号", "号令"):
                continue
        elif serial == 492 or not re.search(
            _THE_REGULATION + r"\s?[（(，,]?$", text[max(0, match.start() - 30) : match.start()]
        ):
            continue
        yield Slip(*match.span(), Said.DECREE, DECREE, serial == 711)


def _days(text: str) -> Iterator[Slip]:
    """2018年修订的《条例》, 2008年5月1日起施行的《条例》."""
    for pattern in _DATED:
        for match in re.finditer(pattern, text):
            date = tuple(int(match[part]) for part in ("year", "month", "day") if match[part])
            revised = date == _REVISED[: len(date)]
            first = date == _FIRST[: len(date)] or date[0] == 2007
            if match["verb"] not in _IN_FORCE:
                revised = date[0] == 2019
                first = date[0] == 2007 and match["verb"] not in ("修订", "修改")
            span = match.start("year"), match.end("verb")
            if not revised and not first:
                yield Slip(*span, Said.DATE)
            elif first and not re.search(_HISTORY, text[max(0, match.start() - 20) : match.end() + 40]):
                yield Slip(*span, Said.FIRST)


def _articles(text: str) -> Iterator[Slip]:
    """第六十条, which there is not; 第三十二条 for the annual report."""
    for match in re.finditer(_CITED_ARTICLES, text):
        numbers = {written_number(numeral) for numeral in re.findall(_ONE_ARTICLE, match["articles"])}
        if max(numbers) > ARTICLES:
            yield Slip(*match.span("articles"), Said.ARTICLE)
        elif match["basis"] and not numbers & _ON_THE_REPORT:
            purpose = re.match(_REPORTS, text[match.end() : match.end() + 120])
            if purpose and not any(word in purpose[0] for word in _ANSWERS):
                yield Slip(*match.span("articles"), Said.OTHER_ARTICLE)
