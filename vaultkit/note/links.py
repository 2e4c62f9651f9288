"""How the inside of one link reads: linktext, display text, destination, size. No positions."""

from __future__ import annotations

import re
import unicodedata

_BAR = re.compile(r"\\?\|")
_ESCAPE = re.compile(r"\\([\n!-/:-@\[-`{-~])")
_SIZE = re.compile(r"([0-9]+)(?:x([0-9]+))?")


def nfc(text: str) -> str:
    """The text in Unicode NFC, which is how Obsidian's cache keeps link texts."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def split_linktext(linktext: str) -> tuple[str, str]:
    """Linkpath and subpath of a linktext: the split is at the first ``#``.

    >>> split_linktext("Cell#Membrane#Lipids")
    ('Cell', '#Membrane#Lipids')
    """
    linkpath, hash_, rest = linktext.partition("#")
    return linkpath, hash_ + rest


def wikilink_parts(content: str) -> tuple[str, str, str | None, int]:
    """Linkpath, subpath, display text and length of the linktext of what stands in ``[[ ]]``.

    The first bar separates; ``\\|`` does too, as in table cells. With nothing before the bar there
    is no split. Spaces around the linktext are dropped (seen in Obsidian's cache).

    >>> wikilink_parts("Enzyme#Role|the role")
    ('Enzyme', '#Role', 'the role', 11)
    """
    bar = _BAR.search(content) if "|" in content else None
    if bar is None or content[0] == "|":
        linkpath, subpath = split_linktext(nfc(content.strip()))
        return linkpath, subpath, None, len(content)
    linkpath, subpath = split_linktext(nfc(content[: bar.start()].strip()))
    return linkpath, subpath, content[bar.end() :].strip(), bar.start()


def has_scheme(destination: str) -> bool:
    """Return whether a Markdown destination is no path in the vault: it has a colon, as every URL does.

    Source: of 14 destinations with a colon in Obsidian's cache none is a link, ``##A:`` among them.
    """
    return ":" in destination


def markdown_destination(destination: str) -> tuple[str, str] | None:
    """Linkpath and subpath of a written Markdown destination; None when it is no link of the vault.

    Backslash escapes and entities are undone; the split at ``#`` comes before percent-decoding, so
    that ``%23`` stays a part of the name.

    >>> markdown_destination("Sub%20dir/Note#How%20it%20works")
    ('Sub dir/Note', '#How it works')
    """
    if "\\" in destination:
        destination = _ESCAPE.sub(r"\1", destination)
    if "&" in destination:
        from html import unescape

        destination = unescape(destination)
    if not destination.strip() or has_scheme(destination):
        return None
    linkpath, subpath = split_linktext(destination)
    if "%" in destination:
        from urllib.parse import unquote

        linkpath, subpath = unquote(linkpath), unquote(subpath)
    return nfc(linkpath), nfc(subpath)


def default_display(linktext: str) -> str:
    """What Obsidian shows for a link without display text.

    >>> default_display("Lecture 2#Lipids#Bilayer")
    'Lecture 2 > Lipids > Bilayer'
    """
    return " > ".join(part for part in linktext.split("#") if part)


# No picture is wider than this; Python refuses numbers of more than 4,300 digits.
_MOST_DIGITS = 40


def split_size(display: str | None) -> tuple[str | None, tuple[int, int | None] | None]:
    """Alternative text and size (width, height or None) of an embed's display text.

    >>> split_size("growth curve|300x120")
    ('growth curve', (300, 120))
    """
    if display is None:
        return None, None
    before, bar, last = display.rpartition("|")
    size = _SIZE.fullmatch(last)
    if size is None or len(last) > _MOST_DIGITS:
        return display, None
    if bar:
        before = before.removesuffix("\\")
    return (before if bar else None), (int(size[1]), int(size[2]) if size[2] else None)
