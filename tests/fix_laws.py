"""What must be true of every file that fixes have been made in; asked of the suite's reports and of the bench's."""

from collections import Counter
from collections.abc import Iterator

from nianbao.report.report import Report
from nianbao.run.linter import Input, Linter, content
from nianbao.run.proof import Fixed, fixed


def broken_laws(linter: Linter, given: Input, *, unsafe: bool) -> Iterator[str]:
    """Yield the laws that do not hold after the fixes of *given*, in words, nothing where all do."""
    done = fixed(linter, given, unsafe=unsafe)
    if not unsafe:
        if not all(d.finding.fix and d.finding.fix.safe for d in done.made):
            yield "an unsafe fix was made unasked"
        before, after = figures(done.before.report), figures(done.verdict.report)
        changed = {
            place: (text, after.get(place)) for place, text in before.items() if after.get(place) != text
        }
        if changed:
            yield f"figures have changed: {changed}"
    yield from _unclean(done)
    again = fixed(linter, given._replace(data=done.data), unsafe=unsafe)
    if again.made or again.data != done.data:
        yield f"a second run makes {[d.code for d in again.made]}"
    if bool(done.made) != (done.data != content(given)):
        yield "a fix that changes nothing, or a change without a fix"


def figures(report: Report) -> dict[str, str]:
    """Return what each cell says: its value, or its words where it is no figure."""
    cells = (cell for table in report.tables.values() for cell in table.cells)
    return {cell.address: cell.text if cell.value is None else str(cell.value) for cell in cells}


def _unclean(done: Fixed) -> Iterator[str]:
    """Yield what is found that should be gone: of each code there are fewer by those fixed, and none is new."""
    due = Counter(d.code for d in done.before.open)
    due.subtract(d.code for d in done.made if d.code in due)
    for code, count in Counter(d.code for d in done.verdict.open).items():
        if count > max(due[code], 0):
            yield f"{count} x {code} where {max(due[code], 0)} were due"
