"""LibreOffice kept for many files: the same as one for each, gone with us, and no file pays for another."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from nianbao.readers import kept_office, limits
from nianbao.readers.kept_office import converted
from nianbao.readers.libreoffice import door
from nianbao.readers.office import read_office
from nianbao.testing import compliant
from nianbao.text.language import same
from nianbao.text.source import UnreadableError
from readers.listener import Listener
from readers.processes import PATIENCE, ended, runs, written
from rendering import DOCUMENTS, canonical, content
from rendering.links import linked
from rendering.office import PROGRAM, all_saved

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="none is kept there")
INSTALLED = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")

# One that is held by a document writes its number into its profile and stays. One that is asked to convert does
# what the file says with the number that it finds there.
PROGRAM_LIKE_IT = """\
#!/bin/sh
profile=${1#*file://}
for file; do :; done
folder=$(dirname "$file")/made
made=$folder/$(basename "$file" .rtf).docx
mkdir -p "$folder"
case "$*" in
*private:*) echo $$ >> "$0.log"; echo $$ > "$profile/number"; echo > "$made"; exec sleep 600;;
esac
number=$(cat "$profile/number")
case "$(cat "$file")" in
fine) echo "$number" > "$made";;
nothing) ;;
ends) echo half > "$made"; kill -9 "$number"; while kill -0 "$number"; do sleep 0.01; done;;
waits) sleep 600;;
esac
"""


class Folder:
    """Files that are converted one after the other by a program like LibreOffice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "soffice"
        self.program.write_text(PROGRAM_LIKE_IT)
        self.program.chmod(0o755)

    def convert(self, says: str, by_itself: bytes = b"by itself") -> bytes:
        """Return what becomes of a file that *says* what the program does, *by_itself* where it is not kept."""
        file = self.folder / "report.rtf"
        file.write_text(says)
        try:
            return converted(str(self.program), file, lambda: by_itself)
        finally:
            for path in self.folder.glob("made/*"):
                path.unlink()

    def kept(self) -> int:
        """Return the number of the one that has converted another file."""
        return int(self.convert("fine"))

    @property
    def started(self) -> list[int]:
        """The numbers of all that were kept."""
        log = self.folder / "soffice.log"
        return [int(number) for number in log.read_text().split()] if log.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_first_file_starts_none_that_stays(folder: Folder) -> None:
    assert folder.convert("fine") == b"by itself"
    assert folder.started == []


def test_one_is_kept_for_all_others(folder: Folder) -> None:
    folder.convert("fine")

    assert {folder.kept() for _ in range(5)} == set(folder.started)
    assert len(folder.started) == 1


