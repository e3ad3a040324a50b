"""How long the page takes in Chromium, and how much memory: `python -m tests.bench.page PAGE`.

It needs what `tests/page` needs. Nothing here is judged: a machine that does other things beside is slower.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from nianbao.testing import compliant

sys.path.insert(0, str(Path(__file__).parents[1]))
from rendering import DOCUMENTS, TEXTS, content
from rendering.office import PROGRAM, all_saved

CELL = "applications/total/natural_person"


def reports(folder: Path) -> tuple[str, list[str]]:
    """Write a report with a wrong cell in each kind of file into *folder*; return what the cell should say, and the paths."""
    draft = compliant("2021", "county", 1)
    right = draft.cells[CELL]
    draft.set(CELL, "1")
    blocks = content(draft)
    assert blocks is not None
    files = {
        kind: DOCUMENTS[name](blocks, Random(1)) for kind, name in (("docx", "docx"), ("html", "html, CMS"))
    }
    files |= {kind: TEXTS[kind](blocks, Random(1)) for kind in ("md", "txt")}
    if PROGRAM is not None:
        files["pdf"] = all_saved([files["docx"]], "pdf")[0]
    for kind, data in files.items():
        (folder / f"报告.{kind}").write_bytes(data)
    return right, [str(folder / f"报告.{kind}") for kind in files]


def main() -> None:
    """Print the figures of the page."""
    page = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        right, paths = reports(Path(folder))
        modules, chromium = os.environ["NIANBAO_NODE_MODULES"], shutil.which("chromium") or "chromium"
        script = Path(__file__).with_suffix(".cjs")
        command = ["node", script, modules, chromium, page.as_uri(), paths[0], "SUM001", right, *paths[1:]]
        done = subprocess.run([str(each) for each in command], capture_output=True, check=True, timeout=900)
    told: dict[str, Any] = json.loads(done.stdout)
    kinds = [f"first {kind:14} {took} ms" for kind, took in told["first"].items()]
    strokes = told["keystroke"]
    lines = [
        f"size                 {page.stat().st_size / 1e6:.2f} MB",
        f"ready                {told['ready']} ms after opening",
        f"first finding        {told['firstFinding']} ms after the file is given, docx",
        *kinds,
        f"judged keystroke     median {strokes['median']:.0f} ms, p95 {strokes['p95']:.0f} ms",
        f"memory               {told['megabytes']:.0f} MB resident, with all kinds of files open",
    ]
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
