"""What the commands below `vaultkit graph` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultkit.base.errors import VaultkitError
from vaultkit.cli.obsidian_cli import vault_option
from vaultkit.cli.options import cards_of_vault, open_workspace
from vaultkit.query.files import text_of
from vaultkit.vault.snapshot import Snapshot
from vaultkit.vault.workspace import Workspace

if TYPE_CHECKING:
    from vaultkit.graph.core import GraphCore
    from vaultkit.graph.from_vault import Mentioned

_F = TypeVar("_F", bound=Callable[..., Any])

# As in `vaultkit.graph.core`, which is not imported for a help page.
KINDS = ("note", "unresolved", "attachment", "missing-attachment", "tag", "canvas", "base", "folder", "external")
DEFAULT_KINDS = KINDS[:7]
CONCEPT_KINDS = ("note", "unresolved", "canvas", "base")


def graph_options(function: _F) -> _F:
    """``--vault``, ``--kinds`` (by default notes, unresolved names, canvases, bases) and ``--excluded``."""
    return _graph_options(function, ", ".join(CONCEPT_KINDS))


def whole_graph_options(function: _F) -> _F:
    """The same for commands that show all kinds but folders and external hosts by default."""
    return _graph_options(function, f"all but {' and '.join(KINDS[len(DEFAULT_KINDS) :])}")


def _graph_options(function: _F, default: str) -> _F:
    function = click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")(
        function
    )
    function = click.option(
        "--kinds",
        metavar="KINDS",
        help=f"Kinds of nodes, with commas between them, or all; of {', '.join(KINDS)}. By default {default}.",
    )(function)
    return vault_option(function)


def wanted_kinds(written: str | None, default: tuple[str, ...] = CONCEPT_KINDS) -> tuple[str, ...]:
    """The kinds that ``--kinds`` names, ``default`` when there is none.

    Raises:
        VaultkitError: one of them is no kind.
    """
    if written is None:
        return default
    if written == "all":
        return KINDS
    kinds = tuple(word.strip() for word in written.split(",") if word.strip())
    for kind in kinds:
        if kind not in KINDS:
            raise VaultkitError(f"--kinds: no kind {kind!r}; there are {', '.join(KINDS)}, and all")
    return kinds


def open_graph(vault: str | None, kinds: str | None, *, excluded: bool) -> tuple[Snapshot, GraphCore]:
    """The vault that the options mean, and its graph."""
    from vaultkit.graph.cache import vault_and_graph

    wanted = wanted_kinds(kinds)
    read, core = vault_and_graph(open_workspace(vault), include_excluded=excluded, optional=optional_kinds(wanted))
    return read, core.only(wanted)


def topic_options(function: _F) -> _F:
    """``--vault``, ``--by`` and ``--excluded``."""
    function = click.option("--excluded", is_flag=True, help="Include files that the vault's settings exclude.")(
        function
    )
    function = click.option(
        "--by",
        type=click.Choice(["community", "folder"]),
        help="What a topic is. Default: communities, and folders where few notes are linked.",
    )(function)
    return vault_option(function)


def whole_graph(vault: str | None, *, excluded: bool) -> tuple[Snapshot, GraphCore]:
    """The vault that the option means, and its graph with all kinds but the optional ones."""
    from vaultkit.graph.cache import vault_and_graph

    return vault_and_graph(open_workspace(vault), include_excluded=excluded)


def findings_by_note(workspace: Workspace) -> dict[str, int]:
    """Path -> number of findings of `vaultkit check` ."""
    from vaultkit.lint.check import checked
    from vaultkit.lint.plan import plan_of

    plan = plan_of(workspace.config, cards=cards_of_vault(workspace.root, workspace.config))
    found: dict[str, int] = {}
    for finding in checked(workspace, plan).report.findings:
        if finding.severity != "info":
            found[finding.path] = found.get(finding.path, 0) + 1
    return found


def optional_kinds(wanted: Iterable[str]) -> tuple[str, ...]:
    """Those of the kinds that a graph has only when asked for them."""
    return tuple(kind for kind in wanted if kind not in DEFAULT_KINDS)


def described_graph(
    workspace: Workspace,
    *,
    excluded: bool,
    with_findings: bool,
    with_mentions: bool = False,
    with_pictures: bool = False,
    wanted: tuple[str, ...] = DEFAULT_KINDS,
    measured_kinds: tuple[str, ...] = CONCEPT_KINDS,
    narrow: Callable[[Snapshot, GraphCore], GraphCore],
) -> tuple[Snapshot, GraphCore]:
    """The vault at ``root`` and its graph with all attributes of nodes; what was bounded by size is told.

    wanted: kinds of nodes.  narrow: keeps the part of these that is asked for; rank, component and community are those
    of the whole graph.  measured_kinds: kinds of nodes that these three are of.
    """
    from vaultkit.graph.attributes import attributes, measured, summary_query
    from vaultkit.graph.from_vault import graph_core
    from vaultkit.lint.plan import plan_of

    cards = cards_of_vault(workspace.root, workspace.config)
    plan = plan_of(workspace.config, cards=cards) if with_findings else None
    vault, answers = workspace.read(summary_query(cards, plan))
    core = graph_core(
        vault,
        include_excluded=excluded,
        facts=attributes(vault, answers, plan),
        optional=optional_kinds(wanted),
        mentions=_mentions(vault) if with_mentions else (),
        picture_mentions=_picture_mentions(vault) if with_pictures else (),
    )
    return vault, narrow(vault, measured(core.only(wanted), vault, measured_kinds))


def _picture_mentions(vault: Snapshot) -> tuple[Mentioned, ...]:
    from vaultkit.graph.picture_suggestions import picture_edges
    from vaultkit.pictures.texts import texts_of

    return picture_edges(vault, texts_of(vault.root, vault.files).texts)


def _mentions(vault: Snapshot) -> Iterator[Mentioned]:
    from vaultkit.graph.from_vault import Mentioned
    from vaultkit.graph.suggest import suggestions

    for item in suggestions(vault, lambda path: text_of(vault, path)):
        if item.kind == "mention":
            yield Mentioned(item.source, item.target, item.text, item.line, item.column, item.times)


def node_row(core: GraphCore, node: int) -> dict[str, Any]:
    """A node in JSON: id, kind, label, path."""
    return {
        "id": core.ids[node],
        "kind": core.node_kind(node),
        "label": core.labels[node],
        "path": core.paths[node],
    }
