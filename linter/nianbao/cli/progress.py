"""The progress of a run over many files, shown on standard error if that is a terminal."""

from nianbao.cli.console import Console
from nianbao.text.language import Language, Text

_FEW = 10
_BAR = 24
READING = Text("读取 {done}/{total}", "reading {done}/{total}")
_WORDS = Text("检查 {done}/{total}", "checking {done}/{total}")


class Progress:
    """A bar on *console*, drawn only on a terminal and for more than a few files."""

    def __init__(
        self, console: Console, total: int, language: Language, *, quiet: bool, words: Text = _WORDS
    ) -> None:
        self.console = console
        self.total = total
        self.language = language
        self.words = words
        self.wanted = console.terminal and total >= _FEW and not quiet
        self.done = 0

    def hide(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self.wanted:
            self.console.draw()

    def step(self) -> None:
        """Count one file more and draw the bar, for the last file no more."""
        self.done += 1
        if not self.wanted or self.done == self.total:
            return
        filled = _BAR * self.done // self.total
        words = self.words.fill(done=self.done, total=self.total).of(self.language)
        self.console.draw(f"[{'#' * filled}{'.' * (_BAR - filled)}] {words}")
