"""Checkstyle XML, which many services read."""

from collections.abc import Iterator

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.xml_tree import Document, inside, put, root
from nianbao.text.source import Source


class Checkstyle:
    """A `file` for each report, an `error` for each finding; columns are code points from 1.

    A file without visible lines has neither line nor column, and the message begins with the address.
    """

    def __init__(self, display: Display) -> None:
        self.display = display
        self.language = display.language
        self.report = Document(root("checkstyle", {"version": "4.3"}))

    def part(self, checked: Checked) -> str:
        """Return the findings in *checked*, or the error for which it has none."""
        file = root("file", {"name": self.display.relative(checked.path)})
        if checked.verdict is None:
            put(file, "error", _unjudged(checked.reason(self.language), "unreadable"))
        else:
            for diagnostic in checked.verdict.open:
                put(file, "error", self._attributes(diagnostic, checked.verdict.source))
        return inside(file)

    def put(self, part: str) -> str:
        """Return *part*, after the head of the document if it is the first."""
        return self.report.more(part)

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the end of the document; a run that is not whole has an error in its folder."""
        for words in not_whole(summary):
            folder = root("file", {"name": "."})
            put(folder, "error", _unjudged(words.of(self.language), "interrupted"))
            yield self.report.more(inside(folder))
        yield self.report.end()

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
