"""Measure the layout beside igraph's UMAP, and a rerun from the cache.

    python tests/bench/map_layout.py [--nodes 1000 10000 50000] [--umap]

Planted communities (planted.py); "own" is the share of each node's ten nearest that are of its community.
``--umap`` needs igraph (not a dependency: it is GPL).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
from map_page import core_of
from planted import near_own

from vaultkit.layout.cache import read_places, write_places
from vaultkit.page.payload import draw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10000, 50000])
    parser.add_argument("--umap", action="store_true")
    given = parser.parse_args()
    draw(core_of(300)[0])  # imports and FFT plans are not the layout's
    for count in given.nodes:
        core, community = core_of(count)
        start = time.perf_counter()
        drawn = draw(core)
        first = time.perf_counter() - start
        file = Path(tempfile.mkdtemp()) / "places.json"
        write_places(file, core.ids, *drawn.places.astype(int).T.tolist(), drawn.community.tolist())
        start = time.perf_counter()
        again = draw(core, known=read_places(file))
        rerun = time.perf_counter() - start
        assert np.array_equal(again.places, drawn.places)
        row = {
            "nodes": count,
            "first_s": round(first, 2),
            "rerun_s": round(rerun, 3),
            "rerun_share": round(rerun / first, 3),
        }
        row["own"] = round(near_own(drawn.places, community), 3)
        if given.umap and count <= 10000:
            import igraph

            graph = igraph.Graph(n=count, edges=np.stack([core.source, core.target], axis=1).tolist())
            start = time.perf_counter()
            places = np.array(graph.layout_umap().coords)
            row["umap_s"] = round(time.perf_counter() - start, 2)
            row["umap_own"] = round(near_own(places, community), 3)
            row["share_of_umap"] = round(first / row["umap_s"], 3)
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
