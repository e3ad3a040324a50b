"""What is read whole: regular files of a known size, whatever happens to them meanwhile."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.files import regular
from nianbao.files.folder import Wanted, walk
from nianbao.files.regular import contents
from nianbao.files.system_errors import NO_REGULAR_FILE
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

LARGE = Text("太大", "too large")
PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


def read(path: Path, most: int = 10) -> bytes | Text:
    """Return the content, or the reason why there is none."""
    try:
        return contents(str(path), most, LARGE)
    except UnreadableError as error:
        return error.reason


@pytest.mark.parametrize(("size", "whole"), [(0, True), (9, True), (10, True), (11, False), (5000, False)])
def test_a_file_is_read_whole_or_not_at_all(size: int, whole: bool, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(size))

    assert read(path) == (bytes(size) if whole else LARGE)


def test_a_file_of_any_size_costs_nothing(tmp_path: Path) -> None:
    """A terabyte of nothing, which no memory holds."""
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(2**40)

    assert read(path) == LARGE


def test_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "device").symlink_to(os.devnull)

    assert read(tmp_path / "link") == b"a"
    assert read(tmp_path / "device") == NO_REGULAR_FILE


@PIPES
def test_no_pipe_is_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")

    assert read(tmp_path / "a") == NO_REGULAR_FILE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_no_socket_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its path may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("a")
        assert read(tmp_path / "a") == NO_REGULAR_FILE


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
def test_no_device_is_read() -> None:
    assert read(Path("/dev/zero")) == NO_REGULAR_FILE


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        read(tmp_path)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Do something between the look at a file and its opening, or once it is open."""

    def hook(name: str, deed: Callable[[], object]) -> None:
        there = getattr(regular, name)

        def hooked(*arguments: object) -> object:
            if name == "_at_once":
                deed()
                return there(*arguments)
            answer = there(*arguments)
            deed()
            return answer

        monkeypatch.setattr(regular, name, hooked)

    return hook  # type: ignore[return-value]


@PIPES
def test_a_pipe_put_in_its_place_is_not_waited_for(
    tmp_path: Path, meanwhile: Callable[[str, Callable[[], object]], None]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")

    def replace() -> None:
        path.unlink()
        os.mkfifo(path)

    meanwhile("_at_once", replace)

    assert read(path) == NO_REGULAR_FILE


def test_a_larger_file_put_in_its_place_is_not_read(
    tmp_path: Path, meanwhile: Callable[[str, Callable[[], object]], None]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    meanwhile("_at_once", lambda: path.write_bytes(bytes(11)))

    assert read(path) == LARGE


@pytest.mark.parametrize(("grown", "told"), [(3, None), (10, None), (11, LARGE), (5000, LARGE)])
def test_a_file_that_grows_is_read_no_further(
    grown: int,
    told: Text | None,
    tmp_path: Path,
    meanwhile: Callable[[str, Callable[[], object]], None],
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    meanwhile("_size", lambda: path.write_bytes(b"b" * grown))  # after either look at it

    assert read(path) == (told or b"b" * grown)


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="no such files here")
def test_a_file_whose_size_is_not_told_is_read() -> None:
    """The system says that those of its own have none."""
    path = Path(f"/proc/{os.getppid()}/cmdline")

    assert read(path, 2**20) == path.read_bytes() != b""


@PIPES
def test_a_pipe_among_the_patterns_of_a_folder_stops_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "a.txt").touch()
    notices: list[Text] = []
    entries = walk(str(tmp_path), (".txt",), Wanted(), notices.append)

    assert str(tmp_path / "a.txt") in [entry.path for entry in entries]
