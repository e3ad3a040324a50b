"""The first files of a new report, rule, plugin or profile: complete, explained in Chinese, and passing their own tests.

Imports the shapes of files written by hand. What it returns is written by `nianbao new`.
"""

import os
from string import Template

from nianbao.files.shape import Key
from nianbao.run.settings_shape import SETTINGS_FILE
from nianbao.scaffold.checkout import national_cases

DEFAULT = "require-phrase"
_TEMPLATES = os.path.join(os.path.dirname(__file__), "templates")

# An example of each key of a profile.
_EXAMPLES = {
    "extends": "[national]",
    "select": "[SUM, ART]",
    "extend-select": "[SEC007]",
    "ignore": "[TYP001]",
    "severity": "{PER001: warning}",
    "options": "{SEC007: {limit: 800}}",
    "level": "township",
    "year": "2024",
    "region": "青禾县",
    "fail-on": "warning",
    "docs-url": "https://docs.qinghe.example",
    "points": "[{name: 数据, worth: 40, rules: [SUM], each: 5}]",
    "plugins": "[county.py]",
    "rules": "[county.rules.yaml]",
}
_SCHEMA = """\
# yaml-language-server: $schema=settings.schema.json
# 用 VS Code 等编辑器写，上一行让它提示写法；提示的内容先存好：nianbao schema --of settings > settings.schema.json
"""
_ABOUT_PROFILE = f"""\
{_SCHEMA}\
# 方案：几份配置共用的设置。在 nianbao.yaml 里写 extends: [./{{name}}.yaml]，就以它为底，自己写的胜过它。
# 要用哪一项，就去掉那一行开头的井号再改。核对：nianbao config check {{name}}.yaml
"""
_SETTINGS = f"""\
{_SCHEMA}\
# 这个文件夹（连同下级文件夹）里的报告用这些设置检查；nianbao config show 报告.txt 显示每项设置的来历。
{{key}}: [{{file}}]
"""

Files = dict[str, str]  # the texts of files by path; lines end with a line feed


def rule_in_yaml(name: str, code: str, kind: str = DEFAULT) -> Files:
    """Return `NAME.rules.yaml` with one rule of *kind*, its cases and a comment on every key."""
    rule = _filled(os.path.join("kinds", f"{kind}.txt"), basis=_filled("basis.yaml.txt").rstrip("\n"))
    return {f"{name}.rules.yaml": _filled("rules.yaml.txt", code=code, rule=rule.rstrip("\n"))}


def rule_in_python(name: str, code: str) -> Files:
    """Return `NAME.py`, a plugin of one file with one rule, and its cases beside it."""
    rule = _filled("rule.py.txt", code=code)
    return {
        f"{name}.py": _filled("county.py.txt", name=name, code=code, prefix=code[:-3], rule=rule),
        f"{name}.cases.yaml": _filled("cases.yaml.txt", name=name, code=code),
    }


def national_rule(name: str, code: str, file: str) -> Files:
    """Return *file* with the national rule *name*, and the file of its cases in the tests of the checkout."""
    words = {"name": name, "code": code}
    return {
        file: _filled("national/rule.py.txt", **words, function=name.replace("-", "_")),
        national_cases(file): _filled("national/cases.yaml.txt", **words),
    }


def plugin(name: str, prefix: str) -> Files:
    """Return the project of the plugin *name*: a package that can be installed, with a rule in Python, one in YAML, and their tests."""
    package = f"nianbao_{name.replace('-', '_')}"
    words = {"name": name, "prefix": prefix, "package": package}
    (declared,) = rule_in_yaml(name, f"{prefix}101").values()
    files = {
        "pyproject.toml": _filled("plugin/pyproject.toml.txt", **words),
        "README.md": _filled("plugin/README.md.txt", **words),
        f"{package}/__init__.py": _filled(
            "plugin/module.py.txt", **words, rule=_filled("rule.py.txt", code=f"{prefix}001")
        ),
        f"{package}/{name}.rules.yaml": declared,
        "tests/test_rules.py": _filled("plugin/test_rules.py.txt", **words),
    }
    return {f"{name}/{path}": text for path, text in files.items()}


def profile(name: str) -> Files:
    """Return `NAME.yaml` with every key that a profile may have; only the first is in use."""
    entries = [_entry(key) for key in SETTINGS_FILE.keys if key.name in _EXAMPLES]
    return {f"{name}.yaml": "\n".join((_ABOUT_PROFILE.format(name=name), *entries))}


def settings(key: str, file: str) -> str:
    """Return a nianbao.yaml that lists *file* under *key*, rules or plugins."""
    return _SETTINGS.format(key=key, file=file)


def _entry(key: Key) -> str:
    mark = "" if key.name == "extends" else "# "
    return f"# {key.about.zh}\n{mark}{key.name}: {_EXAMPLES[key.name]}\n"


def _filled(template: str, **words: str) -> str:
    with open(os.path.join(_TEMPLATES, template), encoding="utf-8") as file:
        return Template(file.read()).substitute(words)
