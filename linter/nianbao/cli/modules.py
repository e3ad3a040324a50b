"""Our own modules as they are imported by the installed program: from one file, where Python would open one for each.

The file was made when the package was built (`nianbao_grammar.compile_modules`). All else is left to Python: its own
loader is given the bytes of a `.pyc`, unless the source has changed since it was installed. In a checkout there is no
such file.
"""

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from mmap import ACCESS_READ, mmap

from nianbao import __version__

TYPE_CHECKING = False  # that of typing
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType
    from typing import Any

    from nianbao_grammar.compile_modules import Compiled

_HEAD = 16  # bytes: a digest of the sources, and the length of the table


def use() -> None:
    """Have the modules of this installation imported from their one file, if it has one."""
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    file = os.path.join(home, "nianbao_grammar", f"_modules_{sys.implementation.cache_tag}.bin")
    try:
        # An installer writes it when all other files are there: what is newer was changed by another hand.
        installed = os.stat(os.path.join(home, f"nianbao-{__version__}.dist-info", "RECORD")).st_mtime
        with open(file, "rb", buffering=0) as opened:
            data = memoryview(mmap(opened.fileno(), 0, access=ACCESS_READ))
        first = _HEAD + int.from_bytes(data[_HEAD - 8 : _HEAD], "little")
        table = marshal.loads(data[_HEAD:first])
    except (OSError, EOFError, ValueError, TypeError):
        return
    sys.meta_path.insert(0, _Finder(home, table, data[first:], installed))


class _Finder:
    """Finds the modules that *table* has, in the packages of the folder *home*; their files were *installed* then."""

    def __init__(
        self, home: str, table: "Mapping[str, Compiled]", data: memoryview, installed: float
    ) -> None:
        self.home = home
        self.table = table
        self.data = data
        self.installed = installed

    def find_spec(
        self, name: str, path: "Sequence[str] | None" = None, target: "ModuleType | None" = None, /
    ) -> ModuleSpec | None:
        """Return how module *name* is loaded, None if it is not one of ours or its package is from elsewhere."""
        known = self.table.get(name)
        if known is None or not path:
            return None
        package, _, last = name.rpartition(".")
        if path[0] != os.path.join(self.home, *package.split(".")):
            return None
        is_package, size, begin, end = known
        folder = os.path.join(path[0], last)
        file = os.path.join(folder, "__init__.py") if is_package else f"{folder}.py"
        loader = _Loader(name, file, self.data[begin:end], size, self.installed)
        spec = ModuleSpec(name, loader, origin=file, is_package=is_package)
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(folder)
        return spec


class _Loader(SourceFileLoader):
    """The loader of Python, with the bytes of a `.pyc` that are at hand in the place of those in a file."""

    def __init__(self, name: str, path: str, made: memoryview, size: int, installed: float) -> None:
        super().__init__(name, path)
        self.made = made
        self.size = size
        self.installed = installed
        self.changed = True

    def path_stats(self, path: str) -> "Mapping[str, Any]":
        """Return time and size of the source, which Python asks for first."""
        stats = super().path_stats(path)
        self.changed = stats["mtime"] > self.installed or stats["size"] != self.size
        return stats

    def get_data(self, path: str) -> bytes:
        """Return the content of *path*, which is the source, or what has been compiled of it."""
        ours = path.endswith(f".{sys.implementation.cache_tag}.pyc") and not self.changed
        return bytes(self.made) if ours else super().get_data(path)
