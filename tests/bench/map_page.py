"""Measure the map: layout, page size, time to the first usable frame, frames while the view moves.

    python tests/bench/map_page.py --nodes 1000 10000 50000 [--force-graph FILE] [--rounds 3] [--json OUT]

``--force-graph`` names the script of the npm package force-graph (``npm pack force-graph``,
``package/dist/force-graph.min.js``); then the same positions are drawn by both, alternating, and medians are compared.
Needs Chromium and chromedriver.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from planted import near_own, planted

from vaultkit.graph.core import ATTACHMENT, EMBED, LINK, MISSING, NOTE, UNRESOLVED, GraphCore
from vaultkit.page.payload import details, draw, payload
from vaultkit.page.render import render

FIRST = "Quiet Deep Linear Sparse Causal Local Latent Hidden Robust Simple Early Late Wide Fast Slow Open".split()
SECOND = (
    "model graph kernel cluster filter sample vector policy search memory prior token layer signal rank tree".split()
)
KIND = {"note": NOTE, "unresolved": UNRESOLVED, "image": ATTACHMENT}
FORCE_GRAPH = """<!doctype html><meta charset=utf-8><style>body{margin:0}</style><div id=g></div><script>%s</script><script>
const d=%s;const g=ForceGraph()(document.getElementById('g')).graphData({nodes:d.x.map((x,i)=>({id:i,name:d.labels[i],fx:x,fy:d.y[i],
x,y:d.y[i],c:d.community[i]})),links:Array.from({length:d.edges.length/2},(_,i)=>({source:d.edges[2*i],target:d.edges[2*i+1]}))})
.nodeLabel('name').nodeAutoColorBy('c').cooldownTicks(0).enableNodeDrag(false);
let seen=0;g.onRenderFramePost(()=>{if(seen++===0){g.zoomToFit(0);requestAnimationFrame(()=>requestAnimationFrame(()=>{
document.documentElement.dataset.vaultkitReady=performance.now()}))}});
window.move=(i)=>{g.centerAt(i*4,i*3);g.zoom(g.zoom()*(i%%2?1.02:0.985))};</script>"""
MOVE_OURS = """window.move = (i) => { const s = VK.page.stage; s.pan(6, 4); s.zoom(i % 2 ? 1.02 : 0.985); };"""
FRAMES = """const done = arguments[arguments.length - 1]; const times = []; let last = 0, i = 0;
requestAnimationFrame(function step(now) { if (last) times.push(now - last); last = now; move(i++);
if (i > 30) done(times); else requestAnimationFrame(step); });"""


def core_of(count: int):
    source, target, community, kinds = planted(count)
    source, target, community = source.astype(np.int32), target.astype(np.int32), community
    order = np.argsort(source, kind="stable")
    kind = np.array([KIND[word] for word in kinds], dtype=np.uint8)
    labels = [f"{FIRST[i % 16]} {SECOND[i // 16 % 16]} {i}" for i in range(count)]
    labels = [label + ".png" if kind[i] == ATTACHMENT else label for i, label in enumerate(labels)]
    paths = [
        f"Folder {c}/{label}" + (".md" if kind[i] == NOTE else "")
        for i, (c, label) in enumerate(zip(community, labels))
    ]
    edge_kind = np.where(kind[target[order]] == ATTACHMENT, EMBED, LINK).astype(np.uint8)
    facts = {int(i): {"format": "image"} for i in np.flatnonzero((kind == ATTACHMENT) | (kind == MISSING))}
    core = GraphCore(kind, paths, labels, source[order], target[order], edge_kind, facts=facts)
    return core, community


def stock_pyvis(count: int) -> str:
    """The page that pyvis itself makes of a graph of this size; ready one frame after its physics came to rest."""
    import networkx as nx
    from pyvis.network import Network

    source, target, _, _ = planted(count)
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(zip(source.tolist(), target.tolist()))
    network = Network(cdn_resources="in_line")
    network.from_nx(graph)
    return network.generate_html().replace(
        "network = new vis.Network(container, data, options);",
        "network = new vis.Network(container, data, options); network.once('stabilizationIterationsDone', () => "
        "requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.vaultkitReady = "
        "performance.now(); })));",
    )


def driver_of():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for (
        flag
    ) in "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tempfile.mkdtemp()}")
    options.add_argument("--disable-component-update")
    options.add_argument("--disable-sync")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    driver.set_script_timeout(300)
    return driver


def measure(driver, file: Path, prepare: str, wait: float = 300.0, *, frames: bool = True):
    driver.get("about:blank")
    driver.get(file.as_uri())
    end = time.monotonic() + wait
    while True:
        ready = driver.execute_script("return document.documentElement.dataset.vaultkitReady || ''")
        if ready or time.monotonic() > end:
            break
        time.sleep(0.05)
    if not ready:
        return {"usable_ms": float("inf")}
    if not frames:
        return float(ready)
    time.sleep(1.0)
    driver.execute_script(prepare)
    taken = driver.execute_async_script(FRAMES)
    return {
        "usable_ms": float(ready),
        "frame_ms": statistics.median(taken),
        "frame_p95_ms": sorted(taken)[int(len(taken) * 0.95)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--renderer", nargs="+", default=["canvas"])
    parser.add_argument("--force-graph", type=Path)
    parser.add_argument("--stock-pyvis", type=int, metavar="N", help="Also time the page that pyvis makes of N nodes.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    driver = driver_of()
    folder = Path(tempfile.mkdtemp())
    results = []
    for count in given.nodes:
        core, community = core_of(count)
        start = time.perf_counter()
        drawn = draw(core)
        layout_seconds = time.perf_counter() - start
        document = payload(drawn, "bench")
        pages = {}
        for renderer in given.renderer:
            start = time.perf_counter()
            html = render(drawn, document, details(drawn), renderer=renderer)
            pages[renderer] = (html, MOVE_OURS, time.perf_counter() - start)
        if given.force_graph:
            script = given.force_graph.read_text(encoding="utf-8")
            pages["force-graph"] = (FORCE_GRAPH % (script, json.dumps(document)), "", 0.0)
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
        for _ in range(given.rounds):
            for name, (html, prepare, _) in pages.items():
                file = folder / f"{name}{count}.html"
                file.write_text(html, encoding="utf-8")
                runs[name].append(measure(driver, file, prepare))
        for name, (html, _, seconds) in pages.items():
            medians = {key: round(statistics.median(run[key] for run in runs[name]), 1) for key in runs[name][0]}
            row = {
                "nodes": count,
                "renderer": name,
                "megabytes": round(len(html.encode()) / 1e6, 3),
                "layout_s": round(layout_seconds, 2),
                "near_own": round(near_own(drawn.places, community), 3),
                "render_s": round(seconds, 2),
                **medians,
            }
            results.append(row)
            print(json.dumps(row), flush=True)
    if given.stock_pyvis:
        file = folder / "stock.html"
        file.write_text(stock_pyvis(given.stock_pyvis), encoding="utf-8")
        row = {
            "nodes": given.stock_pyvis,
            "renderer": "stock pyvis",
            "usable_ms": measure(driver, file, "", frames=False),
        }
        results.append(row)
        print(json.dumps(row), flush=True)
    driver.quit()
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
