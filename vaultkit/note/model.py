"""What one note holds, as plain values.

All offsets are code points in the note's text (without a byte order mark), half-open. A note
knows neither its path nor the vault: a link here is written, not yet resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from vaultkit.base.record import record

Syntax = Literal["wiki", "markdown"]
DeadKind = Literal["code", "math", "html", "properties"]
MalformedKind = Literal[
    "unclosed-wikilink",
    "unclosed-embed",
    "empty-link",
    "unencoded-destination",
    "unclosed-fence",
    "unclosed-math",
    "unclosed-comment",
    "unclosed-html-comment",
    "literal-mark",
]


@record
class Link:
    """A link or embed as it is written.

    linkpath: the file part, percent-decoded for Markdown syntax; "" is the note itself.
    subpath:  "" or "#Heading", "#Outer#Inner", "#^block-id"; keeps its "#".
    display:  what stands after the first bar, or the text in brackets; None when a wikilink has no bar.
    target_start, target_end: where linkpath and subpath are written, without brackets or bar.
    in_comment: inside ``%% %%``; Obsidian indexes such links all the same.
    """

    start: int
    end: int
    linkpath: str
    subpath: str
    display: str | None
    is_embed: bool
    syntax: Syntax
    target_start: int
    target_end: int
    in_comment: bool

    @property
    def linktext(self) -> str:
        """linkpath and subpath together, as Obsidian's cache has them in ``link``."""
        return self.linkpath + self.subpath


@record
class PropertyLink:
    """A property value (or list member) that is one whole link; Obsidian gives it no position.

    key: the property's name, with ".0", ".1" … for list members.
    start, end: where the link is written; both the block's start when YAML escapes hide it.
    """

    start: int
    end: int

    key: str
    linkpath: str
    subpath: str
    display: str | None
    original: str
    syntax: Syntax

    @property
    def linktext(self) -> str:
        """linkpath and subpath together."""
        return self.linkpath + self.subpath


@record
class Tag:
    """A tag in the body, with its ``#`` and without a trailing slash."""

    start: int
    end: int
    tag: str
    in_comment: bool


@record
class Heading:
    """A top-level heading; those in quotes and list items are not listed (Obsidian's cache).

    text: raw Markdown without marks and closing hashes.
    """

    start: int
    end: int
    level: int
    text: str


@record
class Section:
    """A top-level block. kind: Obsidian's word, such as "paragraph", "list", "callout", "yaml"."""

    start: int
    end: int
    kind: str
    block_id: str | None


@record
class ListItem:
    """A list item at any depth, in document order.

    parent: line (from 0) of the parent item, or for a root item minus the line of its list's
            first item, where line 0 counts as -1 (Obsidian's cache).
    task:   the character between the brackets, None when the item is no task.
    """

    start: int
    end: int
    parent: int
    task: str | None
    block_id: str | None


SectionRow = tuple[int, int, str, str | None]
ListItemRow = tuple[int, int, int, str | None, str | None]


@record
class Block:
    """A block id with the block it names.

    caret: offset of the ``^``.  start, end: the named block.
    """

    id: str
    caret: int
    start: int
    end: int


@record
class Callout:
    """``> [!type]`` at the head of a quote; type in lower case, fold "+", "-" or None."""

    start: int
    end: int
    type: str
    fold: str | None


@record
class Footnote:
    """A footnote reference ``[^id]``, definition ``[^id]: …`` or inline note ``^[…]``.

    id: as it is written; of an inline note "[inline0", "[inline1" and so on (Obsidian's cache).
    """

    start: int
    end: int
    id: str


@record
class ReferenceDefinition:
    """``[id]: destination`` whose destination is no URL.

    target_start, target_end: where the destination is written, without angle brackets.
    """

    start: int
    end: int
    id: str
    linkpath: str
    subpath: str
    target_start: int
    target_end: int


@record
class ReferenceLink:
    """``[text][id]`` or ``[id]`` whose id is defined in the note, with the id as it is written."""

    start: int
    end: int
    id: str
    display: str
    is_embed: bool


@record
class ExternalLink:
    """A Markdown link or image to a destination with a URI scheme; not a link of the vault."""

    start: int
    end: int
    destination: str
    is_embed: bool


@record
class Dead:
    """A stretch where Obsidian's syntax has no meaning."""

    start: int
    end: int
    kind: DeadKind


@record
class Malformed:
    """Something that looks like syntax and is none.

    text: for an unclosed block "container" when it ends with the quote, list or footnote that it is in, "" when it
          runs to the end of the note; otherwise what the construct was probably meant to name: for an unclosed link the rest of the
          line's content up to where the brackets should stand, for a destination the destination,
          for a literal mark the mark, which was to begin or end emphasis and shows as it stands.
    """

    start: int
    end: int
    kind: MalformedKind
    text: str


@record
class PropertyError:
    """Why a property block is unusable. kind: "yaml", "duplicate-key" or "not-a-mapping"."""

    start: int
    end: int
    kind: str
    message: str


@record
class Frontmatter:
    """The block between the ``---`` lines.

    start, end: from the first ``-`` to behind the last one.
    content_start, content_end: what stands between the two lines.
    properties: name -> value as JSON would hold it, in order; empty when unusable.
    error: why it is unusable, or None.
    """

    start: int
    end: int
    content_start: int
    content_end: int
    properties: Mapping[str, Any]
    error: PropertyError | None


@record
class Note:
    """One note, read. ``fault`` says why nothing was read; then everything else is empty.

    line_starts: offset of each line's first character.
    in order of position: links (embeds among them), tags, headings, sections, list_items.
    section_rows, list_item_rows: the fields of `sections` and `list_items`. A large vault has more of
    these than of all else and few runs look at them, so the records are made when asked for.
    """

    fault: str
    has_bom: bool
    length: int
    line_starts: tuple[int, ...]
    frontmatter: Frontmatter | None
    property_links: tuple[PropertyLink, ...]
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    headings: tuple[Heading, ...]
    section_rows: tuple[SectionRow, ...]
    list_item_rows: tuple[ListItemRow, ...]
    blocks: tuple[Block, ...]
    callouts: tuple[Callout, ...]
    footnotes: tuple[Footnote, ...]
    footnote_refs: tuple[Footnote, ...]
    reference_definitions: tuple[ReferenceDefinition, ...]
    reference_links: tuple[ReferenceLink, ...]
    external_links: tuple[ExternalLink, ...]
    dead: tuple[Dead, ...]
    comments: tuple[tuple[int, int], ...]
    malformed: tuple[Malformed, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The top-level blocks."""
        return tuple([Section(*row) for row in self.section_rows])

    @property
    def list_items(self) -> tuple[ListItem, ...]:
        """The list items at any depth."""
        return tuple([ListItem(*row) for row in self.list_item_rows])

    @property
    def properties(self) -> Mapping[str, Any]:
        """The note's usable properties; empty when there are none."""
        return self.frontmatter.properties if self.frontmatter else {}
