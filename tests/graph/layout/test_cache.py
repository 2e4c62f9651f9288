from __future__ import annotations

import os
import sys

import pytest

from vaultkit.graph.layout.cache import NodePosition, cache_file, read_places, write_places


def test_places_come_back_as_they_were(tmp_path):
    file = tmp_path / "deep" / "places.json"
    write_places(file, ["note:a.md", "note:ü.md"], [1, 2], [3, 4], [0, -1])
    assert read_places(file) == {"note:a.md": NodePosition(1, 3, 0), "note:ü.md": NodePosition(2, 4, -1)}
    assert [name.name for name in file.parent.iterdir()] == ["places.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'{"version": 0}', b'{"version": 1, "ids": ["a"], "x": [], "y": [], "community": []}', b"\xff",
        b"[" * 50_000, b'{"version": 1, "ids": ["a"], "x": [1%s], "y": [0], "community": [0]}' % (b"0" * 400),
        b'{"version": 1, "ids": ["a"], "x": [1], "y": [0], "community": [Infinity]}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_cache(tmp_path, content):
    file = tmp_path / "places.json"
    file.write_bytes(content)
    assert read_places(file) == {}


def test_no_file_and_no_place():
    assert read_places(None) == {}
    write_places(None, [], [], [], [])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_disk_is_no_error(tmp_path):
    tmp_path.chmod(0o500)
    write_places(tmp_path / "x" / "places.json", [], [], [], [])
    assert read_places(tmp_path / "x" / "places.json") == {}


def test_a_place_that_is_a_file_is_no_error(tmp_path):
    (tmp_path / "x").write_text("")
    write_places(tmp_path / "x" / "places.json", [], [], [], [])
    assert read_places(tmp_path / "x" / "places.json") == {}


def test_each_vault_has_its_file_outside_the_vault(tmp_path, monkeypatch):
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path))
    first, second = cache_file("/one"), cache_file("/two")
    assert first is not None and second is not None
    assert first != second
    assert first.parent == tmp_path / "map"
