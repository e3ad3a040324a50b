"""How Sphinx makes the pages of one language; `python -m docs.site` calls it for each."""

import os
import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import nianbao  # noqa: E402
from bigrams import Bigrams  # noqa: E402

chinese = os.environ["NIANBAO_SITE_LANGUAGE"] == "zh"
language = "zh_CN" if chinese else "en"
locale_dirs = ["locale"]
project = "nianbao 年报"
version = release = nianbao.__version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True
# Only colours are missing then: a signature has … for a default, a block may be in a language without a lexer.
suppress_warnings = ["misc.highlighting_failure"]
myst_heading_anchors = 4

html_theme = "furo"
html_title = project
html_search_language = "bigrams"
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
templates_path = [str(HERE / "templates")]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "languages.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {
    "other": "en" if chinese else "zh",
    "otherwise": "English" if chinese else "简体中文",
    "checks": "打开检查页" if chinese else "Open the checker",
    "checker": os.environ.get("NIANBAO_SITE_CHECKER", ""),
}
html_copy_source = False
html_show_copyright = False
html_use_index = False
pygments_dark_style = "github-dark"


def setup(app: Sphinx) -> None:
    """Have the search find Chinese."""
    app.add_search_language(Bigrams)
