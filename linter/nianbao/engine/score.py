"""A verdict as points: what each indicator of a scoring sheet loses, and what could not be judged."""

from collections import Counter
from decimal import Decimal

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Diagnostic, Outcome, OutcomeState, Severity
from nianbao.engine.verdict import Verdict

_OPEN = (OutcomeState.UNDETERMINED, OutcomeState.CRASHED)


class Indicator(NamedTuple):
    """An indicator of a sheet: the points that it is *worth*, and what is taken *each* time one of its rules fails.

    A finding of at least *severity* counts, or with *once* all those of one rule as one. No more than *most* is
    taken. *codes* are those of its rules.
    """

    name: str
    worth: Decimal
    each: Decimal
    most: Decimal
    codes: tuple[str, ...]
    once: bool = False
    severity: Severity = Severity.WARNING


class Loss(NamedTuple):
    """The points that one indicator loses: *lost* of those *due* for the findings *charged*, its most at most.

    Those *excused* are suppressed, and cost nothing. *undetermined* are the outcomes of its rules that could not
    judge, which cost nothing either, and *unasked* the codes of those that did not run.
    """

    indicator: Indicator
    lost: Decimal
    due: Decimal
    charged: tuple[Diagnostic, ...]
    excused: tuple[Diagnostic, ...]
    undetermined: tuple[Outcome, ...]
    unasked: tuple[str, ...]


class Score(NamedTuple):
    """The points of one report."""

    losses: tuple[Loss, ...]

    @property
    def undetermined(self) -> tuple[str, ...]:
        """The codes of the rules that could not judge."""
        return tuple(outcome.code for loss in self.losses for outcome in loss.undetermined)

    @property
    def unasked(self) -> tuple[str, ...]:
        """The codes of the rules of the sheet that did not run."""
        return tuple(code for loss in self.losses for code in loss.unasked)

    @property
    def whole(self) -> bool:
        """Whether every rule of the sheet has judged."""
        return not (self.undetermined or self.unasked)

    @property
    def worth(self) -> Decimal:
        """The points that all indicators are worth."""
        return sum((loss.indicator.worth for loss in self.losses), Decimal(0))

    @property
    def lost(self) -> Decimal:
        """The points that all indicators lose."""
        return sum((loss.lost for loss in self.losses), Decimal(0))

    @property
    def points(self) -> Decimal:
        """The points that are left."""
        return self.worth - self.lost


def score(verdict: Verdict, indicators: tuple[Indicator, ...]) -> Score | None:
    """Return the score of *verdict* by the sheet *indicators*; None if it is none in full: points would mislead."""
    return Score(tuple(_loss(verdict, indicator) for indicator in indicators)) if verdict.judged else None


def _loss(verdict: Verdict, indicator: Indicator) -> Loss:
    codes, least = frozenset(indicator.codes), indicator.severity.rank
    meant = [d for d in verdict.diagnostics if d.code in codes and d.severity.rank >= least]
    charged = tuple(d for d in meant if d.suppressed is None)
    times = len(Counter(d.code for d in charged)) if indicator.once else len(charged)
    ended = {outcome.code: outcome for outcome in verdict.outcomes if outcome.code in codes}
    return Loss(
        indicator,
        min(indicator.most, indicator.each * times),
        indicator.each * times,
        charged,
        tuple(d for d in meant if d.suppressed is not None),
        tuple(outcome for outcome in ended.values() if outcome.state in _OPEN),
        tuple(code for code in indicator.codes if code not in ended),
    )
