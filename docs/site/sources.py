"""The pages of one language as the site has them: those of docs/ with their links, and one for each rule.

A page that is not translated is in both languages.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from nianbao.text.language import Language, Text
from nianbao_rules import FAMILIES, nianbao_add_rules

from docs import generate

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CHINESE = ".zh-CN.md"
CHECKER = "年报检查.html"  # the page that checks in the browser, made elsewhere
# What stands beside every page, by what a reader wants; a page of docs/ that is not named here is among the last.
GROUPS = {
    Text("使用", "Use"): [
        *("install", "guide", "page", "drafter", "reviewer", "editor", "ci", "data", "scale"),
    ],
    Text("规则", "Rules"): ["reference/rules", "reference/arguable", "reference/detection", "conformance"],
    Text("自己的规则", "Rules of your own"): [
        *("tutorial", "reference/kinds", "reference/configuration", "reference/hooks", "reference/api"),
    ],
    Text("本程序", "The program"): ["security", "reference/performance", "contributing", "adr/README"],
}
_FENCED = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^)\s]+)\)")
_OF_RULE = re.compile(r"([a-z]{3}[0-9]{3})-[a-z0-9-]+")  # the anchor of a rule on the page of its family
_OTHER_LANGUAGE = re.compile(r"^\[(?:简体中文|English)\]\([^)]+\)\n\n?", re.MULTILINE)


def write(folder: Path, language: Language) -> None:
    """Write the pages in *language* into *folder*."""
    pages = {**_by_hand(language), **_reference(language)}
    more = {name: _contents(below) for name, below in _below(pages).items()}
    more["index"] = "".join(_groups(pages, language))
    for name, (text, place) in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_linked(text, place, folder, language) + more.get(name, ""), encoding="utf-8")


def _by_hand(language: Language) -> dict[str, tuple[str, Path]]:
    """Return the text of each page by its name, with the place that its links are from."""
    found = {"index": ROOT / "README.md"}
    for path in sorted([*DOCS.glob("*.md"), *DOCS.glob("adr/*.md"), DOCS / "changes" / "README.md"]):
        if not path.name.endswith(CHINESE):
            found[path.relative_to(DOCS).as_posix().removesuffix(".md")] = path
    pages = {name: _in(language, path) for name, path in found.items()}
    return {
        name: (_OTHER_LANGUAGE.sub("", path.read_text(encoding="utf-8"), count=1), path.parent)
        for name, path in pages.items()
    }


def _in(language: Language, path: Path) -> Path:
    """Return the page at *path* in *language*, or as it is if it is not translated."""
    english = path.with_name(path.name.replace(CHINESE, ".md"))
    chinese = english.with_name(english.name.replace(".md", CHINESE))
    return (chinese if language == "zh" else english) if chinese.exists() else path


def _reference(language: Language) -> dict[str, tuple[str, Path]]:
    made = {**generate.everything(), **generate.pages_each(nianbao_add_rules(), language)}
    made.update({name: (generate.REFERENCE / name).read_text(encoding="utf-8") for name in generate.OTHERS})
    return {
        f"reference/{name.removesuffix('.md')}": (text, generate.REFERENCE)
        for name, text in made.items()
        if name.endswith(".md")
    }


# -- links -------------------------------------------------------------------------------------------------


def _linked(text: str, place: Path, folder: Path, language: Language) -> str:
    """Return *text* with its links as the site has them; a file that one leads to is copied into *folder*."""
    pieces = _FENCED.split(text)
    pieces[::2] = [
        _LINK.sub(lambda match: _link(match, place, folder, language), piece) for piece in pieces[::2]
    ]
    return "".join(pieces)


def _link(match: re.Match[str], place: Path, folder: Path, language: Language) -> str:
    picture, words, target = match.groups()
    path, mark, anchor = target.partition("#")
    if not path or ":" in path:
        return match[0]
    there = (place / path).resolve()
    if there.parent == ROOT and there.name.startswith("README"):
        there = DOCS / "index.md"
    elif not there.is_relative_to(DOCS):
        return words  # the sources are no part of the site
    elif there.suffix != ".md":
        copy = folder / there.relative_to(DOCS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(there, copy)
    elif there.parent == generate.REFERENCE and (of_rule := _OF_RULE.fullmatch(anchor)):
        there, mark, anchor = there.with_name(f"{of_rule[1].upper()}.md"), "", ""
    elif there != _in(language, there):
        mark, anchor = "", ""  # a heading of the other language
    inner = Path(os.path.relpath(there, DOCS if place == ROOT else place)).as_posix()
    return f"{picture}[{words}]({inner.replace(CHINESE, '.md')}{mark}{anchor})"


# -- what is below what ------------------------------------------------------------------------------------


def _below(pages: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of the pages below some others, each as it is called from there."""
    codes = [
        name.removeprefix("reference/") for name in pages if re.fullmatch(r"reference/[A-Z]{3}\d{3}", name)
    ]
    families = {
        family.PREFIX: [code for code in codes if code.startswith(family.PREFIX)] for family in FAMILIES
    }
    notices = [code for code in codes if code[:3] not in families]
    below = {f"reference/{family}": its for family, its in families.items()}
    below |= {"reference/notices": notices, "reference/rules": [*families, "notices"]}
    return below | {"adr/README": [name.removeprefix("adr/") for name in pages if name.startswith("adr/0")]}


def _contents(names: Iterable[str], *more: str) -> str:
    """Return a list of pages that stands beside every page."""
    return "\n".join(("", "```{toctree}", ":hidden:", *more, "", *names, "```", ""))


def _groups(pages: Iterable[str], language: Language) -> Iterator[str]:
    """Yield the lists of all pages that are below none."""
    named = {name for names in GROUPS.values() for name in names}
    others = [name for name in pages if name != "index" and not name.startswith(("adr/", "reference/"))]
    last = list(GROUPS)[-1]
    for title, names in GROUPS.items():
        listed = [name for name in names if name in pages]
        listed += [name for name in others if name not in named] if title is last else []
        yield _contents(listed, f":caption: {title.of(language)}")
