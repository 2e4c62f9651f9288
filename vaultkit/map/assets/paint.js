"use strict";
// Colours, shapes and labels: how the map looks, whoever draws it. A "pen" is a 2D context.
(() => {
  const VK = (globalThis.VK ??= {});
  const { KINDS } = VK.model;
  const HUES = [255, 40, 150, 330, 90, 285, 15, 190, 120, 305, 65, 225];
  const FEW = 3; // nodes; a smaller group has no colour of its own
  const TURN = 2 * Math.PI;

  /** sRGB "#rrggbb" of a colour in OKLCH: equal lightness looks equally light, whatever the hue. */
  function oklch(light, chroma, hue) {
    const a = chroma * Math.cos((hue * Math.PI) / 180);
    const b = chroma * Math.sin((hue * Math.PI) / 180);
    const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ];
    return "#" + linear.map((v) => {
      const c = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.max(v, 0) ** (1 / 2.4) - 0.055;
      return Math.round(Math.min(Math.max(c, 0), 1) * 255).toString(16).padStart(2, "0");
    }).join("");
  }

  function theme(isDark, forced) {
    if (forced) {
      return { isDark, paper: "Canvas", ink: "CanvasText", quiet: "GrayText", link: "GrayText", ghost: "GrayText",
        alone: "CanvasText", error: "LinkText", warning: "LinkText", info: "LinkText", accent: "Highlight", answered: "CanvasText",
        empty: "LinkText", community: HUES.map(() => "CanvasText"), linkAlpha: 0.5, halo: 0 };
    }
    return isDark
      ? { isDark, paper: "#15171c", ink: "#e8e6e1", quiet: "#8f949e", link: "#7d8594", ghost: "#8a909b", alone: "#6d7480",
          error: "#ff6b5e", warning: "#f5b83d", info: "#63a9ff", accent: "#f2efe8", answered: "#52c9a2", empty: "#ff8f4d",
          community: HUES.map((hue) => oklch(0.74, 0.115, hue)), linkAlpha: 0.2, halo: 0.085 }
      : { isDark, paper: "#faf8f4", ink: "#23262b", quiet: "#757a82", link: "#8a8f98", ghost: "#8b9099", alone: "#a3a8af",
          error: "#d9362b", warning: "#d98a00", info: "#2f74d0", accent: "#23262b", answered: "#1f9a73", empty: "#e2641b",
          community: HUES.map((hue) => oklch(0.64, 0.125, hue)), linkAlpha: 0.26, halo: 0.1 };
  }

  const toneOf = ([, colour, , size], theme) => (size < FEW ? theme.alone : theme.community[colour % theme.community.length]);

  /** The colour of each community, that of nodes in none at last: tones.at(model.community[node]). */
  const tones = (model, theme) => [...model.communities.map((community) => toneOf(community, theme)), theme.alone];

  function colourOf(model, theme, node) {
    if (model.colourBy === "groups") {
      const group = model.groups.get(node);
      return group === undefined ? theme.alone : model.data.groups.colours[group];
    }
    if (model.colourBy === "folder") {
      const top = model.folders[model.folder[node]].split("/")[0];
      const at = model.topFolders.indexOf(top);
      return at < 0 ? theme.alone : theme.community[(at * 5) % theme.community.length];
    }
    const community = model.community[node];
    return community < 0 ? theme.alone : toneOf(model.communities[community], theme);
  }

  const hollow = (kind) => kind === "unresolved" || kind === "missing";
  const HOLLOW = KINDS.map(hollow);

  /** Adds a node's outline to the pen's path, in world coordinates. */
  function outline(pen, kind, x, y, r) {
    switch (kind) {
      case "note": case "unresolved":
        pen.moveTo(x + r, y);
        pen.arc(x, y, r, 0, TURN);
        break;
      case "image": case "pdf": case "audio": case "video": case "other": case "missing": {
        const s = r * 0.86;
        pen.rect(x - s, y - s, 2 * s, 2 * s);
        break;
      }
      case "canvas":
        polygon(pen, x, y, r * 1.22, 4, -Math.PI / 2);
        break;
      case "base":
        polygon(pen, x, y + r * 0.1, r * 1.25, 3, -Math.PI / 2);
        break;
      case "tag":
        polygon(pen, x, y, r * 1.1, 6, 0);
        break;
      default:
        pen.moveTo(x + r, y);
        pen.arc(x, y, r, 0, TURN);
    }
  }

  function polygon(pen, x, y, r, corners, turn) {
    for (let i = 0; i < corners; i++) {
      const angle = turn + (i / corners) * TURN;
      if (i) pen.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
      else pen.moveTo(x + r, y), pen.moveTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
    }
    pen.closePath();
  }

  /** Nodes of one list, batched by colour: one path a colour instead of one a node. A generator: it rests now and then. */
  function* nodes(pen, model, colours, list, scale) {
    const solid = new Map();
    const open = new Map();
    const { kind, community, x, y, radius } = model;
    const tone = model.colourBy === "community" ? tones(model, colours) : null;
    for (const i of list) {
      const isOpen = HOLLOW[kind[i]];
      const colour = isOpen ? colours.ghost : tone ? tone.at(community[i]) : colourOf(model, colours, i);
      const into = isOpen ? open : solid;
      const members = into.get(colour);
      if (members) members.push(i);
      else into.set(colour, [i]);
    }
    let done = 0;
    const least = 1.1 / scale;
    for (const [colour, members] of open) {
      pen.strokeStyle = colour;
      pen.fillStyle = colours.paper;
      for (let from = 0; from < members.length; from += 2000) {
        const part = members.slice(from, from + 2000);
        pen.beginPath();
        for (const i of part) outline(pen, KINDS[kind[i]], x[i], y[i], Math.max(radius[i] * 0.88, least));
        pen.lineWidth = Math.max(1.1, 0.9 / scale);
        pen.setLineDash(scale > 0.55 && list.length < 6000 ? [3, 2.2] : []);
        if (scale > 0.25) pen.fill();
        pen.stroke();
        if ((done += part.length) > 2000) (done = 0), yield;
      }
    }
    pen.setLineDash([]);
    for (const [colour, members] of solid) {
      pen.fillStyle = colour;
      for (let from = 0; from < members.length; from += 3000) {
        const part = members.slice(from, from + 3000);
        pen.beginPath();
        for (const i of part) {
          const r = Math.max(radius[i], least);
          if (r * scale < 1.7) pen.rect(x[i] - r, y[i] - r, 2 * r, 2 * r);
          else outline(pen, KINDS[kind[i]], x[i], y[i], r);
        }
        pen.fill();
        if (scale > 0.4 && list.length < 6000) {
          pen.strokeStyle = colours.paper;
          pen.lineWidth = 1.2;
          pen.stroke();
        }
        if ((done += part.length) > 3000) (done = 0), yield;
      }
    }
  }

  /** Links between visible nodes, batched by colour; links inside a community carry its colour. box: those outside of it
   * are left out; null when all lie inside. */
  function* links(pen, model, colours, shown, scale, box) {
    const batches = new Map();
    const { source, target, community, x, y } = model;
    const tone = tones(model, { ...colours, alone: colours.link });
    const [left, top, right, bottom] = box || [];
    for (let i = 0; i < model.links; i++) {
      const a = source[i];
      const b = target[i];
      if (!shown[a] || !shown[b] || a === b) continue;
      if (box && ((x[a] < left && x[b] < left) || (x[a] > right && x[b] > right) || (y[a] < top && y[b] < top) || (y[a] > bottom && y[b] > bottom))) continue;
      const colour = community[a] === community[b] ? tone.at(community[a]) : colours.link;
      const members = batches.get(colour);
      if (members) members.push(i);
      else batches.set(colour, [i]);
    }
    // Across communities first, so that the islands' own links lie above.
    const ordered = [...batches].sort(([a], [b]) => (b === colours.link) - (a === colours.link));
    const seen = ordered.reduce((sum, [, members]) => sum + members.length, 0);
    const crowd = Math.min(1, 2600 / Math.max(1, seen)) ** 0.35;
    const least = model.folded ? 1 : 0.45; // between folded communities there are few, seen from afar
    let done = 0;
    for (const [colour, members] of ordered) {
      pen.strokeStyle = colour;
      pen.globalAlpha = colours.linkAlpha * (colour === colours.link && !model.folded ? 0.62 : 1.25) * Math.min(1, least + scale) * crowd;
      pen.lineWidth = Math.max(0.7, (model.folded ? 1.5 : 0.75) / scale);
      for (let from = 0; from < members.length; from += 2500) {
        const part = members.slice(from, from + 2500);
        pen.beginPath();
        for (const i of part) {
          pen.moveTo(x[source[i]], y[source[i]]);
          pen.lineTo(x[target[i]], y[target[i]]);
        }
        pen.stroke();
        if ((done += part.length) > 4000) (done = 0), yield;
      }
    }
    pen.globalAlpha = 1;
  }

  /** Soft ground under each community, drawn once, very small, and stretched, which blurs it (a blur filter took
   * 200 ms without a GPU): {image, box}. null in forced colours. */
  function ground(model, colours, shown, make) {
    const box = VK.model.bounds(model, shown);
    if (!box || !colours.halo) return null;
    const pad = 60;
    const [left, top, right, bottom] = [box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad];
    const scale = Math.min(320 / Math.max(right - left, bottom - top), 0.09);
    const image = make(Math.max(1, Math.ceil((right - left) * scale)), Math.max(1, Math.ceil((bottom - top) * scale)));
    const pen = image.getContext("2d");
    pen.scale(scale, scale);
    pen.translate(-left, -top);
    const groups = new Map();
    for (let i = 0; i < model.count; i++) {
      if (!shown[i] || model.community[i] < 0 || KINDS[model.kind[i]] === "tag") continue;
      if (!groups.has(model.community[i])) groups.set(model.community[i], []);
      groups.get(model.community[i]).push(i);
    }
    for (const [community, members] of groups) {
      if (members.length < 3) continue;
      pen.fillStyle = colours.community[model.communities[community][1] % colours.community.length];
      pen.beginPath();
      const step = Math.max(1, Math.floor(members.length / 1500));
      for (let at = 0; at < members.length; at += step) {
        const i = members[at];
        const r = 30 * Math.sqrt(step) + model.radius[i] * 0.6;
        pen.moveTo(model.x[i] + r, model.y[i]);
        pen.arc(model.x[i], model.y[i], r, 0, TURN);
      }
      pen.fill();
    }
    return { image, box: [left, top, right - left, bottom - top] };
  }

  const FONT = 'ui-sans-serif, "Inter", "Segoe UI Variable", "Segoe UI", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC", sans-serif';
  const font = (size, bold) => `${bold ? 620 : 480} ${size}px ${FONT}`;
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
  const direction = (text) => (/^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text) ? "rtl" : "ltr");

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
  function labels(pen, model, view, { order, shown, always = [], heads = [], most = 120, widths, blocked = [], around = () => 0 }) {
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
      const size = model.kind[node] === VK.model.COMMUNITY ? 13 : Math.round(Math.min(17, Math.max(11, 9.5 + model.radius[node] * 0.24 * Math.min(1.15, 0.55 + view.k))));
      const members = model.kind[node] === VK.model.COMMUNITY ? model.communities[model.community[node]][3] : 0;
      const name = model.names[node] + (members ? ` · ${members.toLocaleString("en")}` : "");
      const plain = ENDED.has(KINDS[model.kind[node]]) ? name.replace(/\.\w{2,5}$/, "") : name;
      const measured = (text) => {
        const key = (must ? "!" : bold ? "b" : "") + text;
        let width = widths.get(key);
        if (width === undefined) {
          pen.font = font(100, bold);
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
        ...(model.kind[node] === VK.model.COMMUNITY && r > ROOMY ? [[x, y - tall / 2]] : []),
        [x, y + r + 3], [x, y - r - tall - 3], [x + r + 5 + half, y - tall / 2], [x - r - 5 - half, y - tall / 2],
        [x + aside + half, y + aside - 2], [x - aside - half, y + aside - 2], [x + aside + half, y - aside - tall + 2], [x - aside - half, y - aside - tall + 2]];
      const own = new Set();
      cells(...disc(x, y, model.radius[node] * view.k), (at) => own.add(at));
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
      if (!shown[node] || !visible(node) || (model.kind[node] === VK.model.COMMUNITY && r > ROOMY)) continue;
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

  const SEVERITY = { error: 0, warning: 1, info: 2 };
  /** The worst severity among a node's findings, or null. */
  function worst(model, node, rules) {
    let best = null;
    for (const at of model.findingsOf.get(node) || []) {
      const finding = model.data.findings[at];
      if (rules && rules.size && !rules.has(finding[1])) continue;
      const severity = model.data.rules[finding[1]].severity;
      if (best === null || SEVERITY[severity] < SEVERITY[best]) best = severity;
    }
    return best;
  }

  VK.paint = { theme, oklch, colourOf, outline, nodes, links, ground, labels, font, direction, FONT, worst, hollow, HUES };
})();
