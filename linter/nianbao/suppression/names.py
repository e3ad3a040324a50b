"""Files of waivers and baselines beside the reports: where they are, and what they call a report."""

import os
from contextlib import suppress

from nianbao.files.lookup import closest, folders, settings_path


def report_name(report: str, file: str, here: str = "") -> str:
    """Return the path of *report* from the folder of *file*, with `/` and without its suffix.

    Both are from the folder *here*, "" for the current one.
    """
    report, file = os.path.join(here, report), os.path.join(here, file)
    stem = os.path.splitext(os.path.abspath(report))[0]
    with suppress(ValueError):  # another drive of Windows
        stem = os.path.relpath(stem, os.path.dirname(os.path.abspath(file)))
    return stem.replace(os.sep, "/")


def home(folder: str, name: str) -> str:
    """Return the path of the file *name* for the reports in *folder*, which may not exist yet.

    It is the closest there is; else beside the settings, else in the current folder if that is above *folder*,
    else in *folder* itself.
    """
    here = os.getcwd()
    path = closest(folder, name) or os.path.join(os.path.dirname(settings_path(folder)), name)
    if not os.path.isabs(path):
        path = os.path.join(here if here in folders(folder) else os.path.abspath(folder), name)
    return os.path.relpath(path) if path.startswith(os.path.join(here, "")) else path
