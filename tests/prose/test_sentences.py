"""What the sentences of a report say in numbers.

The sentences are written for these tests; what they say was read by hand. Some of the sums are those of
published reports, with other words around them.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from effort import LINEAR, growth
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from nianbao.prose.amount import direction, han_number, read_amount
from nianbao.prose.sentences import Breakdown, Undecided, breakdowns, comparisons, negations, quantities

Tree = tuple[str, tuple[Any, ...]]


def counted(text: str) -> list[tuple[str, str, str]]:
    """Return value, unit and noun of every count of this time."""
    return [(str(q.value), q.unit, q.noun) for q in quantities(text) if q.role == "count"]


def tree(part: Any) -> Any:
    """Return a breakdown as (total, [parts]), a count as its value."""
    if isinstance(part, Breakdown):
        return (int(part.total.value), [tree(inner) for inner in part.parts])
    return int(part.value)


def read_back(text: str) -> list[Any]:
    """Return every breakdown of *text* as a tree; "undecided" for what is not decided."""
    return ["undecided" if isinstance(found, Undecided) else tree(found) for found in breakdowns(text)]


def only(text: str) -> Breakdown:
    """Return the one breakdown of *text*."""
    (found,) = breakdowns(text)
    assert isinstance(found, Breakdown)
    return found


# -- counts --------------------------------------------------------------------------------------------

COUNTS: dict[str, list[tuple[str, str, str]]] = {
    "青禾县全年受理申请12件。": [("12", "件", "申请")],
    "收到12件政府信息公开申请。": [("12", "件", "政府信息公开申请")],
    "网站发布政务动态信息143条。": [("143", "条", "政务动态信息")],
    "政府信息公开申请共75件。": [("75", "件", "政府信息公开申请")],
    "政府信息公开申请受理75件。": [("75", "件", "政府信息公开申请")],
    "主动公开政府信息累计2645条。": [("2645", "条", "政府信息")],
    "更新本年度制发的规范性文件88件。": [("88", "件", "规范性文件")],
    "开展政务公开培训会3次，120人次参加。": [("3", "次", "政务公开培训会"), ("120", "人次", "参加")],
    "整合8大类348项公共服务事项。": [("8", "大类", ""), ("348", "项", "公共服务事项")],
    "配备2 名专职人员，组织3 次培训。": [("2", "名", "专职人员"), ("3", "次", "培训")],
    "收到申请１２件，办结１2件。": [("12", "件", "申请"), ("12", "件", "")],
    "浏览量达到982（人）次。": [("982", "人次", "浏览量")],
    "公开信息1,234条。": [("1234", "条", "信息")],
    "行政许可决定1280件、行政处罚35件、行政强制2件。": [
        ("1280", "件", "行政许可决定"),
        ("35", "件", "行政处罚"),
        ("2", "件", "行政强制"),
    ],
    "制发行政规范性文件3件，废止1件，现行有效20件。": [
        ("3", "件", "行政规范性文件"),
        ("1", "件", ""),
        ("20", "件", "现行有效"),
    ],
    "收取信息处理费400元。": [("400", "元", "信息处理费")],
    "召开新闻发布会5场。": [("5", "场", "新闻发布会")],
    "在公示栏张贴公告，设公示栏12个。": [("12", "个", "设公示栏")],
    "浏览量为442，点赞数达1,234。": [("442", "", "浏览量"), ("1234", "", "点赞数")],
    # Chinese numerals
    "印发文件三件，开展培训两次。": [("3", "件", "文件"), ("2", "次", "培训")],
    "修订制度十二条，发放资料一百零五份。": [("12", "条", "制度"), ("105", "份", "资料")],
    "公开信息两千三百条。": [("2300", "条", "信息")],
    "公开信息一千零二十条、解读三十一篇。": [("1020", "条", "信息"), ("31", "篇", "解读")],
    "收到行政诉讼一件。": [("1", "件", "行政诉讼")],
    "由一名副县长分管。": [("1", "名", "副县长分管")],
    "一起行政诉讼案件正在审理。": [("1", "起", "行政诉讼案件")],
    "收到申请零件。": [("0", "件", "申请")],
    "设立三个专栏。": [("3", "个", "专栏")],
    # figures with their zeros
    "办结12件公民提出的申请。": [("12", "件", "申请")],
    "信息公开申请0件，诉讼0起。": [("0", "件", "信息公开申请"), ("0", "起", "诉讼")],
}


@pytest.mark.parametrize(("text", "expected"), COUNTS.items())
def test_a_count_has_its_value_unit_and_noun(text: str, expected: list[tuple[str, str, str]]) -> None:
    """The noun is what is next to the figure, without verbs."""
    assert counted(text) == expected


NO_COUNTS = (
    "根据国办公开办函〔2021〕30号编制。",
    "依据《条例》第二十条、第五十条第（四）项的规定。",
    "国务院令第711号公布。",
    "2025年，青禾县继续推进。",
    "自2025年1月1日起至2025年12月31日止。",
    "2022-01-31发布，2026.1.5更新。",
    "电话0931-6123456，邮编745300。",
    "邮编：745300；电话：0931-6123456。",
    "传真为6123456。",
    "依托12345热线受理诉求。",
    "创建5A级景区，上线4.0版平台。",
    "会议9:30开始。",
    "见表三、附件2和图1。",
    "1.加强领导；2.强化培训。",
    "（1）加强领导。（2）强化培训。",
    "一是加强领导；二是强化培训；三是完善机制。",
    "一、总体情况",
    "落实“十四五”规划和三公经费公开。",
    "推进一网通办，提供一站式服务，办成一件事。",
    "做到一次性告知、最多跑一次、一窗受理。",
    "做到“两个维护”，增强四个意识。",
    "第三件议案，第二次会议。",
    "落实《2025年工作要点20条》。",
    "打造“14+3个”品牌。",
    "位于东大街28号政务楼14层。",
    "完善同一项目、统一条件的管理。",
    "推进2024-2025学年招生公开。",
    "发布数十条、上百条信息。",
    "占比1/3。",
    "邮箱abc2025@example.com。",
)


@pytest.mark.parametrize("text", NO_COUNTS)
def test_figures_that_count_nothing_are_no_quantities(text: str) -> None:
    """Document numbers, articles, dates, telephone numbers, numerals of headings, names."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            ("零", 0),
            ("两", 2),
            ("九", 9),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("九十九", 99),
            ("一百", 100),
        ),
        *(("一百零五", 105), ("一百一十", 110), ("三百二十一", 321), ("两千", 2000), ("一千零一", 1001)),
        *(("九千九百九十九", 9999), ("二零二五", 2025)),
    ],
)
def test_a_chinese_numeral_is_the_number_it_writes(text: str, number: int) -> None:
    assert han_number(text) == number


