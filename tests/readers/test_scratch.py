"""Folders for a moment: gone with their process, or with the next one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nianbao.readers.scratch import scratch

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a system without these")
MAKE = "from nianbao.readers.scratch import scratch\n"
HOLD = MAKE + (
    "with scratch() as folder:\n    (folder / 'a.doc').write_bytes(b'a')\n"
    "    print(folder, flush=True)\n    input()\n"
)


@pytest.fixture
def above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this process and of those that it starts."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


def holder() -> "subprocess.Popen[str]":
    """Return a process that has such a folder, with a file in it, until it is written to."""
    return subprocess.Popen(
        (sys.executable, "-c", HOLD), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def folder_of(process: "subprocess.Popen[str]") -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def killed() -> Path:
    """Return the folder that a process had which has been killed."""
    with holder() as process:
        folder = folder_of(process)
        process.kill()
    assert (folder / "a.doc").exists()
    return folder


def test_it_is_new_and_gone_afterwards(above: Path) -> None:
    with scratch() as one, scratch() as other:
        (one / "sub").mkdir()
        (one / "sub" / "a.doc").write_bytes(b"a")
        assert one != other
        assert {one.parent, other.parent} == {above}

    assert list(above.iterdir()) == []


def test_it_is_gone_whatever_happens_inside(above: Path) -> None:
    with pytest.raises(SystemExit), scratch():
        sys.exit(143)

    assert list(above.iterdir()) == []


@POSIX
def test_no_other_user_can_read_it(above: Path) -> None:
    with scratch() as folder:
        assert folder.stat().st_mode & 0o077 == 0


def test_what_a_killed_process_has_left_is_gone_at_the_next_time(above: Path) -> None:
    left = [killed() for _ in range(3)]

    assert all(folder.parent == above for folder in left)
    with scratch() as folder:
        assert [path.name for path in above.iterdir()] == [folder.name]


def test_that_of_a_process_that_is_there_stays(above: Path) -> None:
    with holder() as process:
        there = folder_of(process)
        with scratch():
            assert (there / "a.doc").read_bytes() == b"a"
        process.communicate("\n")
    assert process.returncode == 0
    assert list(above.iterdir()) == []


@POSIX
def test_nothing_else_is_deleted(above: Path) -> None:
    """Folders of other programs and of other users, those without a lock, and what a link leads to."""
    left = killed()
    other = left.rename(above / "elsewhere")
    bare = above / "nianbao-bare"
    bare.mkdir(0o700)
    (bare / "a.doc").touch()
    open_to_all = above / "nianbao-open"
    open_to_all.mkdir()
    (open_to_all / "lock").touch()
    open_to_all.chmod(0o755)
    (above / "nianbao-link").symlink_to(other)
    linked = above / "nianbao-linked"
    linked.mkdir(0o700)
    (linked / "lock").symlink_to(other / "lock")
    (above / "nianbao-file").touch()
    before = sorted(above.rglob("*"))

    with scratch():
        pass

    assert sorted(above.rglob("*")) == before


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_folder_of_another_user_stays(above: Path) -> None:
    left = killed()
    os.chown(left, 12345, 12345)

    with scratch():
        pass

    assert (left / "a.doc").exists()
