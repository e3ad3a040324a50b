"""Signs that no one sees: inside words and figures, and those that turn what is behind them around."""

from collections.abc import Sequence

from nianbao.api import Edit, Finding, Fix, Related, Report, Span, Text, same
from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

# Without width. Those that join letters or pictures, and the hyphen of a line end, are ordinary inside words.
_UNSEEN = "\u061c\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\U000e0000-\U000e007f"
_IN_A_WORD = re.compile(rf"(?<=[^\s{_UNSEEN}\U0001f3f4])[{_UNSEEN}]+(?=[^\s{_UNSEEN}])")
_IN_A_FIGURE = re.compile(rf"(?<=\d)[{_UNSEEN}\u200c\u200d\xad]+(?=\d)")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ANY = re.compile(rf"[{_UNSEEN}\u200c\u200d\xad\u202a-\u202e\u2066-\u2069]")
_BACKWARDS = re.compile("\u202e([^\u202c\n\x1f]*)\u202c?")  # is shown from its last sign to its first
_DELETE = Text("删去看不见的符号", "delete the signs")


class HiddenSigns(NamedTuple):
    """The places of signs without width, and of those that turn text around, in order.

    Where the reader has dropped a sign its place is the two characters around it.
    """

    unseen: Sequence[Span]
    turning: Sequence[Span]


def hidden_signs(report: Report, *, in_figures: bool) -> HiddenSigns:
    """Return the hidden signs in *report* that change a figure, or all others."""
    text = report.text
    if not report.source.dropped and _ANY.search(text) is None:  # as in most reports
        return HiddenSigns((), ())
    figures = [Span(*found.span()) for found in _IN_A_FIGURE.finditer(text)]
    backwards = [Span(*found.span()) for found in _BACKWARDS.finditer(text) if _is_another_figure(found[1])]
    dropped = [Span(one.at - 1, one.at + 1) for one in report.source.dropped]
    in_a_figure = [span for span in dropped if text[slice(*span)].isdecimal()]
    if in_figures:
        return HiddenSigns(sorted([*figures, *in_a_figure]), backwards)
    turned = {at for start, end in backwards for at in (start, end - 1)}
    inside = {at for span in figures for at in range(*span)}
    words = {Span(*found.span()) for found in _IN_A_WORD.finditer(text) if found.start() not in inside}
    words |= {span for span in dropped if text[slice(*span)].strip() == text[slice(*span)]}
    turning = [Span(*found.span()) for found in _TURNING.finditer(text) if found.start() not in turned]
    return HiddenSigns(sorted(words - {*in_a_figure}), turning)


def _is_another_figure(text: str) -> bool:
    """Return whether the figures in *text* are others if it is read backwards."""
    digits = "".join(filter(str.isdecimal, text))
    return digits != digits[::-1]


def finding_on(report: Report, places: Sequence[Span], message: Text, help_: Text, *, safe: bool) -> Finding:
    """Return one finding on all *places*, whose fix deletes the signs that the file has there."""
    text = report.text
    found = [match for start, end in places for match in _ANY.finditer(text, start, end)]
    edits = tuple(Edit(Span(*match.span()), match[0], "") for match in found)
    start, end = places[0]
    words = text[max(start - 2, text.rfind("\n", 0, start) + 1) : end + 2].split("\n")[0].strip()
    related = tuple(Related(place, same(text[slice(*place)])) for place in places[1:])
    said = message.fill(count=len(places), text=words)
    return Finding(places[0], said, help_, related=related, fix=Fix(_DELETE, safe, edits) if edits else None)
