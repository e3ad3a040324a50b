"""Rules declared in YAML: what each kind finds and leaves alone, and what is said of a file that is wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from effort import LINEAR, affordable, growth
from nianbao.engine.finding import OutcomeState, Severity, Strength
from nianbao.engine.lint import lint
from nianbao.engine.rule import Applies, Rule, Target
from nianbao.engine.verdict import Verdict
from nianbao.files.yaml_file import FileError
from nianbao.plugins.declared.file import KINDS, RULES_FILE
from nianbao.plugins.declared.reading import read_rules
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Case, Draft, compliant, run
from nianbao.testing.declared_cases import read_cases
from nianbao.text.language import Text
from nianbao.text.source import Source, Span

RECEIVED = "applications/received/total"
CARRIED = "applications/carried_in/total"
OUTCOMES = "applications/total/total"
LEFT_OVER = "applications/carried_out/total"

SMALL = """\
rules:
  - code: QH001
    name: new-media-section
    kind: require-section
    with: {title: 政务新媒体, in: overview}
    applies: {level: [township, county], years: "2020..", region: 青禾县}
    basis: {document: 青禾县政务公开工作方案, article: 第五条, strength: law}
    severity: warning
    message: 在{within}没有“{title}”
    why: 群众从这里知道向谁留言
    cases:
      pass: ["一、总体情况\\n（一）政务新媒体管理\\n无。\\n"]
      fail: ["一、总体情况\\n无。\\n"]
  - code: QH002
    name: received-range
    kind: cell-range
    with: {cell: applications/received/total, min: 0, max: 500}
    basis: 青禾县年报编制要点
    cases:
      pass: [{set: {applications/received/total: 500}}]
      fail: [{set: {applications/received/total: 501}}]
"""

# What is written in place of what, with ¦ before the place of the error; then what the message must say.
FAULTS = {
    "a file that is a list": (SMALL, "¦- code: QH001\n", "规则文件应为键值对", "begin with rules:"),
    "no rules": (SMALL, "rules: ¦[]\n", "“rules”是空的", "rules is empty"),
    "key unknown": ("    severity", "    ¦severety", "没有“severety”这个键", "did you mean severity?"),
    "key of applies unknown": ("years:", "¦year:", "是不是“years”", "did you mean years?"),
    "key of with unknown": ("{title:", "{¦titel:", "没有“titel”这个键", "did you mean title?"),
    "key missing": ("    kind: require-section\n", "", "缺少“kind”", "kind is missing: add it"),
    "no basis": ("    basis: 青禾县年报编制要点\n", "", "缺少“basis”", "basis is missing"),
    "no passing case": (
        '      pass: ["一、总体情况\\n（一）政务新媒体管理\\n无。\\n"]\n      fail',
        "      ¦fail",
        "缺少“pass”",
        "pass is missing",
    ),
    "no failing case": (
        'fail: ["一、总体情况\\n无。\\n"]',
        "fail: ¦[]",
        "“fail”是空的",
        "fail is empty",
    ),
    "code in small letters": ("QH001", "¦qh001", "不是规则代号", "two to four capital letters"),
    "code twice": ("QH002", "¦QH001", "“QH001”已经用于第 2 行的规则", "QH001 is taken by the rule in line 2"),
    "name twice": ("received-range", "¦new-media-section", "已经用于第 3 行", "in line 3"),
    "name with a space": ("received-range", "¦received range", "不是规则名", "no name of a rule"),
    "kind unknown": ("require-section", "¦require-sections", "是不是“require-section”", "did you mean require-section?"),
    "level unknown": ("[township, county]", "[township, ¦town]", "是不是“township”", "did you mean township?"),
    "years that are none": ('"2020.."', '¦"2020-2022"', "写作 2024、2020..", "write 2024, 2020.."),
    "years read as a number": ('"2020.."', "¦2020.", "“2020.”不是年份的范围", "2020. is no range"),
    "years the wrong way round": ('"2020.."', '¦"2022..2020"', "止于 2020 年，早于起始的 2022 年", "ends in 2020"),
    "years before any form": ('"2020.."', '¦"..2018"', "没有用格式 2019、2021 的报告", "is on form 2019, 2021"),
    "form unknown": ("level: [township, county]", "form: ¦2020", "没有格式“2020”", "there is no form 2020"),
    "form not of these years": (
        '[township, county], years: "2020.."',
        'township, form: 2019, years: ¦"2021.."',
        "没有用格式 2019 的报告",
        "is on form 2019",
    ),
    "severity above that of a text": (
        "    cases:\n      pass: [{set",
        "    severity: ¦error\n    cases:\n      pass: [{set",
        "依据的分量是 notice，最高为 warning；条款写明“应当”的，给 basis 写上 strength: law 和 article",
        "allows warning at most: if the clause says 应当, give basis its article and strength: law",
    ),
    "severity above that of a heuristic": (
        "article: 第五条, strength: law}\n    severity: warning",
        "strength: heuristic}\n    severity: ¦warning",
        "最高为 info",
        "allows info at most",
    ),
    "law without an article": (
        "basis: {document: 青禾县政务公开工作方案, article: 第五条,",
        "basis: ¦{document: 青禾县政务公开工作方案,",
        "补上 article",
        "add article",
    ),
    "strength unknown": ("strength: law", "strength: ¦laws", "是不是“law”", "did you mean law?"),
    "operand unknown": (
        "没有“{title}”",
        "没有“¦{titel}”",
        "没有操作数“titel”；是不是“title”",
        "has no operand titel: did you mean title?",
    ),
    "operand unknown inside quotes": (
        "message: 在{within}没有“{title}”",
        'message: "在{within}没有：¦{found}"',
        "没有操作数“found”；改为其中之一：title, within",
        "make it one of title, within",
    ),
    "operand of a key that is left out": (
        "min: 0, max: 500}",
        "min: 0}\n    help: 不超过¦{max}",
        "没有操作数“max”",
        "no operand max",
    ),
    "operand with a format": ("{title}”", "¦{title:>9}”", "不能有“:>9”；改为 {title}", "write {title}"),
    "operand with an attribute": ("{title}”", "¦{title.__class__}”", "不能有“.__class__”", "nothing such as .__class__"),
    "operand with a conversion": ("{title}”", "¦{title!r}”", "不能有“!r”", "nothing such as !r"),
    "brace that does not close": ("{title}”", "¦{title”", "单独的“{”", "written twice, {{"),
    "brace that does not open": ("{title}”", "title¦}”", "单独的“}”", "written twice, }}"),
    "message in one language": ("message: 在{within}没有“{title}”", "message: ¦{zh: 没有}", "缺少“en”", "en is missing"),
    "operand in the English message": (
        "message: 在{within}没有“{title}”",
        "message: {zh: 没有, en: 'none ¦{x}'}",
        "没有操作数“x”",
        "no operand x",
    ),
    "message read as a truth value": ("message: 在{within}没有“{title}”", "message: ¦no", '"no"', 'in quotes, "no"'),
    "title read as a time": ("{title: 政务新媒体,", "{title: ¦1:30,", '加上引号："1:30"', "in quotes"),
    "title read as a date": ("{title: 政务新媒体,", "{title: ¦2024-01-01,", "读作日期", "it is read as a date"),
    "title with leading noughts": ("{title: 政务新媒体,", "{title: ¦0571,", '加上引号："0571"', "in quotes"),
    "case read as a truth value": ('fail: ["一、总体情况\\n无。\\n"]', "fail: [¦off]", '"off"', 'in quotes, "off"'),
    "neither title nor titles": ("{title: 政务新媒体, in", "¦{in", "缺少“title”或“titles”", "title or titles is missing"),
    "title and titles": ("in: overview", "¦titles: [甲]", "“title”和“titles”只写一个", "exclude each other"),
    "title of nothing but asterisks": ("title: 政务新媒体", 'title: ¦"**"', "什么也不剩", "nothing is left"),
    "title without end": ("政务新媒体", "¦" + "政" * 201, "超过 200 个字", "more than 200"),
    "section unknown": (
        "in: overview",
        "in: ¦overveiw",
        "没有“overveiw”这个部分；是不是“overview”",
        "did you mean overview?",
    ),
    "section title unknown": ("in: overview", "in: [总体情况, ¦总体状况]", "是不是“总体情况”", "总体情况"),
    "cell unknown": (
        "cell: applications/received/total",
        "cell: ¦applications/recieved/total",
        "是不是“applications/received/total”（表三 · 一、本年新收政府信息公开申请数量 · 总计）",
        "did you mean applications/received/total (表三",
    ),
    "cell unknown by place": (
        "cell: applications/received/total",
        "cell: ¦表三 · 一、本年新收政府信息公开申请数 · 总计",
        "是不是“applications/received/total”",
        "did you mean applications/received/total",
    ),
    "cell far from any": (
        "cell: applications/received/total",
        "cell: ¦甲",
        "写作 applications/received/total，或者照格式写",
        "write applications/received/total",
    ),
    "cell of one form": (
        "cell: applications/received/total",
        "cell: ¦regulations/rules/repealed",
        '格式 2019 没有“regulations/rules/repealed”这一格；在 applies 中写 form，只列有这一格的格式："2021"',
        'form 2019 has no cell regulations/rules/repealed: write form under applies with those that have it: "2021"',
    ),
    "cell twice": (
        "cell: applications/received/total",
        "cells: [applications/received/total, ¦表三 · 一、本年新收政府信息公开申请数量 · 总计]",
        "写了两次",
        "is here twice",
    ),
    "limits crossed": ("min: 0, max: 500", "min: 501, max: ¦500", "max（500）小于 min（501）", "is less than min"),
    "no limit": ("with: {cell: applications/received/total, min: 0, max: 500}", "with: ¦{cell: applications/received/total}", "缺少“min”或“max”", "min or max is missing"),
    "limit in quotes": ("max: 500", 'max: ¦"500"', "“max”应为数字", "max is a number"),
    "limit with an exponent": ("max: 500", "max: ¦5e2", "“max”应为数字", "max is a number"),
    "limit with leading noughts": ("max: 500", "max: ¦0500", "“max”应为数字", "max is a number"),
    "key twice": ("    why:", "    name: a\n    why:", "“name”在同一处写了两次", "twice"),
    "a tab": ("    why:", "¦\twhy:", "制表符", "use spaces"),
    "a tag": ("with: {cell", "with: ¦!!python/object {cell", "不使用类型标记", "type tags"),
    "an anchor bomb": (
        SMALL,
        "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
        "e: ¦&e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
        "引用展开后超过",
        "once aliases are followed",
    ),
}  # fmt: skip
FAULTS["key missing"] = (
    "  - code: QH001\n    name: new-media-section\n    kind: require-section\n",
    "  - ¦code: QH001\n    name: new-media-section\n",
    *FAULTS["key missing"][2:],
)
FAULTS["no basis"] = (
    "  - code: QH002\n    name: received-range\n    kind: cell-range\n    with: {cell: applications/received/total,"
    " min: 0, max: 500}\n    basis: 青禾县年报编制要点\n",
    "  - ¦code: QH002\n    name: received-range\n    kind: cell-range\n    with: {cell: applications/received/total,"
    " min: 0, max: 500}\n",
    *FAULTS["no basis"][2:],
)
FAULTS["key twice"] = ("    why:", "    ¦name: a\n    why:", *FAULTS["key twice"][2:])


def marked(text: str) -> tuple[str, int, int]:
    """Return *text* without its mark, and the line and column that the mark is before."""
    before, _, after = text.partition("¦")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def written(folder: Path, text: str) -> str:
    path = folder / "青禾.rules.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


@pytest.mark.parametrize("name", FAULTS)
def test_says_where_and_what_to_do(name: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A fault is named at its line and column, in both languages, with what puts it right."""
    old, new, chinese, english = FAULTS[name]
    assert SMALL.count(old) >= 1
    text, line, column = marked(SMALL.replace(old, new, 1))
    path = written(tmp_path, text)

    with pytest.raises(FileError) as caught:
        read_rules(path, forms)

    error = caught.value
    assert (error.line, error.column) == (line, column), error.text.zh
    assert error.fault.others == (), "one cause, one fault"
    for words, said in ((error.text.zh, chinese), (error.text.en, english)):
        assert words.startswith(f"{path}:{line}:{column}: ")
        assert said in words
    # What to do follows what is wrong.
    assert any(mark in error.text.zh for mark in "；？")
    assert any(mark in error.text.en.removeprefix(path)[8:] for mark in ":?")


