// @ts-check
// The page's data and the places it fills.

import { decode } from "./model.js";

/** An element of the page that is there from the beginning. @returns {any} */
export const byId = (id) => document.getElementById(id);

/** The focused element. @returns {any} */
export const active = () => document.activeElement;

/** @type {MapDocument} */
export const data = JSON.parse(document.getElementById("map-data").textContent);
// Source and target of each link come as what they differ by from those of the link before.
for (let i = 2; i < data.edges.length; i++) data.edges[i] += data.edges[i - 2];
export const model = decode(data, data.foldAbove);
/** @type {any} */
let detailsRead = {};
/** What cards say; nothing until it is read, see texts.js. */
export const details = () => detailsRead;
export const setDetails = (read) => (detailsRead = read);

export const panel = byId("panel");
export const card = byId("card");
export const tools = byId("tools");
export const root = byId("stage");

export function announce(text) {
  document.getElementById("announce").textContent = text;
}
