"""Messages between an editor and the server: JSON-RPC 2.0 with a Content-Length head, over two streams.

Written here because the packages that do it load the types of the whole protocol, which takes longer than
opening a vault of 10,000 notes from the store.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603
SERVER_NOT_INITIALIZED, REQUEST_FAILED, REQUEST_CANCELLED = -32002, -32803, -32800
# A message of more bytes is no message of an editor.
MAX_MESSAGE_BYTES = 256 * 1024 * 1024
_ID_TYPES = (str, int, float)


class Connection:
    """Two streams. Messages are read in a thread, so that a cancelled request is known before its turn."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer
        self._incoming: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._waiting: deque[dict[str, Any] | None] = deque()
        self._cancelled: set[Any] = set()
        self._lock = threading.Lock()
        self._next_id = 0

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read_all, name="lsp-reader", daemon=True).start()

    def _read_all(self) -> None:
        while True:
            try:
                message = read_message(self._reader)
            except ValueError as error:
                self.respond_error(None, PARSE_ERROR, str(error))
                continue
            except OSError:
                message = None
            self._incoming.put(message)
            if message is None:
                return

    def receive(self, seconds: float | None) -> dict[str, Any] | None:
        """Return the next message, None if the editor has left.

        seconds: how long to wait at most; None without end.

        Raises:
            queue.Empty: nothing came in that time.
        """
        self._collect()
        if not self._waiting:
            self._waiting.append(self._incoming.get(timeout=seconds))
            self._collect()
        return self._waiting.popleft()

    def _collect(self) -> None:
        """Take what has come in, and note which requests are not wanted any more."""
        while True:
            try:
                message = self._incoming.get_nowait()
            except Empty:
                return
            if message is not None and message.get("method") == "$/cancelRequest":
                params = message.get("params")
                cancelled = params.get("id") if isinstance(params, dict) else None
                if isinstance(cancelled, _ID_TYPES):
                    self._cancelled.add(cancelled)
            else:
                self._waiting.append(message)

    @property
    def is_idle(self) -> bool:
        """Nothing waits to be answered."""
        self._collect()
        return not self._waiting

    def is_cancelled(self, request_id: Any) -> bool:
        """Return whether the editor has taken the request back; it is forgotten then."""
        if request_id in self._cancelled:
            self._cancelled.discard(request_id)
            return True
        return False

    def respond(self, request_id: Any, result: Any) -> None:
        """Send the answer to a request."""
        self._send({"jsonrpc": "2.0", "id": request_id, "result": result})

    def respond_error(self, request_id: Any, code: int, message: str) -> None:
        """Send why there is no answer."""
        self._send({"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": message}})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> None:
        """Send a request whose answer does not matter."""
        self._next_id += 1
        self._send({"jsonrpc": "2.0", "id": f"vaultkit-{self._next_id}", "method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        with self._lock:
            write_message(self._writer, message)


def read_message(reader: BinaryIO) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream.

    Raises:
        ValueError: it is no message of the protocol.
    """
    length = None
    while True:
        line = reader.readline()
        if not line:
            return None
        if line in (b"\r\n", b"\n"):
            if length is None:
                continue
            break
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if not 0 <= length <= MAX_MESSAGE_BYTES:
        raise ValueError(f"a message of {length} bytes")
    body = reader.read(length)
    if len(body) < length:
        return None
    try:
        message = json.loads(body)
    except RecursionError:
        raise ValueError("a message is nested too deeply") from None
    if not isinstance(message, dict):
        raise ValueError("a message must be a JSON object")
    if not isinstance(message.get("id", ""), (*_ID_TYPES, type(None))):
        raise ValueError("the id of a message must be a number or a string")
    if not isinstance(message.get("method", ""), str):
        raise ValueError("the method of a message must be a string")
    return message


def write_message(writer: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    writer.flush()
