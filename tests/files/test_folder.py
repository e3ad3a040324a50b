"""Which files a folder stands for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.files.folder import Reason, Wanted, files_in

SUFFIXES = (".txt", ".md", ".docx")
Tree = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Make empty files and the folders they are in."""

    def make(*names: str) -> None:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("", encoding="utf-8")

    return make


def found(folder: Path, **wanted: tuple[str, ...]) -> list[str]:
    return [
        Path(path).relative_to(folder).as_posix()
        for path, reason in files_in(str(folder), SUFFIXES, Wanted(**wanted))
        if reason is None
    ]


def test_the_reports_in_it_and_below_sorted_folder_by_folder(tree: Tree, tmp_path: Path) -> None:
    """By their suffix, in whatever case; what is hidden is left out."""
    tree("b.txt", "a.MD", "c.docx", "d.xlsx", ".e.txt", "乡镇/云岭.docx", "乡镇/.稿/旧.txt", "乡镇/名单.csv")

    assert found(tmp_path) == ["a.MD", "b.txt", "c.docx", "乡镇/云岭.docx"]


def test_every_file_is_accounted_for(tree: Tree, tmp_path: Path) -> None:
    """What is no report, not wanted, a lock, of a kind that no reader reads, or no file: each says so."""
    tree(
        "a.docx",
        "b.ofd",
        "得分.xlsx",
        "年报汇总.xlsx",
        "说明.md",
        "~$a.docx",
        ".~b.docx",
        "旧稿/c.txt",
        "名单.csv",
    )
    os.mkfifo(tmp_path / "d.txt")
    (tmp_path / "e.txt").symlink_to("nowhere.txt")
    entries = {
        Path(path).name: reason and reason.value
        for path, reason in files_in(str(tmp_path), SUFFIXES, Wanted(exclude=("旧稿/",)))
    }
    assert entries == {
        "a.docx": None,
        "说明.md": None,
        "b.ofd": "unknown_kind",
        "年报汇总.xlsx": "unknown_kind",
        "得分.xlsx": "other",
        "名单.csv": "other",
        "~$a.docx": "lock",
        ".~b.docx": "lock",
        "c.txt": "excluded",
        "d.txt": "no_file",
        "e.txt": "no_file",
    }


def test_a_folder_that_cannot_be_opened_is_named(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.txt", "乡镇/b.txt")
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("乡镇"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    entries = [(Path(path).name, reason) for path, reason in files_in(str(tmp_path), SUFFIXES, Wanted())]
    assert entries == [("a.txt", None), ("乡镇", Reason.FORBIDDEN)]


def test_include_and_exclude_are_patterns_of_a_gitignore(tree: Tree, tmp_path: Path) -> None:
    """One adds files of other suffixes, the other takes away from both."""
    tree("a.txt", "b.report", "草稿/c.txt", "乡镇/d.txt", "乡镇/草稿/e.report")

    assert found(tmp_path, include=("*.report",)) == [
        "a.txt",
        "b.report",
        "乡镇/d.txt",
        "乡镇/草稿/e.report",
        "草稿/c.txt",
    ]
    assert found(tmp_path, include=("*.report",), exclude=("草稿/",)) == ["a.txt", "b.report", "乡镇/d.txt"]
    assert found(tmp_path, exclude=("/a.txt", "乡镇/*")) == ["草稿/c.txt"]


def test_what_a_gitignore_leaves_out_is_left_out(tree: Tree, tmp_path: Path) -> None:
    """In the folder, and below it for what is below; the innermost that is about a file decides."""
    tree("a.txt", "旧/b.txt", "乡镇/c.txt", "乡镇/d.txt", "乡镇/区/d.txt")
    (tmp_path / ".gitignore").write_text("旧/\nd.txt\n", encoding="utf-8")
    (tmp_path / "乡镇" / "区" / ".gitignore").write_text("!d.txt\n", encoding="utf-8")

    assert found(tmp_path) == ["a.txt", "乡镇/c.txt", "乡镇/区/d.txt"]


def test_the_gitignore_of_the_repository_holds_below_it(tree: Tree, tmp_path: Path) -> None:
    """One above the folder counts up to where the repository begins, and outside a repository not at all."""
    tree("project/reports/a.txt", "project/reports/b.txt")
    (tmp_path / ".gitignore").write_text("a.txt\n", encoding="utf-8")
    (tmp_path / "project" / ".gitignore").write_text("/reports/b.txt\n", encoding="utf-8")
    reports = tmp_path / "project" / "reports"

    assert found(reports) == ["a.txt", "b.txt"]
    (tmp_path / "project" / ".git").mkdir()
    assert found(reports) == ["a.txt"]


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """No one may take it for one without reports."""
    with pytest.raises(OSError, match="nowhere"):
        found(tmp_path / "nowhere")


def test_a_link_to_a_folder_above_is_not_followed(tree: Tree, tmp_path: Path) -> None:
    """No walk goes round in circles."""
    tree("a/b.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)

    assert found(tmp_path) == ["a/b.txt"]
