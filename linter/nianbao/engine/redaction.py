"""What a finding hides is shown nowhere: not in its line, not in the words of another finding."""

from collections import Counter
from typing import NamedTuple

from nianbao.engine.finding import Diagnostic, Finding, Fix, bare
from nianbao.engine.verdict import Verdict
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source, Span


def veiled(verdict: Verdict) -> Verdict:
    """Return *verdict* without what its findings hide, wherever a finding or an outcome repeats it.

    A fingerprint, too, is one of the words as shown: the few digits of a number could be guessed from it.
    """
    veil, shown = _veil(verdict), verdict.source
    seen: Counter[tuple[str, str, str]] = Counter()
    diagnostics = []
    for diagnostic in verdict.diagnostics:
        address, text = veil.over(diagnostic.address), _text(diagnostic, shown)
        identity = (diagnostic.code, address, bare(text))
        finding = veil.over_finding(diagnostic.finding)
        diagnostics.append(
            diagnostic._replace(address=address, text=text, ordinal=seen[identity], finding=finding)
        )
        seen[identity] += 1
    outcomes = (o._replace(reason=veil.over_text(o.reason)) if o.reason else o for o in verdict.outcomes)
    return verdict._replace(diagnostics=tuple(diagnostics), outcomes=tuple(outcomes))


def _text(diagnostic: Diagnostic, shown: Source) -> str:
    return shown[diagnostic.finding.span] if diagnostic.text else ""


class _Veil(NamedTuple):
    """What is covered in one report: *spans* of its text, and *words*, each with what is shown instead."""

    spans: tuple[Span, ...]
    words: tuple[tuple[str, str], ...]

    def over(self, text: str) -> str:
        """Return *text* without the words that are hidden."""
        for words, shown in self.words:
            text = text.replace(words, shown)
        return text

    def over_text(self, text: Text) -> Text:
        """Return *text* without them in either language."""
        return Text(self.over(text.zh), self.over(text.en))

    def over_finding(self, finding: Finding) -> Finding:
        """Return *finding* without them, and without a fix that writes them; what hides them says none."""
        if finding.hidden:
            return finding
        return finding._replace(
            message=self.over_text(finding.message),
            help=self.over_text(finding.help),
            related=tuple(one._replace(label=self.over_text(one.label)) for one in finding.related),
            data={key: self.over(words) for key, words in finding.data.items()},
            fix=None if finding.fix is not None and self._meets(finding.fix) else finding.fix,
            place=self.over(finding.place) if finding.place else finding.place,
        )

    def _meets(self, fix: Fix) -> bool:
        return any(
            edit.span.start < end and start < edit.span.end for edit in fix.edits for start, end in self.spans
        )


def _veil(verdict: Verdict) -> _Veil:
    """Return the veil over what the findings of *verdict* hide: as written, without spaces and in one width."""
    source, shown = verdict.report.source, verdict.source
    hiding = [diagnostic.finding for diagnostic in verdict.diagnostics if diagnostic.finding.hidden]
    words = {}
    for finding in hiding:
        written, stars = source[finding.span], shown[finding.span]
        # A message may quote it as it is written, without spaces or in one width.
        words.update({written: stars, "".join(written.split()): stars, fold(written): stars})
    spans = tuple(span for finding in hiding for span in finding.hidden)
    return _Veil(spans, tuple(sorted(words.items(), key=lambda pair: -len(pair[0]))))
