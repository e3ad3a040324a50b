"""The modules of packages compiled into one file, from which `nianbao.cli.modules` takes them.

    python -m nianbao_grammar.compile_modules linter/nianbao rules/nianbao_rules

writes it for the interpreter that runs it, beside those for others that were made of the same sources.
"""

import sys
import tempfile
from collections.abc import Iterable
from importlib.util import source_hash
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compiled

from nianbao_grammar.parts import Parts, packed

HERE = Path(__file__).parent
SIZE = 8  # bytes before each module that say how many its source has


def write(target: Path, packages: Iterable[Path]) -> None:
    """Write the modules of the folders *packages* into *target*; remove what was made there of other sources."""
    files = {
        file.relative_to(package.parent).as_posix(): file for package in packages for file in _files(package)
    }
    sources = source_hash(b"\0".join(file.read_bytes() for file in files.values()))
    for other in target.glob("_modules_*.bin"):
        if bytes(Parts(str(other))[""]) != sources:
            other.unlink()
    made = packed({"": sources, **{path: _compiled(file) for path, file in files.items()}})
    (target / f"_modules_{sys.implementation.cache_tag}.bin").write_bytes(made)


def _files(package: Path) -> Iterable[Path]:
    return sorted(package.rglob("*.py"))


def _compiled(file: Path) -> bytes:
    """Return the size of *file* and a `.pyc` of it, as PEP 552 has it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made.pyc")
        # Python sets the name of the file when it reads this.
        compiled(str(file), str(made), file.name, True, 0, PycInvalidationMode.UNCHECKED_HASH)
        return file.stat().st_size.to_bytes(SIZE, "little") + made.read_bytes()


if __name__ == "__main__":
    write(HERE, map(Path, sys.argv[1:]))
