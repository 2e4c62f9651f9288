"""The concept graph of a vault, for notebooks and scripts.

>>> from vaultkit.graph import concept_graph
>>> graph = concept_graph("Notes")              # doctest: +SKIP

``graph`` is a `networkx.MultiDiGraph`: node ids are ``kind:path`` ("note:Biology/Cell.md",
"unresolved:Ribosome", "tag:biology"), nodes have ``kind``, ``label`` and ``path``, edges have
``kind`` and the place where they are written. `simple_graph` makes a `networkx.DiGraph` with one
edge for each pair; `graph_core` gives the arrays beneath, which large vaults are asked through. `open_graph` answers what
the commands answer: related notes, paths, communities, gaps, suggestions, as rows for pandas.

Importing this package imports neither networkx nor numpy; the first call does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultkit.graph.build import concept_graph as concept_graph
    from vaultkit.graph.build import simple_graph as simple_graph
    from vaultkit.graph.core import GraphCore as GraphCore
    from vaultkit.graph.from_vault import graph_core as graph_core
    from vaultkit.graph.notebook import VaultGraph as VaultGraph
    from vaultkit.graph.notebook import open_graph as open_graph
    from vaultkit.vault.workspace import load_vault as load_vault

__all__ = ["GraphCore", "VaultGraph", "concept_graph", "graph_core", "load_vault", "open_graph", "simple_graph"]

_HOMES = {
    "GraphCore": "vaultkit.graph.core",
    "concept_graph": "vaultkit.graph.build",
    "graph_core": "vaultkit.graph.from_vault",
    "VaultGraph": "vaultkit.graph.notebook",
    "load_vault": "vaultkit.vault.workspace",
    "open_graph": "vaultkit.graph.notebook",
    "simple_graph": "vaultkit.graph.build",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
