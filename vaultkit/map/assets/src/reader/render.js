// @ts-check
// A note as elements of the page. Every word reaches the document as a text node; no address is asked for.

import { choose, searchFor } from "../actions.js";
import { hashFor } from "../address.js";
import { h } from "../dom.js";
import { KINDS } from "../kinds.js";
import { details, model } from "../page.js";
import { textOf } from "../texts.js";
import { blocksOf } from "./blocks.js";
import { inlineOf, wordsOf } from "./inline.js";
import { mathOf } from "./math.js";
import { hidePeek, peekSoon } from "./peek.js";
import { pictureDetails, pictureExcerpt } from "./picture_text.js";
import { targetOf } from "./resolve.js";

const MOST_BLOCKS = 4000; // of one note; what follows is named, not drawn
const MOST_NESTED = 2; // notes embedded in notes
const SHORT = 200; // characters of a look that leave room for the words on a picture

/**
 * Where a note is rendered: the note, the notes that embed it, and how many blocks are left.
 * @typedef {{node: number, within: number[], left: {blocks: number}, isGlance?: boolean}} Place
 */

/** A whole note, or the part under a heading or block id. */
export function noteElement(node, subpath = "", within = []) {
  const place = { node, within, left: { blocks: MOST_BLOCKS } };
  const blocks = blocksOf(textOf(node));
  const own = subpath ? part(blocks, subpath, textOf(node)) : blocks;
  const body = h("div", { class: "text", dir: "auto" }, ...elements(own, place));
  if (place.left.blocks < 0) body.append(h("p", { class: "hint" }, "The rest of this note is too long to be shown here."));
  return body;
}

/** The first blocks of a note, for a short look. */
export function glance(node, most = 3) {
  const blocks = blocksOf(textOf(node).slice(0, 3000)).filter((block) => block.type !== "properties" && !(block.type === "heading" && block.level === 1));
  const body = h("div", { class: "text" }, ...elements(blocks.slice(0, most), { node, within: [node, node, node], left: { blocks: 12 }, isGlance: true }));
  if (body.textContent.length < SHORT && !body.querySelector(".said")) {
    const said = pictureExcerpt(model.picturesOf.get(node)?.[0]);
    if (said) body.append(h("p", {}, said));
  }
  return body;
}

const headingWords = (text) => wordsOf(inlineOf(text)).trim().toLowerCase();

/** The blocks under a heading, or the block with an id. */
function part(blocks, subpath, text) {
  if (subpath.startsWith("^")) {
    const line = text.split("\n").findIndex((words) => words.trimEnd().endsWith(subpath)) + 1;
    const at = blocks.findLastIndex((block) => block.line <= line);
    return line && at >= 0 ? [blocks[at]] : blocks;
  }
  const wanted = headingWords(subpath.split("#").at(-1));
  const from = blocks.findIndex((block) => block.type === "heading" && headingWords(block.text) === wanted);
  if (from < 0) return blocks;
  const until = blocks.findIndex((block, at) => at > from && block.type === "heading" && block.level <= blocks[from].level);
  return blocks.slice(from, until < 0 ? undefined : until);
}

/** The line of a heading or block id in a note; 0 for none. */
function lineOf(node, subpath) {
  const text = textOf(node);
  if (subpath.startsWith("^")) return text.split("\n").findIndex((words) => words.trimEnd().endsWith(subpath)) + 1;
  const wanted = headingWords(subpath.split("#").at(-1));
  return blocksOf(text).find((block) => block.type === "heading" && headingWords(block.text) === wanted)?.line ?? 0;
}

function elements(blocks, place) {
  const made = [];
  for (const block of blocks) {
    if (place.left.blocks-- <= 0) break;
    const element = blockElement(block, place);
    element.dataset.line = block.line;
    made.push(element);
  }
  return made;
}

function blockElement(block, place) {
  switch (block.type) {
    case "heading": return h(`h${Math.min(6, block.level + 2)}`, { class: `level${block.level}` }, ...inline(block.text, place));
    case "code": return h("pre", { tabIndex: 0, "aria-label": block.language ? `Code, ${block.language}` : "Code" }, h("code", {}, block.text));
    case "math": return h("p", { class: "formula" }, ...formulaParts(block.text));
    case "rule": return h("hr", {});
    case "quote": return h("blockquote", {}, ...elements(block.blocks, place));
    case "callout": return calloutElement(block, place);
    case "list": return listElement(block, place);
    case "table": return tableElement(block, place);
    case "properties": return propertyList(block, place);
    case "footnote": return h("p", { class: "footnote" }, h("sup", {}, block.id), " ", ...block.blocks.flatMap((inner) => (inner.text ? inline(inner.text, place) : elements([inner], place))));
    default: return h("p", {}, ...inline(block.text, place));
  }
}

function calloutElement(block, place) {
  const title = block.title || block.kind[0].toUpperCase() + block.kind.slice(1);
  const kind = CALLOUTS[block.kind] ?? "note";
  if (!block.fold) return h("div", { class: `callout ${kind}` }, h("p", { class: "title" }, ...inline(title, place)), ...elements(block.blocks, place));
  return h("details", { class: `callout ${kind}`, open: block.fold === "+" }, h("summary", { class: "title" }, ...inline(title, place)), ...elements(block.blocks, place));
}

const CALLOUTS = {
  warning: "warn", caution: "warn", attention: "warn", danger: "bad", error: "bad", bug: "bad", failure: "bad", fail: "bad", missing: "bad",
  success: "good", check: "good", done: "good", tip: "good", hint: "good", important: "good", quote: "quiet", cite: "quiet",
};

