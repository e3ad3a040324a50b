"""The check of form files, and what the shipped forms say against the tables of the two notices."""

from collections.abc import Iterator

import pytest
import yaml
from nianbao.files.yaml_file import FaultError, FileError, Item, read
from nianbao.report.form import Form, TableForm, load_forms
from nianbao.report.form_file import check, check_all
from nianbao.text.folding import fold
from nianbao.text.source import Source
from nianbao_grammar import form_sources, official_forms

SMALL = """\
name: "2031"
title: 青禾格式
notice: 青禾办函〔2031〕1号
years: {from: 2031, to: 2035}
sections:
  - key: overview
    title: 总体情况
    wording: [总体的情况]
    aliases: [基本情况]
    obsolete: [概述]
  - {key: disclosure, title: 主动公开情况}
obsolete: [附表]
aspects:
  - {key: proactive, title: 主动公开, words: [主动]}
tables:
  - key: permits
    place: 表二
    section: disclosure
    item: 五
    note: 说明
    columns:
      - {key: made, label: 新增, aliases: [新增数], signed: true}
      - {key: kept, label: 保留, unit: 万元}
      - {key: total, label: 总计}
    rows:
      - {key: permits, label: 行政许可, aliases: [许可]}
      - {key: services, label: 服务事项, place: 服务}
identities:
  - name: total
    table: permits
    along: rows
    left: [made, kept]
    right: [total]
    basis: 总计为前两列之和
"""

