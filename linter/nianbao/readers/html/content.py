"""The report in a page: its blocks without what the page has around every document.

It is the smallest block with every sign of a report in it, and with the prose right beside it; in doubt words are
kept. Only what is known to belong to the page is left out of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nianbao_grammar import patterns as re

from nianbao.readers.document import Block, GridCell, GridTable, Paragraph, Run
from nianbao.readers.html.grid import form, lines
from nianbao.readers.html.tree import (
    FIGURE,
    HEADINGS,
    PAGE,
    Element,
    Tag,
    Tree,
    Weight,
    between,
    named,
    runs_of,
)
from nianbao.readers.limits import MOST_TABLES
from nianbao.text.language import Text
from nianbao.text.pictures import EMBEDDED, PICTURE
from nianbao.text.source import UnreadableError

_HEADING = re.compile(
    r"(第?[一二三四五六七八九十]{1,3}(部分)?[、.．:：]?)?(工作)?"
    r"(总体情况|主动公开(政府信息)?的?情况|(收到和处理)?政府信息公开申请情况|收到和处理|(因)?政府信息公开.{0,12}复议"
    r"|行政复议.{0,3}行政诉讼|(政府信息公开工作)?存在的?(主要)?问题|其[他它]需要报告)"
)
_LABEL = re.compile(
    r"^《?条?例?》?第?二十条第|^信息内容$|[勾钩]稽关系|^[一二]、(本年新收|上年结转)|^结果(维持|纠正)$|^尚未审结$"
)
_PERIOD = re.compile(r"统计(期限|时限|期间|时段|时间)|(根据|按照|依据|依照).{0,20}政府信息公开条例")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
_NOTE = (
    "索引号|信息索引号?|发布机构|发布单位|发文机关|发文字号|发文日期|成文日期|发布日期|发布时间|公开日期|公开时间|生成日期|公开方式|公开范围"
    "|公开时限|公开类型|公开类别|主题分类|信息分类|体裁分类|组配分类|主题词|关键词|文号|文件编号|信息名称|信息来源|有效性|时效性?|废止日期|责任部门|内容概述"
)
_NOTES = re.compile(rf"[【\[(（]?(?:{_NOTE})[】\])）]?[:：]?")
_TOOLS = re.compile(
    r"(?:[】\[\]【()（）|/·、:：\s-]|打印(?:本页|此页|文本)?|关闭(?:窗口|本页)?|分享(?:到|至)?|收藏(?:本页)?|字体|字号|放大|缩小|默认|大|中|小"
    r"|返回(?:顶部|首页|列表)|微信|微博|新浪|腾讯|空间|朋友圈|QQ)+"
    r"|(?:您?(?:的|现在|当前)*(?:所在)?(?:的)?位置)[:：].{0,100}|首页[>»›].{0,100}"
    r"|(?:责任编辑|浏览次数|访问次数|阅读次数|点击次数|浏览量|阅读量)[:：].{0,60}"
    r"|(?:上|下)一[篇条][:：].{0,60}|扫一扫.{0,30}"
)
_NOTE_LINE = re.compile(rf"(?:{_NOTE}|来源|稿件来源|作者|编辑|点击数?)[:：].{{0,60}}")
_TITLE = re.compile(
    r"[^-_|–—>»›]{0,40}(?:信息公开|政务公开)[^-_|–—>»›。，]{0,20}(?:报告|年报|年度报)[^-_|–—>»›。，]{0,12}"
)
_YEAR = re.compile(r"\d{4}|二[〇○零O0]")
# Names of parts that are never the report, and of parts that are not the report if they have no prose.
_AROUND = named(
    "nav navbar navigation menu footer foot copyright breadcrumb breadcrumbs crumb crumbs share sharing sidebar"
    " sider aside related relate relevant xgwz xgxx pagination qrcode ewm"
)
_PERHAPS_AROUND = named("header head top position location tool tools toolbar print search login dqwz")
_AROUND_TAGS = frozenset({"nav", "aside", "footer", "header"})
# Names of the block of the document in systems that many government sites run on.
_CONTENT = named(
    "zoom zoomcon ucap-content ucapcontent trs_editor trs_ueditor trs_editor_view article-content"
    " article_content news_content pages_content v_news_content bt_content vsb_content xxgk_content"
)
_LEAVES = frozenset({"p", "li", "dt", "dd", "caption", *HEADINGS})
_LONGEST_PAGE_LINE = 200
_LONGEST_HEADING = 40
_LONGEST_LABEL = 80
_SHORTEST_PERIOD = 25
_SHORTEST_PROSE = 15
_LEAST_SIGNS = 2
_LEAST_NOTES = 2
_LINES_OF_HEAD = 8
_MANY_TABLES = Text(
    "网页中有超过 {most} 张表，不是一份年度报告",
    "the page has more than {most} tables, which no annual report has",
)


def words(runs: Iterable[Run]) -> str:
    """Return the text of *runs* without its white space."""
    return "".join("".join([run.text for run in runs]).split())


def find(tree: Tree) -> Element:
    """Return the block of the page that has the report; the blocks around it are marked as hidden."""
    weigh(tree)
    return _root(tree.elements[0])


def report(tree: Tree, page: str, root: Element) -> tuple[Block, ...]:
    """Return the report in *root*, its title first. Raises UnreadableError if its tables are too many or too large."""
    content = tuple(blocks(root))
    before, behind = _remarks(tree, root)
    return (*before, *_title(tree, page, content), *content, *behind)


def blocks(root: Element) -> Iterator[Block]:
    """Yield the paragraphs and tables in *root* without the page's own lines."""
    stack: list[Element | Block] = [root]
    tables = 0
    begun = False  # whether there was a heading of the report
    while stack:
        node = stack.pop()
        if isinstance(node, Paragraph):
            text = words(node.runs)
            begun = begun or _HEADING.match(text) is not None
            if not _is_page_line(text, begun=begun) and (begun or text not in (PICTURE, EMBEDDED)):
                yield node
        elif isinstance(node, GridTable):
            yield node
        elif node.hidden:
            continue
        elif node.name == "pre":
            yield from _preformatted(node)
        elif node.name != "table" or _is_layout(node):
            stack.extend(reversed(list(_with_grids(node))))
        else:
            tables += 1
            if tables > MOST_TABLES:
                raise UnreadableError(_MANY_TABLES.fill(most=MOST_TABLES))
            yield from _captions(node)
            yield from _parted(form(node))


