// @ts-check
// The card's lists of other nodes: what links here, what is linked, what could be.

import { select } from "../actions.js";
import { h, number, plural } from "../dom.js";
import { neighbours, propertiesBetween } from "../model.js";
import { details, model } from "../page.js";
import { nodeRow, row } from "../panel/rows.js";
import { relatedTo } from "../routes.js";

const MOST_ROWS = 40;

const cardSection = (title, ...children) => h("section", { "data-title": title }, h("h3", {}, title), ...children);
const more = (count) => (count > MOST_ROWS ? h("li", { class: "hint" }, `and ${number(count - MOST_ROWS)} more`) : null);

/** A list of nodes, the most linked first. */
function bundle(title, nodes, say = (_) => "") {
  if (!nodes.length) return [];
  nodes.sort((a, b) => model.rank[b] - model.rank[a] || a - b);
  return [cardSection(title, h("ul", { class: "rows" }, ...nodes.slice(0, MOST_ROWS).map((other) => nodeRow(other, say(other))), more(nodes.length)))];
}

export function linkSections(node, kind) {
  const { uses, suggested } = details();
  const found = [];
  if (uses?.[node]) {
    const places = uses[node];
    found.push(cardSection(`Named in ${plural(places.length, "place")}`, h("ul", { class: "rows" }, ...places.slice(0, MOST_ROWS).map(([source, line]) =>
      row(model.labels[source], { count: line ? `line ${number(line)}` : "property", onclick: () => select(source, { centre: true, line }) })), more(places.length))));
  } else {
    const into = [...neighbours(model, node, "in", kind === "tag")];
    found.push(...bundle(kind === "tag" ? `On ${plural(into.length, "note")}` : plural(into.length, "backlink"), into, (other) => propertiesBetween(model, other, node).join(", ")));
  }
  const out = [...neighbours(model, node, "out")];
  found.push(...bundle(plural(out.length, "outgoing link"), out, (other) => propertiesBetween(model, node, other).join(", ")));
  if (suggested?.[node]) found.push(cardSection("Could link to", h("ul", { class: "rows", id: "suggested" }, ...suggested[node].map(([other, line, reason]) => suggestedRow(other, line, reason)))));
  const related = kind === "note" ? relatedTo(model, node) : [];
  if (related.length) found.push(cardSection("Related, without a link", h("ul", { class: "rows" }, ...related.map(relatedRow))));
  return found;
}

function suggestedRow(other, line, reason) {
  const element = nodeRow(other, line ? `line ${number(line)}` : "tag");
  element.append(h("span", { class: "why" }, reason));
  return element;
}

function relatedRow({ node, through }) {
  const element = nodeRow(node, `through ${number(through.length)}`);
  element.firstChild.title = `Through ${through.slice(0, 5).map((middle) => model.names[middle]).join(", ")}`;
  return element;
}
