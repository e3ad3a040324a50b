"""doc, wps and rtf, each by a LibreOffice of its own where that is installed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from nianbao.readers import kept_office, limits, office
from nianbao.readers.office import read_office
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import compliant
from nianbao.text.source import UnreadableError
from readers.listener import Listener
from readers.processes import PATIENCE, ended
from rendering import DOCUMENTS, canonical, content
from rendering.links import linked
from rendering.office import PROGRAM, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDLESS = (
    b"{\\rtf1 " + b"{\\trowd\\cellx1000\\cellx2000 a\\cell b\\cell\\row}" * 60_000 + b"}"
)  # for half a minute
INSTALLED = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


@pytest.fixture(autouse=True)
def none_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for many files has tests of its own."""
    monkeypatch.setattr(kept_office, "converted", lambda program, file, by_itself: by_itself())


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


@pytest.mark.parametrize(("name", "kind"), [("PowerPoint Document", "PowerPoint"), ("CONTENTS", "OLE")])
def test_what_is_no_document_is_told(name: str, kind: str) -> None:
    reason = fault(compound("Root Entry", name))

    assert f"（{kind}）" in reason
    assert "不是文字文档或者工作簿" in reason


def test_a_protected_workbook_is_told() -> None:
    """By the record behind the first one, in both versions of it."""
    for first in (b"\x09\x08\x10\x00" + bytes(16), b"\x09\x08\x08\x00" + bytes(8)):
        assert "密码" in fault(compound("Workbook", document=first + b"\x2f\x00\x06\x00"))


def test_without_libreoffice_the_part_for_workbooks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    for name in ("Workbook", "Book"):
        reason = fault(compound(name))
        assert "libreoffice-calc-nogui" in reason
        assert ".xlsx" in reason


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
    monkeypatch.setattr(limits, "OFFICE_CLOCK", 1)

    assert "过了 1 秒" in fault(compound("WordDocument"))


@pytest.mark.skipif(sys.platform == "win32", reason="bounded on POSIX systems")
@INSTALLED
def test_a_conversion_that_takes_the_processor_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 2)
    monkeypatch.setattr(limits, "OFFICE_CLOCK", 600)

    assert "处理器 2 秒" in fault(ENDLESS)


# -- ended from outside ----------------------------------------------------------------------------------

CONVERTING = """\
import signal, sys
from nianbao.readers.office import read_office
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
read_office(sys.stdin.buffer.read(), "报告.rtf")
"""


@pytest.fixture(params=["a program that waits", pytest.param("LibreOffice", marks=INSTALLED)])
def converting(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "subprocess.Popen[bytes]":
    """A process of ours in the middle of a conversion, in a folder for temporary files of its own."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("no list of processes here")
    if request.param != "LibreOffice":
        (tmp_path / "soffice").write_text('#!/bin/sh\nexec /bin/sh -c "sleep 600; :" "$@"\n')
        (tmp_path / "soffice").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    process = subprocess.Popen((sys.executable, "-c", CONVERTING), stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(ENDLESS)
    process.stdin.close()
    until = time.monotonic() + PATIENCE
    while not _processes(tmp_path / "temporary", "report.rtf"):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    return process


def _processes(folder: Path, word: str) -> list[int]:
    """Return the processes that were started with a path in *folder* and *word* in it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = os.fsdecode((entry / "cmdline").read_bytes())
            if f"{folder}/" in command and word in command:
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX system ends it with us")
def test_a_conversion_ends_when_we_are_killed(
    converting: "subprocess.Popen[bytes]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the next one deletes what it has left."""
    temporary = tmp_path / "temporary"
    processes = _processes(temporary, "report.rtf")
    converting.kill()

    assert converting.wait() == -signal.SIGKILL
    assert all(map(ended, processes))
    assert _processes(temporary, "report.rtf") == []
    assert [path.name for path in temporary.glob("*/report.*")] == ["report.rtf"]
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr(office, "_program", lambda: "/bin/false")
    assert "没能转换" in fault(b"{\\rtf1 a}")
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX system ends it with us")
def test_a_conversion_leaves_nothing_when_we_are_asked_to_end(
    converting: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    processes = _processes(tmp_path / "temporary", "report.rtf")
    converting.terminate()

    assert converting.wait() == 143
    assert all(map(ended, processes))
    assert list((tmp_path / "temporary").iterdir()) == []


# -- what it reads ---------------------------------------------------------------------------------------


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


# -- links -----------------------------------------------------------------------------------------------


@INSTALLED
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_nothing_that_a_document_links_to_is_fetched(kind: str) -> None:
    """Not even on this very machine, for which a proxy would be passed by."""
    with Listener() as listener:
        data = saved(linked(listener.address), kind)
        listener.heard.clear()
        text = read_office(data, "报告.doc").text

        assert listener.heard == []
    assert ("前" in text, "后" in text) == (True, True)


@INSTALLED
def test_libreoffice_left_to_itself_fetches_a_picture() -> None:
    """Else nothing would be proved by its silence."""
    with Listener() as listener:
        data = saved(linked(listener.address), "doc")
        listener.heard.clear()
        saved(data, "docx", "doc")

        assert any(b"/image " in line for line in listener.heard)


@INSTALLED
def test_nothing_is_fetched_for_what_rtf_can_say() -> None:
    codes = (
        r"{\*\template ADDRESS/template}",
        r"{\*\nextfile ADDRESS/next}",
        r"{\field{\*\fldinst INCLUDEPICTURE \"ADDRESS/picture\" \\d}{\fldrslt b}}",
        r"{\field\flddirty{\*\fldinst INCLUDETEXT \"ADDRESS/text\"}{\fldrslt c}}",
        r"{\field{\*\fldinst LINK Word.Document.8 \"ADDRESS/link\" \"\" \\a \\p}{\fldrslt d}}",
        r"{\field{\*\fldinst DDEAUTO soffice \"ADDRESS/dde\" \"A1\"}{\fldrslt e}}",
    )
    with Listener() as listener:
        written = rf"{{\rtf1\ansi{''.join(codes)}\par}}".replace("ADDRESS", listener.address)

        assert read_office(written.encode(), "报告.rtf").text == "bcde\n"
        assert listener.heard == []
