// @ts-check
// What a person does with the map: filter, choose, step, search, join.

import { writeHash } from "./address.js";
import { centre, cover, fit, reveal } from "./camera.js";
import { drawCard, kindText, redrawCard } from "./card/card.js";
import { SEVERITY, themeOf } from "./colours.js";
import { plural } from "./dom.js";
import { visibleNodes } from "./filters.js";
import { setLens } from "./lens.js";
import { announce, card, data, model } from "./page.js";
import { drawPanel, keeping, parts } from "./panel/build.js";
import { drawFindings } from "./panel/findings.js";
import { drawResults } from "./panel/list.js";
import { drawPath } from "./panel/path.js";
import { drawLinks } from "./panel/sections.js";
import { showLine, showPicture } from "./reader/marks.js";
import { pathBetween } from "./routes.js";
import { find } from "./search.js";
import { refresh } from "./stage.js";
import { forced, isDark, set, setFilters, state } from "./state.js";
import { foldedText, loadTexts } from "./texts.js";

export function recolour() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  set({ colours: themeOf(isDark(), forced.matches) });
}

/** All that has a colour of its own, anew: after a change of theme or of what colours show. */
export function redraw() {
  refresh();
  drawPanel();
  keeping(drawResults);
  if (!card.hidden) redrawCard();
}

/** Show what the filters leave. fit: bring all of it into sight. write: into the address. */
export function refilter({ fit: fits = false, write = true } = {}) {
  const wasEmpty = !state.shown.includes(1);
  set({ shown: visibleNodes(model, state.filters, foldedText), rules: new Set(state.filters.rules) });
  if (state.selected >= 0 && !state.shown[state.selected]) select(-1);
  set({ steps: stepsNow() });
  research(false);
  drawPanel();
  if (fits || wasEmpty) fit(null);
  if (write) writeHash();
}

/** Change some filters and show what they leave. */
export function narrow(change, options = {}) {
  setFilters(change);
  refilter(options);
}

/** The findings of what is shown, worst first: indexes into data.findings. */
export function stepsNow() {
  const { rules } = state;
  const steps = [];
  (data.findings || []).forEach(([node, code], at) => {
    if (model.passing[node] && (!rules.size || rules.has(code))) steps.push(at);
  });
  const weight = (at) => SEVERITY[data.rules[data.findings[at][1]].severity];
  return steps.sort((a, b) => weight(a) - weight(b) || a - b);
}

export function stepFinding(by) {
  const { steps } = state;
  if (!steps.length) return announce("No findings among what is shown");
  const at = steps.indexOf(state.finding);
  const next = at < 0 ? (by > 0 ? 0 : steps.length - 1) : (at + by + steps.length) % steps.length;
  set({ finding: steps[next] });
  const [node, code, message, line] = data.findings[state.finding];
  if (state.lens !== "repair") setLens("repair");
  select(node, { centre: true, finding: state.finding, push: false });
  announce(`Finding ${next + 1} of ${steps.length}: ${data.rules[code].severity}, ${message}, in ${model.labels[node]}, line ${line}`);
  return keeping(drawFindings);
}

/**
 * Choose a node, or with -1 none. centre: bring it to the middle; else the map moves only as far as it takes to see it.
 * line: of its text to show; picture: that it shows, to bring into sight. focus: put the keyboard into its card. quiet: leave the address as it is.
 */
export function select(node, /** @type {{centre?: boolean, finding?: number, quiet?: boolean, line?: number, picture?: number, focus?: boolean, push?: boolean}} */ how = {}) {
  const { centre: centres = false, finding = -1, quiet = false, line = 0, picture = -1, focus = false, push = true } = how;
  if (node >= 0 && model.folded && !state.shown[node] && model.community[node] >= 0) {
    narrow({ communities: [model.community[node]] }, { write: false });
  }
  notice("");
  if (node < 0) {
    set({ selected: node, emphasis: resting() });
    card.hidden = true;
  } else {
    if (!state.shown[node]) {
      const shown = state.shown.slice();
      shown[node] = 1;
      set({ shown });
    }
    set({ selected: node, emphasis: state.path });
    drawCard(node, finding);
    if (finding < 0) announce(spoken(node));
    if (focus) card.querySelector("h2").focus({ preventScroll: true });
    const [, , , at] = data.findings?.[finding] ?? [];
    const show = () => (picture >= 0 && picture !== node ? showPicture(picture) : showLine(line || at));
    if ((line || at || picture >= 0) && !(show() || state.hasTexts)) loadTexts().then(() => state.selected === node && show());
  }
  insets();
  if (centres && node >= 0) centre(node);
  else if (node >= 0) reveal(node);
  if (state.isBuilt) keeping(drawLinks);
  if (!quiet) writeHash({ push });
}