# What is written in place of what, with ¦ before the place of the error; then what the message must say.
FAULTS = {
    "unknown key": ("title: 青禾格式", "¦titel: 青禾格式", "没有“titel”这个键", "did you mean title?"),
    "unknown key far from any": (
        "    note: 说明",
        "    ¦colour: 说明",
        "没有“colour”这个键",
        "no key colour",
    ),
    "missing key": ('name: "2031"\n', "¦", "缺少“name”", "name is missing: add it"),
    "missing key of a row": (
        "- {key: services, label: 服务事项, place: 服务}",
        "- ¦{key: services, place: 服务}",
        "缺少“label”",
        "label is missing",
    ),
    "missing key of a block": ("  - name: total\n    table", "  - ¦table", "缺少“name”", "name is missing"),
    "missing first year": ("{from: 2031, to: 2035}", "¦{to: 2035}", "缺少“from”", "from is missing"),
    "text where a list is due": ("[概述]", "¦概述", "“obsolete”应为文本的列表，这里是文本", "this is a text"),
    "list where a text is due": (
        "title: 青禾格式",
        "title: ¦[青禾格式]",
        "“title”应为文本，这里是列表",
        "a list",
    ),
    "mapping where a list is due": ("obsolete: [附表]", "obsolete: ¦{附表: 1}", "这里是键值对", "a mapping"),
    "text where a mapping is due": (
        "years: {from: 2031, to: 2035}",
        "years: ¦2031-2035",
        "“years”应为键值对，这里是文本",
        "years is a mapping",
    ),
    "row that is a text": (
        "- {key: services, label: 服务事项, place: 服务}",
        "- ¦服务事项",
        "“rows”的每一项应为键值对，这里是文本",
        "each entry of rows is a mapping",
    ),
    "signed that is a text": (
        "signed: true",
        'signed: ¦"true"',
        "“signed”应为 true 或 false",
        "true or false",
    ),
    "name without quotes": ('"2031"', "¦2031", '给它加上引号："2031"', 'put it in quotes, "2031"'),
    "label read as a truth value": (
        "label: 保留",
        "label: ¦no",
        '加上引号："no"',
        "it is read as a truth value",
    ),
    "label read as a time": ("label: 保留", "label: ¦1:30", '加上引号："1:30"', "it is read as a number"),
    "label read as a date": ("label: 保留", "label: ¦2031-01-01", "读作日期", "it is read as a date"),
    "label read as nothing": ("label: 保留", "label: ¦~", "读作空值", "it is read as nothing"),
    "label left out": (
        "label: 保留",
        "label:¦",
        "“label”应为文本，这里是空值",
        "label is a text and this is nothing",
    ),
    "alias read as a number": ("[新增数]", "[新增数, ¦1.5]", '加上引号："1.5"', "in quotes"),
    "year in quotes": ("to: 2035", 'to: ¦"2035"', "“to”应为四位数的年份，不加引号", "without quotes"),
    "year with too few figures": ("from: 2031", "from: ¦31", "应为四位数的年份", "four figures"),
    "year of far too many figures": ("to: 2035", "to: ¦" + "9" * 5000, "应为四位数的年份", "four figures"),
    "year in octal": ("from: 2031", "from: ¦02031", "应为四位数的年份", "four figures"),
    "years in the wrong order": ("to: 2035", "to: ¦2030", "止于 2030 年，早于起始的 2031 年", "ends in 2030"),
    "empty text": ("title: 青禾格式", 'title: ¦""', "“title”是空的", "title is empty"),
    "empty list": ("words: [主动]", "words: ¦[]", "“words”是空的", "words is empty"),
    "empty entry": ("[新增数]", '[新增数, ¦" "]', "“aliases”中有一项是空的", "an entry of aliases is empty"),
    "row without a label": ("label: 服务事项", 'label: ¦""', "只有一行的表", "only the one row"),
    "column without a label": ("label: 保留", 'label: ¦""', "列名是空的", "a column is without a label"),
    "key that is no word": ("key: kept", "key: ¦保留", "“保留”不能作键", "保留 is no key"),
    "key with a slash": ("key: kept", "key: ¦a/b", "“a/b”不能作键", "a/b is no key"),
    "table twice": (
        "identities:\n",
        "  - {key: ¦permits, place: 表三, section: overview, columns: [{key: a, label: 甲}],"
        " rows: [{key: b, label: 乙}]}\nidentities:\n",
        "表“permits”出现了两次",
        "table permits is here twice",
    ),
    "row twice": ("key: services", "key: ¦permits", "行“permits”出现了两次", "row permits is here twice"),
    "column twice": ("key: kept", "key: ¦made", "列“made”出现了两次", "column made is here twice"),
    "section twice": (
        "{key: disclosure,",
        "{key: ¦overview,",
        "部分“overview”出现了两次",
        "section overview",
    ),
    "aspect twice": (
        "words: [主动]}\n",
        "words: [主动]}\n  - {key: ¦proactive, title: 依申请公开, words: [申请]}\n",
        "方面“proactive”出现了两次",
        "aspect proactive",
    ),
    "identity twice": (
        "    basis: 总计为前两列之和\n",
        "    basis: 总计为前两列之和\n"
        "  - {name: ¦total, table: permits, along: rows, left: [made], right: [kept], basis: 无}\n",
        "等式“total”出现了两次",
        "identity total",
    ),
    "YAML key twice": (
        "title: 青禾格式\n",
        "title: 青禾格式\n¦title: 又一\n",
        "键“title”在同一处写了两次",
        "twice",
    ),
    "identity of an unknown table": (
        "table: permits",
        "table: ¦permit",
        "没有表“permit”；是不是“permits”？",
        "no table permit: did you mean permits?",
    ),
    "identity of an unknown column": (
        "[made, kept]",
        "[made, ¦keep]",
        "没有列“keep”",
        "may be one of made, kept, total",
    ),
    "identity of an unknown row": (
        "    along: rows\n    left: [made, kept]\n",
        "    along: columns\n    left: [permits, ¦made]\n",
        "没有行“made”；改为其中之一：permits, services",
        "no row made",
    ),
    "term twice": ("right: [total]", "right: [¦made]", "“made”在同一等式中出现了两次", "made is twice"),
    "along neither way": (
        "along: rows",
        "along: ¦row",
        "“row”不是 rows 或 columns",
        "neither rows nor columns",
    ),
    "item that is a number": ("item: 五", "item: ¦5", "“item”应为文本，这里是数字", "in quotes"),
    "item that is no numeral": ("item: 五", "item: ¦（五）", "不是条例第二十条的项号", "numbers no item"),
    "item that is two numerals": (
        "item: 五",
        "item: ¦五六",
        "“五六”不是条例第二十条的项号",
        "numbers no item",
    ),
    "table in an unknown section": (
        "section: disclosure",
        "section: ¦disclosures",
        "没有部分“disclosures”；是不是“disclosure”？",
        "no section disclosures",
    ),
    "section titles that collide": (
        "title: 主动公开情况",
        "title: ¦基本情况",
        "“基本情况”已经用来指“总体情况”",
        "基本情况 already means 总体情况",
    ),
    "section alias that collides but for its spaces": (
        "obsolete: [概述]",
        "obsolete: [¦总 体 情 况]",
        "“总 体 情 况”已经用来指“总体情况”",
        "already means 总体情况",
    ),
    "title that is a section and obsolete": (
        "obsolete: [附表]",
        "obsolete: [附表, ¦概述]",
        "“概述”已经用来指“总体情况”",
        "概述 already means 总体情况",
    ),
    "row alias that collides": (
        "place: 服务}",
        "aliases: [¦许可]}",
        "“许可”已经用来指“行政许可”",
        "许可 already means 行政许可",
    ),
    "column alias that collides": (
        "unit: 万元",
        "aliases: [¦新增]",
        "“新增”已经用来指“新增”",
        "already means 新增",
    ),
    "a form that is a list": (SMALL, "¦- 一\n- 二\n", "格式文件应为键值对，这里是列表", "this is a list"),
    "an empty file": (SMALL, "¦", "文件里没有内容", "the file has no content"),
    "nothing but a comment": (SMALL, "¦# 待写\n", "文件里没有内容", "the file has no content"),
    "a quote that does not close": ("title: 青禾格式", "title: '青禾格式", "YAML 语法有误", "not YAML"),
    "a colon too many": ("place: 表二", "place: 表二¦: 三", "YAML 语法有误", "not YAML"),
    "a bracket that does not close": ("words: [主动]", "words: [主动¦}", "YAML 语法有误", "not YAML"),
    "a tab as indentation": ("    place: 表二", "¦\tplace: 表二", "这里用了制表符", "use spaces"),
    "a tab after a colon": ("place: 表二", "place:¦\t表二", "这里用了制表符", "use spaces"),
    "a control character": (
        "place: 表二",
        "place: 表¦\x07二",
        "有控制字符 U+0007",
        "control character U+0007",
    ),
    "a second document": (SMALL, SMALL + "¦---\nname: x\n", "一个文件只写一份内容", "one document a file"),
    "a tag": ("title: 青禾格式", "title: ¦!!python/name:os.system x", "不使用类型标记", "type tags"),
    "a merge key": ("title: 青禾格式", "title: 青禾格式\n¦<<: {a: b}", "这里是合并键", "this is a merge key"),
    "a key that is a number": (
        "title: 青禾格式",
        "¦2031: 青禾格式",
        "键应为文本，这里是数字",
        "this is a number",
    ),
    "a key that is a list": (
        "title: 青禾格式",
        "¦[甲]: 青禾格式",
        "键应为文本，这里是列表",
        "this is a list",
    ),
    "an alias of nothing": ("obsolete: [附表]", "obsolete: ¦*old", "“*old”之前没有“&old”", "no &old before"),
    "an alias of itself": ("obsolete: [附表]", "obsolete: &a [¦*a]", "“*a”之前没有“&a”", "no &a before"),
    "an anchor twice": ("[附表]", "[&a 附表, ¦&a 附录]", "“&a”定义了两次", "&a is defined twice"),
    "more aliases than anyone needs": (
        "obsolete: [附表]",
        "obsolete: [&a 附表" + ", *a" * 64 + ", ¦*a]",
        "超过 64 处",
        "more than 64 aliases",
    ),
    "deep nesting": (
        "obsolete: [附表]",
        "obsolete: " + "[" * 16 + "¦[" + "[" * 60_000,
        "嵌套超过 16 层",
        "nested more than 16 deep",
    ),
    "a bomb": (
        SMALL,
        "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
        "e: ¦&e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
        "引用展开后超过 20000 个值",
        "more than 20000 values",
    ),
    "a file without end": (SMALL, "¦" + SMALL + "#" * 300_000, "文件超过 262144 个字符", "make it smaller"),
}


