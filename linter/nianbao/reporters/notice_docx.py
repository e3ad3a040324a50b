"""通知单 in Word: the notice on one report as a file of its own, or those of a run one behind the other."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Severity
from nianbao.files.own import AUTHOR
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry, Gap
from nianbao.reporters.notice import (
    BASIS,
    CHANGED,
    COLUMNS,
    HELP,
    ISSUED_BY,
    ISSUED_ON,
    KEPT,
    TITLE,
    Notice,
    notice,
)
from nianbao.reporters.spool import Spool
from nianbao.reporters.summary_lines import not_whole

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = f'xmlns:w="{_FORMATS}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_COLOURS = {Severity.ERROR: "B3261E", Severity.WARNING: "8A5300", Severity.INFO: "1F5F99"}
_WIDTH = 9070  # of the text on A4, in twentieths of a point
_COLUMNS = (740, 2430, 4060, 1840)  # the widths of those of the list
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can have: the same notice is the same file


def _font(east: str, size: int, more: str = "") -> str:
    """Return the properties of characters in the font *east* of *size* half points."""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{east}"/>'
    return f'<w:rPr>{fonts}{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _style(name: str, paragraph: str, characters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr>{characters}</w:style>"
    )


_STYLES = (
    f"{_XML}<w:styles {_SPACES}><w:docDefaults><w:rPrDefault>"
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="宋体"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + _style(
        "Title",
        '<w:spacing w:before="120" w:after="360"/><w:jc w:val="center"/>',
        _font("宋体", 32, "<w:b/>"),
    )
    + _style("To", '<w:spacing w:line="480" w:lineRule="exact"/>', _font("仿宋", 28))
    + _style(
        "Body",
        '<w:spacing w:line="480" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="560"/><w:jc w:val="both"/>',
        _font("仿宋", 28),
    )
    + _style(
        "Issued",
        '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="5900"/><w:tab w:val="left" w:pos="6100"/>'
        f'<w:tab w:val="right" w:leader="underscore" w:pos="{_WIDTH}"/></w:tabs><w:spacing w:before="360"/>',
        _font("仿宋", 24),
    )
    + _style(
        "Head",
        '<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
        _font("黑体", 28),
    )
    + _style("Cell", '<w:spacing w:before="20" w:after="20"/>', _font("宋体", 21))
    + _style(
        "Quiet", '<w:spacing w:before="20" w:after="20"/>', _font("宋体", 18, '<w:color w:val="5A626D"/>')
    )
    + _style(
        "Signed",
        '<w:keepLines/><w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="2900"/><w:tab w:val="left" w:pos="3080"/>'
        '<w:tab w:val="left" w:leader="underscore" w:pos="5980"/><w:tab w:val="left" w:pos="6160"/>'
        f'<w:tab w:val="right" w:leader="underscore" w:pos="{_WIDTH}"/></w:tabs><w:spacing w:before="480"/>',
        _font("仿宋", 24),
    )
    + "</w:styles>"
)
_FOOTER = (
    f'{_XML}<w:ftr {_SPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
_TYPES = (
    f'{_XML}<Types xmlns="{_FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE = f"{_FORMATS}/package/2006"


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


_ROOT = _relations(
    (f"{_OFFICE}/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
_PARTS = _relations((f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/footer", "footer1.xml"))
_BEGIN = f"{_XML}<w:document {_SPACES}><w:body>"
_END = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr>'
    "</w:body></w:document>"
)


class NoticeDocx:
    """A Word file; nothing in it is a link, and its one field is the number of the page."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.notices = Spool()
        self.count = 0

    def page(self, checked: Checked) -> bytes:
        """Return the file with the notice on *checked*."""
        return self._file((self._body(notice(checked, self.display), first=True),))

    def part(self, checked: Checked) -> tuple[str, str]:
        """Return the notice on *checked*, as the first of a file and as one further on; none on a file of waivers."""
        if checked.on_waivers:
            return "", ""
        said = notice(checked, self.display)
        return self._body(said, first=True), self._body(said, first=False)

    def put(self, part: tuple[str, str]) -> str:
        """Keep *part*: a package is written at the end."""
        self.notices.put(part[bool(self.count)])
        self.count += bool(part[0])
        return ""

    def end(self, summary: Summary) -> Iterator[bytes]:
        """Yield the file."""

        def pieces() -> Iterator[str]:
            yield from (_p("Cell", self.display.say(words)) for words in not_whole(summary))
            yield from self.notices.pieces()

        yield self._file(pieces())

    def _file(self, pieces: Iterable[str]) -> bytes:
        data = BytesIO()
        title = escape(self.display.say(TITLE))
        core = (
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>"
        )
        parts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT,
            "docProps/core.xml": core,
            "word/_rels/document.xml.rels": _PARTS,
            "word/styles.xml": _STYLES,
            "word/footer1.xml": _FOOTER,
        }
        with ZipFile(data, "w") as package:
            for name, text in parts.items():
                package.writestr(_entry(name), text)
            with package.open(_entry("word/document.xml"), "w") as document:
                document.write(_BEGIN.encode())
                for piece in pieces:
                    document.write(piece.encode())
                document.write(_END.encode())
        return data.getvalue()

    def _body(self, said: Notice, *, first: bool) -> str:
        say = self.display.say
        blanks = (say(ISSUED_BY), say(ISSUED_ON))
        parts = [
            _p("Title", *_broken(said.title), more="" if first else "<w:pageBreakBefore/>"),
            _p("To", said.to),
            *(_p("Body", words) for words in said.opening),
            _p("Issued", *_blank(blanks)),
        ]
        if said.found:
            parts += [_p("Head", said.heads[0]), self._list(said.found)]
        if said.gaps:
            parts += [
                _p("Head", said.heads[1]),
                *(self._gap(number, gap) for number, gap in enumerate(said.gaps, 1)),
            ]
        return "".join((*parts, _p("Signed", *_blank(said.signed))))

    def _gap(self, number: int, gap: Gap) -> str:
        codes = f" {' '.join(gap.codes)}"
        return f'<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{_r(f"{number}. {gap.reason}")}{_r(codes, _GREY)}</w:p>'

    def _list(self, found: Sequence[Entry]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS)
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        head = _row(
            [_p("Cell", self.display.say(word), look="<w:b/>") for word in COLUMNS],
            "<w:cantSplit/><w:tblHeader/>",
            "EDF1F5",
        )
        rows = "".join(self._row(number, entry) for number, entry in enumerate(found, 1))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblInd w:w="108" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
        )

    def _row(self, number: int, entry: Entry) -> str:
        say = self.display.say
        tone = f'<w:b/><w:color w:val="{_COLOURS[entry.severity]}"/>'
        words = f"{_r(entry.before)}{_r(entry.words, _MARKED)}{_r(entry.after)}"
        place = _p("Cell", entry.address, look="<w:b/>") + _paragraph("Cell", words)
        said = [
            _p("Cell", entry.message),
            *(_p("Quiet", related) for related in entry.related),
            *(
                _p("Cell", f"{say(word)}{words}")
                for word, words in ((BASIS, entry.basis), (HELP, entry.help))
                if words
            ),
            _p("Quiet", f"{entry.code} {entry.name}"),
        ]
        done = _p("Cell", say(CHANGED)) + _p("Cell", say(KEPT))
        counted = _p("Cell", str(number)) + _p("Cell", say(entry.severity.text), look=tone)
        return _row([counted, place, "".join(said), done])


