"""LibreOffice as it is started here: with a profile of its own that forbids macros and leaves it no way to a network."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Macros and everything else that a document may start are off, links are not followed.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)
# The kinds of address that LibreOffice knows, instead of its own list, which has http, ftp and network folders. The
# settings above do not keep it from fetching a picture that a doc file links to; with these it does not know how.
_ADDRESSES = (
    ("file", "FileContentProvider"),
    ("vnd.sun.star.expand", "ExpandContentProvider"),
    ("vnd.sun.star.hier", "HierarchyContentProvider"),
    ("vnd.sun.star.pkg", "PackageContentProvider"),
    ("vnd.sun.star.tdoc", "TransientDocumentsContentProvider"),
    ("vnd.sun.star.zip", "PackageContentProvider"),
)


def conversion(program: str, profile: Path, file: Path, *before: str) -> tuple[str, ...]:
    """Return the words that have *program*, without a screen and with *profile*, write `made` of *file*.

    *before* are documents that it opens first.
    """
    return (
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *before,
        *("--convert-to", made(file).suffix[1:], "--outdir", str(made(file).parent), str(file)),
    )


def made(file: Path) -> Path:
    """Return where the docx or, of a workbook, the xlsx is that *file* is converted to."""
    return file.parent / "made" / f"{file.stem}.{'xlsx' if file.suffix == '.xls' else 'docx'}"


def environment(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the variables that LibreOffice runs with: ours without a screen, and *folder* for all its files."""
    for name, value in os.environ.items():
        if name.upper() not in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME"):
            yield name, value
    yield "TEMP" if sys.platform == "win32" else "TMPDIR", str(folder)
    if sys.platform != "win32":
        yield "HOME", str(folder)
        yield "SAL_USE_VCLPLUGIN", "svp"


def settle(profile: Path) -> None:
    """Write the settings of a new *profile*."""
    items = [
        f'<item oor:path="/org.openoffice.Office.{path}">{_prop(name, value)}</item>'
        for path, name, value in _SETTINGS
    ]
    known = "".join(
        f'<node oor:name="{address}" oor:op="replace">{_prop("URLTemplate", address)}'
        f"{_prop('ServiceName', f'com.sun.star.ucb.{service}')}{_prop('Arguments', '')}</node>"
        for address, service in _ADDRESSES
    )
    items.append(
        '<item oor:path="/org.openoffice.ucb.Configuration/ContentProviders/Local/SecondaryKeys">'
        f'<node oor:name="Office" oor:op="replace"><node oor:name="ProviderData">{known}</node></node></item>'
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(items)}</oor:items>\n",
        encoding="utf-8",
    )


def _prop(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'


def door(profile: Path) -> Path:
    """Return the socket at which one that runs with *profile* takes what another is started for.

    It is there as soon as it can be asked, and stays if it is killed.
    """
    from hashlib import md5

    digest = md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # without the zeros, as it writes them
    user = os.getuid() if sys.platform != "win32" else 0
    return Path(f"/tmp/OSL_PIPE_{user}_SingleOfficeIPC_{name}")  # whatever TMPDIR says
