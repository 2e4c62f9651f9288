// @ts-check
// A short look at a note, beside what points at it.

import { h } from "../dom.js";
import { KINDS } from "../kinds.js";
import { byId, details, model } from "../page.js";
import { pictureExcerpt } from "./picture_text.js";
import { glance } from "./render.js";

const WAIT = 380; // milliseconds that the pointer rests before the look opens
let timer = 0;

/** Show the first words of a node beside an element or a box of the window, when the pointer stays. */
export function peekSoon(node, where) {
  clearTimeout(timer);
  timer = setTimeout(() => peek(node, where), WAIT);
}

export function hidePeek() {
  clearTimeout(timer);
  byId("peek").hidden = true;
}

function peek(node, where) {
  const box = where instanceof Element ? where.getBoundingClientRect() : where;
  const popup = byId("peek");
  const source = details().thumbs?.[node];
  const isNote = KINDS[model.kind[node]] === "note";
  const words = isNote ? [glance(node)].filter((body) => body.hasChildNodes()) : [source ? h("img", { src: source, alt: "" }) : null, pictureExcerpt(node)].filter(Boolean);
  if (!words.length) return;
  popup.replaceChildren(h("p", { class: "title", dir: "auto" }, model.names[node]), ...words);
  popup.hidden = false;
  const { width, height } = popup.getBoundingClientRect();
  const left = Math.max(8, Math.min(innerWidth - width - 8, box.left));
  const below = box.bottom + 8;
  popup.style.left = left + "px";
  popup.style.top = (below + height < innerHeight - 8 ? below : Math.max(8, box.top - height - 8)) + "px";
}
