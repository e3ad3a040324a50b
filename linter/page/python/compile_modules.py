"""Runs in Pyodide while the page is built: its patterns and its modules compiled, by the very Python that runs them."""

import io
import os
import py_compile
import zipfile
from pathlib import Path

from nianbao_grammar import compile_patterns

OURS = ("nianbao", "boot")
MADE = {"compile_patterns.py", "compile.py"}


def compiled(folder, names=None):
    """Return a zip, not compressed, of the files in *folder*, or of those of *names*: modules compiled, others as they are.

    It is compressed as a whole, which takes less room than each file by itself and is quicker to import.
    """
    made = io.BytesIO()
    root = Path(folder)
    paths = [root / name for name in names] if names is not None else sorted(root.rglob("*"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            if path.is_dir() or path.name in MADE or "__pycache__" in path.parts:
                continue
            name, data = str(path.relative_to(root)), path.read_bytes()
            if name.endswith(".py"):
                name += "c"
                data = bytecode(path, name, whole=name.startswith(OURS))
            archive.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


def bytecode(path, name, *, whole):
    """Return the bytecode of the module at *path*, *whole* or without its docstrings.

    It is never looked whether the source has changed.
    """
    out = "/tmp/module.pyc"
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(
        str(path), out, dfile=name[:-1], doraise=True, optimize=0 if whole else 2, invalidation_mode=mode
    )
    data = Path(out).read_bytes()
    os.unlink(out)
    return data


def compile_patterns_of(folder):
    """Write the patterns of the packages in *folder*, compiled, into it."""
    compile_patterns.write(Path(folder, "nianbao_grammar"), ("nianbao_grammar", "nianbao", "nianbao_rules"))
