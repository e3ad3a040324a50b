"""`nianbao roster`: the roster of the units of a round, begun from the reports there are."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Any

from nianbao.cli.command import Command, complain
from nianbao.cli.console import output
from nianbao.cli.errors import Misuse
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.cli.targets import Target, check_targets, force_option
from nianbao.files.replace import Replacement
from nianbao.report.neighbour import Neighbour
from nianbao.run.acquaintance import Learning
from nianbao.run.pairing import units_in
from nianbao.run.resolve import Requested
from nianbao.run.roster import NAME, written
from nianbao.run.verdicts import holds_files, inputs
from nianbao.text.language import Language, Text

_HELP = Text(
    "从现有的报告起一份机关名册 units.csv，列有机关、级别、上级、简称，用 Excel 打开、补全：没有交来的机关要自己加上。\n"
    "有了名册，check --roster（或者 nianbao.yaml 的 roster）列出没有报送的、报送两份的、报送别的年度的。已有的名册不改；要重写，加 --force。",
    "Begins units.csv, a roster of the units with level, parent and short names, from the reports there are; complete it in Excel: units that handed in nothing are to be added.\n"
    "With it, check --roster (or roster in nianbao.yaml) tells who has not reported, who twice, who on another year. One that exists is left as it is, unless --force is given.",
)
_FOLDER = Text("文件夹", "FOLDER")
_FOLDERS = Text(
    "报告所在的文件夹，名册写在它里面；或者压缩包，名册写在它旁边",
    "the folder of the reports, into which the roster is written, or an archive, beside which it is",
)
_FILE = Text("文件", "FILE")
_OUT = Text("名册写到这个文件", "write the roster to this file")
_NO_FOLDER = Text("没有文件夹或者压缩包“{path}”", "no folder or archive {path!r}")
_THERE = Text(
    "{path} 已经有了，没有改动；要重写，加 --force", "{path} exists and is left as it is; --force replaces it"
)
_NOBODY = Text(
    "没有一份报告写明机关，没有名册可写", "no report names its organ, so there is no roster to write"
)
_DONE = Text(
    "{path}：{units} 个机关，{orphans} 个没有写上级；请核对，并补上没有交来的机关",
    "{path}: units {units}, without a parent {orphans}; check it, and add the units that have handed in nothing",
)
_NAMELESS = Text("{path}：看不出机关", "{path}: its organ is not named")


def command(language: Language) -> Command:
    """Return the command in *language*."""
    params = [
        Argument("path", _FOLDER.of(language), _FOLDERS.of(language)),
        Option(("-o", "--out"), word=_FILE.of(language), help=_OUT.of(language)),
        force_option(language),
        *settings_params(language),
    ]
    return Command("roster", language, _HELP, params, partial(roster, language))


def roster(language: Language, *, path: str, out: str | None, force: bool, **sought: Any) -> int:
    """Write a roster of the units that have reports in the folder *path*. Raises Misuse, OSError."""
    if not holds_files(path):
        raise Misuse(_NO_FOLDER.fill(path=path).of(language))
    there = out or os.path.join(path if os.path.isdir(path) else os.path.dirname(path), NAME)
    resolver = resolver_of(Requested(**sought, begun=there), language)
    files = [resolver.resolved(f) for f in inputs([path], resolver.suffixes, resolver.notice).files]
    if os.path.lexists(there) and not force:
        raise Misuse(_THERE.fill(path=there).of(language))
    read = [*(file.path for file in files), *resolver.files]
    suffixes = resolver.suffixes(path)
    check_targets([Target(there, "text")], read, language, suffixes=suffixes, force=force)
    units = units_in(_reports(files, [Learning().learn(file).seen for file in files], language))
    if not units:
        complain(_NOBODY.of(language))
        return 3
    new = Replacement(there)
    try:
        new.file.write(written(units))
    except BaseException:
        new.leave()
        raise
    new.put()
    orphans = sum(not unit.parent for unit in units)
    output().write(_DONE.fill(path=there, units=len(units), orphans=orphans).of(language) + "\n")
    return 0


def _reports(files: Sequence[Any], seen: Sequence[Any], language: Language) -> list[Neighbour]:
    """Return those of *seen* that name their organ; the others are named on standard error."""
    found = []
    for file, report in zip(files, seen, strict=True):
        if isinstance(report, Neighbour) and report.organ:
            found.append(report)
        elif isinstance(report, Neighbour):
            complain(_NAMELESS.fill(path=file.name).of(language))
        else:
            complain(f"{file.name}: {report.reason.of(language)}")
    return found
