// @ts-check
// Nodes that stand for many: communities of very large vaults, and notes that have nothing but a missing file.

import { COMMUNITY, FOLD_EDGE, KINDS, PAIRS, TAG_EDGE } from "./kinds.js";

/** The document of a very large vault with a node for each community, and links between those. */
export function withFolds(data) {
  const folds = data.communities.map(([name, , , size], at) => ({ name, size, at })).filter(({ size }) => size > 2);
  const node = new Map(folds.map(({ at }, i) => [at, data.labels.length + i]));
  const sum = folds.map(() => [0, 0, 0]);
  const first = data.labels.length;
  for (let i = 0; i < first; i++) {
    const into = node.get(data.community[i]);
    if (into === undefined) continue;
    sum[into - first][0] += data.x[i];
    sum[into - first][1] += data.y[i];
    sum[into - first][2]++;
  }
  const ties = new Set();
  const edges = [];
  for (let i = 0; i < data.edges.length; i += 2) {
    const a = node.get(data.community[data.edges[i]]);
    const b = node.get(data.community[data.edges[i + 1]]);
    if (a === undefined || b === undefined || a === b || ties.has(a * 1e6 + b) || ties.has(b * 1e6 + a)) continue;
    ties.add(a * 1e6 + b);
    edges.push(a, b);
  }
  return {
    ...data,
    labels: data.labels.concat(folds.map(({ name }) => name)),
    kind: data.kind.concat(folds.map(() => COMMUNITY)),
    folder: data.folder.concat(folds.map(() => 0)),
    x: data.x.concat(sum.map(([x, , n]) => Math.round(x / n))),
    y: data.y.concat(sum.map(([, y, n]) => Math.round(y / n))),
    community: data.community.concat(folds.map(({ at }) => at)),
    edges: data.edges.concat(edges),
    edgeKinds: data.edgeKinds.concat([FOLD_EDGE, edges.length / 2]),
  };
}

const FEW_PAIRS = 40; // notes; fewer are drawn one by one

/** 1 for each node of a note whose only links are to files that are missing and that no other note names, and for those files;
 * null where there are few. */
export function pairsIn(data, count) {
  const MISSING = KINDS.indexOf("missing");
  if (!data.kind.includes(MISSING)) return null;
  const degree = new Int32Array(count);
  const ties = new Map(); // missing file -> its only note, -1 for several
  const bad = new Uint8Array(count); // notes with another link
  const tagFrom = tagEdges(data);
  for (let i = 0; i < data.edges.length; i += 2) {
    if (i / 2 >= tagFrom[0] && i / 2 < tagFrom[1]) continue;
    const [source, target] = [data.edges[i], data.edges[i + 1]];
    degree[source]++;
    if (data.kind[target] === MISSING && data.kind[source] === 0) {
      ties.set(target, ties.has(target) && ties.get(target) !== source ? -1 : source);
    } else bad[source] = bad[target] = 1;
  }
  for (let i = 0; i < data.edges.length; i += 2) if (ties.get(data.edges[i + 1]) === -1) bad[data.edges[i]] = 1;
  const found = new Uint8Array(data.labels.length + 1);
  let notes = 0;
  for (let i = 0; i < count; i++) if (data.kind[i] === 0 && degree[i] && !bad[i]) (found[i] = 1), notes++;
  if (notes < FEW_PAIRS) return null;
  for (const [file, note] of ties) if (note >= 0 && found[note]) found[file] = 1;
  return found;
}

/** The first and the last but one of the links to tags. */
function tagEdges(data) {
  let at = 0;
  for (let i = 0; i < data.edgeKinds.length; i += 2) {
    if (data.edgeKinds[i] === TAG_EDGE) return [at, at + data.edgeKinds[i + 1]];
    at += data.edgeKinds[i + 1];
  }
  return [at, at];
}

/** The document with one node for all folded pairs. */
export function withPairs(data, paired) {
  const notes = [];
  data.kind.forEach((kind, i) => { if (kind === 0 && paired[i]) notes.push(i); });
  const middle = (column) => notes.map((i) => column[i]).sort((a, b) => a - b)[notes.length >> 1];
  return {
    ...data,
    pairs: notes.length,
    labels: data.labels.concat(`${notes.length.toLocaleString("en")} notes, each with a missing file`),
    kind: data.kind.concat(PAIRS),
    folder: data.folder.concat(0),
    x: data.x.concat(middle(data.x)),
    y: data.y.concat(middle(data.y)),
    community: data.community.concat(-1),
  };
}
