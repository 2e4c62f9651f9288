// @ts-check
// A sheet for the printer, in light colours with title and counts, drawn when it is asked for.

import { themeOf } from "./colours.js";
import { h } from "./dom.js";
import { picture } from "./exports.js";
import { data } from "./page.js";
import { build, parts } from "./panel/build.js";
import { state, withColours } from "./state.js";

let sheet = null;
export function preparePrint() {
  addEventListener("beforeprint", () => {
    if (!state.colours) return; // nothing is drawn yet
    build(); // the counts stand in the panel
    if (!sheet) document.body.append(sheet = h("div", { id: "print" }));
    const canvas = withColours(themeOf(false, false), () => picture(2));
    sheet.replaceChildren(h("h1", {}, data.vault), h("p", {}, parts.summary.textContent), canvas);
  });
  addEventListener("afterprint", () => sheet?.replaceChildren());
}
