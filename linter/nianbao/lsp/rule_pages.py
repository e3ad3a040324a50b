"""The addresses of the pages on rules, as editors follow them."""

import os

from nianbao.engine.finding import Diagnostic
from nianbao.engine.rule_pages import page_on_site, shipped_page
from nianbao.lsp.uris import uri_of
from nianbao.text.language import Language


def page_of(diagnostic: Diagnostic, docs: str, language: Language, origin: str = "") -> str | None:
    """Return the address of the page on the rule of *diagnostic*, None if there is none.

    It is on the site at *docs*, if that has one; else it is the page that came with nianbao, and for a rule of the
    file *origin* that file.
    """
    if there := page_on_site(docs, diagnostic.code, diagnostic.name, language):
        return there
    page, line = shipped_page(diagnostic.code)
    if line:
        return f"{uri_of(page)}#L{line}"  # editors open a file at a line, not at an anchor
    return uri_of(origin) if os.path.isfile(origin) else None
