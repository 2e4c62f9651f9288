// @ts-check
// The page's state in the address.

import { findPath, insets, recolour, refilter, select } from "./actions.js";
import { fit } from "./camera.js";
import { KINDS } from "./kinds.js";
import { pathOf } from "./model.js";
import { data, model } from "./page.js";
import { parts } from "./panel/build.js";
import { dayText } from "./panel/time.js";
import { set, setFilters, START_HIDDEN, state } from "./state.js";

export function hashText() {
  const { filters } = state;
  const words = new URLSearchParams();
  if (state.selected >= 0) words.set("node", pathOf(model, state.selected));
  if (state.query) words.set("q", state.query);
  const same = filters.hiddenKinds.length === START_HIDDEN.length && START_HIDDEN.every((kind) => filters.hiddenKinds.includes(kind));
  if (!same) words.set("hide", filters.hiddenKinds.join(","));
  if (filters.folder !== null) words.set("folder", filters.folder);
  if (filters.tags.length) words.set("tags", filters.tags.map((tag) => model.labels[tag]).join(","));
  if (filters.communities.length) words.set("communities", filters.communities.map((at) => pathOf(model, data.communities[at][2])).join("|"));
  if (filters.rules.length) words.set("rules", filters.rules.join(","));
  if (filters.degree) words.set("degree", String(filters.degree));
  if (filters.until !== null) words.set("until", dayText(filters.until));
  if (filters.local) words.set("local", pathOf(model, filters.local.node)), words.set("depth", String(filters.local.depth));
  if (state.pathEnds.result) words.set("from", pathOf(model, state.pathEnds.from)), words.set("to", pathOf(model, state.pathEnds.to));
  if (state.colourBy !== "community") words.set("colour", state.colourBy);
  if (state.theme) words.set("theme", state.theme);
  return words.toString();
}

let written = "";
/** Whether the page itself wrote this address. */
export const isWritten = (text) => text === written;

export function writeHash() {
  written = hashText();
  try {
    history.replaceState(null, "", written ? "#" + written : location.pathname + location.search);
  } catch (error) {
    if (error.name !== "SecurityError") throw error; // too many changes a second; the next one is written
  }
}

/** @type {Map<string, number> | null} */
let nodesByPath = null;

/** The node with this path, or -1. */
function nodeAt(path) {
  if (path === null) return -1;
  nodesByPath ??= new Map(Array.from({ length: model.count }, (_, i) => [pathOf(model, i), i]));
  return nodesByPath.get(path) ?? nodesByPath.get(path + ".md") ?? model.labels.indexOf(path);
}

export function readHash(text, fly) {
  const words = new URLSearchParams(text);
  const named = words.get("view") && (data.views || []).find((view) => view.name === words.get("view"));
  if (named) return readHash(named.hash, fly);
  const list = (key) => (words.get(key) || "").split(",").filter(Boolean);
  set({ query: words.get("q") || "" });
  parts.search.value = state.query;
  const hubs = (words.get("communities") || "").split("|").filter(Boolean).map(nodeAt);
  const until = Date.parse(words.get("until") || "") / 864e5;
  const around = nodeAt(words.get("local"));
  setFilters({
    hiddenKinds: words.has("hide") ? list("hide").filter((kind) => KINDS.includes(kind)) : START_HIDDEN.slice(),
    folder: words.get("folder"),
    tags: list("tags").map((tag) => nodeAt(tag)).filter((node) => node >= 0 && KINDS[model.kind[node]] === "tag"),
    communities: data.communities.map(([, , hub], at) => (hubs.includes(hub) ? at : -1)).filter((at) => at >= 0),
    rules: list("rules").filter((code) => data.rules?.[code]),
    degree: Math.max(0, Number(words.get("degree")) || 0),
    until: Number.isFinite(until) ? Math.floor(until) : null,
    local: around >= 0 ? { node: around, depth: Math.min(9, Math.max(1, Number(words.get("depth")) || 1)) } : null,
  });
  set({ colourBy: ["folder", ...(data.groups ? ["groups"] : [])].includes(words.get("colour")) ? words.get("colour") : "community" });
  set({ theme: ["light", "dark"].includes(words.get("theme")) ? words.get("theme") : "" });
  recolour();
  refilter({ write: false });
  insets();
  fit(null, { fly });
  const from = nodeAt(words.get("from")), to = nodeAt(words.get("to"));
  if (from >= 0 && to >= 0) {
    findPath(from, to);
  }
  const node = nodeAt(words.get("node"));
  if (node >= 0) select(node, { centre: !state.filters.local, quiet: true });
  if (node >= 0 && state.filters.local) fit(null, { fly });
  else if (node < 0 && fly) select(-1, { quiet: true });
  return undefined;
}
