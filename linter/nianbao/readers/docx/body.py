"""The main part of a docx, from its first element to its last."""

from nianbao.readers.document import Block
from nianbao.readers.docx.events import Attributes, Walk, scope
from nianbao.readers.docx.flow import Flows
from nianbao.readers.docx.numbering import Numbering
from nianbao.readers.docx.package import Package
from nianbao.readers.docx.paragraphs import Paragraphs
from nianbao.readers.docx.styles import Styles
from nianbao.readers.docx.tables import Tables
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_EMBEDDED = Text(
    "正文里嵌入了另一个文件（altChunk 或子文档），读不到其中内容；请用 Word 打开，另存为 .docx 再检查",
    "another file is embedded in the text (altChunk or a subdocument) and cannot be read; open it in Word, save it as .docx and check again",
)
# Deletions, text moved away, the settings of controls and sections, the reading of ruby text.
_NOT_TEXT = ("del", "moveFrom", "sdtPr", "sdtEndPr", "sectPr", "rt")


def blocks(package: Package) -> tuple[Block, ...]:
    """Return the paragraphs and tables of *package*. Raises UnreadableError."""
    data = package.document()
    styles = Styles(*(package.related("styles") or ()))
    numbering = Numbering(styles, *(package.related("numbering") or ()))
    body = _Body(package.main, styles, numbering)
    body.read(data)
    if not body.is_word:
        raise package.foreign()
    return tuple(body.flows.open.blocks)


class _Body:
    """Reads a part with the takers of paragraphs and of tables, and skips alternatives of the same content."""

    def __init__(self, part: str, styles: Styles, numbering: Numbering) -> None:
        self.flows = Flows()
        self.is_word = False  # whether the part is a document of Word
        self._walk = Walk(part)
        self._paragraphs = Paragraphs(self._walk, self.flows, styles, numbering)
        self._tables = Tables(self._walk, self.flows, self._paragraphs)
        self._choices: list[bool] = []  # for each open mc:AlternateContent whether a choice was taken

    def read(self, data: bytes) -> None:
        """Read *data*, the part. Raises UnreadableError."""
        begin = {
            "document": self._document,
            "mc:AlternateContent": self._alternatives,
            "mc:Choice": self._choice,
            "mc:Fallback": self._choice,
            "altChunk": self._embedded,
            "subDoc": self._embedded,
            **dict.fromkeys(_NOT_TEXT, self._skip),
            **self._paragraphs.beginnings(),
            **self._tables.beginnings(),
        }
        finish = {
            "mc:AlternateContent": self._end_alternatives,
            **self._paragraphs.ends(),
            **self._tables.ends(),
        }
        self._walk.run(data, scope(begin, finish))
        self.flows.open.close()

    def _skip(self, attributes: Attributes) -> None:
        self._walk.within(self._paragraphs.skipped)

    def _document(self, attributes: Attributes) -> None:
        self.is_word = True

    def _embedded(self, attributes: Attributes) -> None:
        raise UnreadableError(_EMBEDDED)

    def _alternatives(self, attributes: Attributes) -> None:
        self._choices.append(False)

    def _end_alternatives(self) -> None:
        self._choices.pop()

    def _choice(self, attributes: Attributes) -> None:
        """Take the first of several ways to write the same, as every current program does."""
        if self._choices and not self._choices[-1]:
            self._choices[-1] = True
        else:
            self._skip(attributes)
