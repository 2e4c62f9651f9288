"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Caches of the tests lie in a folder of their own, not in the home of who runs them."""
    folder = tmp_path_factory.mktemp("caches")
    before = os.environ.get("VAULTKIT_CACHE_DIR")
    os.environ["VAULTKIT_CACHE_DIR"] = str(folder)
    yield folder
    if before is None:
        del os.environ["VAULTKIT_CACHE_DIR"]
    else:
        os.environ["VAULTKIT_CACHE_DIR"] = before
