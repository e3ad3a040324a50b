"""Web pages: which part is the report, what its tables are, and where every character is in the page."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from html import unescape
from random import Random

import pytest
from effort import LINEAR, affordable, growth
from hypothesis import given, settings
from hypothesis import strategies as st
from nianbao.readers import limits
from nianbao.readers.html import is_html, read_html
from nianbao.report.comments import comments
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft
from nianbao.testing.strategies import reports
from nianbao.text.source import Source, Span, UnreadableError
from rendering import html as pages
from rendering.grids import broken, canonical, content

MARK = "\x1f"
PERIOD = "本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自2024年1月1日起至2024年12月31日止。"
TABLE = (
    "<table><tr><td colspan=2>第二十条第（五）项</td></tr>"
    "<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>7</td></tr></table>"
)
ROWS = f"\n{MARK}第二十条第（五）项{MARK}{MARK}\n{MARK}信息内容{MARK}本年处理决定数量{MARK}\n{MARK}行政许可{MARK}7{MARK}\n\n"
REPORT = f"<p>{PERIOD}</p><p>一、总体情况</p><p>运行平稳。</p><p>二、主动公开政府信息情况</p>{TABLE}"
TEXT = f"{PERIOD}\n一、总体情况\n运行平稳。\n二、主动公开政府信息情况\n{ROWS}"


def read(page: str) -> Source:
    return read_html(page.encode(), "青禾县.html")


def shown(page: str) -> str:
    """Return the text of *page* with a visible mark between cells."""
    return read(page).text.replace(MARK, "¦")


def refused(data: bytes) -> str:
    """Return the reason, in Chinese, why *data* cannot be read."""
    with pytest.raises(UnreadableError) as caught:
        read_html(data, "青禾县.html")
    assert caught.value.reason.en
    return caught.value.reason.zh


def exact(source: Source) -> None:
    """Check that each sign of the text is the one, or the entity, that it leads to in the page."""
    assert source.raw is not None
    for offset, sign in enumerate(source.text):
        if sign.isspace() or sign == MARK:
            continue
        (place,) = source.locate(Span(offset, offset + 1))
        assert sign in unescape(source.raw.text[place.at : place.until])
        assert source.position(offset).offset == place.at


# -- what is beside a figure, and fields that hold one ---------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("17<sup>1</sup>", "17¹"),
        ("17<sup>[12]</sup>", "17[¹²]"),
        ("17<sub>1</sub>", "17¹"),
        ("17<a href='#n'><sup>a</sup></a>", "17ᵃ"),
        ("17<span style='vertical-align: super'>1</span>2", "17¹2"),
        ("17<sup>1", "17¹"),  # what is left open ends with the cell
        ("17<sup>1<sup>2</sup>3</sup>4", "17¹²³4"),
        ("<input value='17'>", "17"),
        ("<input type=text value=3.5>万元", "3.5万元"),
        ("17<input type=hidden value=9>", "17"),
        ("17<input type=checkbox value=1>", "17"),
        ("<input value='17' style='display:none'>", ""),
        ("<input value='请输入关键字'>", ""),
        ("<select><option>9<option selected>17</select>件", "17件"),
        ("<select><option>17</option><option>9</option></select>", "17"),
        ("<select><option>请选择</option></select>", ""),
        ("<textarea>17</textarea>", "17"),
        ("17<button>编辑</button>", "17"),
        ("17<ruby>件<rp>(</rp><rt>2</rt></ruby>", "17件"),
    ],
)
def test_a_figure_is_read_from_its_field_and_without_what_is_beside_it(cell: str, text: str) -> None:
    page = REPORT.replace("<td>7</td></tr>", f"<td>{cell}</td></tr><tr><td>甲</td><td>8</td></tr>")
    assert f"¦行政许可¦{text}¦\n¦甲¦8¦" in shown(f"<html><body>{page}")


def test_a_field_outside_a_table_is_the_page_s_own() -> None:
    assert shown("<html><body><p>甲<input value=17></p>") == "甲\n"


def test_a_figure_in_a_field_leads_to_its_place() -> None:
    source = read(f"<html><body>{REPORT.replace('<td>7</td>', '<td><input value=7></td>')}")
    at = source.text.index("7")
    (place,) = source.locate(Span(at, at + 1))
    assert source.raw is not None
    assert source.raw.text[: place.at].endswith("<input value=")
    exact(source)


# -- lines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>甲<b>乙</b><o:p>丙</o:p></p>", "甲乙丙\n"),
        ("<p>甲<p>乙<div>丙</div>丁", "甲\n乙\n丙\n丁\n"),
        ("<p>甲<br>乙<br/>丙</p>", "甲\n乙\n丙\n"),
        ("<ul><li>甲<li>乙<ul><li>丙</ul><li>丁</ul>", "甲\n乙\n丙\n丁\n"),
        ("<dl><dt>甲<dd>乙<dt>丙</dl>", "甲\n乙\n丙\n"),
        ("<h2>甲<h3>乙</h3>", "甲\n乙\n"),
        ("<div>甲</span></b>乙</p>丙</div>", "甲乙\n丙\n"),
        ("<p>甲&nbsp;&ensp;乙&#12288;丙</p>", "甲 乙 丙\n"),
        ("<p>&lt;甲&gt; &ldquo;乙&rdquo;&#x4e19;&bogus; & &amp</p>", "<甲> “乙”丙&bogus; & &\n"),
        ("<p>政府\n   信息\r\n公开 2024\n年</p>", "政府信息公开 2024 年\n"),
        ("<p>第（一）项\n<span>\n“三安全”</span></p>", "第（一）项“三安全”\n"),
        ("<p title='a>b'>甲</p><p class=\"x'>\">乙</p>", "甲\n乙\n"),
        ("<p>3 < 5 甲</p>", "3 < 5 甲\n"),
        ("<p>甲<!-- 乙 -->丙<!--[if gte mso 9]><p>丁</p><![endif]--></p>", "甲丙\n"),
        ("<p>甲</p><script>'<p>乙</p>'</script><style>p{}</style><template><p>丙</p></template>", "甲\n"),
        ("<p>甲</p><noscript><p>乙</p></noscript><textarea>丙</textarea><select><option>丁</select>", "甲\n"),
        ("<p>甲<span style='display: none'>乙<span>丙</span>丁</span>戊</p><p hidden>己</p>", "甲戊\n"),
        ("<div style='DISPLAY:NONE'><p>乙</p></div><p>甲<span style='mso-hide:all'>丙</span></p>", "甲\n"),
        ("<p>甲<del cite='x'>乙</del><ins>丙</ins></p>", "甲丙\n"),
        ("<ol><li>甲<li><p>乙</p></ol><ol start=4><li>丙<li value=9>丁</ol>", "1.甲\n2.乙\n4.丙\n9.丁\n"),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", "一、甲\n二、乙\n"),
        ("<ol style='list-style: none'><li>甲</ol>", "甲\n"),
        ("<p>甲</p></body></html><p>乙</p>", "甲\n乙\n"),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(page: str, text: str) -> None:
    """Left-out end tags, entities, line ends between words, what no one sees, numbered lists."""
    assert shown(f"<html><body>{page}") == text


def test_a_numeral_that_word_counted_has_no_gap_behind_it() -> None:
    """Word writes the numeral and a gap in seven points that is no part of the text."""
    page = (
        "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、<span style='font:7.0pt"
        ' "Times New Roman"\'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span>总体情况</span></p>'
    )
    assert shown(page) == "一、总体情况\n"


# -- tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>甲<td>乙<tr><td>丙<td>丁", ["甲¦乙", "丙¦丁"]),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>丙", ["甲¦乙", "¦丙"]),
        ("<tr><td colspan=2>甲<tr><td>乙<td>丙", ["甲¦", "乙¦丙"]),
        ("<tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>1<td>2<td>3", ["甲¦¦乙", "¦¦丙", "1¦2¦3"]),
        ("<thead><tr><th rowspan=9>甲<th>乙</thead><tbody><tr><td>丙<td>丁</tbody>", ["甲¦乙", "丙¦丁"]),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁", ["甲¦乙", "¦丙", "¦丁"]),
        ("<tr><td colspan=3>甲<tr><td>乙<td>丙<tr><td>1<td>2<td>3<td>4", ["甲¦¦¦", "乙¦丙¦¦", "1¦2¦3¦4"]),
        ("<tr><td colspan=5>甲<td>乙<tr><td colspan=5>丙<td>丁", ["甲¦乙", "丙¦丁"]),
        ("<tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙<td>丁", ["甲¦乙¦", "丙¦¦丁"]),
        ("<tr><td>甲<br/>乙<td><p>丙</p><p>丁</p>", ["甲 乙¦丙 丁"]),
        ("<tr><td>甲<td>&nbsp;<tr><td><p></p><td>乙", ["甲¦", "¦乙"]),
        ("<tr><td>甲<td>乙<tr height=0><td width=9><td width=9>", ["甲¦乙"]),
        ("<tr><td>甲<td>乙<tr style='display:none'><td>丙<td>丁", ["甲¦乙"]),
        ("<td>甲<td>乙</tr><td>丙</td></td><td>丁", ["甲¦乙", "丙¦丁"]),
        ("<tr><td><div><span>甲</div><td>乙</p></div>", ["甲¦乙"]),
        ("<tr><td colspan=x rowspan=-3>甲<td colspan=''>乙", ["甲¦乙"]),
    ],
)
def test_a_table_is_formed_as_the_html_standard_forms_it(table: str, rows: Sequence[str]) -> None:
    """Spans, groups, left-out tags, disagreeing widths; a column in which no cell begins is none."""
    assert shown(f"<html><table>{table}</table>") == "\n" + "".join(f"¦{row}¦\n" for row in rows) + "\n"


def test_what_stands_between_cells_stands_before_the_table() -> None:
    assert (
        shown("<div><table><tr><td>甲<td>乙</tr>丙<p>丁</p></table>戊</div>") == "丙\n丁\n\n¦甲¦乙¦\n\n戊\n"
    )


def test_a_caption_is_a_paragraph_over_its_table() -> None:
    assert shown("<html><table><caption>表一</caption><tr><td>甲<td>乙</table>") == "表一\n\n¦甲¦乙¦\n\n"


def test_rows_without_a_table_are_one() -> None:
    """A fragment may be cut off inside its table."""
    assert shown("<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>") == "\n¦甲¦乙¦\n¦丙¦丁¦\n\n"


def test_an_empty_cell_leads_to_its_inside() -> None:
    page = "<html><table><tr><td>甲</td><td class='x'></td><td>乙</td></tr></table>"
    source = read(page)
    blank = source.text.index(MARK + MARK) + 1
    (place,) = source.locate(Span(blank, blank))
    assert page[: place.at].endswith("<td class='x'>")


def test_a_layout_table_is_no_table() -> None:
    """A table with headings or tables in its cells lays the page out; that of the report in it is one."""
    page = f"<html><table><tr><td>栏目</td><td>{REPORT}</td></tr></table>"
    assert read(page).text == TEXT


def test_a_column_of_prose_is_no_table() -> None:
    page = f"<html><table><tr><td>{PERIOD}</td></tr><tr><td><br>运行平稳，没有其他情况需要报告。</td></tr></table>"
    assert read(page).text == f"{PERIOD}\n运行平稳，没有其他情况需要报告。\n"


def test_a_table_inside_a_cell_of_figures_is_text_of_the_cell() -> None:
    page = "<html><table><tr><td>信息内容<td>数量<tr><td>规章<td><table><tr><td>1<td>2</table></table>"
    assert shown(page) == "\n¦信息内容¦数量¦\n¦规章¦1 2¦\n\n"


ROWS_OF_SPANS = "".join(
    f"<div>{''.join(f'<span>{cell}</span>' for cell in row)}</div>"
    for row in (["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "7"], ["行政处罚", ""])
)


def test_spans_that_make_up_rows_of_the_form_are_cells() -> None:
    """The line of the item, one span, is above the table; an empty one leads to its inside."""
    page = f"{REPORT}{ROWS_OF_SPANS}"
    rows = "第二十条第（五）项\n\n¦信息内容¦本年处理决定数量¦\n¦行政许可¦7¦\n¦行政处罚¦¦\n\n"
    assert shown(page) == TEXT.replace(MARK, "¦") + rows
    exact(read(page))


def test_rows_of_spans_may_be_parted_by_breaks() -> None:
    broken = ROWS_OF_SPANS.replace("</div><div>", "<br>").replace("<div>", f"<div><span>{PERIOD}</span><br>")
    rows = f"{PERIOD}\n第二十条第（五）项\n\n¦信息内容¦本年处理决定数量¦\n¦行政许可¦7¦\n¦行政处罚¦¦\n\n"
    assert shown(f"{REPORT}{broken}") == TEXT.replace(MARK, "¦") + rows
    exact(read(f"{REPORT}{broken}"))


@pytest.mark.parametrize(
    "lines",
    [
        ["<span>第二十条</span><span>第（五）项</span>"],  # runs of a word processor, no figure among them
        ["<span>会议</span><span>7</span>", "<span>培训</span><span>3</span>"],  # no word of the form
        ["<span>信息内容</span>共有<span>7</span>", "<span>行政许可</span>：<span>7</span>"],  # words beside
        ["<span>信息内容</span><b>7</b>"],
        ["<span>信息内容</span>", "<span>7</span>"],
        ["<span>信息内容见下。</span><span>7</span>"],
    ],
)
def test_other_spans_are_words_of_a_line(lines: Sequence[str]) -> None:
    page = REPORT + "".join(f"<p>{line}</p>" for line in lines)
    said = "".join(line.replace("<span>", "").replace("</span>", "") + "\n" for line in lines)
    said = said.replace("<b>", "").replace("</b>", "")
    assert shown(page) == TEXT.replace(MARK, "¦") + said


def test_a_heading_in_a_row_of_its_own_parts_a_table() -> None:
    """A workbook saved as a page has the whole report in one table."""
    page = (
        "<html><table><tr><td colspan=2>一、总体情况<tr><td colspan=2>运行平稳，没有其他情况需要报告。"
        "<tr><td colspan=2>二、主动公开政府信息情况<tr><td>信息内容<td>本年处理决定数量<tr><td>行政许可<td>7</table>"
    )
    assert shown(page) == (
        "一、总体情况\n运行平稳，没有其他情况需要报告。\n二、主动公开政府信息情况\n"
        "\n¦信息内容¦本年处理决定数量¦\n¦行政许可¦7¦\n\n"
    )


def test_a_page_whose_colspans_disagree_is_bound_completely(forms: Sequence[Form]) -> None:
    """The heads of table four as sites have them: one too wide, one too narrow."""
    figures = "".join(f"<td>{n}" for n in (1, 2, 3, 4, 10, 0, 1, 0, 1, 2, 5, 0, 0, 0, 5))
    results = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"
    page = (
        f"<html><p>{PERIOD}<p>四、政府信息公开行政复议、行政诉讼情况<table><tr><td colspan=5>行政复议<td colspan=11>行政诉讼"
        f"<tr>{results.replace('<td>', '<td rowspan=2>')}<td colspan=5>未经复议直接起诉<td colspan=4>复议后起诉"
        f"<tr>{results}{results}<tr>{figures}</table>"
    )
    table = Report(read(page), forms).table("review")
    assert table is not None
    row, columns = table.form.rows[0].key, [column.key for column in table.form.columns]
    assert [int(table[row, key].text) for key in columns] == [1, 2, 3, 4, 10, 0, 1, 0, 1, 2, 5, 0, 0, 0, 5]


# -- the report in the page ---------------------------------------------------------------------------------

NAVIGATION = (
    "<div class=header><ul><li><a>首页</a><li><a>政务公开</a></ul></div><div class=left><h2>政府信息公开年报</h2>"
    "<ul><li>政府信息公开指南<li>政府信息公开条例<li>行政许可<li>行政处罚</ul></div>"
    "<div class=position>当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报</div>"
)
NOTES = (
    "<table><tr><td>索 引 号：<td>QH01/2025-0003<td>发布机构：<td>青禾县人民政府办公室"
    "<tr><td>名&nbsp;称：<td colspan=3>青禾县2024年政府信息公开工作年度报告<tr><td>发布日期：<td>2025-01-20<td>文号：<td></table>"
)
TOOLS = "<p>【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a> <a>关闭</a></p><p>分享到：<a>微信</a></p>"
FOOTER = "<div class=footer><p>主办：青禾县人民政府。</p><p>版权所有。</p></div>"
TITLE = "青禾县2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "body",
    [
        f"{NAVIGATION}<h1>{TITLE}</h1>{NOTES}{TOOLS}<div id=zoom>{REPORT}</div>{TOOLS}{FOOTER}",
        f"{NAVIGATION}{NOTES}<div><h2>{TITLE}</h2>{TOOLS}<div><div>{REPORT}</div></div></div>{FOOTER}",
        f"<nav>首页</nav><main><article><header><h1>{TITLE}</h1></header>{REPORT}</article><aside>要闻。</aside></main>",
        f"{NAVIGATION}<div class=TRS_Editor><p align=center>{TITLE}</p>{REPORT}</div>{FOOTER}",
        f"{NOTES}<p>{TITLE}</p><p>发布日期：2025-01-20&nbsp;&nbsp;来源：青禾县</p>{REPORT}{TOOLS}",
        f"<table><tr><td>{NAVIGATION}</td></tr><tr><td>{NOTES}<h1>{TITLE}</h1>{REPORT}</td></tr></table>{FOOTER}",
    ],
)
def test_what_is_only_around_the_report_is_left_out(body: str) -> None:
    """Navigation, the site's own table on the document, print and share, the foot of the page."""
    assert read(f"<html><body>{body}</body></html>").text == f"{TITLE}\n{TEXT}"


