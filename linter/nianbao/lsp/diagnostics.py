"""Findings and faults as the protocol has them."""

from collections.abc import Iterator

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Severity
from nianbao.engine.notices import UNUSED
from nianbao.engine.verdict import Verdict
from nianbao.lsp import types
from nianbao.lsp.capabilities import Capabilities
from nianbao.lsp.positions import Measure
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.review import Elsewhere, Review
from nianbao.lsp.rule_pages import page_of
from nianbao.lsp.settings_files import Fault
from nianbao.lsp.uris import uri_of
from nianbao.text.inert import inert
from nianbao.text.language import Language
from nianbao.text.source import Source

SOURCE = "nianbao"
SEVERITIES = {
    Severity.ERROR: types.ERROR,
    Severity.WARNING: types.WARNING,
    Severity.INFO: types.INFORMATION,
}


class Found(NamedTuple):
    """A finding and the diagnostic that an editor shows for it."""

    diagnostic: Diagnostic
    shown: types.Diagnostic


class DiagnosticWriter(NamedTuple):
    """Writes diagnostics for one editor."""

    capabilities: Capabilities
    preferences: Preferences

    @property
    def language(self) -> Language:
        """The language of messages."""
        return self.preferences.language

    def all(self, review: Review) -> list[types.Diagnostic]:
        """Return the diagnostics that an editor shows for *review*, in the order of the text."""
        faults = [self._fault(fault, review) for fault in review.faults]
        return [*faults, *(found.shown for found in self.findings(review))]

    def findings(self, review: Review) -> Iterator[Found]:
        """Yield the findings of *review* that are not suppressed, in the order of the text."""
        verdict = review.verdict
        if verdict is None or review.linter is None:
            return
        origins = {rule.code: rule.origin for rule in review.linter.known}
        docs = self.preferences.docs or review.linter.settings.docs_url
        for diagnostic in review.open:
            page = page_of(diagnostic, docs, self.language, origins.get(diagnostic.code, ""))
            yield Found(diagnostic, self._finding(diagnostic, verdict, review, page))

    def elsewhere(self, found: Elsewhere, unit: str) -> list[types.Diagnostic]:
        """Return the diagnostics of the faults in a file that is not open, to show there."""
        return [self._plain(fault, found.source, Measure(unit)) for fault in found.faults]

    def _finding(
        self, diagnostic: Diagnostic, verdict: Verdict, review: Review, page: str | None
    ) -> types.Diagnostic:
        finding, source = diagnostic.finding, verdict.report.source
        measure, language = review.buffer.measure, self.language
        information = [
            types.DiagnosticRelatedInformation(
                types.Location(review.buffer.uri, measure.range(source, related.span)),
                inert(related.label.of(language), "\n"),
            )
            for related in finding.related
        ]
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))  # its lines are not known here
        information += [
            types.DiagnosticRelatedInformation(
                types.Location(uri_of(other.path), nowhere),
                inert("：".join(filter(None, (other.place, other.text))), "\n"),
            )
            for other in finding.elsewhere
        ]
        unused = diagnostic.code == UNUSED and self.capabilities.unnecessary
        return types.Diagnostic(
            range=measure.range(source, finding.span),
            message=inert(f"{finding.message.of(language)}\n{finding.help.of(language)}", "\n"),
            severity=SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=types.CodeDescription(page) if page and self.capabilities.pages else None,
            source=SOURCE,
            tags=[types.UNNECESSARY] if unused else None,
            related_information=information if information and self.capabilities.related else None,
            data={"fingerprint": diagnostic.fingerprint} if self.capabilities.data else None,
        )

    def _fault(self, fault: Fault, review: Review) -> types.Diagnostic:
        text = Source(review.buffer.text, review.buffer.path)
        shown = self._plain(fault, text, review.buffer.measure)
        if review.elsewhere is not None and self.capabilities.related:
            source, causes = review.elsewhere
            measure, uri = Measure(review.buffer.unit), uri_of(source.path)
            related = [
                types.DiagnosticRelatedInformation(
                    types.Location(uri, measure.range(source, cause.span)),
                    inert(cause.message.of(self.language), "\n"),
                )
                for cause in causes
            ]
            return shown._replace(related_information=related)
        return shown

    def _plain(self, fault: Fault, source: Source, measure: Measure) -> types.Diagnostic:
        return types.Diagnostic(
            range=measure.range(source, fault.span),
            message=inert(fault.message.of(self.language), "\n"),
            severity=SEVERITIES[fault.severity],
            code=fault.code,
            source=SOURCE,
        )
