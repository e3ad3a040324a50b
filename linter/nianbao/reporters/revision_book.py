"""A comparison as a workbook: the units, what became of each finding, and figures that were changed without one."""

import io
from collections.abc import Iterator, Sequence

from nianbao.engine.checked import Summary
from nianbao.engine.finding import Severity
from nianbao.reporters.display import Display
from nianbao.reporters.revision import Revision, Sides
from nianbao.reporters.revision_list import (
    CORRECTED,
    EXPLAINED,
    FRESH,
    LEFT,
    NOT_DONE,
    SILENT,
    UNSETTLED,
    notes,
    outcome,
    rows,
)
from nianbao.reporters.workbook import library, workbook
from nianbao.reporters.xlsx import COLOURS, PAGE, Value, Writing
from nianbao.text.language import Text

_UNITS, _FINDINGS, _FIGURES = (
    Text("总览", "overview"),
    Text("问题", "findings"),
    Text("另外改动的数字", "other changes"),
)
_ORGAN, _YEAR = Text("机关", "organ"), Text("年度", "year")
_OLD, _NEW = Text("原来的文件", "file before"), Text("现在的文件", "file now")
_CHANGED, _SENTENCES, _NOTE = (
    Text("改动数字", "figures changed"),
    Text("文字不同的句子", "sentences that differ"),
    Text("说明", "note"),
)
_OUTCOME, _STATE = Text("结论", "verdict"), Text("整改", "outcome")
_SEVERITY, _RULE = Text("程度", "severity"), Text("规则", "rule")
_PLACE, _WORDS, _FINDING, _HELP = (
    Text("位置", "place"),
    Text("原文", "words"),
    Text("问题", "finding"),
    Text("怎样改", "help"),
)
_BEFORE, _NOW = Text("原来", "before"), Text("现在", "now")
_STATES = (
    ("corrected", CORRECTED),
    ("left", LEFT),
    ("fresh", FRESH),
    ("unsettled", UNSETTLED),
    ("explained", EXPLAINED),
    ("silent", SILENT),
)
_RED = COLOURS[Severity.ERROR.value]


class RevisionBook(Sides):
    """Three sheets; the last only if there is such a figure."""

    def __init__(self, display: Display) -> None:
        library()  # nothing is judged for a workbook that cannot be written
        super().__init__(display)
        self.units: list[list[Value]] = []
        self.findings: list[list[Value]] = []
        self.figures: list[list[Value]] = []

    def put(self, revision: Revision) -> str:
        """Keep the rows of one unit."""
        say, shown = self.display.say, self.display.shown
        unit: list[Value] = [revision.organ, revision.year or ""]
        files = [shown(self.display.relative(path)) if path else "" for path in (revision.old, revision.new)]
        counts = [len(getattr(revision, name)) for name, _ in _STATES]
        figures: list[Value] = [count or "" for count in (*counts, revision.changed, revision.sentences)]
        reason = () if revision.reason is None else (revision.reason,)
        note = " ".join(map(say, (*reason, *notes(revision))))
        self.units.append([*unit, say(outcome(revision)), *figures, note, *files])
        for state, entry, remark in rows(revision, self.display):
            message = f"{entry.message}（{remark}）" if remark else entry.message
            self.findings.append(
                [
                    *unit,
                    say(state),
                    say(entry.severity.text),
                    entry.code,
                    entry.address,
                    entry.words,
                    message,
                    entry.help,
                ]
            )
        self.figures += [[*unit, *change] for change in revision.silent]
        return ""

    def end(self, summary: Summary) -> Iterator[bytes]:
        """Yield the workbook."""
        data = io.BytesIO()
        book = workbook(data)
        writing = Writing(book, self.display.say(PAGE))
        states = [name for _, name in _STATES]
        head = self._said(_ORGAN, _YEAR, _OUTCOME, *states, _CHANGED, _SENTENCES, _NOTE, _OLD, _NEW)
        widths = (28, 7, 10, *[9] * len(states), 9, 9, 32, 30, 30)
        for page in writing.sheets(self.display.say(_UNITS), head, self.units, widths):
            writing.mark(page, 2, self.display.say(NOT_DONE), _RED)
        head = self._said(_ORGAN, _YEAR, _STATE, _SEVERITY, _RULE, _PLACE, _WORDS, _FINDING, _HELP)
        for page in writing.sheets(
            self.display.say(_FINDINGS), head, self.findings, (24, 7, 9, 7, 9, 24, 20, 48, 34)
        ):
            for state in (LEFT, FRESH):
                writing.mark(page, 2, self.display.say(state), _RED)
            for severity in Severity:
                writing.mark(page, 3, self.display.say(severity.text), COLOURS[severity.value])
        if self.figures:
            head = self._said(_ORGAN, _YEAR, _PLACE, _BEFORE, _NOW)
            writing.sheets(self.display.say(_FIGURES), head, self.figures, (28, 7, 60, 12, 12))
        book.close()
        yield data.getvalue()

    def _said(self, *texts: Text) -> Sequence[str]:
        return [self.display.say(text) for text in texts]