def _is_page_line(text: str, *, begun: bool) -> bool:
    """Return whether a line is the page's own; its notes on the document come only before the report (*begun*)."""
    if len(text) > _LONGEST_PAGE_LINE:
        return False
    return _TOOLS.fullmatch(text) is not None or (not begun and _NOTE_LINE.fullmatch(text) is not None)


def _is_layout(table: Element) -> bool:
    """Return whether *table* only lays out blocks: none of its own cells is a cell of a report."""
    weight = table.weight
    if weight.labels:
        return False
    rows = [row for group in table.children if isinstance(group, Element) for row in group.children]
    cells = [len(row.children) for row in rows if isinstance(row, Element)]
    narrow = len(cells) < 2 or max(cells) < 2
    return weight.loose > 0 or sum(cells) < 2 or (weight.prose > 0 and narrow)


def _parted(grid: GridTable) -> Iterator[Block]:
    """Yield *grid*, split at rows that are headings or prose of the report: a workbook has it all in one table."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    alone = [_only(row) for row in rows]
    if not any(cell is not None and _is_heading(cell) for cell in alone):
        yield from _part(grid, rows, 0, grid.rows)
        return
    start = 0
    for number, only in enumerate(alone):
        if only is not None and (_is_heading(only) or _is_prose(only)):
            yield from _part(grid, rows, start, number)
            yield from only.paragraphs
            start = number + 1
    yield from _part(grid, rows, start, grid.rows)


def _part(grid: GridTable, rows: Sequence[Sequence[GridCell]], start: int, end: int) -> Iterator[GridTable]:
    """Yield the rows from *start* to *end* as a table, nothing if they are all empty."""
    if start == 0 and end == grid.rows:
        if any(cell.paragraphs for cell in grid.cells):
            yield grid
        return
    cells = [
        cell._replace(row=cell.row - start, rows=min(cell.rows, end - cell.row))
        for row in rows[start:end]
        for cell in row
    ]
    if any(cell.paragraphs for cell in cells):
        yield GridTable(end - start, grid.columns, tuple(cells))


def _only(row: Sequence[GridCell]) -> GridCell | None:
    """Return the only cell of *row* that is not empty, None if there are none or several."""
    filled = [cell for cell in row if cell.paragraphs]
    return filled[0] if len(filled) == 1 else None


def _is_heading(cell: GridCell) -> bool:
    text = words(cell.paragraphs[0].runs)
    return len(cell.paragraphs) == 1 and len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None


def _is_prose(cell: GridCell) -> bool:
    return any(
        "。" in (text := words(line.runs)) and len(text) >= _SHORTEST_PROSE for line in cell.paragraphs
    )


def _captions(table: Element) -> Iterator[Paragraph]:
    for child in table.children:
        if isinstance(child, Element) and child.name == "caption":
            yield from lines(child)


# -- tables without the tags of one ---------------------------------------------------------------------


def _with_grids(element: Element) -> Iterator[Element | Block]:
    """Yield what is in *element*; successive lines of `<span>` after `<span>` are a table of the form."""
    if not any(child.parted for child in (element, *element.children) if isinstance(child, Element)):
        yield from element.children  # as most are
        return
    tags = [_tags(element, number) for number in range(len(element.children))]
    for cells, together in groupby(range(len(tags)), lambda number: bool(tags[number])):
        numbers = list(together)
        run = [element.children[number] for number in numbers]
        rows = [tags[number] for number in numbers] if cells else []
        if not _is_grid_of_form(rows):
            yield from run
            continue
        first = next(number for number, row in enumerate(rows) if len(row) > 1)
        yield from run[:first]  # the line of the item, which may be above the table
        grid = [
            GridCell(number, column, 1, 1, (Paragraph(tag.runs),), PAGE, tag.at)
            for number, row in enumerate(rows[first:])
            for column, tag in enumerate(row)
        ]
        yield GridTable(len(rows) - first, max(map(len, rows)), tuple(grid))


def _tags(element: Element, number: int) -> Sequence[Tag]:
    """Return the tags that the line *number* of *element* is made of, or its block of one line; () for none."""
    child = element.children[number]
    at, block = (number, element) if isinstance(child, Paragraph) else (0, child)
    if block.hidden or (block is child and len(block.children) != 1):
        return ()
    tags = block.tags(at)
    text = "".join(words(tag.runs) for tag in tags)
    return () if "。" in text or _HEADING.match(text) else tags


def _is_grid_of_form(rows: Sequence[Sequence[Tag]]) -> bool:
    """Return whether *rows* have a word of the form's tables, and a row that ends with a figure."""
    filled = any(len(row) > 1 and FIGURE.fullmatch(words(row[-1].runs)) for row in rows)
    return filled and any(_LABEL.search(words(tag.runs)) for row in rows for tag in row)


