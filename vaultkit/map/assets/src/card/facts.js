// @ts-check
// What a card says of its node besides its text and links.

import { localAround, narrow, openCommunity, select } from "../actions.js";
import { h, number, plural } from "../dom.js";
import { KINDS } from "../kinds.js";
import { pathOf, tagsOf } from "../model.js";
import { announce, data, model } from "../page.js";
import { build, parts } from "../panel/build.js";
import { drawPath } from "../panel/path.js";
import { severityMark } from "../panel/rows.js";
import { holdsText } from "../panel/sections.js";
import { blocksOf } from "../reader/blocks.js";
import { showLine } from "../reader/marks.js";
import { set, state } from "../state.js";
import { textOf } from "../texts.js";

const MOST_FINDINGS = 60; // in the card at a time; a note can have thousands

export function facts(node, kind) {
  const found = [];
  if (model.names[node] !== model.labels[node]) found.push(h("p", { class: "where" }, `Written as ${model.labels[node]}`));
  const bridge = (data.bridges || []).find(([at]) => at === node);
  if (bridge) found.push(h("p", { class: "where" }, `A bridge: ${holdsText(bridge[1])} to the rest of the vault`));
  const aliases = model.aliases.get(node);
  if (aliases) found.push(h("p", { class: "where" }, "Also: " + aliases.join(", ")));
  const tags = tagsOf(model, node);
  if (kind === "note" && tags.length) {
    found.push(h("div", { class: "chips" }, ...tags.map((tag) => h("button", { type: "button", class: "chip", title: "Show only notes with this tag", onclick: () => narrow({ tags: [tag] }, { fit: true }) }, h("span", { class: "name", dir: "auto" }, model.labels[tag])))));
  }
  return found;
}

const encode = (text) => encodeURIComponent(text.isWellFormed?.() === false ? text.toWellFormed() : text);

/** The address that opens a note in Obsidian, at a heading where one is given. */
const obsidianLink = (node, heading = "") => `obsidian://open?vault=${encode(data.vault)}&file=${encode(pathOf(model, node) + (heading ? `#${heading}` : ""))}`;

export function actions(node, kind) {
  const made = [];
  const button = (label, onclick) => h("button", { type: "button", class: "plain", onclick }, label);
  if (!["tag", "unresolved", "missing", "community", "pairs"].includes(kind)) made.push(h("a", { class: "open", href: obsidianLink(node), rel: "noreferrer" }, "Open in Obsidian"));
  if (kind === "community") return h("div", { class: "actions" }, button("Open it", () => openCommunity(node)));
  if (kind === "pairs") return h("div", { class: "actions" }, button("Show each of them", () => { select(-1); narrow({ pairs: true }, { fit: true }); }));
  made.push(button("Local graph", () => localAround(node)), button("Path from here", () => {
    build();
    parts.path.element.open = true;
    set({ picking: "to", pathEnds: { ...state.pathEnds, from: node } });
    drawPath();
    announce("Choose the note at the other end");
  }));
  return h("div", { class: "actions" }, ...made);
}

/** A text for a shell, in quotes where it needs them. */
const quoted = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

/** Put a text on the clipboard and say so. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    const field = h("textarea", { value: text, class: "unseen", "aria-hidden": "true" }); // a page from a file may have no clipboard
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce(`Copied ${what}`);
}

/** The heading under which a line is. */
function headingAt(node, line) {
  const before = blocksOf(textOf(node)).filter((block) => block.type === "heading" && block.line <= line);
  return before.at(-1)?.text ?? "";
}

export function findingList(node, current) {
  const findings = model.findingsOf.get(node) || [];
  if (!findings.length) return [];
  const from = Math.max(0, Math.min(findings.indexOf(current) - 5, findings.length - MOST_FINDINGS));
  const listed = findings.slice(from, from + MOST_FINDINGS);
  const title = plural(findings.length, "finding");
  const range = listed.length < findings.length ? `, ${number(from + 1)} to ${number(from + listed.length)}` : "";
  return [h("section", { "data-title": title }, h("h3", {}, title + range), h("div", { class: "rows" }, ...listed.map((at) => findingRow(at, at === current))))];
}

function findingRow(at, isCurrent) {
  const [node, code, message, line] = data.findings[at];
  const { name, severity, fix } = data.rules[code];
  const isText = KINDS[model.kind[node]] === "note" && data.text === "full" && line > 0;
  const where = `${line ? `line ${line} · ` : ""}${code} ${name}`;
  const command = `vaultkit check --fix --diff --select ${code} ${quoted(pathOf(model, node))}`;
  const links = [];
  if (isText) links.push(h("button", { type: "button", class: "small", onclick: () => showLine(line) }, "Show in the text"));
  if (isText && state.hasTexts) links.push(h("a", { class: "small", href: obsidianLink(node, headingAt(node, line)), rel: "noreferrer" }, "Open there"));
  if (fix) links.push(h("button", { type: "button", class: "small", title: command, onclick: () => copy(command, "the command") }, "Copy the fix command"));
  return h("div", { class: "finding" + (isCurrent ? " current" : "") }, severityMark(severity), h("p", {}, message, h("span", { class: "count" }, where), links.length ? h("span", { class: "does" }, ...links) : null));
}

export function cardBar(node) {
  const cards = model.cards.get(node);
  if (!cards) return [];
  return [h("h3", {}, `${plural(cards.all, "card")}${cards.empty ? `, ${number(cards.empty)} with an empty side` : ""}`),
    h("div", { class: "bar" }, h("span", { style: { width: `${(100 * cards.empty) / cards.all}%`, background: "var(--empty)" } }), h("span", { style: { width: `${(100 * (cards.all - cards.empty)) / cards.all}%`, background: "var(--answered)" } }))];
}