_GREY = '<w:color w:val="5A626D"/>'
_MARKED = '<w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFE9A8"/>'
_TAB, _BREAK = (
    "\0",
    "\1",
)  # in no text: a blank to be filled in, or the room between two of them; the end of a line


def _blank(words: Sequence[str]) -> list[str]:
    """Return *words*, each with a blank behind it."""
    return [piece for index, word in enumerate(words) for piece in ((_TAB,) if index else ()) + (word, _TAB)]


def _broken(title: str) -> list[str]:
    """Return *title* in two lines, the name of the report on the first."""
    name, end, rest = title.rpartition("》")
    return [name + end, _BREAK, rest] if name else [title]


def _p(style: str, *pieces: str, look: str = "", more: str = "") -> str:
    return _paragraph(style, "".join(_r(piece, look) for piece in pieces), more)


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _r(text: str, look: str = "") -> str:
    if text in (_TAB, _BREAK):
        return f"<w:r>{'<w:tab/>' if text == _TAB else '<w:br/>'}</w:r>"
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _row(cells: Sequence[str], more: str = "", fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(_COLUMNS, cells, strict=True)
    )
    properties = f"<w:trPr>{more}</w:trPr>" if more else ""
    return f"<w:tr>{properties}{columns}</w:tr>"


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry
