// Run by `node --test`: the page's questions of its data, without a page.
import assert from "node:assert";
import test from "node:test";

const SOURCES = new URL("../../vaultkit/map/assets/src/", import.meta.url);
const names = ["kinds", "model", "routes", "search", "filters", "geometry", "query", "fuzzy", "reader/blocks", "reader/inline", "reader/math", "reader/binary"];
const M = Object.assign({}, ...(await Promise.all(names.map((name) => import(new URL(`${name}.js`, SOURCES))))));

// 0 Home -> 1 a, 2 b, 3 c; 1 -> 4 d; 3 -> 4; 5 alone; 6 ghost <- 2; 7 #tag <- 1
const data = {
  labels: ["Home", "a", "b", "c", "d", "alone", "x/ghost.png", "#tag"],
  kind: [0, 0, 0, 0, 0, 0, 7, 10], folder: [0, 1, 1, 2, 2, 0, 0, 0], folders: ["", "F", "F/G"],
  x: [0, 10, 20, 30, 40, 50, 60, 70], y: [0, 0, 0, 0, 0, 0, 0, 0],
  community: [0, 0, 0, 1, 1, -1, 0, -1], communities: [["Home", 0, 0, 4], ["c", 1, 3, 2]],
  edges: [0, 1, 0, 2, 0, 3, 1, 4, 3, 4, 2, 6, 1, 7], edgeKinds: [0, 5, 1, 1, 4, 1],
  rules: { LK001: { name: "missing", severity: "error" } }, findings: [[2, "LK001", "m", 3]], aliases: { 4: ["Dee"] }, time: { 0: 1, 1: 5 },
};
const model = M.decode(data);
const shown = (filters) => data.labels.filter((_, i) => M.visibleNodes(model, filters)[i]);

test("degrees count links, not tags", () => {
  assert.deepEqual([...model.degreeIn], [0, 1, 1, 1, 2, 0, 1, 0]);
  assert.deepEqual([...model.degreeOut], [3, 1, 1, 1, 0, 0, 0, 0]);
});
test("paths are made of folder and label", () => {
  assert.equal(M.pathOf(model, 3), "F/G/c.md");
  assert.equal(M.pathOf(model, 6), "x/ghost.png");
});
test("a missing file is called by its last part", () => assert.equal(model.names[6], "ghost.png"));
test("local graph by depth", () => {
  assert.deepEqual([...M.localNodes(model, 4, 1)].sort(), [1, 3, 4]);
  assert.deepEqual([...M.localNodes(model, 4, 2)].sort(), [0, 1, 3, 4]);
});
test("shortest path, and none", () => {
  assert.deepEqual(M.pathBetween(model, 2, 4, null, new Set()), [2, 0, 1, 4]);
  assert.equal(M.pathBetween(model, 0, 5), null);
  assert.deepEqual(M.pathBetween(model, 5, 5), [5]);
});
test("index notes are those of the command: more than a fifth of the notes, and more than three", () => {
  const links = Array.from({ length: 6 }, (_, i) => [0, i + 1]).flat();
  const vault = (count, edges) => M.decode({
    ...data, labels: Array(count).fill("n"), kind: Array(count).fill(0), folder: Array(count).fill(0), x: Array(count).fill(0), y: Array(count).fill(0),
    community: Array(count).fill(-1), communities: [], edges, edgeKinds: [0, edges.length / 2], findings: [], aliases: {}, time: {},
  });
  assert.deepEqual([...M.indexNotes(vault(12, links))], [0]);
  assert.deepEqual([...M.indexNotes(vault(12, links.slice(0, 6)))], [], "three links make none");
  assert.deepEqual([...M.indexNotes(vault(31, links))], [], "less than a fifth");
});
test("a shared neighbour counts one by the logarithm of its neighbours", () => {
  assert.ok(Math.abs(M.relatedTo(model, 1)[1].score - 1 / Math.log(3)) < 1e-9);
});
test("index notes are not passed, but may be an end", () => {
  assert.equal(M.pathBetween(model, 2, 4, null, new Set([0])), null);
  assert.deepEqual(M.pathBetween(model, 0, 4, null, new Set([0])), [0, 1, 4]);
});
test("a note that stops is not passed", () => {
  const stopped = M.decode({ ...data, stops: [1] });
  assert.deepEqual(M.pathBetween(stopped, 0, 4, null, new Set()), [0, 3, 4]);
});
test("search: words, aliases, tags, quality", () => {
  assert.deepEqual(M.searchNodes(model, "dee"), [4]);
  assert.deepEqual(M.searchNodes(model, "#tag"), [1, 7]);
  assert.deepEqual(M.searchNodes(model, "A")[0], 1, "the exact name first");
  assert.deepEqual(M.searchNodes(model, "  "), []);
});
test("filters", () => {
  assert.deepEqual(shown({ hiddenKinds: ["tag", "missing"] }), ["Home", "a", "b", "c", "d", "alone"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], folder: "F/G" }), ["c", "d"]);
  assert.deepEqual(shown({ hiddenKinds: [], rules: ["LK001"] }), ["b", "x/ghost.png"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], tags: [7] }), ["a"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], communities: [1] }), ["c", "d"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], degree: 2 }), ["Home", "a", "b", "c", "d"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], until: 3 }), ["Home"]);
  assert.deepEqual(shown({ hiddenKinds: ["tag"], local: { node: 5, depth: 2 } }), ["alone"]);
});
test("the hit grid finds the nearest disc, or none", () => {
  const hit = M.hitGrid(model, new Uint8Array(8).fill(1));
  assert.equal(hit(10.4, 0.5, 1), 1);
  assert.equal(hit(500, 500, 5), -1);
});
test("bounds of nothing are null", () => assert.equal(M.boundsOf(model, new Uint8Array(8)), null));
test("too many nodes fold into their communities, and open", () => {
  const wide = { ...data, communities: [["Home", 0, 0, 5], ["c", 1, 3, 3]], community: [0, 0, 0, 1, 1, 1, 0, -1] };
  const large = M.decode(wide, 5);
  const names = (filters) => large.labels.filter((_, i) => M.visibleNodes(large, filters)[i]);
  assert.deepEqual(names({}), ["Home", "c"], "one node for each community");
  assert.equal(large.folded, 8);
  assert.deepEqual([...M.neighbours(large, 8)], [9], "linked as their members are");
  assert.deepEqual(names({ communities: [1] }), ["c", "d", "alone", "#tag"]);
  assert.equal(large.folded, 0);
  const hit = M.hitGrid(large, M.visibleNodes(large, {}));
  assert.equal(hit(large.x[8] - 25, 0, 1), 8);
});
test("related notes share neighbours and have no link", () => {
  assert.deepEqual(M.relatedTo(model, 1).map(({ node, through }) => [node, through]), [[3, [0, 4]], [2, [0]]]);
  assert.deepEqual(M.relatedTo(model, 5), []);
});
test("links in properties say which", () => {
  const typed = M.decode({ ...data, edges: [0, 1, 0, 2, 1, 7], edgeKinds: [0, 1, 2, 1, 4, 1], properties: ["author"], propertyOf: [0] });
  assert.deepEqual(M.propertiesBetween(typed, 0, 2), ["author"]);
  assert.deepEqual(M.propertiesBetween(typed, 0, 1), []);
});

