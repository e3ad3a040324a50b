"""青石县的年报规则、格式、读取器、输出格式和方案。"""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from nianbao.api import (
    OutputFormat,
    Plugin,
    Profile,
    Reader,
    Rule,
    Text,
    hookimpl,
    read_form,
    read_rules,
)

from nianbao_qingshi.reader import QSX
from nianbao_qingshi.rules import balance_of_2031, online_within_received
from nianbao_qingshi.tally import TALLY

nianbao_plugin = Plugin(prefixes=("QS",))
_HERE = os.path.dirname(__file__)


@hookimpl
def nianbao_add_rules() -> Sequence[Rule]:
    """Return the rules written in Python and those written in YAML."""
    declared = read_rules(os.path.join(_HERE, "qingshi.rules.yaml"))
    return [balance_of_2031, online_within_received, *declared]


@hookimpl
def nianbao_add_forms() -> Sequence[Mapping[str, Any]]:
    """Return the form that the county prescribes from 2031 on."""
    return [read_form(os.path.join(_HERE, "2031.yaml"))]


@hookimpl
def nianbao_add_readers() -> Sequence[Reader]:
    """Return the reader of what the county's system exports."""
    return [QSX]


@hookimpl
def nianbao_add_reporters() -> Sequence[OutputFormat]:
    """Return the line for each report that the county's notice asks for."""
    return [TALLY]


@hookimpl
def nianbao_add_profiles() -> Sequence[Profile]:
    """Return the settings for all organs of the county."""
    summary = Text("青石县各单位", "the organs of Qingshi county")
    settings = {
        "extends": ["national"],
        "region": "青石县",
        "severity": {"QS101": "error"},
        "ignore": ["TYP"],
    }
    return [Profile("qingshi", summary, settings)]
