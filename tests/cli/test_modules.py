"""Modules that are imported from one file are those that Python would import from theirs."""

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from nianbao.cli.modules import _Finder
from nianbao_grammar.compile_modules import write
from nianbao_grammar.parts import Parts

SOURCES = {
    "qingshi_bound/__init__.py": "",
    "qingshi_bound/rules/__init__.py": "from qingshi_bound.rules.one import A\n",
    "qingshi_bound/rules/one.py": "A = 1\ndef fails():\n    raise ValueError(A)\n",
}
YEAR = 365 * 86400  # seconds


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a package, both on the path and compiled into one file."""
    for name, source in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    write(tmp_path, [tmp_path / "qingshi_bound"])
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("qingshi_bound")]:
        del sys.modules[name]


def bound(home: Path) -> Parts:
    (path,) = home.glob("_modules_*.bin")
    return Parts(str(path))


def taken(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch, *, installed: float | None = None
) -> ModuleType:
    """Return module *name*, imported with what was compiled in *home*, *installed* now by default."""
    when = max(path.stat().st_mtime for path in home.rglob("*.py")) if installed is None else installed
    monkeypatch.setattr(sys, "meta_path", [_Finder(f"{home}{os.sep}", bound(home), when), *sys.meta_path])
    return importlib.import_module(name)


def test_a_module_is_what_python_makes_of_its_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names, its places and the lines of its errors."""
    module: Any = taken(home, "qingshi_bound.rules.one", monkeypatch)
    package = sys.modules["qingshi_bound.rules"]

    for made in (module, package):
        usual = PathFinder.find_spec(
            made.__name__, [str(Path(made.__file__ or "").parent), *sys.modules["qingshi_bound"].__path__]
        )
        assert usual is not None
        spec = made.__spec__
        assert spec is not None
        assert type(spec.loader).__module__ == "nianbao.cli.modules"
        assert (made.__file__, made.__cached__, spec.has_location) == (usual.origin, usual.cached, True)
        assert spec.submodule_search_locations == usual.submodule_search_locations
    with pytest.raises(ValueError, match="1") as raised:
        module.fails()
    assert (str(raised.traceback[-1].path), raised.traceback[-1].lineno + 1) == (module.__file__, 3)


@pytest.mark.parametrize(("source", "later"), [("A = 2\n" + " " * 44, YEAR), ("A = 2\n", -YEAR)])
def test_a_source_that_has_changed_is_read(
    source: str, later: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is newer than the installation, or of another size."""
    path = home / "qingshi_bound" / "rules" / "one.py"
    before = path.stat()
    path.write_text(source)
    os.utime(path, (before.st_mtime + later, before.st_mtime + later))

    module: Any = taken(home, "qingshi_bound.rules.one", monkeypatch, installed=before.st_mtime)

    assert module.A == 2


def test_a_package_from_elsewhere_is_left_to_python(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other") / "qingshi_bound"
    other.mkdir()
    (other / "__init__.py").write_text("")
    (other / "rules.py").write_text("A = 3\n")
    monkeypatch.syspath_prepend(other.parent)

    module: Any = taken(home, "qingshi_bound.rules", monkeypatch)

    assert module.A == 3


def test_what_was_compiled_of_other_sources_is_removed(home: Path) -> None:
    """By another interpreter, which cannot be asked to do it again."""
    (ours,) = home.glob("_modules_*.bin")
    theirs = home / "_modules_other-1.bin"
    ours.rename(theirs)

    write(home, [home / "qingshi_bound"])
    assert {path.name for path in home.glob("_modules_*.bin")} == {ours.name, theirs.name}

    (home / "qingshi_bound" / "rules" / "one.py").write_text("A = 2\n")
    write(home, [home / "qingshi_bound"])
    assert {path.name for path in home.glob("_modules_*.bin")} == {ours.name}


@pytest.mark.parametrize("content", [b"", b"\xff" * 8, b"\x05\0\0\0\0\0\0\0(\x02"])
def test_a_file_that_is_damaged_has_no_parts(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(content)

    with pytest.raises(ValueError, match=r"damaged|empty"):
        Parts(str(tmp_path / "damaged"))
