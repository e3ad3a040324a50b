"""Corrections that are taken back and made again."""

from itertools import pairwise

from nianbao.page.corrections import Corrections
from nianbao.text.edit import Edit
from nianbao.text.source import Span

TEXT = "收到41件，答复3件。"


def typed(corrections: Corrections, start: int, *drafts: str) -> Corrections:
    """Return *corrections* with each of *drafts* in the place of the one before; the first of them is there."""
    for old, new in pairwise(drafts):
        corrections = corrections.then((Edit(Span(start, start + len(old)), old, new),))
    return corrections


def said(corrections: Corrections) -> str:
    text = TEXT
    for (start, end), _, new in reversed(corrections.edits(TEXT)):
        text = text[:start] + new + text[end:]
    return text


def test_what_was_typed_in_one_place_is_taken_back_and_made_again_at_once() -> None:
    first = typed(Corrections(), 2, "41", "1", "14")
    both = typed(first, 8, "3", "", "1", "12")
    assert said(both) == "收到14件，答复12件。"
    back = both._replace(made=both.back())
    assert said(back) == "收到14件，答复3件。"
    assert said(back._replace(made=back.back())) == TEXT
    again = Corrections(both.steps, 0)
    again = again._replace(made=again.forth())
    assert said(again) == "收到14件，答复3件。"
    assert said(again._replace(made=again.forth())) == "收到14件，答复12件。"


def test_edits_made_at_once_are_a_correction_of_their_own() -> None:
    first = typed(Corrections(), 2, "41", "14")
    fixed = first.then((Edit(Span(2, 4), "14", "15"), Edit(Span(8, 9), "3", "4")))
    assert said(fixed._replace(made=fixed.back())) == "收到14件，答复3件。"


def test_there_is_nothing_before_the_first_and_behind_the_last() -> None:
    none = Corrections()
    assert none.back() < 0
    assert none.forth() > len(none.steps)
