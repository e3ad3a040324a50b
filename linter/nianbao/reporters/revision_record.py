"""A comparison for programs: one object."""

from collections.abc import Iterator
from typing import Any

from nianbao.engine.checked import Summary
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry
from nianbao.reporters.json_ import SCHEMA_VERSION, tool
from nianbao.reporters.json_tree import serialised, shown
from nianbao.reporters.revision import Revision, Sides, totals

_SUMMARY = (
    "units",
    "compared",
    "done",
    "corrected",
    "left",
    "new",
    "suppressed",
    "undetermined",
    "figures_without_finding",
    "judged",
)


class RevisionRecord(Sides):
    """The comparison as JSON."""

    def __init__(self, display: Display) -> None:
        super().__init__(display)
        self.revisions: list[Revision] = []

    def put(self, revision: Revision) -> str:
        """Keep the record of one unit."""
        self.revisions.append(revision)
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the object."""
        whole = {
            "schema_version": SCHEMA_VERSION,
            "tool": tool(),
            "units": list(map(self._record, self.revisions)),
            "summary": dict(zip(_SUMMARY, totals(self.revisions), strict=True)),
        }
        yield serialised(shown(whole))

    def _record(self, revision: Revision) -> dict[str, Any]:
        say = self.display.say
        states = {
            "corrected": list(map(_finding, revision.corrected)),
            "left": [{**_finding(left.entry), "words_before": left.before or None} for left in revision.left],
            "new": list(map(_finding, revision.fresh)),
            "suppressed": list(map(_finding, revision.explained)),
            "undetermined": list(map(_finding, revision.unsettled)),
        }
        return {
            "organ": revision.organ or None,
            "year": revision.year,
            "path_before": self.display.relative(revision.old) if revision.old else None,
            "path_now": self.display.relative(revision.new) if revision.new else None,
            "not_compared": say(revision.reason) if revision.reason is not None else None,
            "note": say(revision.note) if revision.note is not None else None,
            "judged": revision.lack is None,
            **states,
            "figures_changed": revision.changed,
            "figures_without_finding": [change._asdict() for change in revision.silent],
            "figures_following": revision.following,
            "sentences_changed": revision.sentences,
        }


def _finding(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "severity": entry.severity.value,
        "address": entry.address,
        "words": entry.words,
        "message": entry.message,
        "fingerprint": entry.fingerprint,
    }
