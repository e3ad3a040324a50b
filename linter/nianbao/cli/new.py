"""`nianbao new`: the first file of a report, or of a rule, a plugin or a profile, complete and passing its own tests."""

import json
import os
import shlex
from functools import partial
from keyword import iskeyword

from nianbao_grammar import patterns as re

from nianbao.cli.command import Command, Group
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure, Misuse
from nianbao.cli.new_report import report_command
from nianbao.cli.options import Argument, Option, one_of
from nianbao.engine.notices import NOTICES
from nianbao.engine.rule import CODE, NAME
from nianbao.files.lookup import SETTINGS, settings_path
from nianbao.files.values import words
from nianbao.files.yaml_file import FileError
from nianbao.plugins.declared.file import KINDS
from nianbao.plugins.loaded import Plugins
from nianbao.plugins.loading import survey
from nianbao.scaffold import (
    DEFAULT,
    Files,
    national_rule,
    plugin,
    profile,
    rule_in_python,
    rule_in_yaml,
    settings,
)
from nianbao.scaffold.checkout import checkout_of, from_here
from nianbao.text.language import Language, Text, same

_HELP = Text(
    "新建报告、规则、插件或方案：写好的样子，改几处就能用。",
    "Begins a report, a rule, a plugin or a profile: complete, to be changed.",
)
_COMMANDS = {
    "report": Text("一份年度报告，官方格式，接上年的数", "a report on the official form, from last year's"),
    "rule": Text("一个规则文件，用 YAML 或 Python 写", "a file of rules, in YAML or Python"),
    "plugin": Text("一个可以安装的插件", "a plugin that can be installed"),
    "profile": Text("几份配置共用的一个方案", "a profile that settings build upon"),
}
_RULE_HELP = Text(
    "在当前文件夹写一个规则文件，里面有一条写好的规则和它的用例；还没有 nianbao.yaml 的，也写一个，列上这个文件。已有的文件不改。",
    "Writes a file with one complete rule and its cases into the current folder, and a nianbao.yaml that lists it if there is none. A file that exists is never changed.",
)
_PLUGIN_HELP = Text(
    "在当前文件夹写一个插件的项目：可以安装，有 YAML 和 Python 的规则各一条，连同测试。",
    "Writes the project of a plugin into the current folder: it installs, and has a rule in YAML, one in Python, and their tests.",
)
_PROFILE_HELP = Text(
    "在当前文件夹写一个方案，列出可以写的每一项设置和它的意思。",
    "Writes a profile into the current folder, with every setting that it may have and what it means.",
)
_LONGEST = 50  # letters of a name that leave room in a line of code
_NAME = Text("名称", "NAME")
_RULE_NAME = Text(
    "文件名，不带扩展名；默认 county，就是 county.rules.yaml",
    "name of the file without its suffix; county by default",
)
_PLUGIN_NAME = Text("插件名，小写英文，例如 qinghe", "name of the plugin in lower-case English, as qinghe")
_PROFILE_NAME = Text("文件名，不带 .yaml", "name of the file without .yaml")
_CODE = Text(
    "规则的代号，例如 QH001；默认 XX001 起还没有用的",
    "code of the rule, as QH001; by default XX001 or the next that is free",
)
_KIND = Text("哪一种规则：{kinds}；默认 {default}", "kind of rule: {kinds}; {default} by default")
_PYTHON = Text("用 Python 写，YAML 写不了的规则", "write it in Python, if YAML cannot express it")
_NATIONAL = Text(
    "在 nianbao 的源码里新建一条全国的规则和它的用例；名称是规则的名称，代号用 --code 写明",
    "begin a national rule and its cases in a checkout of nianbao; NAME is the name of the rule, --code its code",
)
_PREFIX = Text(
    "规则代号的前缀，2 至 4 个大写字母；默认取自名称",
    "prefix of its codes, 2 to 4 capitals; by default from the name",
)

