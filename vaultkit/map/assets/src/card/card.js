// @ts-check
// The card of a chosen node: what it is, its text, and what it has to do with others.

import { select } from "../actions.js";
import { colourOf } from "../colours.js";
import { h, icon, ICONS, plural } from "../dom.js";
import { KINDS } from "../kinds.js";
import { neighbours } from "../model.js";
import { active, card, data, details, model, root } from "../page.js";
import { swatch } from "../panel/rows.js";
import { dayText } from "../panel/time.js";
import { highlight, markFindings } from "../reader/marks.js";
import { hasPictureText, pictureExcerpt } from "../reader/picture_text.js";
import { noteElement } from "../reader/render.js";
import { state } from "../state.js";
import { textOf } from "../texts.js";
import { actions, cardBar, facts, findingList } from "./facts.js";
import { linkSections } from "./links.js";

const KIND_OF = { note: "Note", unresolved: "Linked, not yet written", missing: "Missing file", tag: "Tag", image: "Picture", pdf: "PDF", audio: "Sound", video: "Video", other: "File", canvas: "Canvas", base: "Base", pairs: "Notes whose only link is a missing file" };

export function kindText(node) {
  const kind = KINDS[model.kind[node]];
  return kind === "community" ? `Community of ${plural(data.communities[model.community[node]]?.[3] ?? 0, "node")}` : KIND_OF[kind];
}

export function redrawCard() {
  const focusable = () => [...card.querySelectorAll("h2, button, a")];
  const [at, top] = [focusable().indexOf(active()), card.scrollTop];
  drawCard(state.selected, state.finding);
  if (at >= 0) focusable()[at]?.focus({ preventScroll: true });
  card.scrollTop = top;
}

/** Fill the card. current: the finding that is stepped to, or -1. */
export function drawCard(node, current = -1) {
  const kind = KINDS[model.kind[node]];
  const isFile = !["tag", "unresolved", "missing", "community", "pairs"].includes(kind);
  const folder = isFile ? data.folders[model.folder[node]] : "";
  const time = model.time.has(node) ? ` · ${dayText(model.time.get(node))}` : "";
  const findings = findingList(node, current);
  const links = linkSections(node, kind);
  const text = textSections(node, kind);
  const isRepair = current >= 0 || state.lens === "repair";
  const sections = [...(isRepair ? findings : []), ...cardBar(node), ...text, ...(isRepair ? [] : findings), ...links];
  card.replaceChildren(
    h("header", {}, h("h2", { tabIndex: -1, dir: "auto" }, model.names[node]), sizeButton(),
      h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => { select(-1); root.focus(); } }, icon(...ICONS.close))),
    h("p", { class: "where" }, swatch(kind, colourOf(model, state.colours, node)), h("span", {}, kindText(node) + (folder ? ` in ${folder}` : "") + time)),
    ...facts(node, kind), actions(node, kind), contents(sections), ...sections);
  card.hidden = false;
  card.scrollTop = 0;
  const body = card.querySelector(".text");
  if (body) {
    if (state.showFindings) markFindings(body, node);
    highlight(body, state.ends);
  }
  card.querySelector(".finding.current")?.scrollIntoView({ block: "nearest" });
}

/** On a narrow window the card can be made larger. */
function sizeButton() {
  const button = h("button", { type: "button", class: "size", "aria-label": "Larger", "aria-pressed": String(card.classList.contains("tall")), onclick: () => {
    button.setAttribute("aria-pressed", String(card.classList.toggle("tall")));
  } }, icon("M4 10l4-4 4 4"));
  return button;
}

/** Buttons that lead to the card's sections; none for a short card. */
function contents(sections) {
  const titles = sections.filter((section) => section.dataset?.title);
  if (titles.length < 2) return "";
  return h("nav", { class: "contents", "aria-label": "Parts of the card" }, ...titles.map((section) => h("button", { type: "button", class: "chip", onclick: () => {
    card.scrollTop = section.getBoundingClientRect().top - card.getBoundingClientRect().top + card.scrollTop - card.querySelector("header").offsetHeight;
  } }, section.dataset.title)));
}

/** The text, or what the page holds of it. */
function textSections(node, kind) {
  const { thumbs, headings } = details();
  const found = [];
  if (kind === "note" && data.text === "full") {
    const body = state.hasTexts ? noteElement(node) : h("p", { class: "hint" }, "Reading the text…");
    if (body.hasChildNodes()) found.push(h("section", { class: "reading", "data-title": "Text", "aria-label": "Text" }, body));
  } else if (kind === "note" && data.text === "preview" && state.hasTexts) {
    const body = noteElement(node);
    if (body.hasChildNodes()) found.push(body);
  }
  const isRead = kind === "note" && data.text === "full";
  const pictures = [node, ...(isRead ? [] : neighbours(model, node, "out"))].filter((other) => thumbs?.[other]).slice(0, 6);
  if (pictures.length) found.push(h("div", { class: "thumbs" }, ...pictures.map((other) => h("button", { type: "button", title: model.labels[other], onclick: () => select(other, { centre: true }) }, h("img", { src: thumbs[other], alt: model.labels[other] })))));
  if (kind !== "note" && hasPictureText(node)) {
    found.push(h("section", { class: "reading", "data-title": "Text", "aria-label": "Text on the picture" }, h("h3", {}, "Text on the picture"), h("div", { class: "text said" }, h("p", { class: "lines", dir: "auto" }, textOf(node)))));
  } else if (!isRead) {
    const said = (model.picturesOf.get(node) ?? []).slice(0, 6).map((other) => [other, pictureExcerpt(other)]).filter(([, text]) => text);
    found.push(...said.map(([other, text]) => h("p", { class: "pictured", "data-picture": other }, text)));
  }
  if (headings?.[node]) {
    found.push(h("section", { "data-title": "Headings" }, h("h3", {}, "Headings"), h("ul", { class: "rows outline" }, ...headings[node].map(([level, text]) => h("li", { class: "hint", dir: "auto", style: { paddingInlineStart: (level - 1) * 12 + "px" } }, text)))));
  }
  return found;
}
