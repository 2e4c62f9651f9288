// @ts-check
// Where names are written.

import { TURN } from "./colours.js";
import { COMMUNITY, KINDS } from "./kinds.js";

export const FONT = 'ui-sans-serif, "Inter", "Segoe UI Variable", "Segoe UI", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", sans-serif';
export const fontOf = (size, bold) => `${bold ? 620 : 480} ${size}px ${FONT}`;
const MOST_LETTERS = 30; // of a label in one line
const FEW_LETTERS = 18; // where there is no room for more
const FARTHEST = 132; // pixels between a node and its name, where a region has no room nearer
const ROOMY = 14; // pixels of radius: a folded community above bears its name within
const TINY = 5; // pixels of radius: a node below may lie under the name of a region
/** A label of at most about so many letters; East Asian signs are twice as wide. */
const short = (text, most = MOST_LETTERS) => {
  let room = most;
  let kept = "";
  for (const sign of text) {
    room -= sign.codePointAt(0) > 0x2e7f ? 1.8 : 1;
    if (room < 0) return kept.trimEnd() + "…";
    kept += sign;
  }
  return text;
};

/** In which direction a text is written, by its first letter. */
export const directionOf = (text) => (/^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text) ? "rtl" : "ltr");

/** A name in two lines, parted where they are most alike in length; null when it has no room for a second. */
const parted = (name) => {
  const text = short(name, 2 * MOST_LETTERS);
  const gaps = [...text.matchAll(/ /g)].map(({ index }) => index);
  if (text.length < FEW_LETTERS - 6 || !gaps.length) return null;
  const gap = gaps.reduce((best, next) => (Math.abs(2 * next - text.length) < Math.abs(2 * best - text.length) ? next : best));
  return [short(text.slice(0, gap)), short(text.slice(gap + 1))];
};

const ENDED = new Set(["image", "pdf", "audio", "video", "missing"]); // the shape says what the ending would

/** Labels that fit: by rank, each where no other stands. Answers [{node, text, x, y, size, bold, width}], in screen
 * pixels; a name in two lines is two of them. always: nodes whose label stands whatever it covers. */
