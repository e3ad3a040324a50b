"""The modules of packages compiled into one file, from which `nianbao.cli.modules` takes them.

    python -m nianbao_grammar.compile_modules linter/nianbao rules/nianbao_rules

writes it for the interpreter that runs it, beside those for others that were made of the same sources.
"""

import marshal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import source_hash
from pathlib import Path
from py_compile import PycInvalidationMode
from py_compile import compile as compiled

HERE = Path(__file__).parent
# Of a module: whether it is a package, the bytes of its source, and where a `.pyc` of it, as PEP 552 has it, begins and ends.
Compiled = tuple[bool, int, int, int]


def write(target: Path, packages: Iterable[Path]) -> None:
    """Write the modules of the folders *packages* into *target*; remove what was made there of other sources."""
    files = [file for package in packages for file in _files(package)]
    sources = source_hash(b"\0".join(file.read_bytes() for _, file in files))
    for other in target.glob("_modules_*.bin"):
        if other.read_bytes()[: len(sources)] != sources:
            other.unlink()
    table: dict[str, Compiled] = {}
    made = bytearray()
    for name, file in files:
        begin = len(made)
        made += _compiled(file)
        table[name] = (file.name == "__init__.py", file.stat().st_size, begin, len(made))
    head = marshal.dumps(table)
    data = b"".join((sources, len(head).to_bytes(8, "little"), head, made))
    (target / f"_modules_{sys.implementation.cache_tag}.bin").write_bytes(data)


def _files(package: Path) -> Iterator[tuple[str, Path]]:
    """Yield the modules below the folder *package*, each with its full name."""
    for file in sorted(package.rglob("*.py")):
        words = file.relative_to(package.parent).with_suffix("").parts
        yield ".".join(words[:-1] if words[-1] == "__init__" else words), file


def _compiled(file: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made.pyc")
        # Python sets the name of the file when it reads this.
        compiled(str(file), str(made), file.name, True, 0, PycInvalidationMode.UNCHECKED_HASH)
        return made.read_bytes()


if __name__ == "__main__":
    write(HERE, map(Path, sys.argv[1:]))
