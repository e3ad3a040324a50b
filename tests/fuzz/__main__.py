"""Fuzz a target: `python -m tests.fuzz TARGET --seconds 600`; without one the targets are listed."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the tests' own modules are

from tests.fuzz.session import FOLDER, fuzz
from tests.fuzz.trial import NAMES, attempt, target

parser = ArgumentParser("python -m tests.fuzz", description="Fuzz a target, guided by coverage.")
parser.add_argument("target", nargs="?", choices=NAMES, help="without it the targets are listed")
parser.add_argument("--seconds", type=int, default=600, help="how long, by the clock (600)")
parser.add_argument(
    "--folder", type=Path, default=FOLDER, help=f"where inputs and crashes are kept ({FOLDER})"
)
parser.add_argument("--repeat", type=Path, metavar="FILE", help="try this one input, without atheris")
asked = parser.parse_args()
if asked.target is None:
    for name in NAMES:
        print(f"{name:12}{(import_module(f'tests.fuzz.targets.{name}').__doc__ or '').splitlines()[0]}")  # noqa: T201
elif asked.repeat is not None:
    print(attempt(target(asked.target), asked.repeat.read_bytes()))  # noqa: T201
else:
    session = fuzz(asked.target, asked.seconds, asked.folder)
    print(session)  # noqa: T201
    sys.exit(1 if session.crash else 0)
