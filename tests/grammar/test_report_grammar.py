"""report.lark, met the way the linter meets it: through nianbao.report.syntax."""

import importlib.util
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import nianbao_grammar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.report.syntax import Outline, Part, Piece, read, tree
from nianbao.text.source import Span
from nianbao_grammar.automaton import Parser, Tables
from nianbao_grammar.compile import build_parser, write
from trees import leaves

Row = tuple[str, ...]


def cells(part: Part) -> list[list[Row]]:
    return [[tuple(cell.text for cell in row) for row in grid.rows] for grid in part.grids]


def texts(part: Part) -> list[str]:
    return [paragraph.text for paragraph in part.paragraphs]


def headings(parts: tuple[Part, ...]) -> list[tuple[int, str, str]]:
    """Return level, numeral and title of every heading in *parts*, inner ones after their own."""
    found = []
    for part in parts:
        assert part.heading is not None
        found.append((part.heading.level, part.heading.numeral, part.heading.title.text))
        found.extend(headings(part.parts))
    return found


def level_one(text: str) -> list[str]:
    return [title for level, _, title in headings(read(text).sections) if level == 1]


# -- the grammar itself --------------------------------------------------------------------------------


def test_no_conflict_under_strict() -> None:
    """Lark, told to refuse every conflict of rules and every collision of terminals, accepts the grammar."""
    strict = build_parser(nianbao_grammar.grammar_source(), strict=True)

    assert strict.options.strict
    assert strict.parse("\n").data == "start"


@pytest.mark.parametrize(
    "planted",
    [
        ("_prose: TEXT | SHORT | MARKED", "_prose: TEXT | SHORT | MARKED | _lead"),  # two ways to go on
        ("PIPES.3:", "PIPES.2:"),  # two terminals of one priority for one text
    ],
)
def test_strict_refuses_a_planted_conflict(planted: tuple[str, str]) -> None:
    """What strict accepts is worth something: it does refuse a grammar with a conflict."""
    grammar = nianbao_grammar.grammar_source()
    assert planted[0] in grammar

    with pytest.raises(Exception, match=r"Reduce/Reduce|Shift/Reduce|[Cc]ollision"):
        build_parser(grammar.replace(*planted), strict=True)


SAMPLES = {
    "a report": (
        "青禾县云岭镇2025年政府信息公开\n工作年度报告\n\n本报告根据条例编制。\n\n一、总体情况\n（一）主动公开方面。做了。\n"
        "1.公开文件。若干。\n又一段。\n二、主动公开政府信息情况\n\t第二十条第（一）项\n\n\t信息内容\n\t本年制发件数\n\n后文。\n"
    ),
    "pipes": "## 一、总体情况\n| 甲 | 乙 |\n| --- | --- |\n| 1 | |\n正文。\n",
    "one pipe a line": "一、总体情况\n|\n规章\n|\n0\n|\n后文。\n",
    "run on": "一、总体情况今年。二、主动公开政府信息情况表格\n",
    "only cells": "\t甲\n\t乙\n",
    "an open row before pipes": "\t甲\n| 乙 |\n",
    "nothing": "\n",
    "line separators": "一、总体情况\n甲\u2028乙\x0b丙\n",
}


def read_by_lark(name: str) -> list[tuple[str, ...]]:
    """What lark itself makes of a sample."""
    return list(leaves(build_parser(nianbao_grammar.grammar_source()).parse(SAMPLES[name])))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The two generated modules as the build writes them: the tables and the forms."""
    folder = tmp_path_factory.mktemp("generated")
    write(folder)
    return [_imported(folder / f"{name}.py") for name in ("_tables", "_forms")]


def _imported(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SAMPLES)
def test_the_generated_parser_reads_as_lark_does(name: str, generated: Any) -> None:
    """Our automaton gives the tree that lark gives, token for token and place for place."""
    ours = Parser(Tables(*generated[0].TABLES))

    assert list(leaves(ours.parse(SAMPLES[name]))) == read_by_lark(name)


def test_the_generated_modules_say_what_they_were_made_from(generated: Any) -> None:
    """Each carries the text of its source, by which a changed grammar or form is noticed."""
    tables, forms = generated
    sources = "".join(nianbao_grammar.form_sources().values())

    assert nianbao_grammar.grammar_source() == tables.SOURCE
    assert sources == forms.SOURCE


def test_a_changed_grammar_or_form_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the text is another, lark and yaml read the sources, and the outcome is the same."""
    from nianbao_grammar import _forms, _tables

    monkeypatch.setattr(_tables, "SOURCE", "")
    monkeypatch.setattr(_tables, "TABLES", ())
    monkeypatch.setattr(_forms, "SOURCE", "")
    monkeypatch.setattr(_forms, "FORMS", [])

    assert list(leaves(nianbao_grammar.parser().parse(SAMPLES["a report"]))) == read_by_lark("a report")
    assert [form["name"] for form in nianbao_grammar.official_forms()] == ["2008", "2019", "2021"]


