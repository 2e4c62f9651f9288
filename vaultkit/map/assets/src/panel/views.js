// @ts-check
// Views, pictures and printing.

import { hashText, readHash } from "../address.js";
import { copy } from "../card/facts.js";
import { h } from "../dom.js";
import { files, savePng, saveSvg } from "../exports.js";
import { announce, byId, data } from "../page.js";
import { parts } from "./build.js";
import { row } from "./rows.js";

function saveView(event) {
  event.preventDefault(); // a form, so that Enter saves; it leads nowhere, and the page's policy would not let it
  const name = byId("view-name").value.trim() || "My view";
  const text = JSON.stringify({ name, hash: hashText() }, null, 2) + "\n";
  files.save(`${name.replace(/[\\/:*?"<>|\s]+/g, " ").trim() || "view"}.view.json`, new Blob([text], { type: "application/json" }));
  announce(`Saved the view ${name}`);
}

export function drawViews() {
  const views = data.views || [];
  parts.views.body.replaceChildren(
    views.length ? h("ul", { class: "rows" }, ...views.map((view) => row(view.name, { onclick: () => readHash(view.hash, true) }))) : "",
    h("div", { class: "buttons" },
      h("button", { type: "button", class: "plain", onclick: () => savePng() }, "PNG"),
      h("button", { type: "button", class: "plain", onclick: () => saveSvg() }, "SVG"),
      h("button", { type: "button", class: "plain", onclick: () => print() }, "Print"),
      h("button", { type: "button", class: "plain", onclick: copyLink }, "Copy link")),
    h("form", { class: "pair", onsubmit: saveView }, h("input", { type: "text", id: "view-name", "aria-label": "Name of the view", placeholder: "Name this view", autocomplete: "off", maxLength: 80 }), h("button", { class: "plain" }, "Save view")),
    h("p", { class: "hint" }, "The address stores the whole view, so a bookmark or a copied link is a view."));
}

/** Put the address of what is seen on the clipboard. */
function copyLink() {
  const text = hashText();
  copy(location.href.replace(/#.*$/, "") + (text ? "#" + text : ""), "the link");
}
