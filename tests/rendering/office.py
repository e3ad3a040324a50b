"""What LibreOffice makes of a docx, and a docx of a page."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cli.running import PATIENCE

PROGRAM = shutil.which("soffice")
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "pdf": "pdf",
    "html": "html:HTML (StarWriter)",
    "rtf": "rtf",
    "xls": "xls:MS Excel 97",
}


def saved(data: bytes, suffix: str, given_as: str = "docx") -> bytes:
    """Return *data*, a docx or what *given_as* says, as LibreOffice saves it with *suffix*: docx, doc, pdf, html, rtf or, of a workbook, xls.

    Raises CalledProcessError where it fails.
    """
    (made,) = all_saved((data,), suffix, given_as)
    return made


def all_saved(files: Sequence[bytes], suffix: str, given_as: str = "docx") -> list[bytes]:
    """Return *files* as LibreOffice saves them, started once for all: to start takes longer than to save.

    *given_as* is docx, doc, html or xlsx. Raises CalledProcessError where it fails.
    """
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "given").mkdir()
        given = [Path(folder, "given", f"{number}.{given_as}") for number in range(len(files))]
        for path, data in zip(given, files, strict=True):
            path.write_bytes(data)
        command = (
            *(PROGRAM, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/home"),
            *(("--infilter=HTML (StarWriter)",) if given_as == "html" else ()),
            *("--convert-to", _FILTERS[suffix], "--outdir", folder, *map(str, given)),
        )
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        # It says that it has succeeded where it has not: then there is no file.
        return [Path(folder, f"{path.stem}.{suffix}").read_bytes() for path in given]
