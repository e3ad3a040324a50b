"""What a command writes never replaces what it reads, what says how to judge, or what may be a report."""

import os
from pathlib import Path

import pytest
from cli.running import Run
from nianbao.cli.targets import KINDS
from nianbao.files.lookup import BASELINE, SETTINGS, TOML, WAIVERS
from nianbao.files.replace import Replacement, ensure_one_name, replace
from nianbao.reporters.formats import FORMATS

WRITING = {
    "check": lambda report, out: ("check", report, "-f", f"json:{out}"),
    "extract": lambda report, out: ("extract", report, "-o", out),
    "extract csv": lambda report, out: ("extract", report, "-f", "csv", "-o", out),
    "annotate": lambda report, out: ("annotate", report, "-o", out),
}


@pytest.fixture(params=WRITING)
def writing(request: pytest.FixtureRequest) -> object:
    """Return the arguments of each command that writes a file, for a report and an output."""
    return WRITING[request.param]


def test_no_output_replaces_a_report_that_is_read(run: Run, wrong: Path, writing: object) -> None:
    before = wrong.read_bytes()
    linked, hard = wrong.with_name("link"), wrong.with_name("hard")
    linked.symlink_to(wrong)
    os.link(wrong, hard)
    for out in (wrong, linked, hard, wrong.parent / "." / wrong.name):
        ended = run(*writing(wrong, out), "--force")  # type: ignore[operator]
        assert (ended.code, wrong.read_bytes()) == (2, before)
        assert "是要检查的文件" in ended.err


@pytest.mark.parametrize("name", [SETTINGS, TOML, WAIVERS, BASELINE, "county.rules.yaml", "a.cases.yaml"])
def test_no_output_replaces_what_says_how_to_judge(
    run: Run, wrong: Path, tmp_path: Path, writing: object, name: str
) -> None:
    kept = tmp_path / "elsewhere" / name
    kept.parent.mkdir()
    kept.write_text("# kept\n")
    ended = run(*writing(wrong, kept), "--force")  # type: ignore[operator]
    assert (ended.code, kept.read_text()) == (2, "# kept\n")
    assert "配置、规则、豁免或者基线" in ended.err


def test_settings_are_known_by_another_name_too(run: Run, wrong: Path, tmp_path: Path) -> None:
    (tmp_path / SETTINGS).write_text("year: 2021\n")
    other = tmp_path / "out.json"
    os.link(tmp_path / SETTINGS, other)
    assert run("check", wrong, "-f", f"json:{other}", "--force").code == 2
    assert other.read_text() == "year: 2021\n"


def test_a_file_that_may_be_a_report_is_replaced_by_force_only(
    run: Run, right: Path, wrong: Path, writing: object
) -> None:
    out = right.rename(right.with_name("other.html"))
    before = out.read_bytes()
    ended = run(*writing(wrong, out))  # type: ignore[operator]
    assert (ended.code, out.read_bytes()) == (2, before)
    assert "--force" in ended.err
    assert run(*writing(wrong, out), "--force").code < 2  # type: ignore[operator]
    assert out.read_bytes() != before


@pytest.mark.parametrize("form", [form.name for form in FORMATS])
@pytest.mark.parametrize("quiet", [False, True])
def test_a_result_is_replaced_by_the_next_and_not_by_one_of_another_kind(
    run: Run, wrong: Path, tmp_path: Path, form: str, quiet: bool
) -> None:
    out = tmp_path / "result"
    arguments = ("check", wrong, "--select", "SUM", *(("-q",) if quiet else ()))
    assert run(*arguments, "-f", f"{form}:{out}").code == 1
    assert run(*arguments, "-f", f"{form}:{out}").code == 1
    other = "json" if KINDS[form] != "json" else "html"
    ended = run(*arguments, "-f", f"{other}:{out}")
    assert (ended.code, "里是别的内容" in ended.err) == (2, True)


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("form", ["full", "concise", "grouped", "github", "markdown"])
def test_a_result_in_a_text_file_is_known_as_one(
    run: Run, wrong: Path, tmp_path: Path, form: str, quiet: bool
) -> None:
    out = tmp_path / "result.txt"
    for _ in range(2):
        assert run("check", wrong, *(("-q",) if quiet else ()), "-f", f"{form}:{out}").code == 1


