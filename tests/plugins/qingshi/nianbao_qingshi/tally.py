"""县里通报要的样子：每份报告一行，各种程度的问题各有几个。"""

from nianbao.api import Checked, Display, OutputFormat, Severity, Summary, Text

_COUNTED = Text(
    "错误 {error}，警告 {warning}，提示 {info}", "{error} errors, {warning} warnings, {info} notes"
)
_UNREAD = Text("没有检查：{why}", "not checked: {why}")
_ALL = Text("共 {files} 份", "{files} in all")


class Tally:
    """`path：错误 1，警告 0，提示 2`."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def document(self, checked: Checked) -> str:
        """Return the line on one report."""
        if checked.verdict is None:
            return self._line(checked.path, _UNREAD.fill(why=checked.error or ""))
        counts = dict.fromkeys((severity.value for severity in Severity), 0)
        for diagnostic in checked.verdict.diagnostics:
            counts[diagnostic.severity.value] += diagnostic.suppressed is None
        return self._line(checked.path, _COUNTED.fill(**counts))

    def end(self, summary: Summary) -> str:
        """Return how many reports there were."""
        return self.display.say(_ALL.fill(files=summary.files)) + "\n"

    def _line(self, path: str, said: Text) -> str:
        return f"{self.display.shown(path)}：{self.display.say(said)}\n"


TALLY = OutputFormat("tally", Text("每份报告一行，县里通报用", "a line for each report"), False, Tally)
