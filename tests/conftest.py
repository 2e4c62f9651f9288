"""What holds for all tests."""

from __future__ import annotations

import inspect
import os
import traceback
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

import vaultkit


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


def _skip_what_windows_cannot_make(error: BaseException) -> None:
    """Skip a test that itself cannot make its files on Windows: a name with "?", a symbolic link; or start git.

    An error in vaultkit's own code is none of these.
    """
    own = os.path.dirname(vaultkit.__file__)
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    if os.name == "nt" and not any(frame.startswith(own) for frame in frames):
        pytest.skip(f"not possible on Windows: {error}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    try:
        return (yield)
    except (OSError, NotImplementedError) as error:
        _skip_what_windows_cannot_make(error)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    try:
        return (yield)
    except (OSError, NotImplementedError) as error:
        _skip_what_windows_cannot_make(error)
        raise


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On Windows symbolic links need a right that users do not have, and Wine makes something else."""
    if os.name != "nt":
        return
    for item in items:
        function = getattr(item, "function", None)
        if function is not None and "symlink_to" in inspect.getsource(function):
            item.add_marker(pytest.mark.skip(reason="needs symbolic links"))
