// @ts-check
// The stage: draws frames of the map and what is above it.

import { writeHash } from "./address.js";
import { camera } from "./camera.js";
import { createCanvas } from "./canvas.js";
import { drawOverlay } from "./overlay.js";
import { byId, model } from "./page.js";
import { onChange, set, state } from "./state.js";

export const layer = byId("layer");
const overlay = byId("overlay");
const renderer = createCanvas(layer, model);
let dirty = true;
let stale = true; // more than the view changed since labels and marks were drawn
let adorned = null; // the view for which they were
let moving = false;
let restTimer = 0;
let asked = 0;
let seenRatio = 0;

/** The stage fills the window, whose size is known without a layout. */
export function resize() {
  seenRatio = devicePixelRatio;
  const [width, height, ratio] = [Math.max(1, innerWidth), Math.max(1, innerHeight), Math.min(devicePixelRatio || 1, 2)];
  if (state.view.width === width && state.view.height === height && state.view.ratio === ratio) return;
  Object.assign(state.view, { width, height, ratio });
  if (state.isAdorned) sizeOverlay();
  invalidate();
}

/** Labels, marks and all that the first picture does not wait for. */
export function adorn() {
  set({ isAdorned: true });
  overlay.hidden = false;
  sizeOverlay();
  renderer.finish();
  invalidate();
  followRatio();
}

/** A window moved to another screen keeps its size but not its pixels. */
function followRatio() {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => { resize(); followRatio(); }, { once: true });
}

function sizeOverlay() {
  overlay.width = Math.round(state.view.width * state.view.ratio);
  overlay.height = Math.round(state.view.height * state.view.ratio);
  overlay.style.width = state.view.width + "px";
  overlay.style.height = state.view.height + "px";
}

export function invalidate() {
  stale = true;
  asked ||= requestAnimationFrame(frame);
}

export function touch() { // the view moved
  moving = true;
  clearTimeout(restTimer);
  restTimer = setTimeout(() => { moving = false; invalidate(); rest(); }, 90);
  asked ||= requestAnimationFrame(frame);
}

function frame(now) {
  asked = 0;
  if (!state.colours) return; // the page is still being read
  if (devicePixelRatio !== seenRatio) resize();
  const { flight } = camera;
  if (flight) {
    const t = Math.min(1, (now - flight.from) / flight.length);
    const e = 1 - (1 - t) ** 3;
    const k = Math.exp(Math.log(flight.a.k) + (Math.log(flight.b.k) - Math.log(flight.a.k)) * e);
    Object.assign(state.view, { x: flight.a.x + (flight.b.x - flight.a.x) * e, y: flight.a.y + (flight.b.y - flight.a.y) * e, k });
    if (t === 1) camera.flight = null;
    touch();
  }
  if (dirty) {
    renderer.apply({ shown: state.shown, colours: state.colours });
    dirty = false;
  }
  renderer.look(state.view, moving);
  if (!state.isAdorned || followed()) return;
  stale = false;
  adorned = { ...state.view };
  overlay.style.transform = "";
  drawOverlay(overlay.getContext("2d"), state.view, state.view.ratio);
}

/** Whether labels and marks can follow a small move as they are; text is the dearest thing there is to draw. */
function followed() {
  const { view } = state;
  if (!moving || stale) return false;
  const scale = view.k / adorned.k;
  const x = (view.width / 2) * (1 - scale) + (adorned.x - view.x) * view.k;
  const y = (view.height / 2) * (1 - scale) + (adorned.y - view.y) * view.k;
  const middle = [x - (view.width / 2) * (1 - scale), y - (view.height / 2) * (1 - scale)];
  if (Math.abs(Math.log(scale)) > 0.16 || Math.abs(middle[0]) > view.width * 0.12 || Math.abs(middle[1]) > view.height * 0.12) return false;
  overlay.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  return true;
}

export function draw() { // now, not at the next frame
  cancelAnimationFrame(asked);
  frame(performance.now());
}

/** The address holds where the map is looked at from, once it rests. */
let writeTimer = 0;
function rest() {
  clearTimeout(writeTimer);
  writeTimer = setTimeout(() => { if (state.isBuilt && camera.isByHand && !camera.flight) writeHash({ push: false }); }, 300);
}

/** Nodes, links or their colours are others now: draw all anew. */
export function refresh() {
  dirty = true;
  invalidate();
}

onChange(["shown", "colours", "colourBy"], refresh);
onChange(["selected", "hovered", "focused", "emphasis", "rules", "showLabels", "showCards", "showFindings", "showInfo", "inset", "lens"], invalidate);
addEventListener("resize", resize);
