// @ts-check
// The legend: kinds of nodes, marks, and what colours show.

import { narrow, redraw } from "../actions.js";
import { writeHash } from "../address.js";
import { h, number } from "../dom.js";
import { KIND_NAMES, KINDS } from "../kinds.js";
import { data, model } from "../page.js";
import { set, state } from "../state.js";
import { keeping, parts } from "./build.js";
import { cardSwatch, swatch, toggled } from "./rows.js";

export function drawKinds() {
  const counts = new Array(KINDS.length).fill(0);
  for (let i = 0; i < model.count; i++) counts[model.kind[i]]++;
  const rows = KINDS.filter((kind, at) => counts[at] && kind !== "community").map((kind) => {
    const off = state.filters.hiddenKinds.includes(kind);
    return h("li", {}, h("label", { class: "row" + (off ? " off" : "") },
      h("input", { type: "checkbox", checked: !off, onchange: () => narrow({ hiddenKinds: toggled(state.filters.hiddenKinds, kind) }) }),
      swatch(kind), h("span", { class: "name" }, KIND_NAMES[kind]), h("span", { class: "count" }, number(counts[KINDS.indexOf(kind)]))));
  });
  const marks = [];
  if (data.cards) {
    let all = 0, empty = 0;
    for (const cards of model.cards.values()) (all += cards.all), (empty += cards.empty);
    marks.push(h("li", {}, h("label", { class: "row" + (state.showCards ? "" : " off") },
      h("input", { type: "checkbox", checked: state.showCards, onchange: (event) => { set({ showCards: event.target.checked }); keeping(drawKinds); } }),
      cardSwatch(), h("span", { class: "name" }, "Flashcards"), h("span", { class: "count" }, `${number(all)}, ${number(empty)} empty`))));
  }
  if (data.findings) {
    marks.push(h("li", {}, h("label", { class: "row" + (state.showFindings ? "" : " off") },
      h("input", { type: "checkbox", checked: state.showFindings, onchange: (event) => { set({ showFindings: event.target.checked }); keeping(drawKinds); } }),
      h("span", { class: "dot", style: { background: state.colours.error, margin: "0 2px" } }), h("span", { class: "name" }, "Findings"), h("span", { class: "count" }, number(data.findings.length)))));
  }
  const choices = [["community", "communities"], ["folder", "folders"]];
  if (data.groups) choices.push(["groups", "your groups in Obsidian"]);
  const colours = h("div", { class: "pair" }, h("label", { htmlFor: "colour-by" }, "Colours show"),
    h("select", { id: "colour-by", onchange: (event) => colourBy(event.target.value) }, ...choices.map(([value, label]) => h("option", { value, selected: model.colourBy === value }, label))));
  parts.kinds.body.replaceChildren(h("ul", { class: "rows" }, ...rows, ...marks), colours);
}

function colourBy(what) {
  set({ colourBy: what });
  redraw();
  writeHash();
  document.getElementById("colour-by").focus();
}
