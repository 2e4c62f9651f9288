// @ts-check
// The notes' texts, which the page holds compressed. They are read once, after the first picture.

import { fold } from "./model.js";
import { data, model } from "./page.js";
import { bytesOf, inflated } from "./reader/binary.js";
import { set } from "./state.js";

/** @type {string[] | null} */
let texts = null; // of each note, in order of nodes, then of pictures
/** @type {Map<number, number>} */
export const places = new Map(); // node -> its place in `texts`
/** @type {(string | undefined)[]} */
export const folded = [];
let loading = null;

/** Read all texts; resolves when they are there. Does nothing on a page without texts. */
export function loadTexts() {
  if (data.text === "none") return Promise.resolve();
  return (loading ??= (async () => {
    if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    const held = document.getElementById("texts-data");
    const whole = await inflated(bytesOf(held.textContent, Number(held.dataset.size)));
    let at = 0;
    for (let i = 0; i < model.plainCount; i++) if (model.kind[i] === 0) places.set(i, at++);
    for (const picture of data.pictureTexts ?? []) places.set(picture, at++);
    texts = whole.split("\0");
    held.textContent = "";
    set({ hasTexts: true });
  })());
}

/** The text of a note, or the text on a picture; "" for other nodes and while texts are being read. */
export const textOf = (node) => texts?.[places.get(node) ?? -1] ?? "";

/** The text of a note or picture for searching: folded case and compatibility forms. Made when it is first asked for. */
export function foldedText(node) {
  const at = places.get(node);
  if (texts === null || at === undefined) return "";
  return (folded[at] ??= fold(texts[at]));
}
