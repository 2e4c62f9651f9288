// Prints expressions that mean the same in bases and in JavaScript, with their values, as JSON.
//
//     node tests/bench/javascript_values.js > tests/query/bases/javascript_values.json
const rows = []
const add = (base, value) => rows.push([base, value === null ? "" : String(value)])

const numbers = [0, 0.5, 1.5, 2.5, 12.5, 1.005, 1.045, 1.255, 8.345, 0.1, 0.15, 0.25, 0.35, 99.995, 1234.5678, 3, -0.5, -1.5, -2.345]
for (const number of numbers) for (const digits of [0, 1, 2, 4]) add(`(${number}).toFixed(${digits})`, number.toFixed(digits))

const tests = [
  ["^\\w$", "", "é"], ["^\\w$", "", "a"], ["\\w+", "", "_"], ["^\\d+$", "", "٣"], ["^\\d+$", "", "12"], ["\\bcat\\b", "", "a cat."],
  ["\\bcat\\b", "", "concat"], ["^a$", "", "a\n"], ["^a$", "m", "a\nb"], ["a.c", "", "a\nc"], ["a.c", "s", "a\nc"], ["a.c", "", "a\u2028c"],
  ["[^]", "", "\n"], ["^[]$", "", ""], ["(a)(b)?", "", "a"], ["(?<x>a)\\k<x>", "", "aa"], ["(?<x>a)\\k<x>", "", "ab"], ["a{2,3}", "", "aa"],
  ["^(?!a)", "", "ba"], ["(?<=\\$)\\d", "", "$5"], ["(?<!\\$)\\d", "", "$5"], ["\\p{L}", "u", "é"], ["\\p{Lu}", "u", "é"], ["\\P{L}", "u", "1"],
  ["\\p{N}", "u", "٣"], ["\\u00e9", "", "é"], ["\\u{e9}", "u", "é"], ["\\x41", "", "A"], ["É", "i", "é"], ["[a-z]+", "i", "ABC"], ["[\\w-]+", "", "-"],
  ["[\\d.]+", "", "1.5"], ["\\s", "", "\u00a0"], ["\\s", "", "\ufeff"], ["\\S", "", "\u00a0"], ["\\/", "", "a/b"], ["[/]", "", "/"], ["\\t", "", "\t"],
  ["a|b", "", "b"], ["^$", "", ""], ["^$", "", "x"], ["[\\]]", "", "]"], ["[a\\-z]", "", "-"], ["[a\\-z]", "", "m"], ["\\D", "", "٣"], ["\\W", "", "é"],
  ["\\Bb", "", "ab"], ["\\Bb", "", "a b"], ["(?:ab)+", "", "abab"], ["^.{1,2}$", "", "ab"], ["\\.", "", "."], ["\\-", "", "-"], ["[&&]", "", "&"], ["[[]", "", "["],
]
const quoted = text => JSON.stringify(text).replace(/[\u00a0\ufeff\u2028]/g, letter => letter)
for (const [source, flags, text] of tests) add(`/${source}/${flags}.matches(${quoted(text)})`, new RegExp(source, flags).test(text))

const replaced = [
  ["abc", "b", "", "$&$&"], ["abc", "b", "", "$$"], ["abc", "(b)", "", "$1-$1"], ["abc", "(b)", "", "$2"], ["abc", "(b)", "", "$01"], ["abc", "b", "", "$`"],
  ["abc", "b", "", "$'"], ["aXbX", "X", "", "-"], ["aXbX", "X", "g", "-"], ["aXbx", "x", "gi", ""], ["abc", "(?<n>b)", "", "<$<n>>"], ["abc", "(?<n>b)", "", "$<m>"],
  ["naïve", "\\W", "g", "_"], ["a b  c", "\\s+", "g", " "], ["2020-01-02", "(\\d+)-(\\d+)-(\\d+)", "", "$3.$2.$1"], ["abc", "z", "", "x"], ["aaa", "a", "g", "b"],
  ["a.b.c", "\\.", "g", "/"], ["hello", "l", "", "L"], ["hello", "(l)(l)", "", "$2$1!"], ["x1y2", "\\d", "g", "[$&]"], ["tel 555", "[^\\d]", "g", ""],
]
for (const [text, source, flags, by] of replaced) add(`${quoted(text)}.replace(/${source}/${flags}, ${quoted(by)})`, text.replace(new RegExp(source, flags), by))

for (const text of ["abcdef", "", "é"]) for (const [start, end] of [[0, 2], [1, 4], [-2, 6], [2, 100], [3, 1]]) add(`${quoted(text)}.slice(${start}, ${end})`, text.slice(start, end))
for (const [text, by] of [["a,b,c", ","], ["abc", ""], ["a", ","], ["a--b", "--"]]) add(`${quoted(text)}.split(${quoted(by)}).join("|")`, text.split(by).join("|"))
for (const [a, b] of [[7, 3], [-7, 3], [7, -3], [5.5, 2], [1, 3], [0, 5], [2, 8], [10, 4]]) {
  add(`${a} % (${b})`, a % b === 0 ? 0 : a % b)
  add(`${a} * (${b})`, a * b === 0 ? 0 : a * b)
  add(`${a} + (${b})`, a + b)
  add(`${a} - (${b})`, a - b)
  add(`${a} > (${b})`, a > b)
  add(`${a} <= (${b})`, a <= b)
}
for (const number of [1.4, 1.5, -1.5, 2.5, -0.4, 0]) {
  add(`(${number}).floor()`, Math.floor(number) === 0 ? 0 : Math.floor(number))
  add(`(${number}).ceil()`, Math.ceil(number) === 0 ? 0 : Math.ceil(number))
  add(`(${number}).abs()`, Math.abs(number))
}
for (const text of ["Abc", "straße", "ÉA"]) {
  add(`${quoted(text)}.lower()`, text.toLowerCase())
  add(`${quoted(text)}.contains("b")`, text.includes("b"))
  add(`${quoted(text)}.startsWith("A")`, text.startsWith("A"))
  add(`${quoted(text)}.endsWith("c")`, text.endsWith("c"))
  add(`${quoted(text)}.repeat(2)`, text.repeat(2))
}
console.log("[\n" + rows.map(row => "  " + JSON.stringify(row)).join(",\n") + "\n]")