def test_the_copy_of_a_word_file_is_not_called_a_pdf(run: Run, wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "copy.pdf"
    ended = run("annotate", wrong, "-o", out)
    assert (ended.code, out.exists()) == (2, False)
    assert ".html" in ended.err


def test_the_old_output_stays_until_the_new_one_is_whole(
    run: Run, wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.json"
    assert run("check", wrong, "-f", f"json:{out}").code == 1
    before = out.read_bytes()
    second = tmp_path / "no such folder" / "out.csv"
    assert run("check", wrong, "-f", f"json:{out}", "-f", f"csv:{second}").code == 2
    assert out.read_bytes() == before

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ended = run("check", wrong, "-f", f"json:{out}")
    assert (ended.code, out.read_bytes()) == (2, before)
    assert f"{out}：磁盘空间不够" in ended.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments",
    [("check", "-f", "json:/dev/full"), ("check", "-f", "xlsx:/dev/full")]
    + [("extract", "-f", kind, "-o", "/dev/full") for kind in ("json", "csv", "xlsx")]
    + [("annotate", "-o", "/dev/full")],
)
def test_a_full_disk_is_one_line(run: Run, wrong: Path, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments, wrong)
    assert ended.code == 2
    assert ended.err.splitlines() == ["错误：不能写入 /dev/full：磁盘空间不够"]


@pytest.mark.skipif(os.name == "nt", reason="modes and hard links are those of POSIX")
def test_a_fix_keeps_the_mode_and_leaves_a_file_with_two_names_alone(run: Run, wrong: Path) -> None:
    wrong.write_text(wrong.read_text().replace("“", '"').replace("（", "("))
    wrong.chmod(0o640)
    fix = ("check", wrong, "--fix", "--unsafe-fixes")
    hard = wrong.with_name("hard")
    os.link(wrong, hard)
    before = wrong.read_bytes()
    ended = run(*fix)
    assert (ended.code, wrong.read_bytes()) == (2, before)
    assert "2个名字" in ended.err
    hard.unlink()
    run(*fix)
    assert wrong.read_bytes() != before
    assert wrong.stat().st_mode & 0o7777 == 0o640


def test_the_longest_name_that_the_system_has_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("报" * 80 + ".json")
    replace(str(path), b"1")
    replace(str(path), b"2")
    assert path.read_bytes() == b"2"
    ensure_one_name(str(path))


LONGEST = "报" * 83  # 249 bytes: with an ending a name of 255 bytes at most, which no system exceeds


@pytest.mark.skipif(os.name == "nt", reason="the limit is in bytes on POSIX")
def test_a_report_with_the_longest_name_is_fixed_and_copied(run: Run, wrong: Path, tmp_path: Path) -> None:
    report = tmp_path / f"{LONGEST}.txt"
    report.write_text(wrong.read_text().replace("“", '"').replace("（", "("))
    before = report.read_bytes()
    assert run("check", report, "--fix", "--unsafe-fixes").err == ""
    assert report.read_bytes() != before
    copy = tmp_path / f"{LONGEST}.html"
    assert run("annotate", report, "-o", copy, "-q").err == ""
    assert copy.exists()


@pytest.mark.skipif(os.name == "nt", reason="the limit is in bytes on POSIX")
def test_a_name_that_the_system_does_not_take_is_said_in_one_line(
    run: Run, wrong: Path, tmp_path: Path, writing: object
) -> None:
    ended = run(*writing(wrong, tmp_path / f"{LONGEST}报报.html"))  # type: ignore[operator]
    assert ended.code == 2
    assert ended.err.endswith("：文件名太长\n")
    assert len(ended.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [wrong.name]


def test_what_is_left_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    new = Replacement(str(path))
    new.file.write(b"new")
    new.leave()
    new.leave()
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["county.yaml", "base.yaml", "hard.json"])
def test_no_output_replaces_settings_that_are_extended(
    run: Run, wrong: Path, tmp_path: Path, name: str
) -> None:
    """On every level, and under every name that the file has."""
    for file, text in (
        ("nianbao.yaml", "extends: county.yaml"),
        ("county.yaml", "extends: base.yaml"),
        ("base.yaml", "year: 2025"),
    ):
        wrong.with_name(file).write_text(text, encoding="utf-8")
    os.link(wrong.with_name("base.yaml"), wrong.with_name("hard.json"))
    before = wrong.with_name(name).read_bytes()

    assert run("check", wrong, "-f", f"json:{wrong.with_name(name)}", "--force").code == 2
    assert wrong.with_name(name).read_bytes() == before


def test_nothing_is_written_through_a_link_out_of_the_folder(
    run: Run, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a file that is yet to be."""
    folder = wrong.parent / "evil"
    folder.mkdir()
    report = folder / "a.txt"
    report.write_bytes(wrong.read_bytes())
    outside = wrong.parent / "new.sh"
    for name in (WAIVERS, BASELINE):
        (folder / name).symlink_to(outside)

    monkeypatch.chdir(folder)
    monkeypatch.delenv("NIANBAO_TRUST")
    assert run("waive", "SUM001", "--at", "全文", "--reason", "核对过").code == 2
    assert run("baseline", "create", report).code == 2
    assert not outside.exists()
