"""Only a regular file is read, and its size is known first."""

import os
from pathlib import Path

import pytest
from nianbao.files.folder import Wanted, walk
from nianbao.files.regular import contents
from nianbao.text.source import UnreadableError


def test_a_file_up_to_the_limit_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 2048)
    assert contents(str(path), 2048) == b"x" * 2048
    with pytest.raises(UnreadableError, match="more than 1 KiB"):
        contents(str(path), 2047)


def test_what_says_that_it_is_empty_and_is_not_is_cut_off() -> None:
    """Files of the kernel have no size."""
    endless = "/proc/kallsyms"
    if not os.path.exists(endless) or os.stat(endless).st_size:
        pytest.skip("no such file here")
    with pytest.raises(UnreadableError):
        contents(endless, 1024)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(UnreadableError, match="a pipe"):
        contents(str(tmp_path / "a"), 1024)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_that_comes_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a file when it was asked about, and is a pipe when it is opened."""
    (tmp_path / "a").write_bytes(b"x")
    os.mkfifo(tmp_path / "b")
    asked = os.stat(tmp_path / "a")
    monkeypatch.setattr(os, "stat", lambda path: asked)
    with pytest.raises(UnreadableError):
        contents(str(tmp_path / "b"), 1024)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_among_the_patterns_of_a_folder_stops_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "a.txt").touch()
    assert str(tmp_path / "a.txt") in [entry.path for entry in walk(str(tmp_path), (".txt",), Wanted())]
