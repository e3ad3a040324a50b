"""Words and signs: what is written wrong, and how signs, figures and sentences are written."""

from nianbao.api import Text

PREFIX = "TYP"
TITLE = Text("文字和标点", "words and punctuation")
