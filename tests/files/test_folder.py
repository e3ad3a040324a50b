"""Which files a folder stands for."""

import os
import random
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.files.folder import Candidate, LeftOut, Wanted, walk
from nianbao.text.language import Text

SUFFIXES = (".txt", ".md", ".docx")
Tree = Callable[..., None]


def fail(notice: Text) -> None:
    """Take a notice where there is nothing to say."""
    raise AssertionError(notice.en)


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
        Path(entry.path).relative_to(folder).as_posix()
        for entry in walk(str(folder), SUFFIXES, Wanted(**wanted), fail)
        if isinstance(entry, Candidate) and entry.refused is None
    ]


def test_the_reports_in_it_and_below_sorted_folder_by_folder(tree: Tree, tmp_path: Path) -> None:
    """By their suffix, in whatever case; what is hidden is left out."""
    tree("b.txt", "a.MD", "c.docx", "d.xlsx", ".e.txt", "乡镇/云岭.docx", "乡镇/.稿/旧.txt", "乡镇/名单.csv")

    assert found(tmp_path) == ["a.MD", "b.txt", "c.docx", "乡镇/云岭.docx"]


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


# -- what is not checked -------------------------------------------------------------------------------


def accounted(folder: Path, **wanted: tuple[str, ...]) -> dict[str, str]:
    """Return how each file ended: "judged", "refused", or the reason for which it is left out."""
    ended = {}
    for entry in walk(str(folder), SUFFIXES, Wanted(**wanted), fail):
        name = Path(entry.path).relative_to(folder).as_posix()
        assert name not in ended
        if isinstance(entry, LeftOut):
            ended[name] = entry.reason.value
        else:
            ended[name] = "judged" if entry.refused is None else "refused"
    return ended


