"""The line of a report that a finding is in, with the finding underlined."""

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity
from nianbao.reporters.display import Display
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

_TO_LINE = Text("（至第 {line} 行）", "(to line {line})")


class Gutter(NamedTuple):
    """The margin to the left of an excerpt: line numbers and a bar."""

    display: Display
    width: int

    def line(self, number: str = "", text: str = "") -> str:
        """Return *text* behind the bar, with its line *number*."""
        return self.display.paint(f"{number:>{self.width}} |", "dim") + (f" {text}" if text else "")

    @property
    def room(self) -> int:
        """The number of columns left for the text."""
        return max(20, self.display.width - self.width - 3)


def excerpt(source: Source, span: Span, severity: Severity, gutter: Gutter) -> list[str]:
    """Return the line in which *span* starts and a line that underlines it; a long line is cut around it."""
    display = gutter.display
    position = source.position(span.start)
    line = source.line_at(span.start)
    end = min(span.end, line.end)
    before, words, after = _window(source.text, line, Span(min(span.start, end), end), gutter)
    under = " " * display.ruler.columns(before) + display.paint(
        "^" * max(1, display.ruler.columns(words)), severity.value
    )
    if span.end > line.end and source.visible:
        last = source.position(span.end - 1).line
        if last > position.line:
            under += " " + display.paint(display.say(_TO_LINE.fill(line=last)), "dim")
    text = before + display.paint(words, "span") + after
    return [gutter.line(str(position.line) if source.visible else "", text.rstrip()), gutter.line("", under)]


def _window(text: str, line: Span, span: Span, gutter: Gutter) -> tuple[str, str, str]:
    """Return the shown parts of the line before, in and after *span*; no more text than the room is looked at."""
    display, room = gutter.display, gutter.room
    ruler, dots = display.ruler, display.ellipsis
    # One character more than can be shown, so that an ellipsis follows if text is left out.
    before = display.shown(text[max(line.start, span.start - room - 1) : span.start])
    words = display.shown(text[span.start : min(span.end, span.start + room + 1)])
    after = display.shown(text[span.end : min(line.end, span.end + room + 1)])
    if sum(map(ruler.columns, (before, words, after))) <= room:
        return before, words, after
    words = ruler.clip(words, room * 2 // 3, dots)
    left = room - ruler.columns(words)
    before = ruler.tail(before, max(left // 2, left - ruler.columns(after)), dots)
    after = ruler.clip(after, left - ruler.columns(before), dots)
    return before, words, after
