"""What no output of a report may show, masked everywhere: in its text and in the words of every finding.

That is what a finding hides, the same number wherever else it stands, and every number of an identity card, in a
cell or a heading too.
"""

from collections.abc import Iterator

from nianbao_grammar import patterns as re
from nianbao_grammar.private_numbers import digits_of, identity_numbers
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Finding, Fix, numbered
from nianbao.engine.verdict import Verdict
from nianbao.report.table import Cell
from nianbao.text.folding import fold
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

_RUN = re.compile(r"\d+(?:[ \u00a0-]\d+)*[XxｘＸ]?")
_PART = re.compile(r"\d+[XxｘＸ]?")
_LEAST = 7  # digits of a number that is nobody else's
_IDENTITY, _FIRST = (
    18,
    12,
)  # digits: of an identity number, and of those that a sum with figures leaves as they are


def redacted(verdict: Verdict) -> Verdict:
    """Return *verdict* with all that is hidden masked, wherever a finding or an outcome repeats it.

    A fingerprint, too, is one of the words as shown: the few digits of a number could be guessed from it.
    """
    verdict = verdict._replace(hidden=tuple(hidden for _, hidden in _secrets(verdict)))
    redaction, shown = redaction_of(verdict), verdict.source
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


class _Secret(NamedTuple):
    """Words of a report, and the part of them that is hidden."""

    whole: Span
    hidden: Span


class Redaction(NamedTuple):
    """The hidden parts of one report: *spans* of its text, *words*, each with its mask, and what is *near* them."""

    spans: tuple[Span, ...]
    words: tuple[tuple[str, str], ...]
    near: "re.Pattern[str] | None"

    def masked(self, text: str) -> str:
        """Return *text* with the hidden words masked, and the sums that would tell them."""
        for words, mask in self.words:
            text = text.replace(words, mask)
        if self.near is not None:
            text = self.near.sub(lambda number: number[0][:3] + "*" * (len(number[0]) - 3), text)
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
            cell=self._masked_cell(finding.cell),
            related=tuple(
                r._replace(label=self.masked_text(r.label), cell=self._masked_cell(r.cell))
                for r in finding.related
            ),
            data={key: self.masked(words) for key, words in finding.data.items()},
            fix=None if finding.fix is not None and self._meets(finding.fix) else finding.fix,
            elsewhere=tuple(each._replace(text=self.masked(each.text)) for each in finding.elsewhere),
            place=self.masked(finding.place) if finding.place else finding.place,
        )

    def _masked_cell(self, cell: Cell | None) -> Cell | None:
        """Return *cell* with the hidden words masked; a figure with one has no value then."""
        if cell is None or (text := self.masked(cell.text)) == cell.text:
            return cell
        return cell._replace(text=text, value=None)

    def _meets(self, fix: Fix) -> bool:
        return any(
            edit.span.start < end and start < edit.span.end for edit in fix.edits for start, end in self.spans
        )


def _secrets(verdict: Verdict) -> tuple[_Secret, ...]:
    """Return what the findings of *verdict* hide, all numbers of identity cards, and the same numbers elsewhere."""
    text = verdict.report.source.text
    known = [
        *(_Secret(d.finding.span, hidden) for d in verdict.diagnostics for hidden in d.finding.hidden),
        *(
            _Secret(Span(*number.span()), Span(number.start() + 3, number.end() - 2))
            for number in identity_numbers(text)
        ),
    ]
    return tuple(dict.fromkeys([*known, *_repeated(text, known)]))


def _repeated(text: str, known: list[_Secret]) -> Iterator[_Secret]:
    """Yield the places of *text* with the digits of a number that is *known*, the same digits hidden."""
    numbers = {}  # by their digits: how many are hidden, and how many come after those
    for (start, end), (first, last) in known:
        if _RUN.fullmatch(text[start:end].removeprefix("+")):
            digits = _national(digits_of(text[start:end]))
            if len(digits) >= _LEAST:
                numbers[digits] = len(digits_of(text[first:last])), len(digits_of(text[last:end]))
    if not numbers:
        return
    for run in _RUN.finditer(text):
        whole = _national(digits_of(run[0])) in numbers
        for number in (run,) if whole else _PART.finditer(text, *run.span()):
            if (digits := _national(digits_of(number[0]))) in numbers:
                count, after = numbers[digits]
                places = [place for place in range(*number.span()) if text[place].isalnum()]
                end = len(places) - after
                yield _Secret(Span(*number.span()), Span(places[end - count], places[end - 1] + 1))


def _national(digits: str) -> str:
    """Return the *digits* of a mobile telephone without the number of the country."""
    return digits.removeprefix("86") if len(digits) == 13 else digits


def redaction_of(verdict: Verdict) -> Redaction:
    """Return the hidden parts of *verdict*, already redacted: as written, without spaces and in one width."""
    source, shown = verdict.report.source, verdict.source
    words, firsts = {}, set()
    for whole, _ in _secrets(verdict):
        hidden, mask = source[whole], shown[whole]
        # A message may quote it as it is written, without spaces or in one width.
        words.update({hidden: mask, "".join(hidden.split()): mask, fold(hidden): mask})
        if sum(map(str.isdigit, hidden)) >= _IDENTITY - 1 and len(digits := digits_of(hidden)) == _IDENTITY:
            firsts.add(digits[:_FIRST])
    near = rf"(?<!\d)(?:{'|'.join(sorted(firsts))})\d{{5,7}}(?!\d)"
    ordered = sorted(words.items(), key=lambda pair: -len(pair[0]))
    return Redaction(verdict.hidden, tuple(ordered), re.compile(near) if firsts else None)
