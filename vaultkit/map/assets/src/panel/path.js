// @ts-check
// The section for the path between two notes.

import { clearPath, picked, select } from "../actions.js";
import { colourOf } from "../colours.js";
import { h } from "../dom.js";
import { KINDS } from "../kinds.js";
import { announce, model } from "../page.js";
import { indexNotes } from "../routes.js";
import { searchNodes } from "../search.js";
import { set, state } from "../state.js";
import { keeping, parts } from "./build.js";
import { row, swatch } from "./rows.js";

export const drawPath = () => state.isBuilt && keeping(drawEnds);

export function drawEnds() {
  const { pathEnds, picking } = state;
  const end = (key, label) => {
    const options = h("datalist", { id: `path-${key}-names` });
    const input = h("input", { type: "text", id: `path-${key}`, "aria-label": label, placeholder: picking === key ? "Choose a note on the map…" : label, autocomplete: "off", value: pathEnds[key] >= 0 ? model.labels[pathEnds[key]] : "",
      oninput: () => options.replaceChildren(...searchNodes(model, input.value, state.shown).slice(0, 12).map((node) => h("option", { value: model.labels[node] }))),
      onchange: () => {
        const [best] = searchNodes(model, input.value, state.shown);
        if (best === undefined) return announce("No such note among what is shown");
        picked(best, key);
      } });
    input.setAttribute("list", `path-${key}-names`);
    return h("div", { class: "pair" }, input, options, h("button", { type: "button", class: "plain", "aria-pressed": String(picking === key), title: "Choose on the map",
      onclick: () => {
        if (state.selected >= 0) picked(state.selected, key);
        else { set({ picking: picking === key ? null : key }); drawPath(); }
      } }, "Pick"));
  };
  const result = pathEnds.result;
  const skipped = result === null ? [...indexNotes(model)] : [];
  parts.path.body.replaceChildren(end("from", "From"), end("to", "To"),
    result ? h("ul", { class: "rows", id: "path-result" }, ...result.map((node) => row(model.labels[node], { lead: swatch(KINDS[model.kind[node]], colourOf(model, state.colours, node)), onclick: () => select(node, { centre: true }) }))) : "",
    result === null ? h("p", { class: "hint", id: "path-result" }, skipped.length ? `No path, with index notes such as ${model.labels[skipped[0]]} left aside.` : "No path among what is shown.") : "",
    pathEnds.from >= 0 || pathEnds.to >= 0 ? h("div", { class: "buttons" }, h("button", { type: "button", class: "plain", onclick: clearPath }, "Clear")) : h("p", { class: "hint" }, "The shortest way along links. It does not run through index notes, which link to everything."));
}