def marked(text: str) -> tuple[str, int, int]:
    """Return *text* without its mark, and the line and column that the mark is before."""
    before, _, after = text.partition("¦")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", FAULTS)
def test_says_where_and_what_to_do(name: str) -> None:
    """A fault is named at its line and column, in both languages, with what puts it right."""
    old, new, chinese, english = FAULTS[name]
    assert SMALL.count(old) >= 1
    changed = SMALL.replace(old, new, 1)
    if "¦" not in changed:  # a quote that does not close is seen at the end of the text
        changed += "¦"
    text, line, column = marked(changed)

    with pytest.raises(FileError) as caught:
        check(text, "forms/青禾.yaml")

    error = caught.value
    assert (error.line, error.column) == (line, column)
    where = f"forms/青禾.yaml:{line}:{column}: "
    assert error.text.zh.startswith(where)
    assert error.text.en.startswith(where)
    assert chinese in error.text.zh
    assert english in error.text.en
    # What to do follows what is wrong.
    assert any(mark in error.text.zh for mark in "；？")
    assert any(mark in error.text.en for mark in ":?")


def test_the_small_form_is_sound() -> None:
    """The form that every fault is made in has none itself, and its data is what YAML says."""
    assert check(SMALL, "small.yaml") == yaml.safe_load(SMALL)


