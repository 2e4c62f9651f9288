"""Measure the map: layout, page size, time to the first usable frame, frames while the view moves.

    python tests/bench/map_page.py --nodes 1000 10000 50000 [--force-graph FILE] [--rounds 5] [--json OUT]

``--force-graph`` names the script of the npm package force-graph (``npm pack force-graph``,
``package/dist/force-graph.min.js``); then the same positions are drawn by both, alternating, and medians are compared.
Needs Chromium and chromedriver.

shown_ms:   from the start of the navigation to the animation frame that shows the fitted picture and in which the page
            answers: it then carries data-vaultkit-ready.
usable_ms:  to the frame after it, the first that the browser has to spare. The same for every page.
frame_ms:   between two animation frames while each of them moves the view a little; the screen's 60 Hz are a floor.
            "nothing" is an empty page timed so: the part of each number that no page can be without.
free_ms:    the same in a browser that does not wait for the screen (--disable-frame-rate-limit).
Frames are timed by the clock within them, not by the time stamp they are handed, which is a multiple of the screen's.
Nobody asks a page anything while it loads: an answer takes it two to five milliseconds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from planted import near_own, planted

from vaultkit.graph.core import ATTACHMENT, EMBED, LINK, MISSING, NOTE, UNRESOLVED, GraphCore
from vaultkit.map.document import details, payload
from vaultkit.map.drawing import draw
from vaultkit.map.html import render

FIRST = "Quiet Deep Linear Sparse Causal Local Latent Hidden Robust Simple Early Late Wide Fast Slow Open".split()
SECOND = (
    "model graph kernel cluster filter sample vector policy search memory prior token layer signal rank tree".split()
)
KIND = {"note": NOTE, "unresolved": UNRESOLVED, "image": ATTACHMENT}
FORCE_GRAPH = """<!doctype html><meta charset=utf-8><style>body{margin:0}</style><div id=g></div><script>%s</script><script>
const d=%s;const g=ForceGraph()(document.getElementById('g')).graphData({nodes:d.x.map((x,i)=>({id:i,name:d.labels[i],fx:x,fy:d.y[i],
x,y:d.y[i],c:d.community[i]})),links:Array.from({length:d.edges.length/2},(_,i)=>({source:d.edges[2*i],target:d.edges[2*i+1]}))})
.nodeLabel('name').nodeAutoColorBy('c').cooldownTicks(0).enableNodeDrag(false);
let seen=0;g.onRenderFramePost(()=>{if(seen++===0){g.zoomToFit(0);requestAnimationFrame(()=>{
document.documentElement.dataset.vaultkitReady=performance.now()})}});
window.move=(i)=>{g.centerAt(i*4,i*3);g.zoom(g.zoom()*(i%%2?1.02:0.985))};</script>"""
NOTHING = """<!doctype html><meta charset=utf-8><script>requestAnimationFrame(()=>{
document.documentElement.dataset.vaultkitReady=performance.now()})</script>"""
# Runs in each page before its own scripts. shown and usable: milliseconds since the navigation began.
WATCH = """new MutationObserver((seen, observer) => {
  if (!document.documentElement?.dataset.vaultkitReady) return;
  observer.disconnect();
  window.shown = performance.now();
  requestAnimationFrame(() => { window.usable = performance.now(); });
}).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-vaultkit-ready'] });"""
MOVE_OURS = """window.move = (i) => { const s = VK.page.stage; s.pan(6, 4); s.zoom(i % 2 ? 1.02 : 0.985); };"""
FRAMES = """const done = arguments[arguments.length - 1]; const times = []; let last = 0, i = 0;
requestAnimationFrame(function step() { const now = performance.now(); if (last) times.push(now - last); last = now; move(i++);
if (times.length >= 10 && times.length >= 4000 / (times.reduce((a, b) => a + b) / times.length) || i > 40) done(times);
else requestAnimationFrame(step); });"""
FREE = ("--disable-frame-rate-limit", "--disable-gpu-vsync")


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
        "requestAnimationFrame(() => { document.documentElement.dataset.vaultkitReady = performance.now(); }));",
    )


def driver_of(flags: Sequence[str] = ()):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    options.page_load_strategy = "none"
    for (
        flag
    ) in "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split():
        options.add_argument(flag)
    for flag in (f"--user-data-dir={tempfile.mkdtemp()}", "--disable-component-update", "--disable-sync", *flags):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    driver.set_script_timeout(300)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    for _ in range(5):  # a new browser loads pages of its own behind the first ones
        driver.get("data:text/html,<p>warm")
        time.sleep(0.3)
    return driver


