"""Bytes of every kind: a clear diagnostic or one line naming the file, and the other files are checked."""

import os
from pathlib import Path

import pytest
from cli.running import Run, wrong_total
from effort import affordable

TEXT = wrong_total()
CLAUSE = "根据条例的规定按时办理，"

READ = {
    "GB18030": TEXT.encode("gb18030"),
    "UTF-8 with a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "UTF-16 LE with a byte order mark": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "UTF-16 BE with a byte order mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "CR only": TEXT.replace("\n", "\r").encode(),
    "a few NUL bytes": TEXT.replace("一、总体情况\n", "一、总体情况\n\0\0甲\0\n").encode(),
    "no line end at the end": TEXT.rstrip("\n").encode(),
}
NOT_READ = {
    "a lone 0xFF": b"\xff",
    "0xFF inside": TEXT.encode()[:3000] + b"\xff" + TEXT.encode()[3000:],
    "NUL bytes only": b"\0" * 4096,
    "binary": bytes(range(256)) * 64,
    "UTF-16 cut in half": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
    "docx": b"PK\x03\x04" + b"\0" * 100,
    "PDF": b"%PDF-1.7\n",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "HTML": b"<!DOCTYPE html><html><body>",
}
NO_REPORT = {
    "empty": b"",
    "a byte order mark alone": b"\xef\xbb\xbf",
    "blanks": " \t\r\n\u3000\n".encode() * 50,
    "another kind of report": "关于开展春季植树活动的情况报告\n\n一、活动安排\n三月中旬全镇种树两千株。\n".encode(),
    "program text": b"def main():\n    return {'a': [1, 2, 3]}\n",
}


@pytest.mark.parametrize("data", READ.values(), ids=READ.keys())
def test_every_encoding_and_line_end_is_read(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    whole = run("check", path, "--select", "SUM", "--format", "json").json()
    assert [f["code"] for f in whole["findings"]] == ["SUM004"]
    assert whole["findings"][0]["span"]["text"] == "2"
    full = run("check", path, "--select", "SUM")
    assert full.code == 1
    assert "【2】" in full.out


@pytest.mark.parametrize("data", NOT_READ.values(), ids=NOT_READ.keys())
def test_what_is_no_text_is_named_in_one_line_and_the_others_are_checked(
    run: Run, tmp_path: Path, wrong: Path, data: bytes
) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(data)
    alone = run("check", path)
    assert alone.code == 3
    assert alone.err.startswith(f"{path}: ")
    assert alone.err.count("\n") == 1
    assert "1 个没有读成" in alone.out
    both = run("check", path, wrong, "--select", "SUM", "--format", "json")
    whole = both.json()
    assert both.code == 1
    assert [bool(d["error"]) for d in whole["documents"]] == [True, False]
    assert [f["path"] for f in whole["findings"]] == [str(wrong)]


@pytest.mark.parametrize("data", NO_REPORT.values(), ids=NO_REPORT.keys())
def test_what_is_no_report_gets_a_clear_diagnostic_and_never_a_tick(
    run: Run, tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    ended = run("check", path)
    assert ended.code in (1, 3)
    assert ended.err == ""
    assert ended.out.count("错误 ") == 2  # one finding, and the word in the closing line
    assert "错误 DOC001" in ended.out
    assert "SUM00" not in ended.out.split("\n×")[0]
    assert run("check", path, "--format", "json").json()["documents"][0]["error"] is None
    assert run("check", path, "--select", "SUM").code == 3


def test_four_megabytes_on_one_line(process: Run, tmp_path: Path, wrong: Path) -> None:
    path = tmp_path / "a.txt"
    huge = CLAUSE * 60_000  # 2.2 MB of UTF-8
    path.write_bytes(
        f"清溪县2024年政府信息公开工作年度报告\n\n一、总体情况\n{huge}公开政务信心，{huge}。\n".encode()
    )
    with affordable(10_000):  # linear; quadratic work on so much would take days
        ended = process("check", path, wrong, "--select", "TYP001,SUM004")
    assert ended.code == 1
    assert ended.err == ""
    said = ended.out.split("\n")
    assert len(ended.out) < 5000
    assert said[0].startswith(f"{path}:4:")
    assert "政务信心" in said[1]


@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl"])
def test_a_folder_of_all_of_it(process: Run, tmp_path: Path, form: str) -> None:
    for number, data in enumerate((*READ.values(), *NOT_READ.values(), *NO_REPORT.values())):
        (tmp_path / f"{number:02}.txt").write_bytes(data)
    ended = process("check", tmp_path, "--format", form, "-j", "2")
    assert ended.code == 1
    assert ended.err.count("\n") == len(NOT_READ)
    assert "Traceback" not in ended.err
    if form == "json":
        assert len(ended.json()["documents"]) == len(READ) + len(NOT_READ) + len(NO_REPORT)


@pytest.mark.parametrize("path", ["没有.txt", "没有/也没有.txt", "a\0b.txt", "x" * 5000])
def test_a_path_that_leads_nowhere(run: Run, path: str) -> None:
    ended = run("check", path)
    assert ended.code == 3
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err


def test_a_file_that_may_not_be_read(
    run: Run, wrong: Path, right: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(path: str, flags: int) -> int:
        if path == str(wrong):
            raise PermissionError
        return os.open(path, flags)

    # Permissions do not keep an administrator from reading.
    monkeypatch.setattr("nianbao.files.regular._at_once", refusing)
    ended = run("check", wrong, right)
    assert ended.code == 3
    assert ended.err == f"{wrong}: 没有读取权限\n"


def test_standard_input_that_is_no_text(run: Run) -> None:
    ended = run("check", "-", stdin=b"\xff")
    assert ended.code == 3
    assert ended.err.startswith("<stdin>: ")
    assert run("show", "-", stdin=b"\xff").code == 3


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("check", "--config="),
        ("check", "--format=json:"),
        ("extract", "--output="),
    ],
)
def test_a_folder_for_a_file_is_said_in_chinese(run: Run, right: Path, command: str, option: str) -> None:
    folder = right.parent / "文件夹甲"
    folder.mkdir()

    ended = run(command, right, f"{option}{folder}")

    assert ended.code == 2
    assert "这是文件夹，不是文件" in ended.err
