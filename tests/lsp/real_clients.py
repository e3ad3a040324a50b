"""What the tests with real editors share: a report for them, and how one is run."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.running import PATIENCE, command, environment
from nianbao.testing import compliant

CLIENTS = Path(__file__).parent / "clients"
HEAD = "𠮷野👩\u200d👧\t"  # before the fault, in its line: signs of every width, a joiner and a tab
FAULT = "12月31"  # where 日 is missing: PER003, whose fix is safe


def report() -> str:
    """Return a report whose only fault is behind signs of every width."""
    text = compliant("2021", "county", 3).render()
    text = text.replace("本报告依照", f"{HEAD}本报告依照", 1)
    wrong = text.replace(f"{FAULT}日止", f"{FAULT}止", 1)
    assert wrong != text
    return wrong


def seen_by(editor: Sequence[str], folder: Path) -> Any:
    """Run *editor* in *folder* and return what its script has seen."""
    seen = folder / "seen.json"
    told = {
        "NIANBAO_COMMAND": json.dumps(command("lsp")),
        "NIANBAO_SEEN": str(seen),
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    done = subprocess.run(
        editor, cwd=folder, env=environment(told), capture_output=True, check=False, timeout=PATIENCE
    )
    assert seen.exists(), done.stderr.decode()
    said = json.loads(seen.read_text(encoding="utf-8"))
    assert (said.get("trouble"), done.returncode) == (None, 0), done.stderr.decode()
    return said
