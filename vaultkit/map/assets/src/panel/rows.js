// @ts-check
// Rows and swatches of lists.

import { choose } from "../actions.js";
import { colourOf, hollow } from "../colours.js";
import { h, number, SVG } from "../dom.js";
import { KINDS } from "../kinds.js";
import { pathOf } from "../model.js";
import { data, model } from "../page.js";
import { set, state } from "../state.js";

export function swatch(kind, colour) {
  const colours = state.colours;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  const shapes = { canvas: "M7 1 13 7 7 13 1 7Z", base: "M7 1.5 13 12H1Z", tag: "M4 1.8h6L13 7l-3 5.2H4L1 7Z" };
  let shape;
  if (shapes[kind]) {
    shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", shapes[kind]);
  } else if (["note", "unresolved", "community"].includes(kind)) {
    shape = document.createElementNS(SVG, "circle");
    for (const [name, value] of [["cx", 7], ["cy", 7], ["r", 5.2]]) shape.setAttribute(String(name), String(value));
  } else {
    shape = document.createElementNS(SVG, "rect");
    for (const [name, value] of [["x", 2], ["y", 2], ["width", 10], ["height", 10]]) shape.setAttribute(String(name), String(value));
  }
  if (hollow(kind)) {
    shape.setAttribute("fill", "none");
    shape.setAttribute("stroke", colours.ghost);
    shape.setAttribute("stroke-width", "1.4");
    shape.setAttribute("stroke-dasharray", "2.4 1.8");
  } else shape.setAttribute("fill", colour || colours.community[0]);
  svg.append(shape);
  return svg;
}

export const communityColour = (at) => state.colours.community[data.communities[at][1] % state.colours.community.length];

/** A small picture of shapes: [name, attributes] of each. */
export function drawn(shapes) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    svg.append(shape);
  }
  return svg;
}

/** A row of a list, a button. @param {string} label @param {Row} row */
export function row(label, { count, lead, pressed, onclick, title, off, indent = 0, current }) {
  return h("li", {}, h("button", { type: "button", class: "row" + (off ? " off" : ""), "aria-pressed": pressed === undefined ? null : String(pressed), "aria-current": current ? "true" : null, onclick, title: title || null, style: indent ? { paddingLeft: 8 + indent * 14 + "px" } : null },
    lead || null, h("span", { class: "name", dir: "auto" }, label), count === undefined ? null : h("span", { class: "count" }, typeof count === "number" ? number(count) : count)));
}

/** The list with the value, or without it where it was in it. */
export const toggled = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);

export function cardSwatch() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  for (const [d, colour] of [["M7 1.5a5.5 5.5 0 1 1-5.5 5.5", state.colours.answered], ["M1.5 7A5.5 5.5 0 0 1 7 1.5", state.colours.empty]]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", colour);
    path.setAttribute("stroke-width", "2.2");
    svg.append(path);
  }
  return svg;
}

const MARK_PATHS = { error: "M7 .8 13.2 7 7 13.2 .8 7Z", warning: "M7 1 13.4 12.4H.6Z" };
/** The mark of a severity, in its own shape. */
export const severityMark = (severity) => {
  const svg = drawn([severity === "info" ? ["circle", { cx: 7, cy: 7, r: 4.6 }] : ["path", { d: MARK_PATHS[severity] }]]);
  svg.setAttribute("class", `severity ${severity}`);
  svg.removeAttribute("aria-hidden");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", severity === "info" ? "notice" : severity);
  return svg;
};

/** A row that chooses a node. how: as `choose` takes it. */
export const nodeRow = (node, count, how) => {
  const element = row(model.names[node], { count: typeof count === "string" && count ? count : undefined, lead: swatch(KINDS[model.kind[node]], colourOf(model, state.colours, node)), title: pathOf(model, node),
    onclick: (event) => choose(node, { centre: true, focus: event.detail === 0, ...how }) });
  element.firstChild.addEventListener("focus", () => set({ focused: node }));
  element.firstChild.addEventListener("blur", () => set({ focused: -1 }));
  return element;
};
