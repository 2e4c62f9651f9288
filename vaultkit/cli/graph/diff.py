"""What changed in the graph between two git revisions."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import graph_options, optional_kinds, wanted_kinds
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines
from vaultkit.cli.options import open_workspace


@click.command(cls=ObsidianStyleCommand)
@click.argument("revisions", nargs=-1, required=True, metavar="REV1 [REV2]")
@graph_options
@format_options("text", "json")
def command(
    revisions: tuple[str, ...], vault: str | None, kinds: str | None, excluded: bool, output_format: str
) -> None:
    """List nodes and links that were added or removed between REV1 and REV2, or REV1 and the folder as it is now.

    Notes that git recognizes as renamed between two revisions are listed as moved. Nothing is written, not even to
    .git.
    """
    if len(revisions) > 2:
        raise click.UsageError("at most two revisions can be compared")
    from vaultkit.graph.from_vault import graph_core
    from vaultkit.graph.revisions import compare, vault_at
    from vaultkit.vault.revision import commit_of, renames

    workspace = open_workspace(vault)
    root = workspace.root
    wanted = wanted_kinds(kinds)
    old, new = revisions[0], revisions[1] if len(revisions) == 2 else None
    before = graph_core(vault_at(workspace, old), include_excluded=excluded, optional=optional_kinds(wanted)).only(
        wanted
    )
    after = graph_core(vault_at(workspace, new), include_excluded=excluded, optional=optional_kinds(wanted)).only(
        wanted
    )
    moved = renames(root, commit_of(root, old), commit_of(root, new)) if new is not None else {}
    change = compare(before, after, moved)
    if output_format == "json":

        def edges(rows: tuple[tuple[str, str, str], ...]) -> list[dict[str, str]]:
            return [{"source": source, "kind": kind, "target": target} for source, kind, target in rows]

        print_json(
            {
                "added": list(change.added),
                "removed": list(change.removed),
                "renamed": [{"before": one, "after": two} for one, two in change.renamed],
                "links_added": edges(change.links_added),
                "links_removed": edges(change.links_removed),
                "written": list(change.written),
                "lost": list(change.lost),
            }
        )
        return
    lines = [f"moved\t{one} -> {two}" for one, two in change.renamed]
    lines += [f"+ node\t{node}" for node in change.added]
    lines += [f"- node\t{node}" for node in change.removed]
    lines += [f"+ {kind}\t{source} -> {target}" for source, kind, target in change.links_added]
    lines += [f"- {kind}\t{source} -> {target}" for source, kind, target in change.links_removed]
    print_lines(lines)
    click.echo(
        f"{len(change.added)} nodes added, {len(change.removed)} removed, {len(change.renamed)} moved; "
        f"{len(change.links_added)} links added, {len(change.links_removed)} removed; "
        f"{len(change.written)} names were written, {len(change.lost)} lost their file",
        err=True,
    )
