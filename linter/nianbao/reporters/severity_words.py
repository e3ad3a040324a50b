"""What each format calls a severity: the one place where severities are mapped."""

from typing import NamedTuple

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
# A file without a verdict: worse than any finding, for nobody knows what it would have had.
UNREAD = Grade("error", "error", "critical", "ERROR", "error")
