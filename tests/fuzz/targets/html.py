"""A page: any bytes make a report or are refused with a reason, within the limits of a page, each word where it was."""

from random import Random

from tests.fuzz import held, seeds
from tests.fuzz.changes import either, listed, pieces, raw
from tests.fuzz.target import Target

_NAMES = listed(
    "html head title meta body div p span br hr pre table caption colgroup col thead tbody tr td th ul ol li h1 h2 b sup font script style template iframe frameset select textarea svg img ins del noscript o:p"
)
_ATTRIBUTES = (
    'colspan="2"', "colspan=0", "rowspan=3", 'rowspan="65535"', "colspan=-1", 'class="content TRS_Editor"', 'id="zoom"', "hidden",
    'style="display:none"', "start=99", "type=a", 'reversed', 'charset="gb2312"', "width='1'", 'alt="图"', "nianbao-ignore", "a=b a=c",
)  # fmt: skip
_TAGS = (
    *(f"<{name}>" for name in _NAMES), *(f"</{name}>" for name in _NAMES), *(f"<td {each}>" for each in _ATTRIBUTES),
    *(f"<div {each}>" for each in _ATTRIBUTES), "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<?xml?>", "&nbsp;", "&#x3000;", "&#0;", "&#x110000;", "&lt", "&amp;#12;",
    "<!-- nianbao: ignore SUM001 -->",
)  # fmt: skip

_BLOCKS = 12


def run(data: bytes) -> object:
    """Return the text of the page *data* and the cells of the report in it."""
    from nianbao.readers.html import is_html, read_html

    looks = is_html(data)
    return looks, held.reading(read_html, data, "报告.html")


def _seeds() -> list[bytes]:
    from nianbao.testing import compliant
    from rendering import DOCUMENTS, content

    blocks = content(compliant("2021", "township", 3))
    assert blocks is not None
    blocks = blocks[:_BLOCKS]  # a whole report takes ten times as long
    pages = [write(blocks, Random(1)) for kind, write in DOCUMENTS.items() if kind.startswith("html")]
    plain = f"<pre>{seeds.reports()[0]}</pre>"
    return [*pages, _SMALL.encode(), plain.encode(), plain.encode("gb18030")]


# Each element that the reader knows, where a page has it.
_SMALL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告</title><style>p{}</style></head><body><div class="nav"><a href="/">首页</a></div>
<div id="zoom" class="TRS_Editor"><h1>青禾县2021年政府信息公开工作年度报告</h1><!-- nianbao: ignore SUM001 --><p>一、总体情况<br>公开&nbsp;<sup>1</sup><b>3</b>件<span style="display:none">9</span>。<img alt="图"></p>
<ol start="2" type="a"><li>甲<li value="7">乙<ul><li>丙</ul></ol><pre>二、主动公开
信息内容	数量</pre><dl><dt>甲<dd>乙</dl>
<table><caption>表二</caption><colgroup><col span="2"></colgroup><thead><tr><th colspan="2">信息内容<th rowspan="0">件数</thead><tbody><tr height="0"><td><td><td></tr><tr><td rowspan="2">规章<td colspan="0">0<td>1</tr><tr><td hidden>x<td>2<table><tr><td>内</table></tr></tbody><tfoot><tr><td colspan="1000">注</tfoot></table>
<iframe src="a"></iframe><script>var a = "<p>";</script><template><p>x</template><del>旧</del><textarea><p></textarea></div></body></html>"""


_CHANGE = pieces(r"<[^>\s]*|\s[\w:-]+=(?:\"[^\"]*\"|'[^']*'|\S*)|>|[^<>]+|<", (*_TAGS, *seeds.labels()))
TARGET = Target(run, _seeds, either(_CHANGE, _CHANGE, _CHANGE, raw), longest=2**17)