def test_a_note_on_the_document_is_the_page_s_only_before_the_report() -> None:
    page = f"<p>来源：青禾县</p>{REPORT}<p>来源：青禾县统计局</p><p>浏览次数：8</p>"
    assert read(page).text == f"{TEXT}来源：青禾县统计局\n"


def test_prose_beside_what_is_known_of_a_report_is_kept() -> None:
    """Rather too much of a page than too little of a report."""
    page = f"<div><div>{REPORT}</div><div><p>本报告电子版可在青禾县政府网站下载，欢迎查阅。</p></div></div>"
    assert read(page).text == f"{TEXT}本报告电子版可在青禾县政府网站下载，欢迎查阅。\n"


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE}_青禾县人民政府门户网站</title>",
        f"<title>青禾县人民政府 - {TITLE}</title>",
        f'<title>青禾县</title><meta name="ArticleTitle" content="{TITLE}">',
    ],
)
def test_a_report_without_a_title_has_that_of_its_page(head: str) -> None:
    source = read(f"<html><head>{head}</head><body><div id=zoom>{REPORT}</div>")
    assert source.text == f"{TITLE}\n{TEXT}"
    exact(source)


def test_a_title_of_the_report_itself_is_not_said_twice() -> None:
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><div id=zoom><p>青禾县2024年<br>政府信息公开工作年度报告</p>{REPORT}"
    assert read(page).text == f"青禾县2024年\n政府信息公开工作年度报告\n{TEXT}"


