"""What a wheel, a source distribution and an editable install carry."""

import configparser
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import nianbao
import pytest
from packaging.requirements import Requirement

pytest.importorskip("hatchling", reason="the build backend is not installed, so nothing can be built here")

ROOT = Path(__file__).parent.parent
PACKAGES = {"nianbao": "linter", "nianbao_rules": "rules", "nianbao_grammar": "grammar"}
GENERATED = {"nianbao_grammar/_tables.py", "nianbao_grammar/_forms.py"}
# Only what a build needs; of the tests, the conformance suite is made.
COPIED = (
    "pyproject.toml",
    "README.md",
    "README.zh-CN.md",
    "LICENSE",
    "linter",
    "rules",
    "grammar",
    "docs",
    "tests",
)

BUILD = """\
import sys
from hatchling import build
sys.dont_write_bytecode = True
print(build.build_sdist(sys.argv[1]), build.build_wheel(sys.argv[1]), build.build_editable(sys.argv[2]))
"""
STARTED = """\
import sys, nianbao_grammar
nianbao_grammar.parser().parse("一、总体情况\\n"), nianbao_grammar.official_forms()
print(nianbao_grammar.__file__, *sorted({"lark", "yaml"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources as a fresh clone has them: nothing generated, nothing built."""
    folder = tmp_path_factory.mktemp("checkout")
    skipped = shutil.ignore_patterns("__pycache__", "_tables.py", "_forms.py", "*.tar.gz", ".*")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=skipped)
        else:
            shutil.copy(ROOT / name, folder / name)
    shutil.copy(ROOT / ".gitignore", folder / ".gitignore")
    return folder


@pytest.fixture(scope="module")
def dist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel, and in `editable/` the editable wheel."""
    folder = tmp_path_factory.mktemp("dist")
    run(checkout, sys.executable, "-c", BUILD, str(folder), str(folder / "editable"))
    return folder


def run(folder: Path, *command: str, path: str = "") -> str:
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wheel(folder: Path) -> zipfile.ZipFile:
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_a_wheel_has_three_packages_at_its_top(dist: Path) -> None:
    """Nothing else is installed that could collide with another distribution."""
    with wheel(dist) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}

    assert top == {*PACKAGES, f"nianbao-{nianbao.__version__}.dist-info"}


def test_a_wheel_has_every_source_and_the_generated_modules(dist: Path, checkout: Path) -> None:
    """All files of the three source roots, the two modules that the build makes, the pages of the rules, and no more."""
    expected = {
        *GENERATED,
        *(f"nianbao/reference/{page.name}" for page in (checkout / "docs" / "reference").iterdir()),
    }
    for package, root in PACKAGES.items():
        for file in (checkout / root / package).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                expected.add(file.relative_to(checkout / root).as_posix())
    with wheel(dist) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert found == expected


def test_a_wheel_has_the_data_that_the_program_reads(dist: Path) -> None:
    """Forms, grammar, the schema of the JSON output and the marks that types are shipped."""
    with wheel(dist) as archive:
        names = archive.namelist()

    assert {f"nianbao_grammar/forms/{year}.yaml" for year in (2008, 2019, 2021)} <= set(names)
    assert "nianbao_grammar/report.lark" in names
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(names)
    assert [name for name in names if name.startswith("nianbao/") and name.endswith(".json")]


def test_a_wheel_says_what_it_is(dist: Path) -> None:
    """The version of the code, the licence, the command and the plugin."""
    info = f"nianbao-{nianbao.__version__}.dist-info"
    with wheel(dist) as archive:
        metadata = archive.read(f"{info}/METADATA").decode()
        points = configparser.ConfigParser()
        points.read_string(archive.read(f"{info}/entry_points.txt").decode())
        licence = archive.read(f"{info}/licenses/LICENSE").decode()

    assert f"Version: {nianbao.__version__}\n" in metadata
    assert "License-Expression: Apache-2.0\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert dict(points["console_scripts"]) == {"nianbao": "nianbao.cli:main"}
    assert dict(points["nianbao"]) == {"builtin": "nianbao.plugins.builtin", "national": "nianbao_rules"}
    assert "Version 2.0, January 2004" in licence


def test_no_pdfminer_that_runs_what_a_pdf_carries_can_be_installed() -> None:
    """CVE-2025-64512 is mended in 20251107; what is left of it, CVE-2025-70559, in 20251230."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {
        name: {requirement.name: requirement.specifier for requirement in map(Requirement, requirements)}
        for name, requirements in project["optional-dependencies"].items()
    }
    using = {name: extra for name, extra in extras.items() if {"pdfplumber", "pdfminer.six"} & set(extra)}
    for name, extra in using.items():
        allowed = [
            version
            for version in ("20221105", "20250506", "20251106", "20251107", "20251229")
            if "pdfminer.six" not in extra or extra["pdfminer.six"].contains(version)
        ]
        assert (name, allowed) == (name, [])


def test_an_installed_wheel_starts_without_lark_and_yaml(dist: Path, tmp_path: Path) -> None:
    """The generated modules are those of the shipped sources, so neither is made again at start."""
    with wheel(dist) as archive:
        archive.extractall(tmp_path)

    said = run(tmp_path, sys.executable, "-c", STARTED, path=str(tmp_path))
    assert said.split() == [str(tmp_path / "nianbao_grammar" / "__init__.py")]


def test_an_editable_install_has_the_generated_modules_in_the_checkout(dist: Path, checkout: Path) -> None:
    """The three source roots are put on the path, and the build has written beside the grammar."""
    with wheel(dist / "editable") as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".pth"))
        roots = archive.read(name).decode().split()

    assert {Path(root) for root in roots} == {checkout / root for root in PACKAGES.values()}
    said = run(dist, sys.executable, "-c", STARTED, path=os.pathsep.join(roots))
    assert said.split() == [str(checkout / "grammar" / "nianbao_grammar" / "__init__.py")]


def test_a_source_distribution_has_the_conformance_suite_and_a_wheel_has_not(
    dist: Path, checkout: Path
) -> None:
    """The same bytes as `python -m tests.conformance` writes, and as another build of that distribution would have."""
    (found,) = dist.glob("*.tar.gz")
    name = "docs/nianbao-conformance.tar.gz"
    with tarfile.open(found) as file:
        member = file.extractfile(f"nianbao-{nianbao.__version__}/{name}")
        assert member is not None
        packed = member.read()
    with wheel(dist) as archive:
        assert not [path for path in archive.namelist() if "conformance" in path]
    roots = os.pathsep.join(str(checkout / root) for root in PACKAGES.values())
    run(checkout, sys.executable, "-m", "tests.conformance", "again.tar.gz", path=roots)

    assert packed == (checkout / name).read_bytes() == (checkout / "again.tar.gz").read_bytes()


def test_a_source_distribution_builds_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    """It carries the sources, the documents and the generated modules, and needs nothing beside itself."""
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    for name in GENERATED:
        assert (folder / "grammar" / name).is_file()
        (folder / "grammar" / name).unlink()
    assert (folder / "docs" / "guide.zh-CN.md").is_file()
    run(folder, sys.executable, "-c", BUILD, "out", "editable")

    with wheel(dist) as one, wheel(folder / "out") as other:
        assert set(one.namelist()) == set(other.namelist())
        for name in GENERATED:  # the checksum of what it was made from is in the last line
            assert one.read(name).splitlines()[-1] == other.read(name).splitlines()[-1]
