"""Headings of the six parts under other marks than 一、: 1. Ⅰ、 ★ 【一】 第一章, and those wrapped over two lines."""

from collections.abc import Iterator, Mapping

from nianbao_grammar import patterns as re

from nianbao.text.source import Span

HEAD = "\x03"  # in the alphabet of the grammar: before the words of a heading

_ORDER = ("overview", "disclosure", "applications", "review", "problems", "other")
_NAMES: Mapping[str, str] = {
    "overview": r"(?:信息公开|工作)?(?:20\d\d年度?)?(?:工作)?(?:总体|基本)情况|概述|概况",
    "disclosure": r"(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况",
    "applications": r"(?:行政机关)?收到和处理(?:政府)?信息公开申请(?:的)?情况",
    "review": r"因?(?:政府信息公开)?(?:工作)?(?:被?申请)?行政复议.{1,4}行政诉讼的?情况",
    "problems": r"(?:政府信息公开)?(?:工作)?存在的?(?:主要)?(?:问题|不足).{1,3}改进.{0,4}",
    "other": r"其[他它]需要?(?:报告|说明)的?(?:事项|情况)",
}
_NAME = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _NAMES.items()))
_HAN = "一二三四五六七八"
_NUMERAL = rf"[{_HAN}]|[1-8]|[①-⑧]|[Ⅰ-Ⅷ]|VIII|VII|VI|IV|V|III|II|I"
# The kinds of marks; the numbers in them are those of the form.
_KINDS = (
    rf"第(?:{_NUMERAL})(?:部分|章|节|篇)[:：、]?",
    rf"[【\[](?:(?:{_NUMERAL})[、.．\]】])?",
    rf"[★☆◆◇■□●○▲△▶►※◎•·➤>+-][ \t\u3000]*(?:(?:{_NUMERAL})[、.．])?",
    rf"[（(](?:{_NUMERAL})[）)][、.．]?",
    rf"0?(?:{_NUMERAL})(?:\\?[.．]|[、,，:：）)]|(?=[ \t\u3000]|[\u4e00-\u9fff]))",
)
_LINE = re.compile(
    rf"(?m)^(?P<mark>[ \t\u3000#*]*(?:{'|'.join(f'({kind})' for kind in _KINDS)})[ \t\u3000*]*)"
    r"(?P<title>[^\r\n。，；;：:|\t（）()*】\]]{2,40}?)(?P<end>[ \t\u3000*】\]；;：:。]*)$"
)
_ORDINARY = re.compile(
    rf"(?m)^[ \t\u3000#*]*(?:[{_HAN}][、.．]?[ \u3000]*|第[{_HAN}]部分[、：: \u3000]*)?(?:{'|'.join(_NAMES.values())})[*。： \t]*$"
)
_SPLINTER = re.compile(
    rf"(?m)^(?P<before>[ \t\u3000#]*\**[{_HAN}][、.．])(?P<between>\**[ \t]*\r?\n[ \t\r\n]*\**)"
    r"(?=[^\r\n。，；：|\t*]{2,40}\**[ \t]*$)(?![ ]*(?:本[ ]*年|上[ ]*年|结[ ]*转))"
)
_PART = re.compile(
    rf"(?m)^[ \t\u3000#*]*(?:(?:{'|'.join(_KINDS)}|[{_HAN}][、.．])[ \t\u3000*]*)?(?:{_NAME.pattern})[*。：:】 \t]*$"
)
_VALUE = {
    **{
        sign: value
        for signs in (_HAN, "12345678", "①②③④⑤⑥⑦⑧", "ⅠⅡⅢⅣⅤⅥⅦⅧ")
        for value, sign in enumerate(signs)
    },
    **{sign: value for value, sign in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII"))},
}
_FEWEST = 3  # parts under marks of one kind; one or two may be anything
_WRAPPED = re.compile(
    rf"(?m)^[ \t\u3000#*]*[{_HAN}]、(?P<first>[^\r\n。，；：|\t]{{2,30}})(?P<end>\r?\n)(?P<rest>[^\r\n。，；：|\t]{{1,24}})$"
)


def part_headings(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the key and the line of each heading of a part, under any mark or none."""
    for match in _PART.finditer(text):
        if match.lastgroup is not None:
            yield match.lastgroup, Span(*match.span())


def plain_headings(text: str) -> str:
    """Return *text*, as long as it was, with `HEAD` before each heading that has another mark; wrapped ones in one line."""
    ordinary = _ORDINARY.finditer(text)
    if next(ordinary, None) is None or next(ordinary, None) is None:
        text = _marked(text)
    return _WRAPPED.sub(_unwrapped, _SPLINTER.sub(_with_words, text))


def _with_words(match: re.Match[str]) -> str:
    """Return a numeral that is alone on its line in one line with its words, bold or not."""
    return match["before"] + re.sub(r"[\r\n*]", " ", match["between"])


def _unwrapped(match: re.Match[str]) -> str:
    """Return two lines as one if together they are the name of a part, and the first alone is not."""
    whole, at = match["first"] + match["rest"], match.start("end") - match.start()
    if _NAME.fullmatch(whole) is None or _NAME.fullmatch(match["first"]):
        return match[0]
    return match[0][:at] + match[0][at:].replace("\r", " ").replace("\n", " ")


def _marked(text: str) -> str:
    """Return *text* with `HEAD` at the headings under marks of the first kind that at least three parts have."""
    found: dict[int, dict[str, re.Match[str]]] = {}
    for match in _LINE.finditer(text):
        name = _NAME.fullmatch("".join(match["title"].split()))
        kind = match.lastindex or 0
        if name is not None and name.lastgroup is not None and _fits(match, name.lastgroup):
            kind = next(number for number in range(len(_KINDS)) if match[number + 2] is not None)
            found.setdefault(kind, {})[name.lastgroup] = match
    heads = next((heads for heads in found.values() if len(heads) >= _FEWEST), {})
    parts, done = [], 0
    for match in sorted(heads.values(), key=re.Match.start):
        start, title, end = match.start(), match.start("title"), match.end()
        parts += [
            text[done:start],
            " " * (title - start - 1),
            HEAD,
            match["title"],
            " " * (end - match.end("title")),
        ]
        done = end
    return "".join((*parts, text[done:]))


def _fits(match: re.Match[str], key: str) -> bool:
    """Return whether the number in the mark, if it has one, is that of the part *key*."""
    numerals = list(_numerals(match["mark"]))
    return not numerals or numerals[-1] == _ORDER.index(key)


def _numerals(mark: str) -> Iterator[int]:
    return (_VALUE[numeral] for numeral in re.findall(_NUMERAL, mark))
