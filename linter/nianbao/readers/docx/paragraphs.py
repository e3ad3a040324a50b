"""Paragraphs and runs: their visible text, with tracked changes accepted and the results of fields."""

from collections.abc import Iterator, Mapping, Sequence

from nianbao.readers import limits
from nianbao.readers.document import Block, Run, raised
from nianbao.readers.docx.events import DAMAGED, Attributes, Begin, Finish, Scope, Walk, is_on, scope, value
from nianbao.readers.docx.flow import Flows
from nianbao.readers.docx.numbering import Numbering
from nianbao.readers.docx.styles import Styles
from nianbao.text.language import Text
from nianbao.text.pictures import EMBEDDED, PICTURE
from nianbao.text.source import Origin, UnreadableError

_XML_SPACE = "http://www.w3.org/XML/1998/namespace space"
_BLANKS = " \t\r\n"  # white space in XML
_TAB, _LINE_END = "\t", "\n"
_LAST_SIGN = 0x10FFFF
_LONG = Text(
    "正文超过 {most} 字，不像一份年度报告，没有读；请核对文件",
    "more than {most} characters of text, which no annual report has; it was not read: check the file",
)


class _Span:
    """A run that is being read."""

    length = 0  # of the text read so far
    style = ""
    hidden: bool | None = None
    raised = False  # or lowered

    def __init__(self, origin: Origin) -> None:
        self.origin = origin


class _Open:
    """A paragraph that is being read."""

    list_id: str | None = None
    level: str | None = None
    centred: bool | None = None
    deleted = False  # whether its end mark is, so that the next paragraph continues it
    hidden: bool | None = None  # whether its end mark is, with the same effect
    count = 0  # of the runs begun
    drawn = ""  # the sign of a picture or an object in it
    codes = 0  # the number of fields whose code is being read

    def __init__(self, number: int, style: str) -> None:
        self.number = number
        self.style = style
        self.runs: list[Run] = []
        self.boxes: list[Block] = []  # the blocks of text boxes anchored in it
        self.spans: list[_Span] = []  # the open runs: in ruby text they are nested
        self.fields: list[bool] = []  # for each open field whether its code is being read


