// @ts-check
// The legend: every colour, shape, size, ring and mark of the map, and the switches for them.

import { narrow, redraw } from "../actions.js";
import { writeHash } from "../address.js";
import { colourChoices, colourRows } from "../colour_by.js";
import { h, number } from "../dom.js";
import { KIND_NAMES, KINDS } from "../kinds.js";
import { data, model } from "../page.js";
import { set, state } from "../state.js";
import { keeping, parts } from "./build.js";
import { cardSwatch, drawn, severityMark, swatch, toggled } from "./rows.js";

export function drawKinds() {
  const counts = new Array(KINDS.length).fill(0);
  for (let i = 0; i < model.count; i++) counts[model.kind[i]]++;
  const kinds = KINDS.filter((kind, at) => counts[at] && kind !== "community" && kind !== "pairs").map((kind) => {
    const isOff = state.filters.hiddenKinds.includes(kind);
    return switchRow(!isOff, () => narrow({ hiddenKinds: toggled(state.filters.hiddenKinds, kind) }), swatch(kind), KIND_NAMES[kind], number(counts[KINDS.indexOf(kind)]));
  });
  const choices = colourChoices();
  const colours = h("div", { class: "pair" }, h("label", { htmlFor: "colour-by" }, "Colours show"),
    h("select", { id: "colour-by", onchange: (event) => colourBy(event.target.value) }, ...choices.map(([value, label]) => h("option", { value, selected: state.colourBy === value }, label))));
  parts.kinds.body.replaceChildren(h("ul", { class: "rows" }, ...kinds, ...marks()), colours, colourList(), signs());
}

function switchRow(isOn, onchange, lead, name, count) {
  return h("li", {}, h("label", { class: "row" + (isOn ? "" : " off") }, h("input", { type: "checkbox", checked: isOn, onchange }), lead, h("span", { class: "name" }, name), h("span", { class: "count" }, count)));
}

/** Switches of what is drawn on nodes. */
function marks() {
  const found = [];
  const flip = (key) => (event) => {
    set({ [key]: event.target.checked });
    keeping(drawKinds);
    writeHash();
  };
  if (data.cards) {
    let all = 0, empty = 0;
    for (const cards of model.cards.values()) (all += cards.all), (empty += cards.empty);
    found.push(switchRow(state.showCards, flip("showCards"), cardSwatch(), "Flashcards", `${number(all)}, ${number(empty)} empty`));
  }
  if (data.findings) {
    const of = (isInfo) => data.findings.filter(([, code]) => (data.rules[code].severity === "info") === isInfo).length;
    if (of(false)) found.push(switchRow(state.showFindings, flip("showFindings"), severityMark("error"), "Errors and warnings", number(of(false))));
    if (of(true)) found.push(switchRow(state.showFindings && state.showInfo, (event) => {
      if (event.target.checked) set({ showFindings: true });
      flip("showInfo")(event);
    }, severityMark("info"), "Notices", number(of(true))));
  }
  return found;
}

/** What each colour means, where colours do not show topics. */
function colourList() {
  if (state.lens === "repair") return h("p", { class: "hint" }, "Notes in colour have an error or a warning. The redder the ground, the larger their share.");
  const rows = colourRows();
  if (!rows.length) return h("p", { class: "hint" }, data.communities.length ? "Each topic has a colour, and its name on the ground." : "");
  return h("ul", { class: "rows", id: "colours" }, ...rows.map(([name, colour, count]) => h("li", { class: "row still" }, h("span", { class: "dot", style: { background: colour } }), h("span", { class: "name", dir: "auto" }, name), h("span", { class: "count" }, number(count)))));
}

/** The signs that have no switch. */
function signs() {
  const sign = (drawing, words) => h("li", { class: "row still" }, drawing, h("span", { class: "sentence" }, words));
  const ink = state.colours.ink, quiet = state.colours.quiet, tone = state.colours.community[0];
  return h("details", { class: "signs" }, h("summary", {}, "All signs"), h("ul", { class: "rows" },
    sign(drawn([["circle", { cx: 3, cy: 9, r: 2, fill: tone }], ["circle", { cx: 10, cy: 7, r: 4, fill: tone }]]), "The larger, the more links"),
    sign(drawn([["circle", { cx: 7, cy: 7, r: 5, fill: "none", stroke: quiet, "stroke-dasharray": "2.4 1.8" }]]), "Dashed: named in a link, but not there"),
    sign(drawn([["circle", { cx: 7, cy: 7, r: 7, fill: tone, opacity: 0.25 }]]), "Ground: the notes of one topic"),
    sign(drawn([["path", { d: "M1 11 13 3", stroke: tone, "stroke-width": 1.5 }]]), "Line: a link, in colour within a topic"),
    sign(drawn([["circle", { cx: 7, cy: 7, r: 6, fill: "none", stroke: ink, "stroke-width": 2 }], ["circle", { cx: 7, cy: 7, r: 3, fill: tone }]]), "Ring: the chosen note"),
    sign(drawn([["circle", { cx: 7, cy: 7, r: 6, fill: "none", stroke: state.colours.answered, "stroke-width": 2 }]]), "Green and orange ring: flashcards, empty ones orange"),
    sign(severityMark("error"), "Error"), sign(severityMark("warning"), "Warning"), sign(severityMark("info"), "Notice")));
}

function colourBy(what) {
  set({ colourBy: what });
  redraw();
  writeHash();
  document.getElementById("colour-by").focus();
}
