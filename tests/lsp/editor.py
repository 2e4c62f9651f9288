"""An editor for tests: it starts `vaultkit lsp` and speaks with it over stdin and stdout."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from vaultkit.lsp.jsonrpc import read_message, write_message
from vaultkit.lsp.uris import uri_of_path

ROOT = Path(__file__).parents[2]


class Editor:
    """A session. diagnostics: uri -> what was published last."""

    def __init__(self, folder: Path, *, encodings: list[str] | None = None, options: tuple[str, ...] = ()) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vaultkit", "lsp", "--stdio", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.diagnostics: dict[str, list[Any]] = {}
        self.messages: list[str] = []
        self.published = 0
        self._incoming: SimpleQueue[Any] = SimpleQueue()
        self._id = 0
        threading.Thread(target=self._read, daemon=True).start()
        general = {"positionEncodings": encodings} if encodings else {}
        folders = [{"uri": uri_of_path(str(folder)), "name": folder.name}]
        self.capabilities = self.request(
            "initialize", {"capabilities": {"general": general}, "workspaceFolders": folders, "processId": None}
        )["capabilities"]
        self.notify("initialized", {})

    def _read(self) -> None:
        while True:
            message = read_message(self.process.stdout)
            self._incoming.put(message)
            if message is None:
                return

    def _take(self, message: Any) -> None:
        if message is None:
            raise EOFError("the server has left")
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published += 1
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "message" in message.get("params", {}):
            self.messages.append(message["params"]["message"])

    def send(self, message: Any) -> None:
        write_message(self.process.stdin, {"jsonrpc": "2.0", **message})

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def begin(self, method: str, params: Any) -> int:
        self._id += 1
        self.send({"id": self._id, "method": method, "params": params})
        return self._id

    def wait_answer(self, number: int, seconds: float = 60) -> Any:
        until = time.monotonic() + seconds
        while True:
            message = self._incoming.get(timeout=max(0.0, until - time.monotonic()))
            if message is not None and message.get("id") == number and "method" not in message:
                return message
            self._take(message)

    def request(self, method: str, params: Any, seconds: float = 60) -> Any:
        message = self.wait_answer(self.begin(method, params), seconds)
        if "error" in message:
            raise RuntimeError(message["error"]["message"])
        return message["result"]

    def settle(self, quiet: float = 1.0, seconds: float = 60) -> None:
        """Wait until nothing came for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._take(self._incoming.get(timeout=quiet))
            except Empty:
                return

    def wait_published(self, uri: str, seconds: float = 60) -> list[Any]:
        """The next diagnostics of a document."""
        until = time.monotonic() + seconds
        while True:
            message = self._incoming.get(timeout=max(0.0, until - time.monotonic()))
            self._take(message)
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[Any] = message["params"]["diagnostics"]
                return found

    def uri(self, path: str) -> str:
        return uri_of_path(str(self.folder / path))

    def open(self, path: str, text: str | None = None) -> str:
        uri = self.uri(path)
        text = (self.folder / path).read_text("utf-8") if text is None else text
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def type(self, path: str, version: int, changes: list[Any]) -> None:
        document = {"uri": self.uri(path), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def codes(self, path: str) -> list[str]:
        return [one["code"] for one in self.diagnostics.get(self.uri(path), [])]

    def close(self) -> int:
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.stdin.close()
        return self.process.wait(timeout=30)
