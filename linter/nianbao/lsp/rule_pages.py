"""The addresses of the pages on rules."""

import os
from functools import lru_cache

from nianbao_grammar import patterns as re

import nianbao
from nianbao.engine.finding import Diagnostic
from nianbao.engine.notices import NOTICES
from nianbao.lsp.uris import uri_of

_NOTICES = "notices"


def page_of(diagnostic: Diagnostic, docs: str, origin: str = "") -> str | None:
    """Return the address of the page on the rule of *diagnostic*, None if there is none.

    With *docs* it is below that address, which may have {code}, {family} and {anchor} in it; else it is the
    page that came with nianbao, and for a rule of the file *origin* that file.
    """
    family = _NOTICES if diagnostic.code in NOTICES else diagnostic.code.rstrip("0123456789")
    anchor = f"{diagnostic.code}-{diagnostic.name}".lower()
    if docs:
        if "{" in docs:
            parts = {"{code}": diagnostic.code, "{family}": family, "{anchor}": anchor}
            return re.sub(r"\{(?:code|family|anchor)\}", lambda match: parts[match[0]], docs)
        return f"{docs.rstrip('/')}/{family}.md#{anchor}"
    page = os.path.join(_reference(), f"{family}.md")
    line = _line(page, diagnostic.code)
    if line:
        return f"{uri_of(page)}#L{line}"  # editors open a file at a line, not at an anchor
    return uri_of(origin) if os.path.isfile(origin) else None


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
