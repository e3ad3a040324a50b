"""Pictures in a text: what they say is not read, so that what seems to be missing may stand in one."""

import re

from nianbao.api import Text

PICTURE = Text("这一部分里有图片，内容无法检查", "this part has a picture, which cannot be read")
_IMAGE = r"!\[[^\[\]\n]*\]\(|<img\b|（图片）|\[图片\]"


def has_picture(text: str) -> bool:
    """Return whether a picture stands in *text*, or a sign that one stood there."""
    return re.search(_IMAGE, text) is not None
