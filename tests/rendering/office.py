"""What LibreOffice makes of a docx."""

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


def saved(docx: bytes, suffix: str) -> bytes:
    """Return *docx* as LibreOffice saves it with *suffix*: docx, doc, pdf, html, rtf. Raises CalledProcessError."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given", "report.docx"), Path(folder, f"report.{suffix}")
        given.parent.mkdir()
        given.write_bytes(docx)
        command = (
            *(PROGRAM, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/home"),
            *("--convert-to", _FILTERS[suffix], "--outdir", folder, str(given)),
        )
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return made.read_bytes()  # it says that it has succeeded where it has not: then there is no file
