"""An output for people: the text of each file as it comes, and the closing lines."""

from collections.abc import Callable, Iterator

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import OutcomeState
from nianbao.reporters.display import Display
from nianbao.reporters.summary_lines import Closing, Counts


class Listing:
    """What *text* says of each file, and the closing lines.

    Rules that ended in one of the states *named* are named there with the reason; with `--verbose` all that could
    not judge are.
    """

    def __init__(
        self, display: Display, text: Callable[[Checked], str], named: tuple[OutcomeState, ...] = ()
    ) -> None:
        unjudged = (OutcomeState.CRASHED, OutcomeState.UNDETERMINED, OutcomeState.NOT_APPLICABLE)
        self.text = text
        self.closing = Closing(display, unjudged if display.verbose else named)

    def part(self, checked: Checked) -> tuple[str, Counts]:
        """Return the text of a file, and what the closing lines need of it."""
        return self.text(checked), self.closing.part(checked)

    def put(self, part: tuple[str, Counts]) -> str:
        """Return the text of *part*."""
        text, counts = part
        self.closing.put(counts)
        return text

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the closing lines."""
        yield self.closing.text(summary)