_BAD_NAME = Text(
    "“{name}”不能作文件名：只用字、数字、“-”、“_”",
    "{name} is no name of a file: use letters, figures, - and _",
)
_BAD_PLUGIN_NAME = Text(
    "“{name}”不能作插件名：用小写英文单词和数字，以“-”相连，例如 qinghe",
    "{name} is no name of a plugin: lower-case English words and figures joined by -, as qinghe",
)
_OWN_NAME = Text(
    "nianbao.yaml 是配置文件的名字；方案换一个", "nianbao.yaml is the settings file: use another name"
)
_BAD_CODE = Text(
    "“{code}”不是规则代号：两到四个大写字母加三位数字，例如 QH001",
    "{code} is no code of a rule: two to four capitals and three figures, as QH001",
)
_BAD_PREFIX = Text(
    "“{prefix}”不是前缀：2 至 4 个大写字母，例如 QH", "{prefix} is no prefix: 2 to 4 capitals, as QH"
)
_TAKEN_PREFIX = Text(
    "前缀 {prefix} 已归 {other}；换一个", "the prefix {prefix} belongs to {other}: use another"
)
_TAKEN_CODE = Text(
    "代号 {code} 已在 {other} 中；换一个", "the code {code} is already in {other}: use another"
)
_TAKEN_NAME = Text(
    "已有插件 {name}（{other}）；换一个", "there is a plugin {name} already ({other}): use another"
)
_NO_PREFIX = Text(
    "从“{name}”取不出没有用过的前缀；用 --prefix 写明", "no prefix in {name} is free: give --prefix"
)
_NO_CODE = Text("XX001 至 XX999 都用了；用 --code 写明", "XX001 to XX999 are all in use: give --code")
_NOT_BOTH = Text(
    "--kind 是 YAML 规则的种类，不能与 --python 同用", "--kind is for rules in YAML, not for --python"
)
_NOT_NATIONAL = Text(
    "--kind 是 YAML 规则的种类，不能与 --national 同用", "--kind is for rules in YAML, not for --national"
)
_NO_CHECKOUT = Text(
    "这里不是 nianbao 的源码；在源码的文件夹里运行，nianbao 用 pip install -e . 从那里安装",
    "this is no checkout of nianbao: run it in one, from which nianbao is installed by pip install -e .",
)
_BOTH = Text(
    "要写规则的名称和代号，例如 nianbao new rule --national --code SUM011 empty-row",
    "give the name and the code of the rule, as nianbao new rule --national --code SUM011 empty-row",
)
_BAD_RULE_NAME = Text(
    "“{name}”不能作规则的名称：用小写英文单词，以“-”相连，不超过 50 个字母，例如 empty-row",
    "{name} is no name of a rule: lower-case English words joined by -, at most 50 letters, as empty-row",
)
_NO_FAMILY = Text(
    "没有前缀是 {prefix} 的一类规则，有的是 {prefixes}",
    "no family of rules has the prefix {prefix}: there are {prefixes}",
)
_TAKEN_RULE_NAME = Text(
    "已有规则叫 {name}（{code}）；换一个", "there is a rule {name} already ({code}): use another"
)
_EXISTS = Text(
    "{path} 已经有了，没有改动；换一个名称，或者直接改这个文件",
    "{path} exists and is left as it is: use another name, or edit that file",
)
_WRITTEN = Text("写好了 {path}", "written: {path}")
_ADD = Text("在 {path} 里加上一行：", "add this line to {path}:")
_CHANGE = Text("把 {path} 的 {key} 改为：", "change {key} in {path} to:")
_NEXT = Text("接下来：", "next:")
_EDIT = Text("改 {path}，照里面的说明", "edit {path} as it explains")
_READ = Text("看 {path}，照着改", "read {path} and change what it says")
_TEST = Text("{command}    检验规则的用例", "{command}    runs the cases of the rule")
_TRUST = Text(
    "nianbao trust    改好以后信任它，检查时才运行",
    "nianbao trust    when it is done: before, no check runs it",
)
_CHECK = Text("nianbao check 报告.txt    用它检查报告", "nianbao check REPORT    uses it on a report")
_INSTALL = Text(
    "pip install ./{name}    安装；nianbao plugins 能看到它",
    "pip install ./{name}    installs it; nianbao plugins shows it",
)
_TRY = Text("{command}    检验规则和用例", "{command}    checks the rule against its cases")
_WHOLE = Text(
    "{command}    检验每条规则都要有的用例：每句话、每处修改、每处相关的原文",
    "{command}    checks what every rule must have a case of: each message, each fix, each related place",
)
_REFERENCE = Text(
    "python docs/generate.py    更新规则的文档", "python docs/generate.py    writes the page of the rule"
)
_EXTEND = Text(
    "在 nianbao.yaml 里写 extends: [./{name}.yaml]", "write extends: [./{name}.yaml] in nianbao.yaml"
)
_CHECKED = Text("nianbao config check    核对", "nianbao config check    checks both")


