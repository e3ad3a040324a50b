"""What a watch looks at, and what counts as changed."""

import os
from pathlib import Path

from nianbao.run.watching import changed, states_of


def names(paths: frozenset[str], folder: Path) -> set[str]:
    return {os.path.relpath(path, folder) for path in paths}


def test_files_below_a_folder_are_looked_at_but_for_those_in_passing(tmp_path: Path) -> None:
    before = states_of([str(tmp_path)])
    for name in ("报告.txt", "下级/报告.docx", ".gitignore", ".报告.txt.swp", "~$报告.docx", ".git/index"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("一")
    assert names(changed(before, states_of([str(tmp_path)])), tmp_path) == {
        *("报告.txt", "下级/报告.docx", ".gitignore"),
    }


def test_of_a_file_that_is_named_the_others_beside_it_are_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    before = states_of([str(path)])
    path.write_text("一")
    (tmp_path / "别的.txt").write_text("一")
    assert names(changed(before, states_of([str(path)])), tmp_path) == {"报告.txt"}


def test_settings_that_are_not_there_yet_are_looked_at_up_to_the_root(tmp_path: Path) -> None:
    folder = tmp_path / "甲" / "乙"
    folder.mkdir(parents=True)
    path = folder / "报告.txt"
    before = states_of([str(path)])
    (tmp_path / "nianbao.yaml").write_text("select: SUM\n")
    (tmp_path / "甲" / "nianbao.waivers.yaml").write_text("[]\n")
    assert names(changed(before, states_of([str(path)])), tmp_path) == {
        *("nianbao.yaml", "甲/nianbao.waivers.yaml"),
    }


def test_files_beside_are_looked_at_where_they_are(tmp_path: Path) -> None:
    last_year, rules = tmp_path / "上年", tmp_path / "本县.rules.yaml"
    last_year.mkdir()
    before = states_of([], [str(last_year), str(rules)])
    (last_year / "报告.txt").write_text("一")
    rules.write_text("rules: []\n")
    after = states_of([], [str(last_year), str(rules)])
    assert names(changed(before, after), tmp_path) == {"上年/报告.txt", "本县.rules.yaml"}


def test_a_file_replaced_by_one_of_the_same_size_and_time_has_changed(tmp_path: Path) -> None:
    path, beside = tmp_path / "报告.txt", tmp_path / "新.txt"
    path.write_text("一")
    before = states_of([str(path)])
    beside.write_text("二")
    os.utime(beside, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(beside, path)
    assert names(changed(before, states_of([str(path)])), tmp_path) == {"报告.txt"}


def test_a_file_that_is_gone_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("一")
    before = states_of([str(tmp_path)])
    path.unlink()
    assert names(changed(before, states_of([str(tmp_path)])), tmp_path) == {"报告.txt"}
