"""Splices change the bytes they name and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.text.splice import OverlapError, Splice, spliced


def test_bytes_are_replaced_inserted_and_deleted_at_once() -> None:
    splices = [Splice(0, 1, b"AA"), Splice(2, 2, b"+"), Splice(4, 6, b"")]

    assert spliced(b"abcdef", splices) == b"AAb+cd"


def test_the_order_in_which_they_are_given_does_not_matter() -> None:
    splices = [Splice(4, 5, b"E"), Splice(0, 1, b"A"), Splice(2, 3, b"C")]

    assert spliced(b"abcde", splices) == b"AbCdE"


def test_insertions_at_one_place_keep_the_order_they_are_given_in() -> None:
    assert spliced(b"ab", [Splice(1, 1, b"1"), Splice(1, 1, b"2"), Splice(1, 1, b"3")]) == b"a123b"


def test_an_insertion_stands_before_what_replaces_the_bytes_behind_it() -> None:
    assert spliced(b"ab", [Splice(1, 2, b"B"), Splice(1, 1, b"+")]) == b"a+B"


def test_no_splice_leaves_the_bytes_as_they_are() -> None:
    assert spliced(b"ab", []) == b"ab"


@pytest.mark.parametrize(
    "splices",
    [
        [Splice(0, 2, b""), Splice(1, 3, b"")],
        [Splice(0, 3, b""), Splice(1, 1, b"x")],
        [Splice(0, 1, b"x"), Splice(0, 1, b"y")],
        [Splice(2, 4, b"")],
        [Splice(-1, 1, b"")],
        [Splice(2, 1, b"")],
    ],
    ids=["overlap", "insertion inside", "twice", "beyond the end", "before the start", "backwards"],
)
def test_what_cannot_be_meant_is_refused(splices: list[Splice]) -> None:
    with pytest.raises(OverlapError):
        spliced(b"abc", splices)


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=5), st.none() | st.binary(max_size=5))))
def test_every_byte_outside_the_splices_stays(pieces: list[tuple[bytes, bytes | None]]) -> None:
    """A file is made of pieces, some of which are to be replaced: the others must be there as they were."""
    data, splices = b"", []
    for old, new in pieces:
        if new is not None:
            splices.append(Splice(len(data), len(data) + len(old), new))
        data += old

    assert spliced(data, splices) == b"".join(old if new is None else new for old, new in pieces)