def test_a_text_file_that_a_browser_saved_keeps_its_lines(forms: Sequence[Form]) -> None:
    """Its tables of tabs, one cell a line, are read as in the file itself."""
    draft = f"{TITLE}\n\n{PERIOD}\n\n一、总体情况\n\n二、主动公开政府信息情况\n\n\t第二十条第（五）项\n\n\t信息内容\n\t本年处理决定数量\n\n\t行政许可\n\t7\n\n"
    source = read(f'<html><head></head><body><pre style="white-space: pre-wrap;">{draft}</pre></body></html>')
    assert source.text == draft
    exact(source)
    table = Report(source, forms).table("permits")
    assert table is not None
    assert [
        table.cell((row.key, column.key)).text for row in table.form.rows for column in table.form.columns
    ] == ["7"]


@pytest.mark.parametrize(
    "rows", ["信息内容\t数量\n规章\t3", "| 信息内容 | 数量 |\n| --- | --- |\n| 规章 | 3 |"]
)
def test_tabs_and_pipes_in_preformatted_lines_are_a_table(rows: str) -> None:
    page = f"<html><p>{PERIOD}<p>一、总体情况<pre>\n前文\n{rows}\n后文</pre>"
    assert shown(page) == f"{PERIOD}\n一、总体情况\n前文\n\n¦信息内容¦数量¦\n¦规章¦3¦\n\n后文\n"