function listElement(block, place) {
  const items = block.items.map((item) => {
    const inner = item.blocks.length === 1 && item.blocks[0].type === "paragraph" ? inline(item.blocks[0].text, place)
      : item.blocks.flatMap((one, at) => (at === 0 && one.type === "paragraph" ? inline(one.text, place) : elements([one], place)));
    const box = item.task === undefined ? null : h("input", { type: "checkbox", checked: item.task !== " ", disabled: true, "aria-label": item.task === " " ? "To do" : "Done" });
    const element = h("li", { class: box ? "task" : null }, box, ...inner);
    element.dataset.line = item.line;
    return element;
  });
  return block.isOrdered ? h("ol", { start: block.start }, ...items) : h("ul", {}, ...items);
}

function tableElement(block, place) {
  const cell = (name) => (text, column) => h(name, { class: block.align[column] ? `to-${block.align[column]}` : null, scope: name === "th" ? "col" : null }, ...inline(text, place));
  return h("div", { class: "wide", tabIndex: 0, role: "group", "aria-label": "Table" }, h("table", {}, h("thead", {}, h("tr", {}, ...block.head.map(cell("th")))), h("tbody", {}, ...block.rows.slice(0, 400).map((row) => h("tr", {}, ...row.map(cell("td")))))));
}

function propertyList(block, place) {
  return h("details", { class: "properties" }, h("summary", {}, "Properties"), h("dl", {}, ...block.rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, ...inline(value, place))])));
}

function formulaParts(latex) {
  return mathOf(latex).flatMap(([words, where]) => words.split("\n").flatMap((line, at) => [at ? h("br", {}) : null, where ? h(where, {}, line) : line])).filter((part) => part !== null && part !== "");
}

const inline = (text, place) => tokensToElements(inlineOf(text), place);
const tokensToElements = (tokens, place) => tokens.map((token) => tokenElement(token, place));

function tokenElement(token, place) {
  switch (token.type) {
    case "text": return token.text;
    case "break": return h("br", {});
    case "code": return h("code", {}, token.text);
    case "math": return h("span", { class: token.isDisplay ? "formula" : "math" }, ...formulaParts(token.text));
    case "mark": return h(token.mark, {}, ...tokensToElements(token.children, place));
    case "tag": return h("button", { type: "button", class: "tag", title: "Search for this tag", onclick: () => searchFor(`tag:${token.text}`) }, token.text);
    case "footnote": return h("sup", {}, token.id);
    case "url": return outward(token, place);
    case "picture": return outward({ ...token, children: [{ type: "text", text: token.words || token.href }] }, place);
    case "embed": return embedElement(token, place);
    case "link": return noteLink(token, place);
    default: return "";
  }
}

/** A link out of the vault: to http and https only, without a word of where it came from. */
function outward(token, place) {
  const inner = tokensToElements(token.children, place);
  if (!/^https?:\/\//i.test(token.href)) return h("span", { class: "outward", title: token.href }, ...inner);
  return h("a", { class: "outward", href: token.href, target: "_blank", rel: "noreferrer noopener", title: token.href }, ...inner);
}

function noteLink(token, place) {
  const { node, subpath } = targetOf(place.node, token.target);
  const inner = token.children?.length ? tokensToElements(token.children, place) : [token.words || token.target.replace(/^#\^?/, "").replace(/#\^?/g, " > ")];
  if (node < 0) return h("span", { class: "gone", title: `${token.target} is not on the map` }, ...inner);
  const isGone = KINDS[model.kind[node]] === "unresolved" || KINDS[model.kind[node]] === "missing";
  return h("a", {
    class: isGone ? "inward gone" : "inward", href: hashFor(node),
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      hidePeek();
      choose(node, { centre: true, line: subpath ? lineOf(node, subpath) : 0, focus: event.detail === 0 });
    },
    onpointerenter: (event) => event.pointerType === "mouse" && peekSoon(node, event.currentTarget),
    onpointerleave: hidePeek,
    onblur: hidePeek,
  }, ...inner);
}

const PICTURES = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i;

function embedElement(token, place) {
  const { node, subpath } = targetOf(place.node, token.target);
  const name = token.target;
  if (node < 0) return h("span", { class: "gone" }, name);
  const source = details().thumbs?.[node];
  const words = token.words && !/^\d+(?:x\d+)?$/.test(token.words) ? token.words : model.names[node];
  const open = () => choose(node, { centre: true });
  if (source) return withText(h("button", { type: "button", class: "picture", title: words, onclick: open }, h("img", { src: source, alt: words })), node, place);
  const isNote = KINDS[model.kind[node]] === "note";
  if (!isNote) {
    const kind = KINDS[model.kind[node]] === "missing" ? "Missing file" : PICTURES.test(name) ? "Picture" : "File";
    return withText(h("button", { type: "button", class: "attachment", onclick: open }, `${kind}: ${words}`), node, place);
  }
  if (place.within.length >= MOST_NESTED || place.within.includes(node) || node === place.node) return noteLink({ ...token, words: token.words || model.names[node] }, place);
  const blocks = subpath ? part(blocksOf(textOf(node)), subpath, textOf(node)) : blocksOf(textOf(node));
  const inner = elements(blocks.filter((block) => block.type !== "properties"), { node, within: [...place.within, place.node], left: place.left });
  for (const element of inner) delete element.dataset.line;
  return h("div", { class: "embedded" }, h("p", { class: "title" }, noteLink({ ...token, words: token.words || model.names[node] }, place)), ...inner);
}

/** A picture with the text on it, where the page has that. */
function withText(picture, node, place) {
  const said = place.isGlance ? pictureExcerpt(node) : pictureDetails(node);
  return said ? h("span", { class: "pictured", "data-picture": node }, picture, said) : picture;
}