def command(language: Language) -> Group:
    """Return the command in *language*."""
    makers = {
        "report": report_command,
        "rule": _rule_command,
        "plugin": _plugin_command,
        "profile": _profile_command,
    }
    return Group("new", language, _HELP, _COMMANDS, lambda name: makers[name](language))


def _rule_command(language: Language) -> Command:
    kinds = _KIND.fill(kinds=Text("、".join(KINDS), ", ".join(KINDS)), default=DEFAULT)
    return Command(
        "rule",
        language,
        _RULE_HELP,
        [
            Argument("name", Text("[名称]", "[NAME]").of(language), _RULE_NAME.of(language), required=False),
            Option(("--code",), word="XX001", help=_CODE.of(language)),
            Option(("--kind",), value=one_of(language, *KINDS), word="KIND", help=kinds.of(language)),
            Option(("--python",), help=_PYTHON.of(language)),
            Option(("--national",), help=_NATIONAL.of(language)),
        ],
        partial(new_rule, language),
    )


def _plugin_command(language: Language) -> Command:
    name = Argument("name", _NAME.of(language), _PLUGIN_NAME.of(language))
    prefix = Option(("--prefix",), word="XX", help=_PREFIX.of(language))
    return Command("plugin", language, _PLUGIN_HELP, [name, prefix], partial(new_plugin, language))


def _profile_command(language: Language) -> Command:
    name = Argument("name", _NAME.of(language), _PROFILE_NAME.of(language))
    return Command("profile", language, _PROFILE_HELP, [name], partial(new_profile, language))


# -- commands --------------------------------------------------------------------------------------------


def new_rule(
    language: Language,
    *,
    name: str | None,
    code: str | None,
    kind: str | None,
    python: bool,
    national: bool,
) -> int:
    """Write a file of rules called *name*, and a nianbao.yaml if there is none. Raises Misuse, Failure."""
    if national:
        if kind:
            raise _misuse(_NOT_NATIONAL, language)
        return _new_national(language, name or "", code or "")
    name = _file_name("county" if name is None else name, (".rules.yaml", ".py"), language)
    if python and kind:
        raise _misuse(_NOT_BOTH, language)
    known = _known(language)
    code = _code(code, known, language) if code else _free_code(known, language)
    files = rule_in_python(name, code) if python else rule_in_yaml(name, code, kind or DEFAULT)
    key, (file, *_) = "plugins" if python else "rules", files
    listing = settings_path(".")
    if not listing:
        files[SETTINGS] = settings(key, file)
    _write(files, language)
    said = [_WRITTEN.fill(path=path) for path in files]
    if listing:
        said += _to_be_listed(listing, key, file)
    steps = [_EDIT.fill(path=file), _TEST.fill(command="nianbao test"), _CHECK]
    if python:  # the file is written by the user: it is tried by name, and trusted when it is done
        steps[1:2] = [_TEST.fill(command=f"nianbao test {file}"), _TRUST]
    return _say(said, steps, language)


def _new_national(language: Language, name: str, code: str) -> int:
    """Write the national rule *code* *name* and its cases into the checkout here. Raises Misuse, Failure."""
    known = _known(language)
    rules = {
        rule.code: rule for loaded in known.loaded if loaded.kind == "installed" for rule in loaded.rules
        if _is_below(checkout_of(rule.file))
    }  # fmt: skip
    if not rules:
        raise Failure(_NO_CHECKOUT.of(language))
    if not name or not code:
        raise _misuse(_BOTH, language)
    function = name.replace("-", "_")
    if not re.fullmatch(NAME, name) or len(name) > _LONGEST or not _is_free(function):
        raise _misuse(_BAD_RULE_NAME.fill(name=name), language)
    if not re.fullmatch(CODE, code):
        raise _misuse(_BAD_CODE.fill(code=code), language)
    codes = {rule.code: rule.origin for rule in known.rules}
    if code in codes:
        raise _misuse(_TAKEN_CODE.fill(code=code, other=codes[code]), language)
    names = {rule.name: rule.code for rule in known.rules}
    names.update((notice.name, notice.code) for notice in NOTICES.values())
    if name in names:
        raise _misuse(_TAKEN_RULE_NAME.fill(name=name, code=names[name]), language)
    folders = {rule.family: os.path.dirname(rule.file) for rule in rules.values()}
    if code[:-3] not in folders:
        raise _misuse(_NO_FAMILY.fill(prefix=code[:-3], prefixes=", ".join(folders)), language)
    written = national_rule(name, code, os.path.join(folders[code[:-3]], f"{function}.py"))
    files = {from_here(path): text for path, text in written.items()}
    _write(files, language)
    tests = from_here(os.path.join(checkout_of(next(iter(files))), "tests", "rules"))
    steps = [_READ.fill(path=path) for path in files]
    tests = shlex.quote(tests)
    steps += [
        _TRY.fill(command=f"pytest {tests} -k {code}"),
        _WHOLE.fill(command=f"pytest {tests}"),
        _REFERENCE,
    ]
    return _say([_WRITTEN.fill(path=path) for path in files], steps, language)


