// @ts-check
// The text on pictures, shown as what it is: read from a picture, not written in the note.

import { h } from "../dom.js";
import { data, model } from "../page.js";
import { textOf } from "../texts.js";

const EXCERPT = 180; // characters

/** Whether the page holds the text of this picture, and has read it. */
export const hasPictureText = (node) => Boolean(data.pictureTexts?.includes(node) && textOf(node));

/** The whole text of a picture, folded away below it; null for none. */
export function pictureDetails(node) {
  if (!hasPictureText(node)) return null;
  return h("details", { class: "said" }, h("summary", {}, "Text on the picture"), h("span", { class: "lines", dir: "auto" }, textOf(node)));
}

/** The first words on a picture; null for none. */
export function pictureExcerpt(node) {
  if (!hasPictureText(node)) return null;
  const words = textOf(node).replace(/\s+/gu, " ").trim();
  return h("span", { class: "said excerpt", dir: "auto", title: model.names[node] }, h("span", { class: "from" }, "On the picture: "), words.length > EXCERPT ? words.slice(0, EXCERPT).replace(/\s+\S*$/u, "") + "…" : words);
}
