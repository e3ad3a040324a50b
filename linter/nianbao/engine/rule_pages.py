"""The pages on rules: on a site of them, and as they came with nianbao."""

import os
from functools import lru_cache

from nianbao_grammar import patterns as re

import nianbao
from nianbao.engine.notices import NOTICES
from nianbao.text.language import Language

_NOTICES = "notices"
_PARTS = re.compile(r"\{(?:code|family|anchor|language)\}")


def page_on_site(docs: str, code: str, name: str, language: Language) -> str:
    """Return the address of the page on the rule *code* on the site at *docs*, "" if it has none.

    The site is laid out as `python -m docs.site` makes it, with the rules that are nianbao's own; an address that has
    {code}, {family}, {anchor} or {language} in it is that of the page itself.
    """
    if _PARTS.search(docs):
        anchor = f"{code}-{name}".lower()
        parts = {"{code}": code, "{family}": _family(code), "{anchor}": anchor, "{language}": language}
        return _PARTS.sub(lambda match: parts[match[0]], docs)
    if not docs or not shipped_page(code)[1]:
        return ""
    return f"{docs.rstrip('/')}/{language}/reference/{code}.html"


def shipped_page(code: str) -> tuple[str, int]:
    """Return the path of the page with which the rule *code* came, and its line there from 1, which is 0 for none."""
    page = os.path.join(_reference(), f"{_family(code)}.md")
    return page, _line(page, code)


def _family(code: str) -> str:
    return _NOTICES if code in NOTICES else code.rstrip("0123456789")


def _reference() -> str:
    """Return the folder of the pages: in the package as installed, else in the checkout it is run from."""
    package = os.path.dirname(os.path.abspath(nianbao.__file__))
    installed = os.path.join(package, "reference")
    if os.path.isdir(installed):
        return installed
    return os.path.join(os.path.dirname(os.path.dirname(package)), "docs", "reference")


@lru_cache(maxsize=1024)
def _line(page: str, code: str) -> int:
    """Return the line, from 1, of the heading on *code* in the file *page*, 0 if it has none."""
    try:
        with open(page, encoding="utf-8") as file:
            return next((n for n, line in enumerate(file, 1) if line.startswith(f"## {code} ")), 0)
    except OSError:
        return 0
