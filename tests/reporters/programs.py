"""Programs of others that judge what the formats write. A test that needs one skips where it is missing.

NIANBAO_NODE_MODULES names the folder node_modules with the packages of npm.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cli.running import PATIENCE


def node_package(name: str, file: str) -> Path:
    """Return *file* of the package *name* of npm, or skip."""
    home = os.environ.get("NIANBAO_NODE_MODULES")
    if not home:
        pytest.skip("NIANBAO_NODE_MODULES does not say where the packages of npm are")
    path = Path(home, name, file)
    if not path.exists():
        pytest.skip(f"{name} of npm is not installed")
    return path


def program(*names: str) -> str:
    """Return the first of the programs *names* that is on the path, or skip."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed")
    return found


def ran(*command: object) -> str:
    """Return what *command* writes. Raises CalledProcessError where it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, check=True, timeout=PATIENCE)
    return done.stdout.decode()
