"""The served map is for this user's browser alone, and says nothing on the terminal whatever a client sends."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from vaultkit.cli import live as module
from vaultkit.cli.live import Live, server

SECRET = "s3cret"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)
    made = server(Live(lambda: '<html data-renderer="x">map', lambda: 1), 0, SECRET)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield int(made.server_address[1])
    made.shutdown()
    made.server_close()


def asked(port: int, path: str, host: str = "127.0.0.1", method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers={"Host": host})
    return connection.getresponse()


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        (f"/{SECRET}/", "127.0.0.1", 200),
        (f"/{SECRET}/version?1", "localhost:80", 200),
        (f"/{SECRET}/version?" + "1" * 5000, "127.0.0.1", 200),
        ("/", "127.0.0.1", 404),
        ("/version?1", "127.0.0.1", 404),
        ("/S3CRET/", "127.0.0.1", 404),
        (f"/{SECRET}", "127.0.0.1", 404),
        (f"/{SECRET}/../etc/passwd", "127.0.0.1", 404),
        (f"/{SECRET}/", "evil.example", 403),
        (f"/{SECRET}/", "localhost.evil.example", 403),
        (f"/{SECRET}/", "", 403),
    ],
)
def test_answers(port: int, capfd, path: str, host: str, status: int) -> None:
    answer = asked(port, path, host)
    assert answer.status == status
    assert (
        answer.headers["X-Frame-Options"] == "DENY"
        and "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    )
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT", "DELETE", "HEAD"])
def test_only_reading(port: int, method: str) -> None:
    assert asked(port, f"/{SECRET}/", method=method).status == 501


@pytest.mark.parametrize("sent", [b"", b"GET ", b"\0\xff\xfe\n\n", b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"a" * 100_000])
def test_a_client_that_makes_no_sense_is_let_go(port: int, capfd, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(sent)
        try:
            while client.recv(65_536):  # ends when the server closes
                pass
        except ConnectionError:
            pass
    assert asked(port, f"/{SECRET}/").status == 200
    assert capfd.readouterr() == ("", "")