# -- preformatted text -----------------------------------------------------------------------------------


def _preformatted(element: Element) -> Iterator[Block]:
    """Yield the lines in a `<pre>`; successive lines with cells separated by tabs or pipes are a table."""
    for split, together in groupby(lines(element), _splits):
        if split:
            rows = [row for row in map(_split, together) if row]
            columns = max(map(len, rows), default=0)
            cells = (
                GridCell(number, column, 1, 1, (Paragraph(runs),))
                for number, row in enumerate(rows)
                for column, runs in enumerate(row)
            )
            yield GridTable(len(rows), columns, tuple(cells))
        else:
            yield from together


def _splits(line: Paragraph) -> bool:
    text = "".join(run.text for run in line.runs).strip()
    return text.startswith("|") or ("\t" in text and "。" not in text)


def _split(line: Paragraph) -> list[tuple[Run, ...]]:
    """Return the cells of a line, none for the delimiter row of a Markdown table."""
    text = "".join(run.text for run in line.runs)
    start, end = len(text) - len(text.lstrip(" ")), len(text.rstrip())
    piped = text[start:end].startswith("|")
    if piped and not text.strip(" \t|:-"):
        return []
    if piped:
        start, end = start + 1, end - (end - 1 > start and text[end - 1] == "|")
    marks = [at for at in range(start, end) if text[at] == ("|" if piped else "\t")]
    bounds = zip([start, *(at + 1 for at in marks)], [*marks, end], strict=True)
    return [tuple(between(line.runs, (bound,))) for bound in bounds]


# -- the report in the page ------------------------------------------------------------------------------


def weigh(tree: Tree) -> None:
    """Weigh every block, and mark those as hidden that are only around a report."""
    for element in tree.elements:
        if not element.hidden:
            element.weight.loose += element.name in HEADINGS
            for child in element.children:
                if isinstance(child, Paragraph):
                    _count(element.weight, words(child.runs))
    for element in reversed(tree.elements[1:]):  # the blocks inside a block come after it
        element.hidden = element.hidden or _is_around(element)
        if not element.hidden and element.parent is not None:
            _add(element.parent.weight, element.weight, through=element.name != "table")


