// @ts-check
// Sections that narrow the map: findings, communities, bridges, folders, tags, links.

import { localAround, narrow } from "../actions.js";
import { h, number, plural } from "../dom.js";
import { KINDS } from "../kinds.js";
import { tagCounts } from "../model.js";
import { data, model } from "../page.js";
import { state } from "../state.js";
import { parts } from "./build.js";
import { communityColour, nodeRow, row, toggled } from "./rows.js";

export function drawCommunities() {
  if (!parts.communities) return;
  parts.communities.tally.textContent = number(data.communities.filter(([, , , size]) => size > 2).length);
  parts.communities.body.replaceChildren(h("ul", { class: "rows scroll" }, ...data.communities.slice(0, 60).filter(([, , , size]) => size > 2).map(([name, , , size], at) =>
    row(name, { count: size, title: (data.terms?.[at] ?? []).join(", "), lead: h("span", { class: "dot", style: { background: communityColour(at) } }), pressed: state.filters.communities.includes(at),
      onclick: () => narrow({ communities: toggled(state.filters.communities, at) }, { fit: true }) }))));
}

export const holdsText = (notes) => `holds ${plural(notes, "note")}`;
export function drawBridges() {
  if (!parts.bridges) return;
  parts.bridges.tally.textContent = number(data.bridges.length);
  parts.bridges.body.replaceChildren(
    h("p", { class: "hint" }, "Without one of these, a part of the vault would be disconnected."),
    h("ul", { class: "rows scroll", id: "bridges" }, ...data.bridges.map(([node, notes]) => nodeRow(node, holdsText(notes)))));
}

export function drawFolders() {
  const { body, element, tally } = parts.folders;
  if (!parts.folderCounts) {
    const counts = new Map();
    for (let i = 0; i < model.count; i++) {
      if (KINDS[model.kind[i]] !== "note") continue;
      let folder = data.folders[model.folder[i]];
      for (;;) {
        counts.set(folder, (counts.get(folder) || 0) + 1);
        if (!folder) break;
        folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
      }
    }
    parts.folderCounts = [...counts].filter(([folder]) => folder).sort(([a], [b]) => (a < b ? -1 : 1));
    tally.textContent = number(parts.folderCounts.length);
  }
  if (!element.open) return;
  const chosen = state.filters.folder;
  const inside = (folder) => !folder.includes("/") || (chosen !== null && (folder === chosen || folder.slice(0, folder.lastIndexOf("/")) === chosen || chosen.startsWith(folder.slice(0, folder.lastIndexOf("/")) + "/")));
  body.replaceChildren(parts.folderCounts.length ? h("ul", { class: "rows scroll" }, ...parts.folderCounts.filter(([folder]) => inside(folder)).map(([folder, count]) =>
    row(folder.slice(folder.lastIndexOf("/") + 1), { count, lead: state.colourBy === "folder" && !folder.includes("/") ? h("span", { class: "dot", style: { background: folderColour(folder) } }) : null, indent: folder.split("/").length - 1, pressed: chosen === folder, title: folder,
      onclick: () => narrow({ folder: chosen === folder ? null : folder }, { fit: true }) }))) : h("p", { class: "hint" }, "All notes lie in the vault's root."));
}

export function drawTags() {
  if (!parts.tags) return;
  const { body, element, tally } = parts.tags;
  tally.textContent ||= number(model.kind.reduce((sum, kind) => sum + Number(KINDS[kind] === "tag"), 0));
  if (!element.open) return;
  parts.tagCounts ??= tagCounts(model);
  body.replaceChildren(h("ul", { class: "rows scroll" }, ...parts.tagCounts.slice(0, 300).map(([tag, count]) =>
    row(model.labels[tag], { count, pressed: state.filters.tags.includes(tag), onclick: () => narrow({ tags: toggled(state.filters.tags, tag) }, { fit: true }) }))),
  parts.tagCounts.length > 300 ? h("p", { class: "hint" }, `The 300 most used of ${number(parts.tagCounts.length)}; search with # finds the others.`) : "");
}

export function drawLinks() {
  const { local, degree } = state.filters;
  const base = state.selected >= 0 ? state.selected : local?.node ?? -1;
  parts.links.body.replaceChildren(
    h("div", { class: "pair" }, h("label", { htmlFor: "degree" }, `At least ${plural(degree, "link")}`),
      h("input", { id: "degree", type: "range", min: 0, max: 20, value: degree, onchange: (event) => { narrow({ degree: Number(event.target.value) }); document.getElementById("degree")?.focus(); } })),
    h("div", { class: "pair" }, h("label", { htmlFor: "depth" }, local ? `${plural(local.depth, "link")} around` : "Local depth"),
      h("input", { id: "depth", type: "range", min: 1, max: 5, value: local?.depth || 1, disabled: !local, onchange: (event) => { localAround(local.node, Number(event.target.value)); document.getElementById("depth")?.focus(); } })),
    h("div", { class: "buttons" }, local
      ? h("button", { type: "button", class: "plain", onclick: () => narrow({ local: null }, { fit: true }) }, "Show the whole vault")
      : h("button", { type: "button", class: "plain", disabled: base < 0, onclick: () => localAround(base) }, "Local graph ", h("kbd", {}, "l"))),
  );
}

/** The colour of a folder at the top, where colours show folders. */
function folderColour(folder) {
  const at = model.scheme?.names.indexOf(folder) ?? -1;
  return model.scheme?.tones(state.colours)[at < 0 ? model.scheme.names.length - 1 : at] ?? "transparent";
}
