// @ts-check
// The page's data and the places it fills.

import { decode } from "./model.js";

/** An element of the page that is there from the beginning. @returns {any} */
export const byId = (id) => document.getElementById(id);

/** The focused element. @returns {any} */
export const active = () => document.activeElement;

/** @type {MapDocument} */
export const data = JSON.parse(document.getElementById("map-data").textContent);
export const model = decode(data, data.foldAbove);
let detailsRead = null;
/** What cards say; nothing while the browser still reads it, which comes last in the page. */
export const details = () => (document.readyState === "loading" ? {} : (detailsRead ??= JSON.parse(document.getElementById("details-data").textContent)));

export const panel = byId("panel");
export const card = byId("card");
export const tools = byId("tools");
export const root = byId("stage");

export function announce(text) {
  document.getElementById("announce").textContent = text;
}
