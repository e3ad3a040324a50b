"""The parts that a preamble says the report has: how many, their names, and whether these are all.

Each sentence is read as a clerk reads it; what is expected is written beside it by hand.
"""

import pytest
from nianbao.report.report import Report
from nianbao.testing import official_forms
from nianbao.text.source import Source
from nianbao_rules.shared.contents import announced, headings, name_key

A, B, C = "总体情况", "主动公开政府信息情况", "其他需要报告的事项"
LIST = f"{A}、{B}、{C}"
ALL = (A, B, C)
HEAD = "青禾县云岭镇人民政府2022年政府信息公开工作年度报告\n\n"
BODY = "一、总体情况\n工作平稳。\n二、主动公开政府信息情况\n工作平稳。\n三、其他需要报告的事项\n没有。\n"


def _report(preamble: str, body: str = BODY) -> Report:
    return Report(Source(f"{HEAD}{preamble}\n{body}"), official_forms())


def read(sentence: str) -> tuple[int | None, tuple[str, ...], bool] | None:
    """Return how many parts *sentence* says there are, their names, and whether there are more."""
    found = announced(_report(f"{sentence}。"))
    return found and (found.said, tuple(name.text for name in found.names), found.more)


NUMERALS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十二": 12, "6": 6, "12": 12}  # fmt: skip
UNITS = ("部分", "个部分", "大部分", "方面", "个章节", "章", "项", "部分内容")


@pytest.mark.parametrize("numeral", NUMERALS)
def test_how_many_behind_the_list(numeral: str) -> None:
    assert read(f"本报告包括{LIST}{numeral}部分") == (NUMERALS[numeral], ALL, False)


@pytest.mark.parametrize("unit", UNITS)
def test_what_the_parts_are_called(unit: str) -> None:
    assert read(f"本报告包括{LIST}六{unit}") == (6, ALL, False)
    assert read(f"本报告由六{unit}组成，包括{LIST}") == (6, ALL, False)


@pytest.mark.parametrize("unit", ["部分", "方面", "个章节", "章"])
def test_how_many_without_a_list(unit: str) -> None:
    assert read(f"本报告共六{unit}") == (6, (), False)


@pytest.mark.parametrize(
    "words",
    [
        *("由六个部分组成", "由六个部分构成", "由六部分内容组成", "分六个部分", "共六个部分", "有六个部分"),
        *("包括六个部分", "包含六个部分", "共有六个部分", "共六个部分，现予公布", "共六个部分,现予公布"),
        *("共六个部分：见下", "共六个部分:见下"),
    ],
)
@pytest.mark.parametrize("whole", ["本报告", "全文", "本年报"])
def test_ways_of_saying_how_many_without_a_list(whole: str, words: str) -> None:
    assert read(whole + words) == (6, (), False)


@pytest.mark.parametrize(
    "sentence",
    [
        f"2022年主动公开信息126项，本报告包括{LIST}",
        f"本报告第六部分为附件，包括{LIST}",
        f"本报告第十二部分为附件，包括{LIST}",
    ],
)
def test_figures_that_count_no_parts(sentence: str) -> None:
    found = read(sentence)
    assert found is not None
    assert found[0] is None


@pytest.mark.parametrize(
    ("end", "said", "more"),
    [
        *((f"{total}六部分", 6, False) for total in ("", "共计", "总计", "合计", "共", "一共", "，", ",", "，共", ",共计", "内容共")),
        *((f"等{words}六部分", 6, True) for words in ("", "内容", "，共", ",共", "内容，共")),
        ("等等六部分", 6, True),
        *((end, None, False) for end in ("组成", "构成", "内容组成", "方面组成", "部分组成", "部分构成")),
        *((f"等{words}", None, True) for words in ("组成", "构成", "内容组成", "方面构成", "部分组成")),
        *((f"等{words}", None, True) for words in ("", "内容", "方面", "部分")),
        *((f"等{words}{sign}现予公布", None, True) for words in ("", "内容", "方面", "部分") for sign in "，,"),
    ],
)  # fmt: skip
def test_what_closes_a_list(end: str, said: int | None, more: bool) -> None:
    opening = "由" if end.endswith("成") else "包括"
    problems = "存在的主要问题及改进情况"
    assert read(f"本报告{opening}{A}、{B}、{problems}、{C}{end}") == (said, (A, B, problems, C), more)


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        *((cue, None) for cue in ("由", "包括", "包含", "涵盖", "分为", "分成", "内容：", "内容:")),
        *((f"分六个部分，{cue}", 6) for cue in ("分别是", "分别为", "依次是", "依次为", "即", "即：")),
        *((f"分六{unit}{sign}", 6) for unit in ("部分", "个方面", "章", "部分内容") for sign in "，,"),
        ("分章写，共六项，", 6),
        ("分章写，共六项内容，", 6),
    ],
)
def test_a_name_that_no_form_knows_behind_the_words_that_open_a_list(cue: str, said: int | None) -> None:
    found = read(f"本报告{cue}概览、{LIST}，各部分附后")
    assert found == (said, ("概览", *ALL), False)


@pytest.mark.parametrize("words", ["由{}组成", "由{}构成", "包括{}", "包含{}", "涵盖{}", "分为{}", "分成{}", "内容：{}", "内容:{}"])  # fmt: skip
def test_words_that_show_that_a_sentence_lists_parts(words: str) -> None:
    assert read(f"本报告{words.format(LIST)}") == (None, ALL, False)


@pytest.mark.parametrize("sign", "，,")
def test_words_between_the_opening_and_the_list(sign: str) -> None:
    assert read(f"本报告包括附件在内{sign}有{LIST}六部分") == (6, ALL, False)


# -- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "；;，,、")
def test_signs_between_names(sign: str) -> None:
    assert read(f"本报告包括{A}{sign}{B}{sign}{C}") == (None, ALL, False)


