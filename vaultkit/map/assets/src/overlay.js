// @ts-check
// What is drawn above the nodes: emphasis, rings, marks and names.

import { brokenShares, drawBadges } from "./badges.js";
import { camera, screen } from "./camera.js";
import { colourOf, hollow } from "./colours.js";
import { KINDS } from "./kinds.js";
import { placeNames } from "./labels.js";
import { shareText } from "./lens.js";
import { neighbours } from "./model.js";
import { model } from "./page.js";
import { paintNodes } from "./paint.js";
import { drawPictures } from "./pictures.js";
import { regionsOf } from "./regions.js";
import { layer } from "./stage.js";
import { onChange, set, state } from "./state.js";
import { directionOf, fontOf } from "./type.js";

let regions = null; // of what is shown
onChange(["shown"], () => (regions = null));

/** What stands out: {nodes, links, centre}, or null. passing: what lies under the pointer counts. */
export function emphasised(passing = true) {
  if (passing && state.hovered >= 0 && state.selected < 0 && !state.emphasis) {
    return { nodes: new Set([state.hovered, ...around(state.hovered)]), links: "around", centre: state.hovered };
  }
  if (state.emphasis) return state.emphasis;
  if (state.selected >= 0) return { nodes: new Set([state.selected, ...around(state.selected)]), links: "around", centre: state.selected };
  return null;
}

const around = (node) => [...neighbours(model, node, "both", KINDS[model.kind[node]] === "tag")].filter((other) => state.shown[other]);