export function placeNames(pen, model, view, { order, shown, always = [], heads = [], most = 120, widths, blocked = [], around = (_) => 0 }) {
  const cell = 6;
  const columns = Math.ceil(view.width / cell);
  const rows = Math.ceil(view.height / cell);
  const taken = new Uint8Array(columns * rows); // 1: a tiny node, which a region's name may cover if need be; 2: another node; 3: a label, a mark
  const cells = (left, top, right, bottom, visit) => {
    const x0 = Math.max(0, Math.floor(left / cell)), x1 = Math.min(columns - 1, Math.floor(right / cell));
    const y0 = Math.max(0, Math.floor(top / cell)), y1 = Math.min(rows - 1, Math.floor(bottom / cell));
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) visit(y * columns + x);
  };
  const sweep = (box, value) => cells(...box, (at) => { if (taken[at] < value) taken[at] = value; });
  /** How much of a box tiny nodes cover, but for the label's own; Infinity where a label stands, or a larger node for
   * which `larger` is not the price. */
  const covered = (box, own, larger = Infinity) => {
    let sum = 0;
    cells(...box, (at) => {
      if (taken[at] === 3) sum = Infinity;
      else if (taken[at] && !own.has(at)) sum += taken[at] === 2 ? larger : 1;
    });
    return sum;
  };
  const disc = (x, y, r) => [x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8];
  const placed = [];
  const place = (node, must, isHead = false) => {
    const r = Math.max(model.radius[node] * view.k, 2) + around(node);
    const x = (model.x[node] - view.x) * view.k + view.width / 2;
    const y = (model.y[node] - view.y) * view.k + view.height / 2;
    if (x < -40 || y < -20 || x > view.width + 40 || y > view.height + 20) return;
    const bold = must || model.radius[node] > 14;
    const size = model.kind[node] === COMMUNITY ? 13 : Math.round(Math.min(17, Math.max(11, 9.5 + model.radius[node] * 0.24 * Math.min(1.15, 0.55 + view.k))));
    const members = model.kind[node] === COMMUNITY ? model.communities[model.community[node]][3] : 0;
    const name = model.names[node] + (members ? ` · ${members.toLocaleString("en")}` : "");
    const plain = ENDED.has(KINDS[model.kind[node]]) ? name.replace(/\.\w{2,5}$/, "") : name;
    const measured = (text) => {
      const key = (must ? "!" : bold ? "b" : "") + text;
      let width = widths.get(key);
      if (width === undefined) {
        pen.font = fontOf(100, bold);
        widths.set(key, width = pen.measureText(text).width / 100);
      }
      return width * size;
    };
    const leading = size + 3;
    // Below, above, right, left of the node, then askew: the first place that is free. The name of a region is
    // broken, cut or moved away before it gives up; it takes the place that covers fewest tiny nodes when none is free.
    const aside = r * 0.7 + 3;
    const spots = (half, tall, away) => away ? Array.from({ length: 16 }, (_, at) => { // round the node, farther off
      const [cos, sin] = [Math.cos((at / 16) * TURN), Math.sin((at / 16) * TURN)];
      return [x + cos * (r + away + half), y + sin * (r + away + tall / 2) - tall / 2];
    }) : [
      ...(model.kind[node] === COMMUNITY && r > ROOMY ? [[x, y - tall / 2]] : []),
      [x, y + r + 3], [x, y - r - tall - 3], [x + r + 5 + half, y - tall / 2], [x - r - 5 - half, y - tall / 2],
      [x + aside + half, y + aside - 2], [x - aside - half, y + aside - 2], [x + aside + half, y - aside - tall + 2], [x - aside - half, y - aside - tall + 2]];
    const own = new Set();
    cells(...disc(x, y, model.radius[node] * view.k), (at) => own.add(at));
    /** @type {any} */
    let best = null;
    let any = null;
    let least = isHead || must ? 1e9 : 1;
    const attempt = (lines, away = 0) => {
      const broad = lines.map(measured);
      const half = Math.max(...broad) / 2;
      const tall = size + (lines.length - 1) * leading;
      for (const [cx, top] of spots(half, tall, away)) {
        const gap = away ? 8 : 0; // else it seems another's
        const box = [cx - half - 3 - gap, top - 1, cx + half + 3 + gap, top + tall + 2];
        const isInside = box[0] >= 2 && box[2] <= view.width - 2 && box[1] >= 2 && box[3] <= view.height - 2;
        const cost = isInside ? covered(box, own, must ? 20 : Infinity) : Infinity;
        any ??= { lines, broad, box, cx, top };
        if (cost >= least) continue;
        [best, least] = [{ lines, broad, box, cx, top }, cost];
        if (!cost) return;
      }
    };
    const whole = must ? short(name, 2 * MOST_LETTERS) : short(plain);
    attempt([whole]);
    if (must) {
      const two = best ? null : parted(name);
      if (two) attempt(two);
      best ??= any; // it stands, whatever it covers
    }
    if (isHead) {
      const few = short(plain, FEW_LETTERS);
      const forms = [[whole], parted(plain), [few], parted(few)].filter(Boolean);
      for (let away = 0; away <= FARTHEST && !best; away += 6) for (const lines of forms) if (!best) attempt(lines, away);
    }
    if (!best) return;
    sweep(best.box, 3);
    best.lines.forEach((text, at) => placed.push({ node, text, x: best.cx, y: best.top + at * leading, size, bold, width: best.broad[at] }));
  };
  for (const box of blocked) sweep(box, 3);
  const before = new Set(always);
  const limit = most + always.length;
  const visible = (node) => {
    const r = model.radius[node] * view.k;
    const x = (model.x[node] - view.x) * view.k + view.width / 2;
    const y = (model.y[node] - view.y) * view.k + view.height / 2;
    return x > -r && y > -r && x < view.width + r && y < view.height + r;
  };
  let seen = 0;
  for (const node of order) {
    const r = model.radius[node] * view.k;
    if (r < 3 || ++seen > 3000) break;
    if (!shown[node] || !visible(node) || (model.kind[node] === COMMUNITY && r > ROOMY)) continue;
    const x = (model.x[node] - view.x) * view.k + view.width / 2;
    const y = (model.y[node] - view.y) * view.k + view.height / 2;
    sweep(disc(x, y, r + around(node)), r < TINY ? 1 : 2);
  }
  for (const node of always) if (shown[node]) place(node, true);
  // The heads of communities name the regions of the map: they stand before the others.
  for (const node of heads) {
    if (placed.length >= limit) break;
    if (shown[node] && !before.has(node) && visible(node)) {
      place(node, false, true);
      before.add(node);
    }
  }
  seen = 0;
  for (const node of order) {
    if (placed.length >= limit || seen > 5000) break;
    if (!shown[node] || before.has(node)) continue;
    const x = (model.x[node] - view.x) * view.k + view.width / 2;
    const y = (model.y[node] - view.y) * view.k + view.height / 2;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    seen++;
    place(node, false);
  }
  return placed;
}
