"""Obsidian's own recorded cache, key by key and position by position, when it is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fetch import SHARED, how_to_get

from vaultkit.vault.cached_metadata import note_metadata
from vaultkit.vault.load import snapshot_of_texts as vault_of
from vaultkit.vault.snapshot import Snapshot

FOLDER = SHARED / "oracle" / "metadata-cache"
DUMPS = sorted(FOLDER.glob("*.json"))

pytestmark = pytest.mark.skipif(not DUMPS, reason=how_to_get(FOLDER))


@pytest.fixture(scope="module")
def vault() -> Snapshot:
    texts: dict[str, str | None] = dict.fromkeys((FOLDER / "FILES.txt").read_text(encoding="utf-8").splitlines())
    for path in DUMPS:
        dump = json.loads(path.read_text(encoding="utf-8"))
        texts[dump["filePath"]] = dump["fileContents"]
    return vault_of(texts)


@pytest.mark.parametrize("path", DUMPS, ids=lambda path: path.stem)
def test_cache_equals_obsidians(vault: Snapshot, path: Path) -> None:
    dump: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    found = note_metadata(vault, dump["filePath"], dump["fileContents"].encode())
    assert json.loads(json.dumps(found["cache"])) == dump["cachedMetadata"]
    assert found["resolved"] == dump["resolveLinkToPath"]