def test_a_place_is_written_as_path_line_column() -> None:
    """The error itself says path, line and column, counted as editors count them."""
    text = SMALL.replace("    along: rows", "    along: sideways")

    with pytest.raises(FileError, match=r"^a/b\.yaml:31:12: sideways is neither rows nor columns"):
        check(text, "a/b.yaml")


def test_a_byte_order_mark_and_other_line_ends_move_no_place() -> None:
    """CRLF, a byte order mark and a line separator inside a text count as editors count them."""
    text = SMALL.replace("青禾格式", '"青\u2028禾"').replace("along: rows", "along: x")

    for variant in (text, "\ufeff" + text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        with pytest.raises(FileError) as caught:
            check(variant, "x")
        assert (caught.value.line, caught.value.column) == (31, 12)


def test_a_shared_value_is_read_wherever_it_is_used() -> None:
    """An alias stands for its value, and the limit is on use, not on the alias."""
    text = SMALL.replace("[概述]", "&old [概述]").replace(
        "{key: disclosure, title: 主动公开情况}", "*section"
    )
    text = text.replace("  - key: overview", "  - &section\n    key: overview")

    # The same section twice: read as such, and refused as such.
    with pytest.raises(FileError, match="section overview is here twice"):
        check(text, "x")


def test_the_official_columns_may_share_an_anchor() -> None:
    """The form of 2019 gives two tables the same columns by an alias."""
    source = form_sources()["2019.yaml"]

    assert "*items" in source
    data = check(source, "2019.yaml")
    assert data["tables"][1]["columns"] == data["tables"][2]["columns"]


# -- several forms -------------------------------------------------------------------------------------


def later(years: str, name: str = "2036") -> str:
    return SMALL.replace('"2031"', f'"{name}"').replace("{from: 2031, to: 2035}", years)


def test_forms_for_years_that_follow_each_other_hold_side_by_side() -> None:
    """An end and the next beginning do not overlap; a form without an end holds until the next begins."""
    checked = check_all(
        {
            "a": SMALL,
            "b": later("{from: 2036}"),
            "c": later("{from: 2040}", "2040"),
            "d": later("{from: 2010}", "2010"),
        }
    )

    assert [form["name"] for form in checked] == ["2031", "2036", "2040", "2010"]


@pytest.mark.parametrize(
    ("years", "common"),
    [("{from: 2035}", "2035-2035"), ("{from: 2020, to: 2031}", "2031-2031"), ("{from: 2031}", "2031-2035")],
)
def test_years_that_overlap(years: str, common: str) -> None:
    """Two forms for one year are refused, at the years of the later file, with the file they clash with."""
    with pytest.raises(FileError) as caught:
        check_all({"a.yaml": SMALL, "b.yaml": later(years)})

    assert (caught.value.path, caught.value.line, caught.value.column) == ("b.yaml", 4, 15)
    assert f"a.yaml ({common})" in caught.value.text.en
    assert f"与 a.yaml 的年份重叠（{common}）" in caught.value.text.zh


def test_two_forms_without_an_end_overlap_without_an_end() -> None:
    """The years in common are named as far as they go."""
    with pytest.raises(FileError, match=r"a \(2040-\)"):
        check_all({"a": later("{from: 2040}"), "b": later("{from: 2040}", "2040")})


def test_two_forms_of_one_name() -> None:
    """A name that is taken is refused where it is."""
    with pytest.raises(FileError, match=r"^b:1:7: the name 2031 is taken by a"):
        check_all({"a": SMALL, "b": later("{from: 2036}", "2031")})


# -- reading YAML --------------------------------------------------------------------------------------


def test_every_item_stands_where_its_words_do() -> None:
    """The offset of a plain scalar is where its words begin."""
    text = "甲: 乙\n丙:\n  - 丁 # 注\n  - {戊: 己}\n"
    item = read(text)

    found = [(scalar.written, text[scalar.offset]) for scalar in scalars(item)]
    assert found == [(word, word) for word in "甲乙丙丁戊己"]


def scalars(item: Item) -> Iterator[Item]:
    content = item.content
    if isinstance(content, tuple):
        for member in content:
            yield from scalars(member)
    elif isinstance(content, dict):
        for entry in content.values():
            yield from scalars(entry.key)
            yield from scalars(entry.value)
    else:
        yield item


@pytest.mark.parametrize("text", ["{" * 20_000, "[" * 200_000, "? " * 50_000, "- " * 50_000, "a: " * 50_000])
def test_no_text_takes_long_or_overflows(text: str) -> None:
    """Nesting without end is a fault like any other."""
    with pytest.raises(FaultError):
        read(text)


# -- the shipped forms ---------------------------------------------------------------------------------


def test_the_shipped_forms_are_sound() -> None:
    """All three pass together, and what is compiled into the package is what the files say."""
    checked = check_all(form_sources())

    assert [form["name"] for form in checked] == ["2008", "2019", "2021"]
    assert checked == official_forms()
    assert checked == [yaml.safe_load(text) for text in form_sources().values()]


OUTCOMES = """\
一、本年新收政府信息公开申请数量
二、上年结转政府信息公开申请数量
（一）予以公开
（二）部分公开（区分处理的，只计这一情形，不计其他情形）
1.属于国家秘密
2.其他法律行政法规禁止公开
3.危及“三安全一稳定”
4.保护第三方合法权益
5.属于三类内部事务信息
6.属于四类过程性信息
7.属于行政执法案卷
8.属于行政查询事项
1.本机关不掌握相关政府信息
2.没有现成信息需要另行制作
3.补正后申请内容仍不明确
1.信访举报投诉类申请
2.重复申请
3.要求提供公开出版物
4.无正当理由大量反复申请
5.要求行政机关确认或重新出具已获取信息
"""
ROWS_2019 = OUTCOMES + "（六）其他处理\n（七）总计\n四、结转下年度继续办理\n"
ROWS_2021 = (
    OUTCOMES
    + "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n"
    + "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n"
    + "3.其他\n（七）总计\n四、结转下年度继续办理\n"
)
APPLICANTS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
VERDICTS = "结果维持 结果纠正 其他结果 尚未审结 总计"

# Table two as the annexes print it: item, columns, rows.
ITEMS_2019 = [
    ("一", "本年新制作数量 本年新公开数量 对外公开总数量", "规章 规范性文件"),
    ("五", "上一年项目数量 本年增/减 处理决定数量", "行政许可 其他对外管理服务事项"),
    ("六", "上一年项目数量 本年增/减 处理决定数量", "行政处罚 行政强制"),
    ("八", "上一年项目数量 本年增/减", "行政事业性收费"),
    ("九", "采购项目数量 采购总金额", "政府集中采购"),
]
ITEMS_2021 = [
    ("一", "本年制发件数 本年废止件数 现行有效件数", "规章 行政规范性文件"),
    ("五", "本年处理决定数量", "行政许可"),
    ("六", "本年处理决定数量", "行政处罚 行政强制"),
    ("八", "本年收费金额（单位：万元）", "行政事业性收费"),
]
TITLES = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]


