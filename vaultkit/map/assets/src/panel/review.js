// @ts-check
// The weekly questions: what to write, what to join, what to look at again, what grew, in which order to read.

import { h, number, plural } from "../dom.js";
import { details } from "../page.js";
import { parts } from "./build.js";
import { nodeRow } from "./rows.js";

const YEAR = 365;
let chosenTopic = 0; // of the reading orders

/** How long ago, in words. */
export const ageText = (days) => (days < 60 ? plural(days, "day") : days < 2 * YEAR ? plural(Math.round(days / 30.4), "month") : plural(Math.round(days / YEAR), "year"));

/** Facts that a line may break between, but not within. */
const unbroken = (...facts) => facts.filter(Boolean).map((fact) => fact.replaceAll(" ", "\u00a0")).join(", ");

const block = (title, hint, ...children) => h("section", { class: "question" }, h("h2", {}, title), h("p", { class: "hint" }, hint), ...children);
const rowList = (...rows) => h("ul", { class: "rows scroll" }, ...rows);

function gapBlock([one, two, links, words, pairs]) {
  const rows = pairs.flatMap(([a, b, shared]) => [nodeRow(a, shared.slice(0, 3).join(", ")), nodeRow(b, "")]);
  return h("div", { class: "gap" }, h("p", {}, h("strong", { dir: "auto" }, one), " and ", h("strong", { dir: "auto" }, two)),
    h("p", { class: "hint", dir: "auto" }, [links ? plural(links, "link") : "No link", words.length ? `both speak of ${words.join(", ")}` : ""].filter(Boolean).join("; ")), rowList(...rows));
}

function orderBlock(orders) {
  chosenTopic = Math.min(chosenTopic, orders.length - 1);
  return block("Reading order", "A note comes after those that it builds on.",
    h("div", { class: "pair" }, h("label", { htmlFor: "order-topic" }, "Topic"),
      h("select", { id: "order-topic", onchange: (event) => { chosenTopic = Number(event.target.value); drawReview(); document.getElementById("order-topic")?.focus(); } },
        ...orders.map(([name], at) => h("option", { value: at, selected: at === chosenTopic }, name)))),
    h("ol", { class: "rows scroll" }, ...orders[chosenTopic][1].map((node, at) => nodeRow(node, number(at + 1)))));
}

export function drawReview() {
  const { element, body } = parts.review;
  const found = details().review;
  element.hidden = !found;
  if (!element.open || !found) return;
  const made = [];
  if (found.wanted) made.push(block("To be written", "Names that notes link to and no note has.", rowList(...found.wanted.map(([node, notes]) => nodeRow(node, plural(notes, "note"))))));
  if (found.stale) {
    made.push(block("To be looked at again", "Many notes link to them, and they are old or have findings.", rowList(...found.stale.map(([node, backlinks, days, findings]) =>
      nodeRow(node, unbroken(plural(backlinks, "backlink"), days < 0 ? "" : ageText(days), findings ? plural(findings, "finding") : ""))))));
  }
  if (found.gaps) made.push(block("To be joined", "Topics that use the same words and have few links, with notes that could meet.", ...found.gaps.map(gapBlock)));
  if (found.growth) {
    const [from, to] = [found.growth.from, found.growth.to].map((day) => day.slice(0, { year: 4, month: 7 }[found.growth.step] ?? 10));
    made.push(block("Growth", `New notes by ${found.growth.step}, ${from} to ${to}.`, h("ul", { class: "rows" }, ...found.growth.rows.map(([name, notes, chart]) =>
      h("li", { class: "growth" }, h("span", { class: "name", dir: "auto" }, name), h("span", { class: "count" }, number(notes)), h("span", { class: "chart", "aria-hidden": "true" }, chart))))));
  }
  if (found.orders?.length) made.push(orderBlock(found.orders));
  body.replaceChildren(...made);
}
