"""The concept graph of a session, made once for each state of the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.mcp.session import AgentSession
from vaultkit.vault.snapshot import Snapshot

if TYPE_CHECKING:
    from vaultkit.graph.core import GraphCore


def core_of(session: AgentSession) -> GraphCore:
    """Notes, attachments, canvases, bases and names that are not written yet."""
    return session.vault.get(_core)


def _core(snapshot: Snapshot) -> GraphCore:
    from vaultkit.graph.from_vault import graph_core

    return graph_core(snapshot)
