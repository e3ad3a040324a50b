"""The words of the site's search: Chinese has no blanks, so that two signs that stand together are a word.

Every word of two signs or more is found that way, in whatever text, without a dictionary that would have to know it.
"""

import re

from sphinx.search import SearchLanguage

_RUN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff]+)|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
# What is typed is parted by the same rule in the reader's browser.
_SPLITTER = r"""
function splitQuery(query) {
  const words = [];
  for (const [run, signs] of query.matchAll(/([\u3400-\u9fff\uf900-\ufaff]+)|(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+/gu)) {
    if (!signs || signs.length === 1) words.push(run);
    else for (let i = 0; i < signs.length - 1; i++) words.push(signs.slice(i, i + 2));
  }
  return words;
}
"""


class Bigrams(SearchLanguage):
    """Parts Chinese into all pairs of neighbouring signs, other text into its words."""

    lang = "bigrams"
    language_name = "Chinese and English"
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:  # noqa: A002  (as Sphinx calls it)
        """Return the words of *input*; a sign that stands alone is one."""
        return [word for match in _RUN.finditer(input) for word in _pairs(match[0], chinese=bool(match[1]))]


def _pairs(run: str, *, chinese: bool) -> list[str]:
    if not chinese or len(run) == 1:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
