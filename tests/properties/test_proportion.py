"""Reading a report and each rule cost in proportion to the text, whatever the text is."""

from collections.abc import Callable
from functools import cache, partial

import pytest
from effort import LINEAR, growths
from nianbao.engine.lint import lint
from nianbao.run.linter import Input, Linter, linter
from nianbao.run.settings import Settings
from sizes import sized

# Words without which many rules see at once that they have nothing to look for.
WORDS = (
    "项目目录：由本局负责编制2023年度报告，结合我县实际；国务院办公厅通知（试行）处理费办法，依照国发〔2019〕492号、第711号令；"
    "登陆网站，其它需要报告；2023年2月29日、12月31止，提案、人大、政协；中央省市；&nbsp;电话：1234567，某某，"
    "（一）一是加强，1）好，①好；申请3件，办结2件，同比增长5%，原县局合并；13800138000，a@b.c；图片<img>。<!-- 注 -->"
)
SHAPES = {
    "one line of figures": "全年主动公开政府信息12条，",
    "one line of sums": "甲1件、乙2件，共3件，",
    "parts of parts": "公开12条（甲3条（乙1条），",
    "totals and parts": "共公开信息120条，其中甲30条、乙40条、丙50条；",
    "其中": "其中3件，",
    "denials": "未发生行政复议、行政诉讼，",
    "changes": "同比增长12.3%，",
    "periods": "2023年1月1日至2023年12月31日，",
    "paragraphs of counts": "全年收到申请3件，办结2件。\n",
    "short paragraphs": "按照要求\n",
    "brackets that open": "（",
    "brackets that close": "）",
    "titles": "《》",
    "quotations": "“",
    "commas": "，",
    "一是": "一是好，二是加强，",
    "headings in one line": "一、总体情况我，",
    "headings of parts": "一、总体情况\n好。\n",
    "headings （一）": "（一）主动公开\n（二）依申请公开\n",
    "items in one line": "（一）好。",
    "pipes": "|",
    "cells between pipes": "甲|",
    "rows of pipes": "|甲|3|\n",
    "pipes on lines": "|\n3\n",
    "tabs": "\t",
    "cells": "\t3\n",
    "rows of cells": "\t行政许可\n\t3\n\n",
    "lines of labels and figures": "规章\n3\n",
    "lines of commas": "规章,0,0,0\n",
    "digits": "1",
    "numerals": "一",
    "blanks": " ",
    "wide blanks": "\u3000",
    "empty lines": "\n",
    "spaces written out": "&nbsp;",
    "signs of Markdown": "#* ",
    "numbers of papers": "（国办公开办函〔2021〕30号）",
    "names of papers": "国务院办公厅关于政府信息公开工作年度报告格式",
    "the regulation": "《政府信息公开条例》第三十二条，",
    "organs": "由县教育局编制，县教育局报告。",
    "sentences again": "加强组织领导健全工作机制。",
    "words again": "公开",
    "names": "张某某、",
    "telephones": "13800138000，",
    "addresses": "http://a.b/c，",
    "numbers of pages": "- 1 -\n",
}


@cache
def judge() -> Linter:
    return linter(Settings())


def hostile(piece: str, size: int) -> str:
    """Return a report with so many characters of *piece*."""
    return (
        f"{'云' * (size % 7 + 1)}岭镇2023年政府信息公开工作年度报告\n\n一、总体情况\n{WORDS}\n"
        f"{piece * (size // len(piece))}\n\n五、存在的主要问题及改进情况\n{piece * 20}\n"
    )


def parts(piece: str, size: int) -> dict[str, Callable[[], object]]:
    """Return reading, and each rule on what was read, of a report with so many characters of *piece*."""
    one, file = judge(), Input("报告.txt", data=hostile(piece, size).encode())
    report = one.read(file)
    rules = {rule.code: partial(lint, report, [rule]) for rule in one.rules}
    return {"reading": partial(one.read, file), **rules}


@sized(size=(2_000, 20_000))
@pytest.mark.parametrize("piece", SHAPES.values(), ids=SHAPES)
def test_cost_is_in_proportion_to_the_text(piece: str, size: int) -> None:
    grown = {
        name: round(growth, 1)
        for name, growth in growths(partial(parts, piece), size).items()
        if growth >= LINEAR
    }
    assert not grown
