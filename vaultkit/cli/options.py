"""Options and answers that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from vaultkit.base.errors import VaultkitError
from vaultkit.base.safe_read import read_regular
from vaultkit.cli.console import notice
from vaultkit.cli.guessed_vault import require_vault
from vaultkit.config import Config, Read, find_config, read_config, read_file, user_config
from vaultkit.vault.find import find_vault
from vaultkit.vault.workspace import Workspace

if TYPE_CHECKING:
    from vaultkit.cards.model import CardSettings

_Command = TypeVar("_Command", bound=Callable[..., Any])

# As in `vaultkit.base.journal`, which a run that finds none need not import.
JOURNAL = ".vaultkit-journal.json"


def vault_option(command: _Command) -> _Command:
    """Give a command the option ``--vault``."""
    import click

    return click.option(
        "--vault",
        metavar="DIR",
        envvar="VAULTKIT_VAULT",
        help="Vault folder, or its name in Obsidian. Default: the vault around the first path or the working directory.",
    )(command)


def vault_root(vault: str | None, paths: Sequence[str] = ()) -> str:
    """The vault's folder: as named, else around the first path that exists, else around the working directory.

    Raises:
        VaultkitError: the folder named does not exist, or the working directory is gone.
    """
    try:
        root = _root(vault, paths)
    except FileNotFoundError as error:
        raise VaultkitError("the working directory no longer exists; change to another folder") from error
    undo_killed(root)
    return root


def undo_killed(root: str) -> None:
    """Undo what a killed run left half done in the vault, and say so. A run that is still writing is left alone."""
    if not os.path.lexists(os.path.join(root, JOURNAL)):
        return
    from vaultkit.base.journal import recover

    try:
        found = recover(root)
    except OSError as error:
        notice(f"{root}: an earlier run was killed while it wrote, and cannot be undone ({error.strerror})")
        return
    if found is None:
        return
    if found.undone:
        count = "1 file is" if found.undone == 1 else f"{found.undone} files are"
        notice(f"an earlier run was killed while it wrote; {count} as before it")
    for reason in found.left:
        notice(f"an earlier run was killed while it wrote: {reason}")


def _root(vault: str | None, paths: Sequence[str]) -> str:
    if vault is not None:
        if os.path.isdir(vault):
            return os.path.abspath(vault)
        known = _named(vault)
        if known is None:
            raise VaultkitError(f"--vault {vault}: no such folder; name the folder of a vault")
        return known
    start = next((path for path in paths if os.path.exists(path)), ".")
    root = find_vault(start)
    require_vault(root, start)
    return root


def _named(name: str) -> str | None:
    """The vault of this name: the one around the working directory, else one that Obsidian has opened.

    Raises:
        VaultkitError: Obsidian knows several.
    """
    if "/" in name or os.sep in name:
        return None
    here = find_vault(".")
    if os.path.basename(here) == name:
        return here
    found = [path for path in opened_vaults() if os.path.basename(path.rstrip("/\\")) == name and os.path.isdir(path)]
    if len(found) > 1:
        raise VaultkitError(
            f"--vault {name}: Obsidian knows {len(found)} vaults of this name; name the folder: {', '.join(found)}"
        )
    return found[0] if found else None


def opened_vaults() -> list[str]:
    """Folders of the vaults in Obsidian's own list, by path; none where there is no such list.

    Source: ``obsidian.json`` in Obsidian's settings folder: {"vaults": {id: {"path": folder}}}.
    """
    import json

    home = os.path.expanduser("~")
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    folders = [
        config,
        os.path.join(home, ".var", "app", "md.obsidian.Obsidian", "config"),
        os.path.join(home, "Library", "Application Support"),
        os.environ.get("APPDATA") or os.path.join(home, "AppData", "Roaming"),
    ]
    found = set()
    for folder in folders:
        try:
            text = read_regular(os.path.join(folder, "obsidian", "obsidian.json")).decode("utf-8")
            vaults = json.loads(text)["vaults"]
            found |= {entry["path"] for entry in vaults.values() if isinstance(entry["path"], str)}
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # not there, or not such a list
            continue
    return sorted(found)


def load_config(
    root: str,
    config_file: str | None = None,
    *,
    isolated: bool = False,
    settings: Iterable[str] = (),
    read: Read | None = None,
) -> Config:
    """The configuration that holds for the vault at ``root``; ``settings`` are ``key = value`` texts, which win.

    read: what the files hold, where that is not what lies on disk.

    Raises:
        ConfigError: the file named does not exist, or cannot be understood.
    """
    return read_config(config_path(root, config_file, isolated=isolated, read=read), settings, read or read_file)


def config_path(
    root: str, config_file: str | None = None, *, isolated: bool = False, read: Read | None = None
) -> str | None:
    """The file that holds for the vault: the one named, else the vault's, else the user's; None for none."""
    if isolated:
        return None
    return config_file or find_config(root, read) or user_config()


def open_workspace(
    vault: str | None,
    paths: Sequence[str] = (),
    *,
    config_file: str | None = None,
    isolated: bool = False,
    settings: Iterable[str] = (),
    has_store: bool = True,
) -> Workspace:
    """Open the vault that the options mean, with its configuration. Arguments as `vault_root` and `load_config`.

    Raises:
        VaultkitError: there is no such vault, or its configuration cannot be understood.
    """
    root = vault_root(vault, paths)
    config = load_config(root, config_file, isolated=isolated, settings=settings)
    return Workspace.open(root, config, has_store=has_store)


def cards_of_vault(root: str, config: Config, read: Read = read_file) -> CardSettings:
    """What makes a flashcard in the vault at ``root``; a settings file of the plugin that cannot be read is told."""
    from vaultkit.cards.settings import card_settings

    settings, fault = card_settings(root, config.cards, config.settings_folder, read)
    if fault:
        notice(f"{fault}; the plugin's defaults are used")
    return settings
