"""Messages in their frames, and requests that an editor takes back."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest
from cli.running import PATIENCE
from nianbao.lsp.connection import Connection, RefusedError
from nianbao.lsp.json_values import ShapeError, read, written

PARSE_ERROR, INVALID_REQUEST, INTERNAL, CANCELLED = -32700, -32600, -32603, -32800
INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}
EXIT = {"jsonrpc": "2.0", "method": "exit"}


def framed(message: object, head: str = "Content-Length: {}\r\n\r\n") -> bytes:
    body = json.dumps(message).encode()
    return head.format(len(body)).encode() + body


def said(data: bytearray) -> list[dict[str, Any]]:
    """Return the messages in *data*, each in a frame of the right length."""
    messages, stream = [], io.BytesIO(data)
    while line := stream.readline():
        name, _, length = line.decode().partition(":")
        assert (name, stream.readline()) == ("Content-Length", b"\r\n")
        messages.append(json.loads(stream.read(int(length))))
    return messages


def connection(**answers: Callable[[], Any]) -> tuple[Connection, bytearray]:
    data = bytearray()
    made = Connection(data.extend)
    made.on("initialize", lambda: None)
    made.on("shutdown", lambda: None)
    for name, answer in answers.items():
        made.on(name, answer)
    return made, data


def session(*parts: bytes) -> tuple[Connection, list[dict[str, Any]]]:
    made, data = connection()
    asyncio.run(made.serve(io.BytesIO(b"".join(parts))))
    return made, said(data)


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: {}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        "Content-Type: application/vscode-jsonrpc\r\nContent-Length: {}\r\n\r\n",
        "content-length:{}\r\n\r\n",
        "Content-Length: {}\n\n",
        "\r\nno header\r\nContent-Length: {}\r\n\r\n",
    ],
)
def test_a_frame_is_read_whatever_stands_beside_its_length(head: str) -> None:
    _, answers = session(framed(INITIALIZE, head), framed(EXIT))
    assert answers == [{"jsonrpc": "2.0", "id": 1, "result": None}]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b"'"])
def test_what_is_no_json_is_refused_and_the_next_message_answered(body: bytes) -> None:
    _, (refusal, answer) = session(b"Content-Length: %d\r\n\r\n%s" % (len(body), body), framed(INITIALIZE))
    assert (refusal["error"]["code"], refusal["id"]) == (PARSE_ERROR, None)
    assert "result" in answer


@pytest.mark.parametrize("method", [0, None, ["shutdown"], {}])
def test_a_request_whose_method_is_no_name_is_refused_by_its_number(method: object) -> None:
    _, (_, refusal) = session(framed(INITIALIZE), framed({"jsonrpc": "2.0", "id": 2, "method": method}))
    assert (refusal["error"]["code"], refusal["id"]) == (INVALID_REQUEST, 2)


def test_the_exit_code_says_whether_the_editor_has_taken_leave() -> None:
    shutdown = {"jsonrpc": "2.0", "id": 2, "method": "shutdown"}
    assert session(framed(INITIALIZE), framed(EXIT))[0].ended == 1
    assert session(framed(INITIALIZE), framed(shutdown), framed(EXIT))[0].ended == 0
    assert session(framed(INITIALIZE))[0].ended == 0  # the editor has gone
    assert session(b"Content-Length: 400\r\n\r\n{")[0].ended == 0


def test_an_editor_that_takes_nothing_more_ends_the_session() -> None:
    def gone(data: bytes) -> None:
        raise BrokenPipeError

    made = Connection(gone)
    made.on("initialize", lambda: None)
    made.take(json.dumps(INITIALIZE).encode())
    assert made.ended == 0


async def answered(data: bytearray, number: object) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        while not (found := [one for one in said(data) if one.get("id") == number]):
            await asyncio.sleep(0)
    return found[0]


def test_a_request_that_is_taken_back_is_answered_as_such() -> None:
    async def act() -> None:
        never = asyncio.Event()
        made, data = connection(wait=never.wait)
        made.take(json.dumps(INITIALIZE).encode())
        for number in (7, "乙"):
            made.take(json.dumps({"jsonrpc": "2.0", "id": number, "method": "wait"}).encode())
        await asyncio.sleep(0)
        for number in (None, [7], 8, "乙"):
            cancel = {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}}
            made.take(json.dumps(cancel).encode())
        assert (await answered(data, "乙"))["error"]["code"] == CANCELLED
        never.set()
        assert (await answered(data, 7))["result"] is True

    asyncio.run(act())


def test_a_fault_of_ours_is_an_answer_that_quotes_nothing() -> None:
    def broken() -> None:
        raise ValueError("联系人李某某")

    async def broken_later() -> None:
        broken()

    async def act() -> None:
        made, data = connection(broken=broken, later=broken_later)
        faults: list[Exception] = []
        made.on_fault = faults.append
        made.take(json.dumps(INITIALIZE).encode())
        for number, method in enumerate(("broken", "later"), 2):
            made.take(json.dumps({"jsonrpc": "2.0", "id": number, "method": method}).encode())
            answer = await answered(data, number)
            assert answer["error"] == {"code": INTERNAL, "message": "ValueError"}
        assert len(faults) == 2

    asyncio.run(act())


def test_what_the_editor_is_asked_waits_for_its_answer_or_refusal() -> None:
    async def act() -> None:
        made, data = connection()
        answers: tuple[Awaitable[Any], ...] = (made.ask("a"), made.ask("b"), made.ask("c"))
        numbers = [one["id"] for one in said(data)]
        for number, outcome in zip(numbers, ({"result": 3}, {"error": {"code": 1}}, {}), strict=True):
            made.take(json.dumps({"jsonrpc": "2.0", "id": number, **outcome}).encode())
        assert await answers[0] == 3
        for refused in answers[1:]:
            with pytest.raises(RefusedError):
                await refused

    asyncio.run(act())


# -- structures --------------------------------------------------------------------------------------------


class Inner(NamedTuple):
    some_name: int


class Outer(NamedTuple):
    inner: Inner
    many: list[Inner]
    text: str | None = None
    any_thing: object = None


RIGHT: dict[str, Any] = {"inner": {"someName": 1}, "many": [{"someName": 2}], "anyThing": [None]}


def test_a_structure_is_read_by_its_fields_and_written_back() -> None:
    found = read(Outer, {**RIGHT, "unknown": 3})
    assert found == Outer(Inner(1), [Inner(2)], None, [None])
    assert written(found) == RIGHT


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {**RIGHT, "inner": {}},
        {**RIGHT, "inner": None},
        {**RIGHT, "inner": {"someName": True}},
        {**RIGHT, "inner": {"someName": "1"}},
        {**RIGHT, "inner": {"someName": 1.0}},
        {**RIGHT, "many": {}},
        {**RIGHT, "many": [1]},
        {**RIGHT, "text": 3},
    ],
)
def test_what_is_not_of_the_shape_is_refused(wrong: object) -> None:
    with pytest.raises(ShapeError):
        read(Outer, wrong)
