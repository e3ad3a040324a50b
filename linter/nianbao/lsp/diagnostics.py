"""Findings and faults as the protocol has them."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types
from pygls.uris import from_fs_path

from nianbao.engine.finding import Diagnostic, Severity
from nianbao.engine.notices import UNUSED
from nianbao.engine.verdict import Verdict
from nianbao.lsp.capabilities import Abilities
from nianbao.lsp.positions import Measure
from nianbao.lsp.preferences import Preferences
from nianbao.lsp.review import Elsewhere, Review
from nianbao.lsp.rule_pages import page_of
from nianbao.lsp.settings_files import Fault
from nianbao.text.language import Language
from nianbao.text.source import Source

SOURCE = "nianbao"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class Found(NamedTuple):
    """A finding and the diagnostic that an editor shows for it."""

    diagnostic: Diagnostic
    shown: types.Diagnostic


class Writer(NamedTuple):
    """Writes diagnostics for one editor."""

    abilities: Abilities
    preferences: Preferences

    @property
    def language(self) -> Language:
        """The language of messages."""
        return self.preferences.language

    def all(self, review: Review) -> list[types.Diagnostic]:
        """Return what an editor shows of *review*, in the order of the text."""
        faults = [self._fault(fault, review) for fault in review.faults]
        return [*faults, *(found.shown for found in self.findings(review))]

    def findings(self, review: Review) -> Iterator[Found]:
        """Yield the findings of *review* that nobody has answered for, in the order of the text."""
        verdict = review.verdict
        if verdict is None or review.linter is None:
            return
        origins = {rule.code: rule.origin for rule in review.linter.known}
        for diagnostic in review.open:
            page = page_of(diagnostic, self.preferences.docs, origins.get(diagnostic.code, ""))
            yield Found(diagnostic, self._finding(diagnostic, verdict, review, page))

    def elsewhere(self, found: Elsewhere, unit: str) -> types.Diagnostic:
        """Return what is shown in the file that a fault stands in, which is not open."""
        return self._plain(found.fault, found.source, Measure(unit))

    def _finding(
        self, diagnostic: Diagnostic, verdict: Verdict, review: Review, page: str | None
    ) -> types.Diagnostic:
        finding, source = diagnostic.finding, verdict.report.source
        measure, language = review.buffer.measure, self.language
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(review.buffer.uri, measure.range(source, one.span)), one.label.of(language)
            )
            for one in finding.related
        ]
        unused = diagnostic.code == UNUSED and self.abilities.unnecessary
        return types.Diagnostic(
            range=measure.range(source, finding.span),
            message=f"{finding.message.of(language)}\n{finding.help.of(language)}",
            severity=SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=types.CodeDescription(page) if page and self.abilities.pages else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if unused else None,
            related_information=related if related and self.abilities.related else None,
            data={"fingerprint": diagnostic.fingerprint} if self.abilities.data else None,
        )

    def _fault(self, fault: Fault, review: Review) -> types.Diagnostic:
        text = Source(review.buffer.text, review.buffer.path)
        shown = self._plain(fault, text, review.buffer.measure)
        if review.elsewhere is not None and self.abilities.related:
            source, there = review.elsewhere
            place = types.Location(uri_of(source.path), Measure(review.buffer.unit).range(source, there.span))
            shown.related_information = [
                types.DiagnosticRelatedInformation(place, there.message.of(self.language))
            ]
        return shown

    def _plain(self, fault: Fault, source: Source, measure: Measure) -> types.Diagnostic:
        return types.Diagnostic(
            range=measure.range(source, fault.span),
            message=fault.message.of(self.language),
            severity=SEVERITIES[fault.severity],
            code=fault.code,
            source=SOURCE,
        )


def uri_of(path: str) -> str:
    """Return the URI of the file at *path*."""
    return from_fs_path(os.path.abspath(path)) or ""
