"""The reasons why the system refuses to open, read or write a file, in both languages."""

from errno import errorcode

from nianbao.text.language import Text

# By name: not every system has all of these numbers.
_REASONS = {
    "EACCES": Text("没有权限", "permission denied"),
    "EBADF": Text("已经关闭", "it is closed"),
    "EBUSY": Text("正被别的程序占用", "in use by another program"),
    "ECONNRESET": Text("连接已断开", "the connection was broken off"),
    "EDQUOT": Text("超出磁盘配额", "the disk quota is used up"),
    "EEXIST": Text("已经有这个文件", "the file exists already"),
    "EFBIG": Text("文件太大", "the file is too large"),
    "EINVAL": Text("系统不接受这个路径或者操作", "the system does not accept this path or operation"),
    "EIO": Text("磁盘或者网络读写出错", "the disk or the network failed"),
    "EISDIR": Text("这是文件夹，不是文件", "a folder, not a file"),
    "ELOOP": Text("链接指来指去，没有终点", "links lead around in a circle"),
    "EMFILE": Text("同时打开的文件太多", "too many files are open"),
    "ENAMETOOLONG": Text("文件名太长", "the file name is too long"),
    "ENFILE": Text("同时打开的文件太多", "too many files are open"),
    "ENODEV": Text("没有这个设备", "no such device"),
    "ENOENT": Text("没有这个文件或者文件夹", "no such file or folder"),
    "ENOMEM": Text("内存不够", "out of memory"),
    "ENOSPC": Text("磁盘空间不够", "no space left on the disk"),
    "ENOTDIR": Text("路径中间有一段不是文件夹", "a part of the path is not a folder"),
    "ENXIO": Text("没有这个设备", "no such device"),
    "EPERM": Text("没有权限", "permission denied"),
    "EPIPE": Text("接收的程序已经结束", "the program that was to receive it has ended"),
    "EROFS": Text("磁盘是只读的", "the disk is read-only"),
    "ESTALE": Text("网络文件夹已断开", "the network folder is no longer connected"),
    "ETIMEDOUT": Text("等待太久，没有回应", "no answer in time"),
    "ETXTBSY": Text("正被别的程序占用", "in use by another program"),
}
NO_REGULAR_FILE = Text(
    "不是普通文件（管道、套接字或者设备），没有检查",
    "no regular file but a pipe, a socket or a device: it is not checked",
)
_NO_PATH = Text("路径里有不能用的字符", "the path has a character that no path can have")
_OTHER = Text("系统错误 {number}：{words}", "system error {number}: {words}")
_UNNUMBERED = Text("系统错误：{words}", "system error: {words}")


def reason_of(error: OSError | ValueError) -> Text:
    """Return the reason of *error*, without the path; `open` raises ValueError for an impossible path.

    An OSError without a number, or with one that is not known, keeps its own words.
    """
    if not isinstance(error, OSError):
        return _NO_PATH
    if error.errno is None:
        return _UNNUMBERED.fill(words=str(error) or type(error).__name__)
    known = _REASONS.get(errorcode.get(error.errno, ""))
    return known or _OTHER.fill(number=error.errno, words=error.strerror or type(error).__name__)
