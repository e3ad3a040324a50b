"""Characters that stand for others: radicals and compatibility forms, as browsers and fonts name them.

Each is replaced by one as wide in UTF-8 and UTF-16, so that no offset and no column moves.
"""

import unicodedata
from functools import cache

from nianbao_grammar import patterns as re

# ⻚ for 页, ⼾ for 户: NFKC has those that Unicode says are the same, which are not as the mainland writes.
_SIMPLIFIED = dict(
    zip(
        map(ord, "⺁⺆⺇⺈⺌⺎⺕⺜⺝⺟⺠⻁⻂⻄⻅⻆⻉⻋⻌⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾⾭⿈"),
        "厂冂几刀小兀彐日月母民虎衣西见角贝车辶镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户青黄",
        strict=True,
    )
)
# Upright and small forms of the marks of a sentence: NFKC would make narrow ones of them.
_MARKS = dict(
    zip(
        map(ord, "︐︑︒︓︔︕︖︵︶︻︼︽︾︿﹀﹁﹂﹃﹄﹐﹑﹒﹔﹕﹖﹗﹙﹚﹪"),
        "，、。：；！？（）【】《》〈〉「」『』，、．；：？！（）％",
        strict=True,
    )
)
_STANDING_FOR = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\ufe10-\ufe6b]")


def as_meant(text: str) -> str:
    """Return *text* with the characters that its radicals and forms stand for, each at its old offset."""
    return text if _STANDING_FOR.search(text) is None else text.translate(_meant())


@cache
def _meant() -> dict[int, str]:
    ideographs = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA))
    whole = {code: unicodedata.normalize("NFKC", chr(code)) for code in ideographs}
    alike = {
        code: words for code, words in whole.items() if len(words) == 1 and "\u0800" <= words <= "\uffff"
    }
    return {**alike, **_SIMPLIFIED, **_MARKS}
