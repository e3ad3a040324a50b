"""A page in a mail, as browsers and Word save one."""

import base64
import quopri
from collections.abc import Mapping, Sequence

_LINE = "------MultipartBoundary--Kq7h2"
_ENCODERS = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": bytes,
}
PICTURE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def part(
    content: bytes,
    kind: str = "text/html",
    encoding: str = "quoted-printable",
    location: str = "http://qinghe.example/1.html",
) -> bytes:
    """Return a part of a mail; *kind* may say more than the kind."""
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: {location}\r\n"
    )
    return (
        head.encode() + b"\r\n" + _ENCODERS[encoding](content).replace(b"\n", b"\r\n").replace(b"\r\r", b"\r")
    )


def archive(parts: Sequence[bytes], heads: Mapping[str, str] | None = None, line: str = _LINE) -> bytes:
    """Return a mail of *parts*, with further *heads* before its own."""
    said = {
        "From": "<Saved by Blink>",
        **(heads or {}),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{line}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items()).encode()
    return (
        head
        + b"".join(b"\r\n--" + line.encode() + b"\r\n" + each for each in parts)
        + f"\r\n--{line}--\r\n".encode()
    )


def saved(page: bytes) -> bytes:
    """Return *page* as a browser saves it, a picture behind it; the part does not say its encoding."""
    picture = part(PICTURE, "image/gif", "base64", "http://qinghe.example/1.gif")
    return archive([part(page), picture])
