"""unresolved, orphans, deadends, backlinks, links."""

from __future__ import annotations

from vaultkit.query.links import backlinks, deadends, orphans, outgoing_links, unresolved_names
from vaultkit.vault.load import snapshot_of_texts as vault_of

VAULT = vault_of(
    {
        "a.md": '---\nup: "[[b]]"\n---\n[[b]] ![[p.png]] [[Idea]] [[idea]]',
        "b.md": "[[b]]",
        "c.md": "[[Idea]]",
        "old/d.md": "",
        "board.canvas": '{"nodes": [{"id": "1", "type": "file", "file": "c.md"}]}',
        "p.png": None,
        "q.png": None,
    },
    {"userIgnoreFilters": ["old/"]},
)


def test_unresolved_names_keep_their_spellings() -> None:
    assert [(row.link, row.count, row.sources) for row in unresolved_names(VAULT)] == [
        ("Idea", 2, ("a.md", "c.md")),
        ("idea", 1, ("a.md",)),
    ]


def test_backlinks_count_properties_and_canvases_but_not_the_note_itself() -> None:
    assert [(row.file, row.count) for row in backlinks(VAULT, "b.md")] == [("a.md", 2)]
    assert [(row.file, row.count) for row in backlinks(VAULT, "c.md")] == [("board.canvas", 1)]


def test_outgoing_links() -> None:
    assert [(row.target, row.resolved, row.count) for row in outgoing_links(VAULT, "a.md")] == [
        ("b.md", True, 2),
        ("p.png", True, 1),
        ("Idea", False, 1),
        ("idea", False, 1),
    ]


def test_orphans_and_deadends() -> None:
    assert orphans(VAULT) == ("a.md",)
    assert orphans(VAULT, with_attachments=True) == ("a.md", "board.canvas", "q.png")
    assert orphans(VAULT, include_excluded=True) == ("a.md", "old/d.md")
    assert deadends(VAULT) == ("b.md",)
    assert deadends(VAULT, count_self=True, include_excluded=True) == ("old/d.md",)


def test_a_link_to_itself_can_count() -> None:
    vault = vault_of({"a.md": "[[a]]"})
    assert (orphans(vault), orphans(vault, count_self=True)) == (("a.md",), ())
