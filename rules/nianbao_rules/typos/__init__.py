"""Words and signs: miswritten words, punctuation, figures and repeated sentences."""

from nianbao.api import Text

PREFIX = "TYP"
TITLE = Text("文字和标点", "words and punctuation")
