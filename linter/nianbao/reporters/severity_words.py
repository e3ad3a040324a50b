"""The words of each format for a severity."""

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity


class Grade(NamedTuple):
    """The words of the formats for one severity."""

    sarif: str  # level
    github: str  # the command
    gitlab: str
    rdjson: str
    checkstyle: str


GRADES = {
    Severity.ERROR: Grade("error", "error", "major", "ERROR", "error"),
    Severity.WARNING: Grade("warning", "warning", "minor", "WARNING", "warning"),
    Severity.INFO: Grade("note", "notice", "info", "INFO", "info"),
}
# A file without a verdict is worse than any finding: it may have any.
UNREAD = Grade("error", "error", "critical", "ERROR", "error")