# -- positions ------------------------------------------------------------------------------------------------


def test_line_and_column_are_those_of_the_page() -> None:
    """With a byte order mark and both line ends of Windows."""
    page = f"<html>\r\n<body>\r\n<p>{PERIOD}</p>\r\n<p>一、&nbsp;总体<b>情况</b></p>"
    source = read_html(b"\xef\xbb\xbf" + page.encode(), "青禾县.html")
    exact(source)
    place = source.position(source.text.index("情况"))
    assert (place.line, place.column) == (4, len("<p>一、&nbsp;总体<b>") + 1)
    assert source.raw is not None
    assert (source.raw.text, source.raw.bom, source.raw.newline) == (page, True, "\r\n")


PARTS = """甲 | 乙 |1|2，|&nbsp;|&lt;|&#19979;|&amp|&x;|<|>|\n|\r\n|\t|<p>|</p>|<br>|<b>|</b>|<div>|</div>|<table>|</table>|<tr>
|</tr>|<td>|</td>|<td colspan=2>|<td rowspan=3>|<th>|<tbody>|<caption>|<li>|</li>|<ol>|<ul>|</ul>|<h1>|</h1>|<pre>|</pre>
|<!--|-->|<script>|</script>|<span hidden>|</span>|\x07|\u200b|𠮷|'|"|=|一、总体情况|。"""
PIECES = st.lists(st.sampled_from(PARTS.split("|")), max_size=40).map("".join)


