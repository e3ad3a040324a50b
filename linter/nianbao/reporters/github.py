"""Annotations as a GitHub workflow reads them from the log: one command a line."""

from collections.abc import Iterator, Mapping

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import not_in_full, not_whole
from nianbao.text.inert import inert
from nianbao.text.language import Text
from nianbao.text.source import Source

_NOT_READ = Text("没有读成", "not read")
_NO_VERDICT = Text("没有结论", "no verdict")


class GitHub:
    """`::error file=…,line=…,col=…,title=…::message`; columns are code points, as readers count them."""

    def __init__(self, display: Display) -> None:
        self.display = display
        self.language = display.language

    def part(self, checked: Checked) -> str:
        """Return an annotation for each finding, and one for a file that could not be read."""
        path = self.display.relative(checked.path)
        if checked.verdict is None:
            reason = checked.reason(self.language)
            properties = {"file": path, "title": _NOT_READ.of(self.language)}
            return command(UNREAD.github, properties, reason)
        source = checked.verdict.source
        return "".join(self._annotation(d, source, path) for d in checked.verdict.open)

    def put(self, part: str) -> str:
        """Return *part*."""
        return part

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield annotations of the whole run if it is not whole, or if there are reports without a verdict."""
        title = {"title": _NO_VERDICT.of(self.language)}
        for words in not_whole(summary):
            yield command(UNREAD.github, title, words.of(self.language))
        for words in not_in_full(summary):
            yield command("warning", title, words.of(self.language))

    def _annotation(self, diagnostic: Diagnostic, source: Source, path: str) -> str:
        finding, language = diagnostic.finding, self.language
        at = extent(source, finding.span)
        properties = {"file": path}
        if at is not None:
            properties |= {"line": str(at.start.line), "endLine": str(at.end.line)}
            if at.start.line == at.end.line:  # columns of two lines are refused
                properties |= {"col": str(at.start.column), "endColumn": str(at.end.column)}
        properties["title"] = f"{diagnostic.code} {diagnostic.address}"
        message = f"{finding.message.of(language)}\n{finding.help.of(language)}"
        return command(GRADES[diagnostic.severity].github, properties, message)


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Return the line of the log for a command; no *properties* or *message* can break it."""
    pairs = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_escaped(message, _IN_MESSAGE)}\n"


# As the toolkit of the workflows does it: https://github.com/actions/toolkit, packages/core/src/command.ts
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(character, character) for character in inert(text, "\n"))