def test_without_generated_modules_the_sources_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout that was never built works all the same."""
    for name in ("_tables", "_forms"):
        monkeypatch.delattr(nianbao_grammar, name, raising=False)
        monkeypatch.setitem(__import__("sys").modules, f"nianbao_grammar.{name}", None)

    assert list(leaves(nianbao_grammar.parser().parse(SAMPLES["a report"]))) == read_by_lark("a report")
    assert len(nianbao_grammar.official_forms()) == 3


# -- title and preamble --------------------------------------------------------------------------------


def test_a_title_over_several_lines_and_a_preamble() -> None:
    """Lines before the first sentence are the head; what follows, up to 一、, is the preamble."""
    text = "青禾县云岭镇2025年政府\n\n信息公开工作年度\n报   告\n\n本报告根据条例编制。\n统计期限为全年。\n\n一、总体情况\n甲。\n"
    outline = read(text)

    assert [piece.text for piece in outline.head] == ["青禾县云岭镇2025年政府", "信息公开工作年度", "报   告"]
    assert texts(outline.preamble) == ["本报告根据条例编制。", "统计期限为全年。"]
    assert [texts(section) for section in outline.sections] == [["甲。"]]


def test_a_markdown_title() -> None:
    """One # makes a title, whatever punctuation it has."""
    outline = read("# 青禾县：2025年政府信息公开工作年度报告\n\n一、总体情况\n")

    assert [piece.text for piece in outline.head] == ["# 青禾县：2025年政府信息公开工作年度报告"]


def test_a_report_may_begin_with_a_heading_a_sentence_or_a_table() -> None:
    """Neither title nor preamble is asked for."""
    assert read("一、总体情况\n甲。\n").head == ()
    assert texts(read("本报告根据条例编制。\n一、总体情况\n").preamble) == ["本报告根据条例编制。"]
    assert cells(read("\t甲\n\t乙\n\n\t丙\n").preamble) == [[("甲", "乙"), ("丙",)]]


def test_a_preamble_may_have_headings_of_its_own() -> None:
    """A preamble with （一） or 1. before the first section keeps them as its parts."""
    preamble = read("说明。\n（一）编制依据\n条例。\n1.范围。全年。\n一、总体情况\n").preamble

    assert texts(preamble) == ["说明。"]
    assert headings(preamble.parts) == [(2, "（一）", "编制依据"), (3, "1", "范围")]


# -- headings ------------------------------------------------------------------------------------------


def test_three_levels_of_headings() -> None:
    """一、 holds （一）, which holds 1.; a heading that ends in 。 has its text on the same line."""
    text = (
        "一、总体情况\n甲。\n（一）主动公开方面。乙。\n1.公开文件。丙。\n丁。\n②戊\n己。\n"
        "（二）依申请公开方面\n庚。\n二、主动公开政府信息情况\n1.辛\n"
    )
    sections = read(text).sections

    assert headings(sections) == [
        (1, "一", "总体情况"),
        (2, "（一）", "主动公开方面"),
        (3, "1", "公开文件"),
        (3, "②", "戊"),
        (2, "（二）", "依申请公开方面"),
        (1, "二", "主动公开政府信息情况"),
        (3, "1", "辛"),
    ]
    first = sections[0]
    assert texts(first) == ["甲。"]
    assert [texts(part) for part in first.parts] == [["乙。"], ["庚。"]]
    assert [texts(item) for item in first.parts[0].parts] == [["丙。", "丁。"], ["己。"]]


