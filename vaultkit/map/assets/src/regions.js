// @ts-check
// The names of regions on the ground of the map: what a community is about, in its own colour and type.

import { KINDS } from "./kinds.js";
import { isWide, parted, short, widthOf } from "./type.js";

const FEWEST = 4; // shown nodes of a region that is named
const LEAST = 26; // pixels of a region's reach from which it is named
const SPACED = 0.09; // room between letters, as a share of their size
const MOST_LINES = 4;

/**
 * Where regions are among what is shown.
 * @typedef {{name: string, at: number, x: number, y: number, reach: number, size: number, part: boolean, note: string}} Region
 */

/** The regions of what is shown, the largest first: communities, and the parts of large ones. @returns {Region[]} */
export function regionsOf(model, shown) {
  const found = [];
  const add = (members, name, at, part) => {
    const inside = members.filter((i) => shown[i]);
    if (inside.length < FEWEST) return;
    const middle = (column) => column.sort((a, b) => a - b)[column.length >> 1];
    const x = middle(inside.map((i) => model.x[i]));
    const y = middle(inside.map((i) => model.y[i]));
    const far = inside.map((i) => Math.hypot(model.x[i] - x, model.y[i] - y)).sort((a, b) => a - b);
    found.push({ name, at, x, y, reach: far[Math.floor(far.length * 0.7)] + 20, size: inside.length, part, note: "" });
  };
  const members = model.communities.map(() => []);
  const parts = (model.data.parts || []).map(() => []);
  const partOf = model.data.partOf || [];
  for (let i = 0; i < model.plainCount; i++) {
    if (model.community[i] >= 0 && KINDS[model.kind[i]] !== "tag") members[model.community[i]].push(i);
    if (partOf[i] >= 0 && parts.length) parts[partOf[i]].push(i);
  }
  members.forEach((inside, at) => add(inside, model.communities[at][0], at, false));
  parts.forEach((inside, at) => add(inside, model.data.parts[at][0], model.data.parts[at][1], true));
  return found.sort((a, b) => Number(a.part) - Number(b.part) || b.size - a.size);
}

/** The lines of a region's name, of about equal length. */
function linesOf(name, most) {
  const wide = [...name].filter(isWide).length > name.length / 3;
  const parts = name.split(", ").flatMap((part, at, all) => {
    const words = at < all.length - 1 ? part + "," : part;
    const text = short(wide ? words : words.toLocaleUpperCase(), wide ? 28 : 34);
    return text.length > most && !wide ? parted(text) ?? [text] : [text];
  });
  return parts.slice(0, MOST_LINES);
}

/** Labels of regions that have room. `room`: the grid of labels.js; names of regions take theirs before those of nodes. */
export function placeRegions(pen, view, regions, room) {
  const placed = [];
  const window = Math.min(view.width, view.height);
  for (const region of regions) {
    const reach = region.reach * view.k;
    const isWhole = reach < window * 0.62;
    // A large region near by is named by its parts.
    if (region.part ? !regions.some((other) => !other.part && other.at === region.at && other.reach * view.k >= window * 0.3) || reach > window * 0.7 : !isWhole) continue;
    if (reach < LEAST) continue;
    const x = (region.x - view.x) * view.k + view.width / 2;
    const y = (region.y - view.y) * view.k + view.height / 2;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const size = Math.round(Math.min(region.part ? 17 : 24, Math.max(11, 7.5 + reach * 0.062)));
    const lines = linesOf(region.name, Math.max(10, Math.round((reach * 2) / (size * 0.72))));
    if (region.note) lines.push(region.note);
    const spacing = [...region.name].some(isWide) ? 0.04 : SPACED;
    const broad = lines.map((text) => widthOf(pen, text, size, true, spacing));
    const half = Math.max(...broad) / 2;
    const tall = lines.length * (size + 3);
    let best = null;
    let least = Infinity;
    for (const off of [0, -0.2, 0.2, -0.4, 0.4, -0.6, 0.6, -0.85, 0.85]) {
      for (const aside of off ? [0] : [0, -0.4, 0.4]) {
        const [cx, top] = [x + aside * reach, y + off * reach - tall / 2];
        const box = [cx - half - 4, top - 2, cx + half + 4, top + tall + 2];
        const cost = room.covered(box, NONE, 0.9) + Math.abs(off) * 40 + Math.abs(aside) * 22;
        if (cost < least) [best, least] = [{ cx, top, box }, cost];
      }
    }
    if (!best) continue;
    room.sweep(best.box, 3);
    lines.forEach((text, i) => placed.push({ node: -1, region: region.at, text, x: best.cx, y: best.top + i * (size + 3), size, bold: true, width: broad[i], spacing, line: null }));
  }
  return placed;
}

const NONE = new Set();
