"""What one pass over the blocks and the inline syntax of a note collects."""

from __future__ import annotations

from vaultkit.note.model import (
    Callout,
    Dead,
    ExternalLink,
    Footnote,
    Heading,
    Link,
    ListItemRow,
    Malformed,
    ReferenceDefinition,
    ReferenceLink,
    SectionRow,
    Tag,
)


class Found:
    """Lists in order of position, except links, which are sorted at the end.

    block_starts:   offsets at which a block begins, at any depth.
    block_comments: spans of ``%%`` blocks.
    defined:        normalized ids of all link reference definitions.
    definitions:    the definitions whose destination is a path in the vault.
    inline_notes:   spans of ``^[…]``.
    """

    __slots__ = (
        "block_comments", "block_starts", "callouts", "dead", "defined", "definitions", "external_links",
        "footnote_refs", "footnotes", "headings", "inline_notes", "links", "list_items", "malformed",
        "reference_links", "sections", "tags",
    )  # fmt: skip

    def __init__(self) -> None:
        self.block_comments: list[tuple[int, int]] = []
        self.block_starts: list[int] = []
        self.callouts: list[Callout] = []
        self.dead: list[Dead] = []
        self.defined: set[str] = set()
        self.definitions: list[ReferenceDefinition] = []
        self.external_links: list[ExternalLink] = []
        self.footnote_refs: list[Footnote] = []
        self.footnotes: list[Footnote] = []
        self.headings: list[Heading] = []
        self.inline_notes: list[tuple[int, int]] = []
        self.links: list[Link] = []
        self.list_items: list[ListItemRow] = []
        self.malformed: list[Malformed] = []
        self.reference_links: list[ReferenceLink] = []
        self.sections: list[SectionRow] = []
        self.tags: list[Tag] = []
