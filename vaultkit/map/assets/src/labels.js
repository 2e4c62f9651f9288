// @ts-check
// Where names are written.

import { TURN } from "./colours.js";
import { COMMUNITY, KINDS, PAIRS } from "./kinds.js";
import { placeRegions } from "./regions.js";
import { FEW_LETTERS, MOST_LETTERS, parted, short, widthOf } from "./type.js";

const CELL = 6; // pixels of the grid on which room is taken
const ROOMY = 14; // pixels of radius: a folded community above bears its name within
const TINY = 5; // pixels of radius: a node below may be covered by an important name
const IMPORTANT = 28; // notes in view that are named whatever it takes, the most linked
const PER_IMPORTANT = 30000; // pixels of the window for each of them
const TAGS = 14; // tags in view that are named, those of most notes
const AWAY = [0, 10, 22, 36, 54, 76, 100]; // pixels between a node and its name; from the second on a line joins them
const ENDED = new Set(["image", "pdf", "audio", "video", "missing"]); // the shape says what the ending would

/** The room on the screen: 1 a tiny node, 2 another node, 3 a label or a mark. */
function grid(view) {
  const columns = Math.ceil(view.width / CELL);
  const rows = Math.ceil(view.height / CELL);
  const taken = new Uint8Array(columns * rows);
  const cells = (/** @type {Box} */ [left, top, right, bottom], visit) => {
    const x0 = Math.max(0, Math.floor(left / CELL)), x1 = Math.min(columns - 1, Math.floor(right / CELL));
    const y0 = Math.max(0, Math.floor(top / CELL)), y1 = Math.min(rows - 1, Math.floor(bottom / CELL));
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) visit(y * columns + x);
  };
  return {
    sweep: (box, value) => cells(box, (at) => { if (taken[at] < value) taken[at] = value; }),
    cells,
    /** How much of a box nodes cover, but for the label's own; Infinity where a label is. `larger`: the price of a cell of a
     * node that is not tiny. */
    covered(box, own, larger) {
      if (box[0] < 2 || box[1] < 2 || box[2] > view.width - 2 || box[3] > view.height - 2) return Infinity;
      let sum = 0;
      cells(box, (at) => {
        if (taken[at] === 3) sum = Infinity;
        else if (taken[at] && !own.has(at)) sum += taken[at] === 2 ? larger : 1;
      });
      return sum;
    },
  };
}

/** @returns {Box} */
const disc = (x, y, r) => [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8];

/** Places beside a node for the middle of a label's upper edge; farther off all round. */
function spots(x, y, r, half, tall, away, isWithin) {
  if (away) {
    return Array.from({ length: 16 }, (_, at) => {
      const [cos, sin] = [Math.cos((at / 16) * TURN), Math.sin((at / 16) * TURN)];
      return [x + cos * (r + away + half), y + sin * (r + away + tall / 2) - tall / 2];
    });
  }
  const aside = r * 0.7 + 3;
  return [...(isWithin ? [[x, y - tall / 2]] : []),
    [x, y + r + 3], [x, y - r - tall - 3], [x + r + 5 + half, y - tall / 2], [x - r - 5 - half, y - tall / 2],
    [x + aside + half, y + aside - 2], [x - aside - half, y + aside - 2], [x + aside + half, y - aside - tall + 2], [x - aside - half, y - aside - tall + 2]];
}

/** The line from the edge of a node to its label. */
function joined([x, y], r, [lx, ly]) {
  const far = Math.hypot(lx - x, ly - y) || 1;
  return [x + ((lx - x) / far) * r, y + ((ly - y) / far) * r, lx, ly];
}

/**
 * Labels that fit, in screen pixels: {node, text, x, y, size, bold, width, line}. A name in two lines is two of them; line:
 * [x, y, x, y] from the node to a label farther off.
 * order: nodes, the most important first. always: nodes whose label stands whatever it covers. regions: names on the ground,
 * which are placed first. blocked: boxes without names; marks: boxes that only important names cover. around: pixels that rings take round a node.
 */
