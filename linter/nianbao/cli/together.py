"""The reports of one run, made known to each other before they are judged."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nianbao.files.folder import Wanted
from nianbao.run.linter import Input
from nianbao.run.resolve import Resolver

if TYPE_CHECKING:  # a report that is checked alone has no others
    from nianbao.run.cache import Cache
    from nianbao.run.round import Round

_TWO = 2  # the least number of reports that can be compared


def together(
    files: Sequence[Input],
    resolver: Resolver,
    paths: Sequence[str],
    selected: Wanted,
    *,
    asked: bool = False,
    cache: "Cache | None" = None,
    jobs: int = 1,
) -> "Round | None":
    """Return the reports *files*, which *paths* mean, each with what it knows of the others; None if none is compared.

    Of the files that they are compared with, those *selected* are read. The roll is called if it is *asked* for.
    """
    compared = [resolver.compared(file.path) for file in files]
    beside = any(each.previous or each.members or each.roster for each in compared)
    if len(files) < _TWO and not beside:
        return None
    from nianbao.run.acquaintance import Learning, company_of, round_of, wanted

    roster = any(each.roster for each in compared)
    if not roster and not wanted(files):
        return None
    company = company_of(zip(files, compared, strict=True), resolver, selected)
    folders = [path for path in paths if os.path.isdir(path)]
    return round_of(company, Learning(cache), jobs, asked=asked, within=folders)
