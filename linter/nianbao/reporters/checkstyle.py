"""Checkstyle XML, which many services read."""

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent, relative
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.xml_tree import put, root, serialised
from nianbao.text.source import Source


class Checkstyle:
    """A `file` for each report, an `error` for each finding; columns are code points from 1.

    A file without visible lines has neither line nor column, and the message begins with the address.
    """

    def __init__(self, display: Display) -> None:
        self.language = display.language
        self.tree = root("checkstyle", {"version": "4.3"})

    def document(self, checked: Checked) -> str:
        """Keep the findings in *checked*, or the error for which it has none."""
        file = put(self.tree, "file", {"name": relative(checked.path)})
        if checked.verdict is None:
            put(file, "error", _unjudged(checked.reason(self.language), "unreadable"))
            return ""
        for diagnostic in checked.verdict.open:
            put(file, "error", self._attributes(diagnostic, checked.verdict.source))
        return ""

    def end(self, summary: Summary) -> str:
        """Return the document; a run that is not whole has an error in its folder."""
        for words in not_whole(summary):
            put(
                put(self.tree, "file", {"name": "."}),
                "error",
                _unjudged(words.of(self.language), "interrupted"),
            )
        return serialised(self.tree)

    def _attributes(self, diagnostic: Diagnostic, source: Source) -> dict[str, object]:
        message = diagnostic.finding.message.of(self.language)
        at = extent(source, diagnostic.finding.span)
        place = {"line": at.start.line, "column": at.start.column} if at is not None else {}
        return {
            **place,
            "severity": GRADES[diagnostic.severity].checkstyle,
            "message": message if at is not None else f"{diagnostic.address}：{message}",
            "source": f"nianbao.{diagnostic.code}",
        }


def _unjudged(reason: str, cause: str) -> dict[str, object]:
    return {"severity": UNREAD.checkstyle, "message": reason, "source": f"nianbao.{cause}"}
