"""JUnit XML: a suite for each report, a test for each rule that has an outcome."""

from collections.abc import Iterator, Sequence

from nianbao_grammar.records import NamedTuple

from nianbao.engine.checked import Checked, Summary
from nianbao.engine.finding import Diagnostic, Outcome, OutcomeState, clauses
from nianbao.engine.notices import CRASH, NOTICES
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SUPPRESSED
from nianbao.reporters.file_positions import extent, relative
from nianbao.reporters.summary_lines import not_whole
from nianbao.reporters.xml_tree import put, root, serialised
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


class JUnit:
    """A failed rule is a failure with its findings; one that could not judge or did not apply is skipped.

    So is a rule whose findings are all suppressed. A file of a folder that is left out is a suite with one test skipped. A rule that crashed, a file that was not read and a run that is not whole are errors.
    """

    def __init__(self, display: Display) -> None:
        self.display = display
        self.suites: list[tuple[str, list[Case]]] = []

    def document(self, checked: Checked) -> str:
        """Keep how each rule ended on *checked*."""
        self.suites.append((relative(checked.path), list(self._tests(checked))))
        return ""

    def end(self, summary: Summary) -> str:
        """Return the document; only now are the names of all rules known."""
        language = self.display.language
        self.suites += [
            (relative(file.name), [Case("", "skipped", file.reason.value, file.reason.text.of(language))])
            for file in summary.left_out
        ]
        self.suites += [
            ("nianbao", [Case("", "error", "interrupted", words.of(language))])
            for words in not_whole(summary)
        ]
        ended = [test.ended for _, tests in self.suites for test in tests]
        tree = root("testsuites", {"name": "nianbao", **_counts(ended)})
        for path, tests in self.suites:
            ended = [test.ended for test in tests]
            attributes = {"name": path, **_counts(ended), "skipped": ended.count("skipped"), "file": path}
            suite = put(tree, "testsuite", attributes)
            for test in tests:
                # Readers take the part before the last dot for a package, the part after it for a class.
                where = path.replace(".", "_").replace("/", ".")
                case = put(suite, "testcase", {"name": self._name(test.code, summary), "classname": where})
                if test.ended:
                    put(case, test.ended, {"type": test.kind, "message": test.message}, test.text)
        return serialised(tree)

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


def _counts(ended: Sequence[str]) -> dict[str, object]:
    return {"tests": len(ended), "failures": ended.count("failure"), "errors": ended.count("error")}
