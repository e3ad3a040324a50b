"""What LibreOffice makes of a docx, and a docx of a page."""

import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM = shutil.which("soffice")
_SECONDS = 60
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "pdf": "pdf",
    "html": "html:HTML (StarWriter)",
    "rtf": "rtf",
}


def saved(data: bytes, suffix: str, given_as: str = "docx") -> bytes:
    """Return *data*, a docx or an HTML page, as LibreOffice saves it with *suffix*. Raises CalledProcessError.

    *suffix* is docx, doc, pdf, html or rtf; *given_as* docx or html.
    """
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given", f"report.{given_as}"), Path(folder, f"report.{suffix}")
        given.parent.mkdir()
        given.write_bytes(data)
        command = (
            *(PROGRAM, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/home"),
            *(("--infilter=HTML (StarWriter)",) if given_as == "html" else ()),
            *("--convert-to", _FILTERS[suffix], "--outdir", folder, str(given)),
        )
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return made.read_bytes()  # it says that it has succeeded where it has not: then there is no file
