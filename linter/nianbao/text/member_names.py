"""The names of the members of a zip, which may not say how they are written."""

_UTF8 = 0x800  # of the flags of a member


def as_written(name: str, flags: int) -> str:
    """Return *name*, that of a member of a zip with these *flags*, as it was written.

    Where they do not say how, it is in UTF-8 or in GB18030, and `zipfile` has taken it for code page 437.
    """
    if flags & _UTF8:
        return name
    written = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
