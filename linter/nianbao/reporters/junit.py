"""JUnit XML: a suite for each report, a test for each rule that has an outcome."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic, Outcome, OutcomeState, clauses
from nianbao.engine.notices import CRASH, NOTICES
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SUPPRESSED
from nianbao.reporters.file_positions import extent
from nianbao.reporters.spool import Spool
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.xml_tree import Document, in_attribute, inside, put, root
from nianbao.text.language import Text
from nianbao.text.source import Source

_READING = Text("读取", "reading")
_MORE = Text("{first}（共 {count} 处）", "{first} ({count} in all)")
_BASIS, _HELP = Text("依据：{basis}", "basis: {basis}"), Text("怎样改：{help}", "help: {help}")


class Case(NamedTuple):
    """One test: the code of its rule, "" for reading the file, and how it ended."""

    code: str
    ended: str  # "" for passed, else failure, skipped or error
    kind: str = ""
    message: str = ""
    text: str = ""


# The text of a suite, and how many of its cases ended in which way.
Suite = tuple[str, dict[str, int]]
_UNNAMED = re.compile("\0([^\0]*)\0")  # no text in the document has the sign


class JUnit:
    """A failed rule is a failure with its findings; one that could not judge or did not apply is skipped.

    So is a rule whose findings are all suppressed. A file of a folder that is left out is a suite with one test skipped. A rule that crashed, a file that was not read and a run that is not whole are errors.
    """

    def __init__(self, display: Display) -> None:
        self.display = display
        self.counts: Counter[str] = Counter()
        self.suites = Spool()

    def part(self, checked: Checked) -> Suite:
        """Return how each rule ended on *checked*."""
        return _suite(self.display.relative(checked.path), list(self._tests(checked)))

    def put(self, part: Suite) -> str:
        """Keep *part*: the root of the document, which comes before it, has the counts."""
        text, counts = part
        self.counts.update(counts)
        self.suites.put(text)
        return ""

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the document; only now are the names of all rules known."""
        language = self.display.language
        for file in summary.left_out:
            reason = file.reason
            skipped = Case("", "skipped", reason.value, reason.text.of(language))
            self.put(_suite(self.display.relative(file.name), [skipped]))
        for words in not_whole(summary):
            self.put(_suite("nianbao", [Case("", "error", "interrupted", words.of(language))]))
        document = Document(root("testsuites", {"name": "nianbao", **_total(self.counts)}))
        names = cache(lambda code: in_attribute(self._name(code, summary)))
        for lines in _whole_lines(self.suites.pieces()):
            yield document.more(_UNNAMED.sub(lambda code: names(code[1]), lines))
        yield document.end()

    def _name(self, code: str, summary: Summary) -> str:
        language = self.display.language
        about = summary.catalogue.get(code) or NOTICES.get(code)
        return f"{code} {about.summary.of(language)}" if about is not None else code or _READING.of(language)

    def _tests(self, checked: Checked) -> Iterator[Case]:
        if checked.verdict is None:
            reason = checked.reason(self.display.language)
            yield Case("", "error", "unreadable", reason, reason)
            return
        by_code: dict[str, list[Diagnostic]] = {}
        for diagnostic in checked.verdict.diagnostics:
            by_code.setdefault(diagnostic.code, []).append(diagnostic)
        by_code.pop(CRASH, None)  # the error of the rule itself says it
        for outcome in checked.verdict.outcomes:
            yield self._test(outcome, by_code.pop(outcome.code, []), checked.verdict.source)
        for code, others in by_code.items():  # findings that no rule makes, on waivers and comments
            yield self._failed(code, others, checked.verdict.source)

    def _test(self, outcome: Outcome, found: Sequence[Diagnostic], source: Source) -> Case:
        reason = outcome.reason.of(self.display.language) if outcome.reason is not None else ""
        if outcome.state is OutcomeState.CRASHED:
            text = "\n\n".join(self._block(d, source) for d in found)
            return Case(outcome.code, "error", "crashed", reason, text or reason)
        if outcome.state is OutcomeState.FAILED:
            return self._failed(outcome.code, found, source)
        if outcome.state is OutcomeState.PASSED:
            return Case(outcome.code, "")
        return Case(outcome.code, "skipped", outcome.state.value, reason)

    def _failed(self, code: str, found: Sequence[Diagnostic], source: Source) -> Case:
        language = self.display.language
        counting = [d for d in found if d.suppressed is None]
        if not counting:
            by = [d.suppressed for d in found if d.suppressed is not None]
            reasons = dict.fromkeys(f"{SUPPRESSED[s.by].of(language)} {s.reason}".rstrip() for s in by)
            return Case(code, "skipped", "suppressed", "；".join(reasons))
        first = counting[0].finding.message
        message = _MORE.fill(first=first, count=len(counting)) if counting[1:] else first
        text = "\n\n".join(self._block(d, source) for d in counting)
        return Case(code, "failure", counting[0].severity.value, message.of(language), text)

    def _block(self, diagnostic: Diagnostic, source: Source) -> str:
        language, finding = self.display.language, diagnostic.finding
        at = extent(source, finding.span)
        place = f"{at.start.line}:{at.start.column} " if at is not None else ""
        severity = diagnostic.severity.text.of(language)
        lines = (
            f"{place}{diagnostic.address} [{severity}]",
            finding.message.of(language),
            _BASIS.fill(basis=clauses(diagnostic.basis)).of(language) if diagnostic.basis else "",
            _HELP.fill(help=finding.help).of(language),
        )
        return "\n".join(filter(None, lines))


def _suite(path: str, cases: Sequence[Case]) -> Suite:
    """Return the suite of the file at *path*; each case has the code of its rule in place of the name."""
    counts = Counter(case.ended for case in cases)
    suite = root("testsuite", {"name": path, **_total(counts), "skipped": counts["skipped"], "file": path})
    # Readers take the part before the last dot for a package, the part after it for a class.
    where = path.replace(".", "_").replace("/", ".")
    for case in cases:
        test = put(suite, "testcase", {"name": "", "classname": where})
        test.set("name", f"\0{case.code}\0")
        if case.ended:
            put(test, case.ended, {"type": case.kind, "message": case.message}, case.text)
    return inside(suite), dict(counts)


def _total(ended: Mapping[str, int]) -> dict[str, object]:
    return {
        "tests": sum(ended.values()),
        "failures": ended.get("failure", 0),
        "errors": ended.get("error", 0),
    }


def _whole_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text in *pieces* again, no line of it in two pieces."""
    rest = ""
    for piece in pieces:
        lines, end, rest = (rest + piece).rpartition("\n")
        yield lines + end
    yield rest
