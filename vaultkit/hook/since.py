"""What a branch brings: the findings of now without those that the vault had where the branch began."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from vaultkit.config import Config
from vaultkit.errors import VaultkitError
from vaultkit.globs import matcher
from vaultkit.hook.git import Git
from vaultkit.index.canvas import read_canvas
from vaultkit.index.files import SKIPPED_FOLDERS, VaultFile, file_kind, is_hidden
from vaultkit.index.vault import Vault
from vaultkit.lint.baseline import Baseline, baseline_of
from vaultkit.lint.engine import Answers, Plan, inspector, judge
from vaultkit.lint.finding import Finding
from vaultkit.note.model import Note
from vaultkit.note.parse import parse_text, unread_note
from vaultkit.record import record
from vaultkit.text import decode


@record
class Before:
    """What was there. baseline: hides the findings of then. renamed: path now -> path then."""

    baseline: Baseline
    renamed: Mapping[str, str]


def findings_before(vault: Vault, plan: Plan, config: Config, revision: str) -> Before:
    """The findings of the vault at the commit where the work tree's branch left ``revision``.

    Raises:
        VaultkitError: there is no git, or no such revision.
    """
    git = Git(vault.root)
    top, _ = git.find_top()
    commit = git.has(revision)
    if not commit:
        raise VaultkitError(f"--new-since {revision}: no such git revision; fetch it, or name a branch, tag or commit")
    fork = git.ask("merge-base", commit, "HEAD", allowed=(0, 1, 128)).decode().strip() or commit
    relative = os.path.relpath(os.path.realpath(vault.root), os.path.realpath(top)).replace(os.sep, "/")
    prefix = "" if relative == "." else relative + "/"
    findings = _findings(git, prefix, fork, vault, plan, config)
    return Before(baseline_of(findings, lambda path: b""), _renamed(git, prefix, fork))


def _findings(git: Git, prefix: str, commit: str, vault: Vault, plan: Plan, config: Config) -> tuple[Finding, ...]:
    excluded = matcher(config.exclude)
    blobs = {}
    for entry in git.tree(commit):
        path = entry.path[len(prefix) :]
        if entry.path.startswith(prefix) and not is_hidden(path) and not (excluded and excluded(path)):
            is_nested = any(path.startswith(folder + "/") for folder in vault.nested)
            if not is_nested and SKIPPED_FOLDERS.isdisjoint(path.split("/")[:-1]):
                blobs[path] = entry.blob
    data = git.blobs(blob for path, blob in blobs.items() if file_kind(path) in ("note", "canvas"))
    inspect = inspector(plan)
    notes: dict[str, Note] = {}
    answers: dict[str, object] = {}
    for path, blob in blobs.items():
        if file_kind(path) == "note":
            decoded = decode(data.get(blob, b""))
            notes[path] = unread_note(decoded.fault) if decoded.fault else parse_text(decoded.text, decoded.has_bom)
            answer = inspect(notes[path], decoded.text)
            if answer:
                answers[path] = answer
    canvases = {path: read_canvas(data[blob]) for path, blob in blobs.items() if file_kind(path) == "canvas" and blob}
    files = {path: VaultFile(path, file_kind(path)) for path in sorted(blobs)}

    def source(path: str) -> bytes:
        """A file as it was then."""
        blob = blobs.get(path)
        if not blob:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        return data[blob] if blob in data else git.blobs([blob])[blob]

    then = Vault(files, notes, canvases, vault.settings, name=vault.name, source=source)
    held: Answers = answers  # type: ignore[assignment]
    return judge(then, plan, held, has_all_fixes=True).findings


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