@given(st.integers(0, 9999))
def test_every_number_is_read_from_its_chinese_numeral(number: int) -> None:
    """As it is written out, place by place, one 零 for the zeros between."""
    places = [("千", 1000), ("百", 100), ("十", 10), ("", 1)]
    digits = "".join(
        "零" if number // size % 10 == 0 else "零一二三四五六七八九"[number // size % 10] + sign
        for sign, size in places
    )
    text = re.sub("零+", "零", digits).strip("零") or "零"
    assert han_number(text) == number


# A figure with its unit: value, least, most, one more of its last digit, unit, kind, decimals, characters before the unit.
AMOUNTS: dict[str, tuple[str, str, str, str, str, str, int, int]] = {
    "12件": ("12", "12", "12", "1", "件", "exact", 0, 2),
    "0件": ("0", "0", "0", "1", "件", "exact", 0, 1),
    "400条": ("400", "400", "400", "100", "条", "exact", 0, 3),
    "1,050条": ("1050", "1050", "1050", "10", "条", "exact", 0, 5),
    "12.50元": ("12.50", "12.50", "12.50", "0.01", "元", "exact", 2, 5),
    "百分之五": ("5", "5", "5", "1", "%", "exact", 0, 4),
    "百分之九十八点五": ("98.5", "98.5", "98.5", "0.1", "%", "exact", 1, 8),
    "三点一四倍": ("3.14", "3.14", "3.14", "0.01", "倍", "exact", 2, 4),
    "点五倍": ("0.5", "0.5", "0.5", "0.1", "倍", "exact", 1, 2),
    "十二点零五元": ("12.05", "12.05", "12.05", "0.01", "元", "exact", 2, 5),
    "12 件": ("12", "12", "12", "1", "件", "exact", 0, 2),
    "5个": ("5", "5", "5", "1", "个", "exact", 0, 1),
    "5个乡": ("5", "5", "5", "1", "乡", "exact", 0, 1),
    "5个百分点": ("5", "5", "5", "1", "百分点", "exact", 0, 1),
    "9(人)次": ("9", "9", "9", "1", "人次", "exact", 0, 1),
    # 万 and 亿: rounded to half of the last digit that is written
    "3万次": ("30000", "25000", "35000", "10000", "次", "about", 0, 2),
    "20万次": ("200000", "195000", "205000", "100000", "次", "about", 0, 3),
    "1.25万次": ("12500", "12450", "12550", "100", "次", "about", 2, 5),
    "1.2万亿元": ("1200000000000", "1150000000000", "1250000000000", "100000000000", "元", "about", 1, 5),
    "2百条": ("200", "150", "250", "100", "条", "about", 0, 2),
    "1.23456万次": ("12345.6", "12345.55", "12345.65", "0.1", "次", "about", 5, 8),
    # 余, 多 and 几 before or behind 万: up to one more of the last digit that is no zero
    "20余件": ("20", "20", "30", "10", "件", "at_least", 0, 3),
    "21余件": ("21", "21", "22", "1", "件", "at_least", 0, 3),
    "十几件": ("10", "10", "20", "10", "件", "at_least", 0, 2),
    "10多万次": ("100000", "100000", "200000", "100000", "次", "at_least", 0, 4),
    "1.5万余次": ("15000", "15000", "16000", "1000", "次", "at_least", 1, 5),
    # ranges: the scale is that of both figures, if the first has none of its own
    "3至5件": ("3", "3", "5", "1", "件", "range", 0, 3),
    "3件到5件": ("3", "3", "5", "1", "件", "range", 0, 4),
    "10-20件": ("10", "10", "20", "10", "件", "range", 0, 5),
    "3-5万次": ("30000", "30000", "55000", "10000", "次", "range", 0, 4),
    "3万-5万次": ("30000", "30000", "55000", "10000", "次", "range", 0, 5),
    "9千-2万次": ("9000", "9000", "25000", "10000", "次", "range", 0, 5),
    "1.25-2.5万次": ("12500.00", "12500.00", "25500", "1000", "次", "range", 2, 9),
    "1.2345-2.3456万次": ("12345", "12345", "23456.5", "1", "次", "range", 4, 14),
    "1-2.25%": ("1", "1", "2.25", "0.01", "%", "range", 2, 6),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_a_figure_by_itself(text: str) -> None:
    value, low, high, step, unit, kind, places, length = AMOUNTS[text]
    numbers = tuple(map(Decimal, (value, low, high, step)))
    assert tuple(read_amount(text)) == (*numbers, unit, kind, places, length)


@pytest.mark.parametrize(
    ("lead", "way"),
    [
        *(
            ("收到申请较去年增长", 1),
            ("同比增加了", 1),
            ("增长率为", 1),
            ("增幅达", 1),
            ("增长约 ", 1),
            ("多", 1),
        ),
        *(("同比下降", -1), ("较上年减少了近", -1), ("降低", -1), ("少", -1)),
        *(("新增", 0), ("不少", 0), ("至多", 0), ("收到申请", 0), ("", 0)),
    ],
)
def test_which_way_a_figure_has_gone(lead: str, way: int) -> None:
    assert direction(lead) == way


# Sentence, kind, value, least and most; "" for nothing that bounds it.
STATED = (
    ("公开信息212条。", "exact", "212", "212", "212"),
    ("公开信息400余条。", "at_least", "400", "400", "500"),
    ("公开信息20多条。", "at_least", "20", "20", "30"),
    ("召开会议十余次。", "at_least", "10", "10", "20"),
    ("粉丝10多万人。", "at_least", "100000", "100000", "200000"),
    ("粉丝1.5万余人。", "at_least", "15000", "15000", "16000"),
    ("公开信息近400条。", "about", "400", "300", "400"),
    ("公开信息约400条。", "about", "400", "300", "500"),
    ("公开信息150条左右。", "about", "150", "140", "160"),
    ("访问量1.9万次。", "about", "19000", "18500", "19500"),
    ("访问量2亿次。", "about", "200000000", "150000000", "250000000"),
    ("阅读量超过10万次。", "at_least", "100000", "100000", ""),
    ("培训不少于3次。", "at_least", "3", "3", ""),
    ("配备人员2名以上。", "at_least", "2", "2", ""),
    ("补正不超过2次。", "at_most", "2", "0", "2"),
    ("答复时间压缩在15个工作日以内。", "at_most", "15", "0", "15"),
    ("每月更新一批，发布3—5条。", "range", "3", "3", "5"),
    ("发布3～5条。", "range", "3", "3", "5"),
    ("发布3至5条。", "range", "3", "3", "5"),
    ("发布3件至5件。", "range", "3", "3", "5"),
    ("访问量3-5万次。", "range", "30000", "30000", "55000"),
)


@pytest.mark.parametrize(("text", "kind", "value", "low", "high"), STATED)
def test_how_exactly_a_figure_is_stated(text: str, kind: str, value: str, low: str, high: str) -> None:
    """余 and 多 add up to one more of the last digit that is no zero; 万 is rounded to half of its last digit."""
    (quantity,) = quantities(text)

    assert (quantity.kind, quantity.value) == (kind, Decimal(value))
    assert quantity.low == Decimal(low)
    assert quantity.high == (Decimal(high) if high else None)
    assert quantity.exact is (kind == "exact")


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("办结率100%。", "100", 0),
        ("办结率为98.50%。", "98.50", 2),
        ("按时办结率98．5％。", "98.5", 1),
        ("满意率９９ ％。", "99", 0),
        ("办结率100.00%。", "100.00", 2),
        ("百分之九十八的事项。", "98", 0),
        ("百分之九十八点五的事项。", "98.5", 1),
    ],
)
def test_a_percentage_keeps_its_stated_precision(text: str, value: str, places: int) -> None:
    """98.50% is stated to two places."""
    (quantity,) = quantities(text)

    assert (str(quantity.value), quantity.unit, quantity.places) == (value, "%", places)
    assert not quantity.counted


