"""Streams as they really are: encodings, closed pipes, terminals."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import PATIENCE, Run, command, environment, validated, wrong_total
from nianbao.reporters.terminal_width import Ruler

json = pytest.importorskip("json")
ODD = "𠮷👩\u200d👧"  # in no Chinese code page


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A report with an error, and a line of warning with characters that a GBK console cannot show."""
    path = tmp_path / "a.txt"
    text = wrong_total().replace("一、总体情况\n", f"一、总体情况\n{ODD}做好政务信心公开。\n", 1)
    path.write_bytes(text.encode())
    return path


# -- encodings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "big5", "ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("form", ["full", "concise"])
def test_no_encoding_loses_a_finding(process: Run, odd: Path, encoding: str, form: str) -> None:
    ended = process(
        "check", odd, "--format", form, "--select", "TYP001,SUM004", env={"PYTHONIOENCODING": encoding}
    )
    said = ended.stdout.decode(encoding)
    assert ended.code == 1
    assert ended.stderr == b""
    assert (said.count("TYP001"), said.count("SUM004")) == (1, 1)


def test_a_gbk_console_gets_signs_that_it_has_and_carets_in_place(process: Run, odd: Path) -> None:
    ended = process("check", odd, "--select", "TYP001,SUM004", env={"PYTHONIOENCODING": "gbk"})
    said = ended.stdout.decode("gbk")
    assert "【2】" in said
    assert "\n× 1 个文件" in said
    line, under = next(
        (line, under)
        for line, under in zip(said.split("\n"), said.split("\n")[1:], strict=False)
        if "^" in under
    )
    assert "????做好政务信心公开。" in line
    at = Ruler(2).columns(line[: line.index("政务信心")])
    assert at <= under.index("^") <= at + 4


def test_an_ascii_console_gets_ascii_signs(process: Run, odd: Path) -> None:
    ended = process("check", odd, "--lang", "en", "--select", "SUM004", env={"PYTHONIOENCODING": "ascii"})
    assert b">2<" in ended.stdout
    assert b"\nx files 1: errors 1" in ended.stdout


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-16"])
def test_machine_formats_are_utf8_whatever_the_console_is(
    process: Run, odd: Path, form: str, encoding: str
) -> None:
    arguments = ("check", odd, "--format", form, "--select", "TYP001,SUM004")
    ended = process(*arguments, env={"PYTHONIOENCODING": encoding})
    assert ended.stdout == process(*arguments).stdout
    if form == "json":
        assert len(ended.json()["findings"]) == 2
    else:
        assert len(ended.lines()) == 6


