"""Word files changed in place: by tracked changes, or by replacing words.

Only bytes of the main part are touched, and only at the changes. The zip around it is kept.
"""

from collections.abc import Sequence

from nianbao.text.edit import Edit
from nianbao.text.source import Source
from nianbao.writers.writer import Mode


def edited(data: bytes, source: Source, edits: Sequence[Edit], mode: Mode, when: str | None = None) -> bytes:
    """Return the docx *data*, which *source* was read from, with *edits* in it.

    In the *mode* `tracked` they are tracked changes, to be accepted or rejected in Word, made at *when*
    (`2026-01-31T08:00:00Z`), by default now. Raises RefusedError for a file that is protected, signed or Strict,
    and for words that are numbered by Word, or are in a field, a hyperlink, a tracked change, two paragraphs.
    """
    from nianbao.text.timestamp import now
    from nianbao.writers.docx.changes import splices
    from nianbao.writers.docx.document import Docx

    docx = Docx(data, mode)
    return docx.changed(list(splices(docx.layout, source, edits, mode, when or now())))
