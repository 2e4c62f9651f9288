// @ts-check
// What the page holds compressed: details for the cards, and the notes' texts. It is read once, after the first picture.

import { fold } from "./model.js";
import { byId, data, model, setDetails } from "./page.js";
import { bytesOf, inflated } from "./reader/binary.js";
import { bunzipped } from "./reader/bunzip.js";
import { set } from "./state.js";

/** @type {string[] | null} */
let texts = null; // of each note, in order of nodes, then of pictures
/** @type {Map<number, number>} */
export const places = new Map(); // node -> its place in `texts`
/** @type {(string | undefined)[]} */
export const folded = [];
let loading = null;
let loadingDetails = null;

/** Resolves when the browser has read the whole page. */
const readToEnd = () => new Promise((done) => {
  if (document.readyState !== "loading") done(undefined);
  else document.addEventListener("DOMContentLoaded", done, { once: true });
});

/** Read what cards say besides texts; resolves when it is there. */
export function loadDetails() {
  return (loadingDetails ??= (async () => {
    await readToEnd();
    const held = byId("details-data");
    setDetails(JSON.parse(await inflated(bytesOf(held.textContent, Number(held.dataset.size)))));
    held.textContent = "";
    set({ hasDetails: true });
  })());
}

/** Lets the browser draw and answer; unlike a timer it is not slowed down in a page behind others. */
const pause = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
});
const WORK = 8; // milliseconds of work before others have their turn

/** The text that bzip2 packed. */
async function unzipped(bytes) {
  const decoder = new TextDecoder();
  const parts = [];
  let since = performance.now();
  for (const part of bunzipped(bytes)) {
    if (part.length) parts.push(decoder.decode(part, { stream: true }));
    if (performance.now() - since > WORK) {
      await pause();
      since = performance.now();
    }
  }
  return parts.join("") + decoder.decode();
}

/** Read all texts; resolves when they are there. Does nothing on a page without texts. */
export function loadTexts() {
  if (data.text === "none") return Promise.resolve();
  return (loading ??= (async () => {
    await readToEnd();
    const held = byId("texts-data");
    const bytes = bytesOf(held.textContent, Number(held.dataset.size));
    const read = held.dataset.form === "bzip2" ? await unzipped(bytes) : await inflated(bytes);
    let at = 0;
    for (let i = 0; i < model.plainCount; i++) if (model.kind[i] === 0) places.set(i, at++);
    for (const picture of data.pictureTexts ?? []) places.set(picture, at++);
    texts = read.split("\0");
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
