"""`nianbao explain`: the explanation of a rule: its check, its reason, examples and the correction."""

import inspect
import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from nianbao.cli.command import Command
from nianbao.cli.console import display, output
from nianbao.cli.errors import Failure
from nianbao.cli.options import Argument, Option
from nianbao.cli.settings_options import resolver_of, settings_params
from nianbao.engine.finding import Strength
from nianbao.engine.notices import NOTICES, Notice
from nianbao.engine.rule import Rule
from nianbao.engine.rule_pages import page_on_site, shipped_page
from nianbao.engine.selection import named
from nianbao.run.resolve import Requested, linter_by
from nianbao.scaffold.checkout import cases_of, from_here, page_of
from nianbao.text.language import Language, Text

_HELP = Text(
    "说明一条规则：检查什么、为什么、反例和正例、怎样改。",
    "Explains a rule: what it checks, why, a failing and a passing example, how to put it right (in Chinese).",
)
_RULE = Text("规则", "RULE")
_WEB = Text(
    "用浏览器打开它的网页：docs-url 指定的网站上的，没有就打开随程序安装的",
    "open its page in a browser: on the site that docs-url names, else the one that came with nianbao",
)
_NO_PAGE = Text(
    "{code} 没有网页；去掉 --web 看它的说明",
    "there is no page on {code}: leave --web out for its explanation",
)
_RULES = Text(
    "规则的编号（SUM001）或名称（application-balance）", "the code (SUM001) or the name (application-balance)"
)
_SEVERITY = Text("程度：{severity}{off}", "severity: {severity}{off}")
_OFF = Text(
    "（默认不启用，用 --extend-select {code} 启用）", " (off by default; --extend-select {code} turns it on)"
)
_BASIS = Text("依据：{basis}（{strength}）", "basis: {basis} ({strength})")
_ORIGIN = Text("来自：{origin}", "from: {origin}")
_FILE = Text("写在：{file}:{line}", "written in: {file}:{line}")
_CASES = Text("用例：{file}", "cases: {file}")
_PAGE = Text("页面：{file}", "page: {file}")
_OPTION = Text("选项：{name}，{about}，默认 {default}", "option: {name}, {about}, {default} by default")
_FORMS = Text("适用格式：{forms}", "forms: {forms}")
STRENGTHS = {
    Strength.LAW: Text("法律、法规的规定", "law"),
    Strength.FORM: Text("格式印明", "printed on the form"),
    Strength.NOTICE: Text("通知的要求", "a notice"),
    Strength.PRACTICE: Text("通行做法", "practice"),
    Strength.HEURISTIC: Text("经验判断", "our own reading"),
}


def command(language: Language) -> Command:
    """Return the command in *language*."""
    rule = Argument("word", _RULE.of(language), _RULES.of(language))
    web = Option(("--web",), help=_WEB.of(language))
    return Command(
        "explain", language, _HELP, [rule, web, *settings_params(language)], partial(explain, language)
    )


def explain(language: Language, *, word: str, web: bool = False, **sought: Any) -> int:
    """Write the explanation of the rule or the family *word*, on the *web* its address, which a browser is to open.

    Raises Misuse for an unknown one, Failure for one without a page.
    """
    view = display(output(), language)
    settings = resolver_of(Requested(**sought), language, lenient=True).settings("")
    known = linter_by(settings).known
    notices = [notice for notice in NOTICES.values() if word.upper() in (notice.code, notice.code[:3])]
    if notices and word.upper() not in {rule.family for rule in known}:
        rules = []
    else:
        rules, notices = [*named(known, word)], []
    if web:
        return _opened(rules[0] if rules else notices[0], settings.docs_url, language)
    texts = [*(_explained(rule, language) for rule in rules), *(_noticed(each, language) for each in notices)]
    lines = [line for text in texts for line in (*text, "")][:-1]
    wrapped = (piece for line in lines for piece in view.ruler.wrap(line, view.width))
    output().write(view.shown_lines(wrapped) + "\n")
    return 0


def _opened(about: Rule | Notice, docs_url: str, language: Language) -> int:
    """Have a browser open the page on a rule, and write where it is, for who has no browser."""
    import webbrowser  # few calls open anything
    from pathlib import Path

    address = page_on_site(docs_url, about.code, about.name, language)
    if not address:
        page, line = shipped_page(about.code)
        if not line:
            raise Failure(_NO_PAGE.fill(code=about.code).of(language))
        address = Path(page).as_uri()
    output().write(address + "\n")
    webbrowser.open(address)
    return 0


def _explained(rule: Rule, language: Language) -> Iterator[str]:
    colon = Text("：", ": ").of(language)
    yield f"{rule.code} {rule.name}{colon}{rule.summary.of(language)}"
    off = Text("", "") if rule.enabled else _OFF.fill(code=rule.code)
    yield _SEVERITY.fill(severity=rule.severity.text, off=off).of(language)
    for basis in rule.basis:
        yield _BASIS.fill(basis=basis, strength=STRENGTHS[basis.strength]).of(language)
    if rule.origin and rule.origin != rule.file:
        yield _ORIGIN.fill(origin=rule.origin).of(language)
    yield from (text.of(language) for text in _files(rule))
    for option in rule.options:
        default = ", ".join(option.default) if isinstance(option.default, tuple) else option.default
        yield _OPTION.fill(name=option.name, about=option.about, default=default).of(language)
    if rule.forms:
        yield _FORMS.fill(forms=Text("、".join(rule.forms), ", ".join(rule.forms))).of(language)
    yield ""
    yield from inspect.cleandoc(rule.documentation).split("\n")


def _files(rule: Rule) -> Iterator[Text]:
    """Yield the file and line of *rule* and the file of its cases, if they exist."""
    if not os.path.isfile(rule.file):
        return
    yield _FILE.fill(file=from_here(rule.file), line=rule.line)
    cases = cases_of(rule.file)
    if cases:
        yield _CASES.fill(file=from_here(cases))
    page = page_of(rule.file, rule.family)
    if page:
        yield _PAGE.fill(file=from_here(page))


def _noticed(notice: Notice, language: Language) -> Iterator[str]:
    colon = Text("：", ": ").of(language)
    yield f"{notice.code} {notice.name}{colon}{notice.summary.of(language)}"
    yield _SEVERITY.fill(severity=notice.severity.text, off=Text("", "")).of(language)
    yield ""
    yield from inspect.cleandoc(notice.documentation).split("\n")