@pytest.mark.parametrize(
    "name",
    ["a.ceb", "a.xlsx", "a.XLS", "a.mht", "a.zip", "a.rar", "a.et", "a.caj", "a.odt", "年度报告.jpg", "2024年年报", "信息公开.bak"],
)  # fmt: skip
def test_a_likely_report_that_no_reader_reads_is_refused(tree: Tree, tmp_path: Path, name: str) -> None:
    tree(name, "b.txt")

    assert accounted(tmp_path) == {name: "refused", "b.txt": "judged"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nianbao.yaml", "project"),
        ("units.csv", "project"),
        ("nianbao.baseline.jsonl", "project"),
        ("README.md", "project"),
        ("README.zh-CN.md", "project"),
        ("LICENSE", "project"),
        ("pyproject.toml", "project"),
        ("county.rules.yaml", "other"),
        ("章.png", "other"),
        ("名单.csv", "other"),
        ("说明", "other"),
        (".DS_Store", "hidden"),
        ("~$云岭.docx", "lock"),
        (".~云岭.docx", "lock"),
        (".~lock.云岭.docx#", "lock"),
    ],
)
def test_an_ordinary_file_is_left_out_for_a_reason(
    tree: Tree, tmp_path: Path, name: str, reason: str
) -> None:
    tree(name, "b.txt")

    assert accounted(tmp_path) == {name: reason, "b.txt": "judged"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nianbao.docx", ""),
        ("nianbao-2024.txt", ""),
        ("readme2024年报.txt", ""),
        ("a.txt", '<div id="nianbao" class="nianbao-list">'),
        ("b.txt", "错误 1，文件 2 个"),
        ("c.docx", "PK word/comments.xml and no archive"),
    ],
)
def test_a_report_that_only_sounds_like_one_of_our_files_is_judged(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert accounted(tmp_path) == {name: "judged"}


def test_a_file_that_is_ignored_or_excluded_is_left_out_as_that(tree: Tree, tmp_path: Path) -> None:
    """Even one that looks like a report: it was said not to be wanted."""
    tree("a.txt", "旧/年报.txt", "b年报.txt", "c.ceb")
    (tmp_path / ".gitignore").write_text("旧/\nb*\n", encoding="utf-8")

    ended = accounted(tmp_path, exclude=("*.ceb",))

    assert ended == {
        ".gitignore": "hidden",
        "a.txt": "judged",
        "b年报.txt": "ignored",
        "c.ceb": "excluded",
        "旧": "ignored",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_regular_file_is_never_opened(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe would be waited for until the end of time."""
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    os.mkfifo("a.docx")
    os.mkfifo("b")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("c.docx")

        assert accounted(tmp_path) == {"a.docx": "refused", "b": "special", "c.docx": "refused"}


def test_links_that_lead_nowhere_or_in_a_circle_are_accounted_for(tree: Tree, tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    tree("here/镇/a.txt", "elsewhere/b.txt")
    links = {"gone.docx": "no.docx", "gone": "no", "circle.txt": "circle.txt", "镇/up": str(here), "out": str(elsewhere), "c.txt": str(elsewhere / "b.txt")}  # fmt: skip
    for name, target in links.items():
        (here / name).symlink_to(target)

    assert accounted(here) == {
        "c.txt": "judged",
        "circle.txt": "refused",
        "gone": "link",
        "gone.docx": "refused",
        "out": "refused",
        "镇/a.txt": "judged",
        "镇/up": "link",
    }


def test_a_folder_below_that_cannot_be_read_is_refused(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a system that says no, so that it holds for the user who may read everything too."""
    tree("a.txt", "甲/b.txt", "草稿/c.txt")
    scandir = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if os.path.basename(path) in ("甲", "草稿"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)

    ended = accounted(tmp_path, exclude=("草稿/",))

    assert ended == {"a.txt": "judged", "甲": "refused", "草稿": "excluded"}


NAMES = st.sampled_from(
    ["a.txt", "b.docx", "年报.ceb", "c", ".d", "~$e.docx", "README.md", "旧.txt", "f.zip", "g.png", "nianbao.yaml"]
)  # fmt: skip
FOLDERS = st.sampled_from(["", "镇/", "镇/村/", "区/", "区/.稿/", "旧/"])


@given(st.sets(st.tuples(FOLDERS, NAMES), max_size=25), st.randoms(use_true_random=False))
def test_every_file_is_judged_or_refused_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, files: set[tuple[str, str]], random: random.Random
) -> None:
    """Once: a hidden or ignored folder stands for all that is in it."""
    top = tmp_path_factory.mktemp("tree")
    for folder, name in files:
        (top / folder).mkdir(parents=True, exist_ok=True)
        path = top / folder / name
        if random.random() < 0.2:
            path.symlink_to(random.choice([str(top), "nowhere", name]))
        else:
            path.write_text("", encoding="utf-8")
    (top / ".gitignore").write_text("旧*\n", encoding="utf-8")
    expected = {".gitignore"}
    for folder, name in files:
        expected.add({"区/.稿/": "区/.稿", "旧/": "旧"}.get(folder, f"{folder}{name}"))

    assert set(accounted(top)) == expected


@pytest.mark.parametrize("why", ["pipe", "folder", "large", "link", "nowhere"])
def test_a_gitignore_that_is_no_file_of_the_folder_is_named_and_not_obeyed(
    tree: Tree, tmp_path: Path, why: str
) -> None:
    tree("reports/a.txt")
    path = tmp_path / "reports" / ".gitignore"
    (tmp_path / "elsewhere").write_text("*.txt\n", encoding="utf-8")
    if why == "pipe":
        os.mkfifo(path)
    elif why == "folder":
        path.mkdir()
    elif why == "large":
        path.write_text("*.txt\n" * 200_000, encoding="utf-8")
    else:
        path.symlink_to(tmp_path / ("elsewhere" if why == "link" else "nowhere"))
    notices: list[Text] = []
    entries = list(walk(str(tmp_path / "reports"), SUFFIXES, Wanted(), notices.append))

    assert Candidate(str(tmp_path / "reports" / "a.txt")) in entries
    assert [str(path) in notice.zh for notice in notices] == [True]


def test_a_line_of_a_gitignore_that_is_no_pattern_matches_nothing(tree: Tree, tmp_path: Path) -> None:
    """Git passes over it too."""
    tree("a.txt", "b.txt")
    (tmp_path / ".gitignore").write_text("!\na.txt\nb\\\n", encoding="utf-8")

    assert found(tmp_path) == ["b.txt"]
