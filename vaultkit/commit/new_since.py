"""New findings of a branch: the current findings without those at the commit where the branch started."""

from __future__ import annotations

import os
from collections.abc import Mapping

from vaultkit.base.errors import VaultkitError
from vaultkit.base.record import record
from vaultkit.commit.contents import Contents
from vaultkit.commit.repository import Git
from vaultkit.commit.sides import Reader
from vaultkit.commit.tree import Submodules, VaultScope
from vaultkit.config import Config
from vaultkit.lint.baseline import Baseline, baseline_of
from vaultkit.lint.engine import collect_findings
from vaultkit.lint.finding import Finding
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import Plan
from vaultkit.vault.snapshot import Snapshot


@record
class Before:
    """What was there. baseline: hides the findings of then. renamed: path now -> path then."""

    baseline: Baseline
    renamed: Mapping[str, str]


def findings_before(vault: Snapshot, plan: Plan, config: Config, revision: str) -> Before:
    """The findings of the vault at the commit where the work tree's branch left ``revision``.

    Raises:
        VaultkitError: there is no git, or no such revision.
    """
    git = Git(vault.root)
    top, _ = git.find_top()
    commit = git.has(revision)
    if not commit:
        raise VaultkitError(
            f"--new-since {revision}: unknown Git revision; run `git fetch`, or use an existing branch, tag or commit"
        )
    fork = git.ask("merge-base", commit, "HEAD", allowed=(0, 1, 128)).decode().strip() or commit
    relative = os.path.relpath(os.path.realpath(vault.root), os.path.realpath(top)).replace(os.sep, "/")
    prefix = "" if relative == "." else relative + "/"
    findings = _findings(git, prefix, fork, vault, plan, config)
    return Before(baseline_of(findings, lambda path: b""), _renamed(git, prefix, fork))


def _findings(git: Git, prefix: str, commit: str, vault: Snapshot, plan: Plan, config: Config) -> tuple[Finding, ...]:
    index = git.index()
    contents = Contents(git, index)
    tree = Submodules(git, index).filled(git.tree(commit))
    scope = VaultScope(prefix, (prefix + folder for folder in vault.nested), config.exclude)
    files = scope.files(tree, contents, git.top)
    reader = Reader(vault.root, contents, vault.settings, note_linter(plan))
    reader.fetch(files, files)
    then = reader.side(files, files)
    return collect_findings(then.vault, plan, then.answers, has_all_fixes=True).findings


def _renamed(git: Git, prefix: str, commit: str) -> dict[str, str]:
    wanted = ("--name-status", "-z", "-M", "--diff-filter=R", "--no-relative", "--no-ext-diff")
    answer = git.ask("diff", *wanted, "--ignore-submodules=dirty", commit, is_work_tree=True)
    fields = [os.fsdecode(field) for field in answer.split(b"\0")]
    pairs = zip(fields[1::3], fields[2::3], strict=False)
    return {
        new[len(prefix) :]: old[len(prefix) :]
        for old, new in pairs
        if old.startswith(prefix) and new.startswith(prefix)
    }
