"""What the options of ``check`` mean for the vault at hand: its folder, its configuration, the rules that run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from vaultkit.cli.check_options import CheckOptions
from vaultkit.cli.console import notice
from vaultkit.cli.options import load_config, vault_root
from vaultkit.cli.reporting import Output, outputs_of
from vaultkit.config import Config
from vaultkit.errors import VaultkitError
from vaultkit.index.files import walk
from vaultkit.lint.engine import Plan, plan_of
from vaultkit.record import record

BASELINE_NAME = ".vaultkit-baseline.json"


@record
class Setup:
    """What holds for one run, or for every round of a watch. only: narrows what is reported; None for all."""

    root: str
    config: Config
    plan: Plan
    only: Callable[[str], bool] | None
    outputs: tuple[Output, ...]

    @property
    def beside_config(self) -> str:
        """The folder where files of ours lie: that of the configuration, else the vault's."""
        return os.path.dirname(self.config.source) if self.config.source else self.root

    @property
    def is_for_people(self) -> bool:
        """The screen gets a report that people read."""
        return any(not output.file and output.format in ("full", "concise", "grouped") for output in self.outputs)


def setup_of(wants: CheckOptions) -> Setup:
    """The setup that the options make; what is odd in the configuration is told.

    Raises:
        VaultkitError: a path does not exist, or the configuration or a rule's name cannot be understood.
    """
    for path in wants.paths:
        if not os.path.exists(path):
            raise VaultkitError(f"{path}: no such file or folder{_near(path)}")
    root = vault_root(wants.vault, wants.paths)
    config = load_config(root, wants.config_file, isolated=wants.isolated)
    for text in config.notices:
        notice(text)
    plan = plan_of(
        config,
        select=words(wants.select),
        ignore=words(wants.ignore),
        extend_select=words(wants.extend_select),
        ignores_suppressions=wants.ignore_suppressions,
    )
    return Setup(root, config, plan, _only(wants.paths, root), outputs_of(wants))


def words(values: Iterable[str]) -> tuple[str, ...]:
    """The words of options that take several at once, with commas, or are given more than once."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _only(paths: tuple[str, ...], root: str) -> Callable[[str], bool] | None:
    """Whether a vault path lies at or below one of ``paths``; None when everything does."""
    wanted = []
    for path in paths:
        relative = os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")
        if relative == ".":
            return None
        if relative.startswith("../"):
            if root.startswith(os.path.abspath(path) + os.sep):
                return None
            raise VaultkitError(f"{path}: not in the vault {root}; name the vault with --vault")
        wanted.append(relative)
    if not wanted:
        return None
    return lambda path: any(path == entry or path.startswith(entry + "/") for entry in wanted)


def _near(path: str) -> str:
    from difflib import get_close_matches

    folder, name = os.path.split(path.rstrip("/"))
    try:
        names = os.listdir(folder or ".")
    except OSError:
        folder, names = "", [file.path for file in walk(".").files]
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {os.path.join(folder, near[0])}?" if near else "; check the path"
