// @ts-check
// How nodes, links and the ground under communities are drawn. A "pen" is a 2D context.

import { colourOf, HOLLOW, tones, TURN } from "./colours.js";
import { boundsOf } from "./geometry.js";
import { KINDS } from "./kinds.js";

/** Adds a node's outline to the pen's path, in world coordinates. */
export function outlineOf(pen, kind, x, y, r) {
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
export function* paintNodes(pen, model, colours, list, scale) {
  const solid = new Map();
  const open = new Map();
  const { kind, community, x, y, radius } = model;
  const tone = !model.scheme && !model.muted ? tones(model, colours) : null;
  const schemed = model.scheme?.tones(colours);
  for (const i of list) {
    const isOpen = HOLLOW[kind[i]];
    const colour = isOpen ? colours.ghost : tone ? tone.at(community[i]) : model.muted?.[i] ? colours.muted : schemed ? schemed[model.scheme.of[i]] ?? colours.alone : colourOf(model, colours, i);
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
      for (const i of part) outlineOf(pen, KINDS[kind[i]], x[i], y[i], Math.max(radius[i] * 0.88, least));
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
        else outlineOf(pen, KINDS[kind[i]], x[i], y[i], r);
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
export function* paintLinks(pen, model, colours, shown, scale, box) {
  const batches = new Map();
  const { source, target, community, x, y } = model;
  const tone = tones(model, { ...colours, alone: colours.link });
  const isPlain = Boolean(model.scheme || model.muted); // colours show something else than topics
  const [left, top, right, bottom] = box || [];
  for (let i = 0; i < model.links; i++) {
    const a = source[i];
    const b = target[i];
    if (!shown[a] || !shown[b] || a === b) continue;
    if (box && ((x[a] < left && x[b] < left) || (x[a] > right && x[b] > right) || (y[a] < top && y[b] < top) || (y[a] > bottom && y[b] > bottom))) continue;
    const colour = community[a] === community[b] && !isPlain ? tone.at(community[a]) : colours.link;
    const members = batches.get(colour);
    if (members) members.push(i);
    else batches.set(colour, [i]);
  }
  // Across communities first, so that the islands' own links lie above.
  const ordered = [...batches].sort(([a], [b]) => Number(b === colours.link) - Number(a === colours.link));
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
export function groundOf(model, colours, shown, make, tint = (community) => colours.community[model.communities[community][1] % colours.community.length]) {
  const box = boundsOf(model, shown);
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
    pen.fillStyle = tint(community);
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
