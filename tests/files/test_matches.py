"""The files that a pattern means."""

import os
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.files.matches import TooManyError, matching

NAMES = st.sampled_from(["a.yaml", "b.yaml", "c.txt", ".d.yaml", "e"])
FOLDERS = st.lists(st.sampled_from(["x", "y", ".z"]), max_size=3)
PARTS = st.sampled_from(["*", "**", "x", "?", "*.yaml", "[ab].yaml", "a.yaml", ".*"])


@given(st.lists(st.tuples(FOLDERS, NAMES), max_size=8), st.lists(PARTS, min_size=1, max_size=4))
def test_without_links_they_are_those_that_glob_finds(
    files: list[tuple[list[str], str]], parts: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        for folders, name in files:
            path = Path(folder, *folders, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        pattern = os.path.join(folder, *parts)
        expected = {path for path in glob(pattern, recursive=True) if os.path.isfile(path)}
        found = [path for path in matching(pattern) if not os.path.isdir(path)]
        assert found == sorted(expected)


def test_no_folder_is_entered_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/deep/a.yaml").touch()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/b.yaml").touch()
    (tmp_path / "in/link").symlink_to(tmp_path / "out")
    (tmp_path / "in/circle").symlink_to(tmp_path / "in")
    inside = str(tmp_path / "in")
    deep = [os.path.join(inside, "deep", "a.yaml")]
    assert matching(os.path.join(inside, "**", "*.yaml")) == deep
    assert matching(os.path.join(inside, "*", "*.yaml")) == deep


def test_a_search_comes_to_an_end(tmp_path: Path) -> None:
    for number in range(150):
        (tmp_path / f"f{number}").mkdir()
        for file in range(150):
            (tmp_path / f"f{number}/{file}").touch()
    assert len(matching(str(tmp_path / "f1/*"))) == 150
    with pytest.raises(TooManyError):
        matching(str(tmp_path / "**" / "*.yaml"))


def test_folders_nested_without_end_are_not_followed(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(100):
        deep = deep / "d"
    deep.mkdir(parents=True)
    with pytest.raises(TooManyError):
        matching(str(tmp_path / "**" / "*.yaml"))
