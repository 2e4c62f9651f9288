// @ts-check
// What stands out in a note's text: the words that were sought, the line that was asked for, lines with findings.

import { h } from "../dom.js";
import { card, data, model } from "../page.js";
import { severityMark } from "../panel/rows.js";

/** Words of the search, painted without touching the text, where the browser can. @param {Element} body */
export function highlight(body, ends) {
  const registry = /** @type {any} */ (globalThis.CSS)?.highlights;
  if (!registry) return;
  registry.delete("sought");
  const words = ends.filter((end) => !end.test && end.value).map((end) => end.value);
  if (!words.length) return;
  const ranges = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < 500; node = walker.nextNode()) {
    const text = node.textContent.toLowerCase();
    if (text.length !== node.textContent.length) continue;
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0 && ranges.length < 500; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  registry.set("sought", new /** @type {any} */ (globalThis).Highlight(...ranges));
}

/** The innermost element that begins at a line or last before it. */
function elementAt(body, line) {
  let best = null;
  for (const element of body.querySelectorAll("[data-line]")) if (Number(element.dataset.line) <= line) best = element;
  return best;
}

/** Bring a line of the open note into sight, and make it stand out for a moment. */
export function showLine(line) {
  const body = card.querySelector(".text");
  return bringUp(body && line ? elementAt(body, line) : null);
}

/** Bring a picture of the open note into sight, with its text. */
export function showPicture(node) {
  const element = card.querySelector(`[data-picture="${node}"]`);
  for (const text of element?.querySelectorAll("details") ?? []) text.open = true;
  return bringUp(element);
}

function bringUp(element) {
  if (!element) return false;
  for (let outer = element.closest("details"); outer && card.contains(outer); outer = outer.parentElement.closest("details")) outer.open = true;
  const top = element.getBoundingClientRect().top - card.getBoundingClientRect().top + card.scrollTop;
  card.scrollTop = Math.max(0, top - card.clientHeight * 0.3);
  element.classList.remove("asked");
  requestAnimationFrame(() => element.classList.add("asked"));
  return true;
}

/** Mark the lines that have findings. */
export function markFindings(body, node) {
  const seen = new Map();
  for (const at of model.findingsOf.get(node) || []) {
    const [, code, message, line] = data.findings[at];
    const element = line ? elementAt(body, line) : null;
    if (!element) continue;
    const target = element.tagName === "TABLE" ? element.parentElement : element;
    if (!seen.has(target)) seen.set(target, []);
    if (seen.get(target).length < 5) seen.get(target).push([data.rules[code].severity, message]);
  }
  for (const [element, found] of seen) {
    const mark = h("span", { class: "flag", title: found.map(([, message]) => message).join("\n") }, severityMark(found[0][0]));
    element.classList.add("flagged");
    element.prepend(mark);
  }
}
