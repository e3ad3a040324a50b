"""Builds the site: `python -m docs.site [FOLDER] [--checker PAGE]`, from nothing, every warning an error."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nianbao.text.language import Language

from docs.site.sources import CHECKER, DOCS, ROOT, write

SPHINX: dict[Language, str] = {"zh": "zh_CN", "en": "en"}  # the languages as Sphinx calls them
HERE = DOCS / "site"


def build(out: Path, checker: Path | None) -> None:
    """Build both languages into *out*, which is emptied first, with the page *checker* if there is one.

    Raises CalledProcessError after the warnings of Sphinx have been shown.
    """
    shutil.rmtree(out, ignore_errors=True)
    for language, called in SPHINX.items():
        with tempfile.TemporaryDirectory() as room:
            sources = Path(room)
            write(sources, language, checker=checker is not None)
            command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-E"]
            folders = ["-c", str(HERE), "-d", f"{room}/.doctrees", room, str(out / language)]
            subprocess.run(
                [*command, *folders], env={**os.environ, "NIANBAO_SITE_LANGUAGE": called}, check=True
            )
    shutil.copyfile(HERE / "index.html", out / "index.html")
    if checker is not None:
        shutil.copyfile(checker, out / CHECKER)


def main() -> int:
    """Build as the command line says and return the exit code: 1 if Sphinx has warned of anything."""
    asked = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    asked.add_argument("folder", type=Path, nargs="?", default=ROOT / "build" / "site")
    asked.add_argument(
        "--checker", type=Path, help=f"the page {CHECKER}, which the site then has and leads to"
    )
    given = asked.parse_args()
    try:
        build(given.folder, given.checker)
    except subprocess.CalledProcessError:
        return 1
    print(given.folder / "index.html")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
