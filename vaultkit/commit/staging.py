"""The vaults of a repository and the staged commit, ready to be checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property

from vaultkit.commit.commit import Commit, Source, read_commit
from vaultkit.commit.committed import committed_reader
from vaultkit.commit.contents import Contents
from vaultkit.commit.repository import Git, Staged, TreeEntry
from vaultkit.commit.state import State
from vaultkit.commit.tree import Submodules, VaultScope, nested_vaults, tree_before
from vaultkit.config import Config, Read
from vaultkit.lint.note_linter import note_linter
from vaultkit.lint.plan import Plan
from vaultkit.vault.settings import read_settings

SETTING_FILES = (
    "app.json", "templates.json", "types.json", "daily-notes.json", "bookmarks.json", "workspace.json",
    "workspaces.json", "plugins/templater-obsidian/data.json",
)  # fmt: skip


class Staging:
    """What is staged in a repository. state: what git is in the middle of."""

    def __init__(self, git: Git, changes: list[Staged], state: State) -> None:
        self.git = git
        self.state = state
        self.changes = tuple(changes)
        self.after: Mapping[str, TreeEntry] = git.index()
        self.before: Mapping[str, TreeEntry] = tree_before(self.after, changes)
        self.contents = Contents(git, self.after)
        self.read: Read = committed_reader(git.top, self.before, self.after, self.contents)
        self._submodules = Submodules(git, self.after)

    @cached_property
    def _filled(self) -> Mapping[str, TreeEntry]:
        return self._submodules.filled(self.after)

    @cached_property
    def vaults(self) -> frozenset[str]:
        """Folders with settings of Obsidian, from the top folder; "" for the top."""
        return nested_vaults(self.git.top, self._filled)

    @cached_property
    def _others(self) -> tuple[Mapping[str, TreeEntry], ...]:
        return tuple(self.git.tree(commit) for commit in self.state.others)

    def prefixes(self, root: str | None) -> list[str]:
        """Return the vaults to check as prefixes of paths, "" or with a last "/".

        root: the folder that was named; then it is the only one. Else all, but for those in submodules, which are
        repositories of their own; without any the top folder is one.
        """
        if root is not None:
            relative = os.path.relpath(os.path.realpath(root), os.path.realpath(self.git.top)).replace(os.sep, "/")
            return ["" if relative == "." else relative + "/"]
        own = [folder for folder in self.vaults if not self._is_in_submodule(folder)]
        return sorted(folder and folder + "/" for folder in own) or [""]

    def _is_in_submodule(self, folder: str) -> bool:
        return bool(folder) and any(
            entry.folder and f"{folder}/".startswith(f"{entry.folder}/") for entry in self._filled.values()
        )

    def concerns(self, prefix: str) -> bool:
        """Whether a change is in the vault, or above it where its configuration may be."""
        return any(
            path.startswith(prefix) or prefix.startswith(path.rpartition("/")[0])
            for change in self.changes
            for path in (change.path, change.old_path)
        )

    def commit(self, prefix: str, config: Config, plan: Plan, *, shows_info: bool = False) -> Commit:
        """Return the part of the commit in the vault at ``prefix``. shows_info: report info findings, too."""
        root = os.path.join(self.git.top, prefix.rstrip("/")) if prefix else self.git.top
        settings = read_settings(root, config.settings_folder, self.read)
        source = Source(
            git=self.git,
            root=root,
            scope=VaultScope(prefix, self.vaults, config.exclude),
            before=self.before,
            after=self.after,
            changes=self.changes,
            others=self._others,
            contents=self.contents,
            submodules=self._submodules,
            settings=settings,
            settings_files=self._settings_files(prefix, config.settings_folder),
        )
        return read_commit(source, plan, note_linter(plan), every_note=_needs_every_note(plan, shows_info=shows_info))

    def _settings_files(self, prefix: str, folder: str) -> dict[str, bytes]:
        """Obsidian's settings that the commit has. Others are empty, so that nothing is said of what it lacks."""
        found = {f"{folder}/{name}": b"" for name in SETTING_FILES} if folder else {}
        there = {path: entry for path in found if (entry := self.after.get(prefix + path)) is not None}
        self.contents.fetch(there.values())
        return found | {path: self.contents.data(entry) or b"" for path, entry in there.items()}


def _needs_every_note(plan: Plan, *, shows_info: bool) -> bool:
    """Whether a rule that is on compares each note with all others."""
    severities = dict(plan.severity)
    return any(
        (shows_info or severities.get(rule.code, rule.severity) != "info")
        and (rule.compares_all or getattr(options, "similarity", 1) < 1)
        for rule, options in plan.rules
    )
