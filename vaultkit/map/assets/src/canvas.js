// @ts-check
// Draws nodes and links with Canvas2D, batched. Small maps are drawn anew in each frame. Large ones are a bitmap that the
// browser shifts and stretches while the view moves, and that is drawn sharp in slices at rest.

import { boundsOf } from "./geometry.js";
import { groundNow } from "./lens.js";
import { paintLinks, paintNodes } from "./paint.js";

const AT_ONCE = 600; // visible nodes and links together that one frame can draw without a GPU, with time to spare
const PAD = 60; // world units round the nodes that the ground under them takes
const MARGIN = 0.18; // of the window, drawn beyond each edge so that a small pan shows no gap
const ROUGH = 0.5; // of the screen's pixels a side: the very first picture, sharp as soon as it has been seen

export function createCanvas(host, model) {
  const make = () => {
    const canvas = document.createElement("canvas");
    canvas.className = "base";
    host.append(canvas);
    return canvas;
  };
  let front = make();
  let back = make();
  back.hidden = true;
  let shown = new Uint8Array(model.count).fill(1);
  let list = [];
  let colours = null;
  let ground = null;
  let weight = 0;
  let drawn = null;
  let job = null;
  let timer = 0;
  let latest = null;
  let dirty = true;
  let isFinished = false;
  let later = 0;
  let extent = [0, 0, 0, 0];
  const corner = new Map(); // canvas -> where its left upper corner lay in the window when it was drawn

  function* paint(canvas, view) {
    const ratio = Math.min(view.ratio, weight > 20000 ? 1.25 : 2) * (drawn ? 1 : ROUGH);
    const margin = drawn ? MARGIN : 0; // the first picture comes sooner without
    const pad = ground ? PAD : 12 + 2 / view.k; // corners and rims reach a little beyond the radius
    // The part of the window, in its pixels, on which there is something: less to clear, to copy and to stretch.
    const at = (x, y) => [(x - view.x) * view.k + view.width / 2, (y - view.y) * view.k + view.height / 2];
    const [low, high] = [at(extent[0] - pad, extent[1] - pad), at(extent[2] + pad, extent[3] + pad)];
    const left = Math.floor(Math.max(-margin * view.width, low[0]));
    const top = Math.floor(Math.max(-margin * view.height, low[1]));
    const width = Math.max(1, Math.ceil(Math.min((1 + margin) * view.width, high[0])) - left);
    const height = Math.max(1, Math.ceil(Math.min((1 + margin) * view.height, high[1])) - top);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
    const pen = canvas.getContext("2d");
    const [ox, oy] = at(0, 0);
    pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (ox - left), ratio * (oy - top));
    const world = (px, py) => [(px - view.width / 2) / view.k + view.x, (py - view.height / 2) / view.k + view.y];
    const box = [...world(left, top), ...world(left + width, top + height)];
    if (ground) {
      pen.globalAlpha = colours.halo * (ground.strength ?? 1);
      pen.drawImage(ground.image, ...ground.box);
      pen.globalAlpha = 1;
    }
    yield;
    const isWhole = extent[0] >= box[0] && extent[1] >= box[1] && extent[2] <= box[2] && extent[3] <= box[3];
    yield* paintLinks(pen, model, colours, shown, view.k, isWhole ? null : box);
    const { x, y, radius } = model;
    const inside = isWhole ? list : list.filter((i) => {
      const r = radius[i] + 2 / view.k;
      return x[i] + r > box[0] && x[i] - r < box[2] && y[i] + r > box[1] && y[i] - r < box[3];
    });
    yield* paintNodes(pen, model, colours, inside, view.k);
    corner.set(canvas, [left, top]);
  }

  function settle(view) {
    drawn = { ...view, corner: corner.get(front) };
    shift(latest || view);
  }

  function shift(view) {
    if (!drawn) return;
    const scale = view.k / drawn.k;
    const [left, top] = drawn.corner;
    const x = view.width / 2 + (drawn.x - view.x) * view.k + (left - drawn.width / 2) * scale;
    const y = view.height / 2 + (drawn.y - view.y) * view.k + (top - drawn.height / 2) * scale;
    front.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  function work(budget) {
    const end = performance.now() + budget;
    while (job) {
      if (job.steps.next().done) {
        const view = job.view;
        job = null;
        [front, back] = [back, front];
        front.hidden = false;
        back.hidden = true;
        settle(view);
        return;
      }
      if (performance.now() > end) return;
    }
  }

  const isAt = (a, b) => a && a.k === b.k && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.ratio === b.ratio;

  function sharpen(moving) {
    if (!job && latest && (dirty || !isAt(drawn, latest))) {
      dirty = false;
      job = { view: { ...latest }, steps: paint(back, latest) };
    }
    work(moving ? 4 : 11);
    if (job && !moving) requestAnimationFrame(() => sharpen(false));
  }

  /** What the first picture does not wait for: the ground under the communities, and all the screen's pixels. */
  function finish() {
    isFinished = true;
    ground = groundNow(colours, shown, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
    dirty = true;
    job = null; // it was begun without the ground
    if (latest) renderer.look(latest, false);
  }

  const renderer = {
    apply(next) {
      shown = next.shown;
      colours = next.colours;
      extent = boundsOf(model, shown) ?? [0, 0, 0, 0];
      list = [];
      for (let i = model.count - 1; i >= 0; i--) if (shown[model.order[i]]) list.push(model.order[i]); // large ones above
      weight = list.length;
      for (let i = 0; i < model.links; i++) weight += shown[model.source[i]] & shown[model.target[i]];
      dirty = true;
      job = null;
      clearTimeout(later);
      if (isFinished) later = setTimeout(finish);
    },
    finish,
    look(view, moving) {
      latest = { ...view };
      clearTimeout(timer);
      if (weight <= AT_ONCE || (dirty && !drawn)) {
        for (const _ of paint(front, view));
        settle(view);
        dirty = false;
        return;
      }
      shift(view);
      if (!dirty && !job && isAt(drawn, view)) return;
      if (job && !moving && !isAt(job.view, view)) job = null;
      timer = setTimeout(() => sharpen(false), moving ? 110 : 0);
    },
  };
  return renderer;
}
