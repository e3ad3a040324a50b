"""Files of waivers and baselines beside the reports: where they are, and what they call a report."""

import os
from contextlib import suppress

from nianbao_grammar.records import NamedTuple

from nianbao.files.lookup import closest, folders, settings_path
from nianbao.report.report import Report


class Subject(NamedTuple):
    """The organ and the year of a report, by which it is the same in a file of another name; "" for what is not known."""

    organ: str = ""
    year: str = ""

    @property
    def known(self) -> bool:
        """Whether both are known."""
        return bool(self.organ and self.year)


def subject_of(report: Report) -> Subject:
    """Return the organ and the year of *report*."""
    return Subject("".join(report.issuer.name.split()), str(report.year or ""))


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
