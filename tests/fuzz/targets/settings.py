"""Settings: refused with their place, or each report has settings, and every rule a reason why it runs or does not.

The files named are three in a folder of their own: what lies elsewhere is no part of it.
"""

import os
from contextlib import chdir
from functools import cache
from tempfile import TemporaryDirectory

from nianbao.files.values import members
from nianbao.files.yaml_file import FileError
from nianbao.plugins.loaded import PluginError
from nianbao.run.settings import chosen, options_of
from nianbao.run.settings_file import SettingsFile
from nianbao.run.settings_layers import is_path, read_settings

from tests.fuzz import held
from tests.fuzz.changes import listed, pieces
from tests.fuzz.target import Refused, Target
from tests.fuzz.targets.rules_file import refused

_BESIDE = {
    "base.yaml": "select: [SUM, PER]\n",
    "circle.yaml": "extends: nianbao.yaml\n",
    "own.rules.yaml": 'rules:\n  - code: XX001\n    name: own\n    kind: require-phrase\n    with: {in: 总体情况, phrases: [公开]}\n    basis: 本县要点\n    cases: {pass: ["一、总体情况\\n公开。\\n"], fail: ["一、总体情况\\n平稳。\\n"]}\n',
}
_WORDS = (
    *(f"{key}: " for key in listed("extends select extend-select ignore severity options fail-on level year region rules plugins overrides paths")),
    "national", "strict", "base.yaml", "circle.yaml", "own.rules.yaml", "nianbao.yaml", "SUM", "SUM001", "PER001", "ALL", "XX001", "{SUM001: info}", "{SEC007: {limit: 800}}", "never", "error", "county", "township", "2021",
    "乡镇/*", "*a*a*a*a*b", "[", "]", "{", "}", "- ", "\n  - ", "&a ", "*a", "~", "---\n", "true", "1e3", "'", '"',
)  # fmt: skip
_REPORTS = ("报告.txt", "乡镇/青禾镇.docx")


@cache
def _folder() -> TemporaryDirectory[str]:
    made = TemporaryDirectory()
    for name, text in _BESIDE.items():
        with open(os.path.join(made.name, name), "w", encoding="utf-8") as file:
            file.write(text)
    return made


def run(data: bytes) -> object:
    """Return what the settings in *data* say of two reports."""
    text = data.decode("utf-8", "replace")
    with chdir(_folder().name):
        try:
            _, item = read_settings("nianbao.yaml", text)
            named = [each.written for key in ("extends", "rules", "plugins") for each in members(item, key)]
            if "plugins" in text or any(is_path(name) and name not in _BESIDE for name in named):
                return Refused("a file elsewhere")
            with open("nianbao.yaml", "w", encoding="utf-8", errors="replace", newline="") as file:
                file.write(text)  # what the circle leads back to
            settings = SettingsFile("nianbao.yaml", text)
        except FileError as error:
            return refused(error)
        except PluginError as error:
            return Refused(held.reason(error.text.zh))
        return [_said(settings, report) for report in _REPORTS]


def _said(file: SettingsFile, report: str) -> object:
    settings = file.settings(report)
    rules = chosen(file.plugins.rules, settings)
    decided = [file.decided(rule, report) for rule in file.plugins.rules]
    assert {rule.code for rule in rules} == {
        rule.code for rule, each in zip(file.plugins.rules, decided, strict=True) if each.runs
    }
    origins = [file.severity_origin(rule, report) for rule in rules]
    return (
        settings,
        [rule.severity for rule in rules],
        options_of(settings),
        decided,
        origins,
        list(file.values(report)),
    )


def _seeds() -> list[bytes]:
    texts = (
        "extends: national\nignore: [TYP002]\nextend-select: SEC007\nseverity: {PER001: error}\noptions: {SEC007: {limit: 800}}\nregion: 青禾县\noverrides:\n  - paths: 乡镇/*\n    level: township\n",
        "extends: base.yaml\nrules: [own.rules.yaml]\nfail-on: warning\nyear: 2021\n",
        "extends: strict\nselect: [SUM, XX001]\nrules: own.rules.yaml\n",
    )
    return [text.encode() for text in texts]


TARGET = Target(
    run, _seeds, pieces(r"\n *(?:- )?|[\w-]+: |[\[\]{},]|[^\n\[\]{},:]+|:", _WORDS), longest=2**13
)