def opened(driver, file: Path, quiet: float = 0.3, wait: float = 300.0) -> tuple[float, float]:
    """Milliseconds until the page was shown and until it was usable. quiet: seconds in which it is asked nothing."""
    driver.get("about:blank")
    time.sleep(0.25)
    driver.get(file.as_uri())
    end = time.monotonic() + wait
    while time.monotonic() < end:
        time.sleep(quiet)
        if driver.execute_script("return window.usable || 0"):
            return tuple(driver.execute_script("return [window.shown, window.usable]"))
    return float("inf"), float("inf")


def moved(driver, prepare: str) -> list[float]:
    """Milliseconds of each frame while the opened page's view moves."""
    time.sleep(1.0)
    driver.execute_script(prepare)
    return driver.execute_async_script(FRAMES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--force-graph", type=Path)
    parser.add_argument("--stock-pyvis", type=int, metavar="N", help="Also time the page that pyvis makes of N nodes.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    results = []
    for count in given.nodes:
        core, community = core_of(count)
        start = time.perf_counter()
        drawn = draw(core)
        layout_seconds = time.perf_counter() - start
        document = payload(drawn, "bench")
        pages = {}
        start = time.perf_counter()
        html = render(drawn, document, details(drawn))
        pages["canvas"] = (html, MOVE_OURS, time.perf_counter() - start)
        if given.force_graph:
            script = given.force_graph.read_text(encoding="utf-8")
            pages["force-graph"] = (FORCE_GRAPH % (script, json.dumps(document)), "", 0.0)
        (folder / "nothing.html").write_text(NOTHING, encoding="utf-8")
        quiet = count / 20000 + 0.25
        nothing: list[float] = []
        shown: dict[str, list[float]] = {name: [] for name in pages}
        usable: dict[str, list[float]] = {name: [] for name in pages}
        frames: dict[str, list[float]] = {name: [] for name in pages}
        free_frames: dict[str, list[float]] = {name: [] for name in pages}
        for name, (html, _, _) in pages.items():
            (folder / f"{name}{count}.html").write_text(html, encoding="utf-8")
        driver = driver_of()
        for _ in range(given.rounds):
            nothing.append(opened(driver, folder / "nothing.html")[1])
            for name in pages:
                first, then = opened(driver, folder / f"{name}{count}.html", quiet)
                shown[name].append(first)
                usable[name].append(then)
        for _ in range(2):  # a round has some forty frames
            for name, (_, prepare, _) in pages.items():
                opened(driver, folder / f"{name}{count}.html", quiet)
                frames[name] += moved(driver, prepare)
        driver.quit()
        free = driver_of(FREE)
        for _ in range(2):
            for name, (_, prepare, _) in pages.items():
                opened(free, folder / f"{name}{count}.html", quiet)
                free_frames[name] += moved(free, prepare)
        free.quit()
        for name, (html, _, seconds) in pages.items():
            medians = {
                "shown_ms": round(statistics.median(shown[name]), 1),
                "usable_ms": round(statistics.median(usable[name]), 1),
                "frame_ms": round(statistics.median(frames[name]), 1),
                "free_ms": round(statistics.median(free_frames[name]), 1),
                "free_p95_ms": round(sorted(free_frames[name])[int(len(free_frames[name]) * 0.95)], 1),
            }
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
        if given.force_graph and "canvas" in pages:
            shares = {
                "nothing_ms": statistics.median(nothing),
                "shown": statistics.median(shown["canvas"]) / statistics.median(shown["force-graph"]),
                "usable": statistics.median(usable["canvas"]) / statistics.median(usable["force-graph"]),
                "frame": statistics.median(frames["canvas"]) / statistics.median(frames["force-graph"]),
                "free": statistics.median(free_frames["canvas"]) / statistics.median(free_frames["force-graph"]),
            }
            print(json.dumps({"nodes": count, "canvas / force-graph": {k: round(v, 3) for k, v in shares.items()}}))
    if given.stock_pyvis:
        driver = driver_of()
        file = folder / "stock.html"
        file.write_text(stock_pyvis(given.stock_pyvis), encoding="utf-8")
        row = {
            "nodes": given.stock_pyvis,
            "renderer": "stock pyvis",
            "usable_ms": opened(driver, file)[1],
        }
        results.append(row)
        print(json.dumps(row), flush=True)
        driver.quit()
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
