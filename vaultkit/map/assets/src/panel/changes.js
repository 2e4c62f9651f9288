// @ts-check
// What is new, changed, moved and gone since a git revision.

import { choose, narrow } from "../actions.js";
import { h, number, plural } from "../dom.js";
import { data, model } from "../page.js";
import { state } from "../state.js";
import { parts } from "./build.js";
import { nodeRow, row } from "./rows.js";

const CHANGES_QUERY = "is:new OR is:changed OR is:moved";
const MOST_CHANGES = 300;

export function drawChanges() {
  const { compared } = data;
  if (!compared) return;
  const { fresh, changed, moved, gone } = compared;
  const [links, newPairs] = compared.links;
  const [lost, lostPairs] = compared.lost;
  parts.changes.tally.textContent = number(fresh.length + changed.length + moved.length + gone.length);
  const made = [];
  if (fresh.length + changed.length + moved.length) {
    const isOn = state.filters.only === CHANGES_QUERY;
    made.push(h("label", { class: "row" }, h("input", { type: "checkbox", id: "only-changes", checked: isOn, onchange: () => { narrow({ only: isOn ? "" : CHANGES_QUERY }, { fit: true }); document.getElementById("only-changes")?.focus(); } }), h("span", { class: "name" }, "Show only these notes")));
  }
  made.push(
    changeGroup("New", fresh.length, fresh.map((node) => nodeRow(node, ""))),
    changeGroup("Changed", changed.length, changed.map((node) => nodeRow(node, ""))),
    changeGroup("Moved", moved.length, moved.map(([node, before]) => nodeRow(node, fromText(node, before)))),
    changeGroup("Gone", gone.length, gone.map(goneRow)),
    changeGroup("New links", links, newPairs.map(pairRow)),
    changeGroup("Lost links", lost, lostPairs.map(pairRow)));
  const shown = made.filter(Boolean);
  parts.changes.body.replaceChildren(...(shown.length ? shown : [h("p", { class: "hint" }, "No note and no link has changed.")]));
}

/** @type {Set<string>} */
const openedChanges = new Set();

function changeGroup(title, count, rows) {
  if (!count) return "";
  const left = count - Math.min(rows.length, MOST_CHANGES);
  const element = h("details", { class: "change", open: openedChanges.has(title), ontoggle: (event) => { openedChanges[event.target.open ? "add" : "delete"](title); } },
    h("summary", {}, title, h("span", { class: "count" }, number(count))),
    h("ul", { class: "rows scroll" }, ...rows.slice(0, MOST_CHANGES)));
  if (left) element.append(h("p", { class: "hint" }, `${number(left)} more`));
  return element;
}

/** A note that is gone: the name by which links still mean it, else a note that linked to it. */
function goneRow([path, ghost, sources]) {
  const target = ghost >= 0 ? ghost : sources[0] ?? -1;
  const words = ghost >= 0 ? "still linked" : sources.length ? `was linked from ${plural(sources.length, "note")}` : "";
  const name = nameOf(path);
  if (target < 0) return h("li", { class: "row still", title: path }, h("span", { class: "name", dir: "auto" }, name));
  return row(name, { count: words, title: path, onclick: (event) => choose(target, { centre: true, focus: event.detail === 0 }) });
}

const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/, "");

/** Where a note was: its name before, or its folder if the name is the same. */
function fromText(node, before) {
  const name = nameOf(before);
  if (name !== model.labels[node]) return `was ${name}`;
  return `from ${before.includes("/") ? before.slice(0, before.lastIndexOf("/")) : "the vault root"}`;
}

const pairRow = ([from, to]) => nodeRow(from, `to ${model.names[to]}`);