def test_help_and_errors_survive_an_ascii_console(process: Run) -> None:
    for arguments in (
        ("--help",),
        ("check", "--help"),
        ("check", "--nope"),
        ("check", "没有.txt"),
        ("rules",),
    ):
        ended = process(*arguments, env={"PYTHONIOENCODING": "ascii"})
        assert b"Traceback" not in ended.stderr
        assert ended.code in (0, 2, 3)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_a_file_name_that_is_not_utf8(process: Run, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xb1\xa8\xb8\xe6.txt"
    with open(path, "wb") as file:
        file.write(wrong_total().encode())
    ended = process("check", os.fsdecode(path), "--format", "json", "--select", "SUM")
    whole = ended.json()
    assert ended.code == 1
    assert whole["findings"][0]["path"].endswith("/\ufffd\ufffd\ufffd\ufffd.txt")
    assert process("check", os.fsdecode(path)).code == 1


# -- closed pipes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl"])
@pytest.mark.parametrize("errors_too", [False, True])
def test_a_closed_pipe_is_silent_and_the_exit_code_is_kept(wrong: Path, form: str, errors_too: bool) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # whoever was to read has gone before the first word
    with subprocess.Popen(
        command("check", "没有.txt", wrong, "--format", form),
        stdout=writing,
        stderr=writing if errors_too else subprocess.PIPE,
        env=environment(),
    ) as process:
        os.close(writing)
        said = b"" if process.stderr is None else process.stderr.read()
        assert process.wait(60) == 1
    assert said == (b"" if errors_too else "没有.txt: 没有这个文件\n".encode())


def test_a_pipe_that_closes_half_way(wrong: Path, tmp_path: Path) -> None:
    for number in range(60):  # more than a pipe holds
        (tmp_path / f"{number}.txt").write_bytes(wrong.read_bytes())
    with subprocess.Popen(
        command("check", tmp_path, "--format", "json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(100).startswith(b"{")
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(120) == 1
    assert said == b""


@pytest.mark.parametrize(
    "arguments", [("--help",), ("rules",), ("schema",), ("explain", "SUM001"), ("--version",)]
)
def test_every_command_is_silent_on_a_closed_pipe(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command(*arguments),
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
        timeout=PATIENCE,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_standard_streams(wrong: Path) -> None:
    start = "import sys; sys.stdout = sys.stderr = sys.stdin = None; from nianbao.cli import main; sys.exit(main())"
    for path in (wrong, "没有.txt", "-"):
        done = subprocess.run(
            [sys.executable, "-c", start, "check", str(path)], check=False, timeout=PATIENCE
        )
        assert done.returncode == 2  # the result was to go to standard output


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
@pytest.mark.parametrize("arguments", ["rules", "extract {}", "check {} -f json", "check {}"])
def test_a_closed_standard_output_is_said_in_one_line(wrong: Path, arguments: str) -> None:
    done = in_shell(arguments.format(shlex.quote(str(wrong))), ">&-")
    assert (done.returncode, done.stderr.decode()) == (2, "错误：不能写入 stdout：已经关闭\n")


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
def test_a_closed_standard_output_that_nothing_goes_to_is_no_fault(wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = in_shell(f"check {shlex.quote(str(wrong))} -f json:{shlex.quote(str(out))}", ">&-")
    assert (done.returncode, done.stderr) == (1, b"")
    assert out.read_bytes().startswith(b"{")


@pytest.mark.skipif(os.name == "nt", reason="the shell closes the streams")
def test_a_closed_standard_input_is_no_empty_report() -> None:
    done = in_shell("check -", "<&-")
    assert (done.returncode, done.stderr.decode()) == (3, "<stdin>: 没有输入\n")


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no /dev/stdout here")
def test_a_pipe_by_its_name_is_an_output(wrong: Path) -> None:
    done = in_shell(f"check {shlex.quote(str(wrong))} -f json:/dev/stdout", "| cat")
    assert (done.stdout[:1], done.stderr) == (b"{", b"")


def in_shell(arguments: str, redirection: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", f"{shlex.join(command())} {arguments} {redirection}"],
        capture_output=True,
        env=environment(),
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [("check", "--format", "json:/dev/full"), ("check",), ("rules",), ("--help",)]
)
def test_a_full_disk_is_said_in_one_line(wrong: Path, arguments: tuple[str, ...]) -> None:
    paths = [wrong] if "check" in arguments else []
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*arguments, *paths),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=PATIENCE,
        )
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said == f"错误：不能写入 {'/dev/full' if len(arguments) > 1 else 'stdout'}：磁盘空间不够\n"


# -- terminals ---------------------------------------------------------------------------------------


def on_terminal(columns: int, *arguments: object, env: dict[str, str] | None = None) -> tuple[str, int]:
    """Return what the program writes on a terminal of *columns*, and its exit code."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        command(*arguments),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment({"TERM": "xterm", **(env or {})}),
    ) as process:
        os.close(slave)
        written = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            written += piece
        code = process.wait(60)
    os.close(master)
    return written.decode().replace("\r\n", "\n"), code


def test_a_terminal_gets_colour_and_its_width(wrong: Path) -> None:
    said, code = on_terminal(70, "check", wrong, "--select", "SUM004")
    assert code == 1
    assert "\x1b[1;31m" in said
    bare, _ = on_terminal(70, "check", wrong, "--select", "SUM004", env={"NO_COLOR": "1"})
    assert "\x1b" not in bare
    assert max(Ruler().columns(line) for line in bare.split("\n")[1:]) <= 70
    assert "\x1b" not in on_terminal(70, "check", wrong, env={"TERM": "dumb"})[0]


def test_progress_is_drawn_for_many_files_and_taken_away(right: Path, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_bytes(right.read_bytes())
    said, code = on_terminal(100, "check", tmp_path)
    assert code == 0
    assert "检查 7/13" in said
    last = said.rindex("检查 12/13")
    assert said[last:].startswith("检查 12/13\r\x1b[K\r\x1b[K")
    assert "检查 7/13" not in on_terminal(100, "check", tmp_path, "-q")[0]
    assert "检查" not in on_terminal(100, "check", right)[0]


def test_no_progress_where_nobody_is_looking(process: Run, right: Path, tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_bytes(right.read_bytes())
    ended = process("check", tmp_path)
    assert ended.stderr == b""
    assert b"\r" not in ended.stdout


def test_validated_means_validated(process: Run, odd: Path) -> None:
    assert validated("check", json.loads(process("check", odd, "--format", "json").stdout))
