"""Plugins: what they add, and what is said of one that cannot be trusted."""

import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from nianbao.api import VERSION
from nianbao.plugins.entry_points import installed
from nianbao.plugins.hooks import Specification
from nianbao.plugins.loaded import PluginError
from nianbao.plugins.loading import load, load_file, survey
from nianbao.report.form_file import check

HEAD = """\
from nianbao.api import *

nianbao_plugin = Plugin(prefixes=("QH",))
BASIS = Basis("青禾县政务公开工作要点", "第三条", Strength.NOTICE)


@rule("QH001", "says-hello", summary=Text("问好", "says hello"), basis=BASIS, forms=())
def hello(report, context):
    \"\"\"问好。\"\"\"
    yield from ()


"""
RULES = """\
@hookimpl
def nianbao_add_rules():
    return [hello]
"""
FORM = """\
name: "2031"
title: 青禾格式
notice: 青禾办函〔2031〕1号
years: {from: 2031}
sections: [{key: overview, title: 总体情况}]
obsolete: []
aspects: []
tables: []
identities: []
"""

Write = Callable[[str, str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file: `write("a.py", text)` returns its path."""

    def write_here(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_here


def test_a_file_adds_its_rules(write: Write) -> None:
    """The rule is the same value as any other, and knows where it comes from."""
    path = write("qh.py", HEAD + RULES)
    found = load((path,))

    mine = [rule for rule in found.rules if rule.family == "QH"]
    assert [(rule.code, rule.name, rule.origin) for rule in mine] == [("QH001", "says-hello", path)]
    assert found.loaded[-1].prefixes == ("QH",)
    assert not list(Path(path).parent.glob("__pycache__")), "a plugin beside reports leaves nothing behind"


def test_the_national_rules_and_the_formats_come_in_by_the_same_door() -> None:
    """Two plugins are always there: the rules, and the readers and reporters of nianbao itself."""
    loaded = {one.name: one for one in survey().loaded}

    assert {"national", "builtin"} <= set(loaded)
    assert loaded["national"].names("profiles") == ("national", "strict")
    assert {rule.family for rule in loaded["national"].rules} == set(loaded["national"].prefixes)
    assert loaded["builtin"].names("formats")[0] == "full"
    assert loaded["builtin"].names("readers") == (
        "ofd",
        "xlsx",
        "docx",
        "pdf",
        "office",
        "mht",
        "other",
        "html",
        "text",
    )


def test_a_form_of_a_plugin_ends_the_one_before_it(write: Write) -> None:
    """The form of 2021 has no end of its own: it holds until the next begins."""
    from nianbao.report.form import form_of, load_forms

    write("2031.yaml", FORM)
    adds = '@hookimpl\ndef nianbao_add_forms():\n    return [read_form(__file__.replace("qh.py", "2031.yaml"))]\n'
    forms = load_forms(load((write("qh.py", HEAD + adds),)).forms)

    assert [form_of(year, forms).name for year in (2021, 2030, 2031, 2040)] == [
        "2021",
        "2021",
        "2031",
        "2031",
    ]  # type: ignore[union-attr]


# The text of a plugin file, and what the fault must say: cause and hint, in both languages.
FAULTS = {
    "raises at import": ("a = 1\nb = a // 0\n", "ZeroDivisionError: integer division or modulo by zero (qh.py:2)", "does not import"),
    "leaves at import": ("import sys\nsys.exit(3)\n", "导入时出错：SystemExit: 3 (qh.py:2)", "does not import"),
    "is no Python": ("def (:\n", "SyntaxError: invalid syntax (qh.py:1)", "does not import"),
    "holds a NUL": ("a = '\0'\n", "导入时出错", "does not import"),
    "opens what is not there": ("\nopen('/没有/甲.txt')\n", "FileNotFoundError: 没有这个文件或者文件夹 (qh.py:2)", "no such file or folder (qh.py:2)"),
    "imports what is not there": ("import qinghe_nowhere\n", "安装缺少的模块", "install the module that is missing"),
    "wants what the API does not have": ("from nianbao.api import Nothing\n", "更新这个插件", "update the plugin"),
    "raises at registration": (
        HEAD + "@hookimpl\ndef nianbao_add_rules():\n    raise KeyError('规则')\n",
        "nianbao_add_rules 出错：KeyError: '规则' (qh.py:15)",
        "nianbao_add_rules failed",
    ),
    "leaves at registration": (HEAD + "@hookimpl\ndef nianbao_add_rules():\n    raise SystemExit\n", "出错：SystemExit", "failed"),
    "returns one rule, not a list": (
        HEAD + "@hookimpl\ndef nianbao_add_rules():\n    return hello\n",
        "nianbao_add_rules 应返回 Rule 的列表，返回的是Rule",
        "should return a list of Rule, not Rule",
    ),
    "returns functions": (HEAD + "@hookimpl\ndef nianbao_add_rules():\n    return [print]\n", "返回的是builtin_function", "list of Rule"),
    "returns nothing": (HEAD + "@hookimpl\ndef nianbao_add_rules():\n    pass\n", "返回的是NoneType", "not NoneType"),
    "returns a generator": (
        HEAD + "@hookimpl\ndef nianbao_add_rules():\n    yield hello\n",
        "返回的是generator",
        "not generator",
    ),
    "misspells a hook": (
        HEAD + RULES.replace("add_rules", "add_rule"),
        "没有 nianbao_add_rule 这个挂钩。是不是 nianbao_add_rules？",
        "did you mean nianbao_add_rules?",
    ),
    "forgets to mark a hook": (HEAD + RULES.replace("@hookimpl\n", ""), "没有用 @hookimpl 标出", "not marked with @hookimpl"),
    "gives a hook an argument": (HEAD + RULES.replace("rules()", "rules(config)"), "不应有参数", "takes no argument"),
    "has no hook": (HEAD, "没有任何挂钩", "it has no hook"),
    "declares no prefix": (
        HEAD.replace('nianbao_plugin = Plugin(prefixes=("QH",))', "") + RULES,
        'nianbao_plugin = Plugin(prefixes=("XX",))',
        "no nianbao_plugin",
    ),
    "declares what is none": (HEAD.replace("Plugin(", "dict(") + RULES, "nianbao_plugin 不是 Plugin", "is no Plugin"),
    "is outside its prefix": (HEAD.replace('("QH",)', '("QX",)') + RULES, "QH001 不在声明的前缀 QX 之内", "QH001 is outside"),
    "declares a prefix that is none": (HEAD.replace('("QH",)', '("qh",)') + RULES, "前缀“qh”不是 2 至 4 个大写字母", "'qh'"),
    "is written for a later API": (HEAD.replace('("QH",)', '("QH",), api="1.9"') + RULES, "为 nianbao.api 1.9 编写", "for nianbao.api 1.9"),
    "is written for another API": (HEAD.replace('("QH",)', '("QH",), api="2.0"') + RULES, "现有的是 1.1", "this is 1.1"),
    "takes a prefix of the national rules": (
        HEAD.replace("QH", "SUM") + RULES,
        "前缀 SUM 已归 national",
        "the prefix SUM belongs to national",
    ),
    "has one code twice": (HEAD + RULES.replace("[hello]", "[hello, hello]"), "规则 QH001 已在", "rule QH001 is already"),
    "takes the name of a form": (
        HEAD + "@hookimpl\ndef nianbao_add_forms():\n    return official_forms()[:1]\n",
        "格式 2008 已在 national",
        "form 2008 is already in national",
    ),
    "has a form for years that are taken": (
        HEAD + "@hookimpl\ndef nianbao_add_forms():\n    return [{**official_forms()[1], 'name': 'x'}]\n",
        "年份重叠（2019-2020）",
        "overlaps the years",
    ),
    "has a form that is none": (
        HEAD + "@hookimpl\ndef nianbao_add_forms():\n    return [{'name': 'x'}]\n",
        "缺少“title”",
        "title is missing",
    ),
    "takes the name of an output format": (
        HEAD
        + "@hookimpl\ndef nianbao_add_reporters():\n    return [OutputFormat('json', Text('', ''), True, print)]\n",
        "输出格式 json 已在 builtin",
        "format json is already in builtin",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_that_cannot_be_trusted_is_refused(name: str, write: Write) -> None:
    """The file, the cause and what to do are reported, nothing of it is used, and all others are."""
    text, chinese, english = FAULTS[name]
    path = write("qh.py", text)

    found = survey((path,))
    *others, mine = found.loaded
    assert mine.fault is not None
    assert "qh.py" in mine.fault.text.zh
    assert chinese in mine.fault.text.zh
    assert english in mine.fault.text.en
    assert (mine.rules, mine.forms, mine.formats) == ((), (), ())
    assert not any(other.fault for other in others)
    with pytest.raises(PluginError):
        load((path,))


def test_a_fault_in_a_form_file_has_its_place(write: Write) -> None:
    """`read_form` tells line and column, and so does the loader."""
    form = write("2031.yaml", FORM.replace("years: {from: 2031}", "years: {from: 31}"))
    adds = f"@hookimpl\ndef nianbao_add_forms():\n    return [read_form({form!r})]\n"
    fault = load_file(write("qh.py", HEAD + adds)).fault

    assert fault is not None
    assert fault.text.zh.startswith(f"{form}:4:15: ")


def test_files_of_one_office_share_a_prefix_but_no_code(write: Write) -> None:
    """What is beside the reports is one hand's: only a code may not be there twice."""
    first = write("a.py", HEAD + RULES)
    second = write("b.py", HEAD.replace("QH001", "QH002").replace("says-hello", "says-more") + RULES)

    assert [rule.code for rule in load((first, second)).rules if rule.family == "QH"] == ["QH001", "QH002"]
    *_, third = survey((first, write("c.py", HEAD + RULES))).loaded
    assert third.fault is not None
    assert f"规则 QH001 已在 {first} 中" in third.fault.text.zh


def test_the_api_says_its_version() -> None:
    """A plugin may ask for a version, and that of today is taken."""
    assert VERSION == "1.1"


def test_every_hook_of_the_specification_says_what_it_returns() -> None:
    """Five hooks, each with the docstring that the reference prints."""
    hooks = {name: value for name, value in vars(Specification).items() if name.startswith("nianbao_")}

    assert set(hooks) == {
        f"nianbao_add_{what}" for what in ("rules", "forms", "readers", "reporters", "profiles")
    }
    assert all(value.__doc__ and value.__doc__.startswith("Return ") for value in hooks.values())


# -- installed plugins -----------------------------------------------------------------------------------


def entry_point(folder: Path, points: str, name: str = "qinghe-1.2.dist-info") -> None:
    (folder / name).mkdir()
    (folder / name / "entry_points.txt").write_text(points, encoding="utf-8")


def test_an_installed_plugin_is_found_by_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The distribution is named with its version; a point may name an object inside a module."""
    (tmp_path / "qinghe_rules.py").write_text(
        "import sys\nhere = sys.modules[__name__]\n" + HEAD + RULES, encoding="utf-8"
    )
    entry_point(tmp_path, "[console_scripts]\nqh = a:b\n\n[nianbao]\nqinghe = qinghe_rules:here\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    mine = next(one for one in survey().loaded if one.name == "qinghe")
    assert mine.fault is None
    assert (mine.title, mine.prefixes) == ("qinghe (qinghe 1.2)", ("QH",))
    assert mine.origin == str(tmp_path / "qinghe_rules.py")
    sys.modules.pop("qinghe_rules")


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("[nianbao]\nqinghe = qinghe_nowhere\n", "No module named 'qinghe_nowhere'"),
        ("[nianbao]\nqinghe = json:nothing.at.all\n", "模块中没有“nothing”"),
    ],
)
def test_an_entry_point_that_leads_nowhere(
    points: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the distribution is reported, so that it can be uninstalled."""
    entry_point(tmp_path, points)
    monkeypatch.syspath_prepend(str(tmp_path))

    mine = next(one for one in survey().loaded if one.name == "qinghe")
    assert mine.fault is not None
    assert mine.fault.text.zh.startswith("qinghe (qinghe 1.2) ")
    assert said in mine.fault.text.zh
    assert "pip uninstall qinghe" in mine.fault.text.zh or "安装缺少的模块" in mine.fault.text.zh


@pytest.mark.parametrize("points", ["[nianbao]\nno equals sign\n# a = b\n", "[other]\na = b\n", ""])
def test_what_is_no_entry_point_of_ours_is_passed_by(points: str, tmp_path: Path) -> None:
    """Comments, other groups and lines that say nothing."""
    entry_point(tmp_path, points)

    assert list(installed([str(tmp_path), str(tmp_path / "nowhere")])) == []


def test_entry_points_that_are_no_text_are_passed_by(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 in someone else's distribution stop no one."""
    entry_point(tmp_path, "")
    (tmp_path / "qinghe-1.2.dist-info" / "entry_points.txt").write_bytes(b"\xff\xfe[nianbao]\xff")

    assert list(installed([str(tmp_path)])) == []


def zipped(path: Path, files: dict[str, str]) -> None:
    with ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_a_plugin_in_a_zip_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel is one; its name and version are told as of a plugin that is installed."""
    wheel = tmp_path / "qinghe-1.2-py3-none-any.whl"
    points = "[nianbao]\nqinghe = qinghe_zipped\n"
    zipped(wheel, {"qinghe_zipped.py": HEAD + RULES, "qinghe-1.2.dist-info/entry_points.txt": points})
    monkeypatch.syspath_prepend(str(wheel))

    mine = next(one for one in survey().loaded if one.name == "qinghe")
    assert (mine.fault, mine.distribution, mine.names("rules")) == (None, "qinghe 1.2", ("QH001",))
    assert mine.origin == str(wheel / "qinghe_zipped.py")


@pytest.mark.parametrize(
    "files",
    [
        {"qinghe.py": ""},
        {
            "lib/qinghe-1.2.dist-info/entry_points.txt": "[nianbao]\nqinghe = qinghe\n"
        },  # Python imports none of lib
        {"qinghe-1.2.dist-info/entry_points.txt": "[console_scripts]\nqinghe = qinghe\n"},
    ],
)
def test_what_else_a_zip_has_is_passed_by(files: dict[str, str], tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", files)
    assert list(installed([str(tmp_path / "a.zip")])) == []


def test_a_file_that_is_no_zip_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"qinghe-1.2.dist-info/entry_points.txt [nianbao]")
    assert list(installed([str(tmp_path / "a.zip")])) == []


def test_the_small_form_is_sound() -> None:
    """The form that these tests add has no fault of its own."""
    assert check(FORM, "2031.yaml")["name"] == "2031"


# -- the names that a rule uses ---------------------------------------------------------------------------

# What the decorator is given beside code, name and summary; then what the message must say in both languages.
NAMES = {
    "needs": ('needs="aplications"', "needs 里的“aplications”没有这样的表。是不是“applications”？"),
    "needs among others": ('needs=("applications", "fees")', "needs 里的“fees”没有这样的表"),
    "any_of": ('any_of=("revew",)', "any_of 里的“revew”没有这样的表。是不是“review”？"),
    "any_of that is a text": ('any_of="review"', "any_of 应是名称的元组，这里是 'review'。写成 any_of=('review',)"),
    "forms": ('forms=("2012",)', "forms 里的“2012”没有这样的格式。是不是“2021”？"),
    "forms that is a text": ('forms="2021"', "forms 应是名称的元组，这里是 '2021'"),
    "level": ('applies=Applies(levels=("town",))', "applies.levels 里的“town”没有这样的级别。是不是“township”？"),
    "levels that is a text": ('applies=Applies(levels="county")', "写成 levels=('county',)"),
    "regions that is a text": ('applies=Applies(regions="青禾县")', "写成 regions=('青禾县',)"),
    "applies of another type": ('applies="county"', "applies 应是 Applies，这里是 'county'"),
    "year that is a text": ('applies=Applies(first="2024")', "applies 的年份应是四位数的年份"),
    "year of two figures": ("applies=Applies(last=24)", "applies 的年份应是四位数的年份，这里是 24"),
    "years the wrong way round": (
        "applies=Applies(first=2024, last=2020)",
        "applies 止于 2020 年，早于起始的 2024 年",
    ),
    "option that is none": ('options=("most",)', "options 应是 Option，这里是 'most'"),
    "option with a space": ('options=(Option("the most", 3, SAYS),)', "选项“the most”的名称应是"),
    "option twice": ('options=(Option("most", 3, SAYS), Option("most", 4, SAYS))', "选项“most”有两个"),
    "default that is no value": ('options=(Option("most", 3.5, SAYS),)', "选项“most”的默认值应是整数、文本"),
    "default of numbers": ('options=(Option("most", (1, 2), SAYS),)', "选项“most”的默认值应是整数、文本"),
}  # fmt: skip
NAMED = """\
from nianbao.api import *

nianbao_plugin = Plugin(prefixes=("QH",))
BASIS = Basis("青禾县政务公开工作要点", "第三条", Strength.NOTICE)
SAYS = Text("问好", "says hello")


@rule("QH001", "says-hello", summary=SAYS, basis=BASIS, {given})
def hello(report, context):
    \"\"\"问好。\"\"\"
    yield from ()


"""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_a_rule_gets_wrong_is_told_with_its_line(name: str, write: Write) -> None:
    """Such a rule would never run, or never be set, and no one would notice."""
    given, said = NAMES[name]
    path = write("qh.py", NAMED.format(given=given) + RULES)
    with pytest.raises(PluginError) as caught:
        load((path,))
    assert caught.value.text.zh.startswith(f"{path}：qh.py:8 的规则 QH001：")
    assert said in caught.value.text.zh


@pytest.mark.parametrize(
    "given",
    [
        'needs="applications", forms=("2021",)',
        'any_of=("regulations", "procurement")',
        'applies=Applies(levels=("county", "city"), first=2024, last=2024, regions=("青禾县",))',
        'forms=(), options=(Option("most_of-all", 3, SAYS), Option("words", ("甲",), SAYS), Option("on", True, SAYS))',
    ],
)
def test_right_names_are_not_told(given: str, write: Write) -> None:
    load((write("qh.py", NAMED.format(given=given) + RULES),))


def test_a_rule_may_be_for_a_form_that_is_loaded_after_it(write: Write) -> None:
    own = write("qh.py", NAMED.format(given='forms=("2031",)') + RULES)
    form = write("form.py", NAMED.partition("@rule")[0].replace("QH", "FF") + (
        "import yaml\n\n\n@hookimpl\ndef nianbao_add_forms():\n    return [yaml.safe_load(" + repr(FORM) + ")]\n"
    ))  # fmt: skip
    load((own, form))
    with pytest.raises(PluginError, match="2031"):
        load((own,))
