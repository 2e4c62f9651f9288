// @ts-check
// The panel: its sections, and how they are drawn anew.

import { changeLens, choose, narrow, research, select, stepsNow } from "../actions.js";
import { writeHash } from "../address.js";
import { h, number, plural } from "../dom.js";
import { buildTools } from "../keys.js";
import { KINDS, TAG_EDGE } from "../kinds.js";
import { recall } from "../live.js";
import { active, byId, data, model, panel, tools } from "../page.js";
import { adorn } from "../stage.js";
import { set, state } from "../state.js";
import { drawChanges } from "./changes.js";
import { drawFindings } from "./findings.js";
import { drawKinds } from "./legend.js";
import { drawList, hitPlace, listKeys } from "./list.js";
import { drawNarrow } from "./narrow.js";
import { drawEnds } from "./path.js";
import { drawReview } from "./review.js";
import { toggled } from "./rows.js";
import { drawBridges, drawCommunities, drawFolders, drawLinks, drawTags } from "./sections.js";
import { dayText, drawTime } from "./time.js";
import { drawViews } from "./views.js";

/** @type {Record<string, any>} */
export const parts = {
  summary: panel.querySelector(".summary"),
  search: byId("search"),
  results: byId("results"),
  filters: panel.querySelector(".filters"),
  folded: byId("folded"),
  notice: byId("notice"),
  lens: byId("lens"),
};
parts.search.addEventListener("input", () => {
  set({ query: parts.search.value });
  if (state.selected >= 0) select(-1, { quiet: true });
  research();
  writeHash();
});
parts.search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && state.found.length) { event.preventDefault(); choose(state.found[0], { centre: true, focus: true, ...hitPlace(state.found[0]) }); }
  if (event.key === "ArrowDown") { event.preventDefault(); parts.results.querySelector("button")?.focus(); }
});
parts.results.addEventListener("keydown", listKeys);
panel.querySelector(".more").addEventListener("click", (event) => {
  build();
  event.currentTarget.setAttribute("aria-expanded", String(panel.classList.toggle("wide")));
});

function section(key, title, { open = false, count = null } = {}) {
  const body = h("div", { class: "body" });
  const tally = h("span", { class: "count" }, count ?? "");
  const element = h("details", { open }, h("summary", {}, title, tally), body);
  parts[key] = { element, body, tally };
  return element;
}

/** The panel, the tools and the labels. The first picture does not wait for them; whatever needs them asks first. */
export function build() {
  if (state.isBuilt) return;
  set({ isBuilt: true });
  panel.hidden = tools.hidden = false;
  if (data.findings) panel.append(section("findings", "Findings", { open: true }));
  if (data.compared) panel.append(section("changes", `Changes since ${data.compared.revision}`, { open: true }));
  panel.append(section("kinds", "Legend", { open: true }));
  if (data.communities.length) panel.append(section("communities", "Topics"));
  if (data.bridges) panel.append(section("bridges", "Bridges"));
  panel.append(section("review", "Weekly review"));
  panel.append(section("narrow", "Show and leave out"));
  panel.append(section("folders", "Folders"));
  if (model.kind.includes(KINDS.indexOf("tag"))) panel.append(section("tags", "Tags"));
  panel.append(section("links", "Links and depth"));
  panel.append(section("path", "Path between two notes"));
  if (model.time.size > 1) panel.append(section("time", "Time"));
  panel.append(section("list", "List"));
  panel.append(section("views", "Views and export"));
  for (const remark of data.remarks || []) panel.append(h("p", { class: "remark" }, remark));
  parts.list.element.addEventListener("toggle", drawList);
  parts.review.element.addEventListener("toggle", drawReview);
  parts.folders.element.addEventListener("toggle", drawFolders);
  parts.tags?.element.addEventListener("toggle", drawTags);
  buildTools();
  set({ steps: stepsNow() });
  drawPanel();
  if (!model.count) parts.summary.textContent = "This vault has no notes yet.";
  adorn();
  if (document.documentElement.dataset.version) recall();
}

