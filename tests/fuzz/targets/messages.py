"""The language server: whatever an editor sends, every request has one answer and none tells of a fault of ours.

An input is a list of messages in JSON; anything else is sent as it is, so that the framing is tried too.
"""

import asyncio
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import chdir
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

from lsprotocol import types
from nianbao.lsp.connection import Connection
from nianbao.lsp.server import server
from nianbao.testing import compliant

from tests.fuzz.changes import either, pieces, raw, values
from tests.fuzz.target import Target

_INTERNAL = -32603
_FRAME = re.compile(rb"Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n")
_URI = "file:///report.txt"


def run(data: bytes) -> object:
    """Return what the server answers."""
    try:
        messages = json.loads(data)
    except (ValueError, RecursionError):
        messages = None
    if not isinstance(messages, list):
        return _answered(data)
    answered = _answered(b"".join(map(_framed, messages)))
    for number, times in _asked(messages).items():
        assert answered[number] == times, f"{answered[number]} answers to {times} requests of number {number}"
    return answered


def _asked(messages: Sequence[Any]) -> Counter[str]:
    """Return how many requests of each number there are in *messages* until the editor ends the server."""
    asked: Counter[str] = Counter()
    for each in messages:
        if isinstance(each, dict) and "method" in each:  # one whose method is no name is refused, and told so
            if each["method"] == types.EXIT and "id" not in each:
                break
            if type(each.get("id")) in (int, str) and each.get("jsonrpc") == "2.0":
                asked[str(each["id"])] += 1
    return asked


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


def _answered(sent: bytes) -> Counter[str]:
    """Return how many answers each number has among those to *sent*, in a folder without settings."""
    with chdir(_folder().name):
        return asyncio.run(_talk(sent))


def _framed(message: Any) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


async def _talk(sent: bytes) -> Counter[str]:
    said, faults = bytearray(), []
    made = server("zh", said.extend)
    made.on_fault = faults.append
    await made.serve(io.BytesIO(sent))
    answered = await _ended(made, said)
    assert not faults, faults
    return answered


async def _ended(made: Connection, said: bytearray) -> Counter[str]:
    """Answer what the server asks, wait for what it still does, and return how many answers each number has.

    What is in an answer rests on which thread is first.
    """
    replied: set[object] = set()
    while True:
        for _ in range(3):  # what a task calls when it has ended, and that in turn, comes after it
            await asyncio.sleep(0)
        messages = _messages(bytes(said))
        asked = [each for each in messages if "method" in each and each.get("id") not in (None, *replied)]
        for each in asked:
            replied.add(each["id"])
            refusal = {"jsonrpc": "2.0", "id": each["id"], "error": {"code": -32601, "message": "no"}}
            made.take(json.dumps(refusal).encode())
        open_ = asyncio.all_tasks() - {asyncio.current_task()}
        if not open_ and not asked:
            break
        if open_:
            await asyncio.wait(open_, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
    answers = [each for each in messages if "method" not in each]
    for each in answers:
        assert ("result" in each) != ("error" in each), each
        assert each.get("error", {}).get("code") != _INTERNAL, each
    made.stop()
    return Counter(str(each["id"]) for each in answers)


def _messages(data: bytes) -> list[dict[str, Any]]:
    found, at = [], 0
    while at < len(data):
        frame = _FRAME.match(data, at)
        assert frame is not None, data[at:]
        at = frame.end() + int(frame[1])
        found.append(json.loads(data[frame.end() : at]))
    return found


def _message(method: str, params: object, number: int | None = None) -> dict[str, object]:
    head: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": params}
    return head if number is None else head | {"id": number}


def _seeds() -> list[bytes]:
    text = compliant("2021", "township", 7).render()
    document: dict[str, object] = {"uri": _URI}
    place = {"line": 3, "character": 2}
    span = {"start": {"line": 0, "character": 0}, "end": place}
    begin = [
        _message(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": {
                    "general": {"positionEncodings": ["utf-8"]},
                    "textDocument": {
                        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
                    },
                },
                "initializationOptions": {"check": "all", "delay": 0},
            },
            1,
        ),
        _message("initialized", {}),
        _message(
            "textDocument/didOpen",
            {"textDocument": {**document, "languageId": "plaintext", "version": 1, "text": text[:1500]}},
        ),
    ]
    asked = [
        _message(
            "textDocument/didChange",
            {
                "textDocument": {**document, "version": 2},
                "contentChanges": [{"range": span, "text": "公开\n"}],
            },
        ),
        _message("textDocument/hover", {"textDocument": document, "position": place}, 2),
        _message("textDocument/diagnostic", {"textDocument": document}, 3),
        _message("textDocument/documentSymbol", {"textDocument": document}, 4),
        _message(
            "textDocument/codeAction",
            {
                "textDocument": document,
                "range": span,
                "context": {"diagnostics": [], "only": ["source.fixAll"]},
            },
            5,
        ),
        _message(
            "workspace/didChangeConfiguration",
            {"settings": {"nianbao": {"language": "en", "check": "open", "delay": 10}}},
        ),
        _message("workspace/executeCommand", {"command": "nianbao.show", "arguments": [_URI, 0, 0]}, 6),
        _message("workspace/didChangeWatchedFiles", {"changes": []}),
    ]
    end = [
        _message("textDocument/didClose", {"textDocument": document}),
        _message("shutdown", None, 9),
        _message("exit", None),
    ]
    settings = _message(
        "textDocument/didOpen",
        {
            "textDocument": {
                "uri": "file:///nianbao.yaml",
                "languageId": "yaml",
                "version": 1,
                "text": "select: [SUM]\n",
            }
        },
    )
    whole = [
        [*begin, *asked, *end],
        [*begin, asked[1]],
        [
            *begin[:2],
            settings,
            _message(
                "textDocument/hover", {"textDocument": {"uri": "file:///nianbao.yaml"}, "position": place}, 2
            ),
        ],
    ]
    return [*(json.dumps(messages).encode() for messages in whole), b"".join(map(_framed, whole[1]))]


_TEXTS = pieces(
    r"\n|[^\n/.]+|[/.]",
    (
        *(str(value) for value in vars(types).values() if isinstance(value, str)),
        _URI,
        "file://",
        "untitled:1",
        "%00",
        "utf-8",
        "source.fixAll",
    ),
)
TARGET = Target(run, _seeds, either(values(_TEXTS), values(_TEXTS), values(_TEXTS), raw), longest=2**15)
