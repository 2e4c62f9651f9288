// @ts-check
// The page's state in the address: whatever can be seen, so that a link or a bookmark is a view. A chosen note or local
// graph is an entry of the browser's history.

import { findPath, insets, notice, recolour, refilter, select } from "./actions.js";
import { camera, fit, isWhole, moveTo } from "./camera.js";
import { colourChoices, defaultColour } from "./colour_by.js";
import { KINDS } from "./kinds.js";
import { marksOf, setLens } from "./lens.js";
import { pathOf } from "./model.js";
import { active, card, data, model } from "./page.js";
import { parts } from "./panel/build.js";
import { dayText } from "./panel/time.js";
import { set, setFilters, START_HIDDEN, state } from "./state.js";

export function hashText() {
  const { filters } = state;
  const words = new URLSearchParams();
  const put = (key, value) => value !== null && value !== "" && words.set(key, String(value));
  if (state.selected >= 0) put("node", pathOf(model, state.selected));
  put("q", state.query);
  const same = filters.hiddenKinds.length === START_HIDDEN.length && START_HIDDEN.every((kind) => filters.hiddenKinds.includes(kind));
  if (!same) words.set("hide", filters.hiddenKinds.join(","));
  if (filters.folder !== null) words.set("folder", filters.folder);
  put("tags", filters.tags.map((tag) => model.labels[tag]).join(","));
  put("communities", filters.communities.map((at) => pathOf(model, data.communities[at][2])).join("|"));
  put("rules", filters.rules.join(","));
  put("only", filters.only);
  put("not", filters.not);
  if (filters.degree) put("degree", filters.degree);
  if (!filters.orphans) put("orphans", 0);
  if (filters.pairs) put("pairs", 1);
  if (filters.from !== null) put("since", dayText(filters.from));
  if (filters.until !== null) put("until", dayText(filters.until));
  if (filters.local) words.set("local", pathOf(model, filters.local.node)), put("depth", filters.local.depth), put("open", (filters.local.expanded ?? []).map((node) => pathOf(model, node)).join("|"));
  if (state.pathEnds.result) words.set("from", pathOf(model, state.pathEnds.from)), words.set("to", pathOf(model, state.pathEnds.to));
  if (state.colourBy !== defaultColour()) put("colour", state.colourBy);
  if (state.lens !== "explore") put("lens", state.lens);
  const marks = Object.entries(marksOf(state.lens)).filter(([key, value]) => state[key] !== value).map(([key]) => MARK_WORDS[key]);
  put("marks", marks.join(","));
  if (!state.showLabels) put("labels", 0);
  if (camera.isByHand && !isWhole() && state.isBuilt) put("at", [state.view.x, state.view.y, state.view.k * 100].map((value) => Math.round(value)).join(","));
  put("theme", state.theme);
  return words.toString();
}

/** Marks that are switched to other than what the lens has. */
const MARK_WORDS = { showFindings: "findings", showInfo: "info", showCards: "cards" };

/** The address of a node, as a link has it. */
export const hashFor = (node) => "#" + new URLSearchParams({ node: pathOf(model, node) });

let written = "";
let place = ""; // what the last entry of the history is about
/** Whether the page itself wrote this address. */
const isWritten = (text) => text === written;

/** push: a change of the chosen note or local graph becomes an entry of the history. */
export function writeHash({ push = true } = {}) {
  const text = hashText();
  const now = `${state.selected} ${state.filters.local?.node ?? -1}`;
  const isNew = push && place !== "" && now !== place;
  if (!isNew && text === written) return;
  written = text;
  place = now;
  try {
    history[isNew ? "pushState" : "replaceState"](null, "", written ? "#" + written : location.pathname + location.search);
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

const dayIn = (text) => {
  const day = Date.parse(text || "") / 864e5;
  return Number.isFinite(day) ? Math.floor(day) : null;
};

function filtersIn(words) {
  const list = (key) => (words.get(key) || "").split(",").filter(Boolean);
  const hubs = (words.get("communities") || "").split("|").filter(Boolean).map(nodeAt);
  const around = nodeAt(words.get("local"));
  return {
    hiddenKinds: words.has("hide") ? list("hide").filter((kind) => KINDS.includes(kind)) : START_HIDDEN.slice(),
    folder: words.get("folder"),
    tags: list("tags").map((tag) => nodeAt(tag)).filter((node) => node >= 0 && KINDS[model.kind[node]] === "tag"),
    communities: data.communities.map(([, , hub], at) => (hubs.includes(hub) ? at : -1)).filter((at) => at >= 0),
    rules: list("rules").filter((code) => data.rules?.[code]),
    only: words.get("only") || "",
    not: words.get("not") || "",
    orphans: words.get("orphans") !== "0",
    pairs: words.get("pairs") === "1",
    degree: Math.max(0, Number(words.get("degree")) || 0),
    from: dayIn(words.get("since")),
    until: dayIn(words.get("until")),
    local: around >= 0 ? { node: around, depth: Math.min(9, Math.max(1, Number(words.get("depth")) || 1)), expanded: (words.get("open") || "").split("|").filter(Boolean).map(nodeAt).filter((node) => node >= 0) } : null,
  };
}

/** Show what an address asks for. fly: move there instead of jumping. */
export function readHash(text, fly) {
  const words = new URLSearchParams(text);
  const named = words.get("view") && (data.views || []).find((view) => view.name === words.get("view"));
  if (named) return readHash(named.hash, fly);
  set({ query: words.get("q") || "", colourBy: colourChoices().some(([value]) => value === words.get("colour")) ? words.get("colour") : defaultColour() });
  parts.search.value = state.query;
  setFilters(filtersIn(words));
  set({ theme: ["light", "dark"].includes(words.get("theme")) ? words.get("theme") : "", showLabels: words.get("labels") !== "0" });
  recolour();
  setLens(words.get("lens") === "repair" || state.filters.rules.length ? "repair" : "explore");
  const marks = (words.get("marks") || "").split(",");
  for (const [key, name] of Object.entries(MARK_WORDS)) if (marks.includes(name)) set({ [key]: !state[key] });
  refilter({ write: false });
  insets();
  fit(null, { fly });
  const from = nodeAt(words.get("from")), to = nodeAt(words.get("to"));
  if (from >= 0 && to >= 0) findPath(from, to);
  const node = nodeAt(words.get("node"));
  const at = (words.get("at") || "").split(",").map(Number);
  const hasCamera = at.length === 3 && at.every(Number.isFinite) && at[2] > 0;
  notice(words.get("node") && node < 0 ? `This map has no note ${words.get("node")}.` : "");
  if (node >= 0) select(node, { centre: !state.filters.local && !hasCamera, quiet: true, focus: card.contains(active()) });
  else if (fly) select(-1, { quiet: true });
  if (hasCamera) {
    camera.isByHand = true;
    moveTo(at[0], at[1], at[2] / 100, { fly });
  } else if (node >= 0 && state.filters.local) fit(null, { fly });
  written = text;
  place = `${state.selected} ${state.filters.local?.node ?? -1}`;
  return undefined;
}

/** Follow the browser's Back and Forward, and addresses that are typed. */
export function followHistory() {
  place = `${state.selected} ${state.filters.local?.node ?? -1}`;
  const follow = () => { if (!isWritten(location.hash.slice(1))) readHash(location.hash.slice(1), true); };
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
}
