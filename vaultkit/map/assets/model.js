"use strict";
// The map's data and every question the page asks of it. No DOM here: `node --test` runs this file as it is.
(() => {
  const VK = (globalThis.VK ??= {});

  const KINDS = ["note", "unresolved", "image", "pdf", "audio", "video", "other", "missing", "canvas", "base", "tag", "community"];
  const EDGE_KINDS = ["link", "embed", "property", "canvas", "tag", "fold"];
  const HIDDEN_AT_FIRST = ["image", "pdf", "audio", "video", "other", "tag"];
  const FOLD_ABOVE = 50000; // visible nodes; above, communities are drawn as one node each
  const TAG_EDGE = EDGE_KINDS.indexOf("tag");
  const KIND_NAMES = {
    note: "Notes", unresolved: "Not yet written", image: "Pictures", pdf: "PDFs", audio: "Sound", video: "Videos",
    other: "Other files", missing: "Missing files", canvas: "Canvases", base: "Bases", tag: "Tags", community: "Communities",
  };

  const COMMUNITY = KINDS.indexOf("community");
  const FOLD_EDGE = EDGE_KINDS.indexOf("fold");

  /** The document of a very large vault with a node for each community, and links between those. */
  function withFolds(data) {
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

  /** A part of `object` that is made when it is first asked for: the first picture needs few of them. */
  function lazily(object, name, make) {
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

  function decode(data, foldAbove = FOLD_ABOVE) {
    const plainCount = data.labels.length;
    if (plainCount > foldAbove) data = withFolds(data);
    const count = data.labels.length;
    const links = data.edges.length / 2;
    const ends = new Int32Array(data.edges);
    const model = {
      data, count, links, plainCount, foldAbove,
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
    };
    const { kind, source, target, edgeKind, degreeIn, degreeOut } = model;
    // Kinds of edges come as runs [kind, how many, kind, how many …]: links are sorted by kind.
    for (let i = 0, at = 0; i < data.edgeKinds.length; i += 2) {
      edgeKind.fill(data.edgeKinds[i], at, at += data.edgeKinds[i + 1]);
    }
    for (let i = 0; i < links; i++) {
      source[i] = ends[2 * i];
      target[i] = ends[2 * i + 1];
      if (edgeKind[i] < TAG_EDGE) {
        degreeOut[source[i]]++;
        degreeIn[target[i]]++;
      }
    }
    for (let i = 0; i < count; i++) {
      const size = kind[i] === COMMUNITY ? data.communities[model.community[i]][3] : 0;
      model.radius[i] = size ? 14 * Math.sqrt(size) : Math.min(4 + 1.6 * Math.sqrt(degreeIn[i] + degreeOut[i]), 26);
      model.rank[i] = size || 2 * degreeIn[i] + degreeOut[i] + (kind[i] === 0 ? 0.5 : 0);
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
    lazily(model, "stops", () => new Set(data.stops || []));
    return model;
  }

  function path(model, node) {
    const kind = KINDS[model.kind[node]];
    if (kind === "tag" || kind === "unresolved" || kind === "community") return model.labels[node];
    const folder = model.folders[model.folder[node]];
    return (folder ? folder + "/" : "") + model.labels[node] + (kind === "note" ? ".md" : "");
  }

  const kindOf = (model, node) => KINDS[model.kind[node]];

  /** The other ends of a node's links. direction: "in", "out" or "both"; tags: count tag links too. */
  function neighbours(model, node, direction = "both", tags = false) {
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
  function propertiesBetween(model, from, to) {
    const names = [];
    for (let at = model.start[from]; at < model.start[from + 1]; at++) {
      const link = model.around[at];
      if (model.property.has(link) && model.source[link] === from && model.target[link] === to) names.push(model.property.get(link));
    }
    return names;
  }

  /** Tags of a note, as node numbers. */
  function tagsOf(model, node) {
    const found = [];
    for (let at = model.start[node]; at < model.start[node + 1]; at++) {
      const link = model.around[at];
      if (model.edgeKind[link] === TAG_EDGE && model.source[link] === node) found.push(model.target[link]);
    }
    return found;
  }

  /** [tag, notes that carry it or one below it] of each tag, the most used first. */
  function tagCounts(model) {
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

  /** Nodes at most `depth` links from `node`, among those for which `allowed` is 1. Notes that stop are not passed. */
  function local(model, node, depth, allowed) {
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
  function indexNotes(model) {
    let notes = 0;
    for (let i = 0; i < model.count; i++) notes += model.kind[i] === 0;
    const many = Math.max(3, notes * 0.2);
    const found = new Set();
    for (let i = 0; i < model.count; i++) if (model.kind[i] === 0 && model.degreeOut[i] > many) found.add(i);
    return found;
  }

  /** A shortest path between two nodes over visible nodes, index notes not passed; null when there is none. */
  function pathBetween(model, from, to, allowed, skip = indexNotes(model)) {
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
  function related(model, node, most = 8) {
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

  const fold = (text) => text.normalize("NFKC").toLowerCase();

  /** Words that search looks at, made at the first search. */
  function haystack(model) {
    model.hay ??= model.labels.map((label, i) => {
      const names = model.aliases.get(i);
      return fold(names ? label + "\n" + names.join("\n") : label);
    });
    return model.hay;
  }

  /** Nodes that answer a query, best first. `#tag`, `path:part`, `kind:word` and `is:finding` narrow; other words must all occur. */
  function search(model, query, allowed) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const hay = haystack(model);
    const found = [];
    const exact = words.join(" ");
    const tests = words.map((word) => {
      if (word.startsWith("path:")) return (i) => fold(path(model, i)).includes(word.slice(5));
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

  /** Which nodes a set of filters leaves: Uint8Array of 0 and 1; too many are folded into their communities. */
  function visible(model, filters) {
    const shown = unfolded(model, filters);
    model.folded = 0;
    if (model.plainCount === model.count) return shown;
    let many = 0;
    for (let i = 0; i < model.count; i++) many += shown[i];
    if (many <= model.foldAbove) return shown;
    const present = new Set();
    for (let i = 0; i < model.plainCount; i++) if (shown[i]) present.add(model.community[i]);
    for (let i = 0; i < model.count; i++) shown[i] = model.kind[i] === COMMUNITY && present.has(model.community[i]) ? 1 : 0;
    model.folded = many;
    return shown;
  }

  function unfolded(model, filters) {
    const shown = new Uint8Array(model.count);
    const hidden = new Uint8Array(KINDS.length);
    for (const kind of filters.hiddenKinds || []) hidden[KINDS.indexOf(kind)] = 1;
    hidden[COMMUNITY] = 1;
    const folder = filters.folder ?? null;
    const inFolder = folder === null ? null
      : model.folders.map((name) => name === folder || folder === "" || name.startsWith(folder + "/"));
    const tagNodes = (filters.tags || []).length ? new Set(filters.tags) : null;
    const groups = (filters.communities || []).length ? new Set(filters.communities) : null;
    const rules = (filters.rules || []).length ? new Set(filters.rules) : null;
    const least = filters.degree || 0;
    const until = filters.until ?? null;
    const isNarrow = inFolder || groups || least || tagNodes || rules || until !== null;
    for (let i = 0; i < model.count; i++) {
      if (hidden[model.kind[i]]) continue;
      if (!isNarrow) {
        shown[i] = 1;
        continue;
      }
      const kind = KINDS[model.kind[i]];
      const isFile = kind !== "tag" && kind !== "unresolved" && kind !== "missing";
      if (inFolder && isFile && !inFolder[model.folder[i]]) continue;
      if (groups && kind !== "tag" && !groups.has(model.community[i])) continue;
      if (least && kind !== "tag" && model.degreeIn[i] + model.degreeOut[i] < least) continue;
      if (tagNodes && kind === "note" && !tagsOf(model, i).some((tag) => tagMatches(model, tag, tagNodes))) continue;
      if (rules && kind === "note" && !(model.findingsOf.get(i) || []).some((at) => rules.has(model.data.findings[at][1]))) continue;
      if (until !== null && isFile && !((model.time.get(i) ?? Infinity) <= until)) continue;
      shown[i] = 1;
    }
    const narrowed = inFolder || tagNodes || rules || until !== null;
    if (narrowed) {
      // What is not a note of its own follows the notes that use it.
      for (let i = 0; i < model.count; i++) {
        const kind = KINDS[model.kind[i]];
        if (!shown[i] || kind === "note" || kind === "canvas" || kind === "base") continue;
        if (inFolder && !tagNodes && !rules && until === null && kind !== "tag" && kind !== "unresolved" && kind !== "missing") continue;
        let used = false;
        for (let at = model.start[i]; at < model.start[i + 1] && !used; at++) {
          const link = model.around[at];
          used = model.target[link] === i && shown[model.source[link]] === 1;
        }
        if (!used) shown[i] = 0;
      }
    }
    if (filters.local) {
      const near = local(model, filters.local.node, filters.local.depth, shown);
      for (let i = 0; i < model.count; i++) if (!near.has(i)) shown[i] = 0;
      shown[filters.local.node] = 1;
    }
    return shown;
  }

  function tagMatches(model, tag, wanted) {
    if (wanted.has(tag)) return true;
    const name = fold(model.labels[tag]);
    for (const other of wanted) if (name.startsWith(fold(model.labels[other]) + "/")) return true;
    return false;
  }

  /** Bounds [left, top, right, bottom] of the nodes for which `shown` is 1; null when there is none. */
  function bounds(model, shown) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < model.count; i++) {
      if (shown && !shown[i]) continue;
      const x = model.x[i], y = model.y[i], r = model.radius[i];
      if (x - r < left) left = x - r;
      if (y - r < top) top = y - r;
      if (x + r > right) right = x + r;
      if (y + r > bottom) bottom = y + r;
    }
    return left === Infinity ? null : [left, top, right, bottom];
  }

  /** A grid over the visible nodes that answers which one lies at a point. */
  function hitGrid(model, shown) {
    let widest = 26;
    for (let i = model.plainCount; i < model.count; i++) if (shown[i]) widest = Math.max(widest, model.radius[i]);
    const cell = Math.max(60, widest);
    const cells = new Map();
    for (let i = 0; i < model.count; i++) {
      if (!shown[i]) continue;
      const key = Math.floor(model.x[i] / cell) * 65536 + Math.floor(model.y[i] / cell);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(i);
    }
    return (x, y, slack) => {
      let best = -1;
      let least = Infinity;
      const reach = widest + slack;
      for (let cx = Math.floor((x - reach) / cell); cx <= Math.floor((x + reach) / cell); cx++) {
        for (let cy = Math.floor((y - reach) / cell); cy <= Math.floor((y + reach) / cell); cy++) {
          for (const i of cells.get(cx * 65536 + cy) || []) {
            const beyond = Math.hypot(model.x[i] - x, model.y[i] - y) - model.radius[i];
            if (beyond <= slack && beyond < least) {
              best = i;
              least = beyond;
            }
          }
        }
      }
      return best;
    };
  }

  VK.model = { COMMUNITY, KINDS, HIDDEN_AT_FIRST, EDGE_KINDS, KIND_NAMES, TAG_EDGE, decode, path, kindOf, neighbours, propertiesBetween, tagsOf, tagCounts, local, indexNotes, pathBetween, related, search, visible, bounds, hitGrid, fold };
})();