ROLES = (
    ("收到申请12件，较去年增加5件。", ["count", "change"]),
    ("比上年减少5件，同比下降12.3%。", ["change", "change"]),
    ("申请量同比分别增长12%、5%。", ["change", "change"]),
    ("是去年的1.2倍。", ["change"]),
    ("办结率提高2个百分点。", ["change"]),
    ("与上年相比，公开信息增加20条。", ["change"]),
    ("去年收到申请7件，今年收到12件。", ["earlier", "count"]),
    ("与去年相比，收到申请12件。", ["count"]),
    ("上年结转申请3件，结转下年度继续办理2件。", ["count", "count"]),
    ("2026年，我们将开展培训4次，发布解读20篇。", ["planned", "planned"]),
    ("计划于明年新增专栏5个。", ["planned"]),
    ("力争公开信息300条。", ["planned"]),
    ("新增便民主题8个。", ["count"]),
    ("将8类服务事项上网公开。", ["count"]),
    ("举办培训班3期，每期50人。", ["count", "each"]),
    ("举办培训班3期，平均50人。", ["count", "each"]),
    ("办结率提高12%。", ["change"]),
    ("增加专栏5个。", ["count"]),
    ("制定计划2个。", ["count"]),
)


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_what_a_figure_is_of(text: str, expected: list[str]) -> None:
    """A change, a figure of another year and a plan are no counts of this year."""
    assert [quantity.role for quantity in quantities(text)] == expected


def test_the_words_around_a_figure() -> None:
    """Lead, tail and scope are the report's own words."""
    (quantity,) = quantities("会议开得好；2025年，网站公开信息约 212 条内容。")

    assert quantity.scope == "2025年，网站公开信息约 "
    assert (quantity.lead.strip(), quantity.tail) == ("网站公开信息", "内容")


@pytest.mark.parametrize(
    ("text", "figures", "wholes"),
    [
        ("公开信息 212 条。", ["212"], ["212 条"]),
        ("粉丝1.5万余人，办结率９９％。", ["1.5万余", "９９"], ["1.5万余人", "９９％"]),
        ("发布3—5条，共十二件（人）次。", ["3—5", "十二"], ["3—5条", "十二件"]),
    ],
)
def test_spans_point_at_the_figure(text: str, figures: list[str], wholes: list[str]) -> None:
    """`span` is the figure, `whole` the figure with its unit; both are moved by the offset."""
    found = quantities(text, 100)

    assert [text[q.span.start - 100 : q.span.end - 100] for q in found] == figures
    assert [text[q.whole.start - 100 : q.whole.end - 100] for q in found] == wholes


# -- breakdowns ----------------------------------------------------------------------------------------

READ = {
    "公开信息212条，其中动态143条、目录69条。": (212, [143, 69]),
    "公开信息212条，其中动态143条，目录69条。": (212, [143, 69]),
    "公开信息212条，其中：动态143条；目录69条。": (212, [143, 69]),
    "公开信息212条；其中动态143条，目录69条。": (212, [143, 69]),
    "公开信息212条。其中，动态143条；目录69条。": (212, [143, 69]),
    "公开信息212条。其中公开动态143条，公开目录67条；公开指南2条。": (212, [143, 67, 2]),
    "公开信息212条：动态143条，目录69条。": (212, [143, 69]),
    "公开信息212条，包括动态143条、目录69条。": (212, [143, 69]),
    "公开信息212条，涉及动态143条和目录69条。": (212, [143, 69]),
    "公开信息212条，分别为动态143条、目录69条。": (212, [143, 69]),
    "公开信息212条，其中动态、目录和指南分别为143条、67条和2条。": (212, [143, 67, 2]),
    "212条信息由动态143条、目录67条和指南2条组成。": (212, [143, 67, 2]),
    "动态143条、目录67条、指南2条，共计212条。": (212, [143, 67, 2]),
    "网站80条；微信60条；合计140条。": (140, [80, 60]),
    "微信、网站、微博发布信息分别为80条、60条和20条，共计160条。": (160, [80, 60, 20]),
    "新收申请12件，上年结转2件，共14件。": (14, [12, 2]),
    "动态143、目录67、指南2，合计212条。": (212, [143, 67, 2]),
    "公开信息212条，其中动态143、目录67、指南2。": (212, [143, 67, 2]),
    "收到申请12件（其中自然人10件，法人2件），办结12件。": (12, [10, 2]),
    "收到申请12件（自然人10件、法人2件）。": (12, [10, 2]),
    "收到申请12件，(其中自然人10件，法人2件)。": (12, [10, 2]),
    "收到申请12件（含上年结转2件），均已答复。": (12, [2]),
    "收到申请12件，其中：（1）自然人10件；（2）法人2件。": (12, [10, 2]),
    "收到申请12件，其中11件已办结，1件结转下年度。": (12, [11, 1]),
    "收到申请12件，均已答复，其中予以公开8件、部分公开4件。": (12, [8, 4]),
    "收到申请1,234件，其中自然人1,000件，法人234件。": (1234, [1000, 234]),
    "制发文件三件，其中行政规范性文件两件、其他一件。": (3, [2, 1]),
    "公开信息212条：其中动态143条。": (212, [143]),
    # what is no part
    "接受咨询50次，其中电话30次，现场20次，共解决问题45个。": (50, [30, 20]),
    "接受咨询50次，其中电话30次，现场20次，全年共接待300次。": (50, [30, 20]),
    "开展培训3次，参训120人次，其中线上1次、线下2次。": (3, [1, 2]),
    "公开信息212条，其中网站143条，点击3万次，微信69条。": (212, [143, 69]),
    "收到申请12件，其中自然人10件，占83.3%，法人2件，占16.7%。": (12, [10, 2]),
    "公开信息212条，同比增长12%，其中动态143条，较去年增加20条，目录69条。": (212, [143, 69]),
    "收到申请12件，其中自然人10件，法人2件；办结11件，结转1件。": (12, [10, 2]),
    "收到申请12件，答复12件，其中予以公开8件，部分公开4件。": (12, [8, 4]),
    "收到申请12件；办结11件，其中予以公开8件、部分公开3件。": (11, [8, 3]),
    "公开信息212条，数量分别为动态143条、目录69条。": (212, [143, 69]),
    "公开信息5条。网站80条，微信60条，共140条。": (140, [80, 60]),
    "接受咨询50件，其中电话30件、现场20件，受理申请5件。": (50, [30, 20]),
    "共办理30件。其中：建议18件，已办结18件；提案12件，已办结12件。": (30, [18, 12]),
    "收到申请12件，其中自然人10件、其他1件、法人1件。": (12, [10, 1, 1]),
    "公开信息212条（其中动态143条，其中微信100条、微博43条；目录69条）。": (212, [(143, [100, 43]), 69]),
    # in brackets, however deep
    "说明（甲（乙（丙（丁（戊（公开信息212条，其中动态143条、目录69条））））））。": (212, [143, 69]),
    # nested
    "公开信息31条，其中：政策20条，其中图解10条，文字10条；动态11条。": (31, [(20, [10, 10]), 11]),
    "公开信息31条，其中政策20条，其中图解10条，文字10条；动态11条。": (31, [(20, [10, 10]), 11]),
    "公开信息31条，其中政策20条（其中图解10条）、动态11条。": (31, [(20, [10]), 11]),
    "共50条，其中：政策20条，内有农业10条、教育10条；解读11条，其中图解3条、视频8条；通知19条。": (
        50,
        [(20, [10, 10]), (11, [3, 8]), 19],
    ),
    "公开财政信息380条，其中专项资金152条，预决算197条（政府32条、部门165条）、三公经费27条、债券4条。": (
        380,
        [152, (197, [32, 165]), 27, 4],
    ),
    "公开信息212条（其中动态143条（微信100条、微博43条）、目录69条）。": (212, [(143, [100, 43]), 69]),
    "公开信息212条，其中动态143条，目录69条，其中图解9条、文字60条。": (212, [143, (69, [9, 60])]),
}


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_a_breakdown_is_read(text: str, expected: Tree) -> None:
    """Total and parts, nested where they are."""
    assert read_back(text) == [expected]
    assert only(text).holds


