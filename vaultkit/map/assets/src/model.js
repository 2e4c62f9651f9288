// @ts-check
// The map's document as typed arrays, and what one node's links say. No DOM here: `node --test` runs it as it is.

import { pairsIn, withFolds, withPairs } from "./folds.js";
import { COMMUNITY, EDGE_KINDS, EMBED_EDGE, FOLD_ABOVE, KINDS, PAIRS, TAG_EDGE, UNRESOLVED } from "./kinds.js";

/** A part of `object` that is made when it is first asked for: the first picture needs few of them. */
export function lazily(object, name, make) {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true });
      return value;
    },
  });
}

export function decode(data, foldAbove = FOLD_ABOVE) {
  const plainCount = data.labels.length;
  const hasFolds = plainCount > foldAbove;
  if (hasFolds) data = withFolds(data);
  const paired = pairsIn(data, plainCount);
  if (paired) data = withPairs(data, paired);
  const count = data.labels.length;
  const links = data.edges.length / 2;
  const ends = new Int32Array(data.edges);
  const model = {
    data, count, links, plainCount, foldAbove, hasFolds, paired, // paired: 1 for nodes that are folded into one symbol
    labels: data.labels,
    kind: new Uint8Array(data.kind),
    folders: data.folders,
    x: new Int32Array(data.x), // whole numbers: what reads a fraction before it is compiled makes an object of it
    y: new Int32Array(data.y),
    community: new Int32Array(data.community),
    communities: data.communities,
    source: new Int32Array(links),
    target: new Int32Array(links),
    edgeKind: new Uint8Array(links),
    degreeIn: new Int32Array(count),
    degreeOut: new Int32Array(count),
    radius: new Float32Array(count),
    rank: new Float32Array(count),
    colourBy: "community",
    scheme: null, // see colour_by.js
    muted: null, // 1 for nodes that step back
    passing: new Uint8Array(count).fill(1), // what the filters leave, before anything is folded
  };
  const { kind, source, target, edgeKind, degreeIn, degreeOut } = model;
  // Kinds of edges come as runs [kind, how many, kind, how many …]: links are sorted by kind.
  for (let i = 0, at = 0; i < data.edgeKinds.length; i += 2) {
    edgeKind.fill(data.edgeKinds[i], at, at += data.edgeKinds[i + 1]);
  }
  const tagged = new Int32Array(count); // notes of each tag
  for (let i = 0; i < links; i++) {
    source[i] = ends[2 * i];
    target[i] = ends[2 * i + 1];
    if (edgeKind[i] < TAG_EDGE) {
      degreeOut[source[i]]++;
      degreeIn[target[i]]++;
    } else if (edgeKind[i] === TAG_EDGE) tagged[target[i]]++;
  }
  for (let i = 0; i < count; i++) {
    const size = kind[i] === COMMUNITY ? data.communities[model.community[i]][3] : kind[i] === PAIRS ? 0.14 * data.pairs : 0;
    model.radius[i] = size ? 14 * Math.sqrt(size) : Math.min(4 + 1.6 * Math.sqrt(degreeIn[i] + degreeOut[i] + tagged[i]), 26);
    model.rank[i] = size || 2 * degreeIn[i] + degreeOut[i] + tagged[i] + (kind[i] === 0 ? 0.5 : 0);
    if (kind[i] === UNRESOLVED) model.rank[i] /= 2; // what is written stands before what is not
  }
  lazily(model, "folder", () => new Int32Array(data.folder));
  // What is written at the node: of a missing file's path its last part.
  lazily(model, "names", () => data.labels.map((label, i) => (
    kind[i] === 1 || kind[i] === 7 ? label.slice(label.lastIndexOf("/") + 1) || label : label
  )));
  // The numbers of the links at each node: around[start[node]] to around[start[node + 1] - 1].
  lazily(model, "start", () => {
    const start = new Int32Array(count + 1);
    for (let i = 0; i < links; i++) {
      start[source[i] + 1]++;
      start[target[i] + 1]++;
    }
    for (let i = 0; i < count; i++) start[i + 1] += start[i];
    return start;
  });
  lazily(model, "around", () => {
    const fill = model.start.slice();
    const around = new Int32Array(2 * links);
    for (let i = 0; i < links; i++) {
      around[fill[source[i]]++] = i;
      around[fill[target[i]]++] = i;
    }
    return around;
  });
  // By falling rank, then by number: both packed into one number, which a typed array sorts ten times as fast.
  lazily(model, "order", () => {
    const packed = new Float64Array(count);
    for (let i = 0; i < count; i++) packed[i] = -Math.round(2 * model.rank[i]) * 2 ** 22 + i;
    packed.sort();
    const order = new Array(count);
    for (let i = 0; i < count; i++) order[i] = ((packed[i] % 2 ** 22) + 2 ** 22) % 2 ** 22;
    return order;
  });
  lazily(model, "heads", () => data.communities.filter(([, , , size]) => size > 5).map(([, , hub]) => hub));
  lazily(model, "findingsOf", () => {
    const found = new Map();
    (data.findings || []).forEach(([node], at) => (found.get(node)?.push(at) ?? found.set(node, [at])));
    return found;
  });
  const byNode = (held) => new Map(Object.entries(held || {}).map(([node, value]) => [Number(node), value]));
  lazily(model, "cards", () => new Map((data.cards || []).map(([node, all, empty]) => [node, { all, empty }])));
  lazily(model, "aliases", () => byNode(data.aliases));
  lazily(model, "time", () => byNode(data.time));
  lazily(model, "groups", () => byNode(data.groups?.of));
  lazily(model, "topFolders", () => [...new Set(data.folders.map((name) => name.split("/")[0]))].filter(Boolean).sort());
  // The property in which each link of that kind stands; links are sorted by kind, so theirs follow one another.
  lazily(model, "property", () => {
    const named = new Map();
    for (let i = 0, at = 0; i < links; i++) {
      if (edgeKind[i] === EDGE_KINDS.indexOf("property")) named.set(i, data.properties[data.propertyOf[at++]]);
    }
    return named;
  });
  // The pictures with a known text that each note embeds.
  lazily(model, "picturesOf", () => {
    const found = new Map();
    const known = new Set(data.pictureTexts || []);
    for (let i = 0; i < (known.size ? links : 0); i++) {
      if (edgeKind[i] !== EMBED_EDGE || !known.has(target[i])) continue;
      found.get(source[i])?.push(target[i]) ?? found.set(source[i], [target[i]]);
    }
    return found;
  });
  lazily(model, "stops", () => new Set(data.stops || []));
  return model;
}