def shipped(name: str) -> Form:
    return next(form for form in load_forms(official_forms()) if form.name == name)


def table(form: Form, key: str) -> TableForm:
    found = form.table(key)
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "items"), [("2019", ITEMS_2019), ("2021", ITEMS_2021)])
def test_table_two_is_as_printed(name: str, items: list[tuple[str, str, str]]) -> None:
    """Items, columns and rows of table two, word for word and in order."""
    found = [
        (t.item, " ".join(c.label for c in t.columns), " ".join(r.label for r in t.rows))
        for t in shipped(name).tables
        if t.section == "disclosure"
    ]

    assert found == items


@pytest.mark.parametrize(("name", "rows"), [("2019", ROWS_2019), ("2021", ROWS_2021)])
def test_tables_three_and_four_are_as_printed(name: str, rows: str) -> None:
    """Rows and columns of table three and the fifteen columns of table four, word for word and in order."""
    form = shipped(name)
    three, four = table(form, "applications"), table(form, "review")

    assert [row.label for row in three.rows] == rows.splitlines()
    assert " ".join(column.label for column in three.columns) == APPLICANTS
    assert three.note == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert " ".join(column.label for column in four.columns) == " ".join([VERDICTS] * 3)
    blocks = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    assert [column.under for column in four.columns] == [block for block in blocks for _ in range(5)]


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_the_six_sections_are_as_printed(name: str) -> None:
    """The titles of both notices are the same six, in order."""
    assert [section.title for section in shipped(name).sections] == TITLES