@pytest.mark.parametrize(
    ("line", "numeral"),
    [
        ("一、总体情况", "一"),
        ("一．总体情况", "一"),
        ("一.总体情况", "一"),
        ("一 总体情况", "一"),
        ("一\u3000总体情况", "一"),
        ("　　一、总体情况", "一"),
        ("一、总体情况。", "一"),
        ("一、总体情况：  ", "一"),
        ("十二、总体情况", "十二"),
        ("第一部分 总体情况", "第一部分"),
        ("第一部分：总体情况", "第一部分"),
        ("**一、总体情况**", "一"),
        ("## 一、总体情况", "一"),
        ("### 一、总体情况", "一"),
        ("#一、总体情况", "一"),
        ("## **一、总体情况**", "一"),
        ("## 总体情况", ""),
        ("## **总体情况**", ""),
        ("总体情况", ""),
        ("**总体情况**", ""),
        ("  总体情况：", ""),
    ],
)
def test_ways_to_write_a_level_one_heading(line: str, numeral: str) -> None:
    """However it is marked, the heading is found, its title without its marks, its numeral as printed."""
    outline = read(f"开头一句。\n{line}\n后文。\n")

    assert headings(outline.sections) == [(1, numeral, "总体情况")]
    assert texts(outline.sections[0]) == ["后文。"]


@pytest.mark.parametrize(
    "title",
    [
        "总体情况",
        "工作总体情况",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况",
        "存在问题及改进措施",
        "其他需要报告的事项",
        "其它需要报告事项",
    ],
)
def test_headings_without_numerals(title: str) -> None:
    """A line that is nothing but a title the forms know is a heading; the same words in a sentence are none."""
    assert level_one(f"甲。\n{title}\n乙。\n") == [title]
    assert level_one(f"甲。\n以上是{title}，详见下表。\n{title}如下：乙。\n") == []


