"""Each test of pictures has a cache of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(folder))
    monkeypatch.delenv("VAULTKIT_NO_CACHE", raising=False)
    return folder
