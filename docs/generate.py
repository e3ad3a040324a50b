"""Writes docs/reference/ from the metadata of the rules: `python docs/generate.py`."""

import inspect
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from nianbao.api import Basis, Rule, Severity, Strength
from nianbao_rules import nianbao_add_rules

REFERENCE = Path(__file__).parent / "reference"
INDEX = "rules.md"
FAMILIES = {
    "DOC": "读取报告",
    "HDR": "标题和导语",
    "SEC": "结构",
    "ART": "表二：第二十条各项",
    "PER": "统计期限",
    "SUM": "表三、表四和勾稽关系",
    "TYP": "文字和标点",
}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
STRENGTHS = {
    Strength.LAW: "法律、法规或通知写明“应当”",
    Strength.FORM: "格式印明",
    Strength.NOTICE: "通知要求",
    Strength.PRACTICE: "通行做法",
    Strength.HEURISTIC: "本程序的判断",
}
MADE = "<!-- 由 docs/generate.py 生成，改规则的文档字符串后重新生成，不要直接改这里。 -->\n"
LABEL = re.compile(r"^(为什么|反例|正例|怎样改)：", re.MULTILINE)


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the text of each page by its file name: an index, and a page for each family."""
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        families.setdefault(rule.family, []).append(rule)
    order = sorted(families, key=lambda family: ([*FAMILIES, family].index(family), family))
    made = {INDEX: "".join(_index([(family, families[family]) for family in order]))}
    made.update({f"{family}.md": "".join(_family(family, families[family])) for family in order})
    return made


def _index(families: Sequence[tuple[str, Sequence[Rule]]]) -> Iterator[str]:
    yield MADE + "# 规则一览\n\n"
    yield "规则的代号不会改作他用。严重程度由依据决定：法律、法规写明“应当”的和格式印明的可以是错误，"
    yield "通行做法至多是警告，本程序自己的判断只作提示（[ADR 0005](../adr/0005-severity-and-basis.md)）。\n"
    yield "命令行里用 `nianbao explain 代号` 看同样的内容。\n"
    for family, rules in families:
        yield f"\n## [{family}]({family}.md) {FAMILIES.get(family, '')}\n\n"
        yield "| 代号 | 名称 | 程度 | 检查什么 |\n| --- | --- | --- | --- |\n"
        for rule in rules:
            severity = SEVERITIES[rule.severity] + ("" if rule.enabled else "，默认不启用")
            yield f"| [{rule.code}]({family}.md#{_anchor(rule)}) | `{rule.name}` | {severity} | {rule.summary.zh} |\n"


def _family(family: str, rules: Sequence[Rule]) -> Iterator[str]:
    yield MADE + f"# {family} {FAMILIES.get(family, '')}\n\n[规则一览]({INDEX})\n"
    for rule in rules:
        yield f"\n## {rule.code} {rule.name}\n\n"
        yield f"{rule.summary.zh}。*{rule.summary.en}*\n\n"
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


def _documentation(rule: Rule) -> str:
    """Return the docstring of *rule* as Markdown, each of its labels set in bold."""
    paragraphs = re.sub(r"(?<=[^\n])\n(?=正例：)", "\n\n", inspect.cleandoc(rule.documentation))
    return LABEL.sub(r"**\1**：", paragraphs)


def main() -> None:
    """Write every page, and take away those of families that are no more."""
    made = pages(nianbao_add_rules())
    for path in REFERENCE.glob("*.md"):
        if path.name not in made:
            path.unlink()
    REFERENCE.mkdir(exist_ok=True)
    for name, text in made.items():
        (REFERENCE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
