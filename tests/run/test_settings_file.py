"""Settings files: what holds for which report, who has set it, and what is said of a mistake."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from nianbao.engine.finding import Severity
from nianbao.files.lookup import closest, settings_path
from nianbao.files.yaml_file import FileError, plain, read
from nianbao.plugins.loading import load
from nianbao.run.settings import Settings, chosen
from nianbao.run.settings_file import SettingsFile
from nianbao.run.settings_shape import SETTINGS_FILE

Write = Callable[[str, str], str]

WHOLE = """\
extends: [strict]
select: [SUM, ART]
extend-select: SEC007
ignore: [SUM002, period-missing]
severity: {PER001: error, TYP: info}
options: {SEC007: {limit: 800}}
level: township
year: 2023
region: 青禾县
fail-on: never
points:
  - {name: 数据, worth: 40, rules: [SUM, ART001], each: 2, most: 30}
  - {name: 格式, worth: 20, rules: missing-section, each: 2, per: rule, severity: info}
overrides:
  - paths: [县直/*]
    level: bureau
  - paths: 县直/财政局.txt
    select: SUM001
"""

# What is written in place of what, with ¦ before the place of the error; then what the message must say.
FAULTS = {
    "unknown key": ("select:", "¦selct:", "没有“selct”这个键；是不是“select”？", "did you mean select?"),
    "unknown profile": ("strict", "¦strickt", "没有方案“strickt”；是不是“strict”？", "no profile strickt"),
    "unknown rule": ("SUM002", "¦SMU002", "没有规则“SMU002”；是不是“SUM002”？", "no rule SMU002"),
    "unknown name of a rule": (
        "period-missing",
        "¦period-mising",
        "是不是“period-missing”？",
        "period-missing",
    ),
    "unknown family": ("[SUM, ART]", "[SUM, ¦QQQ]", "没有规则“QQQ”", "nianbao rules lists all"),
    "severity of an unknown rule": ("PER001:", "¦PER999:", "没有规则“PER999”", "no rule PER999"),
    "unknown severity": (
        "PER001: error",
        "PER001: ¦eror",
        "“PER001”没有“eror”这个值；是不是“error”？",
        "eror is no value of PER001",
    ),
    "severity off": ("PER001: error", "PER001: ¦off", "没有“off”这个值", "off is no value"),
    "unknown option": (
        "limit: 800",
        "¦limt: 800",
        "SEC007 没有选项“limt”；是不是“limit”？",
        "no option limt",
    ),
    "option of a rule without": (
        "SEC007: {limit",
        "SUM001: {¦limit",
        "SUM001 没有选项",
        "SUM001 has no options",
    ),
    "option of another type": (
        "limit: 800",
        'limit: ¦"800"',
        "应像默认值 1000 那样写",
        "like its default, 1000",
    ),
    "unknown level": ("township", "¦town", "“level”没有“town”这个值；是不是“township”？", "town is no value"),
    "level that is a truth value": ("township", "¦no", "“level”没有“no”这个值", "no is no value of level"),
    "year too early": ("2023", "¦1999", "2008 至 2099 的整数", "from 2008 to 2099"),
    "year in quotes": ("2023", '¦"2023"', "整数，不是“2023”", "not 2023"),
    "region that is a number": ("青禾县", "¦1:30", '加上引号："1:30"', 'in quotes, "1:30"'),
    "override without paths": (
        "- paths: [县直/*]\n    level: bureau",
        "- ¦level: bureau",
        "缺少“paths”",
        "paths is missing",
    ),
    "plugin in an override": (
        "    level: bureau",
        "    ¦plugins: a.py",
        "没有“plugins”这个键",
        "no key plugins",
    ),
    "points without a name": ("{name: 数据, worth", "¦{worth", "缺少“name”", "name is missing"),
    "points of an unknown rule": ("[SUM, ART001]", "[SUM, ¦ART999]", "没有规则“ART999”", "no rule ART999"),
    "points of nothing": ("worth: 40", "worth: ¦0", "“worth”应为大于 0 的数", "worth is a number above 0"),
    "points in words": (
        "each: 2, most",
        "each: ¦两分, most",
        "“each”应为大于 0 的数",
        "each is a number above 0",
    ),
    "points in quotes": (
        "each: 2, most",
        'each: ¦"2", most',
        "“each”应为大于 0 的数",
        "each is a number above 0",
    ),
    "more points taken than there are": (
        "most: 30",
        "most: ¦41",
        "最多扣 41 分，比“数据”的分值 40 还多",
        "41 points at most is more than 数据 is worth, 40",
    ),
    "one indicator twice": (
        "name: 格式",
        "name: ¦数据",
        "指标“数据”写了两次",
        "there are two indicators 数据",
    ),
    "a rule in two indicators": (
        "rules: missing-section",
        "rules: [¦ART001]",
        "规则 ART001 已经算在“数据”里",
        "rule ART001 is counted under 数据 already",
    ),
    "a family in two indicators": (
        "rules: missing-section",
        "rules: ¦SUM",
        "规则 SUM001 已经算在“数据”里",
        "rule SUM001 is counted under 数据 already",
    ),
    "points taken by what": ("per: rule", "per: ¦rules", "是不是“rule”", "did you mean rule?"),
    "a plugin file that is not there": ("year: 2023", "plugins: [¦a.py]", "没有文件“a.py”", "no file a.py"),
    "rule files of which none is there": (
        "year: 2023",
        "rules: ¦'*.rules.yaml'",
        "没有文件“*.rules.yaml”",
        "no file",
    ),
    "a pattern without quotes": ("year: 2023", "rules: ¦*.rules.yaml", "以 * 开头的文本", "put it in quotes"),
    "a sign that begins no text": ("青禾县", "¦@青禾县", "以 @ 开头的文本", "begins with @"),
    "settings that are a list": (WHOLE, "¦- a\n", "配置应为键值对，这里是列表", "this is a list"),
    "a tab": ("year: 2023", "year:¦\t2023", "这里用了制表符", "use spaces"),
    "a key twice": ("year: 2023", "year: 2023\n¦year: 2024", "写了两次", "twice"),
    "a file without end": (WHOLE, "¦" + WHOLE + "#" * 300_000, "文件超过 262144 个字符", "make it smaller"),
    "a bomb": (
        WHOLE,
        "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
        "e: ¦&e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n",
        "引用展开后超过 20000 个值",
        "more than 20000 values",
    ),
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file in a folder of its own: `write("a/nianbao.yaml", text)` returns its path."""

    def write_here(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_here


@pytest.mark.parametrize("name", FAULTS)
def test_says_where_and_what_to_do(name: str, write: Write) -> None:
    """A mistake is named at its line and column, in both languages, with what puts it right."""
    old, new, chinese, english = FAULTS[name]
    assert WHOLE.count(old) >= 1
    before, mark, after = WHOLE.replace(old, new, 1).partition("¦")
    assert mark
    path = write("nianbao.yaml", before + after)

    with pytest.raises(FileError) as caught:
        SettingsFile(path)

    error = caught.value
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert error.text.zh.startswith(f"{path}:{line}:{column}: ")
    assert chinese in error.text.zh
    assert english in error.text.en


def test_the_settings_of_a_report(write: Write) -> None:
    """Keys of the file, then those of the overrides that name the report, the later winning."""
    path = write("nianbao.yaml", WHOLE)
    folder = Path(path).parent
    found = SettingsFile(path)

    town = found.settings(str(folder / "乡镇" / "云岭镇.txt"))
    assert (town.level, town.year, town.region, town.fail_on) == ("township", 2023, "青禾县", None)
    assert dict(town.severity)["PER001"] is Severity.ERROR
    assert dict(town.severity)["TYP002"] is Severity.INFO
    assert town.options == (("SEC007", (("limit", 800),)),)
    codes = {rule.code for rule in chosen(found.plugins.rules, town)}
    assert "SEC007" in codes
    assert {code[:3] for code in codes} == {"SUM", "ART", "SEC"}
    assert "SUM002" not in codes

    bureau = found.settings(str(folder / "县直" / "财政局.txt"))
    assert bureau.level == "bureau"
    assert [rule.code for rule in chosen(found.plugins.rules, bureau)] == ["SUM001"]
    assert found.settings(str(folder / "县直" / "卫健局.txt")).level == "bureau"


def test_the_later_hand_wins(write: Write) -> None:
    """A county's file takes a rule back in that its profile file leaves out, and keeps the rest of it."""
    write("base/city.yaml", "ignore: [TYP001, TYP002]\nseverity: {PER001: error}\nyear: 2022\n")
    path = write("nianbao.yaml", "extends: [./base/city.yaml]\nextend-select: TYP001\nyear: 2023\n")
    found = SettingsFile(path)

    settings = found.settings("a.txt")
    codes = {rule.code for rule in chosen(found.plugins.rules, settings)}
    assert "TYP001" in codes
    assert "TYP002" not in codes
    assert settings.year == 2023
    assert dict(settings.severity) == {"PER001": Severity.ERROR}


def test_without_a_word_everything_is_at_its_default(write: Write) -> None:
    """An empty mapping, and the profile national, change nothing."""
    everything = chosen(load().rules, Settings())

    for text in ("{}\n", "extends: national\n"):
        found = SettingsFile(write("nianbao.yaml", text))
        settings = found.settings("a.txt")
        assert settings._replace(selections=()) == Settings()
        assert chosen(found.plugins.rules, settings) == everything


def test_strict_has_the_rules_that_are_off_and_fails_on_warnings(write: Write) -> None:
    """Every rule there is runs, and a warning makes the run fail."""
    found = SettingsFile(write("nianbao.yaml", "extends: strict\n"))
    settings = found.settings("a.txt")

    assert chosen(found.plugins.rules, settings) == load().rules
    assert settings.fail_on is Severity.WARNING


def test_each_value_has_the_file_and_line_that_set_it(write: Write) -> None:
    """Also values of a file that is built upon, of a profile, and of an override."""
    base = write(
        "city.yaml", "# 市里的\nlevel: county\nregion: 临川市\nseverity:\n  PER001: error\n  PER002: info\n"
    )
    path = write(
        "nianbao.yaml",
        "extends: [strict, ./city.yaml]\nseverity: {PER002: error}\noverrides:\n"
        "  - paths: a.txt\n    level: township\n",
    )
    values = {
        value.key: (value.value, value.origin)
        for value in SettingsFile(path).values(str(Path(path).parent / "a.txt"))
    }

    assert values == {
        "extend-select": ("HDR005, SEC007, YOY009", "profile strict"),
        "severity.PER001": ("error", f"{base}:5"),
        "severity.PER002": ("error", f"{path}:2"),
        "level": ("township", f"{path}:5"),
        "region": ("临川市", f"{base}:3"),
        "fail-on": ("warning", "profile strict"),
    }


def test_what_a_select_leaves_behind_is_not_told_as_holding(write: Write) -> None:
    """What a profile adds before a file chooses again has no effect, and is not listed."""
    found = SettingsFile(write("nianbao.yaml", "extends: strict\nselect: SUM\n"))

    assert [value.key for value in found.values("a.txt")] == ["select", "fail-on"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("./nianbao.yaml", ""), ("./b.yaml", "extends: ./nianbao.yaml\n"), ("./b.yaml", "extends: ./b.yaml\n")],
)
def test_a_circle_of_files_is_refused(first: str, second: str, write: Write) -> None:
    """A file that builds upon itself, at once or by way of another."""
    write("b.yaml", second or "{}\n")
    with pytest.raises(FileError, match="builds upon itself"):
        SettingsFile(write("nianbao.yaml", f"extends: {first}\n"))


def test_a_fault_in_a_file_that_is_built_upon_is_told_there(write: Write) -> None:
    """The path, line and column are those of the file with the mistake."""
    base = write("city.yaml", "\nlevel: nowhere\n")
    with pytest.raises(FileError) as caught:
        SettingsFile(write("nianbao.yaml", "extends: ./city.yaml\n"))

    assert caught.value.text.zh.startswith(f"{base}:2:8: ")


# -- pyproject.toml --------------------------------------------------------------------------------------

TOML = """\
[project]
name = "qinghe"

[tool.nianbao]
select = ["SUM"]
year = 2024
[tool.nianbao.severity]
SUM001 = "warning"
[[tool.nianbao.overrides]]
paths = "a.txt"
level = "township"
"""


def test_settings_in_pyproject(write: Write) -> None:
    """The table says what the YAML file says, and values have their lines."""
    path = write("pyproject.toml", TOML)
    found = SettingsFile(path)

    report = str(Path(path).parent / "a.txt")
    settings = found.settings(report)
    assert (settings.year, settings.level) == (2024, "township")
    assert dict(settings.severity) == {"SUM001": Severity.WARNING}
    assert {(v.key, v.origin.rpartition(":")[2]) for v in found.values(report)} == {
        ("select", "5"),
        ("year", "6"),
        ("severity.SUM001", "8"),
        ("level", "11"),
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("year = 2024", "yaer = 2024", 6, "没有“yaer”这个键；是不是“year”？"),
        ("SUM001 =", "SUM999 =", 8, "没有规则“SUM999”"),
        ('["SUM"]', '["SMU001"]', 5, "没有规则“SMU001”"),
        ("year = 2024", "year = 2024.5", 6, "整数"),
        ("year = 2024", "year = 2024-01-01", 6, "整数"),
        ("year = 2024", "year 2024", 1, "TOML 语法有误"),
    ],
)
def test_a_fault_in_pyproject_has_its_line(old: str, new: str, line: int, said: str, write: Write) -> None:
    """tomllib keeps no places; they are found again by the keys."""
    path = write("pyproject.toml", TOML.replace(old, new))
    with pytest.raises(FileError) as caught:
        SettingsFile(path)

    assert caught.value.text.zh.startswith(f"{path}:{line}:")
    assert said in caught.value.text.zh


def test_a_pyproject_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(b"[tool.nianbao]\nregion = '" + b"\xff" * 8 + b"'\n")
    with pytest.raises(FileError) as raised:
        SettingsFile(str(path))
    assert raised.value.text.zh.startswith(f"{path}:1:1: 不是文本文件")

    path.unlink()
    path.mkdir()
    with pytest.raises(FileError) as raised:
        SettingsFile(str(path))
    assert raised.value.text.zh.startswith(f"{path}:1:1: 读不出来（这是文件夹，不是文件）")


# -- which file ------------------------------------------------------------------------------------------


def test_the_closest_file_above_holds(write: Write, tmp_path: Path) -> None:
    """Of one folder nianbao.yaml comes before pyproject.toml; one that does not speak of nianbao is passed by."""
    top = write("nianbao.yaml", "{}\n")
    write("a/pyproject.toml", "[project]\nname = 'x'\n")
    inner = write("a/b/pyproject.toml", "[tool.nianbao]\nyear = 2024\n")
    both = write("a/b/c/nianbao.yaml", "{}\n")
    write("a/b/c/pyproject.toml", "[tool.nianbao]\nyear = 2024\n")
    (tmp_path / "a/b/c/d").mkdir()

    assert settings_path(str(tmp_path / "a")) == top
    assert settings_path(str(tmp_path / "a/b")) == inner
    assert settings_path(str(tmp_path / "a/b/c/d")) == both
    assert closest(str(tmp_path / "a/b/c/d"), "nowhere.yaml") == ""


# -- the schema for editors ------------------------------------------------------------------------------


def test_the_schema_takes_what_is_right_and_refuses_what_is_not() -> None:
    """An editor that knows the schema says of a file what we say of its shape."""
    validator = Draft202012Validator(SETTINGS_FILE.schema())
    Draft202012Validator.check_schema(SETTINGS_FILE.schema())
    validator.validate(plain(read(WHOLE)))

    for name in (
        "unknown key",
        "unknown severity",
        "unknown level",
        "year too early",
        "override without paths",
    ):
        old, new, *_ = FAULTS[name]
        with pytest.raises(ValidationError):
            validator.validate(plain(read(WHOLE.replace(old, new.replace("¦", ""), 1))))


def test_of_several_words_for_one_rule_the_one_that_holds_is_told(write: Write) -> None:
    """A family stands for those of its rules that no later word names."""
    path = write("nianbao.yaml", "severity: {SUM004: warning, SUM: info, DOC: error, DOC002: info}\n")
    values = {value.key: value.value for value in SettingsFile(path).values("a.txt")}

    others = {
        f"severity.{code}": "error" for code in ("DOC001", "DOC003", "DOC004", "DOC005", "DOC006", "DOC007")
    }
    assert values == {"severity.SUM": "info", **others, "severity.DOC002": "info"}


def test_a_level_in_chinese(write: Write) -> None:
    """As the program names them, and shorter."""
    found = SettingsFile(
        write("nianbao.yaml", "level: 乡镇\noverrides:\n  - {paths: a.txt, level: 国务院部门}\n")
    )
    folder = Path(found.path).parent
    assert found.settings(str(folder / "b.txt")).level == "township"
    assert found.settings(str(folder / "a.txt")).level == "ministry"
