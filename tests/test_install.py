"""The page on installing, line by line: each of its commands is run in the room that it is for.

Rooms have nothing in common but the folder of wheels, which is carried over. All but the project's own have no
network, and that of the program folder has no Python.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import source_from_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from annotate.test_pdf import drawn
from cli.running import PATIENCE, Ended, environment
from needs import left_out, program
from offices import PLUGINS, WHEEL, put
from openpyxl import load_workbook
from test_packaging import COPIED, ROOT, run

PAGE = ROOT / "docs" / "install.md"
_BLOCK = re.compile(
    r"^(?:<!-- in: (?P<room>\w+) -->\n)?```sh\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL
)
_NOWHERE = "http://127.0.0.1:9"  # no one listens there
_OWN = (
    "PIP_",
    "PIPX_",
    "UV_",
    "PYTHON",
    "VIRTUAL_ENV",
)  # what the settings of whoever runs the tests begin with


def blocks() -> list[tuple[str, str]]:
    """Return the blocks of commands on the page, each with its room."""
    return [(match["room"], match["commands"]) for match in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def of(room: str) -> str:
    return "".join(commands for name, commands in blocks() if name == room)


def test_every_block_says_where_it_is_run() -> None:
    assert {room for room, _ in blocks()} == {"project", "office", "pipx", "uv", "folder"}


def in_room(commands: str, folder: Path, path: Sequence[Path], more: Mapping[str, str], network: bool) -> str:
    """Return what *commands* print in *folder*, each of which has to end well."""
    kept = {name: value for name, value in environment().items() if network or not name.startswith(_OWN)}
    if not network:
        kept |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NOWHERE)
        kept |= {"PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1", "HOME": str(folder)}
    kept.pop("PYTHONPATH", None)
    kept |= {**more, "PATH": os.pathsep.join([*map(str, path), os.defpath])}
    done = subprocess.run(
        [*([] if network else alone()), "/bin/sh", "-euc", commands],
        cwd=folder, env=kept, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def alone() -> list[str]:
    """Return the words before a command that take the network from it, none where the system does not let us."""
    words = ["unshare", "--net"]
    if shutil.which("unshare") and not subprocess.run([*words, "true"], capture_output=True).returncode:
        return words
    return []


def with_pip(folder: Path) -> Path:
    """Return the folder of the commands of a new environment."""
    venv.create(folder, with_pip=True)
    return folder / "bin"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the project, in which all has been run that the page has run there."""
    home = tmp_path_factory.mktemp("project")
    for name in (*COPIED, ".gitignore"):
        put(ROOT / name, home / "project" / name)
    in_room(of("project"), home / "project", [with_pip(home / "venv")], {}, network=True)
    return home / "project"


def office(home: Path, project: Path) -> Path:
    """Return a folder on another computer with a report and the wheels."""
    shutil.copytree(project / "wheels", home / "wheels")
    shutil.copy(ROOT / "docs" / "examples" / "qinghe-2024.txt", home / "报告.txt")
    (home / "报告.pdf").write_bytes(paper())
    return home


def paper() -> bytes:
    """Return the first lines of a report, drawn as a PDF.

    Its font is not in it, so that where exactly its words end is a matter of the fonts of the system.
    """
    lines = (ROOT / "docs" / "examples" / "qinghe-2024.txt").read_text(encoding="utf-8").splitlines()
    return drawn([(60, 780 - 18 * at, line[:40]) for at, line in enumerate(lines[:40])])


READS_PDF = "nianbao show 报告.pdf\nnianbao check 报告.txt -f xlsx:总览.xlsx\n"


@pytest.mark.slow
def test_a_folder_of_wheels_is_all_that_pip_needs(project: Path, tmp_path: Path) -> None:
    office(tmp_path, project)
    in_room(of("office") + READS_PDF, tmp_path, [with_pip(tmp_path / "venv")], {}, network=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pipx", "uv"])
def test_a_folder_of_wheels_is_all_that_others_need(name: str, project: Path, tmp_path: Path) -> None:
    """The command that they install is found where they put commands."""
    office(tmp_path, project)
    tools, commands = tmp_path / "tools", tmp_path / "commands"
    tools.mkdir()
    (tools / name).symlink_to(program(name))
    places = {
        "PIPX_HOME": "rooms",
        "UV_TOOL_DIR": "rooms",
        "PIPX_BIN_DIR": "commands",
        "UV_TOOL_BIN_DIR": "commands",
    }
    more = {variable: str(tmp_path / place) for variable, place in places.items()}
    python = Path(sys.base_prefix, "bin")
    in_room(of(name) + READS_PDF, tmp_path, [commands, tools, python], more, network=False)


@pytest.mark.slow
def test_a_windows_computer_needs_nothing_more(project: Path, tmp_path: Path) -> None:
    """uv installs from that folder as on Windows: each requirement is met there, and what is no Python is for Windows."""
    system = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11")
    source = ("--no-index", "--find-links", "wheels-windows", "--only-binary", ":all:", "nianbao[pdf,xlsx]")
    words = [program("uv"), "pip", "install", "--no-config", "--target", str(tmp_path), *system, *source]
    done = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("pdfium.dll"))
    assert list(tmp_path.rglob("*.so")) == []


