// @ts-check
// All that can change, in one place. `set` is the only way to change it, and calls what watches.

import { HIDDEN_AT_FIRST, KINDS } from "./kinds.js";
import { model } from "./page.js";

// A vault of pictures alone shows them.
export const START_HIDDEN = model.kind.some((kind) => !HIDDEN_AT_FIRST.includes(KINDS[kind])) ? HIDDEN_AT_FIRST : [];

/** @type {State} */
export const state = {
  // What is chosen.
  filters: { hiddenKinds: START_HIDDEN.slice(), folder: null, tags: [], communities: [], rules: [], degree: 0, from: null, until: null, local: null, only: "", not: "", orphans: true, pairs: false },
  query: "",
  found: [],
  ends: [], // the words that are sought, as query.js has them
  meant: "", // the words that were searched instead, where nothing has those that were typed
  hasTexts: false,
  hasDetails: false,
  lens: "explore", // or "repair"
  selected: -1,
  finding: -1,
  steps: [], // findings in stepping order: indexes into data.findings
  path: null,
  pathEnds: { from: -1, to: -1, result: undefined },
  picking: null, // "from" or "to" while an end of the path is chosen on the map
  theme: "",
  colourBy: "community",
  // What the stage shows.
  view: { x: 0, y: 0, k: 1, width: 1, height: 1, ratio: 1 }, // ratio: the screen's pixels to each of ours, as far as they are used
  shown: new Uint8Array(model.count).fill(1),
  colours: null,
  emphasis: null, // {nodes:Set, links:"around"|"between"|"path"|"", path:[]} or null
  hovered: -1,
  focused: -1,
  showLabels: true,
  showCards: false,
  showFindings: false,
  showInfo: false,
  rules: new Set(),
  inset: [0, 0, 0, 0], // what panels cover: left, top, right, bottom
  isAdorned: false, // labels and marks follow the first picture: fonts take as long as all of it
  placed: [],
  isBuilt: false,
};

/** @type {[string[], () => void][]} */
const watchers = [];

/** Call `act` after a change of one of these keys. */
export function onChange(keys, act) {
  watchers.push([keys, act]);
}

/** Change the state. @param {Partial<State>} change */
export function set(change) {
  Object.assign(state, change);
  for (const [keys, act] of watchers) if (keys.some((key) => key in change)) act();
}

/** What `draw` makes with other colours than the screen's. */
export function withColours(colours, draw) {
  const before = state.colours;
  state.colours = colours;
  const made = draw();
  state.colours = before;
  return made;
}

/** Change the filters, or some of them. Whoever calls it filters anew. */
export const setFilters = (change) => set({ filters: { ...state.filters, ...change } });


export const forced = matchMedia("(forced-colors: active)");
export const darkScheme = matchMedia("(prefers-color-scheme: dark)");
export const isDark = () => (state.theme ? state.theme === "dark" : darkScheme.matches);
