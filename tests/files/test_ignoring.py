"""Patterns of a .gitignore: what they match, and in what time."""

import pytest
from effort import growth
from hypothesis import given
from hypothesis import strategies as st
from nianbao.files.ignoring import patterns_of
from pathspec import GitIgnoreSpec

SQUARED = 24  # the most that four times the size may cost here: squared it is 16
PATTERNS = st.lists(
    st.lists(
        st.sampled_from(
            ["a", "b", "*", "*", "?", "[ab]", "[]a]", r"\*", "/", "/**/", "**/", "/**", "[", "(", "$"]
        ),
        min_size=1,
        max_size=9,
    ).map("".join),
    min_size=1,
    max_size=2,
)
PATHS = st.lists(
    st.sampled_from(["a", "b", "ab", "aab", "abab", "*a", "]a", "[a", "(", "a$b"]), min_size=1, max_size=6
).map("/".join)


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")  # by pathspec itself
@given(PATTERNS, st.lists(PATHS, min_size=1, max_size=8), st.booleans())
def test_a_pattern_matches_what_pathspec_matches(patterns: list[str], paths: list[str], folder: bool) -> None:
    """Also whether it is a folder on the way that it matches, which another pattern may take in again."""
    lines = [*patterns, "!ab"]
    ours, theirs = patterns_of(lines), GitIgnoreSpec.from_lines(lines)
    assert ours is not None
    for path in paths:
        name = f"{path}/" if folder else path
        assert ours.check_file(name) == theirs.check_file(name)


@pytest.mark.parametrize("pattern", ["*a" * 9 + "*b", "**/a/" * 9 + "b", "a/" + "**/*a*a/" * 9 + "b"])
def test_a_pattern_costs_no_more_than_its_length_times_that_of_the_path(pattern: str) -> None:
    patterns = patterns_of([pattern])
    assert patterns is not None

    assert growth(lambda size: patterns.match_file("a" * size + "/a" * size), 1000) < SQUARED
