"""Changes by polling, and ``check --watch`` from the first report to Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.setup import Setup, setup_of
from vaultkit.cli.watching import after_changes
from vaultkit.base.record import field_names
from vaultkit.config import Config
from vaultkit.lint.live_check import LiveCheck
from vaultkit.vault.watch import Changes, changes, file_stamps, wait_for_changes, waiter
from vaultkit.vault.workspace import Workspace


def test_changes_between_two_snapshots(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    for name in ("a.md", "b.md", ".hidden.md"):
        (tmp_path / name).write_text("")
    before = file_stamps(Workspace(str(tmp_path), Config()))
    (tmp_path / "a.md").write_text("longer")
    (tmp_path / "b.md").unlink()
    (tmp_path / "c.md").write_text("")
    (tmp_path / ".hidden.md").write_text("longer")
    assert changes(before, file_stamps(Workspace(str(tmp_path), Config()))) == Changes(("a.md", "c.md"), ("b.md",), False)
    (tmp_path / ".obsidian/app.json").write_text("{}")
    assert changes(before, file_stamps(Workspace(str(tmp_path), Config()))).touches_settings


def test_several_writes_in_a_row_are_one_change(tmp_path):
    (tmp_path / "a.md").write_text("")
    steps = iter(["a.md", "b.md", "c.md"])

    def sleep(seconds):
        name = next(steps, None)
        if name is not None:
            (tmp_path / name).write_text("text")

    found, after = wait_for_changes(Workspace(str(tmp_path), Config()), file_stamps(Workspace(str(tmp_path), Config())), sleep=sleep)
    assert found == Changes(("a.md", "b.md", "c.md"), (), False)
    assert after == file_stamps(Workspace(str(tmp_path), Config()))


def test_a_reported_change_ends_the_wait(tmp_path):
    pytest.importorskip("watchfiles", reason="the extra `watch` is not installed")
    (tmp_path / "a.md").write_text("")
    workspace = Workspace(str(tmp_path), Config())
    wait = waiter(str(tmp_path))
    assert wait is not time.sleep
    threading.Timer(0.3, (tmp_path / "a.md").write_text, ["longer"]).start()
    found, _ = wait_for_changes(workspace, file_stamps(workspace), wait=wait)
    assert found == Changes(("a.md",), (), False)


def test_without_watchfiles_the_files_are_compared(monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert waiter("anywhere") is time.sleep


def wanted(root) -> Setup:
    values = dict.fromkeys(field_names(CheckOptions), ())
    values |= {"vault": str(root), "isolated": True, "output_format": "concise", "preset": None, "strict_config": False}
    values |= {"force_exclude": False, "stdin_filename": None, "ignore_suppressions": False, "no_cache": True}
    return setup_of(CheckOptions(**values))


def test_what_is_read_again_is_what_a_whole_run_reads(tmp_path):
    (tmp_path / "a.md").write_text("[[b]] [[c]] ![[p.png|1|1]]")
    (tmp_path / "b.md").write_text("")
    setup = wanted(tmp_path)
    live = LiveCheck.start(setup.workspace, setup.plan)
    (tmp_path / "a.md").write_text("[[c]] [[b#H]] %% vaultkit-disable-line LK003 %%")
    (tmp_path / "b.md").unlink()
    (tmp_path / "c.md").write_text("![[a]] [[b")
    live = after_changes(live, Changes(("a.md", "c.md"), ("b.md",), False))
    assert live.report() == LiveCheck.start(setup.workspace, setup.plan).report()


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process")
def test_watching_from_start_to_ctrl_c(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "a.md").write_text("[x](x.md)\n")
    arguments = [sys.executable, "-m", "vaultkit", "check", "--watch", "--vault", str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("a.md:1:1: error LK002")
        assert process.stderr.readline() == "note: watching for changes; press Ctrl-C to stop\n"
        (tmp_path / "x.md").write_text("[y](y.md)\n")
        assert process.stdout.readline().startswith("x.md:1:1: error LK002")
        assert process.stderr.readline() == "note: watching for changes; press Ctrl-C to stop\n"
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