def test_markdown_headings() -> None:
    """##, ### and #### make the three levels; a numeral says more about the level than the number of #."""
    text = "# 题\n\n## 总体情况\n\n### 主动公开\n\n#### 文件\n甲。\n\n## （二）依申请公开\n乙。\n\n#### 三、收到申请\n"

    assert headings(read(text).sections) == [
        (1, "", "总体情况"),
        (2, "", "主动公开"),
        (3, "", "文件"),
        (2, "（二）", "依申请公开"),
        (1, "三", "收到申请"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "三、本  年 度 办 理 结 果",
        "四、结转下年度继续办理",
        "四、结 转下年度继续办理",
    ],
)
def test_the_rows_of_table_three_are_no_headings(row: str) -> None:
    """一 to 四 of table three begin like headings: as a cell, in pipes and on a line of their own they are none."""
    for line in (f"\t{row}\n\t0", f"{row} | 0 |", f"| {row} | 0 |", row, f"|\n{row}\n|\n0\n|", f"{row}\t0"):
        text = f"三、收到和处理政府信息公开申请情况\n{line}\n\n四、政府信息公开行政复议、行政诉讼情况\n"

        assert level_one(text) == ["收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]


@pytest.mark.parametrize(
    "line",
    [
        "一、甲的事办了，乙的事没有办。",  # a sentence
        "一、甲；二、乙",
        "1.5万件。",
        "2025年公开了。",
        "（1）丙。",
        "一是甲。",
        "表二：主动公开",
        "## 表二 主动公开",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    """A sentence, a decimal, a year and the name of a table are text."""
    section = read(f"一、总体情况\n{line}\n").sections[0]

    assert texts(section) == [line]
    assert section.parts == ()


def test_a_copy_without_line_ends_still_has_its_sections() -> None:
    """Where text runs on behind a heading, the titles of the forms part it; a mention of a title does not."""
    text = "一、总体情况今年公开了若干。二、主动公开政府信息情况下表。三、总体情况和其他。\n"
    sections = read(text).sections

    assert headings(sections) == [(1, "一", "总体情况"), (1, "二", "主动公开政府信息情况")]
    assert texts(sections[0]) == ["今年公开了若干。"]


# -- tables --------------------------------------------------------------------------------------------


def test_tab_led_cells() -> None:
    """One cell a line, a blank line between rows; a cell may be empty, and prose ends the table."""
    text = "一、总体情况\n\t甲\n\t乙\n\n\t丙\n\t\n\t 1 \n  \n\n后文。\n"
    section = read(text).sections[0]

    assert cells(section) == [[("甲", "乙"), ("丙", "", "1")]]
    assert texts(section) == ["后文。"]


def test_cells_parted_by_tabs() -> None:
    """A row of cells on one line, parted by tabs, as a spreadsheet gives it."""
    assert cells(read("一、总体情况\n甲\t乙\t丙\n丁\t1\t\n后文。\n").sections[0]) == [
        [("甲", "乙", "丙"), ("丁", "1", "")]
    ]


def test_markdown_tables() -> None:
    """A row of pipes is a row with or without outer pipes; the rule under the header is none."""
    bare = "一、总体情况\n甲 | 乙\n--- | ---\n丙 | 1\n"
    boxed = "一、总体情况\n\n| 甲 | 乙 |\n|:---|---:|\n| 丙 | 1 |\n"

    assert cells(read(bare).sections[0]) == [[("甲", "乙"), ("丙", "1")]]
    assert cells(read(boxed).sections[0]) == [[("甲", "乙"), ("丙", "1")]]


def test_cells_of_pipes_keep_what_they_hold() -> None:
    """Empty cells stay, trailing ones too; an escaped pipe is no border; a broken cell is put together."""
    text = "一、总体情况\n| 第二十条第（一）项 | | | |\n| 甲\\|乙 | 1 |\n| 本年新\n制作数量 | 2 |\n"

    assert cells(read(text).sections[0]) == [
        [("第二十条第（一）项", "", "", ""), ("甲\\|乙", "1"), ("本年新\n制作数量", "2")]
    ]


def test_one_pipe_a_line() -> None:
    """A pipe on a line of its own parts cells; where rows end is lost, and said to be."""
    section = read("一、总体情况\n|\n规章\n|\n0\n|\n行政\n许可\n|\n\n|\n后文。\n").sections[0]

    assert cells(section) == [[("规章", "0", "行政\n许可", "")]]
    assert [grid.stream for grid in section.grids] == [True]
    assert texts(section) == ["后文。"]


def test_a_table_of_pipes_a_line_ends_at_a_heading() -> None:
    """The pipe that closes one table and the one that opens the next have a heading between them."""
    sections = read("三、收到申请\n|\n甲\n|\n四、复议诉讼\n|\n乙\n|\n五、问题\n丙。\n").sections

    assert [title for _, _, title in headings(sections)] == ["收到申请", "复议诉讼", "问题"]
    assert [cells(section) for section in sections] == [[[("甲",)]], [[("乙",)]], []]


def test_prose_between_tables_parts_them() -> None:
    """Two tables in one section are two grids, the prose between them is kept."""
    section = read("一、总体情况\n\t甲\n\n中间。\n\t乙\n\t丙\n\n").sections[0]

    assert cells(section) == [[("甲",)], [("乙", "丙")]]
    assert texts(section) == ["中间。"]


def test_a_table_may_stand_under_a_heading_of_any_level() -> None:
    """（一） and 1. hold tables as 一、 does."""
    section = read("一、总体情况\n（一）甲\n\t乙\n\n1.丙\n| 丁 | 1 |\n").sections[0]

    assert cells(section.parts[0]) == [[("乙",)]]
    assert cells(section.parts[0].parts[0]) == [[("丁", "1")]]


# -- line ends and places ------------------------------------------------------------------------------

WHOLE = SAMPLES["a report"] + SAMPLES["one pipe a line"] + SAMPLES["pipes"] + SAMPLES["run on"]


def flat(outline: Outline) -> list[object]:
    """Return everything an outline says but its places, with every line end written alike."""
    found: list[object] = [_line_feeds(piece) for piece in outline.head]
    for part in (outline.preamble, *outline.sections):
        found.extend(_flat(part))
    return found


def _flat(part: Part) -> Iterator[object]:
    if part.heading is not None:
        yield (part.heading.level, part.heading.numeral, _line_feeds(part.heading.title))
    yield [_line_feeds(piece) for piece in part.paragraphs]
    for grid in part.grids:
        yield (grid.stream, [[_line_feeds(cell) for cell in row] for row in grid.rows])
    for inner in part.parts:
        yield from _flat(inner)


def _line_feeds(piece: Piece) -> str:
    return piece.text.replace("\r\n", "\n").replace("\r", "\n")


def pieces(outline: Outline) -> Iterator[tuple[str, Span]]:
    """Yield every piece of an outline with its span, each heading by its whole line."""
    yield from outline.head
    for part in (outline.preamble, *outline.sections):
        yield from _pieces(part)


def _pieces(part: Part) -> Iterator[tuple[str, Span]]:
    if part.heading is not None:
        yield part.heading.title
    yield from part.paragraphs
    for grid in part.grids:
        for row in grid.rows:
            yield from row
    for inner in part.parts:
        yield from _pieces(inner)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_line_end_gives_the_same_outline(end: str) -> None:
    """LF, CRLF and CR are the three ends of a line, and none of them changes what is read."""
    assert flat(read(WHOLE.replace("\n", end))) == flat(read(WHOLE))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_nothing_else_ends_a_line(mark: str) -> None:
    """A line separator, a form feed and their like stay inside the paragraph, as they do in an editor."""
    text = f"一、总体情况\n甲{mark}二、主动公开政府信息情况的事。\n乙。\n"

    assert texts(read(text).sections[0]) == [f"甲{mark}二、主动公开政府信息情况的事。", "乙。"]


def test_a_text_need_not_end_in_a_line_end() -> None:
    """The last line counts with or without it, and no span reaches beyond the text."""
    for text in (
        "一、总体情况\n甲",
        "一、总体情况",
        "一、总体情况\n\t甲\n\t1",
        "一、总体情况\n| 甲 | 1 |",
        "青禾县",
    ):
        assert flat(read(text)) == flat(read(text + "\n"))
        assert all(span.end <= len(text) for _, span in pieces(read(text)))


LINES = [
    "青禾县2025年政府信息公开工作年度报告",
    "# 题",
    "本报告根据条例编制。",
    "一、总体情况",
    "二 主动公开",
    "## 三、收到",
    "### 甲",
    "#### 乙",
    "总体情况",
    "一、总体情况今年。四、政府信息公开行政复议、行政诉讼情况如下",
    "（一）主动公开方面。做了。",
    "(二)丙",
    "1.丁。戊",
    "②己",
    "\t一、本年新收政府信息公开申请数量",
    "\t0",
    "\t",
    "\t。",
    "甲\t乙",
    "| 甲 | 1 |",
    "|---|---|",
    "三、本年度办理结果 | 0 | |",
    "|",
    " | ",
    "庚 辛",
    "",
    "\u3000",
    "**",
    "一",
    "一、",
    "\u2028",
    "\xa0",
]
ANY_TEXT = st.one_of(
    st.text(),
    st.text(alphabet="一二、.．（）()#*|\t \n\r\u3000。；，：0甲表本年上结转"),
    st.lists(st.sampled_from(LINES)).flatmap(
        lambda lines: st.sampled_from(["\n", "\r\n", "\r", "\n\n"]).map(lambda end: end.join(lines))
    ),
)


@given(ANY_TEXT)
def test_every_text_parses_and_every_span_reads_back(text: str) -> None:
    """Reading is total, and what is at a span is what was read."""
    outline = read(text)

    for said, span in pieces(outline):
        assert text[span.start : span.end] == said


@given(ANY_TEXT)
def test_tokens_run_through_the_text_in_order(text: str) -> None:
    """No token overlaps another: nothing is read twice."""
    tokens = [leaf for leaf in leaves(tree(text)) if len(leaf) == 4]
    places = [(int(start), int(end)) for _, _, start, end in tokens]

    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@given(ANY_TEXT)
def test_nothing_is_lost(text: str) -> None:
    """Every character that is no mark of structure is found in what was read."""
    covered: set[int] = set()
    for _, span in pieces(read(text)):
        covered.update(range(span.start, span.end))
    lost = {text[i] for i in range(len(text)) if i not in covered}

    assert {char for char in lost if not char.isspace()} <= set(
        "|-:#*。：、．.（）()一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨⑩第部分"
    )
