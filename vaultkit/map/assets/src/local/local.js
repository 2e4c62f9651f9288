// @ts-check
// The local graph, alive: pyvis' vis-network with physics, for up to some hundred nodes around a note. They can be dragged,
// pinned and opened; larger local graphs stay on the map.

import { choose, localAround, narrow, select } from "../actions.js";
import { still } from "../camera.js";
import { colourOf, hollow } from "../colours.js";
import { h, plural } from "../dom.js";
import { KINDS, TAG_EDGE } from "../kinds.js";
import { active, announce, byId, data, details, model, root } from "../page.js";
import { pictureOf } from "../pictures.js";
import { bytesOf, inflated } from "../reader/binary.js";
import { hidePeek, peekSoon } from "../reader/peek.js";
import { onChange, state } from "../state.js";
import { loadDetails } from "../texts.js";
import { FONT, fontOf, short } from "../type.js";

const MOST = 300; // nodes
const PICTURE = 64; // longest side, in units of the graph
const NEAR = 1.15; // how far from one another nodes begin, against the map
const localBox = byId("local");

/** @type {any} */
let network = null;
/** @type {any} */
let nodes = null;
/** @type {any} */
let edges = null;
let layout = "free"; // or "layered"
let visLoading = null;
let isWanted = false;

/** Read vis-network, which the page holds compressed, and run it; the page's policy knows its hash. */
function loadVis() {
  return (visLoading ??= (async () => {
    const held = byId("vis-data");
    const script = document.createElement("script");
    script.textContent = await inflated(bytesOf(held.textContent, Number(held.dataset.size)));
    held.textContent = "";
    document.head.append(script);
  })());
}

const listedNow = () => {
  const found = [];
  for (let i = 0; i < model.count; i++) if (state.shown[i]) found.push(i);
  return found;
};

/** Show, change or leave the local graph, as the filters ask. */
async function followLocal() {
  const { local } = state.filters;
  const listed = local ? listedNow() : [];
  isWanted = Boolean(local) && listed.length <= MOST && Boolean(document.getElementById("vis-data"));
  if (!isWanted) return closeLocal();
  await Promise.all([loadVis(), loadDetails()]);
  if (!isWanted || state.filters.local !== local) return undefined; // it was left meanwhile
  if (!network) openLocal(listed);
  else changeLocal(listed);
  drawBar();
  return undefined;
}

function closeLocal() {
  if (!network) return;
  network.destroy();
  network = nodes = edges = null;
  localBox.hidden = true;
  root.style.visibility = "";
  if (localBox.contains(active())) root.focus({ preventScroll: true });
}

function openLocal(listed) {
  const vis = /** @type {any} */ (globalThis).vis;
  const hadFocus = active() === root;
  localBox.hidden = false;
  root.style.visibility = "hidden";
  placeBox();
  nodes = new vis.DataSet(listed.map(visNode));
  edges = new vis.DataSet(visEdges());
  network = new vis.Network(localBox.querySelector(".graph"), { nodes, edges }, optionsNow());
  localBox.querySelector(".vis-network").removeAttribute("tabindex"); // the localBox itself has the keyboard
  network.on("click", ({ nodes: [node] }) => (node === undefined ? select(-1) : choose(node, {})));
  network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && expand(node));
  network.on("dragEnd", ({ nodes: [node] }) => node !== undefined && pin(node, true));
  network.on("oncontext", (press) => {
    press.event.preventDefault();
    const node = network.getNodeAt(press.pointer.DOM);
    if (node !== undefined) pin(node, false);
  });
  network.on("hoverNode", ({ node, event }) => peekSoon(node, new DOMRect(event.clientX + 14, event.clientY - 14, 0, 28)));
  network.on("blurNode", hidePeek);
  network.once("stabilized", () => localFit());
  if (still.matches) network.once("stabilizationIterationsDone", () => network?.setOptions({ physics: false }));
  if (hadFocus) localBox.focus({ preventScroll: true });
  setTimeout(() => localFit(), 700);
}

/** Add and remove what has changed; the rest keeps its place. */
function changeLocal(listed) {
  const wanted = new Set(listed);
  nodes.remove(nodes.getIds().filter((node) => !wanted.has(node)));
  nodes.update(listed.map((node) => (nodes.get(node) ? { ...visNode(node), x: undefined, y: undefined } : visNode(node, state.selected))));
  const now = visEdges();
  const ids = new Set(now.map((edge) => edge.id));
  edges.remove(edges.getIds().filter((edge) => !ids.has(edge)));
  edges.update(now);
}