@pytest.mark.parametrize(
    ("name", "cells", "rows", "equalities"), [("2019", 22, 23, 40), ("2021", 10, 25, 42)]
)
def test_the_forms_are_as_large_as_counted_by_hand(name: str, cells: int, rows: int, equalities: int) -> None:
    """Cells of table two, rows of table three, and the equalities I1 to I4 bound to every column or row."""
    form = shipped(name)
    size = {t.key: len(t.rows) * len(t.columns) for t in form.tables}
    bound = sum(
        len(table(form, i.table).columns if i.along == "columns" else table(form, i.table).rows)
        for i in form.identities
    )

    assert sum(size[t.key] for t in form.tables if t.section == "disclosure") == cells
    assert size["applications"] == rows * 7
    assert size["review"] == 15
    assert bound == equalities


@pytest.mark.parametrize(("name", "outcomes"), [("2019", 19), ("2021", 21)])
def test_the_identities_are_those_of_the_tables(name: str, outcomes: int) -> None:
    """I1: 一 + 二 = 三（七） + 四; I2: every outcome; I3: six applicants; I4: four verdicts, three times."""
    form = shipped(name)
    sides = {identity.name: (identity.left, identity.right) for identity in form.identities}
    rows = [row.key for row in table(form, "applications").rows]

    assert sides["balance"] == (("received", "carried_in"), ("total", "carried_out"))
    assert sides["outcomes"] == (tuple(rows[2:-2]), ("total",))
    assert len(sides["outcomes"][0]) == outcomes
    columns = [column.key for column in table(form, "applications").columns]
    assert sides["applicants"] == (tuple(columns[:6]), ("total",))
    verdicts = [column.key for column in table(form, "review").columns]
    for start, block in ((0, "review"), (5, "direct"), (10, "after")):
        assert sides[block] == (tuple(verdicts[start : start + 4]), (verdicts[start + 4],))


@pytest.mark.parametrize(
    ("name", "amounts", "signed"),
    [
        ("2019", [("procurement", "amount", "")], ["permits", "penalties", "charges"]),
        ("2021", [("charges", "amount", "万元")], []),
    ],
)
def test_units_and_signs(name: str, amounts: list[tuple[str, str, str]], signed: list[str]) -> None:
    """One amount a form, its unit printed only since 2021; 本年增/减 may be negative and nothing else."""
    columns = [(t.key, column) for t in shipped(name).tables for column in t.columns]

    assert [(key, c.key, c.unit) for key, c in columns if c.unit is not None] == amounts
    assert [(key, c.label) for key, c in columns if c.signed] == [(key, "本年增/减") for key in signed]


def test_years_and_notices() -> None:
    """Each year from 2008 has one form, and each form names the notice it is annexed to."""
    found = {form.name: form for form in load_forms(official_forms())}

    assert [form.name for year in (2008, 2018) for form in found.values() if form.covers(year)] == [
        "2008"
    ] * 2
    assert [form.name for year in (2019, 2020) for form in found.values() if form.covers(year)] == [
        "2019"
    ] * 2
    assert [form.name for year in (2021, 2040) for form in found.values() if form.covers(year)] == [
        "2021"
    ] * 2
    assert not any(form.covers(2007) for form in found.values())
    assert found["2019"].notice == "国办公开办函〔2019〕60号"
    assert found["2021"].notice == "国办公开办函〔2021〕30号"


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_no_label_of_table_three_is_another_row(name: str) -> None:
    """Folded as reports are read, every row of table three keeps a label of its own."""
    keys = [fold(row.label) for row in table(shipped(name), "applications").rows]

    assert len(set(keys)) == len(keys)


def test_places_are_counted_as_editors_count() -> None:
    """The line of a fault is that of Source, the one place that turns an offset into a line."""
    text = SMALL.replace("notice: 青禾", "notice: 青\U00020000禾").replace("2035}", "2030}")

    with pytest.raises(FileError) as caught:
        check(text, "x")

    place = Source(text).position(text.index("2030}"))
    assert (caught.value.line, caught.value.column) == (place.line, place.column) == (4, 25)
