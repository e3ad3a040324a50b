"""Pictures and embedded files in a text: they are not read, so content that seems to be missing may be in one."""

import re

from nianbao.api import Text

PICTURE = Text(
    "这一部分里有图片或嵌入的文件，内容无法检查",
    "this part has a picture or an embedded file, which cannot be read",
)
_IMAGE = r"!\[[^\[\]\n]*\]\(|<img\b|（图片）|\[图片\]|（嵌入对象）"


def has_picture(text: str) -> bool:
    """Return whether *text* has a picture or an embedded file, or a sign left by one."""
    return re.search(_IMAGE, text) is not None