def test_a_part_without_a_unit_is_counted_in_that_of_its_total() -> None:
    for text in ("公开信息212条，其中动态143、目录69。", "公开信息212条：动态143，目录69。"):
        assert [figure.unit for figure in only(text).figures] == ["条", "条"]


def test_two_totals_one_behind_the_other() -> None:
    """A total behind its parts may be divided again."""
    text = "新收申请12件，上年结转2件，共14件，其中予以公开10件、部分公开4件。"

    assert read_back(text) == [(14, [12, 2]), (14, [10, 4])]


CUES = {
    "公开信息212条，其中动态143条、目录69条。": "including",
    "公开信息212条（动态143条、目录69条）。": "including",
    "公开信息212条，分别为动态143条、目录69条。": "exhaustive",
    "公开信息212条，分为动态143条、目录69条。": "exhaustive",
    "动态143条、目录69条，共计212条。": "exhaustive",
    "212条信息由动态143条、目录69条组成。": "exhaustive",
    "公开信息212条，主要包括动态100条、目录50条。": "mainly",
    "公开信息212条，其中主要涉及动态100条、目录50条。": "mainly",
    "公开信息212条，其中动态100条、目录50条等。": "mainly",
    "公开信息212条，主要有动态100条、目录50条。": "mainly",
}


@pytest.mark.parametrize(("text", "cue"), CUES.items())
def test_how_the_parts_are_given(text: str, cue: str) -> None:
    """等 and 主要 leave some out."""
    found = only(text)

    assert found.cue == cue
    assert found.holds


# The sums that published reports have right and wrong (domain.md, 4).
HOLDS = {
    "主动公开信息82条，其中机构职能5条、规划计划3条、统计信息2条、政务动态55条、财政信息1条、政府采购0条、应急管理1条、其他15条。": True,
    "全年公开信息151条，其中微信公众号12条，门户网站1条，政务平台135条，公告栏3条。": True,
    "全镇公开信息171条，其中动态124条、政策34条、公示4条、预决算3条、采购2条、应急4条。": True,
    "公开政府信息139条，其中政务动态121条、政策文件3条、通知公告15条。": True,
    "公开政府信息共计195条，包括机构职能2条、规划计划2条、政务动态56条、财政信息2条、其他133条。": True,
    "新收申请95件，其中自然人89件、法人6件。": True,
    "本年办结98件，其中予以公开42件、部分公开1件、无法提供49件、不予处理6件。": True,
    "公开信息50条，其中：政策20条、解读11条、通知4条、公告8条、其他7条。": True,
    "公开信息258条，主要包括机构信息30条、政策文件70条、动态44条。": True,
    "公开信息115条，其中政策20条、动态30条、公告40条等。": True,
    "发布信息400余条，其中政策52条，解读38条，动态100余条，其他200余条。": True,
    # 143 + 67 + 28 + 45 = 283 > 212
    "公开政府信息212条。其中发布要闻、公告等动态信息143条，公开机构、政策等目录信息67条；公开办事指南28条；转载要闻45条。": False,
    # 216 + 50 + 100 and more > 276
    "发布动态276条，其中网站216条、微信50条、其他100余条。": False,
    # 1 + 4 + 3 + 1 + 1 + 6 = 16 < 18
    "公开信息18条，其中机构信息1条、政策4条、公告3条、财政1条、人事1条、规划6条。": False,
}


# One part alone leaves the others out; "mainly" leaves some out; room is given to both sides and no further.
EDGES = {
    "公开信息212条，其中动态143条。": True,
    "公开信息212条，其中动态212条。": True,
    "公开信息212条，其中动态213条。": False,
    "公开信息212条，其中动态143条、目录68条。": False,
    "公开信息212条，其中动态143条、目录70条。": False,
    "公开信息212条，主要包括动态143条、目录68条。": True,
    "公开信息212条，主要包括动态143条、目录70条。": False,
    "公开信息212条，分别为动态143条、目录68条。": False,
    "公开信息200余条，其中动态150条、目录50条。": True,
    "公开信息200余条，其中动态150条、目录49条。": False,
    "公开信息200余条，其中动态150条、目录150条。": True,
    "公开信息200余条，其中动态150条、目录151条。": False,
    "公开信息超过200条，其中动态1000条、目录5条。": True,
    "公开信息超过200条，其中动态100条、目录99条。": False,
    "公开信息不超过200条，其中动态1条、目录1条。": True,
    "公开信息不超过200条，其中动态100条、目录101条。": False,
    "公开信息212条，其中动态超过100条、目录50条。": True,
    "公开信息212条，其中动态超过200条、目录50条。": False,
    "公开信息212条，其中动态不超过200条、目录50条。": True,
    "公开信息212条，其中动态不超过160条、目录50条。": False,
}


