"""The diagnostic format of reviewdog: https://github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto."""

from collections.abc import Iterator
from typing import Any

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import Extent, changes, extent
from nianbao.reporters.json_tree import Array, items, serialised, shown
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_whole
from nianbao.text.source import Position, Source

Record = dict[str, Any]


class RdJson:
    """One object; columns are UTF-8 bytes from 1, ends are exclusive. A file without visible lines has no range."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.language = display.language
        self.diagnostics = Array(1)
        self.begun = False

    def part(self, checked: Checked) -> str:
        """Return the findings in *checked*, or the error for which it has none."""
        path = self.display.relative(checked.path)
        if checked.verdict is None:
            return items(shown([_unjudged(path, checked.reason(self.language))]), 1)
        source = checked.verdict.source
        return items(shown([self._diagnostic(d, source, path) for d in checked.verdict.open]), 1)

    def put(self, part: str) -> str:
        """Return *part*, with what stands between it and the one before."""
        return self._head() + self.diagnostics.more(part)

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the end of the object; a run that is not whole has a diagnostic of its folder."""
        unjudged = [_unjudged(".", words.of(self.language)) for words in not_whole(summary)]
        yield (
            self._head() + self.diagnostics.more(items(shown(unjudged), 1)) + self.diagnostics.end() + "\n}\n"
        )

    def _head(self) -> str:
        """Return the object up to the array of diagnostics, once."""
        if self.begun:
            return ""
        self.begun = True
        return f'{serialised({"source": {"name": "nianbao"}})[:-3]},\n  "diagnostics": '

    def _diagnostic(self, diagnostic: Diagnostic, source: Source, path: str) -> Record:
        finding, language = diagnostic.finding, self.language
        at = extent(source, finding.span)
        message = f"{finding.message.of(language)}\n{finding.help.of(language)}"
        location: Record = {"path": path}
        if at is not None:
            location["range"] = _range(at)
        record: Record = {
            "message": message if at is not None else f"{diagnostic.address}：{message}",
            "location": location,
            "severity": GRADES[diagnostic.severity].rdjson,
            "code": {"value": diagnostic.code},
        }
        made = changes(source, finding.fix)
        if made:
            record["suggestions"] = [{"range": _range(change.extent), "text": change.new} for change in made]
        return record


def _unjudged(path: str, reason: str) -> Record:
    return {"message": reason, "location": {"path": path}, "severity": UNREAD.rdjson}


def _range(at: Extent) -> Record:
    return {"start": _position(at.start), "end": _position(at.end)}


def _position(at: Position) -> Record:
    return {"line": at.line, "column": at.byte_column}
