"""What the options of ``check`` mean for the vault at hand: its folder, its configuration, the rules that run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from vaultkit.base.errors import ConfigError, VaultkitError
from vaultkit.base.paths import relative_path
from vaultkit.base.record import changed
from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import notice
from vaultkit.cli.options import load_config, vault_root
from vaultkit.cli.reporting import ReportOutput, outputs_of
from vaultkit.config import SEVERITIES, Config, Read, read_file
from vaultkit.vault.files import walk
from vaultkit.vault.workspace import Workspace

if TYPE_CHECKING:
    from vaultkit.lint.plan import Plan

BASELINE_NAME = ".vaultkit-baseline.json"


class Setup:
    """The settings of one run, or of every round of a watch.

    only:    whether findings in a path are reported; None for all.
    outputs: where the reports go.
    """

    def __init__(
        self,
        wants: CheckOptions,
        workspace: Workspace,
        only: Callable[[str], bool] | None,
        outputs: tuple[ReportOutput, ...],
        read: Read | None = None,
    ) -> None:
        """read: content of settings files, where it differs from the disk."""
        self._wants = wants
        self._read = read
        self.workspace = workspace
        self.only = only
        self.outputs = outputs

    @cached_property
    def _planned(self) -> tuple[Plan, tuple[str, ...]]:
        """The plan, and what is printed about it. Rules are imported here, which an unchanged vault need not pay."""
        from vaultkit.cards.settings import card_settings
        from vaultkit.lint.plan import plan_of, without_vault_rules

        wants, config = self._wants, self.config
        cards, fault = card_settings(self.root, config.cards, config.settings_folder, self._read or read_file)
        notices = [f"{fault}; the plugin's defaults are used"] if fault else []
        plan = plan_of(
            config,
            select=words(wants.select),
            ignore=words(wants.ignore),
            extend_select=words(wants.extend_select),
            ignores_suppressions=wants.ignore_suppressions,
            cards=cards,
        )
        if wants.strict_config and plan.notices:
            raise ConfigError(plan.notices[0])
        if wants.no_index:
            plan = without_vault_rules(plan)
        return plan, (*notices, *plan.notices)

    @property
    def plan(self) -> Plan:
        """Which rules run and how.

        Raises:
            ConfigError: a word means no rule, or an option does not fit its rule.
        """
        return self._planned[0]

    @property
    def notices(self) -> tuple[str, ...]:
        """What is odd in the configuration of rules."""
        return self._planned[1]

    @property
    def key(self) -> str:
        """All that the findings depend on besides the vault and its settings."""
        wants = self._wants
        chosen = (words(wants.select), words(wants.ignore), words(wants.extend_select))
        return check_key(self.config, chosen, (wants.ignore_suppressions, wants.strict_config, wants.no_index))

    @property
    def root(self) -> str:
        """The folder of the vault."""
        return self.workspace.root

    @property
    def config(self) -> Config:
        """The configuration with what the command line changes in it."""
        return self.workspace.config

    @property
    def beside_config(self) -> str:
        """Return the folder for vaultkit's files: the configuration's, else the vault's."""
        return os.path.dirname(self.config.source) if self.config.source else self.root

    @property
    def is_for_people(self) -> bool:
        """The screen gets a report that people read."""
        return any(not output.file and output.format in ("full", "concise", "grouped") for output in self.outputs)


def check_key(
    config: Config,
    chosen: tuple[tuple[str, ...], ...] = ((), (), ()),
    flags: tuple[bool, bool, bool] = (False, False, False),
) -> str:
    """The key of a stored check. chosen: --select, --ignore and --extend-select; flags: options that change findings."""
    return repr((config, chosen, *flags))


def setup_of(wants: CheckOptions, read: Read | None = None) -> Setup:
    """Return the setup of the options; report what is odd in the configuration.

    read: content of settings files, where it differs from the disk.

    Raises:
        VaultkitError: a path does not exist, or the configuration or a rule's name cannot be understood.
    """
    paths = _paths(wants)
    root = vault_root(wants.vault, paths)
    config = _config(wants, root, read)
    for text in config.notices:
        notice(text)
    workspace = Workspace(root, config, named_files=_named_files(wants, root), has_store=not wants.no_cache)
    return Setup(wants, workspace, _only(paths, root), outputs_of(wants), read)


