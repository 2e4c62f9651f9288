// @ts-check
// Ways along links: what is near, how two notes are joined, what is alike without a link.

import { kindOf, neighbours } from "./model.js";

/** The nodes of a local graph: those around its note, and the neighbours of those that were opened. */
export function localSet(model, { node, depth, expanded = [] }, allowed) {
  const found = localNodes(model, node, depth, allowed);
  for (const opened of expanded) {
    if (!found.has(opened)) continue;
    for (const other of neighbours(model, opened)) if (!allowed || allowed[other]) found.add(other);
  }
  return found;
}

/** Nodes at most `depth` links from `node`, among those for which `allowed` is 1. Notes that stop are not passed. */
export function localNodes(model, node, depth, allowed) {
  const found = new Set([node]);
  let edge = [node];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const here of edge) {
      if (here !== node && model.stops.has(here)) continue;
      for (const other of neighbours(model, here)) {
        if (!found.has(other) && (!allowed || allowed[other])) {
          found.add(other);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  return found;
}

/** Notes that link to so many others that a path through them says nothing: more than a fifth of the notes, and more than three. As `hubs` in graph/routes.py. */
export function indexNotes(model) {
  let notes = 0;
  for (let i = 0; i < model.count; i++) notes += Number(model.kind[i] === 0);
  const many = Math.max(3, notes * 0.2);
  const found = new Set();
  for (let i = 0; i < model.count; i++) if (model.kind[i] === 0 && model.degreeOut[i] > many) found.add(i);
  return found;
}

/** A shortest path between two nodes over visible nodes, index notes not passed; null when there is none. */
export function pathBetween(model, from, to, allowed, skip = indexNotes(model)) {
  if (from === to) return [from];
  const before = new Map([[from, -1]]);
  let edge = [from];
  while (edge.length) {
    const next = [];
    for (const here of edge) {
      if (here !== from && (skip.has(here) || model.stops.has(here))) continue;
      const others = [...neighbours(model, here)].sort((a, b) => model.rank[b] - model.rank[a] || a - b);
      for (const other of others) {
        if (before.has(other) || (allowed && !allowed[other])) continue;
        before.set(other, here);
        if (other === to) {
          const found = [to];
          while (before.get(found[0]) !== -1) found.unshift(before.get(found[0]));
          return found;
        }
        next.push(other);
      }
    }
    edge = next;
  }
  return null;
}

/** Notes that share neighbours with a note but have no link with it, best first: [{node, score, through}]. A shared
 * neighbour counts the less the more it links (Adamic and Adar); index notes say nothing. */
export function relatedTo(model, node, most = 8) {
  const near = neighbours(model, node);
  const skip = indexNotes(model);
  const found = new Map();
  for (const middle of near) {
    const others = neighbours(model, middle);
    if (skip.has(middle) || others.size < 2) continue;
    for (const other of others) {
      if (other === node || near.has(other) || kindOf(model, other) !== "note") continue;
      if (!found.has(other)) found.set(other, { node: other, score: 0, through: [] });
      const entry = found.get(other);
      entry.score += 1 / Math.log(others.size);
      entry.through.push(middle);
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.node - b.node).slice(0, most);
}
