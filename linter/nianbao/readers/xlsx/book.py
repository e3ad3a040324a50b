"""The parts of a workbook: its sheets in their order, the texts that they share, and how their cells look."""

from collections.abc import Iterator

from nianbao_grammar.records import NamedTuple

from nianbao.readers import limits
from nianbao.readers.document import Run, raised
from nianbao.readers.docx.events import NOTHING, Attributes, Begin, Finish, Walk, scope
from nianbao.readers.docx.package import Package
from nianbao.readers.xlsx.numbers import BUILT_IN, GENERAL
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_MANY = Text(
    "工作簿有 {most} 张以上的工作表，不像一份年度报告，没有读；请核对文件",
    "the workbook has more than {most} sheets, which no annual report has; it was not read: check the file",
)
_FALSE = ("", "0", "false", "off")
_SHEET = "worksheet"


class SheetPart(NamedTuple):
    """A sheet of the workbook: its name, the part that it is in, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Look(NamedTuple):
    """How a cell looks: the format of its numbers, and whether it has a line on any side."""

    format: str = GENERAL
    bordered: bool = False


class Book:
    """A workbook, from its package; sheets are read one by one."""

    def __init__(self, package: Package) -> None:
        """Read what the sheets share. Raises UnreadableError."""
        self.package = package
        self.since_1904 = False
        self.sheets: list[SheetPart] = []
        self.is_workbook = False
        self._targets = package.targets(package.main)
        walk = Walk(package.main)
        walk.run(
            package.document(),
            scope({"s:workbook": self._workbook, "s:workbookPr": self._properties, "s:sheet": self._sheet}),
        )
        if not self.is_workbook:
            raise package.foreign()
        self.texts = tuple(_Texts(*(package.related("sharedStrings") or ())).read)
        self.looks = tuple(_Looks(*(package.related("styles") or ())).read())

    def _workbook(self, attributes: Attributes) -> None:
        self.is_workbook = True

    def _properties(self, attributes: Attributes) -> None:
        self.since_1904 = is_true(attributes.get("date1904", ""))

    def _sheet(self, attributes: Attributes) -> None:
        if len(self.sheets) == limits.XLSX_SHEETS:
            raise UnreadableError(_MANY.fill(most=limits.XLSX_SHEETS))
        key = next((value for name, value in attributes.items() if name.endswith("relationships id")), "")
        kind, part = self._targets.get(key, ("", ""))
        if kind == _SHEET:  # a sheet that is one chart has no cells
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(SheetPart(attributes.get("name", ""), part, hidden))


def is_true(word: str) -> bool:
    """Return whether *word*, the value of a property that is on or off, is on."""
    return word.lower() not in _FALSE


class _Texts:
    """The texts that cells share, each as it is shown: without the reading of its signs, notes raised."""

    def __init__(self, part: str = "", data: bytes | None = None) -> None:
        self.read: list[str] = []
        self._taker = TextTaker(Walk(part))
        if data is not None:
            self._taker.walk.run(
                data,
                scope(
                    {"s:si": self._begin, **self._taker.beginnings()},
                    {"s:si": self._end, **self._taker.ends()},
                ),
            )

    def _begin(self, attributes: Attributes) -> None:
        self._taker.pieces = []

    def _end(self) -> None:
        self.read.append("".join(self._taker.pieces))


class TextTaker:
    """What gathers the runs of a text, of those that are shared or of a cell itself."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.pieces: list[str] = []
        self._raised = False

    def beginnings(self) -> dict[str, Begin]:
        """Return what to call at the beginning of elements."""
        return {
            "s:r": self._run,
            "s:vertAlign": self._shifted,
            "s:rPh": lambda attributes: self.walk.within(NOTHING),
            "s:t": lambda attributes: self.walk.hear(self._take),
        }

    def ends(self) -> dict[str, Finish]:
        """Return what to call at the end of elements."""
        return {"s:t": lambda: self.walk.hear(None), "s:r": self._end_run}

    def _run(self, attributes: Attributes) -> None:
        self._raised = False

    def _end_run(self) -> None:
        self._raised = False

    def _shifted(self, attributes: Attributes) -> None:
        self._raised = attributes.get("val") in ("superscript", "subscript")

    def _take(self, text: str) -> None:
        if self._raised:
            text = "".join(run.text for run in raised([Run(text)]))
        self.pieces.append(text)


class _Looks:
    """The looks of cells, by their numbers."""

    def __init__(self, part: str = "", data: bytes | None = None) -> None:
        self._formats = {0: GENERAL, **BUILT_IN}
        self._borders: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._walk = Walk(part)
        if data is not None:
            self._walk.run(
                data,
                scope(
                    {
                        "s:numFmt": self._format,
                        "s:border": self._border,
                        **dict.fromkeys(("s:left", "s:right", "s:top", "s:bottom"), self._side),
                        "s:cellXfs": lambda attributes: self._walk.within(scope({"s:xf": self._cell})),
                    }
                ),
            )

    def read(self) -> Iterator[Look]:
        """Yield the looks in their order."""
        for number, border in self._cells:
            lined = self._borders[border] if 0 <= border < len(self._borders) else False
            yield Look(self._formats.get(number, GENERAL), lined)

    def _format(self, attributes: Attributes) -> None:
        self._formats[number(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)

    def _border(self, attributes: Attributes) -> None:
        self._borders.append(False)

    def _side(self, attributes: Attributes) -> None:
        if self._borders and attributes.get("style", "none") != "none":
            self._borders[-1] = True

    def _cell(self, attributes: Attributes) -> None:
        self._cells.append((number(attributes.get("numFmtId")), number(attributes.get("borderId"))))


def number(text: str | None) -> int:
    """Return *text* as a whole number, -1 if it is none that a workbook may have."""
    text = text or ""
    return int(text) if len(text) <= 10 and text.isascii() and text.isdecimal() else -1
