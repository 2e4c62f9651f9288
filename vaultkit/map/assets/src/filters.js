// @ts-check
// What a set of filters leaves of the map.

import { COMMUNITY, KINDS, PAIRS } from "./kinds.js";
import { fold, neighbours, tagsOf } from "./model.js";
import { localSet } from "./routes.js";
import { tester } from "./search.js";

/** Which nodes a set of filters leaves: Uint8Array of 0 and 1; too many are folded into their communities, and pairs of a note
 * and its missing file into one node. model.passing: what the filters leave before that.
 * text: node -> folded text of the note, for filters that are queries. */
export function visibleNodes(model, filters, text = undefined) {
  const passing = unfolded(model, filters, text);
  model.passing = passing;
  model.folded = 0;
  model.foldedPairs = 0;
  const shown = withFoldedPairs(model, filters, passing);
  if (!model.hasFolds) return shown;
  let many = 0;
  for (let i = 0; i < model.count; i++) many += shown[i];
  if (many <= model.foldAbove) return shown;
  const present = new Set();
  for (let i = 0; i < model.plainCount; i++) if (shown[i]) present.add(model.community[i]);
  for (let i = 0; i < model.count; i++) shown[i] = model.kind[i] === COMMUNITY && present.has(model.community[i]) ? 1 : 0;
  model.folded = many;
  return shown;
}

export function withFoldedPairs(model, filters, passing) {
  if (!model.paired || filters.pairs || filters.local) return passing;
  let notes = 0;
  for (let i = 0; i < model.plainCount; i++) if (passing[i] && model.paired[i] && model.kind[i] === 0) notes++;
  if (notes < model.data.pairs / 2) return passing;
  const shown = passing.slice();
  for (let i = 0; i < model.plainCount; i++) if (model.paired[i]) shown[i] = 0;
  shown[model.count - 1] = 1;
  model.foldedPairs = notes;
  return shown;
}

export const IMAGE = KINDS.indexOf("image");
/** Kinds that are no files of their own: they follow the notes that use them. */
export const FOLLOWING = ["unresolved", "missing", "tag"];
/** Kinds of files that are shown for their own sake; pictures and the like follow the notes that show them. */
export const OWN = ["note", "canvas", "base"];

/** The tests that a file must pass, one for each filter that is set. */
export function fileTests(model, filters, text) {
  const { folder = null, tags = [], rules = [], until = null, from = null } = filters;
  const tests = [];
  if (folder !== null) {
    const inside = model.folders.map((name) => name === folder || folder === "" || name.startsWith(folder + "/"));
    tests.push((i) => inside[model.folder[i]]);
  }
  if (until !== null) tests.push((i) => (model.time.get(i) ?? Infinity) <= until);
  if (from !== null) tests.push((i) => (model.time.get(i) ?? Infinity) >= from);
  for (const [query, isWanted] of [[filters.only, true], [filters.not, false]]) {
    const test = query ? tester(model, query, text) : null;
    if (test) tests.push((i) => test(i) === isWanted);
  }
  if (tags.length) {
    const wanted = new Set(tags);
    tests.push((i) => !isOwn(model, i) || tagsOf(model, i).some((tag) => tagMatches(model, tag, wanted)));
  }
  if (rules.length) {
    const wanted = new Set(rules);
    tests.push((i) => !isOwn(model, i) || (model.findingsOf.get(i) || []).some((at) => wanted.has(model.data.findings[at][1])));
  }
  return tests;
}

export const isOwn = (model, node) => OWN.includes(KINDS[model.kind[node]]);

export function unfolded(model, filters, text) {
  const shown = new Uint8Array(model.count);
  const hidden = new Uint8Array(KINDS.length);
  for (const kind of filters.hiddenKinds || []) hidden[KINDS.indexOf(kind)] = 1;
  hidden[COMMUNITY] = hidden[PAIRS] = 1;
  const follows = KINDS.map((kind) => FOLLOWING.includes(kind));
  const tests = fileTests(model, filters, text);
  const groups = (filters.communities || []).length ? new Set(filters.communities) : null;
  const least = filters.degree || 0;
  for (let i = 0; i < model.count; i++) {
    if (hidden[model.kind[i]]) continue;
    const isTag = KINDS[model.kind[i]] === "tag";
    if (groups && !isTag && !groups.has(model.community[i])) continue;
    if (filters.orphans === false && !isTag && !(model.degreeIn[i] + model.degreeOut[i])) continue;
    if (least && !isTag && model.degreeIn[i] + model.degreeOut[i] < least) continue;
    if (tests.length && !follows[model.kind[i]] && !tests.every((test) => test(i))) continue;
    shown[i] = 1;
  }
  if (tests.length) leaveUsed(model, filters, shown);
  if (filters.local) {
    const near = localSet(model, filters.local, shown);
    // Pictures are nodes here, whatever else the map shows.
    for (const opened of [filters.local.node, ...(filters.local.expanded ?? [])]) {
      for (const other of neighbours(model, opened, "out")) if (model.kind[other] === IMAGE) near.add(other), (shown[other] = 1);
    }
    for (let i = 0; i < model.count; i++) if (!near.has(i)) shown[i] = 0;
    shown[filters.local.node] = 1;
  }
  return shown;
}

/** Hide what is no note of its own and that no shown note uses. */
export function leaveUsed(model, filters, shown) {
  const isByFolderAlone = !(filters.tags || []).length && !(filters.rules || []).length && (filters.until ?? null) === null && (filters.from ?? null) === null;
  for (let i = 0; i < model.count; i++) {
    if (!shown[i] || isOwn(model, i)) continue;
    if (isByFolderAlone && !FOLLOWING.includes(KINDS[model.kind[i]])) continue;
    let used = false;
    for (let at = model.start[i]; at < model.start[i + 1] && !used; at++) {
      const link = model.around[at];
      used = model.target[link] === i && shown[model.source[link]] === 1;
    }
    if (!used) shown[i] = 0;
  }
}

/** Whether a tag is one of the wanted, or below one. */
export function tagMatches(model, tag, wanted) {
  if (wanted.has(tag)) return true;
  const name = fold(model.labels[tag]);
  for (const other of wanted) if (name.startsWith(fold(model.labels[other]) + "/")) return true;
  return false;
}
