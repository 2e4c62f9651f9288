"""What each number of a vault and of its graph counts, and what it is called: the one place for all commands.

`vaultkit stats`, `vaultkit graph stats`, the exports, `concept_graph` and the map print these numbers under these words.
`tests/graph/test_measures.py` holds them against each other, and the table in the documentation is made of this one.
"""

from __future__ import annotations

from vaultkit.base.record import record


@record
class Measure:
    """A number. key: in JSON and in records; words: on the terminal; counts: its definition in one sentence."""

    key: str
    words: str
    counts: str


_ALL = (
    Measure("notes", "notes", "Markdown files; those that the vault's settings exclude only with `--excluded`."),
    Measure("links", "links and embeds", "Links, embeds and links in properties, to any target, pictures included."),
    Measure(
        "links_per_note", "links between notes, for each note", "Links to notes, names, canvases and bases, by notes."
    ),
    Measure(
        "unresolved_rate",
        "links between notes that are unresolved",
        "Share of the links to notes, names, canvases and bases.",
    ),
    Measure(
        "wanted", "names without a note", "Missing notes that links name; spellings that differ by case count once."
    ),
    Measure("isolated", "notes alone in the graph", "Notes without a link to or from a note, name, canvas or base."),
    Measure("isolated_rate", "  share of the notes", "Isolated notes by notes."),
    Measure("no_backlinks", "notes that nothing links to", "Notes to which no other file links (`orphans`)."),
    Measure(
        "deadends",
        "notes that link to nothing",
        "Notes without any link or embed to another file or name (`deadends`).",
    ),
    Measure("hub_share", "links that touch the top 1 % of nodes", "Share of the linked pairs of nodes."),
    Measure("components", "parts that hang together", "Weak components; a node alone is one."),
    Measure("largest", "  share of the largest", "Nodes in the largest component by nodes."),
    Measure(
        "communities", "communities", "Groups of more links inside than outside (Louvain); nodes alone are in none."
    ),
    Measure("degeneracy", "largest core number", "Largest k of a part in which each node has k neighbours."),
    Measure(
        "reached", "notes reached from home", "Share of the notes that can be reached from the home note by links."
    ),
    Measure("backlinks", "backlinks", "Other notes, canvases and bases that link to a note."),
    Measure("rank", "PageRank", "PageRank with damping 0.85, each linked pair once; all nodes together 1."),
    Measure("unresolved_names", "names, as written, that open nothing", "As `unresolved` lists them, files included."),
    Measure("tags", "tags", "Tags that notes have; the graph also has the parents of nested tags as nodes."),
)
MEASURES = {measure.key: measure for measure in _ALL}


def table() -> str:
    """Return the table of the documentation."""
    rows = [f"| `{measure.key}` | {measure.words.strip()} | {measure.counts} |" for measure in _ALL]
    return "\n".join(["| key | words | what it counts |", "| --- | --- | --- |", *rows])