def _is_below(root: str) -> bool:
    """Return whether the current folder is *root* or below."""
    return bool(root) and os.path.join(os.getcwd(), "").startswith(os.path.join(root, ""))


def _is_free(function: str) -> bool:
    """Return whether a rule may be a function *function* in a file of that name."""
    return function.isidentifier() and not iskeyword(function) and function != "shared"


def new_plugin(language: Language, *, name: str, prefix: str | None) -> int:
    """Write the project of the plugin *name* into a folder of that name. Raises Misuse, Failure."""
    if not re.fullmatch(r"[a-z][a-z0-9]+(-[a-z0-9]+)*", name):
        raise _misuse(_BAD_PLUGIN_NAME.fill(name=name), language)
    known = _known(language)
    for loaded in known.loaded:
        if loaded.name == name:
            raise _misuse(_TAKEN_NAME.fill(name=name, other=loaded.title), language)
    prefix = _prefix(prefix, known, language) if prefix else _prefix_of(name, known, language)
    if os.path.lexists(name):
        raise Failure(_EXISTS.fill(path=name).of(language))
    files = plugin(name, prefix)
    _write(files, language)
    steps = [
        _READ.fill(path=f"{name}/README.md"),
        _TEST.fill(command=f"nianbao test {name}"),
        _INSTALL.fill(name=name),
    ]
    return _say([_WRITTEN.fill(path=path) for path in files], steps, language)


def new_profile(language: Language, *, name: str) -> int:
    """Write a profile called *name*. Raises Misuse, Failure."""
    name = _file_name(name, (".yaml",), language)
    if f"{name}.yaml" == SETTINGS:
        raise _misuse(_OWN_NAME, language)
    _known(language)
    _write(profile(name), language)
    steps = [_EDIT.fill(path=f"{name}.yaml"), _EXTEND.fill(name=name), _CHECKED]
    return _say([_WRITTEN.fill(path=f"{name}.yaml")], steps, language)


# -- names -----------------------------------------------------------------------------------------------


def _file_name(name: str, suffixes: tuple[str, ...], language: Language) -> str:
    """Return *name* without a suffix of *suffixes*. Raises Misuse for signs that a file's name should not have."""
    stem = next((name.removesuffix(suffix) for suffix in suffixes if name.endswith(suffix)), name)
    if not re.fullmatch(r"\w[\w-]*", stem):
        raise _misuse(_BAD_NAME.fill(name=name), language)
    return stem


def _known(language: Language) -> Plugins:
    """Return the plugins loaded here; with settings that cannot be read or trusted, only those that are installed.

    Raises Failure for an installed plugin that is broken, as every command does; a file of the settings that is
    broken may be the reason for a new one.
    """
    from nianbao.run.resolve import Resolver
    from nianbao.run.trust import UntrustedError

    try:
        known = survey(*Resolver().named_files("."))
    except (FileError, UntrustedError):
        known = survey()
    for loaded in known.loaded:
        if loaded.kind == "installed" and loaded.fault is not None:
            raise loaded.fault
    return known


def _code(code: str, known: Plugins, language: Language) -> str:
    if not re.fullmatch(CODE, code):
        raise _misuse(_BAD_CODE.fill(code=code), language)
    for loaded in known.loaded:
        if loaded.kind == "installed" and code[:-3] in loaded.prefixes:
            raise _misuse(_TAKEN_PREFIX.fill(prefix=code[:-3], other=loaded.title), language)
        if code in loaded.names("rules"):
            raise _misuse(_TAKEN_CODE.fill(code=code, other=loaded.title), language)
    return code