@settings(max_examples=150)
@given(PIECES)
def test_every_sign_leads_to_where_it_stands_whatever_the_page(page: str) -> None:
    """Any heap of tags gives a text or one clear refusal, and no sign of the text is anywhere but in the page."""
    try:
        source = read(f"<html><p>政府信息公开</p>{page}")
    except UnreadableError:
        return
    assert source.raw is not None
    for offset, sign in enumerate(source.text):
        for place in source.locate(Span(offset, offset + 1)) if sign != MARK else ():
            written = source.raw.text[place.at : place.until]
            assert sign in unescape(written) or (sign == " " and unescape(written).isspace())


@settings(max_examples=10)
@given(reports(notation="tabs"), st.integers(0, 2**30))
def test_a_report_reads_the_same_however_the_page_is_written(draft: Draft, seed: int) -> None:
    """As short as it can be, as a content management system pastes it, as Word saves it."""
    rng = Random(seed)
    blocks = content(draft, joined=rng.random() < 0.5)
    assert blocks is not None
    blocks = broken(blocks, rng)
    for write in (pages.clean, pages.cms, pages.word):
        data = write(blocks, rng)
        assert is_html(data)
        source = read_html(data, "青禾县.html")
        assert source.text == canonical(blocks)
        exact(source)


# -- comments ---------------------------------------------------------------------------------------------------


