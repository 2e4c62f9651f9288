// Prints random expressions of bases with the values that JavaScript gives them, as JSON.
//
//     node tests/bench/javascript_expressions.js [NUMBER] [SEED] > tests/query/bases/javascript_expressions.json
//
// The methods of bases are defined here on JavaScript's own types, as Obsidian Help describes them.
const count = Number(process.argv[2] ?? 600)
let state = Number(process.argv[3] ?? 18)
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = list => list[Math.floor(random() * list.length)]

const define = (type, methods) => {
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(type.prototype, name, { value, configurable: true })
}
const [split, replace, stringSlice] = [String.prototype.split, String.prototype.replace, String.prototype.slice]
define(String, {
  contains(part) { return this.includes(part) },
  containsAll(...parts) { return parts.every(part => this.includes(part)) },
  containsAny(...parts) { return parts.some(part => this.includes(part)) },
  isEmpty() { return this.length === 0 },
  lower() { return this.toLowerCase() },
  reverse() { return [...this].reverse().join("") },
  replace(pattern, text) { return typeof pattern === "string" ? this.replaceAll(pattern, () => text) : replace.call(this, pattern, text) },
  isTruthy() { return Boolean(this.valueOf()) },
})
define(Number, {
  abs() { return Math.abs(this) },
  ceil() { return Math.ceil(this) },
  floor() { return Math.floor(this) },
  round() { return Math.round(this) },
  isTruthy() { return Boolean(this.valueOf()) },
})
const native = { filter: Array.prototype.filter, map: Array.prototype.map, reduce: Array.prototype.reduce, sort: Array.prototype.sort }
define(Array, {
  contains(value) { return this.includes(value) },
  containsAll(...values) { return values.every(value => this.includes(value)) },
  containsAny(...values) { return values.some(value => this.includes(value)) },
  isEmpty() { return this.length === 0 },
  unique() { return [...new Set(this)] },
  sorted() { return native.sort.call([...this], (one, two) => (typeof one === "number" ? one - two : one < two ? -1 : one > two ? 1 : 0)) },
})

const integer = () => Math.floor(random() * 41) - 20
const number = () => pick([integer, integer, () => Math.round((random() - 0.5) * 1e5) / 1000, () => pick([0.1, 0.2, 1e-7, 123456789.125, 1e15, 4503599627370497])])()
const letters = ["a", "b", "A", "Z", "é", "ß", "İ", " ", ",", "-", "1", ".", "x", "ö", "#", "\t"]
const text = () => Array.from({ length: Math.floor(random() * 9) }, () => pick(letters)).join("")
const quoted = value => JSON.stringify(value)
const bracket = value => `(${value})`
const list = () => `[${Array.from({ length: Math.floor(random() * 6) }, pick([integer, integer, () => quoted(pick(["a", "b", "ab", ""]))])).join(",")}]`
const numbers = () => `[${Array.from({ length: 1 + Math.floor(random() * 5) }, integer).join(",")}]`
const regex = () => pick(["/a/", "/[ab]/g", "/\\w/g", "/\\d+/", "/(.)(.)/", "/\\s/g", "/A/gi", "/[^a-z]/g", "/^./", "/.$/", "/b|é/g", "/\\W/", "/x?/g", "/\\ba/gi"])

