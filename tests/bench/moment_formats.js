// Prints random formats of Moment.js with random dates and their values, as JSON.
//
//     npm install moment && TZ=UTC node tests/bench/moment_formats.js [NUMBER] > tests/query/bases/moment_formats.json
const moment = require("moment")
let state = 9
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = list => list[Math.floor(random() * list.length)]
const below = number => Math.floor(random() * number)
const tokens =
  "M Mo MM MMM MMMM Q Qo D Do DD DDD DDDo DDDD d do dd ddd dddd e E w wo ww W Wo WW YY YYYY YYYYY YYYYYY Y y yo yy yyyy N NN NNN NNNN NNNNN " +
  "gg gggg ggggg gggggg GG GGGG GGGGG A a H HH h hh k kk m mm s ss S SS SSS SSSS SSSSSSSSS Hmm hmm Hmmss hmmss LT LTS L l LL ll LLL lll LLLL " +
  "llll LLLLL X x Z ZZ [at] [YYYY] [] [a]] ] [ [x] [y] \\ \\D \\DD \\[x] \\L - / : T , _ . é"
const rows = []
while (rows.length < Number(process.argv[2] ?? 500)) {
  const date = new Date(Date.UTC(2000, below(12), 1 + below(31), below(24), below(60), below(60), below(1000)))
  date.setUTCFullYear(pick([33, 999, 1969, 1970, 1999, 2000, 2016, 2020, 2021, 2023, 2024, 2025, 2026, 2027, 2100, 9998]))
  const format = Array.from({ length: 1 + below(4) }, () => pick(tokens.split(" "))).join(pick(["", " ", "-"]))
  rows.push([date.toISOString().slice(0, -1), format, moment.utc(date).format(format)])
}
console.log("[\n" + rows.map(row => "  " + JSON.stringify(row)).join(",\n") + "\n]")
