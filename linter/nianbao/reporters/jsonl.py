"""JSON 1.3 as lines: one record a line as soon as it is known, each with its type."""

from collections.abc import Iterator

from nianbao.engine.checked import Checked, Summary
from nianbao.reporters.display import Display
from nianbao.reporters.json_ import SCHEMA_VERSION, Record, document, findings, outcomes, tool, totals
from nianbao.reporters.json_tree import serialised


class JsonLines:
    """Writes a document, its findings and its outcomes, document after document, then the summary."""

    def __init__(self, display: Display) -> None:
        self.language = display.language

    def part(self, checked: Checked) -> str:
        """Return the records of *checked*."""
        language = self.language
        return "".join(
            (
                _line("document", document(checked, language)),
                *(_line("finding", record) for record in findings(checked, language)),
                *(_line("outcome", record) for record in outcomes(checked, language)),
            )
        )

    def put(self, part: str) -> str:
        """Return *part*."""
        return part

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the summary, with the program and the version of the schema."""
        yield _line(
            "summary", {**totals(summary, self.language), "schema_version": SCHEMA_VERSION, "tool": tool()}
        )


def _line(kind: str, record: Record) -> str:
    return serialised({"type": kind, **record}, indent=None)
