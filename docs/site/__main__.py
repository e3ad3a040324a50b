"""Builds the site: `python -m docs.site [FOLDER] [--checker PAGE]`, from nothing, every warning an error."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import get_args

from nianbao.text.language import Language

from docs.site.sources import CHECKER, DOCS, ROOT, write

HERE = DOCS / "site"


def build(out: Path, checker: Path | None) -> bool:
    """Build both languages into *out*, which is emptied first, with the page *checker* if there is one.

    Return whether Sphinx had nothing to warn of; its warnings are on standard error.
    """
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as room:
        makers = []
        for language in get_args(Language):
            write(Path(room, language), language)
            makers.append(sphinx(language, Path(room, language), out / language, checker))
        codes = [maker.wait() for maker in makers]
    shutil.copyfile(HERE / "index.html", out / "index.html")
    if checker is not None:
        shutil.copyfile(checker, out / CHECKER)
    return not any(codes)


def sphinx(
    language: Language, sources: Path, out: Path, checker: Path | None = None
) -> subprocess.Popen[bytes]:
    """Return the process that makes of *sources* the pages in *language*, which lead to the *checker* if there is one."""
    shutil.copytree(HERE / "locale", sources / "locale")  # what is compiled of it goes beside it
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q"]
    folders = ["-c", HERE, "-d", sources.with_suffix(".doctrees"), sources, out]
    checks = CHECKER if checker is not None else ""
    environment = {**os.environ, "NIANBAO_SITE_LANGUAGE": language, "NIANBAO_SITE_CHECKER": checks}
    return subprocess.Popen([*command, *map(str, folders)], env=environment)


def main() -> int:
    """Build as the command line says and return the exit code: 1 if Sphinx has warned of anything."""
    asked = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    asked.add_argument("folder", type=Path, nargs="?", default=ROOT / "build" / "site")
    asked.add_argument(
        "--checker", type=Path, help=f"the page {CHECKER}, which the site then has and leads to"
    )
    given = asked.parse_args()
    return 0 if build(given.folder, given.checker) else 1


if __name__ == "__main__":
    sys.exit(main())