@pytest.mark.parametrize(("text", "holds"), EDGES.items())
def test_a_sum_holds_if_some_count_of_what_is_stated_makes_it_true(text: str, holds: bool) -> None:
    assert only(text).holds is holds


@pytest.mark.parametrize(("text", "holds"), HOLDS.items())
def test_the_sums_of_published_reports(text: str, holds: bool) -> None:
    """Over and under are distinguished, approximate figures are given their room, 等 and 主要 leave some out."""
    assert only(text).holds is holds


def test_the_sum_of_the_parts_is_an_interval() -> None:
    """216 + 50 + 100余: from 366 to 466."""
    assert only("发布动态276条，其中网站216条、微信50条、其他100余条。").sum == (366, 466)
    assert only("发布动态276条，其中网站216条、其他超过10条。").sum == (226, None)
    assert only("发布动态276条，其中网站216条、其他60条。").sum == (276, 276)


# Why, in the words of the reason; then total and parts of each reading.
UNDECIDED: dict[str, tuple[str, list[Tree]]] = {
    # a clause with two totals
    "政策信息12条、动态信息5条，其中图解3条。": ("不止一个可能是合计", []),
    "指导10个部门和3个乡镇做好公开，其中重点5个。": ("不止一个可能是合计", []),
    # no total
    "公开信息若干，其中动态143条，目录69条。": ("找不到合计", []),
    "公开信息212条。内容丰富。其中动态143条，目录69条。": ("找不到合计", []),
    # brackets that do not close
    "收到申请12件（含上年结转2件，予以公开8件。": ("括号不成对", []),
    "收到申请12件）其中自然人10件、法人2件。": ("括号不成对", []),
    # figures with a subject of their own
    "收到申请12件，行政复议、行政诉讼分别为2件、1件。": ("是不是前面合计的分项", []),
    # which of the two totals
    "收到申请12件，办结11件，其中予以公开8件、部分公开3件。": (
        "不止一个可能是合计",
        [(11, (8, 3)), (12, (8, 3))],
    ),
    # where the list ends, or begins
    "公开信息212条，其中动态143条，目录67条；公开指南28条；转载要闻45条。": (
        "到哪里为止",
        [(212, (143, 67)), (212, (143, 67, 28)), (212, (143, 67, 28, 45))],
    ),
    "公开信息212条，其中动态143条、目录69条，回应关切5条。": (
        "到哪里为止",
        [(212, (143, 69)), (212, (143, 69, 5))],
    ),
    "网站80条；微信60条，微博20条，共80条。": ("到哪里为止", [(80, (60, 20)), (80, (80, 60, 20))]),
    # divided in more than one way
    "收到申请12件，其中自然人10件、法人2件、予以公开8件、部分公开4件。": (
        "不止一种标准",
        [(12, (10, 2)), (12, (8, 4)), (12, (10, 2, 8, 4))],
    ),
    "予以公开8件、部分公开4件、网上申请7件、当面申请5件，共计12件。": (
        "不止一种标准",
        [(12, (8, 4)), (12, (7, 5)), (12, (8, 4, 7, 5))],
    ),
    # which list goes on behind the comma, or is divided behind ；
    "公开信息31条，其中：政策20条；其中图解10条，文字10条；动态11条。": ("哪一层", []),
    "公开信息31条，其中政策20条，其中图解10条，文字10条，动态11条。": ("哪一层", []),
}


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_cannot_be_tied_to_one_meaning_is_undecided(text: str) -> None:
    """With each of the readings where they can be told."""
    reason, readings = UNDECIDED[text]
    (found,) = breakdowns(text)

    assert isinstance(found, Undecided)
    assert [
        (int(reading.total.value), tuple(int(figure.value) for figure in reading.figures))
        for reading in found.readings
    ] == readings
    assert reason in found.reason.zh
    assert found.reason.en
    assert 0 <= found.span.start < found.span.end <= len(text)

    (moved,) = breakdowns(text, 50)
    assert isinstance(moved, Undecided)
    assert (moved.reason, len(moved.readings)) == (found.reason, len(found.readings))
    assert (moved.span.start - 50, moved.span.end - 50) == found.span


def test_a_sum_that_is_left_open_runs_from_the_first_figure_that_may_be_in_it() -> None:
    text = "网站80条；微信60条，微博20条，共80条。"
    (found,) = breakdowns(text)
    assert text[slice(*found.span)] == "80条；微信60条，微博20条，共80条"


def test_lists_within_lists_are_told_apart_eight_deep() -> None:
    def nested(depth: int, innermost: str = "") -> str:
        return "公开信息9条" + "（其中动态9条" * depth + innermost + "）" * depth + "。"

    found, levels = only(nested(8)), 0
    while isinstance(found, Breakdown):
        found, levels = found.parts[0], levels + 1  # type: ignore[assignment]
    assert levels == 8
    for text in (nested(9), nested(8, "，其中图解9条")):
        (deeper,) = breakdowns(text)
        assert isinstance(deeper, Undecided)
        assert "哪一层" in deeper.reason.zh


def test_too_many_readings_are_none() -> None:
    """A list that may end at any of thirty places: they are not told one by one."""
    text = "公开信息99条，其中动态1条，目录1条；" + "转载要闻1条；" * 30 + "指南1条。"
    (found,) = breakdowns(text)

    assert isinstance(found, Undecided)
    assert found.readings == ()


NO_BREAKDOWN = (
    "公开信息212条。收到申请12件。",
    "召开新闻发布会5场，发布新闻300条。",  # news are no parts
    "公开信息212条，其中涉及8个领域。",  # another unit
    "公开信息212条，包括机构职能、人事信息等。",
    "公开信息212条，包括机构职能、人事信息，发布解读12条。",
    "安排公开经费120万元，开展活动3次。",
    "2026年将公开信息300条，其中动态200条、政策50条。",  # a plan
    "收到申请12件，予以公开8件，部分公开2件，不予公开2件。",  # nothing says that they are parts
    "有效信件24件，已办结回复24件，办结率为100%。",
    "办理提案4件，办结率100%，满意率和见面率分别为98%、95%。",
    "由42分钟缩至19分钟。",
    "报告共分六部分。",
    "印发通知3批共9件。",
    "去年公开信息200条，其中动态150条、政策40条。",
    "收到申请12件，（自然人10件、法人2件）。",  # the comma parts them
    "收到申请12件（自然人10件）。",
    "公开信息212条：动态143条。",
    "包括动态143条、目录69条。",
    "召开会议3次，其中动态143条、目录69条。",
    "公开预决算197条（3个乡镇、政府32条、部门165条）。",  # the bracket begins with something else
)


