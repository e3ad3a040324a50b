"""Sentences: every figure, division, denial and comparison found in them has its place inside them."""

from nianbao.prose.sentences import breakdowns, comparisons, negations, quantities

from tests.fuzz import seeds
from tests.fuzz.changes import pieces
from tests.fuzz.target import Target

_WORDS = (
    "其中", "由", "分别", "共", "合计", "占", "同比增长", "同比下降", "较上年", "比去年", "未收到", "没有", "无", "零", "百分之", "%", "倍", "个百分点",
    "件", "条", "次", "万元", "余", "多", "近", "约", "以上", "左右", "（", "）", "，", "、", "；", "。", "：", "和", "以及", "至", "—", "第20条", "〔2021〕30号",
    "2021年", "1月1日", "12345", "三十二", "两", "半", "亿", "0.5", "1,234", "申请", "公开", "办结", "予以公开", "部分公开", "不予公开",
)  # fmt: skip


def run(data: bytes) -> object:
    """Return what is found in the text *data*."""
    text = data.decode("utf-8", "replace")
    found = [*quantities(text, 5), *breakdowns(text, 5), *negations(text, 5)]
    for each in found:
        assert 5 <= each.span.start <= each.span.end <= len(text) + 5, each
    return tuple(found), comparisons(text, 5)


def _seeds() -> list[bytes]:
    lines = [line for text in seeds.reports() for line in text.splitlines() if "。" in line]
    return [line.encode() for line in dict.fromkeys(lines)]


TARGET = Target(run, _seeds, pieces(r"\d+|[，。；：、（）]|[^\d，。；：、（）]{1,6}", _WORDS), longest=2**13)
