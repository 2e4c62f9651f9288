"""Measure the layout beside igraph's UMAP, and a rerun from the cache.

    python tests/bench/map_layout.py [--nodes 1000 10000 50000] [--umap] [--rounds 3]

Planted communities (planted.py); "own" is the share of each node's ten nearest that are of its community.
``--umap`` needs igraph (not a dependency: it is GPL).
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from map_page import core_of
from planted import near_own

from vaultkit.graph.layout.cache import read_places, write_places
from vaultkit.map.drawing import draw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10000, 50000])
    parser.add_argument("--umap", action="store_true")
    parser.add_argument("--rounds", type=int, default=3, help="Taking turns; medians are told.")
    given = parser.parse_args()
    draw(core_of(300)[0])  # imports and FFT plans are not the layout's
    for count in given.nodes:
        core, community = core_of(count)
        file = Path(tempfile.mkdtemp()) / "places.json"
        first, rerun, umap = [], [], []
        for _ in range(given.rounds):
            start = time.perf_counter()
            drawn = draw(core)
            first.append(time.perf_counter() - start)
            write_places(file, core.ids, *drawn.places.astype(int).T.tolist(), drawn.community.tolist())
            start = time.perf_counter()
            again = draw(core, known=read_places(file))
            rerun.append(time.perf_counter() - start)
            assert np.array_equal(again.places, drawn.places)
            if given.umap and count <= 10000:
                import igraph

                graph = igraph.Graph(n=count, edges=np.stack([core.source, core.target], axis=1).tolist())
                start = time.perf_counter()
                places = np.array(graph.layout_umap().coords)
                umap.append(time.perf_counter() - start)
        row = {
            "nodes": count,
            "first_s": round(statistics.median(first), 2),
            "rerun_s": round(statistics.median(rerun), 3),
            "rerun_share": round(statistics.median(rerun) / statistics.median(first), 3),
            "own": round(near_own(drawn.places, community), 3),
        }
        if umap:
            row["umap_s"] = round(statistics.median(umap), 2)
            row["umap_own"] = round(near_own(places, community), 3)
            row["share_of_umap"] = round(statistics.median(first) / statistics.median(umap), 3)
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