export function pathOf(model, node) {
  const kind = KINDS[model.kind[node]];
  if (kind === "tag" || kind === "unresolved" || kind === "community" || kind === "pairs") return model.labels[node];
  const folder = model.folders[model.folder[node]];
  return (folder ? folder + "/" : "") + model.labels[node] + (kind === "note" ? ".md" : "");
}

export const kindOf = (model, node) => KINDS[model.kind[node]];

/** The other ends of a node's links. direction: "in", "out" or "both"; tags: count tag links too. */
export function neighbours(model, node, direction = "both", tags = false) {
  const found = new Set();
  for (let at = model.start[node]; at < model.start[node + 1]; at++) {
    const link = model.around[at];
    if (!tags && model.edgeKind[link] === TAG_EDGE) continue;
    if (model.source[link] === node && direction !== "in") found.add(model.target[link]);
    if (model.target[link] === node && direction !== "out") found.add(model.source[link]);
  }
  found.delete(node);
  return found;
}

/** The properties of `from` in which a link to `to` stands. */
export function propertiesBetween(model, from, to) {
  const names = [];
  for (let at = model.start[from]; at < model.start[from + 1]; at++) {
    const link = model.around[at];
    if (model.property.has(link) && model.source[link] === from && model.target[link] === to) names.push(model.property.get(link));
  }
  return names;
}

/** Tags of a note, as node numbers. */
export function tagsOf(model, node) {
  const found = [];
  for (let at = model.start[node]; at < model.start[node + 1]; at++) {
    const link = model.around[at];
    if (model.edgeKind[link] === TAG_EDGE && model.source[link] === node) found.push(model.target[link]);
  }
  return found;
}

/** [tag, notes that have it or one below it] of each tag, the most used first. */
export function tagCounts(model) {
  const counts = new Map();
  for (let i = 0; i < model.count; i++) {
    const names = new Set();
    for (const tag of model.kind[i] === 0 ? tagsOf(model, i) : []) {
      let name = fold(model.labels[tag]);
      for (; name; name = name.slice(0, Math.max(0, name.lastIndexOf("/")))) names.add(name);
    }
    for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  }
  const found = [];
  for (let i = 0; i < model.count; i++) if (kindOf(model, i) === "tag") found.push([i, counts.get(fold(model.labels[i])) || 0]);
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

export const fold = (text) => text.normalize("NFKC").toLowerCase();
