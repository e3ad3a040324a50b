"""An editor that types into a report, and the time until the server has judged each version of it."""

import json
import math
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tests.bench.processes import surroundings

URI = "file:///%E6%8A%A5%E5%91%8A.txt"
PULL = {"textDocument": {"diagnostic": {}}}
PATIENCE = 30  # seconds
AFTER = "一、总体情况\n"  # what is typed stands behind it


def session() -> bytes:
    """Return what an editor sends that starts a server and stops it at once."""
    return b"".join(
        (
            message("initialize", {"processId": None, "rootUri": None, "capabilities": PULL}, 1),
            message("initialized", {}),
            message("shutdown", None, 2),
            message("exit", None),
        )
    )


def message(method: str, params: Any, number: int | None = None) -> bytes:
    """Return a request with its *number*, or a notice, as it goes over the wire."""
    body: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
    if params is not None:
        body["params"] = params
    if number is not None:
        body["id"] = number
    data = json.dumps(body).encode()
    return b"Content-Length: %d\r\n\r\n" % len(data) + data


def received(stream: IO[bytes]) -> Mapping[str, Any]:
    """Return the next message of the server. Raises EOFError where it has ended."""
    length = 0
    while (line := stream.readline()) != b"\r\n":
        if not line:
            raise EOFError
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    answer: Mapping[str, Any] = json.loads(stream.read(length))
    return answer


class Editor:
    """One that asks for the findings of its text."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        assert server.stdin is not None
        assert server.stdout is not None
        self.sink, self.source = server.stdin, server.stdout
        self.number = 0

    def tell(self, method: str, params: Any) -> None:
        self._write(message(method, params))

    def ask(self, method: str, params: Any) -> Any:
        """Return the answer to a request. Raises RuntimeError where it is an error."""
        self.number += 1
        self._write(message(method, params, self.number))
        while True:
            answer = received(self.source)
            if answer.get("id") == self.number and "method" not in answer:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def findings(self) -> Any:
        return self.ask("textDocument/diagnostic", {"textDocument": {"uri": URI}})

    def anything(self) -> Any:
        """Ask what can be answered at once: a hover over a text that is not open."""
        place = {"line": 0, "character": 0}
        return self.ask("textDocument/hover", {"textDocument": {"uri": "file:///none"}, "position": place})

    def _write(self, data: bytes) -> None:
        self.sink.write(data)
        self.sink.flush()


@contextmanager
def editing(command: Sequence[str], text: str) -> Iterator[Editor]:
    """Start the server, open *text* in it and stop it in the end."""
    with (
        tempfile.TemporaryDirectory() as cache,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings(Path(cache)),
        ) as server,
    ):
        editor = Editor(server)
        editor.ask("initialize", {"processId": None, "rootUri": None, "capabilities": PULL})
        editor.tell("initialized", {})
        document = {"uri": URI, "languageId": "plaintext", "version": 0, "text": text}
        editor.tell("textDocument/didOpen", {"textDocument": document})
        yield editor
        editor.ask("shutdown", None)
        editor.tell("exit", None)


def keystrokes(
    command: Sequence[str], text: str, count: int, ask: Callable[[Editor], Any] = Editor.findings
) -> list[float]:
    """Return the milliseconds from each keystroke to the answer to what is asked then: the findings of the new text.

    There are *count* keystrokes, or as many as half a minute has time for.
    """
    line, taken = text[: text.index(AFTER)].count("\n") + 1, []
    with editing(command, text) as editor:
        editor.findings()
        for version in range(1, count + 1):
            at = {"line": line, "character": version - 1}
            change = {"range": {"start": at, "end": at}, "text": "公开政府信息"[version % 6]}
            start = time.perf_counter()
            identity = {"uri": URI, "version": version}
            editor.tell("textDocument/didChange", {"textDocument": identity, "contentChanges": [change]})
            ask(editor)
            taken.append(1000 * (time.perf_counter() - start))
            editor.findings()
            if sum(taken) > 1000 * PATIENCE:
                break
    return taken


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least of *values* that no less than *share* of them, a part of 1, do not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]
