"""The messages between the server and one editor: JSON-RPC 2.0, each in a frame with its length.

Every request is answered, whatever it holds; a notification never is, and what is wrong with one is ignored.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, BinaryIO

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.lsp import types
from nianbao.lsp.json_values import ShapeError, read, written

_LENGTH = re.compile(rb"(?i)content-length:[ \t]*(\d{1,9})[ \t]*\r?\n")
_INITIALIZE, _SHUTDOWN, _EXIT, _CANCEL = "initialize", "shutdown", "exit", "$/cancelRequest"

Write = Callable[[bytes], object]
Reply = Callable[[dict[str, object]], None]


class RefusedError(Exception):
    """A request is refused with this error; *data* goes with it."""

    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Answer(NamedTuple):
    """What is called for a method, and the shape of its params, None if they are left out."""

    call: Callable[..., Any]
    shape: Any


class Connection:
    """Takes messages and calls what answers them; sends answers, and notifications and requests of the server."""

    def __init__(self, write: Write) -> None:
        """Send by *write*, which raises OSError if the editor has gone."""
        self.answers: dict[str, Answer] = {}
        self.ended: int | None = None  # the exit code, once the session is over
        self.on_fault: Callable[[Exception], object] = _ignored  # called with what went wrong in an answer
        self._write = write
        self._begun = self._shut = False
        self._open: dict[object, asyncio.Task[Any]] = {}  # by the number of the request
        self._asked: dict[str, asyncio.Future[Any]] = {}
        self._count = 0

    def on(self, method: str, call: Callable[..., Any], shape: Any = None) -> None:
        """Have *call* answer *method*, with its params read as a *shape*; without a shape they are left out."""
        self.answers[method] = Answer(call, shape)

    async def serve(self, stream: BinaryIO) -> None:
        """Answer the messages in *stream* until the session or the stream ends."""
        loop = asyncio.get_running_loop()
        while self.ended is None:
            body = await loop.run_in_executor(None, _next, stream)
            if body is None:
                self.ended = 0
            else:
                self.take(body)

    def stop(self) -> None:
        """Give up all that is not yet answered."""
        for waiting in (*self._open.values(), *self._asked.values()):
            waiting.cancel()

    # -- in ------------------------------------------------------------------------------------------------

    def take(self, body: bytes) -> None:
        """Take the message *body*, whatever it is. Never raises."""
        message, number = _parsed(body)
        fields = message if isinstance(message, dict) else {}
        told = "method" in fields and "id" not in fields  # a notification
        reply: Reply = _unsaid if told else partial(self._reply, number)
        try:
            if fields.get("jsonrpc") != "2.0" or (number is None and not told):
                code = types.PARSE_ERROR if message is _UNREADABLE else types.INVALID_REQUEST
                raise RefusedError(code, "no message")
            if "method" in fields:
                self._call(fields["method"], fields.get("params"), number, reply)
            else:
                self._settle(str(number), fields)
        except RefusedError as refusal:
            reply(_error(refusal))

    def _call(self, method: object, params: object, number: str | int | None, reply: Reply) -> None:
        """Call what answers *method*. Raises RefusedError."""
        asked = number is not None
        if method == _EXIT and not asked:
            self.ended = 0 if self._shut else 1
        elif method == _CANCEL and not asked:
            self._cancel(params)
        elif (
            not isinstance(method, str)
            or self._shut
            or (method == _INITIALIZE and (self._begun or not asked))
        ):
            raise RefusedError(types.INVALID_REQUEST, "not now")
        elif not self._begun and method != _INITIALIZE:
            raise RefusedError(types.NOT_INITIALIZED, "not initialized")
        elif method not in self.answers:
            raise RefusedError(types.METHOD_NOT_FOUND, "no such method")
        else:
            call, shape = self.answers[method]
            try:
                values = () if shape is None else (read(shape, params),)
            except ShapeError:
                raise RefusedError(types.INVALID_PARAMS, "invalid params") from None
            self._begun = True
            self._shut = method == _SHUTDOWN
            self._answer(partial(call, *values), number, reply)

    def _answer(self, call: Callable[[], Any], number: str | int | None, reply: Reply) -> None:
        try:
            result = call()
        except RefusedError:
            raise
        except Exception as error:  # a fault of ours in one answer must not end the others
            self._fail(error, reply)
            return
        if not asyncio.iscoroutine(result):
            reply({"result": written(result)})
            return
        task = asyncio.get_running_loop().create_task(self._awaited(result, reply))
        key = object() if number is None else number
        self._open[key] = task
        task.add_done_callback(lambda _: self._open.pop(key) if self._open.get(key) is task else None)

    async def _awaited(self, work: Coroutine[Any, Any, Any], reply: Reply) -> None:
        try:
            reply({"result": written(await work)})
        except RefusedError as refusal:
            reply(_error(refusal))
        except asyncio.CancelledError:
            reply(_error(RefusedError(types.REQUEST_CANCELLED, "cancelled")))
        except Exception as error:  # as in `_answer`
            self._fail(error, reply)

    def _fail(self, error: Exception, reply: Reply) -> None:
        self.on_fault(error)
        reply(_error(RefusedError(types.INTERNAL_ERROR, type(error).__name__)))

    def _cancel(self, params: object) -> None:
        number = params.get("id") if isinstance(params, dict) else None
        if isinstance(number, str | int) and number in self._open:
            self._open[number].cancel()

    def _settle(self, number: str, answer: dict[str, object]) -> None:
        """Hand the *answer* of the editor to what waits for it."""
        waiting = self._asked.pop(number, None)
        if waiting is None or waiting.done():
            return
        if "result" in answer and "error" not in answer:
            waiting.set_result(answer["result"])
        else:
            waiting.set_exception(RefusedError(types.INTERNAL_ERROR, "refused by the editor"))

    # -- out -----------------------------------------------------------------------------------------------

    def tell(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self._send({"method": method, "params": written(params)})

    def ask(self, method: str, params: object = None) -> "asyncio.Future[Any]":
        """Send a request and return what will hold the answer. Awaiting it raises RefusedError if it is an error."""
        self._count += 1
        number = str(self._count)
        waiting = self._asked[number] = asyncio.get_running_loop().create_future()
        waiting.add_done_callback(_taken_note_of)
        self._send({"id": number, "method": method, "params": written(params)})
        return waiting

    def _reply(self, number: str | int | None, outcome: dict[str, object]) -> None:
        self._send({"id": number, **outcome})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()
        try:
            self._write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        except (OSError, ValueError):  # ValueError: it is closed
            self.ended = 0


_UNREADABLE = object()


def _next(stream: BinaryIO) -> bytes | None:
    """Return the body of the next message in *stream*, None at its end; lines that are no header are passed over."""
    length = 0
    while line := stream.readline():
        header = _LENGTH.fullmatch(line)
        if header is not None:
            length = int(header[1])
        elif length and not line.strip():
            return stream.read(length) or None
    return None


def _parsed(body: bytes) -> tuple[object, str | int | None]:
    """Return the JSON *body* and the number of the request or answer that it is, None if it is none."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return _UNREADABLE, None
    known = isinstance(message, dict) and message.get("jsonrpc") == "2.0"
    number = message.get("id") if known else None
    return message, number if type(number) in (str, int) else None


def _error(refusal: RefusedError) -> dict[str, object]:
    error = {"code": refusal.code, "message": refusal.message}
    return {"error": error if refusal.data is None else {**error, "data": written(refusal.data)}}


def _unsaid(outcome: dict[str, object]) -> None:
    """Say nothing: it was a notification."""


def _ignored(error: Exception) -> None:
    """Do nothing: an error may quote the report, so it is written nowhere."""


def _taken_note_of(waiting: "asyncio.Future[Any]") -> None:
    """Take note of an error that nothing awaits, or asyncio would print it."""
    if not waiting.cancelled():
        waiting.exception()
