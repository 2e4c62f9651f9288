"""The local graph: pyvis' options for it, and the vis-network that pyvis carries.

pyvis' own page loads scripts from a CDN and runs script from a note's title. So the page takes from pyvis what it is good at,
the physics of a graph that can be dragged, and fills vis-network with its own nodes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import util
from pathlib import Path
from typing import Any

from vaultkit.map.packed_text import Packed, packed_bytes

VIS = ("lib", "vis-9.1.2", "vis-network.min.js")


def options() -> dict[str, Any]:
    """Options of vis-network for the local graph, as pyvis writes them."""
    from pyvis.network import Network

    network: Any = Network(directed=True, cdn_resources="in_line")
    network.barnes_hut(
        gravity=-6200, central_gravity=0.18, spring_length=125, spring_strength=0.035, damping=0.32, overlap=0.2
    )
    network.set_edge_smooth("continuous")
    given: dict[str, Any] = json.loads(network.options.to_json())
    physics = {
        **given["physics"],
        "solver": "barnesHut",
        "stabilization": {**given["physics"]["stabilization"], "iterations": 200, "fit": False},
    }
    edges = {
        "smooth": {"enabled": True, "type": "continuous"},
        "arrows": {"to": {"scaleFactor": 0.55}},
        "selectionWidth": 1.5,
    }
    return {"physics": physics, "edges": edges}


@cache
def vis_script() -> str:
    """vis-network as pyvis carries it. pyvis is not imported for it, which takes longer than to read the file."""
    found = util.find_spec("pyvis")
    assert found is not None and found.submodule_search_locations
    file = Path(found.submodule_search_locations[0]).joinpath(*VIS)
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def packed_vis() -> Packed:
    """vis-network, compressed: the page reads it when the first local graph opens."""
    return packed_bytes(vis_script().encode("utf-8"))
