"""The blocks of an HTML page as a tree, and the lines of text in each with their places.

Missing tags are supplied as browsers do (`</p>`, `</li>`, `</td>`, `</tr>`, `<tbody>`). Tags inside a line
(`<span>`, `<b>`, `<o:p>`) leave no trace, but where a line is made of nothing else; invisible text is left out. The work is in proportion to the tags of
the page: nothing is walked twice for a page that nests or overlaps on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.document import Paragraph, Run, raised
from nianbao.readers.html.tokens import Kind, Token, Value, attributes, tokens
from nianbao.text.language import Text
from nianbao.text.pictures import EMBEDDED, PICTURE
from nianbao.text.source import Origin, UnreadableError


def named(names: str) -> frozenset[str]:
    """Return the *names* of tags or classes, which are separated by blanks."""
    return frozenset(names.split())


PAGE = Origin()  # a page is one piece
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
GROUPS = frozenset({"tbody", "thead", "tfoot"})
_GRID = frozenset({"table", "tr", *GROUPS})  # text directly in these is put before the table
_SCOPES = frozenset({"table", "caption", *CELLS})  # no end tag inside closes a block opened outside
_STRUCTURE = frozenset({*_GRID, *CELLS, "caption"})
_BLOCKS = HEADINGS | named(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset header hgroup hr legend li main menu nav ol p pre section summary ul"
    " ucapcontent ucaptitle"  # the last two are of a system that many government sites run on
)
_LISTS = frozenset({"ul", "ol", "dl", "dir", "menu"})
_CLOSED_BY = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
_ENDS_AT = {"table": (), "tr": ("tr", *GROUPS), **dict.fromkeys(GROUPS, tuple(GROUPS))}
_UNSEEN = named(
    "audio button canvas datalist del iframe noembed noframes noscript option rp rt script select style svg"
    " template textarea title video"
)
_EMPTY = named("area base br col colgroup embed frame hr img input link meta param source track wbr")
_HIDDEN = re.compile(
    # The last two are Word's: hidden text, and the gap behind a numeral that it counts itself.
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font\s*:\s*7\.0pt\s",
    re.IGNORECASE,
)
_PICTURES = frozenset({"img", "svg", "canvas"})
_DRAWN = frozenset({"svg", "canvas", "object", "embed", "iframe"})
_SIZE = re.compile(r"(?<![\w-])(?:width|height)\s*:\s*([^;]*)")
_LEAST_DRAWN = 40  # pixels; a smaller picture is an icon
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_RAISING = frozenset({"sup", "sub"})
# A field that is filled in with a figure or a sign in place of one; others are the page's own.
FIGURE = re.compile(r"[\s\d.,，+－—/\\无万元件-]{1,20}")
_TYPED = frozenset({"", "text", "number", "tel"})
_CHINESE = re.compile(r"cjk|chinese", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})|[A-Za-z][A-Za-z0-9]{0,31});?")
# A line end between two such characters is no space: their writing has no spaces between words.
_WIDE = r"[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003fffd]"
_FOLDED = re.compile(rf"(?<={_WIDE})[ \t\f]*+[\r\n][ \t\f\r\n]*+(?={_WIDE})")
_LINE_END = re.compile(r"\r\n|\r|\n")
_WHOLE = frozenset({"html", "head", "body", "frameset"})  # one of each a page, written out or not
_MANY = Text(
    "网页中的段落和格子超过 {most} 个，不是一份年度报告；请只保存报告正文所在的网页",
    "the page has more than {most} paragraphs and cells, which no annual report has: save only the page that holds the report",
)
_LONG = Text(
    "网页的文字超过 {most} 个字，不是一份年度报告；请只保存报告正文所在的网页",
    "the page has more than {most} characters of text, which no annual report has: save only the page that holds the report",
)
_NUMBER = re.compile(r"\s*\+?([0-9]{1,6})")
_KNOWN = 1024  # attributes of tags that are remembered
_MOST_ABOVE = 64  # open blocks looked through for the item of a list that the next one closes


class Weight:
    """Counts of the content of a block (content.py)."""

    signs = 0  # of a report: its headings, the words of its tables, its period
    prose = 0  # paragraphs and numbered headings
    labels = 0  # words of the form's tables; these and the next two are not added up beyond a table
    loose = 0  # content that no cell of figures has: headings, other tables
    notes = 0  # words of the page's own table on the document: 索引号, 发布机构


class Tag(NamedTuple):
    """A tag inside a line: the end of its start tag, and its words."""

    at: int
    runs: tuple[Run, ...]


Parted = tuple[
    Sequence[tuple[Token, int]], Sequence[Run]
]  # tags and the number of runs before each, and the runs


class Given(NamedTuple):
    """The attributes of a tag, and whether they hide, raise or lower its content."""

    values: Mapping[str, Value]
    hides: bool
    raises: bool


def _given(written: str) -> Given:
    values = attributes(written)
    style = values["style"].text if "style" in values else ""
    hides = "hidden" in values or _HIDDEN.search(style) is not None
    return Given(values, hides, _RAISED.search(style) is not None)


class Element:
    """A block of the page with its blocks and lines, in order."""

    unseen: list[str] | None = None  # open tags of one name whose content is invisible
    numbered = 0  # items of a list so far

    def __init__(
        self, name: str, parent: "Element | None", start: int, inner: int, given: Mapping[str, Value]
    ) -> None:
        self.name = name
        self.parent = parent
        self.start = start  # of its start tag
        self.inner = inner  # the end of its start tag
        self.end = inner  # the end of its content
        self.attributes = given
        self.children: list[Element | Paragraph] = []
        self.hidden: bool = parent is not None and (parent.hidden or parent.unseen is not None)
        self.parted: dict[int, Parted] = {}  # its lines without words outside of tags, by child
        self.weight = Weight()

    def value(self, name: str) -> str:
        """Return the attribute *name* as written, "" for none."""
        value = self.attributes.get(name)
        return value.text if value is not None else ""

    def tags(self, number: int) -> tuple[Tag, ...]:
        """Return the tags that its line *number* is made of, () if it has words outside of them or they have other names."""
        inline, line = self.parted.get(number, ((), ()))
        if len({token.name for token, _ in inline}) != 1:
            return ()
        ends = [*(start for _, start in inline[1:]), len(line)]
        return tuple(
            Tag(token.end, tuple(line[start:end])) for (token, start), end in zip(inline, ends, strict=True)
        )


class Tree:
    """A page taken apart: its blocks in the order of their start tags, the first of them the page itself."""

    def __init__(self) -> None:
        self.elements = [Element("html", None, 0, 0, {})]
        self.title: tuple[Run, ...] = ()  # of the window
        self.metas: dict[str, Value] = {}  # `<meta name= content=>` by name in lower case
        self.frames = 0


def build(page: str, kept: re.Pattern[str], start: int = 0, end: int | None = None) -> Tree:
    """Return *page* from *start* to *end* taken apart. Comments that *kept* matches are kept as text."""
    builder = _Builder(page, kept)
    take = builder.take
    for token in tokens(page, start, end):
        take(token)
    return builder.close()


def runs_of(page: str, start: int, end: int) -> Sequence[Run]:
    """Return the text of *page* from *start* to *end*; an entity is a run of its own."""
    text = page[start:end]
    if "&" not in text:
        return (Run(text, PAGE, start, end),) if text else ()
    runs: list[Run] = []
    at = start
    for match in _ENTITY.finditer(page, start, end):
        characters = unescape(match[0])
        if characters == match[0]:
            continue
        if match.start() > at:
            runs.append(Run(page[at : match.start()], PAGE, at, match.start()))
        runs.append(Run(characters, PAGE, *match.span()))
        at = match.end()
    if at < end:
        runs.append(Run(page[at:end], PAGE, at, end))
    return runs


def between(runs: Iterable[Run], spans: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """Yield the parts of *runs* that are in *spans*, ranges of their characters in order."""
    start = number = 0
    for run in runs:
        end = start + len(run.text)
        while number < len(spans) and spans[number][0] < end:
            first, last = max(spans[number][0], start) - start, min(spans[number][1], end) - start
            if first < last:
                linear = run.until - run.at == len(run.text)
                at, until = (run.at + first, run.at + last) if linear else (run.at, run.until)
                yield run._replace(text=run.text[first:last], at=at, until=until)
            if spans[number][1] > end:
                break
            number += 1
        start = end


class Scope(NamedTuple):
    """An open table, caption or cell, with the number of blocks of each name that are open directly in it."""

    root: Element
    open: defaultdict[str, int]


class _Builder:
    """Builds a tree of tokens, taken one after the other."""

    def __init__(self, page: str, kept: re.Pattern[str]) -> None:
        self.page = page
        self.kept = kept
        self.tree = Tree()
        self.at = 0  # the start of the token
        self.top = self.tree.elements[0]  # the innermost open block
        self.stack = [self.top]  # the open blocks
        self.scopes = [Scope(self.top, defaultdict(int))]  # nested in each other
        self.given_in = lru_cache(_KNOWN)(_given)  # by the attributes as written: most tags are like others
        self.tables: list[Element] = []  # the open tables
        self.line: list[Run] = []
        self.inline: list[tuple[Token, int]] = []  # the tags in the line, and how many runs are before each
        self.within = 0  # open tags inside the line
        self.bare = False  # whether the line has words outside of such tags
        self.raised: list[str] = []  # open tags of one name whose content is raised or lowered
        self.choice: list[tuple[int, bool]] = []  # where each option of a list begins, and if it is chosen
        self.label = ""  # of a list item that has no line yet
        self.remarks: list[Run] = []  # comments between the cells of a table
        self.drawn = ""  # the sign of a picture or an embedded file in the line
        self.preformatted = 0
        self.blocks = self.characters = 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind, start, end, name, _ = token
        self.at = start
        if kind is Kind.TEXT:
            self._text(start, end)
        elif kind is Kind.START:
            self._start(name, token)
        elif kind is Kind.END:
            self._end(name)
        else:
            self._comment(token)

    def close(self) -> Tree:
        """End the page and return it."""
        self.at = len(self.page)
        while len(self.stack) > 1:
            self._pop()
        self._end_line()
        self.top.end = self.at
        return self.tree

    # -- text ----------------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        unseen = self.top.unseen
        if unseen is not None:
            if unseen[0] == "title" and not self.tree.title:
                self.tree.title = tuple(runs_of(self.page, start, end))
            elif unseen[0] == "textarea":
                self._field(start, end)
            return
        if self.top.hidden:
            return
        if self.preformatted:
            for match in _LINE_END.finditer(self.page, start, end):
                self.line.extend(runs_of(self.page, start, match.start()))
                self._end_line()
                start = match.end()
        blank = self.page[start:end].isspace()
        if blank and not (self.line or self.preformatted):
            return
        self.bare = self.bare or not (self.within or blank)
        runs = runs_of(self.page, start, end)
        self.line.extend(raised(runs) if self.raised else runs)

    def _field(self, start: int, end: int) -> None:
        """Take what a field for a figure in a cell is filled in with."""
        in_cell = self.scopes[-1].root.name in CELLS and not self.top.hidden
        if in_cell and FIGURE.fullmatch(self.page, start, end):
            self.line.extend(runs_of(self.page, start, end))

    def _comment(self, token: Token) -> None:
        """Keep a comment that is addressed to this program; one between two cells goes into the second."""
        if not self.kept.match(self.page, token.start, token.end) or self.top.hidden:
            return
        line = self.remarks if self.top.name in _GRID else self.line
        line.append(Run(self.page[token.start : token.end], PAGE, token.start, token.end))

    def _end_line(self) -> None:
        if self.line:
            self._take_line(self.line, "".join([run.text for run in self.line]))
            self.line = []
        if self.inline:
            self.inline, self.within = [], 0
        self.bare = False
        if self.drawn:
            self._attach(Paragraph((Run(self.drawn),)))
            self.drawn = ""

    def _take_line(self, line: Sequence[Run], text: str) -> None:
        """Attach the *line* with the *text*, unless it is blank."""
        if not text or text.isspace():
            return
        label = [Run(self.label)] if self.label else []
        self.label = ""
        if self.inline and not self.bare and self.top.name not in _GRID:
            self.top.parted[len(self.top.children)] = self.inline, line
        self._attach(Paragraph((*label, *_unfolded(line, text))))
        self.characters += len(text)
        if self.characters > limits.HTML_CHARACTERS:
            raise UnreadableError(_LONG.fill(most=limits.HTML_CHARACTERS))

    def _attach(self, child: Element | Paragraph) -> None:
        """Put *child* into the innermost block, but before a table in which only rows and cells may be."""
        self.blocks += 1
        if self.blocks > limits.HTML_BLOCKS:
            raise UnreadableError(_MANY.fill(most=limits.HTML_BLOCKS))
        parent = self.top
        if parent.name in _GRID and not (isinstance(child, Element) and child.name in _STRUCTURE):
            table = self.tables[-1]
            assert table.parent is not None
            parent = table.parent
            parent.children.insert(len(parent.children) - 1, child)
        else:
            parent.children.append(child)
        if isinstance(child, Element):
            child.parent = parent

    # -- start tags ----------------------------------------------------------------------------------

    def _start(self, name: str, token: Token) -> None:
        if name in _STRUCTURE:
            self._structure(token)
        elif name in _EMPTY:
            self._empty(token)
        elif name in _BLOCKS:
            self._block(token)
        elif name not in _WHOLE:
            self._inline(token)

    def _empty(self, token: Token) -> None:
        if token.name in ("br", "hr"):
            self._end_line()
        elif token.name in ("img", "embed"):
            self._draw(token)
        elif token.name == "frame":
            self.tree.frames += 1
        elif token.name == "input":
            given, hides, _ = self._given(token)
            typed = given["type"].text.lower() if "type" in given else ""
            if "value" in given and typed in _TYPED and self.top.unseen is None and not hides:
                words, start = given["value"]
                self._field(token.attributes + start, token.attributes + start + len(words))
        elif token.name == "meta":
            given = self._given(token).values
            if "name" in given and "content" in given:
                words, start = given["content"]
                self.tree.metas.setdefault(given["name"].text.lower(), Value(words, token.attributes + start))

    def _inline(self, token: Token) -> None:
        """Take a tag inside a line: it matters only if it hides, raises or lowers its content."""
        name, top = token.name, self.top
        if not self.within:
            self.inline.append((token, len(self.line)))
        self.within += 1
        if name in _DRAWN:
            self.tree.frames += name == "iframe"
            self._draw(token)
        if top.unseen is not None:
            if top.unseen[0] == name:
                top.unseen.append(name)
            elif name == "option" and top.unseen[0] == "select":
                self.choice.append((token.end, "selected" in self._given(token).values))
            return
        _, hides, raises = self._given(token)
        if hides or name in _UNSEEN:
            top.unseen, self.choice = [name], []
        elif self.raised:
            if self.raised[0] == name:
                self.raised.append(name)
        elif raises or name in _RAISING:
            self.raised = [name]

    def _given(self, token: Token) -> Given:
        """Return the attributes of a start tag."""
        return self.given_in(self.page[token.attributes : token.end])

    def _draw(self, token: Token) -> None:
        """Take a picture or an embedded file, if it is seen and no icon."""
        given, hides, _ = self._given(token)
        if not (self.top.hidden or self.top.unseen or hides or _is_icon(given)):
            self.drawn = PICTURE if token.name in _PICTURES else EMBEDDED

    def _chosen(self) -> None:
        """Take the option of a list that is chosen, the first one if none is."""
        if self.choice:
            start = next((at for at, chosen in self.choice if chosen), self.choice[0][0])
            end = self.page.find("<", start)
            self._field(start, end if end >= 0 else len(self.page))

    def _block(self, token: Token) -> None:
        self._end_line()
        self._close("p")
        if token.name in HEADINGS and self.top.name in HEADINGS:
            self._pop()
        for item in _CLOSED_BY.get(token.name, ()):
            self._close_item(item)
        self._push(token)
        if token.name == "li" and self.top.parent is not None and self.top.parent.name == "ol":
            self.label = _label(self.top.parent, self.top)

    def _close_item(self, name: str) -> None:
        """Close the item of the innermost list."""
        if self.scopes[-1].open[name]:
            for element in self.stack[: -_MOST_ABOVE - 1 : -1]:
                if element.name == name:
                    self._close(name)
                    return
                if element.name in _LISTS:
                    return

    def _structure(self, token: Token) -> None:
        """Take a table, a caption, a group of rows, a row or a cell, and supply those missing around it."""
        self._end_line()
        name = token.name
        if name == "table":
            self._close("p")
            if self.top.name in _GRID:
                self._open("td", token)
        elif not self.tables:
            self._open("table", token)
        if name in CELLS:
            self._clear("tr", *GROUPS)
            if self.top.name != "tr":
                self._open("tr", token)
        elif name == "tr":
            self._clear(*GROUPS)
            if self.top.name == "table":
                self._open("tbody", token)
        elif name != "table":
            self._clear()
        self._push(token)
        if name in CELLS:
            self.line, self.remarks = self.remarks, []

    def _open(self, name: str, token: Token) -> None:
        """Open a part of a table that is missing before *token*."""
        self._structure(token._replace(name=name, end=token.start, attributes=token.start))

    # -- end tags ------------------------------------------------------------------------------------

    def _end(self, name: str) -> None:
        unseen = self.top.unseen
        inline = name not in _STRUCTURE and name not in _BLOCKS
        if inline and self.within:
            self.within -= 1
        if unseen is not None and unseen[0] == name:
            self._end_unseen(unseen)
        elif self.raised and self.raised[0] == name:
            self.raised.pop()
        elif inline:
            if name == "br":
                self._end_line()
        elif name in _STRUCTURE:
            self._end_structure(name)
        else:
            self._end_line()
            self._close(name)

    def _end_structure(self, name: str) -> None:
        if name in CELLS or name == "caption":
            if self.scopes[-1].root.name == name:
                self._pop_to(self.scopes[-1].root)
        elif self.tables:
            self._clear(*_ENDS_AT[name])
            if self.top.name == name:
                self._pop()

    def _end_unseen(self, unseen: list[str]) -> None:
        name = unseen.pop()
        if not unseen:
            self.top.unseen = None
            if name == "select":
                self._chosen()

    # -- the open blocks -----------------------------------------------------------------------------

    def _push(self, token: Token) -> None:
        _, start, inner, name, _ = token
        values, hides, _ = self._given(token)
        element = Element(name, self.top, start, inner, values)
        element.hidden = element.hidden or hides
        self._attach(element)
        self.raised = []
        self.tree.elements.append(element)
        self.stack.append(element)
        self.top = element
        if name in _SCOPES:
            self.scopes.append(Scope(element, defaultdict(int)))
        else:
            self.scopes[-1].open[name] += 1
        if name == "table":
            self.tables.append(element)
        self.preformatted += name == "pre"

    def _pop(self) -> None:
        self._end_line()
        self.raised = []
        element = self.stack.pop()
        self.top = self.stack[-1]
        element.end = self.at
        if element.name in _SCOPES:
            self.scopes.pop()
        else:
            self.scopes[-1].open[element.name] -= 1
        if element.name == "table":
            self.tables.pop()
            self.line, self.remarks = self.remarks, []
        elif element.name == "li":
            self.label = ""
        self.preformatted -= element.name == "pre"

    def _pop_to(self, element: Element) -> None:
        while self.top is not element:
            self._pop()
        self._pop()

    def _close(self, name: str) -> None:
        """Close the innermost block *name* of this cell, if there is one, with everything open in it."""
        if self.scopes[-1].open[name]:
            while self.top.name != name:
                self._pop()
            self._pop()

    def _clear(self, *names: str) -> None:
        """Close everything open in the innermost table, up to the table itself or a block of these *names*."""
        while self.top.name != "table" and self.top.name not in names:
            self._pop()


def _unfolded(line: Sequence[Run], text: str) -> Iterable[Run]:
    """Return the runs of *line*, which are *text*, without line ends that separate no words, and blanks around them."""
    gaps = [match.span() for match in _FOLDED.finditer(text)] if "\n" in text or "\r" in text else []
    if not gaps:
        return line
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    return between(line, tuple(zip(starts, ends, strict=True)))


def _label(above: Element, item: Element) -> str:
    """Return the numeral that a browser puts before an *item* of the list *above*."""
    if above.numbered == 0 and whole(above.value("start")) is not None:
        above.numbered = (whole(above.value("start")) or 0) - 1
    number = whole(item.value("value"))
    above.numbered = above.numbered + 1 if number is None else number
    style = "".join((above.value("style") + ";" + item.value("style")).split())
    if item.hidden or "list-style:none" in style or "list-style-type:none" in style:
        return ""
    if _CHINESE.search(style):
        from nianbao.readers.numerals import numeral

        return f"{numeral(above.numbered, 'chineseCounting')}、"
    return f"{above.numbered}." if above.value("type") in ("", "1") else ""


def whole(text: str) -> int | None:
    """Return the whole number, below a million, that *text* begins with, None if it begins with none."""
    match = _NUMBER.match(text) if text else None
    return int(match[1]) if match else None


def _is_icon(given: Mapping[str, Value]) -> bool:
    """Return whether a picture with the attributes *given* is too small for a table, or an icon by its name."""
    words = {name: value.text.lower() for name, value in given.items()}
    sizes = [words.get(name, "") for name in ("width", "height")]
    sizes += [match[1] for match in _SIZE.finditer(words.get("style", ""))]
    sizes += words.get("viewbox", "").split()[2:]
    if any("%" not in size and (whole(size) or _LEAST_DRAWN) < _LEAST_DRAWN for size in sizes):
        return True
    return "icon" in words.get("src", "") or "icon" in words.get("class", "")
