"""What the language server costs: its start, and a key in a short text and in a long one."""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from nianbao.lsp.server import TURN
from nianbao.lsp.server import server as made
from nianbao.testing import compliant

_URI = "file:///qinghe/report.txt"
_FIRST = "一、总体情况\n"
_STARTS = 12
_PAUSE = 0.003  # seconds after a key at which the next message comes, while the text is judged


def server() -> Iterator[str]:
    """Measure how long a start takes, and for how long a key keeps the server from answering and from a verdict."""
    begin = _message(id=1, method="initialize", params={"capabilities": {}})
    opened = _opened(compliant("2021", "county", 3).render())
    plain = min(_child(["-c", "pass"], b"") for _ in range(_STARTS))
    for name, messages, until in (
        ("first answer", [begin], b"serverInfo"),
        ("first findings", [begin, opened], b"publishDiagnostics"),
    ):
        start = min(_child(["-m", "nianbao", "lsp"], _framed(messages), until) for _ in range(_STARTS))
        yield f"start to the {name}: {1000 * start:.0f} ms of processor time, {start / plain:.1f} times python -c pass"
    for size, keys in ((5_000, 100), (500_000, 10)):
        yield from asyncio.run(_keys(_text(size), keys))


def _text(size: int) -> str:
    """Return a report of *size* bytes of UTF-8 or a little more: its first part has paragraphs of others."""
    text = compliant("2021", "county", 3).render()
    lines, seed = [""], 0
    left = size - len(text.encode())
    while left > 0:
        seed += 1
        for line in compliant("2021", "county", seed).render().split("\n"):
            if len(line) > 20 and "\t" not in line and "年度报告" not in line and "统计" not in line:
                lines.append(line)
                left -= len(line.encode()) + 1
    return text.replace(_FIRST, _FIRST + "\n".join(lines) + "\n", 1)


async def _keys(text: str, keys: int) -> list[str]:
    """Type so many *keys* into *text*, and return what each has cost."""
    sent: list[dict[str, Any]] = []
    news = asyncio.Event()

    def write(data: bytes) -> None:
        sent.append(json.loads(data.partition(b"\r\n\r\n")[2]))
        news.set()

    async def version(number: int) -> None:
        while not any(one.get("params", {}).get("version") == number for one in sent):
            news.clear()
            await news.wait()
        sent.clear()

    sys.setswitchinterval(TURN)  # as `serve` does
    one = made("zh", write)
    one.take(
        _message(
            id=1, method="initialize", params={"capabilities": {}, "initializationOptions": {"delay": 0}}
        )
    )
    one.take(_opened(text))
    await version(1)
    at = {"line": text[: text.index(_FIRST)].count("\n") + 1, "character": 3}
    busy, late, judged = [], [], []
    for number in range(2, keys + 2):
        change = {"range": {"start": at, "end": at}, "text": "好"}
        document = {"uri": _URI, "version": number}
        key = _message(
            method="textDocument/didChange", params={"textDocument": document, "contentChanges": [change]}
        )
        start, spent = time.thread_time(), time.process_time()
        one.take(key)
        busy.append(time.thread_time() - start)
        begun = time.perf_counter()
        await asyncio.sleep(_PAUSE)
        late.append(time.perf_counter() - begun - _PAUSE)
        await version(number)
        judged.append(time.process_time() - spent)
    one.take(_message(id=2, method="shutdown"))
    size = f"{len(text.encode()) / 1000:.0f} KB"
    return [
        f"{size}: a key keeps the server busy {_spread(busy)}",
        f"{size}: a message that comes while it judges waits {_spread(late)} on the clock",
        f"{size}: the new findings take {_spread(judged)} of processor time",
    ]


def _spread(seconds: list[float]) -> str:
    ordered = sorted(1000 * second for second in seconds)
    return f"{ordered[len(ordered) // 2]:.1f} ms, p95 {ordered[int(0.95 * len(ordered))]:.1f} ms"


def _opened(text: str) -> bytes:
    item = {"uri": _URI, "languageId": "plaintext", "version": 1, "text": text}
    return _message(method="textDocument/didOpen", params={"textDocument": item})


def _message(**fields: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **fields}).encode()


def _framed(messages: list[bytes]) -> bytes:
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in messages)


def _child(arguments: list[str], sent: bytes, until: bytes = b"") -> float:
    """Return the seconds of processor time that Python takes with *arguments* until it has written *until*.

    It finds its modules compiled, as one that is installed does.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(sent)
        child.stdin.flush()
        seen = b""
        while until not in seen and (more := child.stdout.read1()):
            seen += more
        child.stdin.close()
        child.stdout.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
