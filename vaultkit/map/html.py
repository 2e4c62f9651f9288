"""The document and the page's own files -> one HTML file that opens anywhere and asks nobody for anything.

Two renderers draw the same document: ``pyvis`` (vis-network as pyvis bundles it) and ``canvas``
(ours). pyvis' stock page loads scripts from a CDN, runs script from a note's title, and needs
minutes for its physics; so its lists are filled directly (``add_edge`` is quadratic), its template
is ours, and the places are computed before.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from vaultkit.map.document import KINDS, Drawn, json_for_script
from vaultkit.map.static_svg import still

RENDERERS = ("auto", "pyvis", "canvas")
PYVIS_MOST = 2000  # nodes; above, our own canvas is several times quicker to the first picture
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def chosen_renderer(renderer: str, nodes: int) -> str:
    """What ``auto`` means for a graph of this size."""
    if renderer != "auto":
        return renderer
    return "pyvis" if nodes <= PYVIS_MOST else "canvas"


def render(
    drawn: Drawn, document: dict[str, Any], details: dict[str, Any], *, renderer: str = "auto", live: bool = False
) -> str:
    """The page as HTML. live: it reloads when the server that sent it says so."""
    used = chosen_renderer(renderer, len(drawn.core))
    drawing = [_vis_network(), lean("vis.js")] if used == "pyvis" else [lean("canvas.js")]
    parts = [lean("model.js"), lean("paint.js"), *drawing, lean("stage.js"), lean("exports.js"), lean("ui.js")]
    script, style = _closed("\n".join(parts)), asset("map.css")
    context = {
        "title": document["vault"],
        "renderer": used,
        "document": Markup(json_for_script(document)),
        "details": Markup(json_for_script(details)),
        "script": Markup(script),
        "style": Markup(style),
        "policy": policy([script], [style], live=live),
        "live": live,
        "drawn": drawn,
        "still": Markup(still(drawn, document["labels"], document["communities"])),
        "problems": _problems(document),
    }
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    if used == "canvas":
        html = environment.get_template("map.html", globals=context).render(nodes=[], edges=[])
    else:
        html = _through_pyvis(drawn, environment, context)
    # Only the words for readers without JavaScript can hold what UTF-8 cannot: names with undecodable bytes.
    return html if html.isascii() else html.encode("utf-8", "replace").decode("utf-8")


def _through_pyvis(drawn: Drawn, environment: jinja2.Environment, context: dict[str, Any]) -> str:
    from pyvis.network import Network

    network: Any = Network(directed=True, cdn_resources="in_line")
    network.toggle_physics(False)
    network.nodes = vis_nodes(drawn)
    network.edges = [{"from": source, "to": target} for source, target, _ in drawn.pairs.tolist()]
    environment.globals.update(context)
    network.templateEnv = environment
    network.path = "map.html"
    html: str = network.generate_html()
    return html


def vis_nodes(drawn: Drawn) -> list[dict[str, Any]]:
    """pyvis' list of nodes: places and sizes only. Words reach the page in the document, as text."""
    shapes = {"canvas": "diamond", "base": "triangle", "tag": "hexagon", "note": "dot", "unresolved": "dot"}
    places = drawn.places.astype(int).tolist()
    return [
        {"id": at, "x": x, "y": y, "size": round(radius, 1), "shape": shapes.get(KINDS[kind], "square")}
        for at, ((x, y), radius, kind) in enumerate(
            zip(places, drawn.radius.tolist(), drawn.kind.tolist(), strict=True)
        )
    ]


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


def _closed(script: str) -> str:
    """A script that cannot end its own element."""
    return script.replace("</script", "<\\/script")


@cache
def asset(name: str) -> str:
    """One of the page's own files."""
    return resources.files("vaultkit.map").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def lean(name: str) -> str:
    """A script of the page as a browser reads it soonest: without comments and indents of whole lines, and in ASCII, for
    a page that is all ASCII is read at one byte a sign. No string of ours runs over lines (a test keeps it so)."""
    script = _COMMENTS.sub("", asset(name))
    return re.sub(r"[^\x00-\x7f]", lambda sign: f"\\u{ord(sign[0]):04x}", script)


_COMMENTS = re.compile(r"^(?:[ \t]*(?://[^\n]*\n|/\*\*.*?\*/[ \t]*\n|\n))*[ \t]*", re.DOTALL | re.MULTILINE)


@cache
def _vis_network() -> str:
    return resources.files("pyvis").joinpath(_VIS).read_text(encoding="utf-8").replace("\r\n", "\n")


def _problems(document: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    """(note, line, rule, message) for readers without JavaScript; the first 500."""
    rules = document.get("rules", {})
    return [
        (document["labels"][node], line, f"{code} {rules[code]['name']}", message)
        for node, code, message, line in document.get("findings", [])[:500]
    ]
