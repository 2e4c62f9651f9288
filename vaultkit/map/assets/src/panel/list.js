// @ts-check
// Search results and the list of all that the map shows.

import { h, number } from "../dom.js";
import { KINDS } from "../kinds.js";
import { active, model } from "../page.js";
import { find, firstHit } from "../search.js";
import { state } from "../state.js";
import { foldedText, textOf } from "../texts.js";
import { parts } from "./build.js";
import { nodeRow } from "./rows.js";

/** Where a result is opened: at the line of its text, or at the picture, that has the sought words. */
export function hitPlace(node) {
  const { line = 0, picture = -1 } = firstHit(model, node, state.ends, textOf) ?? {};
  return { line, picture };
}

function resultRow(node) {
  const found = firstHit(model, node, state.ends, textOf);
  const row = nodeRow(node, undefined, { centre: true, focus: true, line: found?.line ?? 0, picture: found?.picture ?? -1 });
  if (found) {
    const from = found.picture < 0 ? null : h("span", { class: "from", title: model.names[found.picture] }, "On a picture: ");
    row.append(h("span", { class: "why passage", dir: "auto" }, from, found.isCut ? "…" : "", ...found.parts.map((part, at) => (at % 2 ? h("mark", {}, part) : part))));
  }
  return row;
}

export function drawResults() {
  const { found, query, meant } = state;
  const box = document.getElementById("found");
  const isAsked = Boolean(query.trim());
  box.hidden = !isAsked;
  const hint = (text) => parts.results.append(h("li", { class: "hint" }, text));
  parts.results.replaceChildren();
  if (!isAsked) return;
  if (meant) hint(found.length ? `No match for that; showing ${meant}.` : `No match, nor for ${meant}.`);
  parts.results.append(...found.slice(0, 40).map(resultRow));
  if (found.length > 40) hint(`and ${number(found.length - 40)} more`);
  if (!found.length) {
    const hidden = find(model, query, null, foldedText).nodes.filter((node) => !["community", "tag"].includes(KINDS[model.kind[node]])).length;
    hint(hidden ? `No match among what is shown; ${number(hidden)} ${hidden === 1 ? "match is" : "matches are"} hidden.` : "No match.");
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
const ROWS_AROUND = 60; // rows kept above and below those in sight
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
  const from = listed.length > WHOLE ? Math.max(0, Math.min(at - ROWS_AROUND, listed.length - 2 * ROWS_AROUND)) : 0;
  if (listFrom >= 0 && Math.abs(from - listFrom) < ROWS_AROUND / 2) return;
  const focused = list.contains(active()) ? Number(active().dataset.at) : -1;
  listFrom = from;
  const until = listed.length > WHOLE ? Math.min(listed.length, from + 3 * ROWS_AROUND) : listed.length;
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
