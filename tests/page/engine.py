"""The engine of the page in Node, and the command beside it."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DRIVER = Path(__file__).with_name("in_node.mjs")
PATIENCE = 600  # seconds until the command counts as hanging


class FailureError(Exception):
    """A call without an answer."""

    def __init__(self, failure: Mapping[str, str]) -> None:
        super().__init__(failure["message"])
        self.kind = failure["kind"]
        self.message = failure["message"]


class Engine:
    """The worker of the page in a thread of Node, asked call by call."""

    def __init__(self, node: str, parts: Path) -> None:
        self._process = subprocess.Popen(
            [node, str(DRIVER), str(parts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.facts = self._heard("ready")["facts"]
        self.progress: list[Any] = []

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def call(self, asked: str, files: Sequence[Path | None] = (), language: str = "zh", **ask: Any) -> Any:
        """Return the answer to the call *asked*; of `save` its name and its bytes. Raises FailureError."""
        return self.full(asked, files, language, ask)[0]

    def full(
        self, asked: str, files: Sequence[Path | None], language: str, ask: Mapping[str, Any]
    ) -> tuple[Any, Any]:
        """Return that answer, and the corrections of all reports."""
        assert self._process.stdin is not None
        paths = [None if path is None else str(path) for path in files]
        line = json.dumps({"call": asked, "language": language, "ask": ask, "files": paths})
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        said = self._heard("answer", "failure")
        if said["type"] == "failure":
            raise FailureError(said["failure"])
        answer, state = said["answered"]["answer"], said["answered"]["state"]
        if asked == "save":
            answer["bytes"] = base64.b64decode(said["bytes"] or "")
        return answer, state

    def open(self, *files: Path, names: Sequence[str] = ()) -> Any:
        """Open *files*, by their own names or by *names*."""
        return self.call("open", files, names=list(names) or [file.name for file in files])

    def close_all(self) -> None:
        """Close everything that is open."""
        opened = self.open()
        for report in opened["reports"]:
            opened = self.call("close", report=report["report"])
        for file in sorted(
            opened["settings"], key=lambda each: each["kind"] != "settings"
        ):  # these name the others
            self.call("dismiss", name=file["name"])

    def _heard(self, *kinds: str) -> Any:
        assert self._process.stdout is not None
        while True:
            said = json.loads(self._process.stdout.readline())
            if said["type"] in kinds:
                return said
            assert said["type"] in ("loading", "judging"), said


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run nianbao with *arguments* in *folder*."""
    asked = [sys.executable, "-m", "nianbao", *arguments]
    kept = {
        name: value for name, value in os.environ.items() if name != "COLUMNS"
    }  # of the terminal of the tests
    environment = {**kept, "LANG": "C.UTF-8", "PYTHONWARNINGS": "default"}
    return subprocess.run(
        asked, cwd=folder, env=environment, capture_output=True, check=False, timeout=PATIENCE
    )