def _free_code(known: Plugins, language: Language) -> str:
    taken = {rule.code for rule in known.rules} | _mentioned()
    codes = (f"XX{number:03}" for number in range(1, 1000))
    free = next((code for code in codes if code not in taken), None)
    if free is None:
        raise _misuse(_NO_CODE, language)
    return _code(free, known, language)


def _mentioned() -> set[str]:
    """Return the codes that files of rules in this folder mention, listed in the settings or not."""
    codes: set[str] = set()
    for path in os.listdir("."):
        if path.endswith((".rules.yaml", ".py")):
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    codes.update(re.findall(CODE, file.read()))
            except OSError:
                continue
    return codes


def _prefix(prefix: str, known: Plugins, language: Language) -> str:
    if not re.fullmatch(r"[A-Z]{2,4}", prefix):
        raise _misuse(_BAD_PREFIX.fill(prefix=prefix), language)
    for loaded in known.loaded:
        # Rules in files of the settings may move into the new plugin, so their prefixes are free.
        if loaded.kind == "installed" and prefix in loaded.prefixes:
            raise _misuse(_TAKEN_PREFIX.fill(prefix=prefix, other=loaded.title), language)
    return prefix


def _prefix_of(name: str, known: Plugins, language: Language) -> str:
    """Return the first two, three or four letters of *name* that are free. Raises Misuse if all are taken."""
    taken = {prefix for loaded in known.loaded for prefix in loaded.prefixes}
    letters = re.sub(r"[^A-Z]", "", name.upper())
    for prefix in (letters[:count] for count in (2, 3, 4) if len(letters) >= count):
        if prefix not in taken:
            return prefix
    raise _misuse(_NO_PREFIX.fill(name=name), language)


def _misuse(text: Text, language: Language) -> Misuse:
    return Misuse(text.of(language))


# -- files -----------------------------------------------------------------------------------------------


def _write(files: Files, language: Language) -> None:
    """Write *files*, all, or none if one of them exists. Raises Failure."""
    for path in files:
        if os.path.lexists(path):
            raise Failure(_EXISTS.fill(path=path).of(language))
    for path, text in files.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as out:
            out.write(text)


def _to_be_listed(listing: str, key: str, file: str) -> list[Text]:
    """Return the change of the settings at *listing* by which *file* is used, nothing if it is already."""
    from nianbao.run.settings_layers import named_files
    from nianbao.run.trust import Reach

    try:
        every = named_files(listing, Reach(listing))
        if any(os.path.samefile(file, named) for names in every for named in names):
            return []
    except FileError:
        pass  # `nianbao config check` reports the fault; the line is wanted all the same
    names = _listed(listing, key)
    name = os.path.relpath(file, os.path.dirname(listing)).replace(os.sep, "/")
    line = _line((*names, name), key, toml=listing.endswith(".toml"))
    head = (_CHANGE if names else _ADD).fill(path=os.path.relpath(listing), key=key)
    return [head, same(f"  {line}")]


def _listed(listing: str, key: str) -> tuple[str, ...]:
    """Return the files that the settings at *listing* name under *key*; they may be faulty."""
    from nianbao.files.toml_file import read_table
    from nianbao.files.yaml_file import read_file

    try:
        read = read_table(listing) if listing.endswith(".toml") else read_file(listing)
    except FileError:
        return ()
    if read is None or not isinstance(read[1].content, dict):
        return ()
    return tuple(filter(None, words(read[1], key)))


def _line(names: tuple[str, ...], key: str, *, toml: bool) -> str:
    plain = re.compile(r"[\w./-]+")
    shown = [n if plain.fullmatch(n) and not toml else json.dumps(n, ensure_ascii=False) for n in names]
    return f"{key} = [{', '.join(shown)}]" if toml else f"{key}: [{', '.join(shown)}]"


def _say(said: list[Text], steps: list[Text], language: Language) -> int:
    view = display(output(), language)
    lines = [text.of(language) for text in said]
    lines += [_NEXT.of(language), *(f"  {n}. {step.of(language)}" for n, step in enumerate(steps, 1))]
    output().write(view.shown_lines(lines) + "\n")
    return 0
