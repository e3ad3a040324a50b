"""A count and the counts it is divided into, or why it cannot be decided which."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.prose.amount import Quantity
from nianbao.text.language import Text
from nianbao.text.source import Span

Cue = Literal["exhaustive", "including", "mainly"]


class Breakdown(NamedTuple):
    """A count and the counts it is divided into, some of them divided again.

    *cue* is how the parts are given: as all of it ("exhaustive": 分别为, 分为, 由…组成, 共计), as parts of it
    ("including": 其中, 包括, a bracket), or as the most of it ("mainly": 主要包括, …等). *span* runs from the
    first of its figures to the last.
    """

    total: Quantity
    parts: "tuple[Part, ...]"
    cue: Cue
    span: Span

    @property
    def figures(self) -> tuple[Quantity, ...]:
        """The counts it is divided into, without their own parts."""
        return tuple(part.total if isinstance(part, Breakdown) else part for part in self.parts)

    @property
    def sum(self) -> tuple[Decimal, Decimal | None]:
        """The least and the most that its parts can add up to; None for a most that nothing bounds."""
        figures = self.figures
        low = sum((figure.low or Decimal(0) for figure in figures), Decimal(0))
        if any(figure.high is None for figure in figures):
            return low, None
        return low, sum((figure.high or Decimal(0) for figure in figures), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the parts can add up to the total as stated, or to less if the cue leaves some out.

        "including" leaves some out if there is one part alone; two or more are taken for all of it.
        """
        low, high = self.sum
        least, most = self.total.low or Decimal(0), self.total.high
        partial = self.cue == "mainly" or (self.cue == "including" and len(self.parts) == 1)
        return (most is None or low <= most) and (partial or high is None or high >= least)


Part = Quantity | Breakdown


class Undecided(NamedTuple):
    """A division that has no single meaning, with the reason.

    *readings* are the meanings it may have, one of which is meant: an error in every one of them is an error.
    Empty if they cannot be listed.
    """

    reason: Text
    span: Span
    readings: tuple[Breakdown, ...] = ()


_TWO_WAYS = Text("分项按不止一种标准划分", "the parts divide the total in more than one way")


_BASES = (
    re.compile(r"自然人|法人|企业|科研|公益组织|法律服务|公民|个人"),
    re.compile(
        r"予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|(?<!上年)结转|办结|答复|撤回|补正|同意公开"
    ),
    re.compile(r"网络|网上|在线|信函|邮寄|邮政|当面|现场|电话|邮件|传真|窗口|平台提交|信件"),
)


# -- figures and parts ---------------------------------------------------------------------------------


def fits(quantity: Quantity, unit: str) -> bool:
    """Return whether *quantity* is counted in *unit*; a figure without a unit is counted in any.

    806条（篇） is counted in both of its units. Events are counted in 场 and in 场次 alike; people in 人 and in 人次 are not.
    """
    if not quantity.unit or not unit or _times(quantity.unit) == _times(unit):
        return True
    return any(
        len(one) == 2 and set(one) <= _BOTH and other in one
        for one, other in ((quantity.unit, unit), (unit, quantity.unit))
    )


_BOTH = frozenset("条篇件期")  # units that are given two at a time: 806条（篇）


def _times(unit: str) -> str:
    return unit.removesuffix("次") if unit in ("场次", "期次", "批次", "班次") else unit


def figure_of(part: Part) -> Quantity:
    """Return the figure of *part*, its total if it is divided again."""
    return part.total if isinstance(part, Breakdown) else part


def span_of(total: Quantity | None, parts: Sequence[Part]) -> Span:
    """Return from the first figure of *total* and *parts* to the last."""
    spans = [part.span if isinstance(part, Breakdown) else part.whole for part in parts]
    if total is not None:
        spans.append(total.whole)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def distinct(totals: Sequence[Quantity]) -> list[Quantity]:
    """Return *totals* without those of the same amount as a nearer one."""
    return list({(total.low, total.high): total for total in reversed(totals)}.values())[::-1]


def one_way(found: Breakdown) -> Breakdown | Undecided:
    """Return *found*, or Undecided if its parts divide the total once by applicant and once by outcome."""
    groups: list[list[Part]] = []
    before = -1
    for part in found.parts:
        words = figure_of(part).lead.strip() or figure_of(part).tail
        basis = next((number for number, basis in enumerate(_BASES) if basis.search(words)), -1)
        if basis != before and basis >= 0 and before >= 0:
            groups.append([])
        groups = groups or [[]]
        groups[-1].append(part)
        before = basis if basis >= 0 else before
    if len(groups) < 2:
        return found
    readings = (
        found._replace(parts=tuple(group), span=span_of(found.total, group))
        for group in (*groups, list(found.parts))
    )
    return Undecided(_TWO_WAYS, found.span, tuple(readings))
