"""Writes the conformance suite as one archive: `python -m tests.conformance [FILE.tar.gz]`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # where the packages of the tests are

from conformance.suite import ARCHIVE, archived, files, whole_cases

if __name__ == "__main__":
    target = Path(*sys.argv[1:2] or [ARCHIVE])
    target.write_bytes(archived(files(whole_cases())))
    print(target)  # noqa: T201
