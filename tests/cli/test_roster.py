"""`nianbao roster`: what it finds, and that it never replaces what a person has completed."""

from pathlib import Path

import pytest
from cli.running import Run
from nianbao.run.roster import read_roster
from nianbao.testing import compliant


def put(folder: Path, organ: str, level: str, year: int = 2023) -> None:
    draft = compliant("2021", level, 1, year=year)  # type: ignore[arg-type]
    text = draft.render().replace(draft.organ, organ)
    (folder / f"{len(list(folder.iterdir()))}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "青禾县人民政府", "county")
    put(tmp_path, "青禾县教育局", "bureau")
    put(tmp_path, "青禾县云岭镇人民政府", "township")
    put(tmp_path, "云岭镇", "township", 2022)
    put(tmp_path, "柳河镇人民政府", "township")
    return tmp_path


def test_a_roster_has_each_organ_once_with_level_parent_and_short_names(run: Run, folder: Path) -> None:
    done = run("roster", folder)
    assert done.code == 0
    assert "4 个机关，2 个没有写上级" in done.out
    path = folder / "units.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    units = read_roster(str(path)).units
    assert {name: (unit.level, unit.parent, unit.short) for name, unit in units.items()} == {
        "青禾县人民政府": ("county", "", ()),
        "青禾县教育局": ("bureau", "青禾县人民政府", ()),
        "青禾县云岭镇人民政府": ("township", "青禾县人民政府", ("云岭镇",)),
        "柳河镇人民政府": ("township", "", ()),
    }
    assert run("check", folder, "--roster", path, "--select", "SUM").code == 0


def test_one_that_exists_is_left_as_it_is_without_force(run: Run, folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text("机关\n我自己写的\n", encoding="utf-8")
    done = run("roster", folder)
    assert done.code == 2
    assert "--force" in done.err
    assert path.read_text(encoding="utf-8") == "机关\n我自己写的\n"
    assert run("roster", folder, "--force").code == 0
    assert "青禾县教育局" in path.read_text(encoding="utf-8-sig")


def test_a_report_is_never_replaced(run: Run, folder: Path) -> None:
    report = next(folder.glob("*.txt"))
    before = report.read_bytes()
    assert run("roster", folder, "-o", report, "--force").code == 2
    assert report.read_bytes() == before


def test_what_names_no_organ_is_said_to_be_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "信.txt").write_text("各位同事：\n下午开会。\n", encoding="utf-8")
    done = run("roster", tmp_path)
    assert done.code == 3
    assert "信.txt" in done.err
    assert not (tmp_path / "units.csv").exists()
    assert run("roster", tmp_path / "没有").code == 2


@pytest.mark.parametrize("out", ["2023/units.csv", "名册.csv"])
def test_a_roster_that_the_settings_name_is_begun(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "2023").mkdir()
    put(tmp_path / "2023", "青禾县人民政府", "county")
    (tmp_path / "nianbao.yaml").write_text(f"roster: {out}\n", encoding="utf-8")
    assert run("roster", tmp_path / "2023", "-o", tmp_path / "别的.csv").code == 2
    assert run("roster", tmp_path / "2023", "-o", tmp_path / out).code == 0
    assert "青禾县人民政府" in read_roster(str(tmp_path / out)).units
    assert run("roster", tmp_path / "2023", "-o", tmp_path / out).code == 2
    assert run("roster", tmp_path / "2023", "-o", tmp_path / out, "--force").code == 0
    assert run("check", tmp_path / "2023", "--select", "SUM").code == 0
