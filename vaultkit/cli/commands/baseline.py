"""Accept the findings that a vault has today, so that only new ones are reported."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.app import Group
from vaultkit.cli.baselines import (
    baseline_bytes,
    baseline_path,
    bytes_reader,
    load_baseline,
    renames_since,
    save_baseline,
    sift_report,
)
from vaultkit.cli.console import notice
from vaultkit.cli.options import cards_of_vault, load_config, open_workspace, vault_option, vault_root
from vaultkit.lint.baseline import baseline_of, pruned, renamed_baseline
from vaultkit.lint.check import check_folder
from vaultkit.lint.finding import Report
from vaultkit.lint.plan import Plan, plan_of
from vaultkit.vault.snapshot import Snapshot


@click.group(cls=Group)
def command() -> None:
    """Hide the findings that exist today.

    A baseline lists findings by note and rule, without any text of the notes. `vaultkit check` finds the file
    beside the configuration or in the vault, and hides the findings in it.
    """


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--baseline", metavar="FILE", help="Baseline file."),
        click.option("--config", "config_file", metavar="FILE", envvar="VAULTKIT_CONFIG",
                     help="Use this configuration file."),
        click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        vault_option,
    ):  # fmt: skip
        function = option(function)
    return function


@command.command()
@_options
def create(**values: Any) -> None:
    """Write a baseline with all current findings. Fails if there is one already."""
    path, vault, report, _ = _checked(**values)
    if baseline_bytes(path) is not None:
        raise VaultkitError(f"{path}: the baseline exists already; `vaultkit baseline update` replaces it")
    save_baseline(path, baseline_of(report.findings, bytes_reader(vault)), None)
    notice(f"{_findings(len(report.findings))} put into {path}")


@command.command()
@_options
def update(**values: Any) -> None:
    """Replace the baseline with all current findings."""
    path, vault, report, _ = _checked(**values)
    data = baseline_bytes(path)
    before = load_baseline(path, is_required=True)
    assert before is not None
    save_baseline(path, baseline_of(report.findings, bytes_reader(vault)), data)
    count = sum(entry.count for entry in before.entries)
    notice(f"{_findings(len(report.findings))} in {path}, {count} before")


@command.command()
@_options
def prune(**values: Any) -> None:
    """Remove findings that no longer exist from the baseline. Nothing is added."""
    path, vault, report, plan = _checked(**values)
    data = baseline_bytes(path)
    baseline = load_baseline(path, is_required=True)
    assert baseline is not None
    sifted = sift_report(report, baseline, vault, plan, None)
    kept = renamed_baseline(pruned(baseline, sifted.stale), renames_since(baseline, vault), report.findings)
    if kept != baseline:
        save_baseline(path, kept, data)
    notice(f"{_findings(sum(entry.count for entry in sifted.stale))} taken off {path}")


@command.command()
@_options
def show(vault: str | None, config_file: str | None, isolated: bool, baseline: str | None) -> None:
    """Print the number of findings in the baseline, by note and rule."""
    root = vault_root(vault)
    path = baseline_path(root, load_config(root, config_file, isolated=isolated), baseline)
    found = load_baseline(path, is_required=True)
    assert found is not None
    counts: Counter[tuple[str, str]] = Counter()
    for entry in found.entries:
        counts[entry.path, entry.code] += entry.count
    for (note, code), count in sorted(counts.items()):
        sys.stdout.write(f"{note}: {count} {code}\n")
    notice(f"{_findings(sum(counts.values()))} in {path}")


def _checked(
    vault: str | None, config_file: str | None, isolated: bool, baseline: str | None
) -> tuple[str, Snapshot, Report, Plan]:
    workspace = open_workspace(vault, config_file=config_file, isolated=isolated)
    plan = plan_of(workspace.config, cards=cards_of_vault(workspace.root, workspace.config))
    read, report = check_folder(workspace, plan)
    return baseline_path(workspace.root, workspace.config, baseline), read, report, plan


def _findings(count: int) -> str:
    return f"{count} finding" if count == 1 else f"{count} findings"
