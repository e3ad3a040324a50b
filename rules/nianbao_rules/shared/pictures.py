"""Pictures and embedded files: they are not read, so content that seems to be missing may be in one."""

from nianbao.api import Text

PICTURE = Text(
    "这一部分里有图片或嵌入的文件，内容无法检查",
    "this part has a picture or an embedded file, which cannot be read",
)
