// @ts-check
// The pointer: what is under it, and what it does.

import { choose, localAround, narrow, openCommunity, select } from "./actions.js";
import { camera, moveTo, zoom } from "./camera.js";
import { hitGrid } from "./geometry.js";
import { KINDS } from "./kinds.js";
import { model, root } from "./page.js";
import { hidePeek, peekSoon } from "./reader/peek.js";
import { onChange, set, state } from "./state.js";

const pointers = new Map();
let press = null;
const placeOf = (event) => {
  const box = root.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
let hit = null; // made anew when the pointer asks
onChange(["shown"], () => (hit = null));

const clicked = (node) => (node >= 0 ? choose(node, {}) : select(node));
const opened = (node) => (KINDS[model.kind[node]] === "community" ? openCommunity(node) : KINDS[model.kind[node]] === "pairs" ? narrow({ pairs: true }, { fit: true }) : localAround(node));

/** The node at a point of the window, or -1. */
const under = (px, py) => {
  const { view } = state;
  hit ??= hitGrid(model, state.shown);
  return hit(view.x + (px - view.width / 2) / view.k, view.y + (py - view.height / 2) / view.k, 5 / view.k);
};
/** Answer to mouse, pen and fingers from now on. */
export function followPointer() {
  root.addEventListener("pointerdown", (event) => {
    hidePeek();
    if (event.button > 0) return;
    root.focus({ preventScroll: true });
    const [x, y] = placeOf(event);
    pointers.set(event.pointerId, [x, y]);
    root.setPointerCapture(event.pointerId);
    press = { x, y, moved: false };
    camera.flight = null;
  });
  root.addEventListener("pointermove", (event) => {
    const [x, y] = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const node = under(x, y);
      if (node !== state.hovered) {
        set({ hovered: node });
        root.classList.toggle("over", node >= 0);
        hidePeek();
        if (node >= 0 && event.pointerType === "mouse") peekSoon(node, new DOMRect(event.clientX + 14, event.clientY - 14, 0, 28));
      }
      return;
    }
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(x - other[0], y - other[1]);
      if (was > 0) zoom(is / was, (x + other[0]) / 2, (y + other[1]) / 2);
    }
    if (press && (press.moved || Math.hypot(x - press.x, y - press.y) > 4)) {
      press.moved = true;
      root.classList.add("dragging");
      camera.isByHand = true;
      const { view } = state;
      moveTo(view.x - (x - before[0]) / view.k / pointers.size, view.y - (y - before[1]) / view.k / pointers.size, view.k, { fly: false });
    }
    pointers.set(event.pointerId, [x, y]);
  });
  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    root.classList.remove("dragging");
    if (event.type === "pointerup" && press && !press.moved) clicked(under(...placeOf(event)));
    if (!pointers.size) press = null;
  };
  root.addEventListener("pointerup", release);
  root.addEventListener("pointercancel", release);
  root.addEventListener("pointerleave", () => {
    hidePeek();
    if (state.hovered < 0) return;
    set({ hovered: -1 });
  });
  root.addEventListener("dblclick", (event) => {
    const node = under(...placeOf(event));
    if (node >= 0) opened(node);
    else {
      const [x, y] = placeOf(event);
      zoom(1.8, x, y, true);
    };
  });
  root.addEventListener("wheel", (event) => {
    event.preventDefault();
    camera.flight = null;
    const unit = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1;
    zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * unit)) * 0.0022), ...placeOf(event));
  }, { passive: false });
}
