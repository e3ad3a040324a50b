"""Writes docs/reference/ from rules, shapes and docstrings, and the families in the READMEs: `python docs/generate.py`."""

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import get_args

import nianbao
from nianbao import api, testing
from nianbao.api import Basis, Level, Plugin, Rule, Severity, Strength
from nianbao.engine.notices import NOTICES, Notice
from nianbao.files.scalars import Choice
from nianbao.files.shape import Many, Record, Shape, TextOr
from nianbao.plugins.declared.file import KINDS, RULES_FILE
from nianbao.plugins.hooks import Specification
from nianbao.reporters.catalogue import catalogue
from nianbao.run.settings_shape import SETTINGS_FILE
from nianbao.suppression.waivers import WAIVERS_FILE
from nianbao.text.language import Language
from nianbao_rules import FAMILIES, nianbao_add_profiles, nianbao_add_rules

REFERENCE = Path(__file__).parent / "reference"
INDEX = "rules.md"
CATALOGUE = "catalogue.json"
# How the rules fare on texts by other hands, as tests/bench/measured.py counts it.
MEASURED = Path(__file__).parents[1] / "tests" / "bench" / "measured.json"
# Pages of the reference that are not made here: by hand, and by tests/bench/detection.py and performance.py.
OTHERS = ("arguable.md", "detection.md", "performance.md")
TITLES = {family.PREFIX: family.TITLE for family in FAMILIES}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
STRENGTHS = {
    Strength.LAW: "法律、法规或通知写明“应当”",
    Strength.FORM: "格式印明",
    Strength.NOTICE: "通知要求",
    Strength.PRACTICE: "通行做法",
    Strength.HEURISTIC: "本程序的判断",
}
MADE = "<!-- 由 docs/generate.py 生成，改规则的文档字符串后重新生成，不要直接改这里。 -->\n"
NOTICES_TITLE = f"{MADE}# 不由规则作出的发现\n\n[规则一览]({INDEX})\n"
QUALIFIED = r"\b(?:nianbao\w*\.|collections\.abc\.|typing\.)(?:\w+\.)*"
LEVEL = "Literal[" + ", ".join(map(repr, get_args(Level))) + "]"
LABEL = re.compile(r"^(为什么|反例|正例|怎样改)：", re.MULTILINE)


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the text of each page by its file name: an index, and a page for each family."""
    families = _families(rules)
    made = {INDEX: "".join(_index(families))}
    made.update({f"{family}.md": "".join(_family(family, its)) for family, its in families.items()})
    return made


def pages_each(rules: Sequence[Rule], language: Language) -> dict[str, str]:
    """Return the same for the site in *language*: a list for each family and the notices, and a page for each of them."""
    made = {}
    for family, its in _families(rules).items():
        made[f"{family}.md"] = _title(family) + "\n" + "".join(_table(family, its))
        made.update({f"{rule.code}.md": _own_head(rule, language) + "".join(_rule(rule)) for rule in its})
    lines = (
        f"- [{each.code}]({each.code}.md) `{each.name}`：{each.summary.zh}\n" for each in NOTICES.values()
    )
    made["notices.md"] = NOTICES_TITLE + "\n" + "".join(lines)
    made.update(
        {f"{each.code}.md": _own_head(each, language) + "".join(_notice(each)) for each in NOTICES.values()}
    )
    return made


def _families(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        families.setdefault(rule.family, []).append(rule)
    return families


def _index(families: Mapping[str, Sequence[Rule]]) -> Iterator[str]:
    yield MADE + "# 规则一览\n\n"
    yield "规则的代号不会改作他用。严重程度由依据决定：法律、法规写明“应当”的和格式印明的可以是错误，"
    yield "通行做法至多是警告，本程序自己的判断只作提示（[ADR 0005](../adr/0005-severity-and-basis.md)）。\n"
    yield "命令行里用 `nianbao explain 代号` 看同样的内容。\n"
    yield "豁免没有用上、规则自身出错一类，见[不由规则作出的发现](notices.md)。\n"
    yield "依据有争议、因而只作提示或者默认不启用的，见[有争议的规则](arguable.md)。\n"
    for family, rules in families.items():
        yield f"\n## [{family}]({family}.md) {TITLES[family].zh}\n\n"
        yield from _table(family, rules)


def _table(family: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield "| 代号 | 名称 | 程度 | 检查什么 |\n| --- | --- | --- | --- |\n"
    for rule in rules:
        severity = SEVERITIES[rule.severity] + ("" if rule.enabled else "，默认不启用")
        yield f"| [{rule.code}]({family}.md#{_anchor(rule)}) | `{rule.name}` | {severity} | {rule.summary.zh} |\n"


def _family(family: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield _title(family)
    for rule in rules:
        yield "\n" + _head_of(rule)
        yield from _rule(rule)


def _title(family: str) -> str:
    return MADE + f"# {family} {TITLES[family].zh}\n\n[规则一览]({INDEX})\n"


def _head_of(rule: Rule | Notice) -> str:
    return f"## {rule.code} {rule.name}\n\n{rule.summary.zh}。*{rule.summary.en}*\n\n"


def _own_head(rule: Rule | Notice, language: Language) -> str:
    other = rule.summary.zh if language == "en" else rule.summary.en
    return f"# {rule.code} {rule.summary.of(language)}\n\n`{rule.name}` *{other}*\n\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"- 程度：{SEVERITIES[rule.severity]}{'' if rule.enabled else '（默认不启用）'}\n"
    yield f"- 适用：{_forms(rule)}\n"
    for basis in rule.basis:
        yield f"- 依据：{_basis(basis)}\n"
    yield f"\n{_documentation(rule)}\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}".lower()


def _forms(rule: Rule) -> str:
    return "、".join(rule.forms) + " 格式" if rule.forms else "任何报告"


def _basis(basis: Basis) -> str:
    return f"{basis}（{STRENGTHS[basis.strength]}）"


def _documentation(rule: Rule | Notice) -> str:
    """Return the docstring of *rule* as Markdown, each of its labels set in bold."""
    paragraphs = re.sub(r"(?<=[^\n])\n(?=正例：)", "\n\n", inspect.cleandoc(rule.documentation))
    return LABEL.sub(r"**\1**：", paragraphs)


def of_programs() -> dict[str, str]:
    """Return the catalogue: `nianbao rules --format json` with what is measured of each rule."""
    whole = catalogue(sorted(nianbao_add_rules(), key=lambda rule: rule.code), "zh")
    counted = json.loads(MEASURED.read_text(encoding="utf-8"))
    for record in whole["rules"]:
        counts = counted.get(record["code"], {"texts": 0})
        texts = counts["texts"]
        rated = {**counts, "false_rate": round(counts["false"] / texts, 4)} if texts else None
        record["measured"] = rated
    return {CATALOGUE: json.dumps(whole, ensure_ascii=False, indent=2) + "\n"}


# -- files written by hand, and plugins --------------------------------------------------------------------


def written_by_hand() -> dict[str, str]:
    """Return the pages on settings, rule files and waivers: every key with its type and meaning."""
    return {
        "configuration.md": "".join(_configuration()),
        "kinds.md": "".join(_kinds()),
    }


def _configuration() -> Iterator[str]:
    yield MADE + "# 配置和豁免文件 Settings and waivers\n\n"
    yield "`nianbao.yaml` 放在报告所在的文件夹或它上面的文件夹，离报告最近的一份起作用；也可以写在 `pyproject.toml` 的 "
    yield "`[tool.nianbao]`。`nianbao config show 报告` 显示每项设置由哪个文件的哪一行定下。\n\n"
    yield "*The closest `nianbao.yaml` above a report holds; `[tool.nianbao]` of a `pyproject.toml` does as well.*\n\n"
    yield from _keys(SETTINGS_FILE)
    yield "\n## 方案 Profiles\n\n"
    yield "`extends` 里可以写的名称。插件可以增加；`./` 开头的是文件，写法与 `nianbao.yaml` 相同。\n\n"
    yield "| 名称 | | |\n| --- | --- | --- |\n"
    for profile in nianbao_add_profiles():
        yield f"| `{profile.name}` | {profile.summary.zh} | *{profile.summary.en}* |\n"
    yield "\n## 规则的选项 Options of rules\n\n| 规则 | 选项 | 默认 | | |\n| --- | --- | --- | --- | --- |\n"
    for rule in nianbao_add_rules():
        for option in rule.options:
            about = f"{option.about.zh} | *{option.about.en}*"
            yield f"| {rule.code} | `{option.name}` | {option.default} | {about} |\n"
    yield "\n## nianbao.waivers.yaml\n\n"
    yield "豁免：写明理由的问题不再计入。用 `nianbao waive` 写，也可以手写。"
    yield "*Findings that somebody has answered for; `nianbao waive` writes them.*\n\n"
    yield from _keys(WAIVERS_FILE)


def _kinds() -> Iterator[str]:
    yield MADE + "# YAML 规则 Rules in YAML\n\n"
    yield "一份 `*.rules.yaml`，在 `nianbao.yaml` 的 `rules` 里写明。怎样写起，见[教程](../tutorial.zh-CN.md)。"
    yield "*A `*.rules.yaml` file, named under `rules` in `nianbao.yaml`; see the [tutorial](../tutorial.md).*\n\n"
    yield from _keys(RULES_FILE)
    yield "\n## 种类 Kinds\n"
    for kind in KINDS.values():
        yield f"\n### {kind.name}\n\n{kind.about.zh}。*{kind.about.en}.*\n\n`with` 的键：\n\n"
        yield from _keys(kind.given)
        yield "\n`message`、`help` 里可以用的：\n\n| | | |\n| --- | --- | --- |\n"
        for name, about in kind.operands.items():
            yield f"| `{{{name}}}` | {about.zh} | *{about.en}* |\n"
        yield f"\n不写 `message` 时：{kind.message.zh}\n"


def _keys(record: Record) -> Iterator[str]:
    """Yield a table of the keys of *record* and of all that it holds; what stands in two places once."""
    yield "| 键 | 写什么 | 说明 | |\n| --- | --- | --- | --- |\n"
    yield from _lines(record, "", {})


def _lines(record: Record, prefix: str, seen: dict[int, str]) -> Iterator[str]:
    for key in record.keys:
        if id(key) in seen:
            continue
        name = f"{prefix}{key.name}"
        seen[id(key)] = prefix
        must = "（必写）" if key.required else ""
        inner = _inner(key.shape)
        again = {seen[id(each)] for each in inner.keys if id(each) in seen} if inner else set()
        more = f"，其余与{_named(again.pop())}相同" if again else ""
        yield f"| `{name}`{must} | {_type(key.shape)}{more} | {key.about.zh} | *{key.about.en}* |\n"
        if inner is not None:
            yield from _lines(inner, f"{name}.", seen)


def _named(prefix: str) -> str:
    return f" `{prefix[:-1]}` " if prefix else "最上一层"


def _inner(shape: Shape) -> Record | None:
    """Return the record that *shape* is or holds, None for none."""
    if isinstance(shape, Many):
        return _inner(shape.member)
    found = getattr(shape, "record", shape)
    return found if isinstance(found, Record) else None


def _type(shape: Shape) -> str:
    if isinstance(shape, Choice):
        others = f"；也可以写 {'、'.join(shape.others)}" if shape.others else ""
        return " ".join(f"`{word}`" for word in shape.words) + others
    if isinstance(shape, Many):
        return f"{_type(shape.member)}；可以是列表" if shape.single else f"列表：{_type(shape.member)}"
    if isinstance(shape, TextOr):
        return "文本或键值对"
    return shape.wanted.zh.strip()


def plugins() -> dict[str, str]:
    """Return the pages on hooks and on the API, from their docstrings."""
    return {"hooks.md": "".join(_hooks()), "api.md": "".join(_api())}


def _hooks() -> Iterator[str]:
    yield MADE + "# 挂钩 Hooks\n\n"
    yield "插件是一个模块，安装后由入口点组 `nianbao` 找到，或者在 `nianbao.yaml` 的 `plugins` 里写明文件。"
    yield "*A plugin is a module: installed, it is found by the entry-point group `nianbao`; a file is named under `plugins` in `nianbao.yaml`.*\n\n"
    yield f"## nianbao_plugin\n\n```python\nnianbao_plugin = Plugin{inspect.signature(Plugin)}\n```\n\n{inspect.getdoc(Plugin)}\n"
    for name, hook in vars(Specification).items():
        if name.startswith("nianbao_"):
            returned = _signature(hook).rpartition(" -> ")[2]
            yield f"\n## {name}\n\n```python\n@hookimpl\ndef {name}() -> {returned}\n```\n\n{inspect.getdoc(hook)}\n"


_PUBLIC = {
    nianbao: "nianbao\n\nWhat a program calls.",
    api: f"nianbao.api {api.VERSION}\n\nThe only module that a plugin imports. A minor version adds; a major one may take away.",
    testing: "nianbao.testing\n\nThe kit to test rules with.",
}


def _api() -> Iterator[str]:
    yield MADE
    for module, head in _PUBLIC.items():
        yield f"{'' if module is nianbao else chr(10)}# {head}\n"
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isclass(value) or inspect.isfunction(value):
                yield f"\n## {name}\n\n```python\n{_head(name, value)}\n```\n\n{inspect.getdoc(value)}\n"
                yield from _methods(value)


def _head(name: str, value: object) -> str:
    fields = getattr(value, "_fields", None)
    if inspect.isclass(value) and issubclass(value, Enum):
        return f"{name}: " + ", ".join(member.name for member in value)
    if fields is not None:
        hints = value.__annotations__
        defaults = getattr(value, "_field_defaults", {})
        shown = [
            f"{field}: {_hint(hints[field])}" + (" = …" if field in defaults else "") for field in fields
        ]
        return f"{name}({', '.join(shown)})"
    return f"{name}{_signature(value)}"


def _methods(value: object) -> Iterator[str]:
    """Yield a line for each public method and property of a class."""
    if not inspect.isclass(value):
        return
    for name, member in vars(value).items():
        function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(value, name)
        text = (
            inspect.getdoc(function) if inspect.isfunction(function) or inspect.ismethod(function) else None
        )
        if name.startswith("_") or not text:
            continue
        called = isinstance(member, classmethod) or inspect.isfunction(member)
        call = _signature(function).replace("(self, ", "(").replace("(self)", "()") if called else ""
        yield f"\n- `{name}{call}`: {' '.join(text.split())}\n"


def _signature(value: Callable[..., object]) -> str:
    """Return the signature of *value*, types by their own names."""
    signature = str(inspect.signature(value)).replace(LEVEL, "Level").replace("''", '""').replace("'", "")
    return re.sub(QUALIFIED, "", signature)


def _hint(hint: object) -> str:
    said = (
        hint
        if isinstance(hint, str)
        else getattr(hint, "__forward_arg__", None) or inspect.formatannotation(hint)
    )
    return re.sub(QUALIFIED, "", said.replace(LEVEL, "Level"))


def notices() -> dict[str, str]:
    """Return the page on the findings that no rule makes."""
    return {"notices.md": "".join(_notices())}


def _notices() -> Iterator[str]:
    yield NOTICES_TITLE
    for notice in NOTICES.values():
        yield "\n" + _head_of(notice)
        yield from _notice(notice)


def _notice(notice: Notice) -> Iterator[str]:
    yield f"- 程度：{SEVERITIES[notice.severity]}\n\n{_documentation(notice)}\n"


# -- the READMEs -------------------------------------------------------------------------------------------

READMES: dict[str, Language] = {"README.md": "en", "README.zh-CN.md": "zh"}
FAMILY_ROWS = re.compile(r"(?:\| \[[A-Z]{2,4}\]\(docs/reference/[A-Z]{2,4}\.md\) \|[^\n]*\n)+")


def readmes() -> dict[str, str]:
    """Return the text of each README with the families there are in its table."""
    root = REFERENCE.parents[1]
    return {
        name: _with_families((root / name).read_text(encoding="utf-8"), READMES[name]) for name in READMES
    }


def _with_families(text: str, language: Language) -> str:
    rows = (
        f"| [{family.PREFIX}](docs/reference/{family.PREFIX}.md) | {family.TITLE.of(language)} |\n"
        for family in FAMILIES
    )
    return FAMILY_ROWS.sub(lambda _: "".join(rows), text, count=1)


def everything() -> dict[str, str]:
    """Return the text of every page of the reference by its file name."""
    return {**pages(nianbao_add_rules()), **of_programs(), **written_by_hand(), **plugins(), **notices()}


def main() -> None:
    """Write every page, and take away those that are no more."""
    made = everything()
    for path in REFERENCE.glob("*.md"):
        if path.name not in {*made, *OTHERS}:
            path.unlink()
    REFERENCE.mkdir(exist_ok=True)
    for name, text in made.items():
        (REFERENCE / name).write_text(text, encoding="utf-8", newline="\n")
    for name, text in readmes().items():
        (REFERENCE.parents[1] / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
