"""Hypothesis strategies: compliant reports of every kind, and texts of the kind that breaks a reader."""

from hypothesis import strategies as st

from nianbao.report.issuer import LEVELS
from nianbao.testing.compliant import compliant, official_forms
from nianbao.testing.draft import Draft

_SEEDS = 1_000_000


def reports(**fixed: str) -> st.SearchStrategy[Draft]:
    """Return a strategy of compliant reports: both forms, every level, every notation.

    The values in *fixed* (form, level, notation) are kept: `reports(level="township")`.
    """
    drawn = {
        "form": st.sampled_from([form.name for form in official_forms() if form.tables]),
        "level": st.sampled_from(LEVELS),
        "seed": st.integers(0, _SEEDS),
        "notation": st.sampled_from(["tabs", "pipes", "bars"]),
    }
    return st.builds(compliant, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})


# Pieces of reports and of other texts: headings, cells, numerals, pipes, tabs, every line end that exists.
_FRAGMENTS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "（一）主动公开方面。",
    "(2)",
    "第二十条第（一）项",
    "信息内容",
    "规章",
    "行政许可",
    "一、本年新收政府信息公开申请数量",
    "（七）总计",
    "结果维持",
    "尚未审结",
    "行政复议",
    "申请人情况",
    "2021年1月1日至12月31日",
    "统计期限",
    "20202年13月32日",
    "政府信息公开工作年度报告",
    "国办公开办函〔2019〕60号",
    "六部分组成",
    "由",
    "包括",
    "１２",
    "-3",
    "0",
    "1,234.50",
    "万元",
    "|",
    "| --- |",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "\u0085",
    "\u3000",
    "# ",
    "## ",
    "**",
    "<br>",
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "\U00020bb7",
    "👩\u200d👩\u200d👧",
    "。",
    "，",
    "、",
    "；",
    "《",
    "》",
    "“",
    "（",
    "）",
    "{",
    "}",
    "%s",
    "\\",
)


def texts() -> st.SearchStrategy[str]:
    """Return a strategy of texts that look like reports here and there, and hold anything at all."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    figures = st.text("0123456789０１２３〇一二三四五六七八九十百.,-+/ ", max_size=8)
    return st.lists(st.one_of(st.sampled_from(_FRAGMENTS), anything, figures), max_size=40).map("".join)
