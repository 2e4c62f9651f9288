// @ts-check
// Search in names.

import { fold, kindOf, pathOf, tagsOf } from "./model.js";

/** Words that search looks at, made at the first search. */
export function haystack(model) {
  model.hay ??= model.labels.map((label, i) => {
    const names = model.aliases.get(i);
    return fold(names ? label + "\n" + names.join("\n") : label);
  });
  return model.hay;
}

/** Nodes that answer a query, best first. `#tag`, `path:part`, `kind:word` and `is:finding` narrow; other words must all occur. */
export function searchNodes(model, query, allowed) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const hay = haystack(model);
  const found = [];
  const exact = words.join(" ");
  const tests = words.map((word) => {
    if (word.startsWith("path:")) return (i) => fold(pathOf(model, i)).includes(word.slice(5));
    if (word.startsWith("kind:")) return (i) => kindOf(model, i).startsWith(word.slice(5));
    if (word === "is:finding") return (i) => model.findingsOf.has(i);
    if (word === "is:orphan") return (i) => model.degreeIn[i] + model.degreeOut[i] === 0;
    if (word.startsWith("#") && word.length > 1) {
      return (i) => kindOf(model, i) === "tag" ? hay[i].startsWith(word) : tagsOf(model, i).some((tag) => hay[tag] === word || hay[tag].startsWith(word + "/"));
    }
    return (i) => hay[i].includes(word);
  });
  for (let i = 0; i < model.count; i++) {
    if ((!allowed || allowed[i]) && tests.every((test) => test(i))) {
      const quality = hay[i] === exact ? 3 : hay[i].startsWith(exact) ? 2 : hay[i].includes(exact) ? 1 : 0;
      found.push([i, quality]);
    }
  }
  found.sort((a, b) => b[1] - a[1] || model.rank[b[0]] - model.rank[a[0]] || a[0] - b[0]);
  return found.map(([node]) => node);
}