// 0 Slides embeds 1 shot.png and 2 paper.pdf; 3 Other links to, but does not show, the PDF; 4 lost.png is in no note
const pictured = M.decode({
  labels: ["Slides", "shot.png", "paper.pdf", "Other", "lost.png"], kind: [0, 2, 3, 0, 2], folder: [0, 0, 0, 0, 0], folders: [""],
  x: [0, 1, 2, 3, 4], y: [0, 0, 0, 0, 0], community: [0, 0, 0, 0, -1], communities: [["Slides", 0, 0, 2]],
  edges: [3, 2, 0, 1, 0, 2], edgeKinds: [0, 1, 1, 2], pictureTexts: [1, 2, 4],
});
const said = ["A note of pictures.", "MinHash signature\nbands", "Reservoir sampling", "Nothing here", "MinHash again"];
const textOf = (node) => said[node];
const foldedOf = (node) => M.fold(said[node]);
const answersTo = (query) => M.find(pictured, query, null, foldedOf).nodes.map((node) => pictured.labels[node]).sort();
for (const [query, expected] of [
  ["minhash", ["Slides", "lost.png", "shot.png"]],
  ["content:reservoir", ["Slides", "paper.pdf"]],
  ["minhash reservoir", ["Slides"]], // on two pictures of one note
  ["note minhash", ["Slides"]], // written, and on a picture
  ["minhash -bands", ["lost.png"]],
  ["file:minhash", []],
  ["/min.ash/", ["Slides", "lost.png", "shot.png"]],
]) test(`words on pictures: ${query}`, () => assert.deepEqual(answersTo(query), expected));
test("a hit says which picture it is on", () => {
  const place = (query, node) => {
    const { ends } = M.find(pictured, query, null, foldedOf);
    const { line, picture } = M.firstHit(pictured, node, ends, textOf) ?? {};
    return [line, picture];
  };
  assert.deepEqual(place("bands", 0), [0, 1]);
  assert.deepEqual(place("reservoir", 0), [0, 2]);
  assert.deepEqual(place("pictures", 0), [1, -1]);
  assert.deepEqual(place("minhash", 4), [0, 4]);
  assert.deepEqual(place("reservoir", 3), [undefined, undefined]);
});
test("a page without texts of pictures has none for its notes", () => assert.equal(model.picturesOf.size, 0));