const SHAPES = { canvas: "diamond", base: "triangle", tag: "hexagon", note: "dot", unresolved: "dot" };

/** beside: a node that is there already, next to which a new one begins. */
function visNode(node, beside = -1) {
  const { colours } = state;
  const centre = state.filters.local.node;
  const kind = KINDS[model.kind[node]];
  const colour = colourOf(model, colours, node);
  const picture = details().thumbs?.[node];
  const isOpen = hollow(kind);
  const near = beside >= 0 && network ? network.getPositions([beside])[beside] : null;
  return {
    id: node,
    label: short(model.names[node], 26),
    shape: picture ? "custom" : SHAPES[kind] ?? "square",
    ctxRenderer: picture ? pictureRenderer(node, picture) : undefined,
    size: picture ? 26 : node === centre ? 20 : 7 + model.radius[node] * 0.5,
    x: near ? near.x + 20 * Math.cos(node) : (model.x[node] - model.x[centre]) * NEAR,
    y: near ? near.y + 20 * Math.sin(node) : (model.y[node] - model.y[centre]) * NEAR,
    level: layout === "layered" ? levels().get(node) ?? 0 : undefined,
    borderWidth: node === centre ? 3 : isOpen ? 1.4 : 1,
    color: isOpen ? { background: colours.paper, border: colours.ghost, highlight: { background: colours.paper, border: colours.accent } }
      : { background: colour, border: node === centre ? colours.accent : colours.paper, highlight: { background: colour, border: colours.accent } },
    shapeProperties: { borderDashes: isOpen ? [4, 3] : false },
    font: { color: isOpen ? colours.quiet : colours.ink, size: node === centre ? 17 : 14, face: FONT, strokeWidth: 4, strokeColor: colours.paper },
  };
}

/** How vis draws a picture: its own way fails on very small ones. */
function pictureRenderer(node, source) {
  return ({ ctx, x, y, state: { selected } }) => ({
    drawNode() {
      const { colours } = state;
      const image = pictureOf(node, source);
      const scale = image ? PICTURE / Math.max(image.naturalWidth, image.naturalHeight) : 0;
      const [width, height] = image ? [image.naturalWidth * scale, image.naturalHeight * scale] : [PICTURE / 2, PICTURE / 2];
      ctx.fillStyle = "#ffffff";
      ctx.strokeStyle = selected ? colours.accent : colours.ghost;
      ctx.lineWidth = selected ? 3 : 1.5;
      ctx.beginPath();
      ctx.rect(x - width / 2, y - height / 2, width, height);
      ctx.fill();
      ctx.stroke();
      if (image) ctx.drawImage(image, x - width / 2, y - height / 2, width, height);
    },
    drawExternalLabel() {
      ctx.font = fontOf(12, false);
      ctx.textAlign = "center";
      ctx.fillStyle = state.colours.quiet;
      ctx.fillText(short(model.names[node], 22), x, y + PICTURE / 2 + 14);
    },
    nodeDimensions: { width: PICTURE, height: PICTURE },
  });
}

/** A link in each direction; one in a property bears its name. */
function visEdges() {
  const { colours, shown } = state;
  const found = new Map();
  for (let i = 0; i < model.links; i++) {
    const [from, to] = [model.source[i], model.target[i]];
    if (!shown[from] || !shown[to] || from === to) continue;
    const id = `${from} ${to}`;
    const label = model.property.get(i) ?? found.get(id)?.label ?? "";
    found.set(id, {
      id, from, to, label, arrows: model.edgeKind[i] === TAG_EDGE ? "" : "to",
      color: { color: colours.link, highlight: colours.ink, opacity: 0.55 },
      font: { color: colours.quiet, size: 11, face: FONT, strokeWidth: 3, strokeColor: colours.paper, align: "middle" },
    });
  }
  return [...found.values()];
}

/** The level of each node for a layered layout: parents above, children below, other links down from what links. */
function levels() {
  const centre = state.filters.local.node;
  const found = new Map([[centre, 0]]);
  const queue = [centre];
  for (const node of queue) {
    for (let at = model.start[node]; at < model.start[node + 1]; at++) {
      const link = model.around[at];
      const isOut = model.source[link] === node;
      const other = isOut ? model.target[link] : model.source[link];
      if (found.has(other) || !state.shown[other]) continue;
      const isUp = /^(?:up|parents?|in|part of|source|mother)$/i.test(model.property.get(link) ?? "");
      found.set(other, found.get(node) + (isOut === isUp ? -1 : 1));
      queue.push(other);
    }
  }
  return found;
}