@pytest.mark.parametrize("text", NO_BREAKDOWN)
def test_figures_side_by_side_are_no_breakdown(text: str) -> None:
    """Nothing is a part that no word makes one."""
    assert breakdowns(text) == ()


def test_the_span_of_a_breakdown_runs_from_its_first_figure_to_its_last() -> None:
    """Whether the total is before its parts or behind them."""
    for text in ("公开信息212条，其中动态143条、目录69条等。", "共有动态143条、目录69条，共计212条。"):
        (found,) = breakdowns(text, 50)
        piece = text[found.span.start - 50 : found.span.end - 50]
        assert piece.startswith(("212条", "143条"))
        assert piece.endswith(("69条", "212条"))


# -- negations and comparisons -------------------------------------------------------------------------

NEGATIONS: dict[str, list[tuple[str, ...]]] = {
    "2025年，无政府信息公开申请情况。": [("政府信息公开申请",)],
    "未收到政府信息公开申请。": [("政府信息公开申请",)],
    "未收到公民、法人和其他组织的政府信息公开申请。": [("政府信息公开申请",)],
    "没有发生行政复议和行政诉讼案件。": [("行政复议", "行政诉讼")],
    "无行政复议、行政诉讼情况，未产生信息处理费。": [("行政复议", "行政诉讼"), ("信息处理费",)],
    "本年度未发生行政复议。": [("行政复议",)],
    "收到申请0件。": [("申请",)],
    "收到申请零件。": [("申请",)],
    "行政复议、行政诉讼均为0件。": [("行政复议", "行政诉讼")],
    "行政诉讼案件均为零。": [("行政诉讼案件",)],
    "0件申请不予公开。": [("申请不予公开",)],
    "被申请行政复议0件、被提起行政诉讼0件。": [("行政复议",), ("行政诉讼",)],
    "没有收到不予公开类申请。": [("不予公开类申请",)],
    "无不予公开情况。": [("不予公开",)],
    "没有1件被纠错。": [("被纠错",)],
    "行政诉讼未发生。": [("行政诉讼",)],
    "无。": [()],
    # no denials
    "推进无障碍改造，无法提供的依法告知。": [],
    "无正当理由大量反复申请。": [],
    "未来将继续努力，未经批准不得公开。": [],
    "检查有无违规行为。": [],
    "收到申请12件。": [],
    "办结率为0%。": [],
}


@pytest.mark.parametrize(("text", "expected"), NEGATIONS.items())
def test_what_is_denied(text: str, expected: list[tuple[str, ...]]) -> None:
    """The nouns that are said not to be, by a word or by a count of 0."""
    assert [negation.nouns for negation in negations(text)] == expected


def test_a_negation_says_where_it_stands() -> None:
    """From its cue to the last word denied."""
    text = "全年未收到政府信息公开申请，一切正常。"
    (found,) = negations(text, 7)

    assert text[found.span.start - 7 : found.span.end - 7] == "未收到政府信息公开申请"
    assert (found.cue, found.words) == ("未收到", "政府信息公开申请")


COMPARED = (
    ("收到申请12件，较去年增长12.3%。", [("12.3", "rate", 1, "较去年")]),
    ("收到申请12件，比上年减少5件。", [("5", "difference", -1, "比上年")]),
    ("同比下降3.5%。", [("3.5", "rate", -1, "同比")]),
    ("申请数量较去年回落12.3%。", [("12.3", "rate", -1, "较去年")]),
    ("公开量是去年的1.2倍。", [("1.2", "multiple", 0, "去年")]),
    ("较2024年提高2个百分点。", [("2", "points", 1, "较2024年")]),
    ("同比分别增长12%、5%。", [("12", "rate", 1, "同比"), ("5", "rate", 0, "同比")]),
    ("较去年有所好转，公开量同比增长5%。", [("5", "rate", 1, "同比")]),
    ("新增专栏5个，收到申请12件。", []),
)


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_a_comparison_has_its_measure_direction_and_base(
    text: str, expected: list[tuple[str, str, int, str]]
) -> None:
    """Rates, differences, points and multiples."""
    found = comparisons(text)

    assert [(str(c.quantity.value), c.measure, c.direction, c.base) for c in found] == expected


# -- laws ----------------------------------------------------------------------------------------------

NOUNS = ("政务动态", "政策文件", "信息公开目录", "办事指南", "机构职能", "财政信息", "通知公告", "规划计划")
UNITS = ("条", "件", "篇", "份", "个", "项")


def _listed(between: str, last: str = "") -> Callable[[Sequence[str]], str]:
    def join(parts: Sequence[str]) -> str:
        head, tail = (parts[:-1], parts[-1]) if last and len(parts) > 1 else (parts, "")
        return between.join(head) + (last + tail if tail else "")

    return join


# The frame, how its parts are joined, and whether a part is written with its unit.
TEMPLATES: tuple[tuple[str, Callable[[Sequence[str]], str]], ...] = (
    ("全年公开信息{total}，其中{parts}。", _listed("、")),
    ("全年公开信息{total}，其中{parts}。", _listed("，")),
    ("全年公开信息{total}，其中{parts}。", _listed("、", "和")),
    ("全年公开信息{total}，其中：{parts}。", _listed("；")),
    ("全年公开信息{total}。其中，{parts}。", _listed("；")),
    ("全年公开信息{total}。其中{parts}。", _listed("，")),
    ("全年公开信息{total}；其中{parts}。", _listed("，")),
    ("全县共发布{total}信息，包括{parts}。", _listed("、")),
    ("全县共发布{total}信息，包括：{parts}。", _listed("；")),
    ("全县累计发布信息{total}，涵盖{parts}。", _listed("、")),
    ("全县累计发布信息{total}，涉及{parts}。", _listed("，")),
    ("公开信息总量达{total}，分别为{parts}。", _listed("、")),
    ("公开信息总量达{total}，分为{parts}。", _listed("、", "以及")),
    ("公开信息{total}（{parts}）。", _listed("、")),
    ("公开信息{total}（其中{parts}），成效明显。", _listed("，")),
    ("公开信息{total}（包括{parts}），成效明显。", _listed("；")),
    ("{total}信息由{parts}组成。", _listed("、")),
    ("2025年，{parts}，共计{total}。", _listed("、")),
    ("2025年，{parts}，合计{total}。", _listed("，")),
    ("2025年，{parts}；共计{total}。", _listed("；")),
    ("公开信息{total}：{parts}。", _listed("，")),
    ("较去年增加5项，公开信息{total}，主要包括{parts}。", _listed("、")),
    ("做好公开工作；公开信息{total}，其中{parts}；召开会议3场。", _listed("、")),
    ("（一）主动公开方面。公开信息{total}，其中主要有{parts}等。", _listed("、")),
)
FIGURES = st.one_of(st.integers(0, 99), st.integers(100, 99999))