def covered(page: str) -> list[str]:
    source = read(page)
    found = comments(source.text, made=True)
    return [source.text[c.covered.start : c.covered.end].replace(MARK, "¦") for c in found]


def test_a_comment_speaks_of_its_paragraph_its_row_or_the_next_block() -> None:
    """Where it is in the page it is in the text, though no other comment does."""
    ours = "<!-- nianbao: ignore SUM001 理由 -->"
    assert covered(f"<html><p>甲</p>{ours}<p>乙</p><p>丙</p>") == ["乙\n"]
    assert covered(f"<html><p>甲</p><p>乙{ours}</p><p>丙</p>") == [f"乙{ours}\n"]
    table = "<table><tr><td>甲<td>乙</tr>{}<tr><td>1<td>{}2</table><p>丙"
    assert covered("<html>" + table.format(ours, "")) == [f"¦{ours}1¦2¦\n"]
    assert covered("<html>" + table.format("", ours)) == [f"¦1¦{ours}2¦\n"]
    assert covered(f"<html>{ours}" + table.format("", "")) == ["¦甲¦乙¦\n¦1¦2¦\n"]
    assert covered("<html><p>甲<!-- 别的注释 --></p>") == []


def test_a_comment_beside_the_report_is_kept() -> None:
    """No one who answered for a finding is passed over in silence."""
    ours = "<!-- nianbao: ignore SUM001 理由 -->"
    source = read(f"{ours}<html><body><p>首页</p><div id=zoom><p>{TITLE}</p>{REPORT}</div>")
    assert source.text == f"{ours}\n{TITLE}\n{TEXT}"


def test_a_comment_is_no_part_of_the_report(forms: Sequence[Form]) -> None:
    report = Report(read(REPORT.replace("<td>7", "<td><!-- nianbao: ignore SUM001 理由 -->7")), forms)
    table = report.table("permits")
    assert table is not None
    assert [
        table.cell((row.key, column.key)).text for row in table.form.rows for column in table.form.columns
    ] == ["7"]


# -- encodings --------------------------------------------------------------------------------------------------

WORDS = "<html><head><meta charset={}></head><body><p>政府信息公开，“一二三”。</p></body></html>"


@pytest.mark.parametrize(
    ("told", "encoding", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("gb2312", "gbk", "gb18030"),
        ("utf-8", "gbk", "gb18030"),
        ("big5", "big5", "big5hkscs"),
        ("utf-8", "utf-8-sig", "utf-8"),
        ("utf-16", "utf-16", "utf-16-le"),
    ],
)
def test_the_bytes_say_their_encoding_and_the_page_only_what_they_leave_open(
    told: str, encoding: str, found: str
) -> None:
    page = WORDS.format(told).replace(
        "政府信息公开", "政府資訊公開" if encoding == "big5" else "政府信息公开"
    )
    data = page.encode(encoding)
    source = read_html(data, "青禾县.html")
    assert is_html(data)
    assert source.text == page.split("<p>")[1].split("</p>")[0] + "\n"
    assert source.encoding == found