def _count(weight: Weight, text: str) -> None:
    if text.isascii():  # a figure, which no word of a report is
        return
    heading = len(text) <= _LONGEST_HEADING and _HEADING.match(text) is not None
    label = len(text) <= _LONGEST_LABEL and "。" not in text and _LABEL.search(text) is not None
    period = len(text) >= _SHORTEST_PERIOD and _PERIOD.search(text) is not None
    weight.signs += heading or label or period
    weight.loose += heading
    weight.labels += label
    weight.prose += ("。" in text and len(text) >= _SHORTEST_PROSE) or _NUMERAL.match(text) is not None
    weight.notes += _NOTES.fullmatch(text) is not None


def _add(whole: Weight, part: Weight, *, through: bool) -> None:
    """Add the weight of a part; of a table, which is not *through*, only its signs, its prose and that it is there."""
    whole.signs += part.signs
    whole.prose += part.prose
    if through:
        whole.labels += part.labels
        whole.loose += part.loose
        whole.notes += part.notes
    else:
        whole.loose += 1


def _is_around(element: Element) -> bool:
    """Return whether *element* belongs to the page, not to the document in it."""
    weight = element.weight
    if element.name == "table":
        return weight.notes >= _LEAST_NOTES and not weight.labels and not weight.loose
    if weight.signs:
        return False
    names = _names(element)
    if not names.isdisjoint(_AROUND) or element.name in _AROUND_TAGS:
        return True
    return not weight.prose and not names.isdisjoint(_PERHAPS_AROUND)


def _names(element: Element) -> set[str]:
    return {*element.value("class").lower().split(), element.value("id").lower(), element.name}


def _root(page: Element) -> Element:
    """Return the smallest block with all signs of a report in *page* and the prose beside them."""
    signs = page.weight.signs
    if signs < _LEAST_SIGNS:
        return _first_named(page) or page
    root = page
    while (inner := _with_all(root, signs)) is not None:
        root = inner
    above: Element | None = root
    while above is not None:
        if not _names(above).isdisjoint(_CONTENT):
            return above
        above = above.parent
    while root.parent is not None and root.parent.weight.prose > root.weight.prose:
        root = root.parent
    return root


def _with_all(element: Element, signs: int) -> Element | None:
    for child in element.children:
        if isinstance(child, Element) and not child.hidden and child.weight.signs == signs:
            holds = child.name not in _LEAVES and (child.name != "table" or _is_layout(child))
            return child if holds else None
    return None


def _first_named(page: Element) -> Element | None:
    stack: list[Element | Paragraph] = [page]
    while stack:
        node = stack.pop()
        if isinstance(node, Element) and not node.hidden:
            if not _names(node).isdisjoint(_CONTENT):
                return node
            stack.extend(reversed(node.children))
    return None


# -- title and comments ----------------------------------------------------------------------------------


def _title(tree: Tree, page: str, content: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the title if *content* has none at its head: from a heading, else from the metadata of the page.

    A heading of several lines is a title of as many.
    """
    if _is_titled(content):
        return
    headings = [
        [line for line in element.children if isinstance(line, Paragraph)]
        for element in tree.elements
        if element.name in HEADINGS
    ]
    own = tree.metas.get("articletitle")
    meta = tuple(runs_of(page, own.start, own.start + len(own.text))) if own is not None else ()
    candidates: list[tuple[bool, list[Paragraph]]] = []
    for title in (*headings, [Paragraph(meta)], [Paragraph(tree.title)]):
        runs = tuple(run for line in title for run in line.runs)
        match = _TITLE.search("".join([run.text for run in runs])[:_LONGEST_PAGE_LINE])
        if match is not None:
            line = [Paragraph(tuple(between(runs, (match.span(),))))]
            candidates.append((not _YEAR.search(match[0]), title if len(title) > 1 else line))
    if candidates:  # one with a year comes first: one without may be the name of a column
        yield from min(candidates, key=lambda candidate: candidate[0])[1]


def _is_titled(content: Sequence[Block]) -> bool:
    """Return whether *content* has a title, on one line or two, before its first heading."""
    above = ""
    for block in content[:_LINES_OF_HEAD]:
        if not isinstance(block, Paragraph) or _HEADING.match(text := words(block.runs)):
            return False
        if _TITLE.fullmatch(text) or _TITLE.fullmatch(above + text):
            return True
        above = text
    return False


def _remarks(tree: Tree, root: Element) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the comments outside *root* that have a line of their own: those before it and those behind it."""
    before: list[Paragraph] = []
    behind: list[Paragraph] = []
    for element in tree.elements:
        for child in element.children:
            if isinstance(child, Paragraph) and child.runs[0].text.startswith("<!--"):
                at = child.runs[0].at
                if not root.start <= at < root.end:
                    (before if at < root.start else behind).append(Paragraph(child.runs[:1]))
    return before, behind
