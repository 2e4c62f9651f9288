// @ts-check
// What the colours of nodes show: topics, folders, tags, dates, a property, or the groups of Obsidian's own graph.

import { CHANGE_NAMES, CHANGES, changeOf, changeTones } from "./changes.js";
import { oklch } from "./colours.js";
import { KINDS } from "./kinds.js";
import { tagCounts, tagsOf } from "./model.js";
import { data, model } from "./page.js";
import { dayText } from "./panel/time.js";
import { onChange, state } from "./state.js";
import { textOf } from "./texts.js";

/**
 * A way to colour nodes other than by topic. names: of each colour. of: index into them for each node, -1 for none.
 * @typedef {{names: string[], of: Int16Array, tones: (theme: any) => string[]}} Scheme
 */

const MOST_COLOURS = 11;
const STEPS = 6; // of dates
const MOST_VALUES = 24; // of a property that colours can show
const LEAST_SHARE = 0.05; // of notes that have the property

/** The user's own groups come first where they say something about most notes. */
export const defaultColour = () => {
  if (data.compared) return "changes";
  if (!data.groups) return "community";
  let notes = 0;
  for (let i = 0; i < model.plainCount; i++) notes += Number(model.kind[i] === 0);
  return Object.keys(data.groups.of).length >= notes / 2 ? "groups" : "community";
};

/** [value, words] of each choice. */
export function colourChoices() {
  const choices = [["community", "topics"], ["folder", "folders"]];
  if (data.compared) choices.push(["changes", `changes since ${data.compared.revision}`]);
  if (data.groups) choices.push(["groups", "your groups in Obsidian"]);
  if (model.kind.includes(KINDS.indexOf("tag"))) choices.push(["tag", "tags"]);
  if (model.time.size > 1) choices.push(["time", "dates"]);
  for (const name of propertyValues().keys()) choices.push([`property:${name}`, `property ${name}`]);
  return choices;
}

/** Follow what colours are to show. */
export function followColour() {
  onChange(["colourBy", "hasTexts"], () => {
    model.colourBy = state.colourBy;
    model.scheme = schemeOf(state.colourBy);
  });
}

/** @returns {Scheme | null} */
function schemeOf(what) {
  if (what === "folder") return ofFolders();
  if (what === "groups" && data.groups) return ofGroups();
  if (what === "changes" && data.compared) return ofChanges();
  if (what === "tag") return ofTags();
  if (what === "time") return ofTime();
  if (what.startsWith("property:")) return ofProperty(what.slice(9));
  return null;
}

const spread = (theme, count) => Array.from({ length: count }, (_, at) => theme.community[(at * 5) % theme.community.length]);

/** A scheme of values by node: the most frequent get a colour, the others share the last. @returns {Scheme} */
function ofValues(valueOf, hasOthers = true) {
  const counts = new Map();
  for (let i = 0; i < model.plainCount; i++) {
    const value = valueOf(i);
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_COLOURS).map(([name]) => name);
  const isCut = hasOthers && counts.size > names.length;
  const at = new Map(names.map((name, i) => [name, i]));
  const of = new Int16Array(model.count).fill(-1);
  for (let i = 0; i < model.plainCount; i++) {
    const value = valueOf(i);
    if (value) of[i] = at.get(value) ?? (isCut ? names.length : -1);
  }
  return { names: isCut ? [...names, "Others"] : names, of, tones: (theme) => [...spread(theme, names.length), theme.quiet] };
}

const FILES = new Set(["note", "canvas", "base", "image", "pdf", "audio", "video", "other"]);
const ofFolders = () => ofValues((i) => (FILES.has(KINDS[model.kind[i]]) ? model.folders[model.folder[i]].split("/")[0] || "Vault root" : ""));

function ofTags() {
  const top = new Map(tagCounts(model).map(([tag], at) => [tag, at]));
  return ofValues((i) => {
    const tags = model.kind[i] === 0 ? tagsOf(model, i) : [];
    const best = tags.sort((a, b) => top.get(a) - top.get(b))[0];
    return best === undefined ? "" : model.labels[best].split("/")[0];
  });
}

