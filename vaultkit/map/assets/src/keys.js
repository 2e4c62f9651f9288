// @ts-check
// The tools and the keys.

import { changeLens, clearPath, localAround, narrow, recolour, redraw, research, select, stepFinding } from "./actions.js";
import { writeHash } from "./address.js";
import { fit, pan, zoom } from "./camera.js";
import { h, icon, ICONS } from "./dom.js";
import { isLocalOpen, localFit, localPan, localZoom } from "./local/local.js";
import { byId, card, root, tools } from "./page.js";
import { build, parts } from "./panel/build.js";
import { drawPath } from "./panel/path.js";
import { hidePeek } from "./reader/peek.js";
import { isDark, set, state } from "./state.js";

let help = null; // built with the tools
const helpDialog = () => h("dialog", { "aria-labelledby": "help-title" }, h("h2", { id: "help-title" }, "Keys"),
  h("dl", {}, ...[["/", "Search"], ["← ↑ → ↓", "Move the map"], ["+  −", "Closer, farther"], ["0", "All of it"], ["n  p", "Next, previous finding"], ["Tab", "Panel, list of notes, card"], ["Enter  c", "Go to the chosen note's card"], ["r", "Explore or repair"], ["l", "Local graph of the chosen note"], ["[  ]", "Fewer, more links around it"], ["t", "Labels on or off"], ["d", "Dark or light"], ["Esc", "Back"], ["?", "These keys"]]
    .flatMap(([key, does]) => [h("dt", {}, ...key.split(/\s+/).flatMap((sign, at) => [at ? " " : "", h("kbd", {}, sign)])), h("dd", {}, does)])),
  h("form", { method: "dialog" }, h("button", { class: "plain" }, "Close")));

export function buildTools() {
  const button = (name, label, onclick, pressed) => h("button", { type: "button", "aria-label": label, title: label, onclick, "aria-pressed": pressed === undefined ? null : String(pressed) }, icon(...ICONS[name]));
  parts.labelButton = button("label", "Labels (t)", () => toggleLabels(), true);
  tools.append(button("plus", "Closer (+)", () => closer(1.5)), button("minus", "Farther (−)", () => closer(1 / 1.5)), button("fit", "All of it (0)", () => whole()),
    parts.labelButton, button("theme", "Dark or light (d)", () => toggleTheme()), button("help", "Keys (?)", () => help.showModal()));
  document.getElementById("app").append(help = helpDialog());
}

/** The camera of what is open: the map or the local graph. */
const closer = (factor) => (isLocalOpen() ? localZoom(factor) : zoom(factor, undefined, undefined, true));
const whole = () => (isLocalOpen() ? localFit() : fit(null));

/** Put the keyboard into the card of the chosen note. */
function focusCard() {
  if (state.selected >= 0) card.querySelector("h2")?.focus();
}

function toggleLabels() {
  set({ showLabels: !state.showLabels });
  parts.labelButton.setAttribute("aria-pressed", String(state.showLabels));
}

function toggleTheme() {
  set({ theme: isDark() ? "light" : "dark" });
  recolour();
  redraw();
  writeHash();
}

function back() {
  if (state.picking) { set({ picking: null }); return drawPath(); }
  if (state.selected >= 0) return select(-1);
  if (state.path) return clearPath();
  if (state.query) { parts.search.value = ""; set({ query: "" }); research(false); return writeHash(); }
  if (state.filters.local) return narrow({ local: null }, { fit: true });
  return fit(null);
}

document.addEventListener("pointerdown", () => (document.documentElement.dataset.input = "pointer"), true);
document.addEventListener("keydown", (event) => {
  document.documentElement.dataset.input = "keys";
  hidePeek();
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open || !state.colours) return;
  build();
  const typing = /** @type {any} */ (event.target).matches?.("input:not([type=checkbox]):not([type=range]), select, textarea");
  if (event.key === "Escape") {
    event.preventDefault();
    back();
    if (typing || card.contains(/** @type {Node} */ (event.target))) root.focus();
    return;
  }
  if (typing) return;
  const local = state.filters.local;
  const isLocal = isLocalOpen();
  const onMap = event.target === root || event.target === document.body || event.target === byId("local");
  const step = event.shiftKey ? 240 : 80;
  const move = isLocal ? localPan : pan;
  const does = {
    "/": () => { parts.search.focus(); parts.search.select(); },
    "+": () => closer(1.4),
    "=": () => closer(1.4),
    "-": () => closer(1 / 1.4),
    0: () => whole(),
    n: () => stepFinding(1),
    p: () => stepFinding(-1),
    l: () => { const node = state.selected >= 0 ? state.selected : state.focused; if (node >= 0) localAround(node); },
    "[": () => local && localAround(local.node, Math.max(1, local.depth - 1)),
    "]": () => local && localAround(local.node, Math.min(9, local.depth + 1)),
    t: toggleLabels,
    d: toggleTheme,
    c: focusCard,
    r: () => changeLens(state.lens === "repair" ? "explore" : "repair"),
    "?": () => help.showModal(),
    ...(onMap ? {
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
      Enter: focusCard,
    } : {}),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});
