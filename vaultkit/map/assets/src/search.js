// @ts-check
// Search in names and texts.

import { CHANGES, changeOf } from "./changes.js";
import { nearest, vocabularyOf } from "./fuzzy.js";
import { KINDS } from "./kinds.js";
import { fold, kindOf, pathOf, tagsOf } from "./model.js";
import { holds, parseQuery, reworded, sought } from "./query.js";

/** Words that search looks at in names, made at the first search. */
export function haystack(model) {
  model.hay ??= model.labels.map((label, i) => {
    const names = model.aliases.get(i);
    return fold(names ? label + "\n" + names.join("\n") : label);
  });
  return model.hay;
}

/** Names and how each end of a query is answered for a node. text: node -> folded text of the note, or on the picture.
 * A note answers with the words on the pictures that it shows, too. */
export function answers(model, text) {
  const hay = haystack(model);
  const fits = (end, words) => (end.test ? end.test.test(words) : words.includes(end.value));
  const inText = (end, node) => fits(end, text(node)) || Boolean(model.picturesOf.get(node)?.some((picture) => fits(end, text(picture))));
  return (node) => (end) => {
    switch (end.field) {
      case "file": return fits(end, hay[node].split("\n")[0]);
      case "path": return fits(end, fold(pathOf(model, node)));
      case "tag": return hasTag(model, hay, node, end.value);
      case "kind": return kindOf(model, node).startsWith(end.value);
      case "is": return is(model, node, end.value);
      case "content": return inText(end, node);
      case "property": return hasProperty(text(node), end.value);
      default: return fits(end, hay[node]) || inText(end, node);
    }
  };
}

/** A tag, or one below it. A tag's own node has it, too. */
export function hasTag(model, hay, node, value) {
  const own = kindOf(model, node) === "tag" ? [node] : tagsOf(model, node);
  return own.some((tag) => {
    const name = hay[tag].split("\n")[0].replace(/^#/, "");
    return name === value || name.startsWith(value + "/");
  });
}

export function is(model, node, value) {
  if (value === "finding") return model.findingsOf.has(node);
  if (value === "orphan") return KINDS[model.kind[node]] !== "tag" && model.degreeIn[node] + model.degreeOut[node] === 0;
  if (value === "card") return model.cards.has(node);
  if (CHANGES.includes(value)) return changeOf(model.data, node) === value;
  return false;
}

export function hasProperty(text, wanted) {
  const [name, value] = wanted.split("\n");
  const block = /^---[ \t]*\n([\s\S]*?)\n---/.exec(text)?.[1];
  if (block === undefined) return false;
  const lines = block.split("\n");
  const at = lines.findIndex((line) => line.startsWith(name + ":"));
  if (at < 0) return false;
  let end = at + 1;
  while (end < lines.length && /^[\s-]/.test(lines[end])) end++;
  return lines.slice(at, end).join("\n").slice(name.length + 1).includes(value);
}

export const noText = (_) => "";

/**
 * What answers to a query.
 * allowed: nodes that may; null for all. text: node -> folded text of the note.
 * Answers nodes, the best first, the words to be found, and what they were taken for where nothing has them.
 */
export function find(model, text, allowed, textOfNode = noText) {
  const query = parseQuery(text);
  if (!query) return { nodes: [], ends: [], meant: "" };
  const nodes = matching(model, query, allowed, textOfNode);
  if (nodes.length) return { nodes, ends: sought(query), meant: "" };
  const vocabulary = (model.vocabulary ??= vocabularyOf(haystack(model)));
  const meant = new Map();
  const guess = reworded(query, (word) => {
    if (vocabulary.has(word)) return word;
    const near = nearest(word, vocabulary) ?? word;
    if (near !== word) meant.set(word, near);
    return near;
  });
  if (!meant.size) return { nodes: [], ends: [], meant: "" };
  return { nodes: matching(model, guess, allowed, textOfNode), ends: sought(guess), meant: [...meant.values()].join(" ") };
}

export function matching(model, query, allowed, text) {
  const answer = answers(model, text);
  const hay = haystack(model);
  const ends = sought(query).filter((end) => !end.test);
  const exact = ends.map((end) => end.value).join(" ");
  const found = [];
  for (let i = 0; i < model.count; i++) {
    if ((!allowed || allowed[i]) && holds(query, answer(i))) {
      const name = hay[i].split("\n")[0];
      const quality = !exact ? 0 : name === exact || hay[i].split("\n").includes(exact) ? 4 : name.startsWith(exact) ? 3 : hay[i].includes(exact) ? 2 : ends.some((end) => hay[i].includes(end.value)) ? 1 : 0;
      found.push([i, quality]);
    }
  }
  found.sort((a, b) => b[1] - a[1] || model.rank[b[0]] - model.rank[a[0]] || a[0] - b[0]);
  return found.map(([node]) => node);
}

/** Nodes whose names answer a query, best first. */
export const searchNodes = (model, query, allowed) => find(model, query, allowed).nodes;

/**
 * Where the words are found first: in the note's own text, else on one of its pictures.
 * textOf: node -> text. Answers the passage and the picture that it is on, -1 for none; null where no text has the words.
 */
export function firstHit(model, node, ends, textOf) {
  if (!ends.length) return null;
  const isPicture = model.kind[node] !== 0;
  const own = passage(textOf(node), ends);
  if (own) return { ...own, line: isPicture ? 0 : own.line, picture: isPicture ? node : -1 };
  for (const picture of model.picturesOf.get(node) ?? []) {
    const found = passage(textOf(picture), ends);
    if (found) return { ...found, line: 0, picture };
  }
  return null;
}

export const PASSAGE = 60; // characters before and after the first hit

/** The passage of a text in which the words are found: its parts, every second one a hit, and its line; null for none. */
export function passage(text, ends) {
  const lower = text.toLowerCase();
  const places = [];
  for (const end of ends) {
    if (end.test) {
      const found = end.test.exec(text);
      if (found?.[0]) places.push([found.index, found.index + found[0].length]);
    } else if (end.value) {
      const start = lower.length === text.length ? lower.indexOf(end.value) : text.indexOf(end.value);
      if (start >= 0) places.push([start, start + end.value.length]);
    }
  }
  if (!places.length) return null;
  places.sort((a, b) => a[0] - b[0]);
  const [first] = places;
  const line = text.slice(0, first[0]).split("\n").length;
  const start = Math.max(text.lastIndexOf("\n", first[0] - 1) + 1, first[0] - PASSAGE);
  const stop = text.indexOf("\n", first[1]);
  const end = Math.min(stop < 0 ? text.length : stop, first[1] + 2 * PASSAGE);
  const inside = text.slice(start, end);
  return { parts: split(inside, ends), line, isCut: start > 0 && text[start - 1] !== "\n" };
}

/** A text in parts, every second one of which is a hit. */
export function split(text, ends) {
  const sources = ends.map((end) => (end.test ? end.test.source : end.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).filter(Boolean);
  const plain = (words) => words.replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, "$1").replace(/\*\*|==/g, "");
  return text.split(new RegExp(`(${sources.map((source) => source.replace(/\((?!\?)/g, "(?:")).join("|")})`, "iu")).map((part, at) => (at % 2 ? part : at ? plain(part) : plain(part).replace(/^[#>\s-]+/, "")));
}

/** A test of nodes for a query; null for an empty one. */
export function tester(model, text, textOfNode = noText) {
  const query = parseQuery(text);
  const answer = query && answers(model, textOfNode);
  return query && ((node) => holds(query, answer(node)));
}