WITH_FAULTS = {
    "exception that excepts nothing": (
        "forbid-phrase",
        "{phrase: 全覆盖, except: [¦全面]}",
        "“全面”里没有“全覆盖”",
        "does not contain",
    ),
    "replacement that is found again": (
        "replace-phrase",
        "{phrase: 政务公开, by: ¦政务公开工作}",
        "把“政务公开工作”写进 except",
        "list 政务公开工作 under except",
    ),
    "replacement missing": ("replace-phrase", "¦{phrase: 政务公开}", "缺少“by”", "by is missing"),
    "day that is none": ("deadline", "{by: ¦02-30}", "“02-30”不是每年都有的日期", "no day of every year"),
    "day of leap years": ("deadline", "{by: ¦02-29}", "不是每年都有", "no day of every year"),
    "day with a year": ("deadline", "{by: ¦2025-03-31}", "写作 03-31", "write 03-31"),
    "day left out": ("deadline", "{by: ¦}", "“by”应为文本，这里是空值", "this is nothing"),
    "date of what": ("deadline", "{by: 03-31, of: ¦head}", "没有“head”这个值", "head is no value of of"),
    "title in a section": ("limit-length", "{of: title, ¦in: overview, max: 9}", "删去 in", "delete in"),
    "length of nothing": ("limit-length", "¦{max: 9}", "缺少“in”或“of”", "in or of is missing"),
    "length of no limit": ("limit-length", "¦{of: title}", "缺少“max”或“min”", "max or min is missing"),
    "length that is no count": ("limit-length", "{of: title, max: ¦9.5}", "整数", "whole number"),
    "sum with a cell on both sides": (
        "equal-sums",
        f"{{left: [{RECEIVED}, {CARRIED}], right: ¦{RECEIVED}}}",
        "写了两次",
        "is here twice",
    ),
    "length of the report in a section": (
        "limit-length",
        "{of: report, ¦in: overview, max: 9}",
        "of 为 report 时删去 in",
        "delete in if of is report",
    ),
    "count of nothing": ("require-count", "¦{unit: 个}", "缺少“noun”或“nouns”", "noun or nouns is missing"),
    "count of two": (
        "require-count",
        "{noun: 甲, ¦nouns: [乙]}",
        "“noun”和“nouns”只写一个",
        "exclude each other",
    ),
    "count of a blank": ("require-count", '{noun: ¦"**"}', "什么也不剩", "nothing is left"),
    "count without a cell": ("equal-count", "¦{noun: 甲}", "缺少“cell”", "cell is missing"),
    "count and a cell that there is not": (
        "equal-count",
        "{noun: 甲, cell: ¦applications/recieved/total}",
        "是不是“applications/received/total”",
        "did you mean applications/received/total",
    ),
    "own cell without its column": (
        "require-cell",
        "{cell: ¦{row: 甲}}",
        "缺少“column”",
        "column is missing",
    ),
    "own cell with a key too many": (
        "require-cell",
        "{cell: {row: 甲, column: 乙, ¦tabel: 丙}}",
        "是不是“table”",
        "did you mean table?",
    ),
    "own cell twice": (
        "require-cell",
        "{cells: [{row: 甲, column: 乙}, ¦{row: 甲, column: 乙}]}",
        "“甲 · 乙”写了两次",
        "甲 · 乙 is here twice",
    ),
    "sum with one side": ("equal-sums", f"¦{{left: {RECEIVED}}}", "缺少“right”", "right is missing"),
}