const FOCUSABLE = "button, input, select, summary";
/** Draws a part of the panel anew, and leaves the focus and each list's scroll where they were. */
export function keeping(draw) {
  const focused = panel.contains(active()) ? active() : null;
  const home = focused?.closest("details, .filters, #found, #lens");
  const at = home ? [...home.querySelectorAll(FOCUSABLE)].indexOf(focused) : -1;
  const scrolled = [...panel.querySelectorAll("details .scroll")].map((list) => [list.closest("details"), list.scrollTop]);
  draw();
  for (const [section, top] of scrolled) {
    const list = section.querySelector(".scroll");
    if (list && top && !list.scrollTop) list.scrollTop = top;
  }
  if (home && !focused.isConnected) {
    const all = home.hidden ? [] : home.querySelectorAll(FOCUSABLE);
    (all[Math.min(at, all.length - 1)] ?? parts.search).focus({ preventScroll: true });
  }
}

export function drawPanel() {
  keeping(drawNow);
}

function drawNow() {
  const { shown } = state;
  let notes = 0, links = 0, all = 0;
  for (let i = 0; i < model.count; i++) {
    all += Number(model.kind[i] === 0);
    notes += Number(model.kind[i] === 0 && (shown[i] || (model.foldedPairs && model.passing[i])));
  }
  for (let i = 0; i < model.links; i++) links += Number(model.folded ? model.edgeKind[i] < TAG_EDGE : model.passing[model.source[i]] && model.passing[model.target[i]]);
  parts.folded.hidden = !model.folded;
  parts.folded.textContent = model.folded ? `${number(model.folded)} nodes are folded into ${plural(state.shown.reduce((a, b) => a + b, 0), "community", "communities")}; open one with a double click, or narrow the map. Notes without links are in none.` : "";
  if (model.folded) notes = all;
  parts.summary.textContent = (notes === all ? plural(notes, "note") : `${number(notes)} of ${plural(all, "note")}`) + " · " + plural(links, "link");
  drawFilters();
  if (state.isBuilt) drawSections();
}

function drawSections() {
  drawLens();
  drawKinds();
  drawFindings();
  drawChanges();
  drawNarrow();
  drawCommunities();
  drawBridges();
  drawReview();
  drawFolders();
  drawTags();
  drawLinks();
  drawEnds();
  drawTime();
  drawList();
  drawViews();
}

/** The switch between exploring and repairing. */
function drawLens() {
  if (!data.findings) return;
  const button = (lens, ...words) => h("button", { type: "button", "aria-pressed": String(state.lens === lens), onclick: () => changeLens(lens) }, ...words);
  parts.lens.hidden = false;
  parts.lens.replaceChildren(button("explore", "Explore"), button("repair", "Repair ", h("span", { class: "count" }, number(data.findings.length))));
}

function drawFilters() {
  const chips = [];
  const { filters } = state;
  const chip = (text, clear) => chips.push(h("button", { type: "button", class: "chip", title: "Remove this filter", onclick: () => { narrow(clear, { fit: true }); } }, h("span", { class: "name", dir: "auto" }, text), "×"));
  if (filters.local) chip(`Around ${model.labels[filters.local.node]}`, { local: null });
  if (filters.folder !== null) chip(filters.folder || "Vault root", { folder: null });
  for (const tag of filters.tags) chip(model.labels[tag], { tags: toggled(filters.tags, tag) });
  for (const at of filters.communities) chip(data.communities[at][0], { communities: toggled(filters.communities, at) });
  for (const rule of filters.rules) chip(data.rules[rule].name, { rules: toggled(filters.rules, rule) });
  if (filters.only) chip(`only ${filters.only}`, { only: "" });
  if (filters.not) chip(`not ${filters.not}`, { not: "" });
  if (!filters.orphans) chip("without orphans", { orphans: true });
  if (filters.pairs) chip("pairs unfolded", { pairs: false });
  if (filters.degree) chip(`at least ${plural(filters.degree, "link")}`, { degree: 0 });
  if (filters.from !== null) chip(`since ${dayText(filters.from)}`, { from: null });
  if (filters.until !== null) chip(`until ${dayText(filters.until)}`, { until: null });
  parts.filters.replaceChildren(...chips);
  parts.filters.hidden = !chips.length;
}