/** @returns {Scheme} */
function ofGroups() {
  const of = new Int16Array(model.count).fill(-1);
  for (const [node, group] of model.groups) of[node] = group;
  return { names: data.groups.queries ?? data.groups.colours.map((_, at) => `Group ${at + 1}`), of, tones: (theme) => data.groups.colours.map((colour) => seen(colour, theme)) };
}

/** New, changed and moved notes stand out; the others step back. @returns {Scheme} */
function ofChanges() {
  const of = new Int16Array(model.count).fill(-1);
  for (let i = 0; i < model.plainCount; i++) if (model.kind[i] === 0) of[i] = changeOf(data, i) ? CHANGES.indexOf(changeOf(data, i)) : CHANGES.length;
  return { names: [...CHANGE_NAMES, "Unchanged"], of, tones: (theme) => changeTones(theme) };
}

/** A colour that somebody chose, apart from the paper where it would not be seen. */
function seen(colour, theme) {
  const hex = /^#[0-9a-f]{6}$/i;
  if (!hex.test(theme.paper) || !hex.test(colour)) return colour;
  const apart = [1, 3, 5].map((at) => Math.abs(parseInt(colour.slice(at, at + 2), 16) - parseInt(theme.paper.slice(at, at + 2), 16)));
  return Math.max(...apart) < 48 ? theme.alone : colour;
}

/** Dates in steps with as many notes each. @returns {Scheme} */
function ofTime() {
  const days = [...model.time.values()].sort((a, b) => a - b);
  const steps = [...new Set(Array.from({ length: STEPS }, (_, at) => days[Math.floor((at * days.length) / STEPS)]))];
  const of = new Int16Array(model.count).fill(-1);
  for (const [node, day] of model.time) of[node] = steps.findLastIndex((first) => day >= first);
  const ramp = (theme) => steps.map((_, at) => oklch(theme.isDark ? 0.48 + 0.4 * (at / STEPS) : 0.82 - 0.42 * (at / STEPS), 0.06 + 0.09 * (at / STEPS), 90 - 65 * (at / STEPS)));
  return { names: steps.map((first, at) => (at + 1 < steps.length ? `${dayText(first)} to ${dayText(steps[at + 1] - 1)}` : `from ${dayText(first)}`)), of, tones: (theme) => ramp(theme) };
}

let properties = null;
/** Property -> value of each node, for properties that colours can show; empty until the texts are there. */
function propertyValues() {
  if (!state.hasTexts) return new Map();
  if (properties) return properties;
  properties = new Map();
  let notes = 0;
  for (let i = 0; i < model.plainCount; i++) {
    if (model.kind[i] !== 0) continue;
    notes++;
    const block = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---/.exec(textOf(i).slice(0, 4000))?.[1];
    for (const line of block?.split(/\r?\n/) ?? []) {
      const [, name, value] = /^([\p{L}][\p{L}\p{N} _-]{0,40}):[ \t]+["']?(?:\[\[)?([^"'[\]{}]{1,40}?)(?:\]\])?["']?[ \t]*$/u.exec(line) ?? [];
      if (name === undefined) continue;
      if (!properties.has(name)) properties.set(name, new Map());
      properties.get(name).set(i, value);
    }
  }
  for (const [name, values] of properties) {
    const different = new Set(values.values()).size;
    if (different < 2 || different > MOST_VALUES || values.size < Math.max(3, LEAST_SHARE * notes)) properties.delete(name);
  }
  return properties;
}

const ofProperty = (name) => {
  const values = propertyValues().get(name);
  return values ? ofValues((i) => values.get(i) ?? "") : null;
};

/** [name, colour, notes] of each colour that is used. */
export function colourRows() {
  const { scheme } = model;
  if (!scheme) return [];
  const counts = new Array(scheme.names.length).fill(0);
  for (let i = 0; i < model.plainCount; i++) if (scheme.of[i] >= 0 && model.kind[i] === 0) counts[scheme.of[i]]++;
  const tones = scheme.tones(state.colours);
  return scheme.names.map((name, at) => [name, tones[at], counts[at]]).filter(([, , count]) => count);
}
