"""What stands in a card for a picture, a sound or another file."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

Media = Callable[[str, str], "tuple[str, bytes | str | None] | None"]
"""(path of the note, target of an embed) -> file name and bytes; None when there is no such file.

For a note it is the Markdown that the embed shows, and None for what a card cannot show, such as a canvas.
"""
_SOUND = re.compile(r"\.(?:mp3|wav|ogg|oga|m4a|flac|3gp|mp4|m4v|mov|mkv|ogv|opus|webm)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|bmp|svg|tiff?|ico)$", re.IGNORECASE)
_REMOTE = re.compile(r"https?://", re.IGNORECASE)


def is_shown(name: str) -> bool:
    """Whether a card or a note shows the file, by its ending: a picture, a sound, a film, a PDF."""
    return bool(_SOUND.search(name) or _PICTURE.search(name) or name.lower().endswith(".pdf"))


def is_remote(target: str) -> bool:
    """Whether an embed shows something from the web.

    >>> is_remote("https://example.org/a.png")
    True
    """
    return _REMOTE.match(target) is not None


def image_html(source: str, size: str) -> str:
    """A picture; ``size`` is a width such as ``100`` or ``100x80``, anything else is no size."""
    width = re.fullmatch(r"(\d+)(?:x\d+)?", size.strip())
    return f'<img src="{html.escape(source)}"' + (f' width="{width[1]}"' if width else "") + ">"


def file_html(name: str, size: str) -> str:
    """A file of Anki's media folder: a picture, a sound or film, or a link."""
    if _SOUND.search(name):
        return f"[sound:{html.escape(name)}]"
    if _PICTURE.search(name):
        return image_html(name, size)
    shown = html.escape(name)
    return f'<a href="{shown}">{shown}</a>'


def named_html(target: str) -> str:
    """What exists in the vault and cannot be shown in a card: its name, as of a link."""
    name = target.partition("#")[0].rpartition("/")[2].removesuffix(".md") or target.lstrip("#^")
    return f'<span class="link" data-embed="{html.escape(target)}">{html.escape(name, quote=False)}</span>'
