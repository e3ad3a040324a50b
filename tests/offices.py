"""Environments of their own with nianbao in them, to install things into."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from cli.running import PATIENCE, Ended, environment
from test_packaging import COPIED, ROOT, run

PLUGINS = Path(__file__).parent / "plugins"
WHEEL = "import sys; from hatchling import build; print(build.build_wheel(sys.argv[1]))"
# What nianbao needs; what a county's own tests need; what pip builds a county's plugin with.
LIBRARIES = (
    *("click", "lark", "pluggy", "PyYAML", "wcwidth"),
    *("pytest", "iniconfig", "packaging", "Pygments"),
    *("pip", "hatchling", "pathspec", "trove-classifiers"),
)
COMMANDS = ("pip", "pytest")


class Office(NamedTuple):
    """A virtual environment with nianbao, the wheels of two plugins, and which of them are installed."""

    python: str
    commands: Path
    wheels: Path
    there: set[str]

    def holds(self, *plugins: str) -> None:
        """Install *plugins* and uninstall the other."""
        for name in self.there - set(plugins):
            self.pip("uninstall", "--yes", f"nianbao-{name}")
        for name in set(plugins) - self.there:
            (wheel,) = self.wheels.glob(f"nianbao_{name}-*.whl")
            self.pip("install", "--no-index", "--no-deps", str(wheel))
        self.there.clear()
        self.there.update(plugins)

    def pip(self, *arguments: str) -> None:
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        run(self.wheels, sys.executable, "-m", "pip", "--python", self.python, *arguments, *quiet)

    def nianbao(self, *arguments: object, folder: Path) -> Ended:
        """Run the command that pip has put into the environment, in *folder*."""
        return self.process(str(self.commands / "nianbao"), *map(str, arguments), folder=folder)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the variables of a shell in which this environment is active; pip asks no network there."""
        clean = {name: value for name, value in environment(more).items() if not name.startswith("PYTHON")}
        return {
            **clean,
            "PATH": os.pathsep.join((str(self.commands), os.defpath)),
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip reads the word behind the NO: false
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PYTHONUTF8": "1",
        }

    def process(self, *command: str, folder: Path) -> Ended:
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.environment(),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def plugins(self, folder: Path) -> dict[str, dict[str, Any]]:
        """Return what `nianbao plugins` says of each."""
        listed = json.loads(self.nianbao("plugins", "--format", "json", folder=folder).stdout)["plugins"]
        return {one["name"]: one for one in listed}


def opened(home: Path) -> Office:
    """Return an environment in the folder *home* with nianbao and what it needs, and no plugin yet."""
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    context = builder.ensure_directories(home / "office")
    builder.create(home / "office")
    paths = {"base": str(home / "office"), "platbase": str(home / "office")}
    for library in LIBRARIES:
        copied(library, Path(sysconfig.get_path("purelib", "venv", paths)))
    commands, wheels, sources = (
        Path(sysconfig.get_path("scripts", "venv", paths)),
        home / "wheels",
        home / "sources",
    )
    for name in (*COPIED, ".gitignore"):
        put(ROOT / name, sources / "nianbao" / name)
    for name in ("qingshi", "broken"):
        put(PLUGINS / name, sources / name)
    wheels.mkdir()
    for name in ("nianbao", "qingshi", "broken"):
        run(sources / name, sys.executable, "-c", WHEEL, str(wheels))
    made = Office(context.env_exe, commands, wheels, set())
    (wheel,) = wheels.glob("nianbao-*.whl")
    made.pip("install", "--no-index", "--no-deps", str(wheel))
    for name in COMMANDS:
        script = commands / name
        script.write_text(f'#!/bin/sh\nexec {made.python} -m {name} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    return made


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def copied(library: str, target: Path) -> None:
    """Copy the files of an installed *library*, its commands left out."""
    for file in metadata.files(library) or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            path = target / file
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), path)
