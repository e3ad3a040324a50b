"""Words that a finding hides, masked everywhere: in its line and in the words of other findings."""

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Finding, Fix, numbered
from nianbao.engine.verdict import Verdict
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source, Span


def redacted(verdict: Verdict) -> Verdict:
    """Return *verdict* with the words that its findings hide masked, wherever a finding or an outcome repeats them.

    A fingerprint, too, is one of the words as shown: the few digits of a number could be guessed from it.
    """
    redaction, shown = _redaction(verdict), verdict.source
    diagnostics = numbered(
        diagnostic._replace(
            address=redaction.masked(diagnostic.address),
            text=_text(diagnostic, shown),
            finding=redaction.masked_finding(diagnostic.finding),
        )
        for diagnostic in verdict.diagnostics
    )
    outcomes = (
        o._replace(reason=redaction.masked_text(o.reason)) if o.reason else o for o in verdict.outcomes
    )
    return verdict._replace(diagnostics=tuple(diagnostics), outcomes=tuple(outcomes))


def _text(diagnostic: Diagnostic, shown: Source) -> str:
    return shown[diagnostic.finding.span] if diagnostic.text else ""


class _Redaction(NamedTuple):
    """The hidden parts of one report: *spans* of its text, and *words*, each with its mask."""

    spans: tuple[Span, ...]
    words: tuple[tuple[str, str], ...]

    def masked(self, text: str) -> str:
        """Return *text* with the hidden words masked."""
        for words, mask in self.words:
            text = text.replace(words, mask)
        return text

    def masked_text(self, text: Text) -> Text:
        """Return *text* with the hidden words masked in both languages."""
        return Text(self.masked(text.zh), self.masked(text.en))

    def masked_finding(self, finding: Finding) -> Finding:
        """Return *finding* with the hidden words masked, and without a fix that writes them.

        A finding that hides words itself never quotes them.
        """
        if finding.hidden:
            return finding
        return finding._replace(
            message=self.masked_text(finding.message),
            help=self.masked_text(finding.help),
            related=tuple(r._replace(label=self.masked_text(r.label)) for r in finding.related),
            data={key: self.masked(words) for key, words in finding.data.items()},
            fix=None if finding.fix is not None and self._meets(finding.fix) else finding.fix,
            place=self.masked(finding.place) if finding.place else finding.place,
        )

    def _meets(self, fix: Fix) -> bool:
        return any(
            edit.span.start < end and start < edit.span.end for edit in fix.edits for start, end in self.spans
        )


def _redaction(verdict: Verdict) -> _Redaction:
    """Return the parts that the findings of *verdict* hide: as written, without spaces and in one width."""
    source, shown = verdict.report.source, verdict.source
    hiding = [diagnostic.finding for diagnostic in verdict.diagnostics if diagnostic.finding.hidden]
    words = {}
    for finding in hiding:
        hidden, mask = source[finding.span], shown[finding.span]
        # A message may quote it as it is written, without spaces or in one width.
        words.update({hidden: mask, "".join(hidden.split()): mask, fold(hidden): mask})
    spans = tuple(span for finding in hiding for span in finding.hidden)
    return _Redaction(spans, tuple(sorted(words.items(), key=lambda pair: -len(pair[0]))))
