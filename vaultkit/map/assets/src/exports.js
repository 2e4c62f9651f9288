// @ts-check
// What is visible as a picture (PNG) or a drawing (SVG). Both are drawn as on the screen, without panels.

import { badge } from "./badges.js";
import { isWhole, screen } from "./camera.js";
import { colourRows } from "./colour_by.js";
import { hollow, SEVERITY } from "./colours.js";
import { boundsOf } from "./geometry.js";
import { KIND_NAMES, KINDS } from "./kinds.js";
import { groundNow } from "./lens.js";
import { localPicture } from "./local/local.js";
import { drawOverlay, emphasised } from "./overlay.js";
import { data, model } from "./page.js";
import { outlineOf, paintLinks, paintNodes } from "./paint.js";
import { parts } from "./panel/build.js";
import { state } from "./state.js";
import { clean, make, near, writer } from "./svgpen.js";
import { FONT, fontOf, short, widthOf } from "./type.js";

const FADED = 0.26; // as on the screen, where something stands out

/** How files are saved; tests put their own in its place. */
export const files = { save };

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const TITLE = 58; // pixels above the map for its title
const FOOT = 34; // and below for its signs

/** What a saved picture shows: all of it without the panels' room, or the part that is looked at. */
function exportView() {
  const { view, shown } = state;
  const box = isWhole() ? boundsOf(model, shown) : null;
  if (!box) return view;
  const k = Math.min((view.width - 60) / (box[2] - box[0] || 1), (view.height - TITLE - FOOT - 40) / (box[3] - box[1] || 1), 2);
  return { ...view, k, x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 - (TITLE - FOOT) / 2 / k };
}

const visible = (view) => {
  const { shown } = state;
  const [wide, high] = [view.width / 2 / view.k, view.height / 2 / view.k];
  const box = [view.x - wide, view.y - high, view.x + wide, view.y + high];
  const reach = (i) => model.radius[i] + 4 / view.k;
  const list = model.order.filter((i) => shown[i] && model.x[i] + reach(i) > box[0] && model.x[i] - reach(i) < box[2] && model.y[i] + reach(i) > box[1] && model.y[i] - reach(i) < box[3]);
  return { box, list: list.reverse() };
};

/** Ground, links and nodes, as the screen has them. */
function drawBelow(pen, view, ratio) {
  const { shown, colours } = state;
  const { box, list } = visible(view);
  pen.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * (view.width / 2 - view.x * view.k), ratio * (view.height / 2 - view.y * view.k));
  const ground = groundNow(colours, shown, (width, height) => Object.assign(document.createElement("canvas"), { width, height }));
  if (ground) {
    pen.globalAlpha = colours.halo * (ground.strength ?? 1);
    pen.drawImage(ground.image, ...ground.box);
    pen.globalAlpha = 1;
  }
  for (const _ of paintLinks(pen, model, colours, shown, view.k, box));
  for (const _ of paintNodes(pen, model, colours, list, view.k));
  return list;
}

/** The title above the map, and the signs that it uses below. */
function drawCaption(pen, view, ratio) {
  const { colours } = state;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textAlign = "start";
  pen.textBaseline = "top";
  const write = (text, x, y, size, bold, colour) => {
    pen.font = fontOf(size, bold);
    pen.direction = "ltr";
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 4;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
    return x + widthOf(pen, text, size, bold);
  };
  write(short(data.vault, 60), 24, 18, 19, true, colours.ink);
  write(parts.summary.textContent, 24, 42, 12, false, colours.quiet);
  let x = 24;
  const y = view.height - FOOT + 8;
  const sign = (colour, shape, words) => {
    pen.beginPath();
    if (shape in SEVERITY) badge(pen, shape, x + 5, y + 6, 4.5);
    else outlineOf(pen, shape, x + 5, y + 6, 4.5);
    if (hollow(shape)) {
      pen.strokeStyle = colours.ghost;
      pen.lineWidth = 1.3;
      pen.stroke();
    } else {
      pen.fillStyle = colour;
      pen.fill();
    }
    x = write(words, x + 15, y, 11.5, false, colours.quiet) + 16;
  };
  const rows = colourRows();
  for (const [name, colour] of rows) if (x < view.width - 160) sign(colour, "note", short(name, 22));
  if (!rows.length) for (const kind of kindsShown()) if (x < view.width - 160) sign(colours.community[0], kind, KIND_NAMES[kind]);
  if (state.showFindings) for (const severity of ["error", "warning"]) if (x < view.width - 100) sign(colours[severity], severity, severity === "error" ? "Errors" : "Warnings");
}

const kindsShown = () => KINDS.filter((kind, at) => kind !== "community" && kind !== "pairs" && model.kind.some((one, i) => one === at && state.shown[i]));

/** The picture on a canvas of `ratio` pixels for each of the screen's. */
export function picture(ratio = 2) {
  const { colours } = state;
  const view = exportView();
  const blank = () => Object.assign(document.createElement("canvas"), { width: Math.round(view.width * ratio), height: Math.round(view.height * ratio) });
  const [canvas, under] = [blank(), blank()];
  const pen = canvas.getContext("2d");
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  drawBelow(under.getContext("2d"), view, ratio);
  pen.globalAlpha = emphasised(false) ? FADED : 1;
  pen.drawImage(under, 0, 0);
  pen.globalAlpha = 1;
  drawOverlay(pen, view, ratio, true);
  drawCaption(pen, view, ratio);
  return canvas;
}

export function savePng() {
  const canvas = localPicture() ?? picture();
  canvas.toBlob((blob) => files.save(`${data.vault}.png`, blob), "image/png");
}

export function drawing() {
  const { colours } = state;
  const view = exportView();
  const svg = make("svg", { viewBox: `0 0 ${view.width} ${view.height}`, width: view.width, height: view.height, "font-family": FONT, role: "img", "aria-label": clean(model.data.vault) });
  const below = make("g", { opacity: emphasised(false) ? FADED : null });
  const above = make("g", {});
  const paper = writer(svg);
  paper.fillStyle = colours.paper;
  paper.rect(0, 0, view.width, view.height);
  paper.fill();
  svg.append(below, above);
  const list = drawBelow(writer(below), view, 1);
  drawOverlay(writer(above), view, 1, true);
  drawCaption(writer(above), view, 1);
  // What a viewer says of the node under the pointer.
  const names = make("g", { fill: "none", "pointer-events": "all" });
  for (const i of list) {
    const [cx, cy] = screen(i, view).map(near);
    const spot = make("circle", { cx, cy, r: near(Math.max(2, model.radius[i] * view.k)) });
    spot.append(make("title", {}, model.labels[i]));
    names.append(spot);
  }
  svg.append(names);
  return svg;
}

export function saveSvg() {
  const text = new XMLSerializer().serializeToString(drawing());
  files.save(`${data.vault}.svg`, new Blob([text], { type: "image/svg+xml" }));
}
