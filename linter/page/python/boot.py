"""The first module of the page that runs in the worker."""

import io
import os
import sys
import zipfile
import zlib

from nianbao.page.calls import Page

FOLDER = "/home/pyodide/reports"  # the current folder, where files of settings are put
PDFIUM = "pypdfium2_raw"


class Later:
    """Unpacks the library for PDF when it is first imported: most pages never read one."""

    def __init__(self, packed):
        """Take the compressed archive."""
        self.packed = packed

    def find_spec(self, name, path=None, target=None):
        """Put the archive where modules are found, and leave it to the others to find it there."""
        if name == PDFIUM and self.packed is not None:
            packed, self.packed = self.packed, None
            with zipfile.ZipFile(io.BytesIO(zlib.decompress(packed, 31))) as archive:
                archive.extractall("/pdf")
            sys.path.append("/pdf")
        return


def start(pdf, progress):
    """Return the page, without any report; *progress* is told of the work on several."""
    sys.meta_path.insert(0, Later(bytes(pdf)))
    os.makedirs(FOLDER)
    os.chdir(FOLDER)
    return Page(progress)
