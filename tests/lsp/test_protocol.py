"""Every request is answered, whatever it holds; a notification never is, and neither ends the server."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from cli.running import PATIENCE, wrong_total
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types
from nianbao.lsp.server import server

INVALID_REQUEST, NO_METHOD, INVALID_PARAMS, INTERNAL, NOT_BEGUN = -32600, -32601, -32602, -32603, -32002
URI = "file:///qinghe/%E6%8A%A5%E5%91%8A.txt"
TEXT = {"uri": URI}
AT = {"line": 3, "character": 2}
RANGE = {"start": {"line": 0, "character": 0}, "end": AT}

# Params that are right, for every request and notification that the server takes.
REQUESTS: dict[str, Any] = {
    types.TEXT_DOCUMENT_HOVER: {"textDocument": TEXT, "position": AT},
    types.TEXT_DOCUMENT_DIAGNOSTIC: {"textDocument": TEXT},
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: {"textDocument": TEXT},
    types.TEXT_DOCUMENT_CODE_ACTION: {"textDocument": TEXT, "range": RANGE, "context": {"diagnostics": []}},
    types.WORKSPACE_EXECUTE_COMMAND: {"command": "nianbao.show", "arguments": [URI, 1, 1]},
}
NOTIFICATIONS: dict[str, Any] = {
    types.INITIALIZED: {},
    types.TEXT_DOCUMENT_DID_OPEN: {
        "textDocument": {"uri": URI, "languageId": "plaintext", "version": 1, "text": "年报"}
    },
    types.TEXT_DOCUMENT_DID_CHANGE: {
        "textDocument": {"uri": URI, "version": 2},
        "contentChanges": [{"range": RANGE, "text": "甲"}, {"text": "一、总体情况"}],
    },
    types.TEXT_DOCUMENT_DID_SAVE: {"textDocument": TEXT},
    types.TEXT_DOCUMENT_DID_CLOSE: {"textDocument": TEXT},
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: {"changes": [{"uri": URI, "type": 1}]},
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: {"settings": {"nianbao": {"delay": 0}}},
    types.CANCEL_REQUEST: {"id": 1},
}


class Client:
    """Writes messages and keeps what comes back; it refuses whatever the server asks."""

    def __init__(self) -> None:
        self.server = server("en", self.write)
        self.sent: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        head, _, body = data.partition(b"\r\n\r\n")
        assert head == b"Content-Length: %d" % len(body)
        message = json.loads(body)
        self.sent.append(message)
        if "method" in message and "id" in message:
            self.tell({"id": message["id"], "error": {"code": NO_METHOD, "message": "no"}})

    def tell(self, message: Any) -> None:
        """Send *message*, read as the server reads it."""
        whole = {"jsonrpc": "2.0", **message} if isinstance(message, dict) else message
        self.server.take(json.dumps(whole).encode())

    async def ask(self, message: Any, number: Any = "甲") -> dict[str, Any]:
        """Send the request *message* and return the one answer to it."""
        self.sent.clear()
        self.tell({"id": number, **message})
        async with asyncio.timeout(PATIENCE):
            while not self._answers(number):
                await asyncio.sleep(0.001)
        (answer,) = self._answers(number)
        return answer

    def _answers(self, number: Any) -> list[dict[str, Any]]:
        return [one for one in self.sent if "method" not in one and one.get("id") == number]


@asynccontextmanager
async def begun() -> AsyncIterator[Client]:
    """A server that has been initialized and has a report open."""
    client = Client()
    answer = await client.ask({"method": "initialize", "params": {"processId": None, "capabilities": {}}})
    assert "result" in answer
    document = {"uri": URI, "languageId": "plaintext", "version": 1, "text": wrong_total()}
    client.tell({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    yield client
    await client.ask({"method": "shutdown"}, 0)


def with_server(act: Callable[[Client], Awaitable[None]]) -> None:
    """Run *act* on a server that has begun."""

    async def session() -> None:
        async with begun() as client:
            await act(client)

    asyncio.run(session())


def test_the_methods_below_are_all_that_there_are() -> None:
    known = {*server("zh", lambda data: None).answers, types.CANCEL_REQUEST}
    assert known == {*REQUESTS, *NOTIFICATIONS, types.INITIALIZE, types.SHUTDOWN}


@pytest.mark.parametrize("params", [{}, {"params": None}, {"params": []}, {"params": "甲"}, {"params": {}}])
def test_a_request_without_its_params_is_refused(params: dict[str, Any]) -> None:
    async def act(client: Client) -> None:
        for method in REQUESTS:
            answer = await client.ask({"method": method, **params})
            assert answer["error"]["code"] == INVALID_PARAMS, method

    with_server(act)


def test_before_the_beginning_and_after_the_end_requests_are_refused() -> None:
    async def session() -> None:
        client = Client()
        for method, params in REQUESTS.items():
            answer = await client.ask({"method": method, "params": params})
            assert answer["error"]["code"] == NOT_BEGUN, method
        for method, params in NOTIFICATIONS.items():
            client.tell({"method": method, "params": params})
        answer = await client.ask({"method": "initialize", "params": {"capabilities": 3}})
        assert answer["error"]["code"] == INVALID_PARAMS
        begin = {"method": "initialize", "params": {"processId": None, "capabilities": {}}}
        assert "result" in await client.ask(begin)
        assert (await client.ask(begin))["error"]["code"] == INVALID_REQUEST
        assert (await client.ask({"method": "shutdown"}))["result"] is None
        answer = await client.ask(
            {"method": types.TEXT_DOCUMENT_HOVER, "params": REQUESTS["textDocument/hover"]}
        )
        assert answer["error"]["code"] == INVALID_REQUEST

    asyncio.run(session())


@pytest.mark.parametrize("method", ["textDocument/formatting", "textDocument/completion", "甲", "", "$/none"])
def test_an_unknown_method_is_told_to_be_unknown(method: str) -> None:
    async def act(client: Client) -> None:
        assert (await client.ask({"method": method, "params": 3}))["error"]["code"] == NO_METHOD

    with_server(act)


@pytest.mark.parametrize(
    "message",
    [
        3,
        [],
        None,
        {"id": 1.5, "method": "shutdown"},
        {"id": None, "method": "shutdown"},
        {"id": True, "method": "shutdown"},
        {"id": [1], "method": "shutdown"},
        {"jsonrpc": "1.0", "id": 1, "method": "shutdown"},
    ],
)
def test_what_is_no_message_is_refused_without_a_number(message: Any) -> None:
    async def act(client: Client) -> None:
        client.sent.clear()
        client.tell(message)
        (answer,) = [one for one in client.sent if "error" in one]
        assert answer["error"]["code"] == INVALID_REQUEST
        assert answer["id"] is None

    with_server(act)


# -- any JSON at all ---------------------------------------------------------------------------------------

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**33), 2**33)
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from([URI, "file:///", "untitled:甲", "2.0", "nianbao.show", "utf-8", "quickfix", ""])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["textDocument", "uri", "position", "range", "jsonrpc", "id", "method", "params", "甲"]),
        inner,
        max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, right: Any) -> Any:
    """Return *right* with some of what is inside it left out or replaced by any JSON."""
    if draw(st.integers(0, 3)) == 0:
        return draw(JSON)
    if isinstance(right, dict):
        return {key: draw(changed(value)) for key, value in right.items() if draw(st.integers(0, 9))}
    if isinstance(right, list):
        return [draw(changed(value)) for value in right if draw(st.integers(0, 9))]
    return right


@settings(max_examples=5)
@given(data=st.data())
@pytest.mark.parametrize("method", REQUESTS)
def test_a_request_with_any_params_has_one_answer_and_none_of_a_fault(
    method: str, data: st.DataObject
) -> None:
    """An answer, or an error that says that the request is wrong: never one that says that the server is."""
    several = data.draw(st.lists(changed(REQUESTS[method]), min_size=1, max_size=20))

    async def act(client: Client) -> None:
        for params in several:
            answer = await client.ask({"method": method, "params": params})
            assert answer.get("error", {}).get("code") != INTERNAL, (params, answer)

    with_server(act)


@settings(max_examples=5)
@given(data=st.data())
@pytest.mark.parametrize("method", NOTIFICATIONS)
def test_a_notification_with_any_params_has_no_answer_and_does_no_harm(
    method: str, data: st.DataObject
) -> None:
    """The server answers the next request."""
    several = data.draw(st.lists(changed(NOTIFICATIONS[method]), min_size=1, max_size=20))

    async def act(client: Client) -> None:
        client.sent.clear()
        for params in several:
            client.tell({"method": method, "params": params})
        await asyncio.sleep(0)
        assert [one for one in client.sent if "method" not in one] == []
        request = {"method": types.TEXT_DOCUMENT_HOVER, "params": REQUESTS[types.TEXT_DOCUMENT_HOVER]}
        assert "result" in await client.ask(request)

    with_server(act)
