"""doc, wps and rtf, by way of LibreOffice where it is installed."""

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from nianbao.readers import limits, office
from nianbao.readers.office import read_office
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.source import UnreadableError
from rendering import DOCUMENTS, canonical, content
from rendering.office import PROGRAM, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
INSTALLED = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


def compound(*names: str, document: bytes = b"") -> bytes:
    """Return a compound file of sectors of 512 bytes: a directory of *names*, then what the first of them holds."""
    head = OLE + bytes(22) + (9).to_bytes(2, "little")
    entries = [_entry(f"{name}\0".encode("utf-16-le")) for name in names]
    return head.ljust(512, b"\0") + b"".join(entries).ljust(2048, b"\0") + document.ljust(512, b"\0")


def _entry(name: bytes) -> bytes:
    """Return an entry of a directory, [MS-CFB] 2.6.1: a name, its length with the zero, the first sector at 116."""
    length = len(name).to_bytes(2, "little")
    return (name.ljust(64, b"\0") + length).ljust(116, b"\0") + (4).to_bytes(4, "little") + bytes(8)


def fault(data: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_office(data, "报告.doc")
    return raised.value.reason.zh


def test_a_protected_docx_is_told() -> None:
    assert "密码" in fault(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"))


def test_a_document_that_speaks_of_protected_ones_is_not_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The word in its text is no entry of the directory, even where an entry might begin."""
    monkeypatch.setattr(office, "_program", lambda: None)
    words = "EncryptedPackage\0 is a word".encode("utf-16-le").rjust(256, b"\0")
    words = words[words.index(b"E") % 128 :]  # it begins at a multiple of 128 bytes
    assert words.index(b"E") % 128 == 0

    assert "密码" not in fault(compound("WordDocument", document=words))


def test_a_protected_doc_is_told() -> None:
    """By the flag in its first bytes: the twelfth byte, lowest bit."""
    locked = bytes([0xEC, 0xA5, *[0] * 8, 0x00, 0x01])

    assert "密码" in fault(compound("WordDocument", document=locked))


@pytest.mark.parametrize(
    ("name", "kind"), [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint"), ("CONTENTS", "OLE")]
)
def test_what_is_no_document_is_told(name: str, kind: str) -> None:
    reason = fault(compound("Root Entry", name))

    assert f"（{kind}）" in reason
    assert "不是 Word" in reason


def test_a_file_that_is_too_large_is_not_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OFFICE_BYTES", 2**20)

    assert "超过 1 MiB" in fault(b"{\\rtf1 " + bytes(2**20))


def test_without_libreoffice_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_PLACES", ())

    reason = fault(compound("WordDocument"))

    assert "libreoffice-writer-nogui" in reason
    assert "另存为 .docx" in reason


@pytest.mark.skipif(sys.platform == "win32", reason="a program of a shell script")
def test_success_is_a_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice says that it has succeeded where it has made nothing."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))

    assert "没能转换" in fault(compound("WordDocument"))


@pytest.mark.skipif(sys.platform == "win32", reason="a program of a shell script")
def test_a_conversion_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec /bin/sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 1)

    assert "已停止" in fault(compound("WordDocument"))


@INSTALLED
@pytest.mark.parametrize("kind", ["doc", "rtf"])
@pytest.mark.parametrize(("form", "level", "seed"), [("2021", "county", 3), ("2019", "township", 8)])
def test_a_report_reads_as_it_was_written(
    kind: str, form: str, level: str, seed: int, forms: Sequence[Form]
) -> None:
    draft = compliant(form, level, seed)  # type: ignore[arg-type]
    blocks = content(draft)
    assert blocks is not None

    source = read_office(saved(DOCUMENTS["docx"](blocks, Random(seed)), kind), "报告.wps")

    assert source.text == canonical(blocks)
    assert (source.kind, source.path, source.visible) == (kind, "报告.wps", False)
    found = Report(source, forms).tables
    cells = {cell.address: cell.text for table in found.values() for cell in table.cells}
    assert cells == draft.cells


@INSTALLED
def test_what_is_damaged_is_told() -> None:
    assert "没能转换" in fault(compound("WordDocument"))


@INSTALLED
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the copy nor the profile; no folder but its own is written to."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert read_office(b"{\\rtf1 a\\par}", "报告.rtf").text == "a\n"
    assert list(tmp_path.iterdir()) == []
