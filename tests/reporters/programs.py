"""Programs of others that judge what the formats write. A test that needs one skips where it is missing.

NIANBAO_NODE_MODULES names the folder node_modules with the packages of npm.
"""

import os
import subprocess
from pathlib import Path

import pytest
from cli.running import PATIENCE


def node_package(name: str, file: str) -> Path:
    """Return *file* of the package *name* of npm, or skip."""
    home = os.environ.get("NIANBAO_NODE_MODULES")
    if not home:
        pytest.skip(f"{name} of npm is not there: NIANBAO_NODE_MODULES does not say where")
    path = Path(home, name, file)
    if not path.exists():
        pytest.skip(f"{name} of npm is not installed")
    return path


def ran(*command: object) -> str:
    """Return what *command* writes. Raises CalledProcessError where it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, check=True, timeout=PATIENCE)
    return done.stdout.decode()