export function placeNames(pen, model, view, { order, shown, always = [], regions = [], most = 120, blocked = [], marks = [], around = (_) => 0 }) {
  const room = grid(view);
  const placed = [];
  /** @returns {[number, number]} */
  const at = (node) => [(model.x[node] - view.x) * view.k + view.width / 2, (model.y[node] - view.y) * view.k + view.height / 2];
  const isIn = (/** @type {number[]} */ [x, y], beyond = 0) => x > -beyond && y > -beyond && x < view.width + beyond && y < view.height + beyond;

  /** @param {"must" | "important" | "free"} how */
  const place = (node, how) => {
    const isFold = model.kind[node] >= COMMUNITY;
    const [x, y] = at(node);
    const r = Math.max(model.radius[node] * view.k, 2) + around(node);
    const bold = how === "must" || model.radius[node] > 14;
    const size = isFold ? 13 : Math.round(Math.min(17, Math.max(11, 9.5 + model.radius[node] * 0.24 * Math.min(1.15, 0.55 + view.k))));
    const members = model.kind[node] === COMMUNITY ? model.communities[model.community[node]][3] : 0;
    const name = model.names[node] + (members ? ` · ${members.toLocaleString("en")}` : "");
    const plain = ENDED.has(KINDS[model.kind[node]]) ? name.replace(/\.\w{2,5}$/, "") : name;
    const whole = how === "must" ? short(name, 2 * MOST_LETTERS) : short(plain);
    const own = new Set();
    room.cells(disc(x, y, model.radius[node] * view.k), (cell) => own.add(cell));
    /** @type {any} */
    let best = null;
    let any = null;
    let least = how === "free" ? 1 : Infinity;
    const attempt = (lines, away, extra) => {
      const broad = lines.map((text) => widthOf(pen, text, size, bold));
      const half = Math.max(...broad) / 2;
      const tall = size + (lines.length - 1) * (size + 3);
      for (const [cx, top] of spots(x, y, r, half, tall, away, isFold && r > ROOMY)) {
        const box = [cx - half - 3, top - 1, cx + half + 3, top + tall + 2];
        any ??= { lines, broad, box, cx, top, away };
        const cost = room.covered(box, own, how === "free" ? Infinity : 3) + away * 0.25 + extra;
        if (cost < least) [best, least] = [{ lines, broad, box, cx, top, away }, cost];
        if (least <= extra) return;
      }
    };
    attempt([whole], 0, 0);
    if (how !== "free" && least > 0) {
      const two = parted(how === "must" ? name : plain);
      if (two) attempt(two, 0, 1);
      if (how === "important" && least > 1) attempt([short(plain, FEW_LETTERS)], 0, 2);
      for (const away of how === "important" ? AWAY.slice(1) : []) {
        if (least <= away * 0.25 + 2) break;
        attempt([short(plain, FEW_LETTERS)], away, 2);
        if (two) attempt(two, away, 2);
      }
      if (how === "must") best ??= any;
    }
    if (!best) return;
    room.sweep(best.box, 3);
    const line = best.away ? joined([x, y], r, [Math.max(best.box[0], Math.min(x, best.box[2])), Math.max(best.box[1], Math.min(y, best.box[3]))]) : null;
    best.lines.forEach((text, i) => placed.push({ node, text, x: best.cx, y: best.top + i * (size + 3), size, bold, width: best.broad[i], line: i ? null : line }));
  };

  for (const box of blocked) room.sweep(box, 3);
  for (const box of marks) room.sweep(box, 2);
  const mostImportant = Math.min(IMPORTANT, Math.max(8, Math.round((view.width * view.height) / PER_IMPORTANT)));
  const important = [];
  const tags = [];
  let seen = 0;
  for (const node of order) {
    const r = model.radius[node] * view.k;
    if (++seen > 6000) break;
    const [x, y] = at(node);
    if (!shown[node] || !isIn([x, y], r)) continue;
    if (isIn([x, y])) {
      const isTag = KINDS[model.kind[node]] === "tag";
      if (isTag && tags.length < TAGS) tags.push(node);
      else if ((model.kind[node] === PAIRS || (important.length < mostImportant && (model.kind[node] === 0 || model.kind[node] === COMMUNITY)))) important.push(node);
    }
    if (r >= 2.5 && !(model.kind[node] === COMMUNITY && r > ROOMY)) room.sweep(disc(x, y, r + around(node)), r < TINY ? 1 : 2);
  }
  const before = new Set(always);
  for (const node of always) if (shown[node]) place(node, "must");
  const ground = placeRegions(pen, view, regions, room);
  for (const node of [...important, ...tags]) if (!before.has(node)) place(node, "important"), before.add(node);
  seen = 0;
  const limit = most + always.length;
  for (const node of order) {
    if (placed.length >= limit || seen > 5000) break;
    if (!shown[node] || before.has(node) || !isIn(at(node))) continue;
    seen++;
    place(node, "free");
  }
  return [...ground, ...placed];
}