@pytest.mark.parametrize("number", range(len(TEMPLATES)))
@settings(max_examples=25)
@given(data=st.data())
def test_a_written_breakdown_is_read_back(number: int, data: st.DataObject) -> None:
    """Whatever the figures, right or wrong: total and parts are those that were written, at their places."""
    frame, join = TEMPLATES[number]
    # 5项 is before one of the totals
    unit = data.draw(st.sampled_from(UNITS[:-1]))
    total = data.draw(FIGURES)
    parts = data.draw(st.lists(FIGURES, min_size=2, max_size=6))
    assume(parts[0] <= total or sum(parts[1:]) != total)  # else the first may be the whole of the others
    nouns = data.draw(st.permutations(NOUNS))
    comma = data.draw(st.booleans())

    def written(figure: int) -> str:
        return f"{figure:,}{unit}" if comma else f"{figure}{unit}"

    listed = join([noun + written(part) for noun, part in zip(nouns, parts, strict=False)])
    text = frame.format(total=written(total), parts=listed)
    found = only(text)

    assert tree(found) == (total, parts)
    for figure in (found.total, *found.figures):
        assert int(text[slice(*figure.span)].replace(",", "")) == figure.value
        assert text[slice(*figure.whole)].endswith(unit)


ALPHABET = "0123456789．％%.,-—:：；;，。、()（）其中包括含分别为由组成共计无未收到没有去年增长较一二三十百零点万余多件条次年月日号第《》“”〔〕等 \n"


@given(st.text(st.sampled_from(ALPHABET) | st.characters(), max_size=80), st.integers(0, 1000))
@example("三点十倍", 0)
def test_any_text_gives_a_result(text: str, offset: int) -> None:
    """Without an error, in order, every span inside the text and around a figure."""
    found = quantities(text, offset)

    for quantity in found:
        assert offset <= quantity.span.start < quantity.span.end <= quantity.whole.end <= offset + len(text)
        assert text[quantity.whole.start - offset : quantity.whole.end - offset].strip()
    assert [q.span for q in found] == sorted(q.span for q in found)
    for division in breakdowns(text, offset):
        assert offset <= division.span.start < division.span.end <= offset + len(text)
    for negation in negations(text, offset):
        assert offset <= negation.span.start < negation.span.end <= offset + len(text)
    assert len(comparisons(text, offset)) <= len(found)


@given(
    st.text(st.sampled_from(ALPHABET), max_size=60), st.text(st.sampled_from("信息公开的事项"), max_size=5)
)
def test_a_sentence_before_changes_no_count(text: str, before: str) -> None:
    """A sentence is read for itself: words in one before it move the spans and nothing else."""
    prefix = f"{before}很好。"
    moved = quantities(prefix + text)

    assert [(q.value, q.unit, q.role) for q in moved] == [(q.value, q.unit, q.role) for q in quantities(text)]


