// Run by `node --test`: the parts of the page that read notes and queries.
import assert from "node:assert";
import test from "node:test";

const SOURCES = new URL("../../vaultkit/map/assets/src/", import.meta.url);
const load = async (...names) => Object.assign({}, ...(await Promise.all(names.map((name) => import(new URL(`${name}.js`, SOURCES))))));
const R = await load("reader/blocks", "reader/inline", "reader/math", "reader/binary", "query", "fuzzy");

const shape = (text) => R.blocksOf(text).map((block) => [block.type, block.line]);
const words = (text) => R.wordsOf(R.inlineOf(text));
const types = (text) => R.inlineOf(text).map((token) => token.type);

for (const [id, text, expected] of [
  ["nothing", "", []],
  ["properties and lines", "---\na: b\n---\ntext", [["properties", 1], ["paragraph", 4]]],
  ["a rule is no property block", "text\n\n---\n", [["paragraph", 1], ["rule", 3]]],
  ["setext", "Title\n===\ntext", [["heading", 1], ["paragraph", 3]]],
  ["hashes without a space are a paragraph", "#tag\n", [["paragraph", 1]]],
  ["an unclosed fence takes the rest", "```\na\n\nb", [["code", 1]]],
  ["a fence of tildes holds backticks", "~~~\n```\n~~~\nx", [["code", 1], ["paragraph", 4]]],
  ["a comment shows nothing", "%%\nsecret\n%%\nx", [["paragraph", 4]]],
  ["a formula right after a line", "text\n$$\nx\n$$\nafter", [["paragraph", 1], ["math", 2], ["paragraph", 5]]],
  ["a list, then a paragraph", "- a\n- b\n\ntext", [["list", 1], ["paragraph", 4]]],
  ["numbers other than one end no paragraph", "in\n1984. it was", [["paragraph", 1]]],
  ["a table needs a line of dashes", "a | b\nc | d", [["paragraph", 1]]],
  ["a table", "a | b\n--|--\nc | d\n\nx", [["table", 1], ["paragraph", 5]]],
  ["a callout and a quote", "> [!tip] T\n> x\n\n> q", [["callout", 1], ["quote", 4]]],
  ["indented code", "a\n\n    code\n", [["paragraph", 1], ["code", 3]]],
  ["footnote", "[^1]: words\n", [["footnote", 1]]],
  ["Windows line ends", "# A\r\n\r\nb\r\n", [["heading", 1], ["paragraph", 3]]],
]) test(`blocks: ${id}`, () => assert.deepEqual(shape(text), expected));

test("lists nest, and tasks have their sign", () => {
  const [list] = R.blocksOf("- a\n\t- b\n\t- c\n- [x] d\n");
  assert.equal(list.items.length, 2);
  assert.equal(list.items[0].blocks[1].items.length, 2);
  assert.equal(list.items[1].task, "x");
});
test("cells: escaped pipes and code", () => assert.deepEqual(R.cellsOf("| [[a\\|b]] | `x|y` | z |"), ["[[a|b]]", "`x|y`", "z"]));

for (const [id, text, expected] of [
  ["emphasis", "**a *b* c** ~~d~~ ==e==", "a b c d e"],
  ["marks that close nothing", "2 ** 3 * 4 _x", "2 ** 3 * 4 _x"],
  ["underscores within words", "snake_case_name", "snake_case_name"],
  ["escapes", "\\*a\\* \\[b\\]", "*a* [b]"],
  ["comments", "a %%b%% c<!-- d -->", "a  c"],
  ["markup", "<b>a</b> <span class='x'>b</span>", "a b"],
  ["entities", "a &amp; b &#65; &unknown;", "a & b A &unknown;"],
  ["block ids", "text ^abc-1", "text "],
  ["links", "[[A]] [[B|c]] [d](e.md) <https://f.g>", "A c d https://f.g"],
  ["dollars are no formula", "it costs $5 and $6", "it costs $5 and $6"],
]) test(`inline: ${id}`, () => assert.equal(words(text), expected));
test("inline: what is code is nothing else", () => assert.deepEqual(types("`[[a]] **b**`"), ["code"]));
test("inline: tags", () => {
  assert.deepEqual(types("#a/b-c, #1984 x#y"), ["tag", "text"]);
  assert.equal(R.inlineOf("#标签")[0].text, "#标签");
});

for (const [latex, expected] of [
  ["\\frac{a+b}{2}", "(a + b)/2"], ["x^{2}", "x2"], ["\\alpha \\to \\infty", "α→∞"], ["\\mathbb{R}^n", "ℝn"], ["\\hat{y}", "y\u0302"],
  ["\\text{if } x", "if x"], ["\\sqrt[3]{x}", "∛x"], ["\\unknown{x}", "unknownx"], ["\\", ""], ["{{{", ""], ["^", ""],
]) test(`math: ${latex}`, () => assert.equal(R.mathOf(latex).map(([text]) => text).join("").trim(), expected));
test("math: powers are raised", () => assert.deepEqual(R.mathOf("x^2_i"), [["x", ""], ["2", "sup"], ["i", "sub"]]));

test("bytes come back", () => {
  // As packed_text.py writes [0, 13, 60, 127, 255]: seven bits each, the four special ones escaped.
  const bits = [0, 13, 60, 127, 255].map((byte) => byte.toString(2).padStart(8, "0")).join("").padEnd(42, "0");
  const codes = bits.match(/.{7}/g).map((seven) => parseInt(seven, 2));
  const characters = codes.map((code) => (R.ESCAPE === code || [0, 13, 60].includes(code) ? String.fromCharCode(R.ESCAPE, code ^ R.FLIP) : String.fromCharCode(code))).join("");
  assert.deepEqual([...R.bytesOf(characters, 5)], [0, 13, 60, 127, 255]);
});

const says = (text) => {
  const show = (query) => (query === null ? "" : query.op === "is" ? `${query.field}:${query.test ? query.test.source : query.value}` : query.op === "not" ? `!${show(query.part)}` : `(${query.parts.map(show).join(query.op === "or" ? " | " : " & ")})`);
  return show(R.parseQuery(text));
};
for (const [text, expected] of [
  ["a b", "(:a & :b)"], ["a OR b", "(:a | :b)"], ["a b OR c", "((:a & :b) | :c)"], ["-a", "!:a"], ["-(a OR b)", "!(:a | :b)"],
  ['"a b"', ":a b"], ['"OR"', ":or"], ["tag:#A/b", "tag:a/b"], ["#x", "tag:x"], ["path:a/b", "path:a/b"], ['file:"a b"', "file:a b"], ["/a.b/", ":a.b"], ["/[/", ":/[/"],
  ["[p:v]", "property:p\nv"], ["line:(a b)", "(content:a & content:b)"], ["http://x", ":http://x"], ["", ""], ["()", ""], ["a )", ":a"], ["OR", ""], ['"', ""],
]) test(`query: ${text}`, () => assert.equal(says(text), expected));

test("nearly the same words", () => {
  assert.equal(R.distance("trnsformer", "transformer", 2), 1);
  assert.equal(R.distance("ab", "ba", 2), 1);
  assert.equal(R.distance("abc", "xyz", 2), 3);
  assert.equal(R.nearest("trnsformer", new Map([["transformer", 3], ["transform", 1]])), "transformer");
  assert.equal(R.nearest("cat", new Map([["car", 1]])), null, "three letters are too few");
});
