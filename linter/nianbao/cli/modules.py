"""Our own modules as they are imported by the installed program: from one file, where Python would open one for each.

The file was made when the package was built (`nianbao_grammar.compile_modules`). All else is left to Python: its own
loader is given the bytes of a `.pyc`, unless the source has changed since it was installed. In a checkout there is no
such file.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import Any

from nianbao_grammar.parts import Parts

from nianbao import __version__

_SIZE = 8  # bytes before each module that say how many its source has: SIZE of compile_modules


def use() -> None:
    """Have the modules of this installation imported from their one file, if it has one."""
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        # An installer writes this when all other files are there: what is newer was changed by another hand.
        installed = os.stat(os.path.join(home, f"nianbao-{__version__}.dist-info", "RECORD")).st_mtime
        name = f"_modules_{sys.implementation.cache_tag}.bin"
        parts = Parts(os.path.join(home, "nianbao_grammar", name))
    except (OSError, ValueError):
        return
    sys.meta_path.insert(0, _Finder(os.path.join(home, ""), parts, installed))


class _Finder:
    """Finds the modules that are *parts* of the file, in the packages of the folder *home*; they were *installed* then."""

    def __init__(self, home: str, parts: Parts, installed: float) -> None:
        self.home = home
        self.parts = parts
        self.installed = installed

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        """Return how module *name* is loaded, None if it is not one of ours or its package is from elsewhere."""
        if not path or not path[0].startswith(self.home):
            return None
        base = os.path.join(path[0], name.rpartition(".")[2])
        key = base[len(self.home) :].replace(os.sep, "/")
        for end in (".py", "/__init__.py"):
            if key + end in self.parts:
                break
        else:
            return None
        file = base + end.replace("/", os.sep)
        loader = _Loader(name, file, self.parts[key + end], self.installed)
        spec = ModuleSpec(name, loader, origin=file, is_package=end != ".py")
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(base)
        return spec


class _Loader(SourceFileLoader):
    """The loader of Python, with a `.pyc` that is at hand in the place of one in a file."""

    def __init__(self, name: str, path: str, made: memoryview, installed: float) -> None:
        super().__init__(name, path)
        self.made = made
        self.installed = installed
        self.changed = True

    def path_stats(self, path: str) -> Mapping[str, Any]:
        """Return time and size of the source, which Python asks for first."""
        stats = super().path_stats(path)
        size = int.from_bytes(self.made[:_SIZE], "little")
        self.changed = stats["mtime"] > self.installed or stats["size"] != size
        return stats

    def get_data(self, path: str) -> bytes:
        """Return the content of *path*, which is the source, or what has been compiled of it."""
        ours = path.endswith(f".{sys.implementation.cache_tag}.pyc") and not self.changed
        return bytes(self.made[_SIZE:]) if ours else super().get_data(path)
