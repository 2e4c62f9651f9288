"""The document and the page's own files -> one HTML file that opens anywhere and requests nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup

from vaultkit.map.drawing import Drawn
from vaultkit.map.local_graph import packed_vis, vis_script
from vaultkit.map.packed_text import LEVEL, Packed, packed_bytes
from vaultkit.map.script import asset, lean, packed_script, page_script
from vaultkit.map.script_json import json_for_script
from vaultkit.map.static_svg import still


def render(
    drawn: Drawn, document: dict[str, Any], details: dict[str, Any], texts: Packed | None = None, *, live: bool = False
) -> str:
    """The page as HTML. live: it reloads when the server that sent it says so."""
    script, style = page_script(), asset("map.css")
    starter = lean("start.js")
    code = packed_script()
    vis = packed_vis()
    context = {
        "title": document["vault"],
        "document": Markup(json_for_script({**document, "edges": steps(document["edges"])})),
        "details": _characters(packed_bytes(json_for_script(details).encode("utf-8"), level=1 if live else LEVEL)),
        "texts": texts and _characters(texts),
        "starter": Markup(starter),
        "code": _characters(code),
        "style": Markup(style),
        "vis": _characters(vis),
        "policy": policy([starter, script, vis_script()], [style], live=live),
        "live": live,
        "still": Markup(still(drawn, document["labels"], document["communities"])),
        "problems": _problems(document),
    }
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    html = environment.get_template("map.html", globals=context).render()
    # Only the words for readers without JavaScript can hold what UTF-8 cannot: names with undecodable bytes.
    return html if html.isascii() else html.encode("utf-8", "replace").decode("utf-8")


def _characters(packed: Packed) -> dict[str, Any]:
    return {"size": packed.size, "form": packed.form, "characters": Markup(packed.characters)}


def steps(edges: Sequence[int]) -> list[int]:
    """Source and target of each link as what they differ by from those of the link before: half as many digits.

    >>> steps([0, 5, 0, 9, 3, 4])
    [0, 5, 0, 4, 3, -5]
    """
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    found: list[int] = np.diff(pairs, axis=0, prepend=0).ravel().tolist()
    return found


def policy(scripts: Sequence[str], styles: Sequence[str], *, live: bool) -> str:
    """The page's content security policy: these scripts and styles, pictures in the page, nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(_hash(script) for script in scripts),
            "style-src " + " ".join(_hash(style) for style in styles),
            "img-src data: blob:",
            f"connect-src {chr(39)}{'self' if live else 'none'}{chr(39)}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _problems(document: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    """(note, line, rule, message) for readers without JavaScript; the first 500."""
    rules = document.get("rules", {})
    return [
        (document["labels"][node], line, f"{code} {rules[code]['name']}", message)
        for node, code, message, line in document.get("findings", [])[:500]
    ]
