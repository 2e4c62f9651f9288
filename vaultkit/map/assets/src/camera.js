// @ts-check
// Where the map is looked at from, and how it gets there.

import { boundsOf } from "./geometry.js";
import { card, model } from "./page.js";
import { invalidate, touch } from "./stage.js";
import { set, state } from "./state.js";

const CLOSEST = 6;
export const still = matchMedia("(prefers-reduced-motion: reduce)");
/** flight: the move under way; fitted: the scale that shows all; whole: the view that showed all of it, if that was the last one asked for;
 * isByHand: a person moved it there, so the address says where it is. */
export const camera = { flight: null, fitted: 1, whole: null, isByHand: false };

/** What the panel and, where one is open, the card cover. */
export function cover(hasCard) {
  const wide = state.view.width > 760;
  const below = wide || !hasCard ? 0 : card.offsetHeight + 68;
  set({ inset: [wide ? 306 : 0, wide ? 0 : 116, wide && hasCard ? card.offsetWidth + 14 : 0, below] });
}

export const screen = (node, view = state.view) => [
  (model.x[node] - view.x) * view.k + view.width / 2,
  (model.y[node] - view.y) * view.k + view.height / 2,
];

export function moveTo(x, y, k, { fly = true } = {}) {
  k = Math.min(CLOSEST, Math.max(camera.fitted / 4, k));
  if (!fly || still.matches) {
    camera.flight = null;
    Object.assign(state.view, { x, y, k });
    touch();
    return;
  }
  camera.flight = { a: { ...state.view }, b: { x, y, k }, from: performance.now(), length: 320 };
  invalidate();
}

export function fit(nodes, /** @type {{closest?: number, fly?: boolean}} */ options = {}) {
  camera.isByHand = false;
  const mask = nodes ? new Uint8Array(model.count) : state.shown;
  if (nodes) for (const node of nodes) mask[node] = state.shown[node];
  const box = boundsOf(model, mask);
  if (!box) return;
  const [left, top, right, bottom] = state.inset;
  const width = Math.max(80, state.view.width - left - right - 60);
  const height = Math.max(80, state.view.height - top - bottom - 70);
  const k = Math.min(width / Math.max(1, box[2] - box[0]), height / Math.max(1, box[3] - box[1]), options.closest ?? 2);
  const [x, y] = [(box[0] + box[2]) / 2 - (left - right) / 2 / k, (box[1] + box[3]) / 2 - (top - bottom) / 2 / k];
  if (!nodes) Object.assign(camera, { fitted: k, whole: { x, y, k } });
  moveTo(x, y, k, options);
}

/** All of it is in sight, or will be where the camera lands. */
export function isWhole() {
  const view = camera.flight?.b ?? state.view;
  const { whole } = camera;
  return whole !== null && view.x === whole.x && view.y === whole.y && view.k === whole.k;
}

export function centre(node, least = 0.9) {
  camera.isByHand = false;
  const k = Math.max(state.view.k, least);
  const [left, top, right, bottom] = state.inset;
  moveTo(model.x[node] - (left - right) / 2 / k, model.y[node] - (top - bottom) / 2 / k, k);
}

/** Move the map by the least that brings a node out from under the panels, with room for its name. */
export function reveal(node) {
  const view = camera.flight?.b ? { ...state.view, ...camera.flight.b } : state.view;
  const [left, top, right, bottom] = state.inset;
  const [x, y] = screen(node, view);
  const room = model.radius[node] * view.k + 44;
  const off = (at, low, high) => (high < low ? at - (low + high) / 2 : at < low ? at - low : at > high ? at - high : 0);
  const dx = off(x, left + room, view.width - right - room);
  const dy = off(y, top + room, view.height - bottom - room);
  if (dx || dy) moveTo(view.x + dx / view.k, view.y + dy / view.k, view.k);
}

export function zoom(factor, px = state.view.width / 2, py = state.view.height / 2, fly = false) {
  camera.isByHand = true;
  const { view } = state;
  const k = Math.min(CLOSEST, Math.max(camera.fitted / 4, view.k * factor));
  const wx = view.x + (px - view.width / 2) / view.k;
  const wy = view.y + (py - view.height / 2) / view.k;
  moveTo(wx - (px - view.width / 2) / k, wy - (py - view.height / 2) / k, k, { fly });
}

export function pan(dx, dy) {
  camera.isByHand = true;
  const { view } = state;
  moveTo(view.x + dx / view.k, view.y + dy / view.k, view.k, { fly: false });
}