def test_a_damaged_page_is_refused() -> None:
    """UTF-8 with a byte missing is another text in GB18030; a page is not read as that."""
    assert "编码" in refused(WORDS.format("utf-8").encode().replace("府".encode(), "府".encode()[:2]))
    assert "编码" in refused(b"<html><p>\xff\xff\xff")


# -- what is a page and what is none ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><p>x",
        b"\xef\xbb\xbf\r\n<!-- x --><HTML><body>x",
        b"<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html>",
        "\ufeff<html>".encode("utf-16-le"),
        b"<meta charset=gb2312><p>x",
        "<p style='x'>青禾县</p>\t<p>一、总体情况</p>".encode(),
        f"<div>{REPORT}</div>".encode("gb18030"),
        TABLE.encode(),
    ],
)
def test_a_page_is_known_by_its_content(data: bytes) -> None:
    assert is_html(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、总体情况<br>运行平稳。<br><p>二、</p>",
        f"# {TITLE}\n\n{TABLE}\n",
        f"{TABLE}\n\n## 一、总体情况\n\n运行平稳。\n",
        f"{TABLE}\n\n青禾县2024年认真贯彻落实条例，运行平稳，没有其他情况需要报告。\n\n一、总体情况\n",
        "<!-- nianbao: ignore SUM001 理由 -->\n# 青禾县\n",
        "<青禾县> 2024年",
        "<?xml version='1.0'?><w:document/>",
    ],
)
def test_a_text_with_tags_in_it_is_no_page(text: str) -> None:
    assert not is_html(text.encode())


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html><frameset cols=20,80><frame src=a.html><frame src=b.html></frameset></html>", "框架"),
        ("<html><body><p>首页</p><iframe src=report.html></iframe></body></html>", "框架"),
        ("<html><body><div id=app></div><script>render()</script></body></html>", "脚本"),
    ],
)
def test_what_holds_no_report_says_what_to_do(page: str, words: str) -> None:
    """An archive, frames, a page that a script would write."""
    assert words in refused(page.encode())


# -- hostile pages ---------------------------------------------------------------------------------------------------


def _page(many: int, piece: str, rest: str = "政府信息公开") -> bytes:
    return f"<html><body>{piece * many}{rest}".encode()


@pytest.mark.parametrize(
    ("many", "made"),
    [
        (100_000, lambda n: (_page(n, "<div>"), "政府信息公开\n")),
        (100_000, lambda n: (_page(n, "<b>", "政府信息公开" + "</i>" * n), "政府信息公开\n")),
        (5_000, lambda n: (_page(n, "<table><tr><td>"), "政府信息公开\n")),
        (5_000, lambda n: (_page(n, "<table><tr>"), "政府信息公开\n")),
        (200_000, lambda n: (_page(1, "<p " + "a='1' " * n + ">"), "政府信息公开\n")),
        (1_000_000, lambda n: (b"<html>" + "公".encode() + b"<!--" * n, "公\n")),
        (1_000_000, lambda n: (b"<html>" + "公".encode() + b"<a " * n, "公\n")),
        (500_000, lambda n: (b"<html>" + "公".encode() + b"<a b='" * (n | 1), "公\n")),
        (30_000, lambda n: (_page(1, "<ul><li>" + "<div>" * n, "<li>公" * n), "公\n" * n)),
        (30_000, lambda n: (_page(1, "<li><section>" + "<div>" * n, "<ul><li>公</ul>" * n), "公\n" * n)),
    ],
    ids=range(10),
)
def test_a_page_made_to_hang_costs_in_proportion(many: int, made: Callable[[int], tuple[bytes, str]]) -> None:
    """Depth, tags that are never closed, attributes, comments without end: each byte costs the same."""

    def work(size: int) -> None:
        data, text = made(size)
        assert read_html(data, "x.html").text == text

    assert growth(work, many // 4) < LINEAR


def test_spans_past_all_measure_are_cut_to_the_rows_there_are() -> None:
    """A row cannot be higher than its table; a column that no cell begins in is none."""
    assert (
        shown("<html><table>" + "<tr><td rowspan=99999999 colspan=99999999>公" * 2 + "</table>")
        == "\n¦公¦¦\n¦¦公¦\n\n"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><table>" + (b"<tr>" + b"<td rowspan=99999999 colspan=99999999>1" * 5) * 50, "rowspan"),
        (b"<html><table>" + (b"<tr>" + b"<td>1" * 30) * 10_000, "段落和格子"),
        (_page(300_000, "公<br>"), "段落和格子"),
        (_page(1_000_000, "公开"), "个字"),
        (_page(501, "<table><tr><td>公<td>开</table>"), "500"),
        (b"<html>" + b" " * limits.HTML_BYTES, "20 MiB"),
    ],
    ids=range(6),
)
def test_a_page_past_a_limit_is_refused(data: bytes, words: str) -> None:
    with affordable():
        assert words in refused(data)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "&",
        "&ldquo;",
        "</a",
        "<!",
        "</p>",
        "<p>公",
        "<td>公",
        "<title>",
        "公\n",
        "<h1>信息公开",
        "\t|",
        "<li>",
    ],
)
def test_time_grows_with_the_page_and_no_faster(piece: str) -> None:
    def work(many: int) -> None:
        with suppress(UnreadableError):  # of some the text is nothing
            read_html(_page(many, piece), "x.html")

    assert growth(work, 5_000) < LINEAR


