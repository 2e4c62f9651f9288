// @ts-check
// The card of a chosen node.

import { choose, localAround, narrow, openCommunity, select } from "./actions.js";
import { colourOf } from "./colours.js";
import { h, icon, ICONS, number, plural } from "./dom.js";
import { KINDS } from "./kinds.js";
import { neighbours, pathOf, propertiesBetween, tagsOf } from "./model.js";
import { active, announce, card, data, details, model, root } from "./page.js";
import { build, parts } from "./panel/build.js";
import { drawPath } from "./panel/path.js";
import { nodeRow, row, severityMark, swatch } from "./panel/rows.js";
import { holds } from "./panel/sections.js";
import { dayText } from "./panel/time.js";
import { relatedTo } from "./routes.js";
import { set, state } from "./state.js";

export function redrawCard() {
  const focusable = () => [...card.querySelectorAll("h2, button, a")];
  const [at, top] = [focusable().indexOf(active()), card.scrollTop];
  drawCard(state.selected, state.finding);
  if (at >= 0) focusable()[at]?.focus({ preventScroll: true });
  card.scrollTop = top;
}

const MOST_FINDINGS = 60; // in the card at a time; a note can have thousands
export function drawCard(node, current = -1) {
  const kind = KINDS[model.kind[node]];
  const path = pathOf(model, node);
  const isFile = !["tag", "unresolved", "missing", "community"].includes(kind);
  const folder = isFile ? data.folders[model.folder[node]] : "";
  const kindName = { note: "Note", unresolved: "Linked, not yet written", missing: "Missing file", tag: "Tag", image: "Picture", pdf: "PDF", audio: "Sound", video: "Video", other: "File", canvas: "Canvas", base: "Base", community: `Community of ${plural(data.communities[model.community[node]]?.[3] ?? 0, "node")}` }[kind];
  const content = [
    h("header", {}, h("h2", { tabIndex: -1, dir: "auto" }, model.names[node]), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => { select(-1); root.focus(); } }, icon(...ICONS.close))),
    h("p", { class: "where" }, swatch(kind, colourOf(model, state.colours, node)), h("span", {}, kindName + (folder ? ` in ${folder}` : "") + (model.time.has(node) ? ` · ${dayText(model.time.get(node))}` : ""))),
  ];
  if (model.names[node] !== model.labels[node]) content.push(h("p", { class: "where" }, `Written as ${model.labels[node]}`));
  const bridge = (data.bridges || []).find(([at]) => at === node);
  if (bridge) content.push(h("p", { class: "where" }, `A bridge: ${holds(bridge[1])} to the rest of the vault`));
  const aliases = model.aliases.get(node);
  if (aliases) content.push(h("p", { class: "where" }, "Also: " + aliases.join(", ")));
  const { previews, thumbs, uses, headings, suggested } = details();
  if (previews?.[node]) content.push(h("p", { class: "preview", dir: "auto" }, previews[node]));
  const pictures = [node, ...neighbours(model, node, "out")].filter((other) => thumbs?.[other]).slice(0, 6);
  if (pictures.length) content.push(h("div", { class: "thumbs" }, ...pictures.map((other) => h("button", { type: "button", title: model.labels[other], onclick: () => choose(other) }, h("img", { src: thumbs[other], alt: model.labels[other] })))));
  const tags = tagsOf(model, node);
  if (kind === "note" && tags.length) content.push(h("div", { class: "chips" }, ...tags.map((tag) => h("button", { type: "button", class: "chip", onclick: () => narrow({ tags: [tag] }, { fit: true }) }, h("span", { class: "name", dir: "auto" }, model.labels[tag])))));
  const actions = [];
  if (isFile) {
    actions.push(h("a", { class: "open", href: `obsidian://open?vault=${encode(data.vault)}&file=${encode(path)}`, rel: "noreferrer" }, "Open in Obsidian"));
  }
  if (kind === "community") actions.push(h("button", { type: "button", class: "plain", onclick: () => openCommunity(node) }, "Open it"));
  else actions.push(h("button", { type: "button", class: "plain", onclick: () => localAround(node) }, "Local graph"));
  if (kind !== "community") actions.push(h("button", { type: "button", class: "plain", onclick: () => {
    build();
    parts.path.element.open = true;
    set({ picking: "to", pathEnds: { ...state.pathEnds, from: node } });
    drawPath();
    announce("Choose the note at the other end");
  } }, "Path from here"));
  content.push(h("div", { class: "actions" }, ...actions));
  const findings = model.findingsOf.get(node) || [];
  if (findings.length) {
    const from = Math.max(0, Math.min(findings.indexOf(current) - 5, findings.length - MOST_FINDINGS));
    const listed = findings.slice(from, from + MOST_FINDINGS);
    content.push(h("h3", {}, plural(findings.length, "finding") + (listed.length < findings.length ? `, ${number(from + 1)} to ${number(from + listed.length)}` : "")), h("div", { class: "rows" }, ...listed.map((at) => {
      const [, code, message, line] = data.findings[at];
      return h("div", { class: "finding" + (at === current ? " current" : "") }, severityMark(data.rules[code].severity), h("p", {}, message, h("span", { class: "count" }, `${line ? `line ${line} · ` : ""}${code} ${data.rules[code].name}`)));
    })));
  }
  const cards = model.cards.get(node);
  if (cards) {
    content.push(h("h3", {}, `${plural(cards.all, "card")}${cards.empty ? `, ${number(cards.empty)} with an empty side` : ""}`),
      h("div", { class: "bar" }, h("span", { style: { width: `${(100 * cards.empty) / cards.all}%`, background: "var(--empty)" } }), h("span", { style: { width: `${(100 * (cards.all - cards.empty)) / cards.all}%`, background: "var(--answered)" } })));
  }
  const bundle = (title, nodes, say = (_) => "") => {
    if (!nodes.length) return;
    nodes.sort((a, b) => model.rank[b] - model.rank[a] || a - b);
    content.push(h("h3", {}, title), h("ul", { class: "rows" }, ...nodes.slice(0, 40).map((other) => nodeRow(other, say(other))), nodes.length > 40 ? h("li", { class: "hint" }, `and ${number(nodes.length - 40)} more`) : ""));
  };
  if (headings?.[node]) {
    content.push(h("h3", {}, "Headings"), h("ul", { class: "rows outline" }, ...headings[node].map(([level, text]) => h("li", { class: "hint", dir: "auto", style: { paddingInlineStart: (level - 1) * 12 + "px" } }, text))));
  }
  if (uses?.[node]) {
    const places = uses[node];
    content.push(h("h3", {}, `Named in ${plural(places.length, "place")}`), h("ul", { class: "rows" }, ...places.slice(0, 40).map(([source, line]) =>
      row(model.labels[source], { count: line ? `line ${number(line)}` : "property", onclick: () => select(source, { centre: true }) })), places.length > 40 ? h("li", { class: "hint" }, `and ${number(places.length - 40)} more`) : ""));
  } else {
    const into = [...neighbours(model, node, "in", kind === "tag")];
    bundle(kind === "tag" ? `On ${plural(into.length, "note")}` : plural(into.length, "backlink"), into, (other) => propertiesBetween(model, other, node).join(", "));
  }
  const out = [...neighbours(model, node, "out")];
  bundle(plural(out.length, "outgoing link"), out, (other) => propertiesBetween(model, node, other).join(", "));
  if (suggested?.[node]) {
    content.push(h("h3", {}, "Could link to"), h("ul", { class: "rows", id: "suggested" }, ...suggested[node].map(([other, line, reason]) => {
      const element = nodeRow(other, line ? `line ${number(line)}` : "tag");
      element.append(h("span", { class: "why" }, reason));
      return element;
    })));
  }
  const related = kind === "note" ? relatedTo(model, node) : [];
  if (related.length) {
    content.push(h("h3", {}, "Related, without a link"), h("ul", { class: "rows" }, ...related.map(({ node: other, through }) => {
      const element = nodeRow(other, `through ${number(through.length)}`);
      element.firstChild.title = `Through ${through.slice(0, 5).map((middle) => model.names[middle]).join(", ")}`;
      return element;
    })));
  }
  card.replaceChildren(...content);
  card.hidden = false;
  card.scrollTop = 0;
  card.querySelector(".finding.current")?.scrollIntoView({ block: "nearest" });
}

const encode = (text) => encodeURIComponent(text.isWellFormed?.() === false ? text.toWellFormed() : text);
