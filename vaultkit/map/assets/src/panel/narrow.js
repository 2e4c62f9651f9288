// @ts-check
// The section that shows only what answers to a query, or all but that.

import { narrow } from "../actions.js";
import { h } from "../dom.js";
import { byId } from "../page.js";
import { state } from "../state.js";
import { parts } from "./build.js";

export function drawNarrow() {
  const { only, not, orphans } = state.filters;
  const field = (id, label, value, change, hint) => h("div", { class: "pair" }, h("label", { htmlFor: id }, label),
    h("input", { type: "text", id, value, placeholder: hint, autocomplete: "off", spellcheck: false, onchange: (event) => { narrow(change(event.target.value.trim()), { fit: true }); byId(id)?.focus(); } }));
  parts.narrow.body.replaceChildren(
    field("only", "Show only", only, (text) => ({ only: text }), "path:Projects"),
    field("not", "Leave out", not, (text) => ({ not: text }), "path:Daily OR tag:#log"),
    h("ul", { class: "rows" }, h("li", {}, h("label", { class: "row" + (orphans ? "" : " off") }, h("input", { type: "checkbox", id: "orphans", checked: orphans, onchange: () => { narrow({ orphans: !orphans }, { fit: true }); byId("orphans")?.focus(); } }), h("span", { class: "name" }, "Notes without links")))),
    h("p", { class: "hint" }, "Words, \"phrases\", file:, path:, tag:, [property:value], /expressions/, -word, OR."));
}