def test_a_title_above_the_content_may_have_two_lines() -> None:
    """The organ is on the first, the year and the name of the report on the second."""
    page = (
        "<html><body><h1>望川县<br>人民政府<br/>2024年政府信息公开工作年度报告</h1>"
        "<div id=zoom><p>一、总体情况</p><p>主动公开政府信息若干。</p></div></body></html>"
    )
    source = read_html(page.encode(), "a.html")

    assert source.text.split("\n")[:3] == ["望川县", "人民政府", "2024年政府信息公开工作年度报告"]


def test_a_picture_in_the_report_is_named_where_it_is() -> None:
    """Those of the page above the report and those in cells are not; one in a line is named behind it."""
    page = (
        "<p><img src=logo.png></p><h1>青禾县2021年政府信息公开工作年度报告</h1><h2>一、总体情况</h2>"
        "<p>全年工作<img src=a.png>平稳，没有发生需要说明的其他情况。</p><h2>二、主动公开政府信息情况</h2><p><img src=b.png></p>"
        "<table><tr><td><img src=c.png>甲</td><td>1</td></tr></table>"
    )
    assert shown(page).count("（图片）") == 2
    assert "平稳，没有发生需要说明的其他情况。\n（图片）\n" in shown(page)
    assert "二、主动公开政府信息情况\n（图片）\n" in shown(page)


@pytest.mark.parametrize(
    ("drawn", "sign"),
    [
        *((tag, "（图片）") for tag in ("<img src=b.png>", "<img width=600 height=300>", "<img style='width:600px;height:40px'>", "<img width=3%>", "<svg viewBox='0 0 600 300'><text>9</text></svg>", "<canvas></canvas>")),
        *((tag, "（嵌入对象）") for tag in ("<object data=b.pdf></object>", "<embed src=b.pdf>", "<iframe src=b.html></iframe>")),
        *((tag, "") for tag in ("<img width=39>", "<img height=16px>", "<img style='max-width:100%;height:20px'>", "<img src=/ueditor/icon_pdf.gif>", "<svg class=icon-print></svg>", "<svg viewBox='0 0 24 24'></svg>", "<img hidden>", "<iframe style='display:none'></iframe>", "<span hidden><img src=b.png></span>")),
    ],
)  # fmt: skip
def test_what_may_be_a_table_is_named_where_it_is(drawn: str, sign: str) -> None:
    """Also as the only content of a cell, and in a table that only lays out; an icon is none."""
    head = "<h1>青禾县2021年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>工作平稳。</p><h2>二、主动公开政府信息情况</h2>"
    told = [sign] if sign else []
    assert shown(f"{head}<div>{drawn}</div><h2>三、其他</h2>").split()[4:-1] == told
    assert shown(f"{head}<table><tr><td>{drawn}</td></tr></table><h2>三、其他</h2>").split()[4:-1] == told
    cells = shown(
        f"{head}<table><tr><td>行政许可</td><td>{drawn}</td></tr><tr><td>规章</td><td>1{drawn}</td></tr></table>"
    )
    assert cells.count("（") == len(told)
