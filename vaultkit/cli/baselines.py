"""Finding, reading and writing the baseline file, and setting a report against it."""

from __future__ import annotations

import os
from collections.abc import Callable

from vaultkit.base.atomic_write import FileChange
from vaultkit.base.errors import VaultkitError
from vaultkit.cli.setup import BASELINE_NAME
from vaultkit.cli.writing import write_all
from vaultkit.config import Config, Read, read_file
from vaultkit.lint.baseline import Baseline, Sifted, moved, read_baseline, sift, write_baseline
from vaultkit.lint.finding import Report
from vaultkit.lint.plan import Plan
from vaultkit.vault.git_renames import git_renames
from vaultkit.vault.snapshot import Snapshot


def baseline_path(root: str, config: Config, named: str | None) -> str:
    """Return the path of the baseline: as given, else next to the configuration file, else in the vault's folder."""
    if named is not None:
        return named
    return os.path.join(os.path.dirname(config.source) if config.source else root, BASELINE_NAME)


def load_baseline(path: str, *, is_required: bool, read: Read = read_file) -> Baseline | None:
    """The baseline in a file; None when there is no file and none is required.

    Raises:
        VaultkitError: the file cannot be read, or is no baseline.
    """
    data = baseline_bytes(path, read)
    if data is None:
        if is_required:
            raise VaultkitError(f"{path}: no such baseline; create it with `vaultkit baseline create`")
        return None
    try:
        return read_baseline(data.decode("utf-8").replace("\r\n", "\n"), path)
    except UnicodeDecodeError as error:
        raise VaultkitError(f"{path}: cannot be read ({error}); check the file") from error


def baseline_bytes(path: str, read: Read = read_file) -> bytes | None:
    """The bytes of the baseline file; None when there is none.

    Raises:
        VaultkitError: it cannot be read.
    """
    try:
        return read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultkitError(f"{path}: cannot be read ({error.strerror}); check the file") from error


def save_baseline(path: str, baseline: Baseline, before: bytes | None) -> None:
    """Write the baseline file. before: its bytes when it was read, None when there was none.

    Raises:
        VaultkitError: it cannot be written, or has changed since it was read.
    """
    folder, name = os.path.split(os.path.abspath(path))
    write_all(folder, [FileChange(name, before, write_baseline(baseline).encode("utf-8", "backslashreplace"))])


def renames_since(baseline: Baseline, vault: Snapshot) -> dict[str, str]:
    """New path -> path in the baseline, of notes that were renamed."""
    return moved(baseline, vault.files, bytes_reader(vault), lambda paths: git_renames(vault.root, paths))


def sift_report(
    report: Report, baseline: Baseline, vault: Snapshot, plan: Plan, only: Callable[[str], bool] | None
) -> Sifted:
    """The report's findings, old ones apart."""
    running = {rule.code for rule, _ in plan.rules}

    def is_judged(path: str, code: str) -> bool:
        return code in running and (only is None or only(path))

    return sift(report.findings, baseline, renames_since(baseline, vault), is_judged)


def bytes_reader(vault: Snapshot) -> Callable[[str], bytes]:
    """A function that answers the bytes of a file of the vault; none when it cannot be read."""

    def read(path: str) -> bytes:
        try:
            return vault.read_bytes(path)
        except OSError:
            return b""

    return read
