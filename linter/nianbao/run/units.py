"""The units of a round, as a roster has them."""

import os
from collections.abc import Mapping

from nianbao_grammar.records import NamedTuple

from nianbao.report.issuer import Level


class Unit(NamedTuple):
    """One line of a roster. *parent* is the name of another unit, "" for none."""

    name: str
    level: Level | None = None
    parent: str = ""
    short: tuple[str, ...] = ()
    line: int = 0


class Roster(NamedTuple):
    """The *units* of the roster at *path*, in its order, by their names."""

    path: str
    units: Mapping[str, Unit]

    @property
    def folder(self) -> str:
        """The real path of the folder that it is in."""
        return os.path.dirname(os.path.realpath(self.path))
