"""A report that is judged on another machine: it takes all with it that its verdict depends on."""

import os
import sys
from functools import cache

from nianbao import __version__
from nianbao.files.regular import HANDWRITTEN_BYTES, contents
from nianbao.files.yaml_file import reading
from nianbao.plugins.entry_points import installed
from nianbao.run.linter import Input
from nianbao.text.source import Source


def portable(file: Input) -> Input:
    """Return *file*, which has been read, with all that it is judged by: no other file is needed, nor the current folder.

    Python that settings name stays where it is. Raises FileError for a file of rules that is gone.
    """
    settings = file.settings._replace(texts=_texts(file.settings.rules))
    baseline = file.baseline.about(file.path) if file.baseline is not None else None
    return file._replace(settings=settings, baseline=baseline, here=os.getcwd())


@cache
def _texts(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the contents of the files of rules at *paths*, read once, as they are loaded once."""
    texts = []
    for path in paths:
        with reading(path):
            texts.append(Source.decode(contents(path, HANDWRITTEN_BYTES), path).text)
    return tuple(texts)


@cache
def stamp() -> str:
    """Return what has to be the same on two machines for a report to have the same verdict: versions of ours, Python, plugins."""
    python = "Python {}.{}".format(*sys.version_info)
    ours = f"nianbao {__version__}"
    return ", ".join(dict.fromkeys((ours, python, *sorted(point.distribution for point in installed()))))