const kinds = [
  () => `${bracket(number())} ${pick(["+", "-", "*", "%"])} ${bracket(number() || 3)} ${pick(["+", "-", "*"])} ${bracket(number())}`,
  () => `${bracket(number())} / ${bracket(integer() || 7)}`,
  () => `${bracket(number())} ${pick(["<", "<=", ">", ">=", "==", "!="])} ${bracket(number())}`,
  () => `${bracket(number())}.${pick(["abs()", "ceil()", "floor()", "round()", "toString()", "toFixed(1)", "toFixed(3)", "toFixed(0)"])}`,
  () => `${quoted(text())} + ${pick([() => quoted(text()), () => bracket(number())])()}`,
  () => `${quoted(text())} ${pick(["==", "!=", "<", ">"])} ${quoted(text())}`,
  () => `${quoted(text())}.${pick(["lower()", "trim()", "reverse()", "length", "isEmpty()", "isTruthy()", "toString()"])}`,
  () => `${quoted(text())}.slice(${integer() % 9}${pick([() => "", () => ", " + (integer() % 9)])()})`,
  () => `${quoted(text())}.${pick(["contains", "startsWith", "endsWith"])}(${quoted(pick(letters))})`,
  () => `${quoted(text())}.${pick(["containsAll", "containsAny"])}(${quoted(pick(letters))}, ${quoted(pick(letters))})`,
  () => `${quoted(text())}.replace(${quoted(pick(letters))}, ${quoted(pick(["", "_", "aa"]))})`,
  () => `${quoted(text())}.replace(${regex()}, ${quoted(pick(["", "_", "<$&>", "$1", "$$"]))})`,
  () => `${quoted(text())}.split(${pick([() => quoted(pick(letters)), () => '""', () => pick(["/[ab]/", "/\\s+/", "/(,)/", "/-/"])])()}${pick(["", ", 2"])}).join("|")`,
  () => `${quoted(text())}.repeat(${Math.floor(random() * 4)})`,
  () => `${regex().replace(/\/g/, "/")}.matches(${quoted(text())})`,
  () => `${list()}.${pick(["length", "isEmpty()", 'join("-")', "reverse()", "unique()", "flat()", "toString()"])}`,
  () => `${list()}.slice(${integer() % 5}${pick([() => "", () => ", " + (integer() % 5)])()})`,
  () => `${list()}.${pick(["contains", "containsAny"])}(${integer()})`,
  () => `${numbers()}.sort()`,
  () => `${numbers()}.filter(value ${pick(["> 0", "% 2 == 0", "< index"])})`,
  () => `${numbers()}.map(value ${pick(["* 2", "+ index", "- 1", "% 3"])})`,
  () => `${numbers()}.reduce(acc + value, ${integer()})`,
  () => `if(${bracket(integer())} ${pick(["<", ">"])} ${bracket(integer())}, ${quoted(text())}, ${bracket(number())})`,
  () => `${pick(["max", "min"])}(${integer()}, ${number()}, ${integer()})`,
  () => `!(${bracket(integer())} > 3 ${pick(["&&", "||"])} ${quoted(text())}.isEmpty())`,
  () => `number(${quoted(String(number()))}) + 1`,
]

const value = expression => {
  const code = expression
    .replace(/^if\((.*)\)$/s, "choose($1)")
    .replace(/\.(filter|map)\((.*)\)$/s, ".$1((value, index) => $2)")
    .replace(/\.reduce\((.*), (.*)\)$/s, ".reduce((acc, value, index) => $1, $2)")
    .replace(/\.sort\(\)$/, ".sorted()")
    .replace(/\.matches\(/, ".test(")
    .replace(/\.toString\(\)$/, ".shown()")
    .replace(/^number\(/, "Number(")
    .replace(/^(max|min)\(/, "Math.$1(")
  return new Function("choose", `return ${code}`)((condition, one, two) => (condition ? one : two))
}
const shown = found => (found === null || found === undefined ? "" : Array.isArray(found) ? found.map(shown).join(", ") : Object.is(found, -0) ? "0" : String(found))
for (const type of [String, Number, Array]) define(type, { shown() { return shown(this.valueOf()) } })

const rows = new Map()
while (rows.size < count) {
  const expression = pick(kinds)()
  const found = value(expression)
  if (typeof found !== "number" || Number.isFinite(found)) rows.set(expression, shown(found))
}
console.log("[\n" + [...rows].map(row => "  " + JSON.stringify(row)).join(",\n") + "\n]")
