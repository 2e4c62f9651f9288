"""`vaultkit map --serve`: the page on this machine only, made again while the vault changes."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
import webbrowser
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.watching import after_changes
from vaultkit.lint.plan import Plan
from vaultkit.map.build import MapOptions
from vaultkit.map.live_map import LiveMap
from vaultkit.vault.workspace import Workspace

HOST = "127.0.0.1"
LOOK_SECONDS = 1.0  # between two looks at the vault's files; editors write at most once a second or two
WAIT_SECONDS = 25.0  # a browser's question is answered at the latest after this, so that connections end
IDLE_SECONDS = 30.0  # a connection that sends nothing is closed
# No other page shows the map in a frame, reads it, or learns its address.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


class Live:
    """The page as it is now. `version` counts pages; `wait` answers when there is a newer one.

    first: the number of the first page. One that no earlier server used makes an open page ask for this one's.
    """

    def __init__(self, make: Callable[[], str], look: Callable[[], Any], *, first: int = 1) -> None:
        self._make = make
        self._look = look
        self._seen = look()
        self._changed = threading.Condition()
        self.html = make()
        self.version = first

    def refresh(self) -> bool:
        """Make the page again if the vault changed; return whether it did."""
        now = self._look()
        if now == self._seen:
            return False
        html = self._make()
        self._seen = now
        with self._changed:
            self.html, self.version = html, self.version + 1
            self._changed.notify_all()
        return True

    def wait(self, version: int, seconds: float) -> int:
        """The number of the page, as soon as it is not ``version``, at the latest after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, timeout=seconds)
            return self.version


class MapServer(ThreadingHTTPServer):
    """A server whose terminal shows nothing of what a client does."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke or made no sense is the client's own fault."""


def server(live: Live, port: int, secret: str = "") -> ThreadingHTTPServer:
    """A server of `live` on the loopback interface.

    secret: the first part of every path, which other users of this machine cannot guess.

    Raises:
        VaultkitError: the port is taken.
    """

    place = f"/{secret}/" if secret else "/"

    class Handler(BaseHTTPRequestHandler):
        timeout = IDLE_SECONDS

        def do_GET(self) -> None:
            # Another site could point its own name at this machine and read the vault through the browser.
            host = (self.headers.get("Host") or "").partition(":")[0]
            if host not in (HOST, "localhost"):
                self.answer(403, "text/plain", b"only for this machine")
            elif not hmac.compare_digest(self.path[: len(place)].encode(), place.encode()):
                self.answer(404, "text/plain", b"not here")
            elif self.path == place:
                html = live.html.replace("<html ", f'<html data-version="{live.version}" ', 1)
                self.answer(200, "text/html; charset=utf-8", html.encode("utf-8"))
            elif self.path.startswith(f"{place}version?"):
                known = self.path.partition("?")[2]
                now = live.wait(int(known) if re.fullmatch("[0-9]{1,12}", known) else 0, WAIT_SECONDS)
                self.answer(200, "text/plain", str(now).encode("ascii"))
            else:
                self.answer(404, "text/plain", b"not here")

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            try:
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # the page was closed or loaded again during the wait

        def log_message(self, format: str, *args: Any) -> None:
            pass

    try:
        made = MapServer((HOST, port), Handler)
    except OSError as error:
        raise VaultkitError(f"--port {port}: {error.strerror}; name another, or 0 for a free one") from error
    return made


def serve_map(
    workspace: Workspace,
    plan: Plan,
    options: MapOptions,
    *,
    port: int,
    opens: bool,
    say: Callable[[str], None],
) -> None:
    """Serve the map until interrupted. A vault that cannot be read for a while leaves the map as it was.

    Raises:
        VaultkitError: the vault cannot be read at first, or the port is taken.
    """
    made_of = LiveMap(workspace, plan, options, after_changes)
    live = Live(made_of.html, made_of.look, first=int(time.time()))
    secret = secrets.token_urlsafe(12)
    made = server(live, port, secret)
    address = f"http://{HOST}:{made.server_address[1]}/{secret}/"
    say(f"the map is at {address}; Ctrl+C ends it")
    threading.Thread(target=made.serve_forever, daemon=True).start()
    if opens:
        webbrowser.open(address)
    trouble = ""
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                is_new, now = live.refresh(), ""
            except VaultkitError as error:
                is_new, now = False, str(error)
            if now and now != trouble:
                say(f"{now}; the map stays as it was")
            trouble = now
            if is_new:
                say("the vault changed, the map is drawn again")
    finally:
        made.shutdown()
        made.server_close()
