"""Corrections made one after the other come to edits of the first text that give the same words and the same places."""

from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.page.corrections import Corrections, Step, told
from nianbao.run.fixing import applied
from nianbao.text.edit import Edit
from nianbao.text.source import Origin, Segment, Source, Span

TEXT = st.text("公开信息123，。\n", max_size=20)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[Step]]:
    """A text, and steps of edits that do not touch each other, each of the text that the one before has left."""
    text = first = draw(TEXT)
    made: list[Step] = []
    for _ in range(draw(st.integers(0, 4))):
        places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        pairs = zip(places[::2], places[1::2], strict=False)
        step = tuple(Edit(Span(start, end), text[start:end], draw(TEXT)) for start, end in pairs)
        text = applied(text, step)
        made.append(step)
    return first, made


@given(steps())
def test_the_edits_say_what_the_steps_have_said(case: tuple[str, list[Step]]) -> None:
    first, made = case
    text, corrections = first, Corrections()
    for step in made:
        text, corrections = applied(text, step), corrections.then(step)
        edits = corrections.edits(first)
        assert applied(first, edits) == text
        assert all(edit.old != edit.new for edit in edits)


@given(steps())
def test_a_character_that_was_kept_keeps_its_place(case: tuple[str, list[Step]]) -> None:
    first, made = case
    page = Origin(page=1)
    segments = (Segment(0, len(first), page, 100, 100 + len(first)),) if first else ()
    source = Source(first, kind="pdf", segments=segments)
    corrections = Corrections(tuple(made), len(made))
    after = told(source, corrections.edits(first))
    for at, character in enumerate(after.text):
        for place in after.locate(Span(at, at + 1)):
            assert first[place.at - 100] == character


@given(steps(), st.lists(TEXT, min_size=1, max_size=4))
def test_what_is_typed_and_given_up_is_no_step(case: tuple[str, list[Step]], words: list[str]) -> None:
    _, made = case
    assume(
        not made or all(edit.span.start > 0 for edit in made[-1])
    )  # else it is one place with what is typed
    before = Corrections(tuple(made), len(made))
    after, said = before, ""
    for word in (*words, ""):
        if word != said:
            after, said = after.then((Edit(Span(0, len(said)), said, word),)), word
    assert after == before


@given(steps(), TEXT.filter(bool))
def test_a_step_after_others_were_taken_back_takes_their_place(
    case: tuple[str, list[Step]], word: str
) -> None:
    first, made = case
    taken_back = Corrections(tuple(made), 0)
    assert taken_back.edits(first) == ()
    step = (Edit(Span(0, 0), "", word),)
    assert taken_back.then(step) == Corrections((step,), 1)
