"""Annotations as a GitHub workflow reads them from the log: one command a line."""

from collections.abc import Mapping

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic
from nianbao.reporters.display import Display
from nianbao.reporters.file_positions import extent, relative
from nianbao.reporters.severity_words import GRADES, UNREAD
from nianbao.reporters.summary_lines import UNJUDGED
from nianbao.text.language import Text
from nianbao.text.source import Source

_NOT_READ = Text("没有读成", "not read")
_NO_VERDICT = Text("没有结论", "no verdict")


class GitHub:
    """`::error file=…,line=…,col=…,title=…::message`; columns are code points, which is what readers see."""

    def __init__(self, display: Display) -> None:
        self.language = display.language

    def document(self, checked: Checked) -> str:
        """Return an annotation for each finding, and one for a file that could not be read."""
        path = relative(checked.path)
        if checked.verdict is None:
            reason = checked.reason(self.language)
            where = {"file": path, "title": _NOT_READ.of(self.language)}
            return command(UNREAD.github, where, reason)
        source = checked.verdict.source
        return "".join(self._annotation(one, source, path) for one in checked.verdict.open)

    def end(self, summary: Summary) -> str:
        """Return an annotation of the whole run where reports are without a verdict."""
        if not summary.unjudged:
            return ""
        words = UNJUDGED.fill(count=summary.unjudged).of(self.language)
        return command("warning", {"title": _NO_VERDICT.of(self.language)}, words)

    def _annotation(self, diagnostic: Diagnostic, source: Source, path: str) -> str:
        finding, language = diagnostic.finding, self.language
        at = extent(source, finding.span)
        where = {"file": path}
        if at is not None:
            where |= {"line": str(at.start.line), "endLine": str(at.end.line)}
            if at.start.line == at.end.line:  # columns of two lines are refused
                where |= {"col": str(at.start.column), "endColumn": str(at.end.column)}
        where["title"] = f"{diagnostic.code} {diagnostic.address}"
        said = f"{finding.message.of(language)}\n{finding.help.of(language)}"
        return command(GRADES[diagnostic.severity].github, where, said)


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Return a line of the log that is a command, whatever *properties* and *message* hold."""
    given = ",".join(f"{key}={_escaped(value, _IN_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {given}::{_escaped(message, _IN_MESSAGE)}\n"


# As the toolkit of the workflows does it: https://github.com/actions/toolkit, packages/core/src/command.ts
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)
