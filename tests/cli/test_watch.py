"""`check --watch`: after each change what is new, and nothing else; every wait has a bound, and none is measured."""

import json
import os
import queue
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import Run, command, environment, wrong_total
from nianbao.testing import compliant

HEADER = "── "
PATIENCE = 60  # seconds until what does not come counts as missing
FIGURES = "不适用"  # in the figures of the whole, at the end


def report(organ: str = "") -> str:
    draft = compliant("2021", "county", 3)
    return draft.render().replace(draft.organ, organ or draft.organ)


def slip(organ: str) -> str:
    """Return a report with one slip that has one right answer: the label of a row of table two as the older form has it."""
    right = report(organ)
    assert right.count("\t行政规范性文件") == 1
    return right.replace("\t行政规范性文件", "\t规范性文件")


class Watched:
    """A run that goes on; its lines are taken as they come, those of both streams."""

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.process = subprocess.Popen(
            command("check", "--watch", "-f", "concise", "--ignore", "AGG", *arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment(),
            text=True,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reading = threading.Thread(target=self._read)
        self.reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """Return the lines up to the first that has *words* in it. Raises queue.Empty if none comes."""
        taken = [self.lines.get(timeout=PATIENCE)]
        while words not in taken[-1]:
            taken.append(self.lines.get(timeout=PATIENCE))
        return [line for line in taken if line]

    def ended(self, number: int) -> int:
        """Return the exit code after the signal *number*."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reading.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲县", "乙县"):
        (tmp_path / f"{name}.txt").write_text(report(f"{name}人民政府"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(folder: Path, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A run on the folder with the options of the test's mark, which waits for changes."""
    run = Watched(*getattr(request, "param", ()), ".", folder=folder)
    run.until("Ctrl-C")
    yield run
    run.end()


def codes(lines: list[str]) -> list[str]:
    """Return path and code of each finding among *lines*."""
    return [
        f"{line.split(':')[0]} {line.split()[2]}" for line in lines if ": 错误 " in line or ": 警告 " in line
    ]


def test_what_has_changed_is_judged_again_and_nothing_else(watched: Watched, folder: Path) -> None:
    (folder / "乙县.txt").write_text(wrong_total("乙县人民政府"), encoding="utf-8")
    header, *found = watched.until(FIGURES)
    assert header.startswith(HEADER)
    assert header.endswith("改动：./乙县.txt")
    assert codes(found) == ["./乙县.txt SUM004"]
    assert any("2 个文件：错误 1" in line for line in found)

    (folder / "甲县.txt").write_text(slip("甲县人民政府"), encoding="utf-8")
    header, *found = watched.until(FIGURES)
    assert header.endswith("改动：./甲县.txt")
    assert codes(found) == ["./甲县.txt ART005"]
    assert any("2 个文件：错误 1" in line for line in found), "the figures are those of the whole folder"


def test_a_file_that_is_replaced_is_one_that_has_changed(watched: Watched, folder: Path) -> None:
    """As editors save: the new content beside it, then in its place."""
    beside = folder / ".乙县.txt.swp"
    beside.write_text(wrong_total("乙县人民政府"), encoding="utf-8")
    os.replace(beside, folder / "乙县.txt")
    header, *found = watched.until(FIGURES)
    assert header.endswith("改动：./乙县.txt")
    assert codes(found) == ["./乙县.txt SUM004"]


def test_files_come_and_go(watched: Watched, folder: Path) -> None:
    (folder / "下级").mkdir()
    new = folder / "下级" / "丙县.txt"
    new.write_text(wrong_total("丙县人民政府"), encoding="utf-8")
    header, *found = watched.until(FIGURES)
    assert header.endswith("改动：./下级/丙县.txt")
    assert codes(found) == ["./下级/丙县.txt SUM004"]
    assert any("3 个文件：错误 1" in line for line in found)

    new.unlink()
    header, *found = watched.until(FIGURES)
    assert header.endswith("改动：./下级/丙县.txt（没有了）")
    assert codes(found) == []
    assert any("2 个文件：错误 0" in line for line in found)


def test_a_file_with_the_same_content_is_not_told_of(watched: Watched, folder: Path) -> None:
    """Nor one that is no report: the next thing told is the change after it."""
    (folder / "乙县.txt").write_bytes((folder / "乙县.txt").read_bytes())
    (folder / "说明.bak").write_text("不是报告")
    (folder / "甲县.txt").write_text(wrong_total("甲县人民政府"), encoding="utf-8")
    assert "甲县.txt" in watched.until(HEADER)[-1]


@pytest.mark.parametrize("watched", [("--fix",)], indirect=True)
def test_what_it_fixes_is_no_change_to_tell_of(watched: Watched, folder: Path) -> None:
    path = folder / "乙县.txt"
    path.write_text(slip("乙县人民政府"), encoding="utf-8")
    header, *found = watched.until(FIGURES)
    assert header.endswith("改动：./乙县.txt")
    assert codes(found) == []
    assert path.read_text(encoding="utf-8") == report("乙县人民政府")

    (folder / "甲县.txt").write_text(wrong_total("甲县人民政府"), encoding="utf-8")
    assert watched.until(HEADER)[-1].endswith("改动：./甲县.txt")


def test_settings_hold_from_when_they_are_written(watched: Watched, folder: Path) -> None:
    (folder / "乙县.txt").write_text(wrong_total("乙县人民政府"), encoding="utf-8")
    watched.until(FIGURES)
    settings = folder / "nianbao.yaml"
    settings.write_text("selct: SUM\n")
    header, fault = watched.until("selct")
    assert header.endswith("改动：nianbao.yaml")
    assert fault.startswith("nianbao.yaml:1:1: ")
    settings.write_text("ignore: SUM004\n")
    _, *found = watched.until(FIGURES)
    assert codes(found) == []
    settings.unlink()
    _, *found = watched.until(FIGURES)
    assert codes(found) == ["./乙县.txt SUM004"]


@pytest.mark.parametrize("watched", [("-f", "json:结果.json")], indirect=True)
def test_a_file_has_all_results_and_is_no_change_itself(watched: Watched, folder: Path) -> None:
    for name, other in (("甲县", "乙县"), ("乙县", "甲县")):
        (folder / f"{name}.txt").write_text(wrong_total(f"{name}人民政府"), encoding="utf-8")
        assert not any(other in line for line in watched.until(FIGURES))
    (folder / "丙县.txt").write_text(wrong_total("丙县人民政府"), encoding="utf-8")
    watched.until(HEADER)  # the file of the time before is whole by now
    watched.end()
    findings = json.loads((folder / "结果.json").read_text(encoding="utf-8"))["findings"]
    assert {each["path"] for each in findings} >= {"./乙县.txt", "./甲县.txt"}


def test_what_cannot_be_read_is_told_of_once(watched: Watched, folder: Path) -> None:
    (folder / "丙县年报.docx").write_bytes(b"PK\3\4 damaged")
    lines = watched.until(FIGURES)
    assert sum("丙县年报.docx: " in line for line in lines) == 1
    (folder / "乙县.txt").write_text(wrong_total("乙县人民政府"), encoding="utf-8")
    lines = watched.until(FIGURES)
    assert not any("丙县年报.docx" in line for line in lines)
    assert any("没有读出来 1" in line or "1 个" in line for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="ends by the signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it(watched: Watched, number: int, code: int) -> None:
    assert watched.ended(number) == code
    assert watched.until("已中断")


@pytest.mark.parametrize("other", [("-",), ("--diff",), ("-j", "2"), ("--executor", "dask://a:1")])
def test_what_cannot_be_watched_is_refused(run: Run, right: Path, other: tuple[str, ...]) -> None:
    done = run("check", "--watch", right, *other)
    assert done.code == 2
    assert "--watch 不能和" in done.err


def test_the_first_time_ends_it_if_the_settings_are_wrong(run: Run, right: Path) -> None:
    (right.parent / "nianbao.yaml").write_text("selct: SUM\n")
    done = run("check", "--watch", right)
    assert done.code == 2
    assert "selct" in done.err


def _two_more(row: re.Match[str]) -> str:
    """Return *row* with two applications of natural persons more, also in the total."""
    return f"{row[1]}{int(row[2]) + 2}{row[3]}{int(row[4]) + 2}"


def test_a_report_is_judged_again_when_last_years_changes(tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "docs" / "examples"
    for year in (2024, 2025):
        (tmp_path / f"{year}.txt").write_bytes((examples / f"qinghe-{year}.txt").read_bytes())
    run = Watched("--select", "YOY001", ".", folder=tmp_path)
    assert codes(run.until("Ctrl-C")) == []

    text = (tmp_path / "2024.txt").read_text(encoding="utf-8")
    for row in ("一、本年新收政府信息公开申请数量", "四、结转下年度继续办理"):  # both, so that its sums hold
        text, made = re.subn(rf"({row}\n\t)(\d+)((?:\n\t\d+){{5}}\n\t)(\d+)", _two_more, text)
        assert made == 1
    (tmp_path / "2024.txt").write_text(text, encoding="utf-8")
    header, *found = run.until(FIGURES)
    run.end()
    assert header.endswith("改动：./2024.txt")
    assert codes(found) == ["./2025.txt YOY001"]
