"""Flows: the blocks of the body, of a cell, of a text box while they are read."""

from nianbao.readers.document import Block, Paragraph, Run
from nianbao.readers.limits import DEEPEST_TABLE
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

_DEEP = Text(
    "表格或文本框套了 {most} 层以上，不像一份年度报告，没有读；请核对文件",
    "tables or text boxes are nested more than {most} deep, which no annual report has; it was not read: check the file",
)


class Flow:
    """Blocks in reading order; *carried* are runs that the next paragraph begins with."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.carried: list[Run] = []

    def add(self, runs: list[Run]) -> None:
        """Add a paragraph; one without a run is left out."""
        if runs:
            self.blocks.append(Paragraph(tuple(runs)))

    def close(self) -> None:
        """Make the carried runs a paragraph of their own, so that no other continues them."""
        self.add(self.carried)
        self.carried = []


class Flows:
    """The open flow, and those around it."""

    def __init__(self) -> None:
        self.open = Flow()
        self._around: list[Flow] = []

    @property
    def in_body(self) -> bool:
        """Whether the open flow is that of the body."""
        return not self._around

    def enter(self) -> None:
        """Begin a cell or a text box. Raises UnreadableError if too many are open."""
        if len(self._around) == DEEPEST_TABLE:
            raise UnreadableError(_DEEP.fill(most=DEEPEST_TABLE))
        self._around.append(self.open)
        self.open = Flow()

    def leave(self) -> list[Block]:
        """End the open cell or text box and return its blocks."""
        self.open.close()
        blocks = self.open.blocks
        self.open = self._around.pop()
        return blocks
