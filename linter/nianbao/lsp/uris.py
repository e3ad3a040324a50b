"""The addresses of files, as RFC 8089 has them."""

import os
from urllib.parse import quote, unquote_to_bytes

from nianbao_grammar import patterns as re

_DRIVE = re.compile("/[A-Za-z]:")


def uri_of(path: str) -> str:
    """Return the address of the file at *path*."""
    path = os.path.abspath(path).replace(os.sep, "/")
    host = ""
    if path.startswith("//"):  # \\host\share
        host, _, path = path[2:].partition("/")
    path = "/" + path.removeprefix("/")
    drive = ""
    if _DRIVE.match(path):
        drive, path = f"/{path[1].lower()}:", path[3:]
    return f"file://{host}{drive}{quote(os.fsencode(path))}"


def path_of(uri: str) -> str:
    """Return the path of the file *uri*, "" for what is no file."""
    if not uri.startswith("file:"):
        return ""
    rest = re.split("[?#]", uri.removeprefix("file:"), maxsplit=1)[0]
    host = ""
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        rest = slash + rest
    path = os.fsdecode(unquote_to_bytes(rest.encode("utf-8", "replace")))
    if host and path:
        path = f"//{host}{path}"
    elif _DRIVE.match(path):
        path = path[1].lower() + path[2:]
    return path.replace("/", os.sep)