class Paragraphs:
    """Takes the elements of paragraphs and adds these to the open flow.

    A picture, a chart or an embedded file is a paragraph that names it. A text box is read after the paragraph it is anchored in. A line break ends a paragraph, as it looks on the
    page; in a centred one, which is a title, it is white space.
    """

    def __init__(self, walk: Walk, flows: Flows, styles: Styles, numbering: Numbering) -> None:
        self._walk = walk
        self._flows = flows
        self._styles = styles
        self._numbering = numbering
        self._open: _Open | None = None
        self._around: list[_Open | None] = []  # the paragraphs around open text boxes
        self._passing = 0  # the number of open paragraphs in skipped content
        self._characters = 0
        self._text: list[str] = []
        self._preserved = False
        self.count = 0  # of paragraphs begun
        # Skipped content is counted too, so that paragraphs and runs have the numbers of any other program.
        self.skipped = scope({"p": self._pass, "r": self._pass_run}, {"p": self._end_pass})
        self._of_paragraph = self._paragraph_properties()
        self._of_run = scope(
            {
                "rStyle": self._run_style,
                "vanish": self._vanish,
                "vertAlign": self._raise,
                "rPrChange": self._skip,
            }
        )

    @property
    def reading(self) -> bool:
        """Whether a paragraph is open."""
        return self._open is not None

    def beginnings(self) -> Mapping[str, Begin]:
        """Return the functions to call at the start of elements."""
        return {
            "p": self._begin,
            "pPr": lambda attributes: self._walk.within(self._of_paragraph),
            "r": self._begin_run,
            "m:r": self._begin_formula,
            "rPr": self._run_properties,
            "t": self._begin_text,
            "m:t": self._begin_text,
            "tab": lambda attributes: self._sign(_TAB),
            "ptab": lambda attributes: self._sign(_TAB),
            "br": lambda attributes: self._sign(_LINE_END),
            "cr": lambda attributes: self._sign(_LINE_END),
            "noBreakHyphen": lambda attributes: self._sign("-"),
            "sym": self._symbol,
            "fldChar": self._field,
            "txbxContent": self._begin_box,
            **dict.fromkeys(("a:blip", "v:imagedata"), lambda attributes: self._drawn(PICTURE)),
            **dict.fromkeys(
                ("o:OLEObject", "c:chart", "dgm:relIds"), lambda attributes: self._drawn(EMBEDDED)
            ),
        }

    def ends(self) -> Mapping[str, Finish]:
        """Return the functions to call at the end of elements."""
        return {
            "p": self._end,
            "r": self._end_run,
            "m:r": self._end_run,
            "t": self._end_text,
            "m:t": self._end_text,
            "txbxContent": self._end_box,
        }

    @property
    def _here(self) -> _Open:
        """The open paragraph. Raises UnreadableError if there is none."""
        if self._open is None:
            raise UnreadableError(DAMAGED.fill(part=self._walk.part))
        return self._open

    @property
    def _span(self) -> _Span:
        """The open run: properties and text are read only inside one."""
        return self._here.spans[-1]

    # -- skipped content -------------------------------------------------------------------------------

    def _skip(self, attributes: Attributes) -> None:
        self._walk.within(self.skipped)

    def _pass(self, attributes: Attributes) -> None:
        self.count += 1
        self._passing += 1

    def _end_pass(self) -> None:
        self._passing -= 1

    def _pass_run(self, attributes: Attributes) -> None:
        if not self._passing and self._open is not None:
            self._open.count += 1

    # -- paragraphs ------------------------------------------------------------------------------------

    def _begin(self, attributes: Attributes) -> None:
        if self._open is not None:
            raise UnreadableError(DAMAGED.fill(part=self._walk.part))
        self._open = _Open(self.count, self._styles.usual)
        self.count += 1

    def _end(self) -> None:
        done, flow = self._here, self._flows.open
        self._open = None
        style = self._styles[done.style]
        hidden = style.hidden if done.hidden is None else done.hidden
        if done.deleted:
            flow.carried += done.runs
        elif done.runs or not hidden:  # an empty one that is hidden is not numbered
            label = self._numbering.label(style, done.list_id, done.level)
            self._spend(len(label))
            numeral = [Run(label)] if label else []
            if hidden:
                flow.carried += numeral + done.runs
            else:
                runs = [*numeral, *flow.carried, *done.runs]
                flow.carried = []
                centred = style.centred if done.centred is None else done.centred
                for line in [runs] if centred else _lines(runs):
                    flow.add(line)
        if done.drawn and (
            flow.blocks or not self._flows.in_body
        ):  # above all words it is the head of the letter
            flow.add([Run(done.drawn)])
        if done.boxes:
            flow.close()
            flow.blocks += done.boxes

    def _paragraph_properties(self) -> Scope:
        mark = scope(
            {
                "del": self._deleted,
                "moveFrom": self._deleted,
                "vanish": self._hidden,
                "rPrChange": self._skip,
            }
        )
        return scope(
            {
                "pStyle": self._style,
                "numId": self._list,
                "ilvl": self._level,
                "jc": self._alignment,
                "rPr": lambda attributes: self._walk.within(mark),
                "pPrChange": self._skip,
                "sectPr": self._skip,
            }
        )

    def _style(self, attributes: Attributes) -> None:
        self._here.style = value(attributes) or ""

    def _list(self, attributes: Attributes) -> None:
        self._here.list_id = value(attributes)

    def _level(self, attributes: Attributes) -> None:
        self._here.level = value(attributes)

    def _alignment(self, attributes: Attributes) -> None:
        self._here.centred = value(attributes) == "center"

    def _deleted(self, attributes: Attributes) -> None:
        self._here.deleted = True

    def _hidden(self, attributes: Attributes) -> None:
        self._here.hidden = is_on(attributes)

    # -- text boxes ------------------------------------------------------------------------------------

    def _begin_box(self, attributes: Attributes) -> None:
        if self._open is not None and self._open.spans and not self._is_seen(self._open):
            self._walk.within(self.skipped)
            return
        self._flows.enter()
        self._around.append(self._open)
        self._open = None

    def _end_box(self) -> None:
        self._open = self._around.pop()
        blocks = self._flows.leave()
        if self._open is None:
            self._flows.open.blocks += blocks
        else:
            self._open.boxes += blocks

    # -- pictures --------------------------------------------------------------------------------------

    def _drawn(self, sign: str) -> None:
        """Note that the open paragraph has a picture or an object; an object has a picture of itself."""
        here = self._open
        if here is not None and here.spans and self._is_seen(here) and here.drawn != EMBEDDED:
            here.drawn = sign

    # -- runs ------------------------------------------------------------------------------------------

    def _begin_run(self, attributes: Attributes) -> None:
        here = self._here
        here.spans.append(_Span(Origin(self._walk.part, here.number, here.count)))
        here.count += 1

    def _begin_formula(self, attributes: Attributes) -> None:
        if self._open is None:  # it is between paragraphs
            self._walk.within(self.skipped)
            return
        self._open.spans.append(_Span(Origin(self._walk.part, self._open.number)))

    def _end_run(self) -> None:
        self._here.spans.pop()

    def _run_properties(self, attributes: Attributes) -> None:
        in_run = self._open is not None and self._open.spans  # else they are those of a formula
        self._walk.within(self._of_run if in_run else self.skipped)

    def _run_style(self, attributes: Attributes) -> None:
        self._span.style = value(attributes) or ""

    def _vanish(self, attributes: Attributes) -> None:
        self._span.hidden = is_on(attributes)

    def _raise(self, attributes: Attributes) -> None:
        self._span.raised = value(attributes) in ("superscript", "subscript")

    def _is_seen(self, here: _Open) -> bool:
        """Return whether the open run is visible: neither hidden nor the code of a field."""
        span = here.spans[-1]
        hidden = span.hidden
        if hidden is None:  # a toggle property: if the styles of paragraph and run both hide, it shows
            hidden = bool(self._styles[here.style].hidden) != bool(self._styles[span.style].hidden)
        return not hidden and not here.codes

    def _begin_text(self, attributes: Attributes) -> None:
        if self._open is None or not self._open.spans:
            self._walk.within(self.skipped)
            return
        self._preserved = attributes.get(_XML_SPACE) == "preserve"
        self._walk.hear(self._text.append)

    def _end_text(self) -> None:
        self._walk.hear(None)
        text = "".join(self._text)
        self._text.clear()
        here = self._here
        span = here.spans[-1]
        at = span.length
        span.length += len(text)
        self._spend(len(text))
        if not self._preserved:
            at += len(text) - len(text.lstrip(_BLANKS))
            text = text.strip(_BLANKS)
        if text and self._is_seen(here):
            run = Run(text, span.origin, at, at + len(text))
            here.runs.extend(raised([run]) if span.raised else [run])

    def _spend(self, characters: int) -> None:
        self._characters += characters
        if self._characters > limits.DOCX_CHARACTERS:
            raise UnreadableError(_LONG.fill(most=limits.DOCX_CHARACTERS))

    def _sign(self, text: str) -> None:
        """Add a character that is written as an element and not in the text of its run."""
        if self._open is not None and self._open.spans and self._is_seen(self._open):
            span = self._span
            self._open.runs.append(Run(text, span.origin, span.length, span.length))

    def _symbol(self, attributes: Attributes) -> None:
        try:
            code = int((value(attributes, "char") or "")[:8], 16)
        except ValueError:
            return
        if 0 < code <= _LAST_SIGN and not 0xD800 <= code < 0xE000:
            self._sign(chr(code))

    def _field(self, attributes: Attributes) -> None:
        here = self._here
        kind = value(attributes, "fldCharType")
        if kind == "begin":
            here.fields.append(True)
            here.codes += 1
        elif here.fields and kind in (
            "separate",
            "end",
        ):  # else they belong to a field of an earlier paragraph
            here.codes -= here.fields.pop()
            if kind == "separate":
                here.fields.append(False)


def _lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if run.text == _LINE_END and run.at == run.until:  # a break, not a character of a text
            yield line
            line = []
        else:
            line.append(run)
    yield line
