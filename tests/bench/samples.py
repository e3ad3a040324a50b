"""What is measured, and on what: `python -m tests.bench.samples HOME SIZES`, in a process of its own.

HOME gets `environment/`, where the program is installed as users install it, and `files/`.
"""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # where prose and rendering are

from nianbao.testing import Draft, compliant  # noqa: E402
from properties.test_proportion import SHAPES, hostile  # noqa: E402
from prose import told  # noqa: E402
from rendering import DOCUMENTS, DRAWN, content  # noqa: E402
from rendering.office import PROGRAM, all_saved  # noqa: E402

from tests.bench.performance import Sizes  # noqa: E402

LEVELS = ("township", "bureau", "county", "city", "province", "ministry")
SOURCES = (
    "pyproject.toml",
    "README.md",
    "README.zh-CN.md",
    "LICENSE",
    ".gitignore",
    "linter",
    "rules",
    "grammar",
    "docs",
)
COMPILED = """
from importlib import import_module
from nianbao_grammar.patterns import table_name
for name in ("_tables", "_forms", table_name()):
    import_module(f"nianbao_grammar.{name}")
"""
KEPT = 30  # of each kind of document
PDFS_AT_ONCE = 50


def install(home: Path) -> None:
    """Install the program and its extras from a copy of the sources. Raises CalledProcessError where that fails."""
    for name in SOURCES:
        source, target = ROOT / name, home / "sources" / name
        if source.is_dir():
            shutil.copytree(
                source,
                target,
                ignore=shutil.ignore_patterns(
                    "__pycache__", "node_modules", "_tables.py", "_forms.py", "_patterns_*"
                ),
            )
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    venv.create(home / "environment", with_pip=True, symlinks=True)
    python = str(home / "environment" / "bin" / "python")
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore")
    subprocess.run([python, "-m", "pip", "install", *quiet, f"{home / 'sources'}[pdf,lsp]"], check=True)
    subprocess.run([python, "-I", "-c", COMPILED], check=True)


def report(seed: int) -> Draft:
    """Return the *seed*-th report: every form, level and notation, its prose written from the grammar."""
    form, level, notation = (
        ("2021", "2019")[seed % 2],
        LEVELS[seed // 2 % 6],
        ("tabs", "pipes", "bars")[seed // 12 % 3],
    )
    return told(compliant(form, level, seed, notation), seed)  # type: ignore[arg-type]


def documents(kinds: Sequence[str], count: int) -> list[bytes]:
    """Return *count* reports as files of *kinds*, in turn."""
    made: list[bytes] = []
    seed = 0
    while len(made) < count:
        blocks = content(told(compliant("2021", "county", seed), seed))
        if blocks is not None:
            made.append({**DOCUMENTS, **DRAWN}[kinds[len(made) % len(kinds)]](blocks, Random(seed)))
        seed += 1
    return made


def texts(folder: Path, sizes: Sizes) -> None:
    """Write the texts: `many/` has folders of as many reports as are checked at once."""
    for seed in range(sizes.folder * sizes.many):
        _put(folder / "many" / str(seed // sizes.folder) / f"{seed:05}.txt", report(seed).render().encode())
    for kilobytes in (5, 500):
        _put(folder / "open" / f"{kilobytes}.txt", _long(kilobytes * 1000).encode())
    for name, piece in SHAPES.items():
        for size, length in (("small", sizes.length), ("large", 10 * sizes.length)):
            _put(folder / "shapes" / size / f"{name}.txt", hostile(piece, length).encode())


def _long(size: int) -> str:
    """Return a report of about *size* bytes, the most of them in sentences of its first section."""
    draft = compliant("2021", "county")
    head, mark, rest = draft.render().partition("一、总体情况\n")
    lines, seed = [], 1
    while len((head + mark + rest).encode()) + sum(map(len, lines)) < size:
        overview = told(compliant("2021", "county", seed), seed).section("overview")
        lines += [f"{text}\n".encode() for _, text in overview.subsections]
        seed += 1
    return head + mark + b"".join(lines).decode() + rest


def files(folder: Path, sizes: Sizes) -> None:
    """Write documents of the other kinds; PDFs only where LibreOffice is, which draws them."""
    for kind in ("docx", "html", "ofd"):
        names = [name for name in (*DOCUMENTS, *DRAWN) if name.startswith(kind)]
        for number, data in enumerate(documents(names, KEPT)):
            _put(folder / kind / f"{number:03}.{kind}", data)
    if PROGRAM is not None:
        drawn = documents(["docx"], sizes.pdfs)
        for start in range(0, sizes.pdfs, PDFS_AT_ONCE):
            for number, data in enumerate(all_saved(drawn[start : start + PDFS_AT_ONCE], "pdf"), start):
                _put(folder / "pdf" / f"{number:03}.pdf", data)


def code(folder: Path, size: int) -> None:
    """Write *size* bytes of Python, our own modules over and over."""
    modules = [path.read_bytes() for path in sorted((ROOT / "linter" / "nianbao").rglob("*.py"))]
    written = number = 0
    while written < size:
        data = modules[number % len(modules)]
        _put(folder / "code" / f"m{number:05}.py", data)
        written += len(data)
        number += 1


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main(home: Path, sizes: Sizes, *, environment: bool) -> None:
    """Make everything in *home*; the environment only if it is wanted."""
    if environment:
        install(home)
    texts(home / "files", sizes)
    files(home / "files", sizes)
    code(home / "files", sum(path.stat().st_size for path in (home / "files" / "many" / "0").iterdir()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Sizes(**json.loads(sys.argv[2])), environment=sys.argv[3:] == ["--install"])
