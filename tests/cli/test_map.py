from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import pytest
from PIL import Image

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.entry_point import EXIT_INTERRUPTED, run
from vaultkit.cli.live import Live, server
from vaultkit.map.packed_text import Packed, unpacked


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "a.md").write_text("# A\nSee [[b]] and [[gone]].\n![[p.png]]\n", encoding="utf-8")
    (folder / "b.md").write_text("---\ncreated: 2024-01-02\n---\nBack to [[a]].\n", encoding="utf-8")
    Image.new("RGB", (300, 200), "navy").save(folder / "p.png")
    return folder


def written(tmp_path, vault, *arguments: str):
    out = tmp_path / "out.html"
    assert run(["map", "--vault", str(vault), "-o", str(out), *arguments]) == 0
    return out.read_text(encoding="utf-8")


def block(html: str, name: str):
    if name == "details-data":
        return json.loads(held(html, name))
    start = html.index(f'id="{name}">') + len(f'id="{name}">')
    return json.loads(html[start : html.index("</script>", start)])


def held(html: str, name: str) -> str:
    """What the page holds compressed under an id."""
    found = re.search(f'id="{name}" data-size="([0-9]+)"(?: data-form="([a-z0-9]+)")?>([^<]*)</script>', html)
    return unpacked(Packed(int(found[1]), found[3], found[2] or "deflate")).decode()


def texts(html: str) -> list[str]:
    return held(html, "texts-data").split("\0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "full",
            ["# A\nSee [[b]] and [[gone]].\n![[p.png]]\n", "---\ncreated: 2024-01-02\n---\nBack to [[a]].\n"],
            id="full",
        ),
        pytest.param("preview", ["See b and gone.", "Back to a."], id="preview"),
        pytest.param("none", None, id="none"),
    ],
)
def test_how_much_of_the_text_the_page_holds(tmp_path, vault, text, expected):
    html = written(tmp_path, vault, "--text", text)
    assert block(html, "map-data")["text"] == text
    if expected is None:
        assert 'id="texts-data"' not in html
        assert "Back to" not in html
    else:
        assert texts(html) == expected


def test_the_page_holds_what_was_found(tmp_path, vault, capsys):
    html = written(tmp_path, vault)
    document = block(html, "map-data")
    assert document["vault"] == "vault"
    assert document["labels"] == ["a", "b", "gone", "p.png"]
    assert [(node, code) for node, code, _, _ in document["findings"]] == [(0, "LK001")]
    assert document["time"] == {"1": 19724}
    details = block(html, "details-data")
    assert texts(html)[0] == (vault / "a.md").read_text(encoding="utf-8")
    assert details["thumbs"]["3"].startswith("data:image/webp;base64,")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "2 notes, 4 links, 1 findings" in captured.err


def test_missing_links_are_suggested_with_their_reason(tmp_path, vault, monkeypatch):
    (vault / "Gradient descent.md").write_text("Steps downhill.\n", encoding="utf-8")
    (vault / "c.md").write_text("We minimise it by gradient descent.\n", encoding="utf-8")
    html = written(tmp_path, vault)
    labels = block(html, "map-data")["labels"]
    ((node, line, reason),) = block(html, "details-data")["suggested"][str(labels.index("c"))]
    assert (labels[node], line) == ("Gradient descent", 1)
    assert "Gradient descent" in reason
    monkeypatch.setattr("vaultkit.map.build.MOST_SUGGESTED_FROM", 3)
    html = written(tmp_path, vault)
    assert "suggested" not in block(html, "details-data")
    assert any(
        "Missing links are suggested for up to 3 notes" in remark for remark in block(html, "map-data")["remarks"]
    )


def test_the_same_vault_gives_the_same_bytes_with_and_without_a_cache(tmp_path, vault):
    first = written(tmp_path, vault, "--no-cache")
    assert not (tmp_path / "cache").exists()
    assert written(tmp_path, vault) == first
    assert (tmp_path / "cache").exists()
    assert written(tmp_path, vault) == first


def test_places_stay_when_a_note_is_added(tmp_path, vault):
    for number in range(12):
        (vault / f"n{number}.md").write_text("[[a]]", encoding="utf-8")
    before = block(written(tmp_path, vault), "map-data")
    (vault / "new.md").write_text("[[b]]", encoding="utf-8")
    after = block(written(tmp_path, vault), "map-data")
    where = dict(zip(after["labels"], zip(after["x"], after["y"], strict=True), strict=True))
    assert all(where[label] == (x, y) for label, x, y in zip(before["labels"], before["x"], before["y"], strict=True))


def test_cards_and_their_empty_answers_are_counted(tmp_path, vault):
    (vault / "cards.md").write_text("#flashcards\n\nWhat?::That\n\nWhy?::\n\nHow?::TODO\n", encoding="utf-8")
    document = block(written(tmp_path, vault), "map-data")
    (node,) = [at for at, label in enumerate(document["labels"]) if label == "cards"]
    assert document["cards"] == [[node, 3, 2]]


def test_select_paints_only_these_rules(tmp_path, vault):
    assert "findings" not in block(written(tmp_path, vault, "--select", "EM"), "map-data")


def test_local_opens_around_a_note(tmp_path, vault):
    document = block(written(tmp_path, vault, "--local", "b", "--depth", "2"), "map-data")
    assert document["start"] == {"hash": "local=b.md&depth=2&node=b.md"}


