"""Options and answers that several commands share."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from vaultkit.config import Config, find_config, read_config
from vaultkit.errors import VaultkitError
from vaultkit.index.load import find_vault

vault_option = click.option(
    "--vault",
    metavar="DIR",
    envvar="VAULTKIT_VAULT",
    help="The vault; by default the one around the first path or the working directory.",
)


def vault_root(vault: str | None, paths: Sequence[str] = ()) -> str:
    """The vault's folder: as named, else around the first path that exists, else around the working directory.

    Raises:
        VaultkitError: the folder named does not exist, or the working directory is gone.
    """
    try:
        return _root(vault, paths)
    except FileNotFoundError as error:
        raise VaultkitError("the working directory does not exist any more; change to one that does") from error


def _root(vault: str | None, paths: Sequence[str]) -> str:
    if vault is not None:
        if not os.path.isdir(vault):
            raise VaultkitError(f"--vault {vault}: no such folder; name the folder of a vault")
        return os.path.abspath(vault)
    for path in paths:
        if os.path.exists(path):
            return find_vault(path)
    return find_vault(".")


def load_config(root: str, config_file: str | None = None, *, isolated: bool = False) -> Config:
    """The configuration that holds for the vault at ``root``.

    Raises:
        ConfigError: the file named does not exist, or cannot be understood.
    """
    if isolated:
        return Config()
    if config_file is not None:
        return read_config(config_file)
    found = find_config(root)
    return read_config(found) if found else Config()
