"""Topics with similar words and few links."""

from __future__ import annotations

import click

from vaultkit.cli.graphs import topic_options, whole_graph
from vaultkit.cli.obsidian_cli import ObsidianStyleCommand, format_options, print_json, print_lines


@click.command(cls=ObsidianStyleCommand)
@topic_options
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Maximum number of pairs.")
@format_options("text", "json")
def command(vault: str | None, by: str | None, excluded: bool, limit: int, output_format: str) -> None:
    """List pairs of topics that use the same words but have few links, with notes to connect.

    Topics are communities (`vaultkit graph communities`), or folders where few notes are linked. The score is the
    similarity of their typical words (cosine of TF-IDF), minus the links between them. Below each pair: common
    words, then notes of both sides without a link, and what they share.
    """
    read, core = whole_graph(vault, excluded=excluded)
    from vaultkit.graph.gaps import MEASURE, gaps, topics_of

    topics = topics_of(read, core, by)
    found = gaps(read, core, topics, limit)
    if output_format == "json":
        rows = [
            {
                "score": gap.score,
                "topics": [{"name": gap.one, "notes": gap.notes_one}, {"name": gap.two, "notes": gap.notes_two}],
                "links": gap.links,
                "words": list(gap.words),
                "meetings": [{"notes": [pair.one, pair.two], "words": list(pair.words)} for pair in gap.meetings],
            }
            for gap in found
        ]
        print_json({"measure": MEASURE, "topics_by": topics.by, "gaps": rows})
        return
    click.echo(f"{MEASURE}; topics are {topics.by.replace('community', 'communitie')}s", err=True)
    lines = []
    for gap in found:
        links = "1 link" if gap.links == 1 else f"{gap.links} links"
        lines.append(f"{gap.score:.2f}\t{gap.one} ({gap.notes_one} notes) — {gap.two} ({gap.notes_two} notes), {links}")
        lines.append(f"\tboth: {', '.join(gap.words)}")
        lines += [f"\t{pair.one} — {pair.two} ({', '.join(pair.words)})" for pair in gap.meetings]
    print_lines(lines)
