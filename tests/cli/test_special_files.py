"""What is no file of a size that a report has: refused in one line by every command that reads reports."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import PATIENCE, Run, command, environment
from nianbao.readers import limits

pytestmark = pytest.mark.skipif(os.name == "nt", reason="another system has other files that are none")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _holes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


def _text(path: Path) -> None:
    path.write_bytes(b"a" * (limits.TEXT_BYTES + 1))


MADE = {
    "a pipe": (_pipe, "不是普通文件"),
    "a socket": (_socket, "不是普通文件"),
    "a device": (_device, "不是普通文件"),
    "a terabyte": (_holes, "超过 50 MiB"),
    "five megabytes of text": (_text, "超过 5 MiB"),
}
COMMANDS = (
    ("check",),
    ("check", "--fix"),
    ("check", "--diff"),
    ("show",),
    ("show", "--format", "json"),
    ("why", "SUM004"),
    ("extract",),
    ("annotate", "--output", "copy.html"),
    ("waive", "SUM004", "--reason", "核对过"),
    ("baseline", "create"),
)


@pytest.mark.parametrize(("make", "words"), MADE.values(), ids=MADE.keys())
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_it_is_refused_in_one_line(
    arguments: tuple[str, ...],
    make: Callable[[Path], None],
    words: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "年报.txt")

    ended = run(*arguments, "年报.txt")

    assert ended.code == 3
    (line,) = [line for line in ended.err.splitlines() if line.startswith("年报.txt")]
    assert words in line
    assert "出错" not in ended.err


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_folder_is_no_report(
    arguments: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报.txt").mkdir()

    ended = run(*arguments, "年报.txt")

    assert ended.code == 3
    assert "文件夹" in ended.err


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
@pytest.mark.parametrize(
    "arguments", [("check", "-"), ("show", "-"), ("why", "SUM004", "-"), ("extract", "-")]
)
def test_standard_input_without_end_is_read_no_further(arguments: tuple[str, ...]) -> None:
    with open("/dev/zero", "rb") as zeros:
        done = subprocess.run(
            command(*arguments),
            stdin=zeros,
            capture_output=True,
            env=environment(),
            timeout=PATIENCE,
            check=False,
        )

    assert done.returncode == 3
    assert done.stderr.decode().startswith("<stdin>: 文件超过 50 MiB")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("most", "code"), [(len("甲\n".encode()), 1), (len("甲\n".encode()) - 1, 3)], ids=["all", "one less"]
)
def test_standard_input_is_read_to_its_end(
    most: int, code: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nianbao.cli.standard_input.MOST_BYTES", most)

    assert run("check", "-", stdin="甲\n".encode()).code == code