/** What pyvis was asked for, and what depends on the person. */
function optionsNow() {
  const given = data.local ?? {};
  const isLayered = layout === "layered";
  return {
    ...given,
    physics: isLayered ? false : { ...given.physics, stabilization: { ...given.physics?.stabilization, enabled: still.matches } },
    layout: isLayered ? { hierarchical: { enabled: true, direction: "UD", levelSeparation: 130, nodeSpacing: 150, treeSpacing: 170, shakeTowards: "roots" } } : { improvedLayout: false, randomSeed: 7 },
    interaction: { hover: true, keyboard: false, multiselect: false, navigationButtons: false, tooltipDelay: 1e9 },
  };
}

function pin(node, isPinned) {
  nodes.update({ id: node, fixed: isPinned, borderWidth: isPinned ? 3 : 1 });
  announce(`${model.names[node]} ${isPinned ? "is pinned" : "is free"}`);
}

/** Bring the neighbours of a node into the local graph. */
function expand(node) {
  const { local } = state.filters;
  if (!local || node === local.node) return;
  const expanded = local.expanded?.includes(node) ? local.expanded.filter((other) => other !== node) : [...(local.expanded ?? []), node];
  narrow({ local: { ...local, expanded } });
  announce(`${plural(listedNow().length, "node")}`);
}

/** The localBox is what panels leave free. */
function placeBox() {
  const [left, top, right, bottom] = state.inset;
  Object.assign(localBox.style, { left: left + "px", top: top + "px", right: right + "px", bottom: bottom + "px" });
}

export const isLocalOpen = () => network !== null;
export const localRedraw = () => network?.redraw();
/** vis' network while it is open, else null. */
export const localNetwork = () => network;
export const localFit = () => network?.fit({ animation: still.matches ? false : { duration: 250 }, maxZoomLevel: 1.15 });
export const localZoom = (factor) => network?.moveTo({ scale: Math.min(5, Math.max(0.1, network.getScale() * factor)) });
export function localPan(dx, dy) {
  if (!network) return;
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
}

/** The line above the graph: what it is around, how deep, how it is laid out, and the way back. */
function drawBar() {
  const { local } = state.filters;
  if (!local) return;
  const bar = localBox.querySelector(".bar-line");
  const button = (label, onclick, more = {}) => h("button", { type: "button", class: "plain", onclick, ...more }, label);
  const at = [...bar.children].indexOf(active());
  bar.replaceChildren(...[
    h("span", { class: "name", dir: "auto" }, `Around ${model.names[local.node]}`),
    button("−", () => localAround(local.node, Math.max(1, local.depth - 1)), { "aria-label": "Fewer links around it ([)", disabled: local.depth <= 1 }),
    h("span", { class: "count" }, plural(local.depth, "link")),
    button("+", () => localAround(local.node, Math.min(9, local.depth + 1)), { "aria-label": "More links around it (])" }),
    button("Layers", () => setLayout(layout === "layered" ? "free" : "layered"), { "aria-pressed": String(layout === "layered"), title: "Parents above, children below" }),
    state.selected >= 0 && state.selected !== local.node ? button(local.expanded?.includes(state.selected) ? "Close its links" : "Open its links", () => expand(state.selected), { title: "The same as a double click on it" }) : null,
    button("Whole map", () => narrow({ local: null }, { fit: true }), { title: "Esc" }),
  ].filter(Boolean));
  if (at >= 0) bar.children[Math.min(at, bar.children.length - 1)].focus();
}

function setLayout(next) {
  layout = next;
  if (!network) return;
  const listed = listedNow();
  network.destroy();
  network = null;
  openLocal(listed);
  drawBar();
}

/** Follow the filters, the chosen node, the colours and the panels. */
export function followForLocal() {
  onChange(["shown"], () => { followLocal(); });
  onChange(["selected"], () => {
    if (!network) return;
    network.selectNodes(nodes.get(state.selected) ? [state.selected] : []);
    drawBar();
  });
  onChange(["colours", "colourBy"], () => network && state.filters.local && changeLocal(listedNow()));
  onChange(["inset"], () => {
    placeBox();
    if (network) setTimeout(localFit, 60);
  });
}

/** The picture of the local graph on paper; null when it is not open. */
export function localPicture() {
  if (!network) return null;
  const from = localBox.querySelector("canvas");
  const canvas = Object.assign(document.createElement("canvas"), { width: from.width, height: from.height });
  const pen = canvas.getContext("2d");
  pen.fillStyle = state.colours.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(from, 0, 0);
  return canvas;
}