# -- the program folder ------------------------------------------------------------------------------------


class Root:
    """A root folder with the program folder, what it takes from the system, reports, and nothing else."""

    def __init__(self, folder: Path, command: Path) -> None:
        self.folder = folder
        self.command = command  # as installed, to compare with
        self.reports = folder / "reports"

    def run(self, *words: str) -> Ended:
        """Run the program in the folder of the reports."""
        chroot, shell = program("chroot"), ("/bin/sh", "-euc", 'cd /reports; exec "$@"', "sh")
        done = subprocess.run(
            [*alone(), chroot, str(self.folder), *shell, "/nianbao/nianbao", *words],
            env={"LANG": "C.UTF-8", "NIANBAO_TRUST": "1"}, capture_output=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)


def _libraries(file: Path, own: Path | None) -> Iterator[str]:
    """Yield the libraries of the system that *file* loads, those of the folder *own* found first."""
    found = {} if own is None else {"LD_LIBRARY_PATH": str(own)}
    told = subprocess.run(
        [program("ldd"), file], env=found, capture_output=True, text=True, check=False
    ).stdout
    for path in re.findall(r"(/\S+) \(0x", told):
        if own is None or not path.startswith(f"{own}/"):
            yield path


@pytest.fixture(scope="module")
def root(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """The program folder in a root of its own, with reports of every kind beside it."""
    if os.geteuid() != 0 or subprocess.run([program("chroot"), "/", "true"], capture_output=True).returncode:
        left_out("only root may run a program in another root")
    made = Root(tmp_path_factory.mktemp("root"), project.parent / "venv" / "bin" / "nianbao")
    shutil.copytree(project / "dist" / "nianbao", made.folder / "nianbao", symlinks=True)
    own = made.folder / "nianbao" / "_internal"
    shell = Path(shutil.which("sh") or "/bin/sh")
    needed = {*_libraries(made.folder / "nianbao" / "nianbao", None), *_libraries(shell, None)}
    for file in own.rglob("*.so*"):
        needed.update(_libraries(file, own))
    for path in needed:
        put(Path(path).resolve(), made.folder / path.lstrip("/"))
    put(shell.resolve(), made.folder / "bin" / "sh")
    for name in ("tmp", "dev"):
        (made.folder / name).mkdir()
    (made.folder / "dev" / "null").touch()  # a file does: what is written there is lost with the root
    shutil.copytree(ROOT / "docs" / "examples", made.reports)
    (made.reports / "报告.pdf").write_bytes(paper())
    written = command(made, "new", "report", "--from", "qinghe-2024.txt", "-o", "报告.docx")
    assert written.code == 0, written.err
    return made


def command(root: Root, *words: str) -> Ended:
    """Run the command, as it is installed for the project, in the folder of the reports."""
    done = subprocess.run(
        [root.command, *words],
        cwd=root.reports, env=environment({"NIANBAO_TRUST": "1"}), capture_output=True, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
def test_there_is_no_python_in_the_root(root: Root) -> None:
    programs = {path.name for path in root.folder.rglob("*") if path.is_file() and os.access(path, os.X_OK)}
    assert not [name for name in programs if re.fullmatch(r"python[\d.]*", name)]
    assert {path.name for path in (root.folder / "bin").iterdir()} == {"sh"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("--version",),
        ("check", "qinghe-2025.txt"),
        ("check", "qinghe-2024.txt", "linchuan-2020.md", "--lang", "en"),
        ("check", "报告.pdf", "报告.docx"),
        ("check", "qinghe-2025.txt", "qinghe-2024.txt", "报告.docx", "-j", "2", "--no-cache", "-f", "json"),
        ("check", ".", "-f", "html"),
        ("check", "qinghe-2025.txt", "--config", "city.yaml"),
        ("annotate", "报告.pdf", "-o", "批注.pdf"),
        ("rules", "--format", "json"),
        ("schema",),
        ("check", "--no-such-option"),
    ],
    ids=" ".join,
)
def test_the_program_folder_says_what_the_command_says(words: tuple[str, ...], root: Root) -> None:
    """Byte for byte, with the same exit code."""
    expected = command(root, *words)
    for path in root.reports.glob("批注*"):
        path.unlink()
    assert root.run(*words) == expected


@pytest.mark.slow
def test_a_report_in_pdf_is_read_there(root: Root) -> None:
    """What the two say of one that is not read is the same too."""
    told = json.loads(root.run("check", "报告.pdf", "-f", "json").stdout)
    assert (told["documents"][0]["format"], told["documents"][0]["year"]) == ("pdf", 2024)


@pytest.mark.slow
def test_it_writes_a_workbook(root: Root) -> None:
    def cells(name: str) -> list[tuple[object, ...]]:
        book = load_workbook(root.reports / name)
        return [row for sheet in book for row in sheet.iter_rows(values_only=True)]

    assert command(root, "check", "qinghe-2025.txt", "-f", "xlsx:one.xlsx").code == 1
    assert root.run("check", "qinghe-2025.txt", "-f", "xlsx:other.xlsx").code == 1
    assert cells("one.xlsx") == cells("other.xlsx")


# As where nothing is copied from process to process, on Windows and macOS: a second thread forbids it.
ANEW = """\
import sys, threading, time
if __name__ == "__main__":
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    sys.argv[0] = "nianbao"
    from nianbao.cli import main
    main()
"""


@pytest.mark.slow
def test_its_workers_start_anew(root: Root) -> None:
    (root.folder / "anew.py").write_text(ANEW, encoding="utf-8")
    words = ("check", ".", "-j", "2", "--no-cache", "-f", "json")
    told = root.run("-I", "/anew.py", *words)

    assert told == root.run(*words)
    assert told.err == ""


@pytest.mark.slow
def test_a_plugin_is_unpacked_into_it(root: Root, tmp_path: Path) -> None:
    """Its wheel is looked for where nianbao itself lies."""
    put(PLUGINS / "qingshi", tmp_path / "qingshi")
    run(tmp_path / "qingshi", sys.executable, "-c", WHEEL, str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    own = root.folder / "nianbao" / "_internal"
    with ZipFile(BytesIO(wheel.read_bytes())) as archive:
        archive.extractall(own)
    try:
        plugins = json.loads(root.run("plugins", "--format", "json").stdout)["plugins"]
        (mine,) = (each for each in plugins if each["name"] == "qingshi")
    finally:
        for path in own.glob("nianbao_qingshi*"):
            shutil.rmtree(path)
    assert (mine["fault"], mine["rules"]) == (None, ["QS001", "QS002", "QS101", "QS102"])


@pytest.mark.slow
def test_what_it_starts_finds_the_libraries_of_the_system(root: Root) -> None:
    """As LibreOffice, which must not load those of the folder."""
    (root.folder / "variables.py").write_text(
        "import os; print(os.environ.get('LD_LIBRARY_PATH'))", encoding="utf-8"
    )
    assert root.run("-I", "/variables.py").out == "None\n"


@pytest.mark.slow
def test_the_folder_is_called_by_its_path(root: Root, tmp_path: Path) -> None:
    """Where there is a Python it is of no use to it."""
    shutil.copytree(root.folder / "nianbao", tmp_path / "nianbao", symlinks=True)
    shutil.copy(ROOT / "docs" / "examples" / "qinghe-2024.txt", tmp_path / "报告.txt")
    in_room(of("folder"), tmp_path, [], {}, network=False)


@pytest.mark.slow
def test_a_copy_starts_from_what_is_compiled(root: Root) -> None:
    """Whatever times its files have: what is compiled says that it is taken as it is."""
    ours = [
        root.folder / "nianbao" / "_internal" / name
        for name in ("nianbao", "nianbao_rules", "nianbao_grammar")
    ]
    sources = {path for folder in ours for path in folder.rglob("*.py")}
    compiled = {Path(source_from_cache(path)): path for folder in ours for path in folder.rglob("*.pyc")}

    assert sources == compiled.keys()
    assert {path.read_bytes()[4:8] for path in compiled.values()} == {
        b"\1\0\0\0"
    }  # PEP 552: by a hash, unchecked
