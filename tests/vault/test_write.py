"""Files written whole or not at all: unchanged mode, no leftovers, nothing outside the vault."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vaultkit.base.atomic_write import FileChange, write_changes


def test_bytes_and_mode(tmp_path):
    note = tmp_path / "a.md"
    note.write_bytes(b"old\r\n")
    note.chmod(0o640)
    written = write_changes(str(tmp_path), [FileChange("a.md", b"old\r\n", b"new\r\n")])
    assert written.paths == ("a.md",)
    assert note.read_bytes() == b"new\r\n"
    assert note.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_order_by_modification_time_stays(tmp_path):
    times = {"a.md": 300, "b.md": 100, "c.md": 200}
    for name, modified in times.items():
        (tmp_path / name).write_bytes(b"old")
        os.utime(tmp_path / name, (modified, modified))
    write_changes(str(tmp_path), [FileChange(name, b"old", b"new") for name in times])
    assert sorted(times, key=lambda name: (tmp_path / name).stat().st_mtime_ns) == ["b.md", "c.md", "a.md"]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        pytest.param(b"edited meanwhile", "changed since it was read", id="edited"),
        pytest.param(None, "was deleted since it was read", id="gone"),
    ],
)
def test_a_file_that_is_not_as_it_was_read_is_refused(tmp_path, now, reason):
    if now is not None:
        (tmp_path / "a.md").write_bytes(now)
    written = write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")])
    assert (written.paths, written.refused) == ((), (("a.md", reason),))
    if now is not None:
        assert (tmp_path / "a.md").read_bytes() == now
    assert not list(tmp_path.glob(".*"))


def test_never_outside_the_vault(tmp_path):
    (tmp_path / "vault").mkdir()
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"old")
    (tmp_path / "vault" / "link.md").symlink_to(outside)
    changes = [FileChange("link.md", b"old", b"new"), FileChange("../outside.md", b"old", b"new")]
    written = write_changes(str(tmp_path / "vault"), changes)
    assert [reason for _, reason in written.refused] == ["is outside the vault"] * 2
    assert outside.read_bytes() == b"old"


def test_a_symbolic_link_inside_the_vault_stays_one(tmp_path):
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_changes(str(tmp_path), [FileChange("link.md", b"old", b"new")])
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that nobody may write to")
def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "a.md").write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        written = write_changes(str(tmp_path), [FileChange("a.md", b"old", b"new")])
    finally:
        tmp_path.chmod(0o700)
    assert written.refused == (("a.md", "cannot be written (permission denied)"),)


_WRITER = """
import sys
from vaultkit.base.atomic_write import FileChange, write_changes
root, size = sys.argv[1], int(sys.argv[2])
changes = [FileChange(f"{n}.md", b"o" * size, b"n" * size) for n in range(60)]
print("ready", flush=True)
write_changes(root, changes)
"""


# Short here; 1,000 runs with VAULTKIT_KILLS=1000.
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_any_moment_every_file_is_old_or_new(tmp_path):
    size = 40_000
    old, new = b"o" * size, b"n" * size
    outcomes = set()
    took = 0.0  # by a run that is not killed, the first one
    for run in range(int(os.environ.get("VAULTKIT_KILLS", "12"))):
        folder = tmp_path / str(run)
        folder.mkdir()
        for number in range(60):
            (folder / f"{number}.md").write_bytes(old)
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder), str(size)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            started = time.monotonic()
            if run == 0:
                process.wait()
                took = time.monotonic() - started
            else:
                time.sleep(took * (run % 12) / 12)
                process.send_signal(signal.SIGKILL)
        contents = [(folder / f"{number}.md").read_bytes() for number in range(60)]
        assert all(content in (old, new) for content in contents), f"run {run}"
        outcomes.add(contents.count(new))
    assert len(outcomes) > 1, "no run was killed while it wrote"
