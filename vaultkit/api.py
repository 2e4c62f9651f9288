"""The public Python API. Everything else in the package may change without notice.

>>> from vaultkit import api
>>> vault = api.open_workspace("Notes")              # doctest: +SKIP
>>> api.check(vault).findings                        # doctest: +SKIP

A function takes a `Workspace` or the path of a vault's folder. Heavy packages are imported by the function that
needs them. Every function raises `VaultkitError`, one sentence, for a vault that cannot be read or a configuration
that cannot be understood.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vaultkit.base.errors import ConfigError, VaultkitError
from vaultkit.config import Config
from vaultkit.vault.workspace import Workspace

if TYPE_CHECKING:
    import networkx

    from vaultkit.cards.collection import Located
    from vaultkit.graph.notebook import VaultGraph
    from vaultkit.lint.finding import Report
    from vaultkit.lint.fixed import Fixed
    from vaultkit.lint.plan import Plan
    from vaultkit.vault.snapshot import Snapshot

__all__ = [
    "Config",
    "ConfigError",
    "VaultkitError",
    "Workspace",
    "check",
    "check_texts",
    "concept_graph",
    "fix",
    "metadata",
    "open_graph",
    "open_workspace",
    "read_cards",
    "read_vault",
    "render_map",
]

Vault = Workspace | str | os.PathLike[str]


def open_workspace(
    folder: str | os.PathLike[str] = ".", config: Config | None = None, *, use_cache: bool = True
) -> Workspace:
    """Open the vault in a folder, without reading a note.

    folder:    the vault's folder.
    config:    None for the configuration file of the vault, else the user's, else the defaults.
    use_cache: whether what is found out about notes is kept in the user's cache folder.
    """
    return Workspace.open(folder, config, has_store=use_cache)


def read_vault(vault: Vault) -> Snapshot:
    """Return all files, notes and resolved links of a vault as they are on disk now."""
    return _workspace(vault).snapshot()


def check(vault: Vault, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """Return what `vaultkit check` finds.

    select, ignore: codes, prefixes or names of rules, as on the command line; empty for the configuration's.
    """
    from vaultkit.lint.check import checked

    workspace = _workspace(vault)
    return checked(workspace, _plan(workspace, select, ignore)).report


def check_texts(texts: Mapping[str, str | bytes], *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """Return what is found in a vault that exists in memory only: path -> content."""
    from vaultkit.lint.engine import collect_findings
    from vaultkit.lint.note_linter import lint_query
    from vaultkit.lint.plan import plan_of

    plan = plan_of(Config(), select=tuple(select), ignore=tuple(ignore))
    ask = lint_query(plan).ask
    snapshot = Workspace.memory(texts)
    answers = {}
    for path, note in snapshot.notes.items():
        answer = ask(note, snapshot.text(path))
        if answer is not None:
            answers[path] = answer
    return collect_findings(snapshot, plan, answers)


def fix(
    vault: Vault,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    unsafe: bool = False,
    dry_run: bool = False,
) -> Fixed:
    """Apply fixes to the notes of a vault, never renaming a file, and return what was done and what remains.

    unsafe:  also apply fixes that may change meaning.
    dry_run: change nothing on disk; `Fixed.changes` has the texts before and after.

    Raises:
        VaultkitError: a note changed while it was fixed, or cannot be written; no note is changed then.
    """
    from vaultkit.base.atomic_write import write_together
    from vaultkit.lint.check import read_for_check
    from vaultkit.lint.fix import fix_vault
    from vaultkit.lint.fixed import Choice

    workspace = _workspace(vault)
    plan = _plan(workspace, select, ignore)
    snapshot, answers = read_for_check(workspace, plan)
    choice = Choice(with_unsafe=unsafe, with_renames=False)
    fixed = fix_vault(snapshot, plan, answers, choice, snapshot.read_bytes)
    if not dry_run and fixed.changes:
        try:
            write_together(workspace.root, fixed.changes)
        except (OSError, ValueError) as error:
            raise VaultkitError(f"{workspace.root}: nothing was fixed: {error}") from error
    return fixed


def concept_graph(vault: Vault) -> networkx.MultiDiGraph[str]:
    """Return the concept graph with all attributes of nodes and edges, as `vaultkit graph export` writes it."""
    from vaultkit.graph.build import concept_graph as graph_of

    return graph_of(read_vault(vault))


def open_graph(vault: Vault) -> VaultGraph:
    """Return the graph that answers what the commands answer: related notes, paths, communities, gaps, suggestions."""
    from vaultkit.graph.notebook import open_graph as graph_of

    return graph_of(read_vault(vault))


def render_map(vault: Vault) -> str:
    """Return the vault's map, one HTML page that needs no network."""
    from vaultkit.map.build import MapOptions, map_page

    workspace = _workspace(vault)
    return map_page(workspace, _plan(workspace, (), ()), MapOptions(), tell=lambda _: None).html


def read_cards(vault: Vault) -> list[Located]:
    """Return the flashcards of a vault, by note and place."""
    from vaultkit.cards.collection import inspector, located
    from vaultkit.cards.model import CardBlock
    from vaultkit.cards.settings import card_settings
    from vaultkit.vault.note_store import typed_query

    workspace = _workspace(vault)
    settings = card_settings(workspace.root, workspace.config.cards, workspace.settings_folder)[0]
    _, answers = workspace.read(typed_query(inspector(settings), tuple[CardBlock, ...]))
    return located(answers, settings)


def metadata(vault: Vault, paths: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield Obsidian's CachedMetadata of each note: ``{"path", "cache", "resolved"}`` with Obsidian's own keys.

    paths: vault-relative paths of notes; empty for all.
    """
    from vaultkit.vault.cached_metadata import note_metadata

    snapshot = read_vault(vault)
    for path in tuple(paths) or tuple(snapshot.notes):
        if path not in snapshot.notes:
            raise VaultkitError(f"{path}: no such note in {snapshot.root}; give its path in the vault")
        yield note_metadata(snapshot, path, snapshot.read_bytes(path))


def _workspace(vault: Vault) -> Workspace:
    return vault if isinstance(vault, Workspace) else open_workspace(vault)


def _plan(workspace: Workspace, select: Iterable[str], ignore: Iterable[str]) -> Plan:
    from vaultkit.cards.settings import card_settings
    from vaultkit.lint.plan import plan_of

    cards = card_settings(workspace.root, workspace.config.cards, workspace.settings_folder)[0]
    return plan_of(workspace.config, select=tuple(select), ignore=tuple(ignore), cards=cards)
