"""Blocks as HTML: as a person would write it, as a content management system, and as a word processor."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from random import Random

from rendering.grids import Block, Grid, Line, Slot, pieces

_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "《": "&#12298;", "》": "&#x300B;"}


def clean(blocks: Iterable[Block], rng: Random) -> bytes:
    """Return a page without anything around the report, as short as it can be written."""
    lines = ["<!DOCTYPE html>", '<html lang="zh-CN">', '<meta charset="utf-8">', "<title>年度报告</title>"]
    for block in blocks:
        if isinstance(block, Line):
            tag = {"title": "h1", "heading": "h2", "aspect": "h3", "prose": "p"}[block.role]
            lines.append(f"<{tag}>{_escaped(block.text)}</{tag}>")
        else:
            lines.append(clean_table(block))
    return "\n".join(lines).encode()


def clean_table(grid: Grid) -> str:
    """Return *grid* as an HTML table, a row a line."""
    rows = ["".join(_tag("td", cell) + _lines(cell.text) + "</td>" for cell in row) for row in _begun(grid)]
    return "\n".join(["<table>", *(f"<tr>{row}</tr>" for row in rows), "</table>"])


def _begun(grid: Grid) -> Iterator[list[Slot]]:
    """Yield the cells that begin in each row."""
    for row in grid.lines():
        yield [cell for cell, begun in row if not begun]


def _tag(name: str, cell: Slot, more: str = "") -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<{name}{spans}{more}>"


def _lines(text: str, words: Callable[[str], str] | None = None) -> str:
    return "<br>".join(map(words or _escaped, text.split("\n")))


def _escaped(text: str) -> str:
    return escape(text, quote=False)


# -- a page of a government site ----------------------------------------------------------------------

_ABOVE = """<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title}_青禾县人民政府网站</title>
<meta name="SiteName" content="青禾县人民政府"><meta name="ColumnName" content="政府信息公开年报" />
<style>.nav li{{float:left}} td&gt;p{{margin:0}}</style>
<script type="text/javascript">document.write("<table><tr><td>规章</td><td>9</td></tr></table>");</script>
</head><body>
<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/hd/">互动交流</a></li></ul></div></div>
<div class="position">您所在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 政府信息公开年报</div>
<table class="xxgk_table" width="100%" border="0" cellpadding="0"><tbody><tr><td><b>索 引 号：</b></td><td>QH000/2022-00017</td>
<td><b>主题分类：</b></td><td>综合政务</td></tr><tr><td><b>发布机构：</b></td><td>青禾县人民政府办公室</td>
<td><b>发布日期：</b></td><td>2022-01-20 10:22</td></tr></tbody></table>
"""
_SIGNED = '<div class="info"><span>发布日期：2022-01-20 10:22</span>&nbsp;<span>来源：县政府办</span>&nbsp;<span>浏览次数：<em id="hits">96</em></span></div>'
_BELOW = """
<div class="share"><span>分享到：</span><a href="#">微信</a><a href="#">微博</a> 【<a href="#">打印</a>】【<a href="#">关闭</a>】</div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/1.html">青禾县水利局公告</a></li></ul></div>
<div class="footer"><p>主办：青禾县人民政府办公室&nbsp;&nbsp;网站标识码：9900000001</p><p>版权所有</p></div>
</body></html>"""


def cms(blocks: Sequence[Block], rng: Random) -> bytes:
    """Return a page of a content management system: the report among the page's own, pasted from Word.

    The title may be over the pasted text, the page be laid out by tables, and lines be parted by nothing but <br>.
    """
    titles = [block for block in blocks if isinstance(block, Line) and block.role == "title"]
    above = rng.random() < 0.5
    body = _cms_body(blocks[len(titles) :] if above else blocks, rng)
    content = f'<div id="zoom"><div class="TRS_UEDITOR trs_paper_default trs_web">{body}</div></div>'
    if above:
        lines = "<br>".join(_escaped(title.text) for title in titles)
        content = f'<div class="article-title"><h1>{lines}</h1></div>{_SIGNED}{content}'
    else:
        content = _SIGNED + content
    if rng.random() < 0.3:
        content = f'<table width="1000" border="0"><tr><td class="left"><ul><li><a href="/a/">信息公开指南</a></li><li><a href="/b/">信息公开目录</a></li></ul></td><td class="right">{content}</td></tr></table>'
    return (_ABOVE.format(title=titles[0].text) + content + _BELOW).encode()


def _cms_body(blocks: Iterable[Block], rng: Random) -> str:
    if rng.random() < 0.8:
        return "\n".join(_cms_line(b, rng) if isinstance(b, Line) else _cms_table(b, rng) for b in blocks)
    return "".join(
        f"{rng.choice(_INDENTS)}{_spans(b.text, rng)}<br>" if isinstance(b, Line) else _cms_table(b, rng)
        for b in blocks
    )


def _cms_line(line: Line, rng: Random) -> str:
    words = _spans(line.text, rng)
    if line.role == "title":
        return f'<p style="text-align: center;"><strong>{words}</strong></p>'
    if line.role == "prose":
        return f'<p style="text-indent: 2em; line-height: 2em;">{rng.choice(_INDENTS)}{words}&nbsp;</p>'
    return f'<p style="text-indent: 2em;"><strong>{rng.choice(_INDENTS)}{words}</strong></p>'


_INDENTS = ("", "&nbsp;&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;", "\u3000\u3000", "\n  ")


def _spans(text: str, rng: Random, longest: int = 20) -> str:
    """Return *text* in spans that end anywhere, now and then a sign as an entity."""
    found = []
    for piece in pieces(text, rng, longest):
        words = "".join(_ENTITIES.get(s, s) if rng.random() < 0.5 else s for s in _escaped(piece))
        found.append(f'<span style="font-size: 16pt;">{words}</span>' if rng.random() < 0.5 else words)
    return "".join(found)


def _cms_table(grid: Grid, rng: Random) -> str:
    rows = list(_begun(grid))
    headed = rng.random() < 0.3 and max(cell.rows for cell in rows[0]) == 1
    written = [_cms_row(row, rng) for row in rows]
    if headed:
        written.insert(1, "</thead><tbody>")
    start = '<table border="1" cellspacing="0" width="600" class="Table" data-sort="sortDisabled">'
    return start + ("<thead>" if headed else "<tbody>") + "\n".join(written) + "</tbody></table>"


def _cms_row(row: Sequence[Slot], rng: Random) -> str:
    """Return a row, at times with end tags left out, as HTML lets one do."""
    closed = rng.random() < 0.7
    cells = "".join(_cms_cell(cell, rng, closed=closed) for cell in row)
    return f'<tr class="firstRow" style="height:{rng.randint(20, 40)}px">{cells}' + (
        "</tr>" if closed else ""
    )


def _cms_cell(cell: Slot, rng: Random, *, closed: bool) -> str:
    words = _lines(cell.text, lambda text: _spans(text, rng)) or rng.choice(
        ("", "&nbsp;", "<br/>", "<p></p>")
    )
    if rng.random() < 0.5:
        words = f'<p style="text-align:center">{rng.choice(("", "&nbsp;"))}{words}</p>'
    start = _tag("td", cell, f' width="{rng.randint(20, 200)}" valign="center" style="border:1px solid;"')
    return start + words + ("</td>" if closed else "")


# -- what a word processor saves ------------------------------------------------------------------------

_WORD_ABOVE = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15">
<title>年度报告</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>甲</o:Author><o:Pages>5</o:Pages></o:DocumentProperties>
</xml><![endif]--><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>
<!--
 p.MsoNormal, li.MsoNormal {mso-style-unhide:no; margin:0cm; font-family:"Calibri",sans-serif;}
-->
</style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格;}</style><![endif]-->
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>

<div class=WordSection1 style='layout-grid:15.6pt'>

"""
_WORD_BELOW = (
    "\n<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>\n\n</div>\n\n</body>\n\n</html>\n"
)


