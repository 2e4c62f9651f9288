"""Diffs that git applies."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from vaultkit.base.unified_diff import diff
from vaultkit.base.atomic_write import FileChange


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param("a.md", b"one\ntwo\n", b"one\n2\n", id="plain"),
        pytest.param("a b.md", b"one\r\ntwo\r\n", b"1\r\ntwo\r\n", id="space in the name, CRLF"),
        pytest.param("é/ü.md", b"one\ntwo", b"one\n2", id="no last line end"),
        pytest.param("a.md", b"one", b"one\n", id="a last line end comes"),
        pytest.param("a.md", "\ufeffx\u2028y\x0cz\n".encode(), b"z\n", id="only \\n ends a line"),
        pytest.param('q"t\ta.md', b"one\n", b"two\n", id="quote and tab in the name"),
    ],
)
def test_git_applies_it(tmp_path, path, before, after):
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before)
    patch = "".join(diff(FileChange(path, before, after))).encode()
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=patch, cwd=tmp_path, check=True)
    assert file.read_bytes() == after