@pytest.mark.parametrize("name", WITH_FAULTS)
def test_says_where_in_with(name: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """What only one kind can get wrong is named at its place as well."""
    kind, given, chinese, english = WITH_FAULTS[name]
    text, line, column = marked(one(kind, given))

    with pytest.raises(FileError) as caught:
        read_rules(written(tmp_path, text), forms)

    error = caught.value
    assert (error.line, error.column) == (line, column), error.text.zh
    assert error.fault.others == (), "one cause, one fault"
    assert chinese in error.text.zh
    assert english in error.text.en


# Faults after which the rest cannot be told: the file is no YAML, or what is in it no list of rules.
ALONE = {"a file that is a list", "no rules", "a tab", "an anchor bomb", "key twice", "a tag"}


@pytest.mark.parametrize("name", sorted(set(FAULTS) - ALONE))
def test_a_fault_hides_none_in_another_rule(name: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Each is told with one in a rule after it, in the order of their lines, and how many they are at the end."""
    old, new, chinese, english = FAULTS[name]
    whole, line, column = marked(SMALL.replace(old, new, 1))
    below = one("deadline", "{by: 02-30}").removeprefix("rules:\n").replace("QH001", "QH009")
    path = written(tmp_path, whole + below)

    with pytest.raises(FileError) as caught:
        read_rules(path, forms)

    first, second, count = caught.value.text.zh.split("\n")
    assert first.startswith(f"{path}:{line}:{column}: ")
    assert chinese in first
    assert second.startswith(f"{path}:{whole.count(chr(10)) + 4}:16: ")
    assert "不是每年都有的日期" in second
    assert count == "共 2 处错误"
    english_lines = caught.value.text.en.split("\n")
    assert english in english_lines[0]
    assert english_lines[-1] == "2 faults"


ALL_AT_ONCE = """\
rules:
  - code: ¦qh001
    name: ¦New Media
    kind: ¦require-phrse
    with: {phrase: 公众号}
    basis: 青禾县要点
    cases: {pass: [甲], fail: [¦""]}
  - code: QH002
    name: two
    kind: forbid-phrase
    ¦wiht: {phrase: 公众号}
    basis: {document: 青禾县要点, ¦strenght: law}
    severity: ¦errror
    cases: {pass: [甲], fail: [乙]}
  - code: QH004
    name: four
    kind: require-cell
    with: {cells: [requests/x/y, 表九]}
    applies: {form: [¦"2020", ¦"2018"], years: ¦2022..2020}
    basis: ¦{document: 青禾县要点, strength: law}
    message: "¦{cel}没有¦{"
    help: "¦{cell:3}"
    cases: {pass: [甲], fail: [乙]}
  - code: ¦QH004
    name: five
    kind: forbid-phrase
    with: {phrase: 公众号, except: [¦甲, 公众号管理, ¦"**"], in: [¦概述, 总体情况, ¦附件]}
    basis: 青禾县要点
    severity: ¦error
    cases: {pass: [甲], fail: [乙]}
  - code: QH005
    name: ¦five
    kind: limit-length
    with: {in: 开头, min: 5, max: 3}
    basis: 青禾县要点
    cases: ¦{pass: [甲]}
"""


def test_every_fault_of_a_file_is_told_in_one_run(tmp_path: Path, forms: Sequence[Form]) -> None:
    """All but what rests on another: the cells of QH004, whose forms are wrong, and what the `with` of QH005 means,
    which has not the shape of a rule.
    """
    marks = [
        (number, at - line[:at].count("¦") + 1)
        for number, line in enumerate(ALL_AT_ONCE.split("\n"), start=1)
        for at, sign in enumerate(line)
        if sign == "¦"
    ]
    path = written(tmp_path, ALL_AT_ONCE.replace("¦", ""))

    with pytest.raises(FileError) as caught:
        read_rules(path, forms)

    *told, count = caught.value.text.zh.split("\n")
    assert [tuple(map(int, line.removeprefix(path).split(":")[1:3])) for line in told] == marks
    assert count == f"共 {len(marks)} 处错误"


def test_one_value_that_is_used_twice_has_one_fault(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A list behind an alias is there once, so what is wrong inside it is told once."""
    text = one("forbid-phrase", "&a {phrase: [公众号]}")
    below = one("forbid-phrase", "*a").removeprefix("rules:\n").replace("QH001", "QH002")
    with pytest.raises(FileError) as caught:
        read_rules(written(tmp_path, text + below.replace("name: one", "name: two")), forms)
    assert caught.value.fault.others == ()


def test_faults_of_the_yaml_are_told_together(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A tag, a key that is no text, a key that is here twice and an alias for nothing: with the last the reading ends."""
    more = "    3: 4\n    why: 甲\n    why: 乙\n    help: *a\n    4: 5\n"
    path = written(tmp_path, one("forbid-phrase", "!x {phrase: 公众号}", more))
    with pytest.raises(FileError) as caught:
        read_rules(path, forms)
    *told, _ = caught.value.text.en.split("\n")
    assert [line.removeprefix(path).split(":")[1] for line in told] == ["5", "7", "9", "10"]


def one(kind: str, given: str, more: str = "") -> str:
    return (
        f"rules:\n  - code: QH001\n    name: one\n    kind: {kind}\n    with: {given}\n    basis: 青禾县要点\n"
        f"{more}    cases: {{pass: [甲], fail: [乙]}}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000_000,
        "rules:\n" + "  - {code: QH001, name: a}\n" * 400_000,
        "[" * 200_000,
        SMALL + "\x00\x01\x02" * 50,
        "",
    ],
)
def test_bad_input_gives_one_error_quickly(text: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A file without end, of brackets, of control characters or of nothing costs an error and no time."""
    path = written(tmp_path, text)
    with affordable(250), pytest.raises(FileError):
        read_rules(path, forms)


def test_a_rule_for_forms_that_nobody_has(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Where its forms are not there, a rule is refused and not left to name sections that no one checks."""
    text = one("require-phrase", "{phrase: 甲, in: overview}")
    others = [form for form in forms if form.name == "2008"]
    with pytest.raises(FileError, match=r":2:5: no report on these years is on form 2019, 2021"):
        read_rules(written(tmp_path, text), others)


def test_a_file_that_is_not_there(tmp_path: Path, forms: Sequence[Form]) -> None:
    """It is said with its path, like every other fault."""
    with pytest.raises(FileError, match="cannot be read"):
        read_rules(str(tmp_path / "none.rules.yaml"), forms)


# -- what a file says becomes rules --------------------------------------------------------------------


def test_a_file_becomes_rules(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Every key of the file is in the rule, and what is left out has its default."""
    path = written(tmp_path, SMALL)
    section, span = read_rules(path, forms)

    assert (section.code, section.name, section.origin) == ("QH001", "new-media-section", path)
    assert section.severity is Severity.WARNING
    (basis,) = section.basis
    assert (str(basis), basis.strength) == ("青禾县政务公开工作方案第五条", Strength.LAW)
    assert section.applies == Applies(("township", "county"), 2020, None, ("青禾县",))
    assert (section.forms, section.enabled) == (("2019", "2021"), True)
    assert span.needs == ("applications",)
    assert (span.severity, span.basis[0].strength) == (Severity.WARNING, Strength.NOTICE)
    assert span.applies == Applies()
    assert section.target is not None
    assert (section.target.words.zh, section.target.fault) == ("“政务新媒体”", False)


@pytest.mark.parametrize("colon", ["：", ":", " ： "])
def test_a_document_may_say_something_without_an_article(
    colon: str, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """An article that begins with a colon is none: people read the colon, programs only what comes after it."""
    text = SMALL.replace("article: 第五条", f'article: "{colon}总体情况不超过一千字"')
    (basis,) = read_rules(written(tmp_path, text), forms)[0].basis

    assert str(basis) == "青禾县政务公开工作方案：总体情况不超过一千字"
    assert (basis.article, basis.clause) == ("", "总体情况不超过一千字")


def test_the_documentation_says_why_and_shows_examples(tmp_path: Path, forms: Sequence[Form]) -> None:
    """What `explain` shows has the order of the rules shipped: what, why, examples, what to do."""
    section = read_rules(written(tmp_path, SMALL), forms)[0]

    assert section.documentation == (
        "有标题含“政务新媒体”的部分。\n\n为什么：群众从这里知道向谁留言。\n\n"
        "反例：一、总体情况 无。\n正例：一、总体情况 （一）政务新媒体管理 无。\n\n"
        "怎样改：补上“政务新媒体”这一部分。"
    )


@pytest.mark.parametrize(
    ("years", "first", "last"),
    [
        ("2024", 2024, 2024),
        ('"2024"', 2024, 2024),
        ("2020..", 2020, None),
        ('"2020.."', 2020, None),
        ("..2022", None, 2022),
        ("2020..2022", 2020, 2022),
    ],
)
def test_years_with_and_without_quotes(
    years: str, first: int | None, last: int | None, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """Quotes do not change which years are meant."""
    text = one("forbid-phrase", "{phrase: 甲}", f"    applies: {{years: {years}}}\n")
    (rule,) = read_rules(written(tmp_path, text), forms)
    assert (rule.applies.first, rule.applies.last) == (first, last)


@pytest.mark.parametrize(("enabled", "runs"), [("false", False), ("no", False), ("true", True), ("on", True)])
def test_a_rule_may_be_off(enabled: str, runs: bool, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A truth value means the same in each of YAML's spellings."""
    text = one("forbid-phrase", "{phrase: 甲}", f"    enabled: {enabled}\n")
    assert read_rules(written(tmp_path, text), forms)[0].enabled is runs


@pytest.mark.parametrize("form", ["2021", '"2021"', "[2021]"])
def test_a_cell_of_one_form_for_a_rule_on_that_form(form: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A form is named with or without quotes, and cells need to be on the forms named only."""
    text = one("require-cell", "{cell: regulations/rules/repealed}", f"    applies: {{form: {form}}}\n")
    (rule,) = read_rules(written(tmp_path, text), forms)
    assert rule.forms == ("2021",)


def test_a_message_in_two_languages_with_braces(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Each language has its own words; two braces are one."""
    more = "    message: {zh: '{{“{phrase}”}}', en: 'the words {text}'}\n    help: 改为{{别的}}\n"
    rule = made("forbid-phrase", "{phrase: 全覆盖}", tmp_path, forms, more)
    (finding,) = found(rule, "做到全 覆盖。", forms)
    assert finding.message == Text("{“全覆盖”}", "the words 全覆盖")
    assert finding.help == Text("改为{别的}", "改为{别的}")


def made(kind: str, given: str, folder: Path, forms: Sequence[Form], more: str = "") -> Rule:
    (rule,) = read_rules(written(folder, one(kind, given, more)), forms)
    return rule


def judged(rule: Rule, text: str, forms: Sequence[Form], **given: Any) -> Verdict:
    """Return the verdict on *text*, a piece of a report: whether it is a whole one does not matter here."""
    report = Report(Source(text), forms, **{"year": 2024, "level": "county", **given})
    verdict = lint(report, [rule if rule.needs else rule._replace(forms=())])
    assert verdict.outcomes[0].state is not OutcomeState.CRASHED, verdict.outcomes
    return verdict


def found(rule: Rule, text: str, forms: Sequence[Form], **given: Any) -> list[Any]:
    return [diagnostic.finding for diagnostic in judged(rule, text, forms, **given).diagnostics]


def state(rule: Rule, text: str, forms: Sequence[Form], **given: Any) -> OutcomeState:
    return judged(rule, text, forms, **given).outcomes[0].state


# -- require-section -------------------------------------------------------------------------------------

REPORT = """\
青禾县2024年政府信息公开工作年度报告

一、总体情况
全县按要求公开。
（一）政 务 新媒体
有账号３个。
二、主动公开政府信息情况
无。
"""


@pytest.mark.parametrize(
    ("given", "state_"),
    [
        ("{title: 政务新媒体}", OutcomeState.PASSED),
        ("{title: 主动公开}", OutcomeState.PASSED),
        ("{titles: [热线, 新媒体]}", OutcomeState.PASSED),
        ("{title: 政务新媒体, in: overview}", OutcomeState.PASSED),
        ("{title: 政务新媒体, in: 总体情况}", OutcomeState.PASSED),
        ("{title: 热线}", OutcomeState.FAILED),
        ("{title: 有账号}", OutcomeState.FAILED),  # said, but not in a heading
        ("{title: 政务新媒体, in: disclosure}", OutcomeState.FAILED),
        ("{title: 总体情况, in: overview}", OutcomeState.FAILED),  # its own heading is not inside it
        ("{title: 政务新媒体, in: problems}", OutcomeState.NOT_APPLICABLE),
        ("{title: 主动公开, in: [problems, overview]}", OutcomeState.FAILED),  # one of them is there
    ],
)
def test_require_section(given: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A heading of any level counts, white space does not, and prose is no heading."""
    assert state(made("require-section", given, tmp_path, forms), REPORT, forms) is state_


def test_a_missing_section_is_shown_where_it_is_missing(tmp_path: Path, forms: Sequence[Form]) -> None:
    """At the title, or at the heading of the section that lacks it, with what to do in both languages."""
    (whole,) = found(made("require-section", "{titles: [热线, 信箱]}", tmp_path, forms), REPORT, forms)
    (part,) = found(made("require-section", "{title: 热线, in: overview}", tmp_path, forms), REPORT, forms)

    assert REPORT[slice(*whole.span)] == "青禾县2024年政府信息公开工作年度报告"
    assert whole.message == Text(
        "全文没有标题含“热线”或“信箱”的部分", "no heading in the report says “热线” or “信箱”"
    )
    assert REPORT[slice(*part.span)] == "一、总体情况"
    assert part.message.zh == "“总体情况”部分没有标题含“热线”的部分"
    assert part.help == Text("补上“热线”这一部分", "add the section “热线”")


def test_an_entry_of_the_contents_is_no_section(tmp_path: Path, forms: Sequence[Form]) -> None:
    """What a table of contents promises and the report does not keep is missing."""
    titles = "一、总体情况\n二、主动公开政府信息情况\n"
    text = (
        "青禾县2024年政府信息公开工作年度报告\n"
        + titles
        + "一、总体情况\n无。\n二、主动公开政府信息情况\n无。\n"
    )
    rule = made("require-section", "{title: 总体情况, in: 主动公开政府信息情况}", tmp_path, forms)
    assert state(rule, text, forms) is OutcomeState.FAILED


# -- require-phrase --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "state_"),
    [
        ("{phrase: 账号3个}", OutcomeState.PASSED),
        ("{phrase: 政务新媒体}", OutcomeState.PASSED),  # in a heading
        ("{phrase: 青禾县2024年}", OutcomeState.PASSED),  # in the title
        ("{phrases: [甲, 按要求]}", OutcomeState.PASSED),
        ("{phrase: 按要求, in: [disclosure, overview]}", OutcomeState.PASSED),
        ("{phrase: 账号4个}", OutcomeState.FAILED),
        ("{phrase: 按要求, in: disclosure}", OutcomeState.FAILED),
        ("{phrase: 按要求, in: other}", OutcomeState.NOT_APPLICABLE),
    ],
)
def test_require_phrase(given: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Words are met in headings and paragraphs, whatever their width and white space."""
    assert state(made("require-phrase", given, tmp_path, forms), REPORT, forms) is state_


def test_words_in_a_table_are_not_said(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A label of the form says nothing that its writer would have had to say."""
    text = compliant().render()
    rule = made("require-phrase", "{phrase: 要求提供公开出版物}", tmp_path, forms)
    assert "要求提供公开出版物" in text
    (finding,) = found(rule, text, forms)
    assert finding.message == Text(
        "全文没有写“要求提供公开出版物”", "the report does not say “要求提供公开出版物”"
    )
    assert text[slice(*finding.span)] == compliant().title


# -- forbid-phrase and replace-phrase ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "做到«全覆盖»。",
        "做到«全 覆\u3000盖»，又一次«全覆盖»。",
        "𠮷𠮷做到**«全**覆盖»。",
        "一、总体«全覆盖»情况\n无。",
        "一、总体情况\n（一）«全\u200b覆盖»\n不搞全覆盖，也不搞 全 覆盖。",
        "不搞全覆盖，要搞«全覆盖»。",
        "«全<br>覆盖»",
        "一、总体情况\r\n甲«全覆盖»乙\r\n",
    ],
)
def test_a_forbidden_phrase_is_found_exactly_where_it_stands(
    text: str, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """Spans are those of the raw text, white space, width and signs beyond the first plane notwithstanding."""
    rule = made("forbid-phrase", "{phrase: 全覆盖, except: 不搞全覆盖}", tmp_path, forms)
    pieces = text.replace("»", "«").split("«")
    wanted = pieces[1::2]
    raw = "".join(pieces)
    starts = [len("".join(pieces[: 2 * n + 1])) for n in range(len(wanted))]

    findings = found(rule, raw, forms)
    assert [finding.span for finding in findings] == [
        Span(start, start + len(words)) for start, words in zip(starts, wanted, strict=True)
    ]


@pytest.mark.parametrize("text", ["全面覆盖。", "\t全覆盖\n\n\t1\n", "全\n覆盖", ""])
def test_what_only_looks_like_a_forbidden_phrase(text: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Neither other words, nor a cell of a table, nor words of two paragraphs."""
    assert not found(made("forbid-phrase", "{phrase: 全覆盖}", tmp_path, forms), text, forms)


def test_part_of_a_sign_is_no_phrase(tmp_path: Path, forms: Sequence[Form]) -> None:
    """㎡ is folded to m2, and neither m nor 2 is in it; as a whole it does."""
    assert not found(made("forbid-phrase", '{phrase: "2"}', tmp_path, forms), "面积10㎡。", forms)
    (finding,) = found(made("forbid-phrase", "{phrase: m2}", tmp_path, forms), "面积10㎡。", forms)
    assert finding.span == Span(4, 5)


def test_of_overlapping_phrases_one_is_reported(tmp_path: Path, forms: Sequence[Form]) -> None:
    """One cause, one finding: the longer of two phrases that begin together, the first of two that overlap."""
    rule = made("forbid-phrase", "{phrases: [应公开, 应公开尽公开, 公开工作]}", tmp_path, forms)
    findings = found(rule, "应公开尽公开工作，应公开。", forms)
    assert [(f.span, f.data["phrase"]) for f in findings] == [
        (Span(0, 6), "应公开尽公开"),
        (Span(9, 12), "应公开"),
    ]


def test_phrases_in_one_section_only(tmp_path: Path, forms: Sequence[Form]) -> None:
    """What is in another section is none of the rule's business."""
    text = "一、总体情况\n全覆盖。\n五、存在的主要问题及改进情况\n没有问题。\n"
    rule = made("forbid-phrase", "{phrases: [全覆盖, 没有问题], in: problems}", tmp_path, forms)
    (finding,) = found(rule, text, forms)
    assert text[slice(*finding.span)] == "没有问题"
    assert state(rule, "一、总体情况\n没有问题。\n", forms) is OutcomeState.NOT_APPLICABLE


def test_a_phrase_is_replaced_in_the_raw_text(tmp_path: Path, forms: Sequence[Form]) -> None:
    """The fix takes away what is there, white space and all, and is not safe: words may be quoted."""
    rule = made("replace-phrase", "{phrase: 政务信心, by: 政务信息}", tmp_path, forms)
    (finding,) = found(rule, "及时公开政务 信心。", forms)
    assert finding.fix is not None
    assert not finding.fix.safe
    (edit,) = finding.fix.edits
    assert (edit.span, edit.old, edit.new) == (Span(4, 9), "政务 信心", "政务信息")
    assert finding.message == Text("“政务信心”应为“政务信息”", "“政务信心” should read “政务信息”")
    assert rule.target is not None
    assert rule.target.fault


def test_a_replacement_that_contains_the_phrase(tmp_path: Path, forms: Sequence[Form]) -> None:
    """It is right where it is excepted, and what is replaced is not found again."""
    given = "{phrase: 公开平台, by: 政府信息公开平台, except: [政府信息公开平台]}"
    rule = made("replace-phrase", given, tmp_path, forms)
    text = "建设公开平台和政府信息公开平台。"
    (finding,) = found(rule, text, forms)
    (edit,) = finding.fix.edits
    fixed = text[: edit.span.start] + edit.new + text[edit.span.end :]
    assert fixed == "建设政府信息公开平台和政府信息公开平台。"
    assert not found(rule, fixed, forms)


@pytest.mark.parametrize("unit", ["公开平台", "甲 ", "公", "公开", "<br", "㎡"])
def test_a_search_takes_time_in_proportion(unit: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Whatever the paragraph is made of."""
    given = "{phrases: [公公公公公公公公公公, 公开平台公开平台公开平台, 甲甲], except: [公开平台公开平台公开平台公开]}"
    rule = made("forbid-phrase", given, tmp_path, forms)

    def work(size: int) -> None:
        report = Report(Source(unit * (size // len(unit))), forms, year=2024)
        list(zip(range(2000), rule.check(report, None), strict=False))  # type: ignore[arg-type]

    assert growth(work, 50_000) < LINEAR


# -- cells -------------------------------------------------------------------------------------------------


def table(**cells: str) -> Draft:
    """Return a compliant report with the totals of table three changed: received, carried_in, total …"""
    draft = compliant()
    for row, text in cells.items():
        draft.set(f"applications/{row}/total", text)
    return draft


@pytest.mark.parametrize(
    ("text", "state_", "says"),
    [
        ("12", OutcomeState.PASSED, ""),
        ("0", OutcomeState.PASSED, ""),
        ("１２", OutcomeState.PASSED, ""),
        ("", OutcomeState.FAILED, "应填数字，这里是空的"),
        ("/", OutcomeState.FAILED, "应填数字，这里写的是“/”"),
        ("无", OutcomeState.FAILED, "应填数字，这里写的是“无”"),
        ("约12", OutcomeState.FAILED, "应填数字，这里写的是“约12”"),
    ],
)
def test_require_cell(
    text: str, state_: OutcomeState, says: str, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """A figure is one, whatever its width, zero too; a blank, a mark and words are none."""
    rule = made("require-cell", f"{{cell: {RECEIVED}}}", tmp_path, forms)
    verdict = judged(rule, table(received=text).render(), forms)
    assert verdict.outcomes[0].state is state_
    for diagnostic in verdict.diagnostics:
        assert diagnostic.address == "表三 · 一、本年新收政府信息公开申请数量 · 总计"
        assert diagnostic.finding.message.zh == diagnostic.address + says


def test_a_cell_that_is_not_there(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A row that was left out of a table holds no figure."""
    draft = compliant()
    draft.drop("applications/publication")
    rule = made(
        "require-cell",
        "{cells: [applications/publication/total, applications/received/total]}",
        tmp_path,
        forms,
    )
    (finding,) = found(rule, draft.render(), forms)
    assert finding.message.en.endswith("should hold a figure and is not in the table")


@pytest.mark.parametrize(
    "name",
    [
        RECEIVED,
        "表三 · 一、本年新收政府信息公开申请数量 · 总计",
        "表三·一、 本年新收政府信息公开申请数量·总计",
    ],
)
@pytest.mark.parametrize(
    ("limits", "text", "says"),
    [
        ("min: 10, max: 20", "10", None),
        ("min: 10, max: 20", "20", None),
        ("min: 10, max: 20", "21", "是 21，应在 10 至 20 之间"),
        ("min: 0.5", "0.4", "是 0.4，应不小于 0.5"),
        ("min: 0.5", "0.50", None),
        ("max: 20", "１，０００", "是 1000，应不大于 20"),
    ],
)  # fmt: skip
def test_cell_range(
    name: str, limits: str, text: str, says: str | None, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """Both ends belong to the range, figures are decimals, and a cell may be named as the form names it."""
    rule = made("cell-range", f"{{cell: {name}, {limits}}}", tmp_path, forms)
    messages = [f.message.zh for f in found(rule, table(received=text).render(), forms)]
    assert messages == ([f"表三 · 一、本年新收政府信息公开申请数量 · 总计{says}"] if says else [])


def test_a_cell_without_a_figure_is_in_no_range(tmp_path: Path, forms: Sequence[Form]) -> None:
    """It leaves the rule undetermined, unless another cell fails it."""
    rule = made("cell-range", f"{{cells: [{RECEIVED}, {CARRIED}], max: 9}}", tmp_path, forms)
    assert state(rule, table(received="", carried_in="9").render(), forms) is OutcomeState.UNDETERMINED
    verdict = judged(rule, table(received="", carried_in="10").render(), forms)
    assert (verdict.outcomes[0].state, len(verdict.diagnostics)) == (OutcomeState.FAILED, 1)


def test_a_report_without_the_table(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A rule about a table does not apply to a report that has none."""
    rule = made("cell-range", f"{{cell: {RECEIVED}, max: 9}}", tmp_path, forms)
    draft = compliant()
    draft.drop("applications")
    assert state(rule, draft.render(), forms) is OutcomeState.NOT_APPLICABLE


SUMS = f"{{left: [{RECEIVED}, {CARRIED}], right: [{OUTCOMES}]}}"


def test_equal_sums(tmp_path: Path, forms: Sequence[Form]) -> None:
    """The sum is written out with its difference, at the cell that is alone, the others related."""
    rule = made("equal-sums", SUMS, tmp_path, forms)
    text = table(received="143", carried_in="67", total="212").render()
    verdict = judged(rule, text, forms)

    (diagnostic,) = verdict.diagnostics
    finding = diagnostic.finding
    assert diagnostic.text == "212"
    assert diagnostic.address == "表三 · 三（七）总计 · 总计"
    assert "143 + 67 = 210 ≠ 212，相差 2" in finding.message.zh
    assert "143 + 67 = 210 ≠ 212, 2 apart" in finding.message.en
    assert [text[slice(*related.span)] for related in finding.related] == ["143", "67"]
    assert (finding.data["left"], finding.data["right"], finding.data["difference"]) == ("210", "212", "2")
    assert (
        state(rule, table(received="143", carried_in="67", total="210").render(), forms)
        is OutcomeState.PASSED
    )


def test_sums_over_two_tables(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Cells of any tables may be added up, and without one of the tables the rule does not apply."""
    given = f"{{left: {RECEIVED}, right: [review/cases/review_total, {LEFT_OVER}]}}"
    rule = made("equal-sums", given, tmp_path, forms)
    assert rule.needs == ("applications", "review")
    draft = table(received="7", carried_out="2")
    draft.set("review/cases/review_total", "4")
    (finding,) = found(rule, draft.render(), forms)
    assert "7 ≠ 6 = 4 + 2，相差 1" in finding.message.zh
    assert finding.cell.address == RECEIVED
    draft.set("review/cases/review_total", "5")
    assert state(rule, draft.render(), forms) is OutcomeState.PASSED
    draft.drop("review")
    assert state(rule, draft.render(), forms) is OutcomeState.NOT_APPLICABLE


@pytest.mark.parametrize("blank", ["", "/", "若干"])
def test_a_sum_with_a_cell_without_a_figure(blank: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Blank is not zero: nothing can be said of the sum."""
    rule = made("equal-sums", SUMS, tmp_path, forms)
    text = table(received=blank, carried_in="67", total="212").render()
    assert state(rule, text, forms) is OutcomeState.UNDETERMINED


def test_a_table_of_another_form_has_no_such_cell(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A report of 2022 on the form of 2019 lacks what only that of 2021 has; no rule crashes for it."""
    more = '    applies: {years: "2021.."}\n'
    rule = made("require-cell", "{cell: regulations/rules/repealed}", tmp_path, forms, more)
    text = compliant("2019").render()
    assert state(rule, text, forms, year=2022) is OutcomeState.NOT_APPLICABLE


# -- limit-length ------------------------------------------------------------------------------------------

LENGTHS = "青禾县2024年政府信息公开工作年度报告\n\n一、总体情况\n甲乙 丙丁\n（一）戊己\n庚辛壬\n\t１\n\n二、主动公开政府信息情况\n甲\n"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{in: overview, max: 9}", []),  # 甲乙丙丁, 戊己, 庚辛壬: nine, the cell not counted
        ("{in: overview, max: 8}", ["“总体情况”部分有 9 个字，应不超过 8 个字"]),
        ("{in: overview, min: 10}", ["“总体情况”部分有 9 个字，应不少于 10 个字"]),
        ("{in: [overview, disclosure], min: 2, max: 8}", ["“总体情况”部分有 9 个字，应在 2 至 8 个字之间", "“主动公开政府信息情况”部分有 1 个字，应在 2 至 8 个字之间"]),
        ("{of: section, min: 2}", ["“主动公开政府信息情况”部分有 1 个字，应不少于 2 个字"]),
        ("{of: paragraph, max: 3}", ["这一段有 4 个字，应不超过 3 个字"]),
        ("{of: paragraph, in: disclosure, max: 3}", []),
        ("{of: title, max: 20}", []),  # 青禾县2024年政府信息公开工作年度报告: twenty
        ("{of: title, max: 19}", ["标题有 20 个字，应不超过 19 个字"]),
        # Twenty, then 总体情况 甲乙丙丁 戊己 庚辛壬, 主动公开政府信息情况 甲: 44.
        ("{of: report, max: 44}", []),
        ("{of: report, max: 43}", ["全文有 44 个字，应不超过 43 个字"]),
    ],
)  # fmt: skip
def test_limit_length(given: str, says: list[str], tmp_path: Path, forms: Sequence[Form]) -> None:
    """Characters are counted without white space and without tables; both ends are allowed."""
    rule = made("limit-length", given, tmp_path, forms)
    assert [finding.message.zh for finding in found(rule, LENGTHS, forms)] == says


def test_length_of_what_is_not_there(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A section that is not there is neither long nor short, and a title that was not found is unknown."""
    rule = made("limit-length", "{in: problems, min: 100}", tmp_path, forms)
    assert state(rule, LENGTHS, forms) is OutcomeState.NOT_APPLICABLE
    rule = made("limit-length", "{of: title, max: 100}", tmp_path, forms)
    assert state(rule, "一、总体情况\n无。\n", forms) is OutcomeState.UNDETERMINED


# -- deadline ----------------------------------------------------------------------------------------------

TITLE = "青禾县2024年政府信息公开工作年度报告"
BODY = "\n一、总体情况\n2025年5月1日起施行新办法。\n六、其他需要报告的事项\n无。\n"


@pytest.mark.parametrize(
    ("text", "at", "days"),
    [
        (f"{TITLE}\n2025年3月31日\n{BODY}", None, 0),
        (f"{TITLE}\n2025年4月1日\n{BODY}", "2025年4月1日", 1),
        (f"{TITLE}\n（2025年4月2日）\n{BODY}", "2025年4月2日", 2),
        (f"{TITLE}（2025年4月2日）\n{BODY}", "2025年4月2日", 2),
        (f"{TITLE}\n发布时间：2025-04-10 09:30 来源：县政府办，浏览 12 次\n{BODY}", "2025-04-10", 10),
        (f"{TITLE}\n成文日期： 2025/4/3\n{BODY}", "2025/4/3", 3),
        (f"{TITLE}\n{BODY}青禾县人民政府\n二〇二五年四月十日\n", "二〇二五年四月十日", 10),
        (f"{TITLE}\n{BODY}青禾县人民政府 2025年4月1日\n", "2025年4月1日", 1),
        # The last date counts: published late, signed in time.
        (f"{TITLE}\n2025年4月1日\n{BODY}青禾县人民政府\n2025年1月20日\n", None, 0),
        (f"{TITLE}\n2025年1月20日\n{BODY}青禾县人民政府\n2025年4月1日\n", "2025年4月1日", 1),
        # In time within the year reported on, and far too late.
        (f"{TITLE}\n2024年12月31日\n{BODY}", None, 0),
        (f"{TITLE}\n2026年3月31日\n{BODY}", "2026年3月31日", 365),
    ],
)
def test_deadline(text: str, at: str | None, days: int, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A report is dated under its title or at its end, by itself, a label or the organ that signs beside it."""
    rule = made("deadline", "{by: 03-31}", tmp_path, forms)
    findings = found(rule, text, forms)
    assert [text[slice(*finding.span)] for finding in findings] == ([at] if at else [])
    assert state(rule, text, forms) is (OutcomeState.FAILED if at else OutcomeState.PASSED)
    for finding in findings:
        assert finding.message.zh.endswith(f"应不晚于2025年3月31日，晚了 {days} 天")
        assert finding.message.en.endswith(f"{days} days later than 2025-03-31")


@pytest.mark.parametrize(
    "text",
    [
        TITLE + "\n" + BODY,
        f"{TITLE}\n统计期限：2024年1月1日至2025年12月31日\n{BODY}",
        f"{TITLE}\n数据截至2025年12月31日\n{BODY}",
        f"{TITLE}\n{BODY}我县于2025年5月1日公布新办法，请予关注。\n",
        f"{TITLE}\n4月1日\n{BODY}",
        f"{TITLE}\n2025年13月1日\n{BODY}",
    ],
)
def test_a_report_that_is_not_dated(text: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A date inside a sentence, a period, a day without a year or off the calendar date no report."""
    assert state(made("deadline", "{by: 03-31}", tmp_path, forms), text, forms) is OutcomeState.NOT_APPLICABLE


def test_deadline_of_the_signature(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Where only the signature counts, the date under the title does not."""
    rule = made("deadline", "{by: 3-31, of: signature}", tmp_path, forms)
    head = f"{TITLE}\n2025年4月1日\n{BODY}"
    assert state(rule, head, forms) is OutcomeState.NOT_APPLICABLE
    assert state(rule, head + "2025年4月1日\n", forms) is OutcomeState.FAILED


def test_deadline_of_no_known_year(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Without the year reported on there is no last day."""
    rule = made("deadline", "{by: 03-31}", tmp_path, forms)
    assert state(rule, "无。\n", forms, year=None) is OutcomeState.UNDETERMINED


# -- cases -------------------------------------------------------------------------------------------------


def test_cases_become_cases(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A text is a piece of a report of a year, level and region that the rule is for; a mapping changes one."""
    path = written(tmp_path, SMALL)
    passing, failing, most, more = read_cases(path, forms)

    assert (passing.rule, passing.name, passing.kind, passing.line) == ("QH001", "pass 1", "pass", 12)
    assert passing.text == "一、总体情况\n（一）政务新媒体管理\n无。\n"
    assert (passing.year, passing.level, passing.region) == (2020, "township", "青禾县")
    assert (failing.name, failing.kind, failing.expect) == ("fail 1", "fail", None)
    assert most.base == {"form": "2021", "level": "township", "year": 2024}
    assert more.set == {RECEIVED: "501"}
    rules = read_rules(path, forms)
    for case in (passing, failing, most, more):
        assert not run(case, rules, forms)


def cases_of(text: str, folder: Path, forms: Sequence[Form]) -> tuple[Case, ...]:
    head = SMALL[: SMALL.index("      pass: [{set")]
    return read_cases(written(folder, head + text), forms)[2:]


def test_a_case_says_all_it_can(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Every key of a mapping is in the case, figures as they are written."""
    _, case = cases_of(
        """\
      pass: [甲]
      fail:
        - name: 超过上限
          form: "2019"
          level: bureau
          seed: 4
          notation: pipes
          set: {applications/received/total: 0.50, applications/carried_in/total: ""}
          rename: {title: 年报}
          drop: section/other
          replace: [[总体情况, ""]]
          append: 完
          region: 云溪区
          expect: [{at: 501, place: 表三, says: 应不大于, related: applications/carried_in/total}]
          fixed: {applications/received/total: 500}
          unsafe: true
""",
        tmp_path,
        forms,
    )
    assert (case.name, case.level, case.region, case.append) == ("超过上限", "bureau", "云溪区", "完")
    assert case.base == {"form": "2019", "level": "bureau", "seed": 4, "notation": "pipes", "year": 2019}
    assert case.set == {RECEIVED: "0.50", CARRIED: ""}
    assert (case.rename, tuple(case.drop), case.replace) == (
        {"title": "年报"},
        ("section/other",),
        (("总体情况", ""),),
    )
    (expected,) = case.expect or ()
    assert expected == {
        "code": "QH002",
        "at": "501",
        "place": "表三",
        "says": ("应不大于",),
        "related": (CARRIED,),
    }
    assert (case.fixed, case.unsafe) == ({RECEIVED: "500"}, True)


def test_a_text_that_says_its_year_and_organ_is_taken_at_its_word(
    tmp_path: Path, forms: Sequence[Form]
) -> None:
    """Year and level are given only where the text is silent."""
    case, silent = cases_of(
        '      pass: ["望川县2023年政府信息公开工作年度报告\\n"]\n      fail: ["无\\n"]\n', tmp_path, forms
    )
    assert (case.year, case.level) == (None, None)
    assert (silent.year, silent.level) == (2024, "township")


CASE_FAULTS = {
    "name twice": ("pass: [甲]\n      fail: [{¦name: pass 1, text: 乙}]", "“pass 1”出现了两次", "is here twice"),
    "text and a change": ("pass: [甲]\n      fail: [{text: 乙, ¦set: {a/b/c: 1}}]", "不能同时写", "delete one"),
    "pass that expects": ("pass: [{text: 甲, ¦expect: [{at: 甲}]}]\n      fail: [乙]", "删去 expect", "delete it"),
    "pass that marks": ("pass: [¦«甲»]\n      fail: [乙]", "删去标记", "delete the marks"),
    "pass that fixes": ("pass: [{text: 甲, ¦fixed: {甲: 乙}}]\n      fail: [乙]", "删去 fixed", "delete fixed"),
    "unsafe and no fix": ("pass: [甲]\n      fail: [{text: 乙, ¦unsafe: true}]", "补上 fixed", "add fixed"),
    "unsafe in words": ("pass: [甲]\n      fail: [{text: 乙, unsafe: ¦是}]", "“unsafe”应为", "unsafe is"),
    "fix that is no mapping": ("pass: [甲]\n      fail: [{fixed: ¦[甲]}]", "“fixed”应为键值对", "fixed is"),
    "related that is a mapping": (
        "pass: [甲]\n      fail: [{expect: [{related: ¦{甲: 乙}}]}]",
        "“related”应为",
        "related is",
    ),
    "pair of one": ("pass: [甲]\n      fail: [{replace: [¦[甲]]}]", "[原文, 新文]", "[old, new]"),
    "seed in words": ("pass: [甲]\n      fail: [{seed: ¦三}]", "整数", "whole number"),
    "form without tables": ("pass: [甲]\n      fail: [{form: ¦2008}]", "2019, 2021", "2019, 2021"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASE_FAULTS)
def test_says_what_is_wrong_with_a_case(name: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A fault of a case is named at its line and column too."""
    cases, chinese, english = CASE_FAULTS[name]
    head = SMALL[: SMALL.index("      pass: [{set")]
    text, line, column = marked(f"{head}      {cases}\n")
    if name == "name twice":  # a case is named at its beginning
        column -= 1

    with pytest.raises(FileError) as caught:
        read_cases(written(tmp_path, text), forms)

    assert (caught.value.line, caught.value.column) == (line, column), caught.value.text.zh
    assert chinese in caught.value.text.zh
    assert english in caught.value.text.en


REPLACES = """\
rules:
  - code: QH003
    name: misheard-word
    kind: replace-phrase
    with: {phrase: 政务信心, by: 政务信息}
    basis: 青禾县年报编制要点
    cases:
      pass: [及时公开政务信息。]
      fail:
        - text: 及时公开«政务信心»，«政务信心»两次写错。
          fixed: {开政务信心: 开政务信息, 政务信心两次: 政务信息两次}
          unsafe: true
"""


@pytest.mark.parametrize(
    ("said", "instead", "holds"),
    [
        ("unsafe: true", "unsafe: true", True),
        ("unsafe: true", "unsafe: false", False),  # a person decides whether words are quoted
        ("政务信息两次", "政务信心二次", False),
        ("开政务信心: 开政务信息, ", "", False),
    ],
)
def test_a_case_says_what_comes_of_a_replacement(
    said: str, instead: str, holds: bool, tmp_path: Path, forms: Sequence[Form]
) -> None:
    assert said in REPLACES
    path = written(tmp_path, REPLACES.replace(said, instead))
    _, case = read_cases(path, forms)
    assert (not run(case, read_rules(path, forms), forms, alone=True)) is holds


# -- require-count -----------------------------------------------------------------------------------------

PASSED, FAILED, OPEN, OUT = (
    OutcomeState.PASSED,
    OutcomeState.FAILED,
    OutcomeState.UNDETERMINED,
    OutcomeState.NOT_APPLICABLE,
)


@pytest.mark.parametrize(
    ("said", "state_"),
    [
        ("全镇共有政务新媒体账号3个。", PASSED),
        ("全镇有３ 个政务新媒体账号。", PASSED),
        ("政务新媒体账号三个。", PASSED),
        ("现有1家政府网站、2家政务新媒体。", PASSED),
        ("政务新媒体（微信公众号）1个。", PASSED),
        ("政务新媒体：1个。", PASSED),
        ("运行政务新媒体账号2个，其中微信公众号1个。", PASSED),
        ("政务新媒体账号为0。", PASSED),
        ("本镇没有政务新媒体账号。", PASSED),
        ("本镇无政务新媒体。", PASSED),
        ("账号情况如下：\n\n| 名称 | 个数 |\n| --- | --- |\n| 政务新媒体 | 2 |\n", PASSED),
        # The number is there, but what it counts is for a person to see.
        ("政务新媒体运行平稳，共有账号2个。", OPEN),
        ("政务新媒体运行平稳。共有账号2个。", OPEN),
        ("开设一个政务新媒体账号。", OPEN),
        ("未开设政务新媒体账号。", OPEN),
        ("还没开通政务新媒体账号。", OPEN),
        ("去年共有政务新媒体账号2个。", OPEN),
        ("较上年增加政务新媒体2个。", OPEN),
        ("不再保留政务新媒体账号。", OPEN),
        ("政务新媒体账号均已关停。", OPEN),
        ("政务新媒体账号年内注销。", OPEN),
        ("政务新媒体账号已停用。", OPEN),
        ("（一）政务新媒体\n共有账号2个。", OPEN),
        ("各平台见下图：\n\n![政务新媒体](平台.png)\n", OPEN),
        # And these say no number, or that of something else.
        ("政务新媒体发布信息300条。", FAILED),
        ("政府网站1个。", FAILED),
        ("明年计划新增政务新媒体2个。", FAILED),
        ("账号情况如下：\n\n| 名称 | 运行 |\n| --- | --- |\n| 政务新媒体 | 平稳 |\n", FAILED),
    ],
)  # fmt: skip
def test_require_count(said: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A number of the noun in one of the units, or that there is none; elsewhere it does not count."""
    rule = made("require-count", "{noun: 政务新媒体, unit: [个, 家], in: overview}", tmp_path, forms)
    text = f"一、总体情况\n{said}\n二、主动公开政府信息情况\n政务新媒体9个。\n"
    assert state(rule, text, forms) is state_


def test_a_count_in_any_unit(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Without a unit it is the noun alone that is counted: messages of the accounts are not accounts."""
    rule = made("require-count", "{nouns: [解读材料, 解读稿件]}", tmp_path, forms)
    assert state(rule, "一、总体情况\n发布解读材料12篇。\n", forms) is PASSED
    assert state(rule, "一、总体情况\n解读稿件共计12余件。\n", forms) is PASSED
    assert state(rule, "一、总体情况\n发布解读材料。举办活动3次。\n", forms) is FAILED
    assert state(rule, "二、主动公开政府信息情况\n无。\n", forms) is FAILED


def test_a_missing_count_is_shown_where_the_noun_is(tmp_path: Path, forms: Sequence[Form]) -> None:
    """At the noun if it is said, else at the heading of the section, with what to write."""
    rule = made("require-count", "{noun: 政务新媒体, unit: [个, 家], in: overview}", tmp_path, forms)
    text = "一、总体情况\n加强政务新媒体管理。\n"
    (named,) = found(rule, text, forms)
    (silent,) = found(rule, "一、总体情况\n平稳有序。\n", forms)

    assert text[slice(*named.span)] == "政务新媒体"
    assert named.message == Text(
        "“总体情况”部分没有写明“政务新媒体”的数量（个、家）",
        "section “总体情况” does not state the number (个, 家) of “政务新媒体”",
    )
    assert named.help.zh == "在“总体情况”部分写明数量（个、家），没有的也写明没有"
    assert silent.span == Span(0, len("一、总体情况"))


def test_a_count_is_looked_for_in_proportion(tmp_path: Path, forms: Sequence[Form]) -> None:
    """A paragraph that names it at every turn and never counts it."""
    rule = made("require-count", "{noun: 政务新媒体}", tmp_path, forms)

    def work(size: int) -> None:
        text = "一、总体情况\n" + "加强政务新媒体（未计）管理，" * (size // 14) + "\n"
        list(rule.check(Report(Source(text), forms), None))  # type: ignore[arg-type]

    assert growth(work, 20_000) < LINEAR


# -- equal-count -------------------------------------------------------------------------------------------

COUNT = f"{{noun: 政府信息公开申请, unit: 件, cell: {RECEIVED}}}"


def counting(said: str, received: str = "12") -> str:
    """Return a compliant report that says *said* in its overview and no other count of applications."""
    draft = compliant()
    draft.set(RECEIVED, received)
    before, _, rest = draft.render().partition("一、总体情况\n")
    _, heading, after = rest.partition("二、主动公开政府信息情况")
    return f"{before}一、总体情况\n{said}\n{heading}{after}"


@pytest.mark.parametrize(
    ("said", "state_"),
    [
        ("全年收到政府信息公开申请12件。", PASSED),
        ("全年收到政府信息公开申请10余件。", PASSED),
        ("全年收到政府信息公开申请12件，其中自然人提出政府信息公开申请9件。", PASSED),
        ("全年收到政府信息公开申请13件。", FAILED),
        ("全年收到政府信息公开申请20余件。", FAILED),
        ("全年收到政府信息公开申请13件，其中自然人提出政府信息公开申请12件。", FAILED),
        ("收到政府信息公开申请13件，结转政府信息公开申请2件。", OPEN),
        ("去年收到政府信息公开申请13件。", OUT),
        ("比上年增加政府信息公开申请13件。", OUT),
        ("收到咨询13件。", OUT),
        ("收到政府信息公开申请13次。", OUT),
    ],
)
def test_equal_count(said: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]) -> None:
    """The number of the whole, in its unit and of this year; of two that differ nothing is said."""
    assert state(made("equal-count", COUNT, tmp_path, forms), counting(said), forms) is state_


def test_a_count_that_differs_is_shown_with_the_cell(tmp_path: Path, forms: Sequence[Form]) -> None:
    """At the figure in the sentence, the cell beside it; a verb of the noun may be written with it."""
    given = COUNT.replace("政府信息公开申请", "新收政府信息公开申请")
    text = counting("全年新收政府信息公开申请13件，结转政府信息公开申请2件。")
    (finding,) = found(made("equal-count", given, tmp_path, forms), text, forms)

    assert text[slice(*finding.span)] == "13件"
    place = "表三 · 一、本年新收政府信息公开申请数量 · 总计"
    assert finding.message.zh == f"“新收政府信息公开申请”的数量（件）写的是13件，{place}是 12"
    assert [text[slice(*related.span)] for related in finding.related] == ["12"]


def test_a_count_and_a_cell_without_a_figure(tmp_path: Path, forms: Sequence[Form]) -> None:
    rule = made("equal-count", COUNT, tmp_path, forms)
    assert state(rule, counting("全年收到政府信息公开申请13件。", ""), forms) is OPEN


@pytest.mark.parametrize(
    ("cell", "said", "state_"),
    [
        ("0.15", "1500元", PASSED),
        ("0.15", "0.15万元", PASSED),
        ("0.15", "1600元", FAILED),
        ("1500元", "1500元", PASSED),
        ("0.15万", "1500元", OPEN),  # ten thousand of 万元, or of 元?
    ],
)
def test_an_amount_is_compared_in_yuan(
    cell: str, said: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """The column is in 万元 as the form prints it, unless the cell has a unit of its own."""
    given = "{noun: 行政事业性收费, unit: [元, 万元], cell: charges/charges/amount}"
    draft = compliant()
    draft.set("charges/charges/amount", cell)
    before, heading, after = draft.render().partition("一、总体情况\n")
    text = f"{before}{heading}全年行政事业性收费{said}。\n{after}"
    rule = made("equal-count", given, tmp_path, forms, '    applies: {form: "2021"}\n')
    assert state(rule, text, forms) is state_


# -- schema and reference ------------------------------------------------------------------------------------

ALL_KINDS = {
    "require-section": "{titles: [甲, 乙], in: overview}",
    "require-phrase": "{phrase: 甲, in: [overview, 其他需要报告的事项]}",
    "forbid-phrase": "{phrase: 甲, except: 甲乙}",
    "replace-phrase": "{phrase: 甲, by: 乙}",
    "require-cell": f"{{cells: [{RECEIVED}, {CARRIED}]}}",
    "cell-range": f"{{cell: {RECEIVED}, min: 0.5}}",
    "equal-sums": SUMS,
    "equal-count": f"{{nouns: [政府信息公开申请, 公开申请], unit: [件, 宗], cell: {RECEIVED}}}",
    "require-count": "{noun: 政务新媒体, unit: 个, in: overview}",
    "limit-length": "{of: title, max: 60}",
    "deadline": "{by: 03-31, of: signature}",
}


def test_every_kind_has_an_example_here() -> None:
    assert set(ALL_KINDS) == set(KINDS)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_schema_takes_what_is_right(kind: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """What the program reads, an editor does not underline."""
    text = one(kind, ALL_KINDS[kind])
    assert read_rules(written(tmp_path, text), forms)
    jsonschema.Draft202012Validator(RULES_FILE.schema()).validate(yaml.safe_load(text))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_schema_refuses_what_is_wrong(kind: str) -> None:
    """An unknown key of `with`, and one that belongs to another kind, are underlined."""
    validator = jsonschema.Draft202012Validator(RULES_FILE.schema())
    assert not validator.is_valid(yaml.safe_load(one(kind, "{}")))
    assert not validator.is_valid(
        yaml.safe_load(one(kind, ALL_KINDS[kind].replace("{", "{colour: red, ", 1)))
    )


@pytest.mark.parametrize(
    "name",
    [
        "key unknown",
        "key missing",
        "no basis",
        "no failing case",
        "code in small letters",
        "kind unknown",
        "years that are none",
        "title and titles",
        "neither title nor titles",
        "no limit",
        "message in one language",
    ],
)
def test_the_schema_refuses_faults(name: str) -> None:
    """What can be said in a schema, it says."""
    old, new, *_ = FAULTS[name]
    text = SMALL.replace(old, new, 1).replace("¦", "")
    assert not jsonschema.Draft202012Validator(RULES_FILE.schema()).is_valid(yaml.safe_load(text))


def _keys(shape: Any) -> list[Any]:
    own = list(getattr(shape, "keys", ())) if not isinstance(shape, dict) else []
    inner = [key.shape for key in own] + [
        getattr(shape, name) for name in ("member", "record") if hasattr(shape, name)
    ]
    inner += list(getattr(shape, "shapes", ()))
    return own + [key for each in inner for key in _keys(each)]


def test_every_key_is_explained_in_both_languages() -> None:
    """The reference and the editor's hints are made from these words."""
    keys = [*_keys(RULES_FILE), *(key for kind in KINDS.values() for key in kind.given.keys)]
    assert len(keys) > 50
    assert not [key.name for key in keys if not (key.about.zh and key.about.en)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_says_only_what_it_knows(kind: Any, tmp_path: Path, forms: Sequence[Form]) -> None:
    """Every operand can be filled in, and summary, message and help use no other."""
    operands = {name: name for name in kind.operands}
    for text in (kind.about, *kind.operands.values(), kind.summary, kind.message, kind.help):
        assert text.zh
        assert text.en
    for text in (kind.summary, kind.message, kind.help):
        text.fill(**operands)  # raises KeyError for another


# -- tables that are on no form ------------------------------------------------------------------------------

OWN = """\
青禾县2024年政府信息公开工作年度报告

一、总体情况
（三）政务新媒体
各平台如下：

| 平台 | 粉丝数（人） | 发布数 |
| --- | --- | --- |
| 1.微信公众号 | 120 | 30 |
| 微博 |  | 40 |

（四）政府网站

| 栏目 | 发布数 |
| --- | --- |
| 微博 | 7 |

二、主动公开政府信息情况
无。
"""


@pytest.mark.parametrize(
    ("kind", "given", "state_", "says"),
    [
        ("require-cell", "{cell: {row: 微信公众号, column: 粉丝数}}", PASSED, ""),
        ("require-cell", "{cell: {row: 粉丝数, column: 微信公众号}}", PASSED, ""),  # the table turned
        ("require-cell", "{cell: {row: 微博, column: 粉丝数}}", FAILED, "微博 · 粉丝数应填数字，这里是空的"),
        ("require-cell", "{cell: {row: 抖音, column: 粉丝数}}", FAILED, "抖音 · 粉丝数应填数字，这里没有这一格"),
        ("cell-range", "{cell: {row: 微信公众号, column: 发布数}, min: 30}", PASSED, ""),
        ("cell-range", "{cell: {row: 微信公众号, column: 发布数}, min: 31}", FAILED, "微信公众号 · 发布数是 30，应不小于 31"),
        ("cell-range", "{cell: {row: 微博, column: 粉丝数}, min: 1}", OPEN, ""),
        ("cell-range", "{cell: {row: 抖音, column: 粉丝数}, min: 1}", OUT, ""),
        ("cell-range", "{cell: {row: 微博, column: 发布数}, min: 41}", OPEN, ""),  # two tables have it
        ("cell-range", "{cell: {table: 新媒体, row: 微博, column: 发布数}, min: 41}", FAILED, "新媒体 · 微博 · 发布数是 40，应不小于 41"),
        ("cell-range", "{cell: {table: 政府网站, row: 微博, column: 发布数}, max: 7}", PASSED, ""),
        ("equal-sums", "{left: {row: 微信公众号, column: 发布数}, right: {row: 微信公众号, column: 粉丝数}}", FAILED, "30 ≠ 120，相差 90"),
    ],
)  # fmt: skip
def test_a_cell_by_its_labels(
    kind: str, given: str, state_: OutcomeState, says: str, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """Row and column by their labels, whatever numeral and unit they have; several such tables need a word above."""
    verdict = judged(made(kind, given, tmp_path, forms), OWN, forms)
    assert verdict.outcomes[0].state is state_
    assert says in "".join(diagnostic.finding.message.zh for diagnostic in verdict.diagnostics)
    assert all(" · " in diagnostic.address for diagnostic in verdict.diagnostics)


def test_a_torn_table_and_a_picture_are_no_missing_cell(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Where the row has fewer cells than its header, or the table may be a picture, nothing is said."""
    given = "{cell: {row: 微信公众号, column: 粉丝数}}"
    rule = made("require-cell", given, tmp_path, forms)
    assert state(rule, OWN.replace("| 1.微信公众号 | 120 | 30 |", "| 1.微信公众号 | 30 |"), forms) is OPEN
    assert state(rule, OWN.replace("| 1.微信公众号 | 120 | 30 |", "| 快报 | 1 | 2 |"), forms) is FAILED
    blanks = "平台    粉丝数   发布数\n微信公众号   120   30\n"
    assert state(rule, f"一、总体情况\n{blanks}", forms) is OPEN
    picture = OWN.replace("| 1.微信公众号 | 120 | 30 |", "| 快报 | 1 | 2 |") + "\n![平台](平台.png)\n"
    assert state(rule, picture, forms) is OPEN


def test_a_table_of_the_form_is_not_named_by_labels(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Its cells have keys, which mean the same in every report."""
    rule = made("cell-range", "{cell: {row: 结果维持, column: 总计}, min: 99}", tmp_path, forms)
    assert state(rule, compliant().render(), forms) is OUT


# -- when --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "received", "state_"),
    [
        (f"{{cell: {RECEIVED}, min: 1}}", "1", FAILED),
        (f"{{cell: {RECEIVED}, min: 1}}", "0", OUT),
        (f"{{cell: {RECEIVED}, min: 1}}", "", OPEN),
        (f"{{cell: {RECEIVED}, max: 3}}", "4", OUT),
        (f"{{cell: {RECEIVED}, state: blank}}", "", FAILED),
        (f"{{cell: {RECEIVED}, state: [blank, mark]}}", "/", FAILED),
        (f"{{cell: {RECEIVED}, state: [blank, mark]}}", "3", OUT),
        (f"{{cell: {RECEIVED}, state: text}}", "若干", FAILED),
        (f"{{cell: {RECEIVED}, state: number, max: 3}}", "3", FAILED),
        (f"{{cell: {RECEIVED}, state: number, max: 3}}", "/", OUT),
        ("{section: other}", "3", FAILED),
        ("{section: 其他需要报告的事项}", "3", FAILED),
        ("{section: 政务新媒体}", "3", OUT),
        ("{level: 县}", "3", FAILED),
        ("{level: [乡镇, city]}", "3", OUT),
        (f"[{{section: other}}, {{cell: {RECEIVED}, min: 4}}]", "3", OUT),
        (f"[{{section: other}}, {{cell: {RECEIVED}, min: 4}}]", "4", FAILED),
    ],
)
def test_a_rule_that_holds_only_then(
    when: str, received: str, state_: OutcomeState, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """It fails where the condition is met and the words are missing, and nowhere else."""
    rule = made("require-phrase", "{phrase: 七色花}", tmp_path, forms, f"    when: {when}\n")
    assert state(rule, table(received=received).render(), forms) is state_


def test_a_condition_of_a_table_that_was_not_read(tmp_path: Path, forms: Sequence[Form]) -> None:
    """It is open whether the rule holds, as it is where the table is a picture."""
    rule = made(
        "require-phrase", "{phrase: 七色花}", tmp_path, forms, f"    when: {{cell: {RECEIVED}, min: 1}}\n"
    )
    draft = compliant()
    draft.drop("applications")
    assert state(rule, draft.render(), forms) is OUT
    third = "三、收到和处理政府信息公开申请情况"
    assert state(rule, draft.render().replace(third, f"{third}\n\n![表](表三.png)\n", 1), forms) is OPEN


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_may_have_a_condition(kind: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A section that no report has keeps every rule from being asked, and it says so."""
    rule = made(kind, ALL_KINDS[kind], tmp_path, forms, "    when: {section: 七色花}\n")
    outcome = judged(rule, compliant().render(), forms).outcomes[0]
    assert outcome.state is OUT
    assert outcome.reason == Text(
        "这份报告不符合规则的条件：有“七色花”部分",
        "not so here, and asked only if so: there is a section “七色花”",
    )
    assert rule.summary.zh.endswith("（条件：有“七色花”部分）")
    assert rule.target == Target(Text("有“七色花”部分", "there is a section “七色花”"))


def test_the_message_says_why_it_is_asked(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Unless the rule has a message of its own, which may name the condition."""
    when = f"    when: {{cell: {RECEIVED}, min: 1}}\n"
    place = "表三 · 一、本年新收政府信息公开申请数量 · 总计"
    rule = made("require-phrase", "{phrase: 七色花}", tmp_path, forms, when)
    (finding,) = found(rule, compliant().render(), forms)
    assert finding.message == Text(
        f"{place}不小于 1，而全文没有写“七色花”",
        f"{place} is at least 1, but the report does not say “七色花”",
    )
    own = made("require-phrase", "{phrase: 七色花}", tmp_path, forms, when + '    message: "缺花：{when}"\n')
    assert found(own, compliant().render(), forms)[0].message.zh == f"缺花：{place}不小于 1"


WHEN_FAULTS = {
    "of nothing": ("¦{}", "缺少“cell”或“level”或“section”", "cell or level or section is missing"),
    "a cell alone": (f"{{cell: ¦{RECEIVED}}}", "再写 state", "add state, min or max"),
    "a limit of no cell": ("{section: other, ¦min: 1}", "“min”只用于格子", "min is about a cell"),
    "two at once": (f"{{cell: {RECEIVED}, min: 1, ¦section: other}}", "只写一个", "exclude each other"),
    "limits crossed": (f"{{cell: {RECEIVED}, min: 2, max: ¦1}}", "max（1）小于 min（2）", "less than min"),
    "a cell that there is not": ("{cell: ¦甲, min: 1}", "没有“甲”这一格", "there is no cell 甲"),
    "a state that there is not": (
        f"{{cell: {RECEIVED}, state: ¦blanc}}",
        "是不是“blank”",
        "did you mean blank?",
    ),
    "a section misspelt": ("{section: ¦overveiw}", "是不是“overview”", "did you mean overview?"),
    "a level misspelt": ("{level: ¦乡}", "没有“乡”这个值", "乡 is no value of level"),
    "an operand without it": ("¦[]", "“when”是空的", "when is empty"),
}


@pytest.mark.parametrize("name", WHEN_FAULTS)
def test_says_where_in_when(name: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """A condition is checked like the rest."""
    when, chinese, english = WHEN_FAULTS[name]
    text, line, column = marked(one("require-phrase", "{phrase: 甲}", f"    when: {when}\n"))
    with pytest.raises(FileError) as caught:
        read_rules(written(tmp_path, text), forms)
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.text.zh
    assert caught.value.fault.others == (), "one cause, one fault"
    assert chinese in caught.value.text.zh
    assert english in caught.value.text.en


def test_a_level_is_given_once(tmp_path: Path, forms: Sequence[Form]) -> None:
    """Under applies or as a condition: two could contradict each other."""
    more = "    applies: {level: 乡镇}\n    when: {level: 县}\n"
    with pytest.raises(FileError) as caught:
        made("require-phrase", "{phrase: 甲}", tmp_path, forms, more)
    assert "applies 里已经写了 level" in caught.value.text.zh


@pytest.mark.parametrize(
    ("written_", "level"),
    [
        ("乡镇", "township"),
        ("街道", "township"),
        ("乡镇（街道）", "township"),
        ("部门", "bureau"),
        ("县", "county"),
        ("区", "county"),
        ("市", "city"),
        ("设区的市（州、盟）", "city"),
        ("省", "province"),
        ("国务院部门", "ministry"),
    ],
)
def test_a_level_in_chinese(written_: str, level: str, tmp_path: Path, forms: Sequence[Form]) -> None:
    """As the program names them, and shorter."""
    rule = made("require-phrase", "{phrase: 甲}", tmp_path, forms, f"    applies: {{level: {written_}}}\n")
    assert rule.applies.levels == (level,)


@pytest.mark.parametrize(
    ("applies", "cell", "near"),
    [
        # 现行有效件数 is in the form of 2021 alone, 上一年项目数量 in that of 2019.
        ('form: "2021"', "表二 · 第二十条第（一）项 · 规章 · 现行有效数", "regulations/rules/in_force"),
        (
            'form: "2019"',
            "表二 · 第二十条第（五）项 · 行政许可 · 上一年项目数",
            "permits/permits/previous",
        ),
        ("years: 2021..", "表三 · 一、本年新收申请数量 · 总计", RECEIVED),
    ],
)
def test_a_cell_of_the_form_in_force_is_suggested(
    applies: str, cell: str, near: str, tmp_path: Path, forms: Sequence[Form]
) -> None:
    """What is suggested can be written: it is in every form that the rule is for."""
    with pytest.raises(FileError) as caught:
        made("cell-range", f"{{cell: {cell}, min: 1}}", tmp_path, forms, f"    applies: {{{applies}}}\n")
    assert f"是不是“{near}”" in caught.value.text.zh
    made("cell-range", f"{{cell: {near}, min: 1}}", tmp_path, forms, f"    applies: {{{applies}}}\n")
