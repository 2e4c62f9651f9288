"""The contact sheet: all pictures of a vault with their texts as one HTML page that works offline.

The page has no script. Its content policy allows its own style by hash and pictures that are inside the page, so that
nothing is fetched and no text of a picture can do anything.
"""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from vaultkit.base.record import record
from vaultkit.base.safe_read import read_inside
from vaultkit.pictures.decode import MAX_FILE_BYTES, PICTURES, UnreadableError, decode
from vaultkit.pictures.model import UNSURE, PictureText
from vaultkit.vault.files import extension

LONGEST_SIDE = 320
QUALITY = 60
MOST_BYTES = 60_000_000  # of pictures in the page; a browser takes seconds above
MOST_LETTERS = 4000

_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem;max-width:120rem}
h1{font-size:1.3rem;margin:0 0 .2rem}
p.sum{margin:0 0 1.2rem;opacity:.8}
ul{list-style:none;padding:0;margin:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr))}
li{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:8px;padding:.7rem;min-width:0}
img{display:block;max-width:100%;max-height:14rem;margin:0 auto .5rem;background:#fff}
h2{font-size:.95rem;margin:0;overflow-wrap:anywhere}
.meta{font-size:.82rem;opacity:.8;margin:.1rem 0 .4rem;overflow-wrap:anywhere}
.unsure{color:light-dark(#a33c00,#ffb27a);opacity:1}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0;max-height:16rem;overflow:auto}
pre:focus-visible{outline:2px solid currentColor}
""".strip()


@record
class Shown:
    """One picture of the sheet. text: None when it was not read; reason: why, or ""; notes: paths of those that show it."""

    path: str
    text: PictureText | None
    reason: str
    notes: tuple[str, ...]


def sheet(root: str, vault_name: str, shown: Sequence[Shown]) -> str:
    """Return the page."""
    left = MOST_BYTES
    parts = []
    for one in shown:
        picture = _thumbnail(root, one.path) if left > 0 else ""
        left -= len(picture)
        parts.append(_item(one, picture))
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    title = html.escape(f"Pictures of {vault_name}")
    read = sum(one.text is not None for one in shown)
    with_text = sum(one.text is not None and bool(one.text.text) for one in shown)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{title}</h1>",
            f'<p class="sum">{len(shown):,} pictures, {read:,} read, {with_text:,} with text</p>',
            "<ul>",
            *parts,
            "</ul>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _item(one: Shown, picture: str) -> str:
    rows = [f"<h2>{html.escape(one.path)}</h2>"]
    if picture:
        rows.insert(0, f'<img alt="{html.escape(_alternative(one))}" loading="lazy" src="{picture}">')
    notes = f"in {', '.join(one.notes)}" if one.notes else "in no note"
    rows.append(f'<p class="meta">{html.escape(notes)}</p>')
    text = one.text
    if text is None:
        rows.append(
            f'<p class="meta unsure">{html.escape(f"skipped: {one.reason}" if one.reason else "not read yet")}</p>'
        )
    else:
        is_unsure = text.origin != "edited" and bool(text.text) and text.confidence < UNSURE
        said = (
            "corrected by hand"
            if text.origin == "edited"
            else f"confidence {text.confidence:.2f}"
            if text.text
            else "no text"
        )
        rows.append(f'<p class="meta{" unsure" if is_unsure else ""}">{said}</p>')
        if text.text:
            label = html.escape(f"Text of {one.path}")
            rows.append(
                f'<pre tabindex="0" role="region" aria-label="{label}">{html.escape(text.text[:MOST_LETTERS])}</pre>'
            )
    return f'<li id="{quote(one.path, safe="/", errors="surrogateescape")}">' + "".join(rows) + "</li>"


def _alternative(one: Shown) -> str:
    first = one.text.text.strip().split("\n")[0] if one.text is not None else ""
    return first[:120] or one.path


def _thumbnail(root: str, path: str) -> str:
    """A small picture as a data URL; "" when there is none, as for a PDF."""
    if extension(path) not in PICTURES:
        return ""
    try:
        image = decode(read_inside(root, path, MAX_FILE_BYTES)).image
    except (OSError, UnreadableError):
        return ""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=2)
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")


def ordered(shown: Iterable[Shown]) -> list[Shown]:
    """Return what needs a look first: unsure texts, then skipped pictures, then the others, each by path."""

    def rank(one: Shown) -> tuple[int, str]:
        text = one.text
        if text is not None and text.text and text.origin != "edited" and text.confidence < UNSURE:
            return 0, one.path
        return (1 if text is None and one.reason else 2), one.path

    return sorted(shown, key=rank)