def test_the_switch_hides_and_stops(tmp_path, vault):
    (vault / "b.md").write_text("---\nmap: hide\n---\n[[a]]\n", encoding="utf-8")
    (vault / "c.md").write_text("---\nmap: stop\n---\n[[a]]\n", encoding="utf-8")
    document = block(written(tmp_path, vault), "map-data")
    assert document["labels"] == ["a", "c", "gone", "p.png"]
    assert document["stops"] == [1]


def test_views(tmp_path, vault):
    view = tmp_path / "my.view.json"
    view.write_text('{"name": "Mine", "hash": "q=a"}', encoding="utf-8")
    document = block(written(tmp_path, vault, "--view", str(view)), "map-data")
    assert document["views"] == [{"name": "Mine", "hash": "q=a"}]
    assert document["start"] == {"hash": "q=a"}


@pytest.mark.parametrize("content", [None, "{", "[]", '{"name": 1, "hash": "x"}'])
def test_a_view_that_is_none_is_a_fault_of_the_call(tmp_path, vault, content, capsys):
    view = tmp_path / "my.view.json"
    if content is not None:
        view.write_text(content, encoding="utf-8")
    assert run(["map", "--vault", str(vault), "--view", str(view)]) == 2
    assert "--view" in capsys.readouterr().err


def test_a_place_that_cannot_be_written(tmp_path, vault, capsys):
    assert run(["map", "--vault", str(vault), "-o", str(tmp_path / "no" / "map.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_unknown_note_is_a_fault_of_the_call(vault, capsys):
    assert run(["map", "--vault", str(vault), "--local", "zzz"]) == 2
    assert "no such note" in capsys.readouterr().err


def test_no_thumbs(tmp_path, vault):
    assert "thumbs" not in block(written(tmp_path, vault, "--no-thumbs"), "details-data")


def test_help_does_not_load_the_heavy_packages():
    script = (
        "import sys; from vaultkit.cli.entry_point import run; run(['map', '--help']); "
        "sys.exit(bool({'numpy', 'scipy', 'networkx', 'pyvis', 'PIL'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def ask(made, path: str, host: str = "127.0.0.1"):
    connection = http.client.HTTPConnection("127.0.0.1", made.server_address[1], timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.fixture
def served():
    state = {"look": 1}
    live = Live(lambda: f'<html data-renderer="x">page {state["look"]}', lambda: state["look"])
    made = server(live, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield state, live, made
    made.shutdown()
    made.server_close()


def test_a_served_page_learns_of_the_next(served):
    state, live, made = served
    assert ask(made, "/") == (200, '<html data-version="1" data-renderer="x">page 1')
    assert not live.refresh()
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(ask(made, "/version?1")))
    waiting.start()
    state["look"] = 2
    assert live.refresh()
    waiting.join(10)
    assert answers == [(200, "2")]
    assert "page 2" in ask(made, "/")[1]


def test_only_this_machine_is_served(served):
    _, _, made = served
    assert made.server_address[0] == "127.0.0.1"
    assert ask(made, "/", host="evil.example")[0] == 403
    assert ask(made, "/../etc/passwd")[0] == 404


def test_a_taken_port_is_told(served):
    _, live, made = served
    with pytest.raises(VaultkitError, match="--port"):
        server(live, made.server_address[1])


def test_a_page_that_was_closed_while_it_waited_is_no_news(served, capfd):
    state, live, made = served
    with socket.create_connection(made.server_address) as gone:
        gone.sendall(b"GET /version?1 HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(0.2)
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # reset, as a killed tab does
    state["look"] = 2
    assert live.refresh()
    assert ask(made, "/version?1") == (200, "2")
    time.sleep(0.2)
    assert capfd.readouterr().err == ""


def test_a_new_server_does_not_count_from_where_the_last_one_did():
    assert Live(lambda: "", lambda: 1, first=1_700_000_000).version == 1_700_000_000


def test_serving_survives_a_vault_that_goes_and_comes_back(vault):
    command = [sys.executable, "-m", "vaultkit", "map", "--vault", str(vault), "--serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        try:
            address = re.search(r"127\.0\.0\.1:(\d+)(/\S+/)", serving.stderr.readline())
            away = vault.with_name("away")
            vault.rename(away)
            assert "the map stays as it was" in serving.stderr.readline()
            connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=10)
            connection.request("GET", address[2])
            assert connection.getresponse().status == 200
            (away / "new.md").write_text("[[a]]")
            away.rename(vault)
            assert "drawn again" in serving.stderr.readline()
            (vault / ".obsidian/graph.json").write_text("{}")
            assert "drawn again" in serving.stderr.readline(), "colour groups are painted too"
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                _, rest = serving.communicate(timeout=60)
            except subprocess.TimeoutExpired:  # started where SIGINT is ignored, as behind `nohup … &`
                serving.kill()
                raise
    assert (serving.returncode, rest.strip()) == (EXIT_INTERRUPTED, "")


@pytest.mark.parametrize("place", ["", ".", "vault"])
def test_a_folder_is_no_place_for_the_page(tmp_path, vault, monkeypatch, capsys, place):
    monkeypatch.chdir(tmp_path)
    assert run(["map", "--vault", str(vault), "-o", place]) == 2
    assert "is a folder; name a file in it" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.part"))


def test_names_with_undecodable_bytes(tmp_path, vault):
    try:
        (vault / os.fsdecode(b"caf\xe9.md")).write_text("[[a]] ![[gone.png]]", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert "caf\\udce9" in written(tmp_path, vault)
