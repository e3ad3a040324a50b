"""A zip as a folder: names in every encoding that stay in it, each file read where it lies, and hostile ones."""

import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from effort import affordable
from nianbao.files import archive
from nianbao.files.archive import is_archive, member_at, members
from nianbao.text.source import UnreadableError

NAME = "青禾县/年报喆.txt"


def written(path: Path, files: Mapping[str, bytes]) -> str:
    """Write *files* into a zip at *path* and return that."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return str(path)


def with_bytes(path: Path, *names: bytes, flag: int = 0) -> str:
    """Write a zip at *path* of empty files whose names are these bytes, which nothing is said of, and return that."""
    made = directory = b""
    for name in names:
        head = struct.pack("<HHHHHIIIHH", 20, flag, 0, 0, 33, 0, 0, 0, len(name), 0)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(made)) + name
        )
        made += b"PK\x03\x04" + head + name
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(made), 0)
    path.write_bytes(made + directory + b"PK\x05\x06" + end)
    return str(path)


def listed(path: str) -> list[str]:
    found = members(path)
    assert found is not None
    assert all(member.path == f"{path}/{member.name}" for member in found)
    return [member.name for member in found]


def read(path: str, name: str) -> bytes:
    return next(member for member in members(path) or () if member.name == name).content()


def refused(path: str, name: str = "") -> str:
    """Return the reason why the archive, or the file *name* in it, is not read."""
    with affordable(50), pytest.raises(UnreadableError) as raised:
        read(path, name)
    assert "；" in raised.value.reason.zh
    return raised.value.reason.zh


@pytest.mark.parametrize(("encoding", "flag"), [("gb18030", 0), ("utf-8", 0), ("utf-8", 0x800)])
def test_a_name_is_read_as_it_is_written(encoding: str, flag: int, tmp_path: Path) -> None:
    path = with_bytes(tmp_path / "a.zip", NAME.encode(encoding), flag=flag)
    assert listed(path) == [NAME]


def test_names_of_both_encodings_in_one_archive(tmp_path: Path) -> None:
    path = with_bytes(tmp_path / "a.zip", "石桥镇.txt".encode("gb18030"), "云岭镇.txt".encode())
    assert listed(path) == ["石桥镇.txt", "云岭镇.txt"]


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("../../年报.txt", "年报.txt"),
        ("/etc/年报.txt", "etc/年报.txt"),
        (r"C:\各镇\年报.txt", "C:/各镇/年报.txt"),
        (r"..\..\年报.txt", "年报.txt"),
        ("./各镇//年报.txt", "各镇/年报.txt"),
        ("..", "\ufffd"),
        ("年\x1b[31m报.txt", "年\ufffd[31m报.txt"),
    ],
)
def test_no_name_leads_out(name: str, due: str, tmp_path: Path) -> None:
    path = with_bytes(tmp_path / "a.zip", name.encode())
    assert listed(path) == [due]
    assert os.path.abspath(f"{path}/{due}").startswith(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_is_read_where_it_lies(method: int, tmp_path: Path) -> None:
    """Nothing is written, and what is before the archive (an unpacking program) does not matter to the others."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("各镇/", b"")
        made.writestr("各镇/一.txt", "一" * 9_000)
        made.writestr("二.txt", b"")
    found = members(str(path))
    assert found is not None
    assert [member.content() for member in found] == [("一" * 9_000).encode(), b""]
    assert os.listdir(tmp_path) == ["a.zip"]


def test_one_is_found_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "A.ZIP", {"各镇/年报.txt": b"1"})
    for words in (f"{path}/各镇/年报.txt", f"{path}/./各镇/年报.txt"):
        member = member_at(words)
        assert member is not None
        assert (member.path, member.content()) == (words, b"1")
    monkeypatch.chdir(tmp_path)
    assert member_at("A.ZIP/各镇/年报.txt") is not None
    for words in ("A.ZIP/年报.txt", "A.ZIP", "B.ZIP/年报.txt", ""):
        assert member_at(words) is None


def test_a_document_with_the_name_of_an_archive_is_none(tmp_path: Path) -> None:
    for name in ("[Content_Types].xml", "OFD.xml", "content.xml", "META-INF/container.xml"):
        path = written(tmp_path / "a.zip", {name: b"", "word/document.xml": b""})
        assert members(path) is None
        assert not is_archive(path)
    assert is_archive(written(tmp_path / "a.zip", {"年报/[Content_Types].xml": b""}))
    assert not is_archive(written(tmp_path / "a.docx", {"年报.txt": b""}))
    assert not is_archive(str(tmp_path / "gone.zip"))


def _bomb(path: Path) -> str:
    return written(path, {"年报.txt": bytes(30 * 2**20)})


def _locked(path: Path) -> str:
    written(path, {"年报.txt": b"1"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return str(path)


def _changed(path: Path) -> str:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("年报.txt", b"13612")
    path.write_bytes(path.read_bytes().replace(b"13612", b"13613"))
    return str(path)


def _shared(path: Path) -> str:
    """Return an archive in which many names are for the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("年报.txt", os.urandom(50_000))
        for number in range(100):
            again = zipfile.ZipInfo(f"{number}.txt")
            first = made.infolist()[0]
            for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(again, field, getattr(first, field))
            made.filelist.append(again)
    return str(path)


HOSTILE: Mapping[str, tuple[Callable[[Path], str], str]] = {
    "a bomb": (_bomb, "解压后有 30 MiB"),
    "a password": (_locked, "密码"),
    "a figure that was changed": (_changed, "损坏"),
    "cut off": (lambda path: str(path) if path.write_bytes(b"PK\x03\x04" + bytes(40)) else "", "损坏"),
    "many names for the same": (_shared, "损坏"),
    "two of one name": (
        lambda path: with_bytes(path, "年报.txt".encode(), "./年报.txt".encode()),
        "两个 年报.txt",
    ),
    "many files": (lambda path: with_bytes(path, *(b"%d" % n for n in range(2_001))), "太多"),
    "a list without end": (lambda path: with_bytes(path, *(b"x" * 60_000 for _ in range(20))), "太多"),
    "packed in another way": (
        lambda path: _by(path, zipfile.ZIP_LZMA),
        "压缩方法",
    ),
}


def _by(path: Path, method: int) -> str:
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("年报.txt", b"1")
    return str(path)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_safely_is_refused(name: str, tmp_path: Path) -> None:
    make, words = HOSTILE[name]
    assert words in refused(make(tmp_path / "a.zip"), "年报.txt")


def test_all_that_it_unpacks_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ALL_BYTES", 2**20)
    assert "2 MiB" in refused(
        written(tmp_path / "a.zip", {"一.txt": os.urandom(2**20), "二.txt": os.urandom(2**20)})
    )


def test_to_read_every_file_costs_in_proportion(tmp_path: Path) -> None:
    """The list of an archive is read once, not for each of its files."""
    path = written(tmp_path / "a.zip", {f"{number}.txt": b"1" for number in range(2_000)})
    with affordable(100):
        found = members(path)
        assert found is not None
        assert {member.content() for member in found} == {b"1"}