def word(blocks: Iterable[Block], rng: Random) -> bytes:
    """Return what Word saves as a web page, in its own encoding."""
    body = [_word_line(b, rng) if isinstance(b, Line) else _word_table(b, rng) for b in blocks]
    return (_WORD_ABOVE + "\n\n".join(body) + _WORD_BELOW).encode("gb18030")


def _word_line(line: Line, rng: Random) -> str:
    start = {"title": "<p class=MsoNormal align=center\nstyle='text-align:center'>", "heading": "<h1>"}
    words = _word_spans(line.text, rng)
    end = "</h1>" if line.role == "heading" else "</p>"
    return start.get(line.role, "<p class=MsoNormal style='text-indent:\n32.0pt'>") + words + end


def _word_spans(text: str, rng: Random) -> str:
    """Return *text* in spans, Latin letters and figures in those of another font, with an empty mark at the end."""
    found = []
    for piece in pieces(text, rng, 40):
        lang = "lang=EN-US\n" if piece.isascii() else ""
        words = _escaped(piece)
        found.append(f"<span {lang}style='font-size:16.0pt;mso-hansi-font-family:\n仿宋'>{words}</span>")
    return "".join(found) + "<span\nlang=EN-US><o:p></o:p></span>"


def _word_table(grid: Grid, rng: Random) -> str:
    rows = []
    for number, row in enumerate(_begun(grid)):
        cells = "\n".join(_word_cell(cell, rng) for cell in row)
        rows.append(f" <tr style='mso-yfti-irow:{number};height:14.2pt'>\n{cells}\n </tr>")
    # Word ends a table whose columns are not in line with a row that only widens them.
    rows.append(
        " <![if !supportMisalignedColumns]>\n <tr height=0>\n"
        + "".join("  <td width=61 style='border:none'></td>\n" for _ in range(grid.columns))
        + " </tr>\n <![endif]>"
        if rng.random() < 0.3
        else ""
    )
    start = "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse;mso-yfti-tbllook:1184'>\n"
    return (
        start
        + "\n".join(filter(None, rows))
        + "\n</table>\n\n<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    )


def _word_cell(cell: Slot, rng: Random) -> str:
    lines = "\n".join(
        f"  <p class=MsoNormal align=center style='text-align:center'>{_word_spans(text, rng)}</p>"
        for text in cell.text.split("\n")
    )
    start = _tag(
        "td",
        cell,
        f" width={rng.randint(40, 200)} valign=top style='border:solid windowtext 1.0pt;\n  padding:0cm'",
    )
    return (
        "  "
        + start
        + "\n"
        + lines.replace("<o:p></o:p>", "<o:p>&nbsp;</o:p>" if not cell.text else "<o:p></o:p>")
        + "\n  </td>"
    )
