// @ts-check
// What the colours of nodes show: communities, folders, tags, properties, dates, or the groups of Obsidian's own graph.

import { data, model } from "./page.js";

/** [value, words] of each choice. */
export function colourChoices() {
  const choices = [["community", "topics"], ["folder", "folders"]];
  if (data.groups) choices.push(["groups", "your groups in Obsidian"]);
  if (model.kind.includes(10)) choices.push(["tag", "tags"]);
  if (model.time.size > 1) choices.push(["time", "dates"]);
  for (const name of Object.keys(data.values || {})) choices.push([`property:${name}`, name]);
  return choices;
}
