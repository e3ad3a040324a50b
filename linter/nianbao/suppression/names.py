"""Files that stand beside the reports and speak of them: where they are, what they call a report, how they change."""

import os
from contextlib import suppress

from nianbao.files.lookup import closest, folders, settings_file


def name_beside(report: str, file: str) -> str:
    """Return the path of *report* from the folder of *file*, with `/` and without its suffix."""
    stem = os.path.splitext(os.path.abspath(report))[0]
    with suppress(ValueError):  # another drive of Windows
        stem = os.path.relpath(stem, os.path.dirname(os.path.abspath(file)))
    return stem.replace(os.sep, "/")


def home(folder: str, name: str) -> str:
    """Return the path of the file *name* that speaks of reports in *folder*, whether it is there or to be made.

    The closest there is; else beside the settings, else in the current folder where that is above *folder*,
    else in *folder* itself.
    """
    here = os.getcwd()
    found = closest(folder, name) or os.path.join(os.path.dirname(settings_file(folder)), name)
    if not os.path.isabs(found):
        found = os.path.join(here if here in folders(folder) else os.path.abspath(folder), name)
    return os.path.relpath(found) if found.startswith(os.path.join(here, "")) else found
