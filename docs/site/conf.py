"""How Sphinx makes the pages of one language; `python -m docs.site` calls it for each."""

import os
import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import nianbao  # noqa: E402
from bigrams import Bigrams  # noqa: E402

language = os.environ["NIANBAO_SITE_LANGUAGE"]  # zh_CN or en
project = "nianbao 年报"
version = release = nianbao.__version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
nitpicky = True
# Only colours are missing then: a signature has … for a default, a block may be in a language without a lexer.
suppress_warnings = ["misc.highlighting_failure"]

myst_heading_anchors = 4
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "nianbao 年报"
html_search_language = "bigrams"
html_static_path = [str(HERE / "static")]
html_css_files = ["site.css"]
templates_path = [str(HERE / "templates")]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
pygments_style = "default"
pygments_dark_style = "github-dark"


def setup(app: Sphinx) -> None:
    """Have the search find Chinese."""
    app.add_search_language(Bigrams)
