"""An archive on the command line is a folder: every command takes its files, and none changes it."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from cli.conftest import right, run, wrong
from cli.running import Run
from nianbao.run.roster import read_roster
from nianbao.testing import compliant
from rendering import DOCUMENTS, content

__all__ = ["right", "run", "wrong"]

SUMS = ("--select", "SUM", "--lang", "zh")


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def inner() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("年报.txt", b"1")
    return file.getvalue()


@pytest.fixture
def bundle(tmp_path: Path, right: Path, wrong: Path) -> Path:
    """An archive of two reports, one with a fault, of what is no report, and of what is to be unpacked first."""
    return zipped(
        tmp_path / "各镇.zip",
        {
            "石桥/年报.txt": wrong.read_bytes(),
            "云岭/年报.txt": right.read_bytes(),
            "云岭/印章.png": b"",
            "__MACOSX/云岭/._年报.txt": b"\0",
            "~$年报.docx": b"",
            "里面.zip": inner(),
            "旧的.rar": b"Rar!\x1a\x07\x00",
            "公函.ceb": b"PK",
        },
    )


def judged(run: Run, *arguments: object) -> tuple[int, dict[str, list[str]], dict[str, str]]:
    """Return the exit code, the codes found in each file, and the reason for each that was not read."""
    ended = run("check", *arguments, *SUMS, "-f", "json")
    said = json.loads(ended.out)
    found: dict[str, list[str]] = {one["path"]: [] for one in said["documents"]}
    for finding in said["findings"]:
        found[finding["path"]].append(finding["code"])
    told = dict(line.split(": ", 1) for line in ended.err.splitlines() if ": " in line)
    return ended.code, {path: codes for path, codes in found.items() if path not in told}, told


@pytest.mark.parametrize("jobs", [1, 2])
def test_its_reports_are_judged_each_by_its_name(run: Run, bundle: Path, jobs: int) -> None:
    code, found, told = judged(run, bundle, "-j", jobs)
    assert code == 1
    assert {path: bool(codes) for path, codes in found.items()} == {
        f"{bundle}/云岭/年报.txt": False,
        f"{bundle}/石桥/年报.txt": True,
    }
    assert told == {
        f"{bundle}/公函.ceb": told[f"{bundle}/公函.ceb"],
        f"{bundle}/旧的.rar": "是压缩包里的压缩包，没有检查；先解压，再检查里面的报告",
        f"{bundle}/里面.zip": "是压缩包里的压缩包，没有检查；先解压，再检查里面的报告",
    }


def test_what_is_no_report_is_counted(run: Run, bundle: Path) -> None:
    words = "".join(run("check", bundle, *SUMS).out.split())
    assert "另有3个没有列为报告：其他文件1，隐藏的1，办公软件的临时文件1" in words


def test_one_in_a_folder_is_a_folder_in_it(run: Run, bundle: Path) -> None:
    folder = bundle.parent / "全县"
    folder.mkdir()
    bundle.rename(folder / bundle.name)
    _, found, _ = judged(run, folder)
    assert sorted(found) == [f"{folder}/各镇.zip/云岭/年报.txt", f"{folder}/各镇.zip/石桥/年报.txt"]
    for pattern, left in (("石桥/", ["云岭"]), ("各镇.zip", []), ("各镇.zip/云岭/*", ["石桥"])):
        ended = run("check", folder, *SUMS, "-f", "json", "--exclude", pattern)
        paths = [
            one["path"] for one in json.loads(ended.out)["documents"] if one["path"].endswith("年报.txt")
        ]
        assert paths == [f"{folder}/各镇.zip/{name}/年报.txt" for name in left], pattern


def test_one_report_of_it_can_be_named(run: Run, bundle: Path) -> None:
    code, found, _ = judged(run, bundle / "石桥" / "年报.txt")
    assert (code, len(found)) == (1, 1)
    assert run("show", bundle / "云岭" / "年报.txt").code == 0
    ended = run("check", bundle / "没有.txt", *SUMS)
    assert (ended.code, "没有这个文件" in ended.err) == (3, True)


def test_settings_beside_it_hold_for_what_is_in_it(run: Run, bundle: Path) -> None:
    (bundle.parent / "nianbao.yaml").write_text("ignore: [SUM]\n", encoding="utf-8")
    ended = run("check", bundle, "-f", "json")
    assert not [f for f in json.loads(ended.out)["findings"] if f["code"].startswith("SUM")]


def test_no_fix_is_written_into_it(run: Run, right: Path) -> None:
    data = right.read_text(encoding="utf-8").replace("，", ",", 1).encode()
    loose = right.with_name("年报.txt")
    loose.write_bytes(data)
    packed = zipped(right.with_name("a.zip"), {"年报.txt": data})
    before = packed.read_bytes()
    assert "--fix" in run("check", loose).out
    assert "--fix" not in run("check", packed).out
    for mode in ("--fix", "--diff"):
        for path in (packed, packed / "年报.txt"):
            ended = run("check", path, mode, "--unsafe-fixes")
            assert "a.zip/年报.txt：没有改：在压缩包里，不改；请解压，再改解压出来的文件" in ended.err
    assert packed.read_bytes() == before


@pytest.mark.parametrize("out", ["各镇.zip", "各镇.zip/石桥/年报.txt", "./各镇.zip"])
def test_no_output_replaces_it(run: Run, bundle: Path, out: str) -> None:
    before = bundle.read_bytes()
    for arguments in (
        ("check", bundle, "-f", f"xlsx:{bundle.parent / out}"),
        ("total", bundle, "-o", f"{bundle.parent / out}"),
    ):
        assert run(*arguments, "--force").code == 2
    assert bundle.read_bytes() == before


def test_copies_and_notices_are_written_beside_it(run: Run, bundle: Path, tmp_path: Path) -> None:
    out, notices = tmp_path / "批注", tmp_path / "通知"
    assert run("annotate", bundle, "-o", out).code in (1, 3)
    assert (out / "石桥" / "年报.html").is_file()
    run("check", bundle, *SUMS, "-f", "html", "--per-file", notices)
    assert (notices / "石桥" / "年报.html").is_file()


def test_it_is_taken_as_data(run: Run, bundle: Path) -> None:
    ended = run("extract", bundle, "-f", "csv")
    assert [row[0] for row in csv.reader(io.StringIO(ended.out))][1:] == [
        f"{bundle}/云岭/年报.txt",
        f"{bundle}/石桥/年报.txt",
    ]


def test_a_report_that_is_there_unpacked_too_is_summed_once(run: Run, tmp_path: Path) -> None:
    """And what is sent twice is compared with what is not packed."""
    reports = {"石桥镇.txt": compliant("2021", "township", 3).render().encode()}
    zipped(tmp_path / "报送.zip", reports)
    for name, data in reports.items():
        (tmp_path / name).write_bytes(data)
    assert "内容相同，只计一次" in run("total", tmp_path, "--lang", "zh").err
    ended = run("compare", tmp_path / "报送.zip", tmp_path / "石桥镇.txt", "--lang", "zh")
    assert ended.code == 0, ended.err


def test_every_kind_of_file_is_read_in_it(run: Run, tmp_path: Path) -> None:
    blocks = content(compliant("2021", "county", 3, "tabs"))
    assert blocks is not None
    files = {
        f"{number}.{kind.partition(',')[0]}": write(blocks, Random(1))
        for number, (kind, write) in enumerate(DOCUMENTS.items())
    }
    code, found, told = judged(run, zipped(tmp_path / "a.zip", files))
    assert (code, told, len(found)) == (0, {}, len(files))


def test_one_without_a_report_says_so(run: Run, tmp_path: Path) -> None:
    ended = run("check", zipped(tmp_path / "照片.zip", {"1.png": b""}), *SUMS)
    assert ended.code == 3
    assert "这个压缩包里没有报告" in ended.err


@pytest.mark.parametrize("mark", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x01\x00", b"\x1f\x8b\x08"])
def test_what_is_packed_in_another_way_is_to_be_unpacked(run: Run, tmp_path: Path, mark: bytes) -> None:
    """Named, and in a folder; whatever it is called."""
    (tmp_path / "年报.7z").write_bytes(mark)
    (tmp_path / "年报.docx").write_bytes(mark)
    for path in (tmp_path / "年报.7z", tmp_path / "年报.docx", tmp_path):
        ended = run("check", path, *SUMS)
        assert ended.code == 3
        assert "先解压，再检查里面的报告" in ended.err


def test_a_roster_of_it_is_written_beside_it(run: Run, bundle: Path) -> None:
    ended = run("roster", bundle)
    assert ended.code == 0, ended.err
    assert read_roster(str(bundle.parent / "units.csv")).units
    assert run("roster", bundle.parent / "没有.zip").code == 2


def test_one_report_of_it_can_be_compared(run: Run, bundle: Path, right: Path, wrong: Path) -> None:
    """As the files are that it was packed of: with itself in the archive, with itself beside it."""
    packed, loose = bundle / "石桥" / "年报.txt", wrong
    for pair in ((packed, packed), (packed, loose), (loose, packed)):
        ended = run("compare", *pair, "-f", "json")
        assert (ended.code, ended.err) == (1, ""), pair
    assert run("compare", bundle / "没有.txt", packed).code == 2


def test_a_report_is_begun_from_one_in_it(run: Run, tmp_path: Path) -> None:
    data = compliant("2021", "township", 3, year=2024).render().encode()
    packed = zipped(tmp_path / "上年.zip", {"石桥/年报.txt": data})
    (tmp_path / "年报.txt").write_bytes(data)
    for name, given in (("一.txt", packed / "石桥" / "年报.txt"), ("二.txt", tmp_path / "年报.txt")):
        assert run("new", "report", "--from", given, "-o", tmp_path / name).code in (0, 3)
    assert (tmp_path / "一.txt").read_bytes() == (tmp_path / "二.txt").read_bytes()


def test_where_one_report_is_needed_it_says_to_name_one(run: Run, bundle: Path) -> None:
    for arguments in (("show", bundle), ("why", "SUM001", bundle), ("new", "report", "--from", bundle)):
        ended = run(*arguments, "--lang", "zh")
        assert ended.code in (2, 3)
        assert f"是压缩包；写明其中的一份报告：{bundle}/…" in ended.err


def test_reports_beside_and_before_can_be_in_it(run: Run, bundle: Path, right: Path) -> None:
    packed = bundle / "云岭" / "年报.txt"
    assert run("why", "SUM001", right, packed).code == 0
    assert run("check", right, "--previous", packed, *SUMS).code == 0
    assert run("check", right, "--previous", bundle / "没有.txt", *SUMS).code == 2


def test_copies_of_its_reports_can_be_made_again(run: Run, tmp_path: Path) -> None:
    """One without a finding is copied as it is, and looks like a report; a report of another's is never replaced."""
    blocks = content(compliant("2021", "county", 3, "tabs"))
    assert blocks is not None
    data = DOCUMENTS["docx"](blocks, Random(1))
    packed, out = zipped(tmp_path / "a.zip", {"年报.docx": data}), tmp_path / "批注"
    for _ in range(2):
        assert run("annotate", packed, "-o", out, *SUMS).code == 0
    assert (out / "年报.docx").read_bytes() == data
    (out / "年报.docx").write_bytes(DOCUMENTS["docx"](blocks, Random(2)) + b"\0")
    assert run("annotate", packed, "-o", out, *SUMS).code == 2


def test_what_cannot_be_fixed_in_it_is_not_nothing(run: Run, right: Path) -> None:
    data = right.read_text(encoding="utf-8").replace("，", ",", 1).encode()
    packed = zipped(right.with_name("a.zip"), {"年报.txt": data, "好.txt": right.read_bytes()})
    assert "1 个文件有可改的，改不了" in run("check", packed, "--diff", "--unsafe-fixes", "--lang", "zh").err
    assert "没有可改的" in run("check", right, "--diff", "--unsafe-fixes", "--lang", "zh").err
