"""An address on this machine that a document may link to, and who has asked for it."""

import socket
from threading import Thread


class Listener:
    """Answers every request with 404 and keeps its first line in `heard`."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = "http://{}:{}".format(*self._socket.getsockname())
        self._thread = Thread(target=self._listen)

    def __enter__(self) -> "Listener":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        socket.create_connection(self._socket.getsockname()).close()  # the last one, which wakes it
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(10)
                try:
                    said = connection.recv(1000)
                except OSError:
                    said = b"?"
                if not said:
                    return
                self.heard.append(said.partition(b"\r\n")[0])
                connection.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")