@pytest.mark.parametrize("sign", "；;")
def test_a_stronger_sign_among_commas(sign: str) -> None:
    assert read(f"本报告包括{A}，{B}{sign}{C}") == (None, ALL, False)


@pytest.mark.parametrize("sign", "，,；;")
def test_another_sign_ends_a_list_that_no_word_closes(sign: str) -> None:
    assert read(f"本报告包括{LIST}{sign}请予监督") == (None, ALL, False)


@pytest.mark.parametrize("sign", "，,；;")
def test_another_sign_in_a_list_that_a_word_closes(sign: str) -> None:
    assert read(f"本报告包括{A}、{B}{sign}{C}六部分") == (6, ALL, False)


@pytest.mark.parametrize("joint", ["以及", "和", "及", "与"])
def test_words_that_join_names(joint: str) -> None:
    assert read(f"本报告包括{A}、{B}{joint}{C}") == (None, ALL, False)


@pytest.mark.parametrize(
    ("two", "names"),
    [
        ("培训情况和队伍建设", ("培训情况", "队伍建设")),
        ("重点事项及队伍建设", ("重点事项", "队伍建设")),
        ("改进措施与队伍建设", ("改进措施", "队伍建设")),
        ("队伍建设和其他", ("队伍建设", "其他")),
        ("队伍建设以及其它", ("队伍建设", "其它")),
        ("队伍建设和附件", ("队伍建设", "附件")),
        ("队伍建设和附表", ("队伍建设", "附表")),
        ("队伍和平台建设", ("队伍和平台建设",)),
        ("信息发布与解读", ("信息发布与解读",)),
        ("行政复议、提起诉讼数量", ("行政复议、提起诉讼数量",)),
        ("行政复议、被诉数量", ("行政复议、被诉数量",)),
        ("行政复议、行政应诉数量", ("行政复议、行政应诉数量",)),
        ("行政复议、诉讼数量", ("行政复议、诉讼数量",)),
        ("行政复议、平台建设", ("行政复议", "平台建设")),
    ],
)
def test_names_that_no_form_knows(two: str, names: tuple[str, ...]) -> None:
    assert read(f"本报告包括{A}、{B}、{two}、{C}六部分") == (6, (A, B, *names, C), False)


@pytest.mark.parametrize("quotes", ["“”", '""', "「」", "『』"])
def test_names_in_quotes(quotes: str) -> None:
    before, behind = quotes
    quoted = [f"{before}{name}{behind}" for name in ALL]
    assert read(f"本报告包括{''.join(quoted)}六部分") == (6, ALL, False)
    assert read(f"本报告包括{quoted[0]}、{B}、{C}六部分") == (6, ALL, False)
    assert read(f"本报告包括{before}{A}，{B}，{C}{behind}六部分") == (6, ALL, False)
    assert read(f"本报告包括{A}，{B}，{C}{behind}六部分") == (6, ALL, False)
    assert read(f"本报告包括{quoted[0]}，{B}，{C}六部分") == (6, ALL, False)


@pytest.mark.parametrize(
    "number",
    [
        *("{han}、", "第{han}部分", "第{han}部分：", "第{han}部分:", "第{han}部分为", "第{han}部分是"),
        *("{han}是", "{han}为", "（{han}）", "({han})", "（{figure}）", "({figure})"),
        *("{figure}.", "{figure}．", "{figure}、"),
    ],
)
@pytest.mark.parametrize("sign", "；、")
def test_numbers_before_names(number: str, sign: str) -> None:
    numbered = [
        number.format(han=han, figure=figure) + name
        for han, figure, name in zip("一二三", "123", ALL, strict=True)
    ]
    assert read(f"本报告包括{sign.join(numbered)}") == (None, ALL, False)


@pytest.mark.parametrize(
    "number",
    [
        written
        for han, figure in (*zip("四五六七八九十", "4567890", strict=True), ("十一", "11"))
        for written in (
            f"第{han}部分：",
            f"（{han}）",
            f"({han})",
            f"{han}、",
            f"（{figure}）",
            f"({figure})",
            f"{figure}.",
        )
    ],
)
def test_each_number_before_a_name(number: str) -> None:
    assert read(f"本报告包括{A}；{B}；{number}{C}") == (None, ALL, False)


def test_names_that_say_the_same() -> None:
    written = [f"收到{joint}处理申请情况" for joint in ("、", "和", "及", "与", "以及")]
    assert {name_key(name, {}) for name in written} == {"收到、处理申请情况"}
    assert name_key("需要报告的事项", {}) == name_key("需要报告事项", {})


# -- headings -------------------------------------------------------------------------------------------


def _headings(*written: str) -> list[str] | None:
    found = headings(_report("", "".join(f"{heading}\n工作平稳。\n" for heading in written)))
    return found and [section.title.text for section in found] if found is not None else None


@pytest.mark.parametrize(
    ("first", "third"),
    [("一、", "三、"), ("第一部分", "第三部分"), ("第一部分 ", "第三部分 "), ("第一部分：", "第三部分：")],
)
def test_headings_that_leave_a_number_out_cannot_be_counted(first: str, third: str) -> None:
    second = first.replace("一", "二")
    assert _headings(first + A, second + B) == [A, B]
    assert _headings(first + A, third + B) is None


@pytest.mark.parametrize("before", ["# ", "## ", "**", "## **", " ", "\t", "\u3000", "\u3000\u3000"])
def test_what_may_be_before_a_heading_on_its_line(before: str) -> None:
    behind = "**" if "**" in before else ""
    assert _headings(f"{before}一、{A}{behind}", f"{before}二、{B}{behind}", f"{before}三、{C}{behind}") == [
        *ALL
    ]
