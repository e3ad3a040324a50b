"""A report judged by all rules: each ends with an outcome, no finding is outside the text, and no fault is ours."""

from functools import cache

from nianbao.plugins.loading import load
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.settings import Settings

from tests.fuzz import held, seeds
from tests.fuzz.changes import pieces
from tests.fuzz.target import Refused, Target

_WORDS = (
    "\n", "\t", "|", "2020年", "2021年1月1日至12月31日", "2022年1月", "统计期限", "根据《中华人民共和国政府信息公开条例》", "第五十条", "六部分组成", "共计", "其中", "同比",
    "件", "万元", "0", "-", "/", "无", "存在的问题", "一是", "二是", "下一步", "联系电话：", "13800000000", "110101199003070000", "http://", "本局", "某某县人民政府办公室",
    "收取信息处理费", "<!-- nianbao: ignore SUM001 -->", "# ", "**", "（此件公开发布）", "秘密★1年", "印发", "附件：", "图1", "……", "！",
)  # fmt: skip


@cache
def _judge() -> Linter:
    return linter(Settings())._replace(rules=load().rules)


def run(data: bytes) -> object:
    """Return the findings in *data*."""
    checked = _judge().check(Input("报告.txt", data=data))
    assert not checked.fault, checked.reason("en")
    if checked.verdict is None:
        return Refused(held.reason(checked.reason("zh")))
    return held.verdict(checked.verdict)


TARGET = Target(
    run,
    seeds.as_bytes,
    pieces(r"[^\n\t|。，、；]*[\n\t|。，、；]?", (*_WORDS, *seeds.labels())),
    longest=2**15,
)
