"""Headings of the six parts under marks other than 一、."""

import pytest
from effort import LINEAR, growth
from nianbao.report.heading_marks import HEAD, plain_headings
from nianbao.report.syntax import read

TITLES = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
HAN, ROMAN, SIGNS = "一二三四五六", ("I", "II", "III", "IV", "V", "VI"), "ⅠⅡⅢⅣⅤⅥ"


def written(mark: str, end: str = "", titles: tuple[str, ...] = TITLES) -> str:
    numerals = zip(HAN, "123456", "①②③④⑤⑥", SIGNS, ROMAN, titles, strict=True)
    return "".join(
        f"{mark.format(han=h, digit=d, ring=o, sign=s, roman=r)}{title}{end}\n（一）小标题\n全年工作平稳。\n1.一件事\n"
        for h, d, o, s, r, title in numerals
    )


def titles(text: str) -> list[str]:
    return [part.heading.title.text for part in read(text).sections if part.heading is not None]


@pytest.mark.parametrize(
    "mark",
    [
        *("第{han}章 ", "第{han}节　", "第{han}篇：", "第{digit}部分、", "第{digit}章："),
        *("【{han}、", "【", "[{digit}.", "【{han}】", "[{digit}]"),
        *(f"{sign} " for sign in "★☆◆◇■□●○▲△▶►※◎•·➤>+-"),
        *("★{han}、", "■ {han}.", "- {han}、", "> {han}、", "◆{digit}．"),
        *("（{han}）", "({digit})", "（{han}）、", "({digit}).", "（{digit}）．"),
        *("{digit}、", "{digit}. ", "{digit}．", "{digit}\\.", "0{digit} ", "{digit}", "{digit}）", "{digit},", "{digit}，", "{digit}:"),
        *("{ring}", "{ring} ", "{sign}、", "{roman}. ", "{roman}．", "{han}，", "{han}：", "{han})"),
        *("**{digit}、", "# {digit}. ", "　　★"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "：", "】", "；", "**", "。"])
def test_the_parts_are_found_under_any_mark(mark: str, end: str) -> None:
    text = f"云岭县2023年政府信息公开工作年度报告\n\n{written(mark, end)}"
    assert len(plain_headings(text)) == len(text)
    assert titles(text) == list(TITLES)


@pytest.mark.parametrize(
    "names",
    [
        ("信息公开总体情况", *TITLES[1:]),
        ("2023年度总体情况", *TITLES[1:]),
        ("工作基本情况", *TITLES[1:]),
        ("概述", *TITLES[1:]),
        ("概况", "行政机关主动公开政府信息的情况", "行政机关收到和处理政府信息公开申请的情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开工作存在的问题及改进措施", "其它需要说明的情况"),
        (TITLES[0], "主动公开信息情况", "收到和处理信息公开申请情况", "因申请行政复议和行政诉讼的情况", "存在不足与改进方向", "其他需报告事项"),
    ],
)  # fmt: skip
def test_the_parts_may_be_called_otherwise(names: tuple[str, ...]) -> None:
    assert titles(written("{digit}、", titles=names)) == list(names)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{han}、{title}\n（一）总体情况\n（二）主动公开政府信息情况\n（三）收到和处理政府信息公开申请情况\n" for han, title in zip(HAN, TITLES, strict=True)),
        "".join(f"## {title}\n1、总体情况\n2、主动公开政府信息情况\n3、收到和处理政府信息公开申请情况\n" for title in TITLES),
        "1、总体情况\n2、主动公开政府信息情况\n",  # too few to be the parts
        "1、主动公开政府信息情况\n2、收到和处理政府信息公开申请情况\n3、存在的主要问题及改进情况\n",  # other numbers
        "1、总体情况，2、主动公开政府信息情况，3、收到和处理政府信息公开申请情况。\n",
    ],
)  # fmt: skip
def test_what_is_under_the_parts_is_left_alone(text: str) -> None:
    assert plain_headings(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("at", range(3, 17))
def test_a_heading_on_two_lines_is_one(at: int, end: str) -> None:
    title = TITLES[3]
    text = f"一、{TITLES[0]}\n工作平稳。\n四、{title[:at]}{end}{title[at:]}\n没有发生。\n"
    assert ["".join(found.split()) for found in titles(text)] == [TITLES[0], title]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " \n "])
@pytest.mark.parametrize("bold", ["", "**"])
def test_a_numeral_on_a_line_of_its_own_belongs_to_the_words_below(bold: str, end: str) -> None:
    names = ("工作概况", *TITLES[1:])
    text = "".join(
        f"{bold}{han}、{bold}{end}{bold}{name}{bold}\n全年工作平稳。\n"
        for han, name in zip(HAN, names, strict=True)
    )
    assert [part.heading.numeral for part in read(text).sections if part.heading is not None] == list(HAN)
    assert titles(text) == list(names)


@pytest.mark.parametrize(
    "row",
    ["本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "结转下年度继续办理", "本 年度办理结果"],
)
def test_a_numeral_above_the_label_of_a_row_is_left_alone(row: str) -> None:
    text = f"一、\n{row}\n3\n"
    assert plain_headings(text) == text


def test_a_heading_that_is_whole_takes_no_line_from_below() -> None:
    text = f"五、{TITLES[4]}\n其他需要\n"
    assert plain_headings(text) == text


@pytest.mark.parametrize(
    "piece",
    [
        "一、\n",
        "一、\n\n总体情况\n",
        "1、总体情况\n",
        "一、总\n体情况\n",
        "★ ",
        "一、" + "总" * 30,
        f"{HEAD}\n",
    ],
)
def test_the_cost_is_in_proportion_to_the_text(piece: str) -> None:
    assert growth(lambda size: plain_headings(piece * size), 2_000) < LINEAR