@pytest.mark.parametrize("says", ["nothing", "ends", "waits"])
def test_what_it_makes_nothing_of_is_converted_by_itself(
    says: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a docx is nothing; and it is not asked again."""
    folder.convert("fine")
    before = folder.kept()
    if says == "waits":
        monkeypatch.setattr(limits, "OFFICE_KEPT_CLOCK", 1)

    assert folder.convert(says) == b"by itself"
    monkeypatch.undo()
    assert ended(before)
    assert folder.kept() == folder.started[1] != before


def test_a_program_that_cannot_be_kept_is_given_up(folder: Folder) -> None:
    """Where it makes nothing of what it makes something of by itself; a file between them counts anew."""
    for says in ("fine", "nothing", "nothing", "fine", "nothing", "nothing", "nothing", "fine", "fine"):
        last = folder.convert(says)

    assert last == b"by itself"
    assert len(folder.started) == 3 + 2


def test_files_that_no_one_can_convert_do_not_give_it_up(folder: Folder) -> None:
    def refused() -> bytes:
        raise UnreadableError(same("broken"))

    folder.convert("fine")
    for _ in range(5):
        (folder.folder / "report.rtf").write_text("nothing")
        with pytest.raises(UnreadableError):
            converted(str(folder.program), folder.folder / "report.rtf", refused)

    assert folder.kept() in folder.started


def test_one_does_not_convert_for_ever(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_office, "_TURNS", 3)
    folder.convert("fine")

    numbers = [folder.kept() for _ in range(7)]
    assert [len(set(numbers[n : n + 3])) for n in (0, 3, 6)] == [1, 1, 1]
    assert len(set(numbers)) == 3


def test_one_that_was_stopped_over_a_file_is_not_asked_again(folder: Folder) -> None:
    """By the bound of time of that file, say: it may go on with it for ever."""

    class TimeUp(BaseException):
        pass

    def up(number: int, frame: object) -> None:
        raise TimeUp

    folder.convert("fine")
    before = folder.kept()
    known = signal.signal(signal.SIGALRM, up)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(TimeUp):
            folder.convert("waits")
    finally:
        signal.signal(signal.SIGALRM, known)

    assert ended(before)
    assert folder.kept() != before


def test_a_process_that_is_forked_has_its_own(folder: Folder, tmp_path: Path) -> None:
    folder.convert("fine")
    ours = folder.kept()
    child = os.fork()
    if not child:
        folder.convert("fine")
        (tmp_path / "told").write_text(str(folder.kept()))
        os._exit(0)
    os.waitpid(child, 0)

    assert int((tmp_path / "told").read_text()) != ours
    assert folder.kept() == ours


# -- LibreOffice itself ----------------------------------------------------------------------------------


@INSTALLED
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_many_reports_read_as_each_was_written(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one that is kept, with a file among them that is broken."""
    assert PROGRAM is not None
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\ncase "$*" in *private:*) echo >> "$0.log";; esac\nexec {PROGRAM} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr("nianbao.readers.office._program", lambda: str(program))
    reports = [content(compliant(form, "county", seed)) for form, seed in (("2021", 4), ("2019", 7)) * 2]
    files = all_saved([DOCUMENTS["docx"](blocks, Random(1)) for blocks in reports if blocks], kind)

    for index, (blocks, data) in enumerate(zip(reports, files, strict=True)):
        if index == 2:
            with pytest.raises(UnreadableError) as raised:
                read_office(b"{\\rtf", "报告.doc")
            assert "没能转换" in raised.value.reason.zh
        assert blocks is not None
        assert read_office(data, "报告.doc").text == canonical(blocks)
    assert len((tmp_path / "soffice.log").read_text().split("\n")) == 1 + 2


@INSTALLED
def test_nothing_that_a_document_links_to_is_fetched() -> None:
    with Listener() as listener:
        data = all_saved([linked(listener.address)], "doc")[0]
        listener.heard.clear()
        texts = [read_office(data, "报告.doc").text for _ in range(3)]

        assert listener.heard == []
    assert "前" in texts[0]
    assert len(set(texts)) == 1


CONVERTING = """\
import os, sys, time
from nianbao.readers import kept_office
from nianbao.readers.office import _program, read_office
for _ in range(3):
    assert read_office(b"{\\\\rtf1 a\\\\par}", "报告.rtf").text == "a\\n"
kept = kept_office._kept(_program(), os.getpid())._opened
with open("told", "w") as told:
    told.write(f"{kept.child._process.pid} {kept.folder}")
os.rename("told", "kept")
if "stays" in sys.argv:
    time.sleep(600)
os._exit(0)
"""


@pytest.fixture(params=["ends", "is killed"])
def left(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[int, Path]:
    """The number of one that was kept, and its folder, after the process that kept it."""
    ends = request.param == "ends"
    (tmp_path / "temporary").mkdir()
    command = (sys.executable, "-c", CONVERTING, "" if ends else "stays")
    variables = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
    with subprocess.Popen(command, cwd=tmp_path, env=variables) as process:
        number, _, folder = written(tmp_path / "kept").partition(" ")
        assert ends or (runs(int(number)) and door(Path(folder, "profile")).exists())
        if not ends:
            process.kill()
    assert process.returncode == (0 if ends else -signal.SIGKILL)
    return int(number), Path(folder)


@INSTALLED
def test_nothing_is_left_however_we_end(left: tuple[int, Path]) -> None:
    """Neither it nor its folder nor its socket, which LibreOffice itself leaves where it is killed."""
    number, folder = left

    assert ended(number)
    until = time.monotonic() + PATIENCE
    while any(folder.parent.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(folder.parent.iterdir()) == []
    assert not door(folder / "profile").exists()