LONG = {
    "digits": "1",
    "digits with points": "1.",
    "digits with dashes": "1-",
    "thousands": "1,111,",
    "numerals": "一百",
    "brackets": "（",
    "nested cues": "1条，其中",
    "cues of percentages": "其中5%，",
    "colons": "1条：1个：",
    "sums": "1条，共计",
    "parts": "动态1条、",
    "clauses": "公开信息1条，",
    "segments": "公开信息1条；",
    "ends of lists": "公开信息9条，其中动态1条，目录2条；",
    "sentences": "公开信息12条，其中动态10条、目录2条。",
    "sentences in brackets": "（公开信息12条。",
    "denials": "无",
    "composed": "由",
    "words": "信息公开",
    "quotes": "《",
    "spaces": "1 ",
    "去年": "去年1条",
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_costs_in_proportion(name: str) -> None:
    piece = LONG[name]

    def work(length: int) -> None:
        quantities("，" * (length % 7 + 1) + piece * (length // len(piece)))

    assert growth(work, 5_000) < LINEAR


# -- how far a division is looked for ------------------------------------------------------------------


@pytest.mark.parametrize(("deep", "expected"), [(8, [(212, [143, 69])]), (9, [])])
def test_brackets_are_looked_into_eight_deep(deep: int, expected: list[Tree]) -> None:
    assert (
        read_back("说明（" * deep + "公开信息212条，其中动态143条、目录69条" + "）" * deep + "。") == expected
    )


@pytest.mark.parametrize(("remarks", "expected"), [(7, [(9, [5, 4])]), (8, [])])
@pytest.mark.parametrize(
    "frame", ["公开信息9条，其中{}动态5条、目录4条。", "公开信息9条（其中{}动态5条、目录4条）。"]
)
def test_seven_remarks_may_come_before_the_first_part(frame: str, remarks: int, expected: list[Tree]) -> None:
    assert read_back(frame.format("（见网站）" * remarks)) == expected


@pytest.mark.parametrize(("others", "expected"), [(47, [(9, [5, 4])]), (48, [])])
def test_a_total_is_looked_for_among_the_forty_eight_figures_before_it(
    others: int, expected: list[Tree]
) -> None:
    assert read_back("公开信息9条，" + "召开会议1次，" * others + "其中动态5条、目录4条。") == expected


def test_the_total_may_be_one_of_the_twelve_nearest() -> None:
    text = "，".join(f"第{number}批{number}条" for number in range(21, 34)) + "，其中动态9条、目录1条。"
    (found,) = breakdowns(text)

    assert isinstance(found, Undecided)
    assert [int(reading.total.value) for reading in found.readings] == list(range(33, 21, -1))


@pytest.mark.parametrize(("later", "readings"), [(23, 24), (24, 0)])
def test_twenty_four_readings_are_listed(later: int, readings: int) -> None:
    """Behind the first ； the list may end at each: before all *later* parts, or behind one of them."""
    (found,) = breakdowns("公开信息99条，其中动态1条，目录1条；" + "转载要闻1条；" * later)

    assert isinstance(found, Undecided)
    assert len(found.readings) == readings


def test_forty_eight_parts_are_added_up() -> None:
    found = only("网站1条，" * 48 + "共计48条。")

    assert len(found.parts) == 48
    assert found.holds


@pytest.mark.parametrize(
    ("frame", "most"),
    [("公开信息9条：目录0条，动态9条{}。", 8), ("公开信息9条{}。", 9)],
    ids=["behind a colon", "one cue behind the other"],
)
def test_parts_are_divided_eight_deep(frame: str, most: int) -> None:
    """The list behind a colon, or behind the first cue, is the one that the eight are in."""
    within = ("（其中动态9条", "）") if "：" in frame else ("，其中动态9条", "")

    def nested(depth: int) -> str:
        return frame.format(within[0] * depth + within[1] * depth)

    found, levels = only(nested(most)), 0
    while isinstance(found, Breakdown):
        found, levels = found.parts[-1], levels + 1  # type: ignore[assignment]
    assert levels == 9
    (deeper,) = breakdowns(nested(most + 1))
    assert isinstance(deeper, Undecided)
    assert "哪一层" in deeper.reason.zh


# -- what belongs together -----------------------------------------------------------------------------

TOGETHER: dict[str, list[Any]] = {
    # a cue that has no figures of its own, and the next that has
    "公开信息212条，主要包括机构职能；其中动态143条、目录69条。": [(212, [143, 69])],
    "公开信息31条，其中政策20条，包括农业、教育等，动态11条。": [(31, [20, 11])],
    "召开会议3次，其中动态143条（微信100条、微博43条）。": [(143, [100, 43])],
    # a cue that begins a sentence goes back to the one before, and no farther; words before it do not
    "公开信息212条。 其中动态143条；目录69条。": [(212, [143, 69])],
    "（公开信息212条。会议开得好，其中线上143条、线下69条）。": [],
    "（公开信息212条。会议其中线上143条、线下69条）。": [],
    "公开信息212条。其中动态143条、目录69条。其中图解9条。": [(212, [143, 69])],
    "公开信息212条。其中动态143条（微信100条、微博43条）、目录69条。其中图解9条。": [
        (212, [(143, [100, 43]), 69])
    ],
    "公开信息212条，分别为，动态143、目录69。": [(212, [143, 69])],  # a slip of the pen
    # 分别
    "公开信息212条、分别为动态143条、目录69条。": [(212, [143, 69])],
    "公开信息212条；数量分别为动态143条、目录69条。": [(212, [143, 69])],
    "公开信息300条，微信、网站发布信息分别为80条、60条，共计140条。": ["undecided"],
    # 由…组成
    "212条信息由动态143条、目录67条和指南2条组成，转载要闻5条。": [(212, [143, 67, 2])],
    "成立小组12个（由专人组成3个）。": [],
    # a colon
    "办结率98%：动态143条、目录69条。": [],
    "设专栏5个，做法是：新增3个，撤销1个。": [],
    "召开会议3次，公开信息212条：动态、目录。": [],
    "动态143条、目录69条，共计212条：网站200条，微信12条。": [(212, [143, 69]), (212, [200, 12])],
    "说明：（公开信息212条，其中动态143条、目录69条）。": [(212, [143, 69])],
    "公开信息212条：动态143条、目录67条；指南2条。": [(212, [143, 67, 2])],
    # a bracket
    "收到申请12件、（自然人10件、法人2件）。": [],
    "公开信息212条（会议材料包括动态143条）。": [],
    "公开信息212条（。其中动态143条、目录69条）。": [(212, [143, 69])],  # a slip of the pen
    "公开信息31条，其中政策20条（图解10条、视频10条）、动态11条（网站6条、微信5条）。": [
        (31, [(20, [10, 10]), (11, [6, 5])])
    ],
    "公开信息31条，其中政策20条（图解10条、视频10条）（网站5条、微信5条）、动态11条。": [
        (31, [(20, [10, 10]), 11])
    ],
    "公开信息31条，其中政策20条、（图解10条、视频10条）、动态11条。": [(31, [20, 11])],
    # a sum
    "（网站80条，微信60条。微博20条，头条30条，共50条）。": [(50, [20, 30])],
    "微信发布60条，共80条。": [],
    # parts whose words say of no basis how they divide the total
    "收到申请12件，其中其他1件、自然人10件、法人1件。": [(12, [1, 10, 1])],
    "收到申请12件，其中其他1件、予以公开8件、部分公开3件。": [(12, [1, 8, 3])],
    "收到申请12件，其中予以公开8件、其他4件。": [(12, [8, 4])],
}


@pytest.mark.parametrize(("text", "expected"), TOGETHER.items())
def test_which_figures_belong_together(text: str, expected: list[Any]) -> None:
    assert read_back(text) == expected


NOT_DECIDED: dict[str, tuple[str, list[Tree]]] = {
    "网站80条；微信60条，共140条。": ("到哪里为止", [(140, (80, 60))]),
    "信件30件，其中来信18件，已办结18件，来访12件，已办结12件。": (
        "到哪里为止",
        [(30, (18,)), (30, (18, 12))],
    ),
    "公开信息31条，其中政策20条，其中图解10条，文字10条。": ("哪一层", []),
    "收到申请31件，其中网上20件（自然人10件，已办结10件，法人10件）、当面11件。": ("哪一层", []),
    "收到申请12件，其中予以公开8件、部分公开4件、自然人10件、法人2件。": (
        "不止一种标准",
        [(12, (8, 4)), (12, (10, 2)), (12, (8, 4, 10, 2))],
    ),
    "收到申请12件，其中自然人10件、法人2件、其他0件、予以公开8件、部分公开4件。": (
        "不止一种标准",
        [(12, (10, 2, 0)), (12, (8, 4)), (12, (10, 2, 0, 8, 4))],
    ),
}


@pytest.mark.parametrize("text", NOT_DECIDED)
def test_what_a_person_could_not_decide_either_is_undecided(text: str) -> None:
    reason, readings = NOT_DECIDED[text]
    (found,) = breakdowns(text)

    assert isinstance(found, Undecided)
    assert reason in found.reason.zh
    assert [
        (int(reading.total.value), tuple(int(figure.value) for figure in reading.figures))
        for reading in found.readings
    ] == readings


def test_a_part_without_a_unit_is_counted_in_that_of_the_nearest_total() -> None:
    """So 2条 is a part like those before it."""
    (found,) = breakdowns("召开会议3次，公开信息212条，其中动态143、目录67、指南2条。")

    assert isinstance(found, Undecided)
    assert [(int(part.value), part.unit) for part in found.readings[0].figures] == [
        (143, "条"),
        (67, "条"),
        (2, "条"),
    ]


def test_what_is_undecided_runs_from_the_nearest_figure_that_may_be_the_total() -> None:
    text = "收到申请12件，办结11件，行政复议、行政诉讼分别为2件、1件。"
    (found,) = breakdowns(text)
    assert text[slice(*found.span)] == "11件，行政复议、行政诉讼分别为2件、1件"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("公开信息212条（主要包括动态100条、目录50条）。", "mainly"),
        ("公开信息212条。其中，主要包括动态100条、目录50条。", "mainly"),
        ("公开信息212条，其中网站主要发布143条、微信发布69条。", "including"),
        ("公开信息212条（动态143条、目录69条，由办公室公开）。", "including"),
    ],
)
def test_only_the_words_before_the_parts_say_how_they_are_given(text: str, cue: str) -> None:
    assert only(text).cue == cue


@pytest.mark.parametrize("total", ["0条", "不超过3条"])
def test_parts_of_nothing_hold_if_there_may_be_nothing(total: str) -> None:
    assert only(f"公开信息{total}，其中动态0条、目录0条。").holds


def test_a_part_of_nothing_adds_nothing() -> None:
    assert only("公开信息3条，其中动态3条、目录0条。").sum == (3, 3)
    assert only("公开信息3条，其中动态3条、目录不超过2条。").sum == (3, 5)
