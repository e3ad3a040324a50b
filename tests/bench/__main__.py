"""Run the measurements named, or all of them but the profile."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # where the mutations are

from tests.bench import measure, server

NAMES = ("counts", "cold", "warm", "prose", "doubling", "fixes", "server")

for name in sys.argv[1:] or NAMES:
    print(f"-- {name}")  # noqa: T201
    for line in getattr(server if name == "server" else measure, name)():
        print(line, flush=True)  # noqa: T201