def _paths(wants: CheckOptions) -> tuple[str, ...]:
    """The paths that were named; for a text from stdin the folder of its note."""
    if "-" in wants.paths:
        if wants.paths != ("-",) or wants.stdin_filename is None:
            raise VaultkitError("-: no other PATH is allowed with stdin; name the note with --stdin-filename")
        return (os.path.dirname(os.path.abspath(wants.stdin_filename)),)
    return tuple(path if os.path.exists(path) else _in_vault(path, wants) for path in wants.paths)


def _in_vault(path: str, wants: CheckOptions) -> str:
    """A path that is none from the working directory, as one from the vault's folder, which is how reports write it."""
    there = os.path.join(vault_root(wants.vault), path)
    if not os.path.exists(there):
        raise VaultkitError(f"{path}: no such file or folder{_near(path)}")
    return there


def _config(wants: CheckOptions, root: str, read: Read | None = None) -> Config:
    """The configuration with what the command line changes in it."""
    settings = [entry for entry in wants.config if "=" in entry and not os.path.exists(entry)]
    files = [entry for entry in wants.config if entry not in settings]
    config = load_config(root, files[-1] if files else None, isolated=wants.isolated, settings=settings, read=read)
    if wants.strict_config and config.notices:
        raise ConfigError(config.notices[0])
    return changed(
        config,
        preset=wants.preset or config.preset,
        severity=(*config.severity, *_severities(wants.severity)),
        per_file_ignores=(*config.per_file_ignores, *_ignores(wants.per_file_ignores)),
        exclude=(*(wants.exclude or config.exclude), *wants.extend_exclude),
        respect_gitignore=config.respect_gitignore and not wants.no_respect_gitignore,
        obsidian_config=config.obsidian_config and not wants.no_obsidian_config,
    )


def _severities(entries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if entries:
        from vaultkit.lint.rule import named_rules
    for entry in entries:
        rules, equals, level = entry.partition("=")
        if not equals or level not in SEVERITIES:
            raise ConfigError(f"--severity {entry}: write RULE=LEVEL, with one of {', '.join(SEVERITIES)}")
        for rule in sorted(named_rules(words([rules]), "--severity")):
            yield rule, level


def _ignores(entries: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if entries:
        from vaultkit.lint.rule import named_rules
    for entry in entries:
        pattern, equals, rules = entry.rpartition("=")
        if not equals or not pattern:
            raise ConfigError(f"--per-file-ignores {entry}: write GLOB=RULES")
        yield pattern, tuple(sorted(named_rules(words([rules]), "--per-file-ignores")))


def _named_files(wants: CheckOptions, root: str) -> frozenset[str]:
    """Vault paths of the files that were named, which are looked at even when they are excluded."""
    if wants.force_exclude:
        return frozenset()
    return frozenset(
        relative_path(path, root)
        for path in (*wants.paths, *([wants.stdin_filename] if wants.stdin_filename else []))
        if os.path.isfile(path) or path == wants.stdin_filename
    )


def words(values: Iterable[str]) -> tuple[str, ...]:
    """The words of options that take several at once, with commas, or are given more than once."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _only(paths: tuple[str, ...], root: str) -> Callable[[str], bool] | None:
    """Return a test whether a vault path is at or below one of ``paths``; None if every path is."""
    wanted = []
    has_all = not paths
    for path in paths:
        relative = relative_path(path, root)
        if relative == "." or root.startswith(os.path.abspath(path) + os.sep):
            has_all = True
            continue
        if relative.split("/")[0] == "..":
            raise VaultkitError(f"{path}: not in the vault {root}; name the vault with --vault")
        wanted.append(relative)
    if has_all:
        return None
    return lambda path: any(path == entry or path.startswith(entry + "/") for entry in wanted)


def _near(path: str) -> str:
    from difflib import get_close_matches

    folder, name = os.path.split(path.rstrip("/"))
    try:
        names = os.listdir(folder or ".")
    except OSError:
        folder, names = "", [file.path for file in walk(".").files]
    near = get_close_matches(name, names, n=1, cutoff=0.8)
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else "; check the path"
