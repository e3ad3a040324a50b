"""The protocol as its specification has it: every request is answered, whatever it holds."""

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol


class Protocol(LanguageServerProtocol):
    """Refuses what cannot be answered with an error, where pygls would be silent.

    A notification is never answered: what is wrong with one is ignored.
    """

    _begun = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return *data* as it is: it may be an object inside of a message. See `handle_message`."""
        return data

    def handle_message(self, message: Any) -> None:
        """Answer *message*, whatever JSON it is. Never raises for what the client has written."""
        number, error = None, None
        try:
            number = _number(message)
            if "method" in message:
                self._admit(message["method"], asked=number is not None)
            typed = super().structure_message(message)
        except JsonRpcException as refusal:
            error = refusal
        except Exception:  # of the converter, which knows no other way to say that a type is wrong
            error = JsonRpcInvalidParams()
        if error is None:
            if getattr(typed, "method", "") == types.WORKSPACE_EXECUTE_COMMAND:
                typed.params.arguments = typed.params.arguments or []  # pygls would not count those left out
            super().handle_message(typed)
        elif _is_answer(message):
            self._failed_answer(number, error)
        elif number is not None or not _is_notification(message):
            told = {"code": error.code, "message": error.message}
            self._send_data({"jsonrpc": self.VERSION, "id": number, "error": told})

    def _admit(self, method: object, *, asked: bool) -> None:
        """Raise JsonRpcException unless *method* is known, and may be called now."""
        if not isinstance(method, str):
            raise JsonRpcInvalidRequest
        if method == types.EXIT:
            return
        if self._shutdown or (method == types.INITIALIZE and (self._begun or not asked)):
            raise JsonRpcInvalidRequest
        if not self._begun and method != types.INITIALIZE:
            raise JsonRpcException("not initialized", types.ErrorCodes.ServerNotInitialized.value)
        if asked or method != types.CANCEL_REQUEST:
            self._get_handler(method)

    def _handle_request(self, msg_id: Any, method_name: str, params: Any) -> None:
        self._begun = self._begun or method_name == types.INITIALIZE
        super()._handle_request(msg_id, method_name, params)

    def _failed_answer(self, number: Any, error: JsonRpcException) -> None:
        """Tell what waits for the answer *number* that it cannot be read."""
        waiting = self._request_futures.pop(number, None)
        if waiting is not None and not waiting.done():
            waiting.set_exception(error)


def _number(message: Any) -> str | int | None:
    """Return the number of the request or answer *message*, None if it has none. Raises JsonRpcInvalidRequest."""
    if not isinstance(message, dict) or message.get("jsonrpc") != LanguageServerProtocol.VERSION:
        raise JsonRpcInvalidRequest
    number = message.get("id")
    if isinstance(number, str | int) and not isinstance(number, bool):
        return number
    if "id" in message or "method" not in message:
        raise JsonRpcInvalidRequest
    return None


def _is_notification(message: Any) -> bool:
    return isinstance(message, dict) and "method" in message and "id" not in message


def _is_answer(message: Any) -> bool:
    return isinstance(message, dict) and "method" not in message and "id" in message