/** forExport: on a picture that is saved. It has no panels to keep clear of, and nothing that only passes by. */
export function drawOverlay(pen, view, ratio, forExport = false) {
  const { colours, shown } = state;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const strong = emphasised(!forExport);
  if (!forExport) {
    pen.clearRect(0, 0, view.width, view.height);
    layer.classList.toggle("faded", Boolean(strong));
  }
  const toWorld = () => pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
  if (strong) {
    toWorld();
    drawStrongLinks(pen, strong, view);
    const list = [...strong.nodes].filter((i) => shown[i]);
    for (const _ of paintNodes(pen, model, colours, list, view.k));
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const inView = (i) => {
    const [x, y] = screen(i, view);
    return x > -40 && y > -40 && x < view.width + 40 && y < view.height + 40;
  };
  const dim = (i) => strong && !strong.nodes.has(i);
  if (state.showCards && view.k > 0.3) {
    for (const [i, cards] of model.cards) {
      if (!shown[i] || dim(i) || !inView(i)) continue;
      const [x, y] = screen(i, view);
      const r = (model.radius[i] + 3.2) * view.k;
      const part = cards.empty / Math.max(1, cards.all);
      pen.lineWidth = Math.max(1.2, 2.4 * view.k);
      ring(pen, x, y, r, part, 1, colours.answered);
      ring(pen, x, y, r, 0, part, colours.empty);
    }
  }
  drawPictures(pen, view, dim, inView);
  const marks = [];
  if (state.showFindings) drawBadges(pen, view, dim, inView, marks);
  if (!forExport && state.focused >= 0 && shown[state.focused]) target(pen, state.focused, colours.accent, 7, 2, [5, 4], view);
  if (state.selected >= 0 && shown[state.selected]) target(pen, state.selected, colours.accent, 5 + (model.cards.has(state.selected) && state.showCards ? 4.5 * view.k : 0), 2.2, [], view);
  const placed = state.showLabels ? placeLabels(pen, strong, view, marks, forExport)
    : strong?.centre >= 0 ? placeNames(pen, model, view, { order: [], shown, always: [strong.centre] }) : [];
  writeLabels(pen, placed, Boolean(strong));
  if (!forExport) set({ placed });
}

function ring(pen, x, y, r, from, to, colour) {
  if (to <= from) return;
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.arc(x, y, r, -Math.PI / 2 + from * 2 * Math.PI, -Math.PI / 2 + to * 2 * Math.PI);
  pen.stroke();
}

function target(pen, node, colour, away, width, dash, view) {
  const [x, y] = screen(node, view);
  pen.setLineDash(dash);
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.beginPath();
  pen.arc(x, y, model.radius[node] * view.k + away, 0, 2 * Math.PI);
  pen.stroke();
  pen.setLineDash([]);
}

function drawStrongLinks(pen, strong, view) {
  const { colours, shown } = state;
  const line = (i) => {
    pen.moveTo(model.x[model.source[i]], model.y[model.source[i]]);
    pen.lineTo(model.x[model.target[i]], model.y[model.target[i]]);
  };
  pen.lineWidth = 1.5 / view.k;
  if (strong.links === "around" && strong.centre >= 0) {
    for (const [outgoing, colour] of [[true, colours.ink], [false, colourOf(model, colours, strong.centre)]]) {
      pen.strokeStyle = colour;
      pen.globalAlpha = outgoing ? 0.4 : 0.75;
      pen.beginPath();
      for (let at = model.start[strong.centre]; at < model.start[strong.centre + 1]; at++) {
        const i = model.around[at];
        const other = model.source[i] === strong.centre ? model.target[i] : model.source[i];
        if (shown[other] && strong.nodes.has(other) && (model.source[i] === strong.centre) === outgoing) line(i);
      }
      pen.stroke();
    }
  } else if (strong.links === "path") {
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2.6 / view.k;
    pen.beginPath();
    strong.path.forEach((node, at) => (at ? pen.lineTo(model.x[node], model.y[node]) : pen.moveTo(model.x[node], model.y[node])));
    pen.stroke();
  } else if (strong.links === "between" && strong.nodes.size < 1500) {
    pen.strokeStyle = colours.link;
    pen.globalAlpha = 0.4;
    pen.beginPath();
    for (let i = 0; i < model.links; i++) if (strong.nodes.has(model.source[i]) && strong.nodes.has(model.target[i]) && shown[model.source[i]] && shown[model.target[i]]) line(i);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function placeLabels(pen, strong, view, marks, forExport) {
  const passing = forExport ? [] : [state.hovered, state.focused];
  const named = [passing[0], state.selected, passing[1], ...(strong?.links === "path" ? strong.path : [])];
  const always = [...new Set(named.filter((node) => node >= 0))];
  const near = Math.min(1, Math.max(0, Math.log2(view.k / camera.fitted) / 3.5));
  const room = (view.width * view.height) / 12000;
  const most = Math.round(Math.min(150, room * (0.42 + 0.58 * near)));
  const order = strong ? [...strong.nodes].sort((a, b) => model.rank[b] - model.rank[a] || a - b) : model.order;
  regions ??= regionsOf(model, state.shown);
  const shares = state.lens === "repair" ? brokenShares() : null;
  for (const region of regions) region.note = shares && !region.part ? shareText(region.at, shares) : "";
  const [left, top, right, bottom] = forExport ? [0, 0, 0, 0] : state.inset; // no name half under a panel
  const blocked = [[0, 0, left, view.height], [0, 0, view.width, top], [view.width - right, 0, view.width, view.height], [0, view.height - bottom, view.width, view.height]];
  return placeNames(pen, model, view, { order, shown: state.shown, always, regions: model.folded ? [] : regions, most, blocked, marks, around: ringed });
}

/** Pixels that rings take round a node: its label keeps clear of them. */
function ringed(node) {
  const cards = state.showCards && model.cards.has(node) && state.view.k > 0.3 ? 4.5 * state.view.k : 0;
  return cards + (node === state.selected ? 6 : node === state.focused ? 8 : 0);
}

/** Write what was placed: names of regions under those of nodes. */
function writeLabels(pen, placed, isFaded) {
  const { colours } = state;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.lineJoin = "round";
  pen.strokeStyle = colours.quiet;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const { line } of placed) {
    if (!line) continue;
    pen.moveTo(line[0], line[1]);
    pen.lineTo(line[2], line[3]);
  }
  pen.stroke();
  for (const label of [...placed].reverse()) {
    const isRegion = label.node < 0;
    pen.font = fontOf(label.size, label.bold);
    pen.letterSpacing = isRegion ? `${(label.spacing * label.size).toFixed(2)}px` : "0px";
    pen.direction = directionOf(label.text);
    pen.strokeStyle = colours.paper;
    pen.lineWidth = isRegion ? 4 : 3.5;
    pen.globalAlpha = isRegion ? 0.75 : 0.9;
    pen.strokeText(label.text, label.x, label.y);
    pen.globalAlpha = isRegion && isFaded ? 0.4 : 1;
    pen.fillStyle = isRegion ? (model.scheme ? colours.quiet : colours.region[model.communities[label.region][1] % colours.region.length]) : hollow(KINDS[model.kind[label.node]]) ? colours.quiet : colours.ink;
    pen.fillText(label.text, label.x, label.y);
  }
  pen.letterSpacing = "0px";
  pen.globalAlpha = 1;
}
