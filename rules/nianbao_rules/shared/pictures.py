"""Pictures in a text: they are not read, so content that seems to be missing may be in one."""

import re

from nianbao.api import Text

PICTURE = Text("这一部分里有图片，内容无法检查", "this part has a picture, which cannot be read")
_IMAGE = r"!\[[^\[\]\n]*\]\(|<img\b|（图片）|\[图片\]"


def has_picture(text: str) -> bool:
    """Return whether *text* has a picture, or a sign left by one."""
    return re.search(_IMAGE, text) is not None
