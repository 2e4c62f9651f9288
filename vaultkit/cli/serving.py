"""Start the servers: how a vault is opened for an editor or an agent."""

from __future__ import annotations

import gc
import importlib.util
import os
import sys

from vaultkit import __version__
from vaultkit.base.errors import VaultkitError
from vaultkit.base.extras import missing_extra
from vaultkit.cards.settings import card_settings
from vaultkit.cli.guessed_vault import is_guess, is_too_much
from vaultkit.cli.options import vault_root
from vaultkit.cli.setup import check_key
from vaultkit.config import read_file
from vaultkit.lint.plan import plan_of
from vaultkit.lsp.vaults import VaultSetup
from vaultkit.vault.find import find_vault
from vaultkit.vault.workspace import Workspace


def setup_for(root: str, *, has_store: bool) -> VaultSetup:
    """Open the vault at ``root`` with its own configuration.

    Raises:
        VaultkitError: its configuration cannot be understood.
    """
    workspace = Workspace.open(root, has_store=has_store)
    cards, _ = card_settings(workspace.root, workspace.config.cards, workspace.config.settings_folder, read_file)
    plan = plan_of(workspace.config, cards=cards)
    return VaultSetup(workspace, plan, check_key(workspace.config))


def root_of(place: str) -> str | None:
    """The vault around a file or folder; None if it is in none. A folder without marks is a vault if it was opened."""
    try:
        root = find_vault(place)
    except VaultkitError:
        folder = os.path.dirname(place)
        return root_of(folder) if folder != place and os.path.isdir(folder) else None
    if not is_guess(root):
        return root
    return root if os.path.isdir(place) and not is_too_much(root) else None


def serve_editor(*, has_store: bool) -> int:
    """Serve the editor at stdin and stdout until it leaves; return the exit status."""
    from vaultkit.lsp.jsonrpc import Connection
    from vaultkit.lsp.server import Server

    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may write into the answers
    connection = Connection(sys.stdin.buffer, out)
    return Server(connection, lambda root: setup_for(root, has_store=has_store), root_of, __version__).run()


def serve_agent(vault: str | None, *, writes: bool, port: int | None, has_store: bool) -> int:
    """Serve an agent until it leaves. port: for HTTP; None for stdin and stdout.

    Raises:
        VaultkitError: the extra is not installed, or the vault cannot be read.
    """
    if importlib.util.find_spec("mcp") is None:
        raise missing_extra("mcp", "the MCP server")
    from vaultkit.mcp.server import serve_http, serve_stdio
    from vaultkit.mcp.session import AgentSession

    setup = setup_for(vault_root(vault), has_store=has_store)
    session = AgentSession(setup.workspace, setup.plan, writes=writes, key=setup.key)
    gc.collect()
    gc.freeze()
    gc.enable()
    if port is None:
        serve_stdio(session, __version__)
    else:
        serve_http(session, __version__, port)
    return 0
