"""The block that is being read, and where its text is in the note."""

from __future__ import annotations

from vaultkit.note.closings import Closings
from vaultkit.note.found import Found
from vaultkit.note.model import Dead, DeadKind
from vaultkit.note.urls import Addresses
from vaultkit.note.view import TextView

# Constructs in constructs beyond this depth are text; it bounds the work on text that is made of marks.
MAX_DEPTH = 40


class InlineReading:
    """What the readers of inline syntax share. A reader returns the offset behind its construct, or -1.

    is_in_link: inside the text of a link, or behind ``<a …>`` until ``</a>``, where no link begins.
    opaque:     spans in the view whose characters are no marks of emphasis.
    link_texts: spans in the view of what is between a link's brackets.
    """

    found: Found
    is_in_link: bool
    urls: Addresses | None

    __slots__ = ("closings", "end", "found", "is_in_link", "link_texts", "opaque", "start", "text", "urls", "view")

    def enter(self, view: TextView, start: int, end: int) -> None:
        """Begin to read the block ``view.text[start:end]``."""
        self.view = view
        self.text = view.text
        self.start = start
        self.end = end
        self.closings: Closings | None = None
        self.opaque: list[tuple[int, int]] = []
        self.link_texts: list[tuple[int, int]] = []

    def searches(self) -> Closings:
        """Return the searches in this block."""
        if self.closings is None:
            self.closings = Closings(self.text, self.start, self.end)
        return self.closings

    def addresses(self) -> Addresses:
        """Return the searches for addresses in the text that this block is in."""
        if self.urls is None or self.urls.text is not self.text:
            self.urls = Addresses(self.text)
        return self.urls

    def read(self, start: int, end: int, depth: int, shown: list[str] | None) -> None:
        """Read ``text[start:end]``; shown: gets the plain text that a reader sees, None when nobody wants it."""
        raise NotImplementedError

    def dead(self, start: int, end: int, kind: DeadKind) -> int:
        """Note that nothing in ``[start, end)`` is syntax, and return ``end``."""
        self.opaque.append((start, end))
        source = self.view.source
        self.found.dead.append(Dead(source(start), source(end), kind))
        return end
