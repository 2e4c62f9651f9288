// @ts-check
// Search results and the list of all that the map shows.

import { h, number } from "../dom.js";
import { KINDS } from "../kinds.js";
import { active, model } from "../page.js";
import { searchNodes } from "../search.js";
import { state } from "../state.js";
import { parts } from "./build.js";
import { nodeRow } from "./rows.js";

export function drawResults() {
  const { found } = state;
  const box = document.getElementById("found");
  box.hidden = !state.query.trim();
  parts.results.replaceChildren(...found.slice(0, 40).map(nodeRow));
  if (state.query.trim() && state.found.length !== 0 && state.found.length > 40) parts.results.append(h("li", { class: "hint" }, `and ${number(found.length - 40)} more`));
  if (state.query.trim() && !state.found.length) {
    const hidden = searchNodes(model, state.query, null).filter((node) => KINDS[model.kind[node]] !== "community").length;
    parts.results.append(h("li", { class: "hint" }, hidden ? `Nothing shown answers to that, but ${number(hidden)} that ${hidden === 1 ? "is" : "are"} hidden.` : "Nothing shown answers to that."));
  }
}

export function listKeys(event) {
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const list = event.currentTarget;
  const isList = list.id === "list";
  const all = [...list.querySelectorAll("button")];
  const count = isList ? listed.length : all.length;
  const at = isList ? Number(active().dataset.at ?? -1) : all.indexOf(active());
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
  event.preventDefault();
  event.stopPropagation();
  if (next < 0) return parts.search.focus();
  if (isList) drawRows(list, next);
  return list.querySelectorAll("button")[Math.min(next, count - 1) - (isList ? listFrom : 0)]?.focus();
}

let listFrom = 0;
let listed = [];

const WHOLE = 500; // rows that are all in the document; longer lists hold those in sight, and grow as they are walked
const ROW = 28; // pixels
const AROUND = 60; // rows kept above and below those in sight
export function drawList() {
  const { body, element, tally } = parts.list;
  listed = model.order.filter((i) => state.shown[i]);
  tally.textContent = number(listed.length);
  if (!element.open) return body.replaceChildren();
  const list = h("ul", { class: "rows", id: "list", "aria-label": "What the map shows, most linked first", onkeydown: listKeys });
  listFrom = -1;
  body.replaceChildren(h("div", { class: "scroll", onscroll: () => drawRows(list) }, list));
  return drawRows(list);
}

/** The rows in sight; what is above and below is room. Each says which of how many it is. */
function drawRows(list, at = Math.floor(list.parentElement.scrollTop / ROW)) {
  const from = listed.length > WHOLE ? Math.max(0, Math.min(at - AROUND, listed.length - 2 * AROUND)) : 0;
  if (listFrom >= 0 && Math.abs(from - listFrom) < AROUND / 2) return;
  const focused = list.contains(active()) ? Number(active().dataset.at) : -1;
  listFrom = from;
  const until = listed.length > WHOLE ? Math.min(listed.length, from + 3 * AROUND) : listed.length;
  const rows = [];
  for (let i = from; i < until; i++) {
    const element = nodeRow(listed[i]);
    element.setAttribute("aria-setsize", listed.length);
    element.setAttribute("aria-posinset", i + 1);
    element.firstChild.dataset.at = i;
    rows.push(element);
  }
  list.style.paddingTop = from * ROW + "px";
  list.style.paddingBottom = (listed.length - until) * ROW + "px";
  list.replaceChildren(...rows);
  if (focused >= from && focused < until) rows[focused - from].firstChild.focus({ preventScroll: true });
}