/** What a screen reader is told of a chosen node. */
function spoken(node) {
  const findings = model.findingsOf.get(node)?.length ?? 0;
  const words = [model.names[node], kindText(node).toLowerCase(), plural(model.degreeIn[node], "backlink"), plural(model.degreeOut[node], "outgoing link")];
  if (findings) words.push(plural(findings, "finding"));
  return words.join(", ");
}

/** A line in the panel about what could not be done; "" for none. */
export function notice(text) {
  parts.notice.textContent = text;
  parts.notice.hidden = !text;
  if (text) announce(text);
}

/** Look at the map through another lens, by hand. */
export function changeLens(lens) {
  setLens(lens);
  refilter();
  if (!card.hidden) redrawCard();
  announce(lens === "repair" ? `Repair: ${plural(state.steps.length, "finding")}` : "Explore");
}

/** Search for something, as if it had been typed. */
export function searchFor(query) {
  parts.search.value = query;
  set({ query });
  research();
  writeHash();
  parts.search.focus();
}

/** What stands out while nothing is selected: a path, or what answers to the search. */
const resting = () => state.path || (state.query.trim() ? { nodes: new Set(state.found), links: "between", centre: -1 } : null);

/** A node was pointed at, on the map or in a list. */
export const choose = (node, /** @type {{centre?: boolean, line?: number, picture?: number, focus?: boolean}} */ how = { centre: true }) => (state.picking ? picked(node) : select(node, how));

export const insets = () => cover(!card.hidden);

export function openCommunity(node) {
  select(-1);
  narrow({ communities: [model.community[node]] }, { fit: true });
  announce(`${model.names[node]}, ${plural(data.communities[model.community[node]][3], "node")}`);
}

export function localAround(node, depth = state.filters.local?.depth || 1) {
  const { local } = state.filters;
  narrow({ local: { node, depth, expanded: local?.node === node ? local.expanded : [] } });
  select(node);
  fit(null);
  announce(`Local graph of ${model.labels[node]}, ${plural(depth, "link")} deep`);
}

export function research(fly = true) {
  const query = state.query.trim();
  // What is folded can be found all the same.
  const { nodes, ends, meant } = query ? find(model, query, model.passing, foldedText) : { nodes: [], ends: [], meant: "" };
  set({ found: nodes, ends, meant });
  if (state.selected < 0) set({ emphasis: resting() });
  keeping(drawResults);
  if (fly && query) announce((meant ? `No match; showing ${meant}: ` : "") + plural(nodes.length, "result"));
}

export function findPath(from, to) {
  const nodes = pathBetween(model, from, to, state.shown);
  /** @type {Emphasis | null} */
  const path = nodes ? { nodes: new Set(nodes), links: "path", path: nodes, centre: -1 } : null;
  set({ path, pathEnds: { from, to, result: nodes } });
  if (nodes) {
    set({ selected: -1, emphasis: path });
    card.hidden = true;
    insets();
    fit(nodes, { closest: 1.4 });
    announce(`Path of ${plural(nodes.length - 1, "link")}: ${nodes.map((node) => model.labels[node]).join(", ")}`);
  } else {
    set({ emphasis: resting() });
    announce("No path among what is shown");
  }
  writeHash();
  drawPath();
}

export function clearPath() {
  set({ path: null, pathEnds: { from: -1, to: -1, result: undefined } });
  set({ emphasis: resting() });
  drawPath();
  writeHash();
}

/** An end of the path was chosen. */
export function picked(node, key = state.picking) {
  const ends = { ...state.pathEnds, [key]: node };
  set({ picking: null, pathEnds: ends });
  if (ends.from >= 0 && ends.to >= 0) findPath(ends.from, ends.to);
  else drawPath();
}
